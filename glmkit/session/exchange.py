"""``Exchange``: what crosses the line between taking the floor and giving it back, cleanly or not.

``one_turn`` makes one of it, ``open_microphone`` as many as come; these rules are both's.

Rules
- Sound goes up in chunks, pictures behind the first one; what was sent and is not committed is
  cleared in the end.
- The outputs of calls follow response.done in the order of the calls; then one
  response.create. After 8 rounds the turn ends instead.
- The deadline counts from the last chunk sent, or the last output given.
- However it ends, it leaves the session clean: clear what is uncommitted, cancel once what runs or
  was asked for, a moment for its end (``Waits.clean_up``); then the turns are marked with the
  reason. Where it fails before there is a turn, what was sent is marked so, and kept.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TypeVar

from glmkit import events
from glmkit.auth.masking import their_words
from glmkit.errors import Disconnected, GlmError, NoSpeech, ServiceError, TurnTimeout
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import ENDED, SAID
from glmkit.protocol.settings import Settings, answers_itself
from glmkit.session.budget import Spent
from glmkit.session.line import Line
from glmkit.session.pacing import Pace, send_paced
from glmkit.session.speech import Speech, chunked
from glmkit.session.tool_calls import output_for
from glmkit.session.waits import Waits
from glmkit.texts import text
from glmkit.turns.open_turn import Open
from glmkit.turns.state import State
from glmkit.turns.turn import Turn
from glmkit.turns.unopened import unopened_turns

T = TypeVar("T")
ROUNDS = 8  # of tool calls in one turn
_STEP = 0.02  # seconds a deadline may lag: an unpaced upload must not set a timer for each chunk


@asynccontextmanager
async def open_exchange(
    line: Line, settings: Settings, *, timeout: float, waits: Waits
) -> AsyncIterator[Exchange]:
    """One exchange on ``line``; whatever goes wrong, the session is clean afterwards."""
    exchange = Exchange(line, settings, timeout=timeout, waits=waits)
    try:
        async with exchange.deadline:
            yield exchange
    except ServiceError as error:
        reason, why = _reason_of(error), line.ending or _said_by(error)
        if isinstance(error, Disconnected):
            exchange.mark(reason, why=why)
        else:
            await exchange.clean_up(reason, why=why)
        error.turn = exchange.failed_turn(reason, why=why)
        raise
    except TimeoutError:
        await exchange.clean_up("timeout")
        words = text("session.timeout", seconds=timeout)
        turn = exchange.failed_turn("timeout")
        raise TurnTimeout(words, peer=line.peer, turn=turn) from None
    except BaseException:
        await exchange.clean_up("interrupted")
        raise


def _reason_of(error: ServiceError) -> str:
    """What a turn that ended in this error is marked with."""
    reasons = {Disconnected: "disconnected", NoSpeech: "no_speech", TurnTimeout: "busy"}
    return next((reason for kind, reason in reasons.items() if isinstance(error, kind)), "failed")


def _said_by(error: ServiceError) -> str | None:
    """The code and the words of an ``error`` event that ends a turn."""
    if error.event is None:
        return None
    found = error.event.inner("error")
    return ", ".join(filter(None, (their_words(found.get(n)) for n in ("code", "message"))))


class Exchange:
    """The turns at hand on a line, while one or more of them are under way."""

    def __init__(self, line: Line, settings: Settings, *, timeout: float, waits: Waits) -> None:
        self.line, self.settings, self.fold = line, settings, line.fold
        self.waits = waits
        self._request = line.begin_exchange()
        self.deadline = asyncio.timeout(timeout)
        self._timeout = timeout
        self._first = len(line.fold.opened)  # turns opened from here on are ours
        self._uncommitted = False
        self._sent = 0.0  # seconds of sound
        self._rounds: Counter[Open] = Counter()  # of outputs given, by turn

    @property
    def opened(self) -> Sequence[Open]:
        """The turns opened since this began, oldest first."""
        return self.fold.opened[self._first :]

    def add_to(self, spent: Spent) -> None:
        """Put the sound so far, whether kept or not, on a bill as one turn."""
        mp3 = self.settings.output_format == "mp3"
        bytes_a_second = 8_000 if mp3 else 48_000  # mp3: 64 kbit/s, an estimate
        spent.add(
            sent=self._sent,
            received=sum(turn.sound_bytes for turn in self.opened) / bytes_a_second,
            model=self.settings.model,
            video=self.settings.mode != "audio",
        )

    @property
    def answers_itself(self) -> bool:
        """Whether the service answers without being asked, once it took a turn."""
        return answers_itself(self.settings.turn_detection)

    # -- sending -----------------------------------------------------------------------------

    async def upload(
        self,
        speech: Speech,
        pace: Pace,
        *,
        frames: Sequence[bytes] = (),
        progress: Callable[[float], None] = lambda sent: None,
    ) -> float:
        """Send speech, and pictures behind its first chunk; the seconds sent.

        ``progress(sent)`` is told after each chunk. Raises Rejected as soon as one is refused.
        """
        before, left = self._sent, list(frames)

        async def send(chunk: bytes) -> None:
            self.line.check(self._request)
            self._uncommitted = True
            await self.line.send(events.append(chunk))
            while left:
                await self.line.send(events.append_video_frame(left.pop(0)))

        def sent(seconds: float) -> None:
            self._sent = before + seconds
            self._extend()
            progress(seconds)

        chunks = chunked(speech, self.settings.input_format, pace.chunk_ms)
        seconds = await send_paced(chunks, send, pace, progress=sent)
        self._extend()
        return seconds

    async def commit(self) -> None:
        """End the person's turn, under client VAD."""
        await self.line.send(events.commit())
        self.committed()

    async def ask(self) -> None:
        """Ask for an answer."""
        await self.line.send(events.response_create())

    async def clear(self) -> None:
        """Drop what was sent and is not committed."""
        await self.line.send(events.clear())
        self.committed()

    async def is_judged(self) -> bool:
        """Whether all that was sent was judged and held no speech: dropped, and said so in time.

        The service handles events in order, so the answer to a clear comes after its judgement.
        """
        with self.line.request("input_audio_buffer.cleared", "error") as request:
            await self.clear()
            await self.line.settle(lambda: request.settled, self.waits.clean_up)
        return request.settled and not self.fold.speaking and not self.fold.uncommitted

    def committed(self) -> None:
        """Nothing that was sent is left to be cleared: the service took it, or dropped it."""
        self._uncommitted = False

    async def until(self, ready: Callable[[], T], *, within: float | None = None) -> T | None:
        """Wait until ``ready()`` is true and give its value; None after ``within`` seconds.

        Raises Disconnected, and Rejected when an error refuses what was sent.
        """
        return await self.line.until(ready, self._request, within=within)

    def _extend(self) -> None:
        due = asyncio.get_running_loop().time() + self._timeout
        if due - (self.deadline.when() or 0) > _STEP:
            self.deadline.reschedule(due)

    # -- calls -------------------------------------------------------------------------------

    async def answer_calls(self, turn: Open) -> None:
        """Give the outputs of a turn's calls and ask on; after 8 rounds mark its end instead."""
        self._rounds[turn] += 1
        if self._rounds[turn] > ROUNDS:
            self.mark("rounds", [turn])
            return
        tools = {tool.name: tool for tool in self.settings.tools}
        for call in turn.turn.tool_calls[turn.outputs :]:
            if call.name not in tools:
                self.note(turn, unknown_tool=call.name, known=", ".join(tools))
            await self.line.send(await output_for(call, tools))
        await self.ask()
        self._extend()

    # -- local marks -------------------------------------------------------------------------

    def note(self, turn: Open, **facts: object) -> None:
        """A local mark for ``explain``: what only this side knows about a turn."""
        self._mark(SAID, turn, **facts)

    def mark(self, reason: str, turns: Sequence[Open] | None = None, **facts: object) -> None:
        """Mark our turns that are not over with the reason they end for."""
        for turn in self._unfinished() if turns is None else turns:
            self._mark(ENDED, turn, reason=reason, **facts)

    def _mark(self, sign: str, turn: Open, **fields: object) -> None:
        number = self.fold.opened.index(turn)
        self.line.mark(Event(sign, {"turn": number, **fields}, direction="local"))

    # -- ending ------------------------------------------------------------------------------

    def failed_turn(self, reason: str, **facts: object) -> Turn:
        """What has arrived, as a turn; where it became none, that is marked with the reason."""
        if self.opened:
            return self.opened[-1].turn
        self.line.mark(Event(ENDED, {"reason": reason, **facts}, direction="local"))
        *_, turn = [self.fold.partial(), *unopened_turns(self.line.trace)]
        return turn

    def _unfinished(self) -> list[Open]:
        return [turn for turn in self.opened if not turn.over]

    @property
    def _awaits_answer(self) -> bool:
        """Whether an answer is due that has not begun: asked for, or server VAD's own."""
        itself = self.settings.server_vad and self.answers_itself
        due = {State.ASKED, State.COMMITTED} if itself else {State.ASKED}
        return any(turn.state in due for turn in self.opened)

    async def clean_up(self, reason: str, **facts: object) -> None:
        """Clear what is uncommitted, cancel what runs, and mark the turns it ends."""
        ending = self._unfinished()
        try:
            async with asyncio.timeout(self.waits.clean_up):
                if self._uncommitted:
                    await self.clear()
                await cancel_answer(
                    self.line, asked=self._awaits_answer, within=self.waits.clean_up
                )
        except (GlmError, TimeoutError):
            pass  # the line is gone or stalled: there is nothing left to clean
        self.mark(reason, ending, **facts)


async def cancel_answer(line: Line, *, asked: bool, within: float) -> bool:
    """Cancel the answer that runs, or was ``asked`` for, and wait for its end.

    Whether there was one, as far as this side knows.
    """
    if line.fold.answering is None and not asked:
        return False
    with line.request("response.done", "error") as request:
        await line.send(events.response_cancel())
        await line.settle(lambda: request.settled, within)
    return True
