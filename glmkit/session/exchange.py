"""``Exchange``: what crosses the line between taking the floor and giving it back.

``one_turn`` makes one of it, ``open_microphone`` as many as come; these rules are both's. How its
errors leave it is ``exchange_end``'s business.

Rules
- Sound goes up in chunks, pictures that wait behind the next one; what was sent and is not
  committed is cleared in the end.
- The outputs of calls follow response.done in the order of the calls; then one
  response.create. After 8 rounds the turn ends instead.
- No call is left without an output: where its tool was interrupted, the output says so, and no
  answer is asked for.
- The deadline counts from the last chunk sent, or from the last request for an answer or commit
  in server VAD's place.
- Silence that is sent behind a turn and not committed stays with that turn.
- What the service heard, or should have heard, and never committed is a turn all the same.
- However it ends, it leaves the session clean: clear what is uncommitted, cancel once what runs or
  was asked for, a moment for its end (``Waits.clean_up``); then the turns are marked with the
  reason.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from glmkit import events
from glmkit.errors import GlmError, NoAnswer
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import ENDED, INTERRUPTED, SAID, UPLOADED
from glmkit.protocol.settings import Settings, answers_itself
from glmkit.session.budget import Budget, Spent
from glmkit.session.line import Line
from glmkit.session.line_errors import unanswered
from glmkit.session.pacing import Pace, send_paced
from glmkit.session.pictures import Pictures
from glmkit.session.speech import Speech, chunked
from glmkit.session.tool_calls import interrupted_output, output_for
from glmkit.session.waits import Waits
from glmkit.turns.open_turn import Open
from glmkit.turns.state import State
from glmkit.turns.turn import Turn

T = TypeVar("T")
ROUNDS = 8  # of tool calls in one turn
_STEP = 0.02  # seconds a deadline may lag: an unpaced upload must not set a timer for each chunk


class Exchange:
    """The turns at hand on a line, while one or more of them are under way."""

    def __init__(
        self,
        line: Line,
        settings: Settings,
        pictures: Pictures,
        *,
        timeout: float,
        waits: Waits,
        budget: Budget,
    ) -> None:
        self.line, self.settings, self.fold = line, settings, line.fold
        self.pictures, self.waits = pictures, waits
        self._request = line.begin_exchange(budget)
        self.deadline = asyncio.timeout(timeout)
        self.timeout = timeout
        self._first = self.fold.next_number  # of our turns
        self._commits, self._received = self.fold.commits, self.fold.received_sound
        self._appends = self.fold.appends  # ours, and those of before
        self._uncommitted = False
        self._unheard = False  # also where it was cleared
        self._taken_before = 0  # turns the service had taken when it was sent a picture
        self.sent = 0.0  # seconds of sound
        self.uploading = 0.0  # seconds it took
        self.running = ""  # the tool that runs now
        self.broken_off = ""  # the tool that ran when the time was up

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
            sent=self.sent,
            received=(self.fold.received_sound - self._received) / bytes_a_second,
            model=self.settings.model,
            video=self.line.settings.mode != "audio",  # a picture may have come meanwhile
        )

    @property
    def answers_itself(self) -> bool:
        """Whether the service answers without being asked, once it took a turn."""
        return answers_itself(self.settings.turn_detection)

    async def settle_earlier(self) -> None:
        """Let an answer that was asked for before this began begin; after a while give it up.

        Somebody asked by hand. What answers nobody else would be taken for the answer to that.
        """
        if not self.fold.awaiting:
            return
        within = self.waits.clean_up
        if not await self.line.settle(lambda: not self.fold.awaiting, within):
            with suppress(NoAnswer):
                await cancel_answer(self.line, asked=True, within=within)
            self.end_turns("unanswered", self.fold.awaiting)
        self.extend()

    # -- sending -----------------------------------------------------------------------------

    async def upload(
        self,
        speech: Speech,
        pace: Pace,
        *,
        progress: Callable[[float], None] = lambda sent: None,
    ) -> float:
        """Send speech, and pictures behind its next chunk; the seconds sent.

        ``progress(sent)`` is told after each chunk. Raises Rejected as soon as one is refused, and
        BadState where a picture is missing.
        """
        before, begun = self.sent, asyncio.get_running_loop().time()

        async def send(chunk: bytes) -> None:
            self.line.check(self._request)
            self.pictures.check(self.line.settings)  # not before there is sound: it may never come
            self._uncommitted = self._unheard = True
            self._appends += 1
            await self.line.send(events.append(chunk))
            await self._send_pictures()

        def sent(seconds: float) -> None:
            self.sent = before + seconds
            self.extend()
            progress(seconds)

        chunks = chunked(speech, self.settings.input_format, pace.chunk_ms)
        try:
            seconds = await send_paced(chunks, send, pace, progress=sent)
        finally:
            self.uploading += asyncio.get_running_loop().time() - begun
        self.extend()
        return seconds

    async def show(self) -> None:
        """Send the pictures that wait, without sound. Raises BadState where one is missing."""
        self.pictures.check(self.line.settings)
        await self._send_pictures()

    async def _send_pictures(self) -> None:
        while (frame := self.pictures.take()) is not None:
            self._uncommitted, self._taken_before = True, self.segments
            await self.line.send(events.append_video_frame(frame))

    async def commit(self) -> None:
        """End the person's turn, under client VAD."""
        await self.line.send(events.commit())
        self.committed()

    async def ask(self) -> None:
        """Ask for an answer. Raises Rejected where what was sent has been refused meanwhile."""
        self.line.check(self._request)
        await self.line.send(events.response_create())
        self.extend()

    async def clear(self) -> None:
        """Drop what was sent and is not committed."""
        await self.line.send(events.clear())
        self._uncommitted = False
        if self.segments > self._taken_before:
            self.pictures.taken()
        self.pictures.given_back()

    async def is_judged(self) -> bool:
        """Whether all that was sent was judged and held no speech: dropped, and said so in time.

        The service handles events in order, so the answer to a clear comes after its judgement.
        """
        with self.line.request("input_audio_buffer.cleared", "error") as request:
            await self.clear()
            await self.line.settle(lambda: request.settled, self.waits.clean_up)
        return request.settled and not self.fold.speaking and not self.fold.uncommitted

    def committed(self) -> None:
        """Nothing that was sent is left to be cleared: the service took it."""
        self._uncommitted = self._unheard = False
        self.pictures.taken()

    async def until(self, ready: Callable[[], T], *, within: float | None = None) -> T | None:
        """Wait until ``ready()`` is true and give its value; None after ``within`` seconds.

        Raises Disconnected, and Rejected when an error refuses what was sent.
        """
        return await self.line.until(ready, self._request, within=within)

    def begin_take(self) -> None:
        """What is sent from now on is another thing said: segments count anew."""
        self._commits, self._taken_before = self.fold.commits, 0

    def extend(self, more: float = 0.0) -> None:
        """Let the deadline count from now, or from ``more`` seconds later."""
        due = asyncio.get_running_loop().time() + self.timeout + more
        if due - (self.deadline.when() or 0) > _STEP:
            self.deadline.reschedule(due)

    # -- calls -------------------------------------------------------------------------------

    async def answer_calls(self, turn: Open) -> None:
        """Give the outputs of a turn's calls and ask on; after 8 rounds mark its end instead."""
        turn.rounds += 1
        if turn.rounds > ROUNDS:
            await self.leave_calls(turn)
            self.end_turns("rounds", [turn])
            return
        tools = {tool.name: tool for tool in self.settings.tools}
        for call in turn.turn.tool_calls[turn.outputs :]:
            if call.name not in tools:
                self.note(turn, unknown_tool=call.name, known=", ".join(tools))
            self.running = call.name
            try:
                output = await output_for(call, tools)
            except asyncio.CancelledError:
                self.broken_off = call.name
                raise
            finally:
                self.running = ""
            await self.line.send(output)
        await self.ask()

    async def leave_calls(self, turn: Open) -> None:
        """Give the outputs of calls that nobody runs any more, and ask for no answer."""
        left = turn.turn.tool_calls[turn.outputs :]
        for call in left:
            await self.line.send(interrupted_output(call))
        self.note(turn, interrupted=", ".join(call.name for call in left))

    # -- local marks -------------------------------------------------------------------------

    def note(self, turn: Open, **facts: object) -> None:
        """A local mark for ``explain``: what only this side knows about a turn."""
        self._mark(SAID, turn, **facts)

    def mark_interrupted(self, turn: Open) -> None:
        """A local mark: the person stops hearing an answer that had come whole."""
        self._mark(INTERRUPTED, turn)

    def mark_ended(self, reason: str, *, upto: Open | None = None, **facts: object) -> None:
        """Mark our turns that are not over, or those up to one, with the reason they end for."""
        ending = [t for t in self._unfinished() if upto is None or t.number <= upto.number]
        self.end_turns(reason, ending, **facts)

    def end_turns(self, reason: str, turns: Sequence[Open], **facts: object) -> None:
        """Mark turns with the reason they end for."""
        for turn in turns:
            self._mark(ENDED, turn, reason=reason, **facts)

    def _mark(self, sign: str, turn: Open, **fields: object) -> None:
        self.line.mark(Event(sign, {"turn": turn.number, **fields}, direction="local"))

    # -- ending ------------------------------------------------------------------------------

    def turn(self, event: Event | None = None) -> Turn:
        """What has arrived, as a turn: the one that holds an event, if any does, else the last."""
        opened = self.opened
        holding = (each for each in opened if any(held is event for held in each.events))
        found = next(holding, opened[-1] if opened else None)
        return self.fold.partial() if found is None else found.turn

    def end_upload(self) -> None:
        """Leave the silence behind the last turn with it, unless somebody speaks into it."""
        opened = self.opened
        if opened and self.is_alone and self.fold.uncommitted and not self.fold.speaking:
            self._mark(UPLOADED, opened[-1])

    def end(self, reason: str, **facts: object) -> None:
        """Mark what goes on with the reason it ends for; nothing is sent."""
        ending = self._unfinished()
        self._give_up_upload(reason, **facts)
        self.end_turns(reason, ending, **facts)

    def _give_up_upload(self, reason: str, **facts: object) -> bool:
        """Make a turn of what was sent and never committed; whether it is one.

        Not of what the person gave up before the service heard anything.
        """
        speaking = self.fold.speaking
        given_up = self.fold.unfinished and (speaking or self._unheard) and self.is_alone
        if not given_up or (reason == "interrupted" and not speaking):
            return False
        mark = {"turn": self.fold.next_number, "reason": reason, **facts}
        self.line.mark(Event(ENDED, mark, direction="local"))
        return True

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
        unheard = self._give_up_upload(reason, **facts) or self._uncommitted
        if reason == "failed":
            self.pictures.refused()  # it may have been one of them
        try:
            async with asyncio.timeout(self.waits.clean_up):
                if unheard:
                    await self.clear()
                for turn in ending:
                    if turn.awaits_outputs:
                        await self.leave_calls(turn)
                await cancel_answer(
                    self.line, asked=self._awaits_answer, within=self.waits.clean_up
                )
        except (GlmError, TimeoutError):
            pass  # the line is gone or stalled: there is nothing left to clean
        self.end_turns(reason, ending, **facts)


async def cancel_answer(line: Line, *, asked: bool, within: float) -> bool:
    """Cancel the answer that runs, or was ``asked`` for, and wait for its end.

    Whether there was one, as far as this side knows. Raises NoAnswer.
    """
    turn = line.fold.answering or (line.fold.current if asked else None)
    if turn is None:
        return False
    with line.request("response.done", "error") as request:
        await line.send(events.response_cancel())
        # one end may answer two who cancel
        if not await line.settle(lambda: request.settled or turn.over, within) and line.open:
            raise unanswered(request, within, peer=line.peer)
    return True
