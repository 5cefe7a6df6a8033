"""``say(interrupt_after=…, with_=…)``: somebody who speaks into the answer.

Rules
- The moment counts from when the first audible sample of the answer would sound, played as it
  comes: of the answer that begins once all of the clip was sent, not of one nobody asked for.
- Under client VAD this side cancels the answer at that moment, then says what interrupts it,
  commits and asks. Under server VAD it only speaks: to stop is the service's business
  (documented), and whether it did is what ``lab.manners`` measures. Without anything to say,
  it cancels under both.
- An answer that came whole and still sounds is interrupted, too: nothing is left to be cancelled,
  a mark says when the player would stop.
- Calls that run at that moment are given up, as where a turn is interrupted otherwise.
- Where nothing sounds any more, nothing is said into it, and a warning says why.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter
from typing import Any, Final

from glmkit.errors import BadArgument, GlmError, NoSpeech, warn
from glmkit.media.clip import Clip
from glmkit.media.stream_decoders import decoder
from glmkit.numeric import number
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import AUDIO_DELTA, INTO
from glmkit.session.argument_checks import check_number
from glmkit.session.event_queue import EventQueue
from glmkit.session.exchange import Exchange, cancel_answer
from glmkit.session.fallback import Fallback
from glmkit.session.one_turn import Progress, answered, say_once, with_transcript
from glmkit.session.pacing import Pace, until_due
from glmkit.session.speech import Speech, as_speech
from glmkit.texts import text
from glmkit.turns.latency import audible_at
from glmkit.turns.open_turn import Open
from glmkit.turns.turn import Turn

_ROUNDING: Final = 0.01  # seconds that another rate may make of a clip's length
_NOTHING_DRAWN: Final[Progress] = lambda done, total: None  # noqa: E731


@dataclass(frozen=True, slots=True)
class Interruption:
    """When an answer is spoken into, in seconds of it heard, and with what (None: only stopped)."""

    after: float
    speech: Speech | None

    @property
    def said(self) -> tuple[Speech, ...]:
        """What it says: one thing, or nothing."""
        return () if self.speech is None else (self.speech,)


def interruption_of(after: object, with_: object) -> Interruption | None:
    """What a person gave to ``say``; None where nothing is to be interrupted."""
    if after is None:
        if with_ is not None:
            raise BadArgument(text("session.with_alone"))
        return None
    check_number("interrupt_after", after)
    return Interruption(number(after), None if with_ is None else as_speech(with_))


class Ears:
    """What somebody hears of the newest answer, if it is played as it comes."""

    def __init__(self, exchange: Exchange, said: Speech) -> None:
        self._exchange = exchange
        self._length = said.seconds if isinstance(said, Clip) else 0.0
        self._sound = decoder(exchange.settings.output_format)
        self._response_id: str | None = None
        self._begun = asyncio.Event()
        self.turn: Open | None = None
        self.audible = 0.0  # when the first audible sample sounded, once one has
        self.over_at = float("-inf")  # when all that came will have sounded

    async def listen(self, deltas: EventQueue) -> None:
        """Hear what comes until the queue ends."""
        async for event in deltas:
            self._hear(event)

    def _hear(self, event: Event) -> None:
        if (id := str(event.get("response_id"))) != self._response_id:
            self._turn_to(id)
        if self.turn is None:
            return
        with suppress(GlmError):  # what cannot be decoded is not heard
            piece = self._sound.feed(event.payload or b"")
            start = max(event.at, self.over_at)
            self.over_at = start + piece.seconds
            if not self._begun.is_set() and (at := audible_at(piece)) is not None:
                self.audible = start + at
                self._begun.set()

    def _turn_to(self, id: str) -> None:
        turn = self._exchange.fold.of_response(id)
        ours = turn if turn in self._exchange.opened and turn is not None and turn.asked else None
        if ours is not self.turn:  # a further round of the same turn goes on
            self._begun.clear()
            self.over_at = float("-inf")
        self._response_id, self.turn = id, ours
        self._sound = decoder(self._exchange.settings.output_format)

    async def heard_for(self, seconds: float) -> None:
        """Wait until an answer was heard for so long that nobody but us speaks into."""
        while True:
            await self._begun.wait()
            due = self.audible + seconds
            await until_due(due, perf_counter)
            if self._exchange.fold.speaking or self._exchange.sent < self._length - _ROUNDING:
                self._begun.clear()  # the clip itself goes on: another answer will come
            elif self._begun.is_set() and self.audible + seconds <= due:
                return

    def sounds_after(self, seconds: float) -> bool:
        """Whether what came sounds longer than that, from its first audible sample on."""
        return self._begun.is_set() and self.over_at > self.audible + seconds

    @property
    def all_came(self) -> bool:
        """Whether nothing more comes of the answer that is heard."""
        return self.turn is not None and self.turn.over

    @property
    def heard(self) -> float | None:
        """For how many seconds what came will have been heard; None where nothing was."""
        return self.over_at - self.audible if self._begun.is_set() else None


async def say_and_interrupt(
    exchange: Exchange,
    speech: Speech,
    pace: Pace,
    interruption: Interruption,
    *,
    hush: Callable[[], None],
    progress: Progress | None = None,
    fallback: Fallback | None = None,
) -> Turn:
    """``say_once``, with the answer interrupted; the turn that answers what interrupted it.

    Where nothing was said into it, the turn itself. ``hush`` stops whatever plays the answer.
    """
    ears = Ears(exchange, speech)
    with exchange.line.queue(AUDIO_DELTA) as deltas:
        listening = asyncio.create_task(ears.listen(deltas))
        saying = asyncio.create_task(
            say_once(exchange, speech, pace, progress=progress, fallback=fallback)
        )
        due = asyncio.create_task(ears.heard_for(interruption.after))
        try:
            await asyncio.wait([saying, due], return_when=asyncio.FIRST_COMPLETED)
            if saying.done():
                saying.result()
                await asyncio.sleep(0)  # what came is heard now
            if (saying.done() or ears.all_came) and not ears.sounds_after(interruption.after):
                return _not_interrupted(await saying, ears, interruption)
            exchange.extend(interruption.after)
            await due
            await _ended(saying)
            return await _interrupt(exchange, ears, pace, interruption, hush, fallback)
        finally:
            await _ended(saying, due, listening)


def _not_interrupted(turn: Turn, ears: Ears, interruption: Interruption) -> Turn:
    """The turn as it is; a warning says why nobody spoke into it."""
    if ears.heard is None:
        warn(text("session.nothing_to_interrupt"))
    else:
        warn(text("session.too_short_to_interrupt", heard=ears.heard, after=interruption.after))
    return turn


async def _interrupt(
    exchange: Exchange,
    ears: Ears,
    pace: Pace,
    interruption: Interruption,
    hush: Callable[[], None],
    fallback: Fallback | None,
) -> Turn:
    turn = ears.turn
    assert turn is not None  # it has been heard
    exchange.end_upload()
    exchange.extend()
    await _give_up_calls(exchange, turn)
    if interruption.speech is None:
        hush()
        await _stop(exchange, turn)
        return await with_transcript(exchange, turn)
    exchange.begin_take()
    pace = replace(pace, begun=ears.audible + interruption.after)
    say = partial(
        say_once,
        exchange,
        interruption.speech,
        pace,
        progress=_NOTHING_DRAWN,
        fallback=fallback,
    )
    if exchange.settings.server_vad:
        return await _spoken_into(exchange, ears, turn, hush, say)
    hush()
    stopping = asyncio.create_task(_stop(exchange, turn))
    try:
        return await say(after=stopping)
    finally:
        await _ended(stopping)


async def _spoken_into(
    exchange: Exchange,
    ears: Ears,
    turn: Open,
    hush: Callable[[], None],
    say: Callable[[], Awaitable[Turn]],
) -> Turn:
    """What becomes of it under server VAD, while the answer's calls are answered."""
    exchange.note(turn, **{INTO: True})  # also where the service then lets it pass
    beside = (_stopped_by_service(exchange, ears, turn, hush), answered(exchange, turn))
    running = [asyncio.create_task(each) for each in beside]
    try:
        return await say()
    except NoSpeech:
        warn(text("session.said_into_unheard"))
    finally:
        await _ended(*running)
    await answered(exchange, turn)
    return await with_transcript(exchange, turn)


async def _give_up_calls(exchange: Exchange, turn: Open) -> None:
    if turn.awaits_outputs:
        await exchange.leave_calls(turn)
        exchange.end_turns("interrupted", [turn])


async def _stop(exchange: Exchange, turn: Open) -> None:
    """Cancel the answer; of one that came whole, say when it was stopped."""
    if turn.over:
        exchange.mark_interrupted(turn)
    else:
        within = exchange.waits.clean_up
        await cancel_answer(exchange.line, asked=turn.awaits_answer, within=within)


async def _stopped_by_service(
    exchange: Exchange, ears: Ears, turn: Open, hush: Callable[[], None]
) -> None:
    """What a client does when the service hears somebody speak: it stops its player."""
    await exchange.until(lambda: exchange.fold.speaking)
    hush()
    if turn.over and ears.over_at > perf_counter():
        exchange.mark_interrupted(turn)


async def _ended(*tasks: asyncio.Task[Any]) -> None:
    """Cancel what still runs, and wait until it has ended."""
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    for task in tasks:
        if not task.cancelled():
            task.exception()  # whoever waited for it was told
