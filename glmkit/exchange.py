"""``Exchange``: one turn from the first chunk to the end of its answer, cleanly or not.

Rules
- Under client VAD: upload, commit, ask for the answer. Under server VAD: upload with at least a
  second of silence behind, and the service does the rest; the turn is the last segment's.
- A turn ends at the first response.done that leaves no call to answer, after at most 8 rounds.
  Outputs follow response.done in the order of the calls; then one response.create.
- Transcripts may come after the end; they are waited for, but not long.
- The deadline counts from the last chunk sent, or the last output given.
- However it ends, it leaves the session clean: clear what is uncommitted, cancel once what
  runs, two seconds for its end; then the turn is marked with the reason.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial

from glmkit import events
from glmkit.answering import output_for
from glmkit.audio import Clip
from glmkit.calling import caller
from glmkit.errors import Disconnected, GlmError, NoSpeech, ServiceError, TurnTimeout
from glmkit.event import Event
from glmkit.line import Line
from glmkit.making import Open
from glmkit.settings import Settings
from glmkit.signs import ENDED, SAID, TRANSCRIPTION
from glmkit.texts import text
from glmkit.turn import Turn
from glmkit.upload import Pace, Pieces, Speech, chunked, each, upload

ROUNDS = 8  # of tool calls in one turn
CLEAN_UP = 2.0  # seconds
_STEP = 0.02  # seconds a deadline may lag: an unpaced upload must not set a timer for each chunk
_NO_SPEECH = 5.0  # seconds after the trailing silence until we say that nothing was heard
_LATE_SEGMENT = 0.5  # seconds in which an unpaced upload may bring one more segment
_TRANSCRIBED = (TRANSCRIPTION, TRANSCRIPTION.replace("completed", "failed"))

Progress = Callable[[float, float], None]


@asynccontextmanager
async def exchange(
    line: Line, settings: Settings, *, timeout: float, grace: float
) -> AsyncIterator[Exchange]:
    """One exchange on ``line``; whatever goes wrong, the session is clean afterwards."""
    it = Exchange(line, settings, timeout=timeout, grace=grace)
    line.forgive()
    try:
        async with it.deadline:
            yield it
    except ServiceError as error:
        if not isinstance(error, Disconnected):
            await it.clean_up("no_speech" if isinstance(error, NoSpeech) else "failed")
        else:
            it.mark("disconnected")
        error.turn = it.turn()
        raise
    except TimeoutError:
        await it.clean_up("timeout")
        words = text("session.timeout", seconds=timeout)
        raise TurnTimeout(words, peer=line.peer, turn=it.turn()) from None
    except BaseException:
        await it.clean_up("interrupted")
        raise


class Exchange:
    """The turn at hand on a line."""

    def __init__(self, line: Line, settings: Settings, *, timeout: float, grace: float) -> None:
        self._line, self._settings, self._fold = line, settings, line.fold
        self._timeout, self._grace = timeout, grace
        self._first = len(line.fold.opened)  # turns opened from here on are ours
        self._uncommitted = False
        self._sent = 0.0  # seconds of sound
        self.deadline = asyncio.timeout(timeout)

    @property
    def seconds(self) -> float:
        """Seconds of sound so far, both ways, whether kept or not: what it costs."""
        mp3 = self._settings.output_format == "mp3"
        bytes_a_second = 8_000 if mp3 else 48_000  # mp3: 64 kbit/s, an estimate
        came = sum(turn.sound_bytes for turn in self._fold.opened[self._first :])
        return self._sent + came / bytes_a_second

    # -- the two ways of asking --------------------------------------------------------------

    async def say(
        self,
        speech: Speech,
        pace: Pace,
        *,
        frames: Sequence[bytes] = (),
        progress: Progress | None = None,
    ) -> Turn:
        """Send speech (and pictures) and wait for the answer."""
        turn = await self._said(speech, pace, frames, progress)
        if pace.speed != 1:
            self._note(turn, speed=pace.speed)  # so that nobody takes it for a clock gone wrong
        return await self._with_transcript(turn)

    async def _said(
        self, speech: Speech, pace: Pace, frames: Sequence[bytes], progress: Progress | None
    ) -> Open:
        await caller.get().begin(self._total(speech))
        sent = await self._upload(speech, pace, frames, progress or caller.get().progress)
        self._extend()
        if self._settings.server_vad:
            await self._heard(speech, sent)
            return await self._last_segment(unpaced=pace.speed is None or pace.speed > 1.5)
        await self._line.send(events.commit())
        self._uncommitted = False
        return await self._requested()

    async def request(self) -> Turn:
        """Ask for the answer to what was sent and wait for it."""
        return await self._with_transcript(await self._requested())

    async def _requested(self) -> Open:
        await self._line.send(events.response_create())
        turn = self._fold.opened[-1]
        await self._answered(turn)
        return turn

    # -- sending -----------------------------------------------------------------------------

    async def _upload(
        self, speech: Speech, pace: Pace, frames: Sequence[bytes], progress: Progress
    ) -> float:
        left = list(frames)
        total = self._total(speech)
        line, format = self._line, self._settings.input_format

        async def send(chunk: bytes) -> None:
            line.check()
            self._uncommitted = True
            await line.send(events.append(chunk))
            while left:
                await line.send(events.append_video_frame(left.pop(0)))

        def sent(seconds: float) -> None:
            self._sent = seconds
            self._extend()
            if total:
                progress(min(seconds, total), total)

        chunks = chunked(self._with_silence(speech), format, pace.chunk_ms)
        return await upload(chunks, send, pace, progress=sent)

    def _with_silence(self, speech: Speech) -> Speech:
        if not self._settings.server_vad:
            return speech
        rate = speech.rate if isinstance(speech, Clip) else 16_000
        silence = Clip.silence(self._trailing, rate)
        return speech + silence if isinstance(speech, Clip) else _chain(speech, silence)

    @property
    def _trailing(self) -> float:
        return max(1.0, self._settings.silence_seconds + 0.25)

    def _total(self, speech: Speech) -> float:
        if not isinstance(speech, Clip):
            return 0.0
        return speech.seconds + (self._trailing if self._settings.server_vad else 0.0)

    def _extend(self) -> None:
        due = asyncio.get_running_loop().time() + self._timeout
        if due - (self.deadline.when() or 0) > _STEP:
            self.deadline.reschedule(due)

    # -- waiting -----------------------------------------------------------------------------

    def _segments(self) -> list[Open]:
        return [turn for turn in self._fold.opened[self._first :] if turn.asked and turn.item_id]

    async def _heard(self, speech: Speech, sent: float) -> None:
        noticed = await self._line.until(
            lambda: self._fold.speaking or self._segments(),
            within=self._settings.silence_seconds + _NO_SPEECH,
        )
        if not noticed:
            level = speech.level if isinstance(speech, Clip) else float("nan")
            words = text("session.no_speech", seconds=sent, level=level)
            raise NoSpeech(words, peer=self._line.peer)

    async def _last_segment(self, *, unpaced: bool) -> Open:
        fold, line = self._fold, self._line
        within = _LATE_SEGMENT if unpaced else 0.0
        while True:
            await line.until(lambda: not fold.speaking and self._segments())
            self._uncommitted = False
            turn = self._segments()[-1]
            if self._settings.turn_detection.get("create_response") is False:
                return turn
            await self._answered(turn)
            if not await line.until(partial(self._is_superseded, turn), within=within):
                self.mark("unanswered")
                self._count_segments(turn)
                return turn

    def _count_segments(self, turn: Open) -> None:
        """Note in the last turn that the clip held more than it."""
        if (segments := len(self._segments())) > 1:
            self._note(turn, segments=segments)

    def _note(self, turn: Open, **facts: object) -> None:
        """A local mark for ``explain``: what only this side knows about a turn."""
        number = self._fold.opened.index(turn)
        self._line.mark(Event(SAID, {"turn": number, **facts}, direction="local"))

    def _is_superseded(self, turn: Open) -> bool:
        return self._fold.speaking or (
            self._settings.server_vad
            and bool(self._segments())
            and self._segments()[-1] is not turn
        )

    async def _answered(self, turn: Open) -> None:
        for _ in range(ROUNDS):
            await self._line.until(
                lambda: turn.over or _has_calls(turn) or self._is_superseded(turn)
            )
            if not _has_calls(turn):
                return
            await self._give_outputs(turn)
            self._extend()
        await self._line.until(lambda: turn.over or _has_calls(turn))
        if not turn.over:
            self.mark("rounds")

    async def _give_outputs(self, turn: Open) -> None:
        tools = {tool.name: tool for tool in self._settings.tools}
        for call in turn.turn.tool_calls[turn.outputs :]:
            if call.name not in tools:
                self._note(turn, unknown_tool=call.name, known=", ".join(tools))
            await self._line.send(await output_for(call, tools))
        await self._line.send(events.response_create())

    async def _with_transcript(self, turn: Open) -> Turn:
        if turn.item_id:
            await self._line.until(
                lambda: any(event.type in _TRANSCRIBED for event in turn.events),
                within=self._grace,
            )
        return turn.turn

    # -- ending ------------------------------------------------------------------------------

    def turn(self) -> Turn:
        """What has arrived, as a turn."""
        mine = self._fold.opened[self._first :]
        return mine[-1].turn if mine else self._fold.partial()

    def mark(self, reason: str, turns: Sequence[Open] | None = None) -> None:
        """Mark our turns that are not over with the reason they end for."""
        for turn in self._unfinished() if turns is None else turns:
            number = self._fold.opened.index(turn)
            fields = {"turn": number, "reason": reason}
            self._line.mark(Event(ENDED, fields, direction="local"))

    def _unfinished(self) -> list[Open]:
        return [turn for turn in self._fold.opened[self._first :] if not turn.over]

    async def clean_up(self, reason: str) -> None:
        """Clear what is uncommitted, cancel what runs, and mark the turns it ends."""
        ending = self._unfinished()
        try:
            async with asyncio.timeout(CLEAN_UP):
                if self._uncommitted:
                    await self._line.send(events.clear())
                if (running := self._fold.running) is not None:
                    await self._line.send(events.response_cancel())
                    await self._line.settle(lambda: not running.running, CLEAN_UP)
        except (GlmError, TimeoutError):
            pass  # the line is gone or stalled: there is nothing left to clean
        self.mark(reason, ending)


def _has_calls(turn: Open) -> bool:
    return turn.answers > 0 and not turn.running and turn.unanswered_calls > 0


async def _chain(speech: Pieces, silence: Clip) -> AsyncIterator[object]:
    async for piece in each(speech):
        yield piece
    yield silence
