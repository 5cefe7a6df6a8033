"""``Exchange``: what crosses the line between taking the floor and giving it back, cleanly or not.

``one_turn`` makes one of it, ``open_microphone`` as many as come; these rules are both's.

Rules
- Sound goes up in chunks, pictures behind the first one; what was sent and is not committed is
  cleared in the end.
- The outputs of calls follow response.done in the order of the calls; then one
  response.create. After 8 rounds the turn ends instead.
- The deadline counts from the last chunk sent, or the last output given.
- Silence that is sent behind a turn and not committed stays with that turn.
- What the service heard, or should have heard, and never committed is a turn all the same.
- However it ends, it leaves the session clean: clear what is uncommitted, cancel once what runs or
  was asked for, a moment for its end (``Waits.clean_up``); then the turns are marked with the
  reason.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TypeVar

from glmkit import events
from glmkit.errors import (
    Disconnected,
    GlmError,
    NoSpeech,
    ServiceError,
    TurnTimeout,
    TurnTooLarge,
)
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import ENDED, SAID, UPLOADED
from glmkit.protocol.settings import Settings, answers_itself
from glmkit.session.budget import Budget, Spent
from glmkit.session.line import Line
from glmkit.session.pacing import Pace, send_paced
from glmkit.session.speech import Speech, chunked
from glmkit.session.tool_calls import output_for
from glmkit.session.waits import Waits
from glmkit.texts import text
from glmkit.turns.open_turn import Open
from glmkit.turns.state import State
from glmkit.turns.turn import Turn

T = TypeVar("T")
ROUNDS = 8  # of tool calls in one turn
_NOT_WORTH_SAYING = 0.5  # seconds of an upload beside a deadline
_STEP = 0.02  # seconds a deadline may lag: an unpaced upload must not set a timer for each chunk


@asynccontextmanager
async def open_exchange(
    line: Line, settings: Settings, *, timeout: float, waits: Waits, budget: Budget
) -> AsyncIterator[Exchange]:
    """One exchange on ``line``; whatever goes wrong, the session is clean afterwards."""
    exchange = Exchange(line, settings, timeout=timeout, waits=waits, budget=budget)
    try:
        async with exchange.deadline:
            yield exchange
    except ServiceError as error:
        if not isinstance(error, Disconnected):
            await exchange.clean_up("no_speech" if isinstance(error, NoSpeech) else "failed")
        else:
            exchange.end("too_large" if isinstance(error, TurnTooLarge) else "disconnected")
        error.turn = exchange.turn()
        raise
    except TimeoutError:
        words = exchange.time_out_in_words
        await exchange.clean_up("timeout")
        raise TurnTimeout(words, peer=line.peer, turn=exchange.turn()) from None
    except BaseException:
        await exchange.clean_up("interrupted")
        raise
    finally:
        exchange.end_upload()


class Exchange:
    """The turns at hand on a line, while one or more of them are under way."""

    def __init__(
        self, line: Line, settings: Settings, *, timeout: float, waits: Waits, budget: Budget
    ) -> None:
        self.line, self.settings, self.fold = line, settings, line.fold
        self.waits = waits
        self._request = line.begin_exchange(budget)
        self.deadline = asyncio.timeout(timeout)
        self._timeout = timeout
        self._first = self.fold.next_number  # of our turns
        self._commits, self._received = self.fold.commits, self.fold.received_sound
        self._appends = self.fold.appends  # ours, and those of before
        self._uncommitted = False
        self._sent = 0.0  # seconds of sound
        self._uploading = 0.0  # seconds it took

    @property
    def opened(self) -> Sequence[Open]:
        """The turns opened since this began, oldest first."""
        ours = itertools.takewhile(self._is_ours, reversed(self.fold.opened))
        return list(ours)[::-1]

    def _is_ours(self, turn: Open) -> bool:
        return turn.number >= self._first

    @property
    def segments(self) -> int:
        """How many turns the service committed since this began."""
        return self.fold.commits - self._commits

    @property
    def last_segment(self) -> Open | None:
        """The turn the service committed last, if it did since this began."""
        last = self.fold.last_committed if self.segments else None
        return last if last is not None and self._is_ours(last) else None

    @property
    def is_alone(self) -> bool:
        """Whether all sound that was sent since this began is ours."""
        return self.fold.appends == self._appends

    def add_to(self, spent: Spent) -> None:
        """Put the sound so far, whether kept or not, on a bill as one turn."""
        mp3 = self.settings.output_format == "mp3"
        bytes_a_second = 8_000 if mp3 else 48_000  # mp3: 64 kbit/s, an estimate
        spent.add(
            sent=self._sent,
            received=(self.fold.received_sound - self._received) / bytes_a_second,
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
        begun = asyncio.get_running_loop().time()

        async def send(chunk: bytes) -> None:
            self.line.check(self._request)
            self._uncommitted = True
            self._appends += 1
            await self.line.send(events.append(chunk))
            while left:
                await self.line.send(events.append_video_frame(left.pop(0)))

        def sent(seconds: float) -> None:
            self._sent = before + seconds
            self._extend()
            progress(seconds)

        chunks = chunked(speech, self.settings.input_format, pace.chunk_ms)
        try:
            seconds = await send_paced(chunks, send, pace, progress=sent)
        finally:
            self._uploading += asyncio.get_running_loop().time() - begun
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
        turn.rounds += 1
        if turn.rounds > ROUNDS:
            self._end("rounds", [turn])
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

    def mark(self, reason: str, *, upto: Open | None = None) -> None:
        """Mark our turns that are not over, or those up to one, with the reason they end for."""
        self._end(
            reason, [t for t in self._unfinished() if upto is None or t.number <= upto.number]
        )

    def _end(self, reason: str, turns: Sequence[Open]) -> None:
        for turn in turns:
            self._mark(ENDED, turn, reason=reason)

    def _mark(self, sign: str, turn: Open, **fields: object) -> None:
        self.line.mark(Event(sign, {"turn": turn.number, **fields}, direction="local"))

    # -- ending ------------------------------------------------------------------------------

    def turn(self) -> Turn:
        """What has arrived, as a turn."""
        opened = self.opened
        return opened[-1].turn if opened else self.fold.partial()

    def end_upload(self) -> None:
        """Leave the silence behind the last turn with it, unless somebody speaks into it."""
        opened = self.opened
        if opened and self.is_alone and self.fold.uncommitted and not self.fold.speaking:
            self._mark(UPLOADED, opened[-1])

    def end(self, reason: str) -> None:
        """Mark what goes on with the reason it ends for; nothing is sent."""
        ending = self._unfinished()
        self._give_up_upload(reason)
        self._end(reason, ending)

    def _give_up_upload(self, reason: str) -> bool:
        """Make a turn of what was sent and never committed; whether it is one.

        Not of what the person gave up before the service heard anything.
        """
        speaking = self.fold.speaking
        given_up = self.fold.uncommitted and (speaking or self._uncommitted) and self.is_alone
        if not given_up or (reason == "interrupted" and not speaking):
            return False
        mark = {"turn": self.fold.next_number, "reason": reason}
        self.line.mark(Event(ENDED, mark, direction="local"))
        return True

    @property
    def time_out_in_words(self) -> str:
        """That the deadline has passed, from when it counted, and what was waited for."""
        seconds, awaited = self._timeout, self._awaited_in_words()
        if self._uploading < _NOT_WORTH_SAYING:
            return text("session.timeout", seconds=seconds, awaited=awaited)
        upload = self._uploading
        return text("session.timeout_of_upload", seconds=seconds, upload=upload, awaited=awaited)

    def _awaited_in_words(self) -> str:
        if self.fold.speaking:
            sound = self.fold.said_so_far.input
            spoken = sound.voiced_spans() if sound is not None else ()
            name = "session.awaited_stop" if spoken else "session.awaited_stop_somewhere"
            return text(name, at=spoken[0][0] if spoken else 0.0)
        turn = self.fold.current
        name = "none" if turn is None else turn.state.name.lower()
        return text(f"session.awaited_{name}")

    def _unfinished(self) -> list[Open]:
        return [turn for turn in self.opened if not turn.over]

    @property
    def _awaits_answer(self) -> bool:
        """Whether an answer is due that has not begun: asked for, or server VAD's own."""
        itself = self.settings.server_vad and self.answers_itself
        due = {State.ASKED, State.COMMITTED} if itself else {State.ASKED}
        return any(turn.state in due for turn in self.opened)

    async def clean_up(self, reason: str) -> None:
        """Clear what is uncommitted, cancel what runs, and mark the turns it ends."""
        ending = self._unfinished()
        unheard = self._give_up_upload(reason) or self._uncommitted
        try:
            async with asyncio.timeout(self.waits.clean_up):
                if unheard:
                    await self.clear()
                await cancel_answer(
                    self.line, asked=self._awaits_answer, within=self.waits.clean_up
                )
        except (GlmError, TimeoutError):
            pass  # the line is gone or stalled: there is nothing left to clean
        self._end(reason, ending)


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
