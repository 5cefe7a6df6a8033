"""One turn: a clip or a request, and the one turn it becomes.

Rules
- Under client VAD: upload, commit, ask for the answer. Under server VAD: upload with at least a
  second of silence behind, and the service does the rest; the turn is the last segment's.
  What it leaves undone, a ``fallback`` does.
- A turn ends at the first response.done that leaves no call to answer.
- Whoever else sends sound meanwhile speaks for themselves: what the service makes of that is no
  turn of ours, and our own is the last segment before.
- Transcripts may come after the end; they are waited for, but not long.
- A live address gets at most 45 appends a second (50 are documented), and under client VAD no
  more than 30 seconds (documented).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from glmkit import events
from glmkit.errors import BadArgument, BadAudio, NoSpeech, TurnTimeout
from glmkit.media.clip import Clip, level_in_words
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import TRANSCRIPTION
from glmkit.protocol.settings import Settings
from glmkit.session.address import Address
from glmkit.session.exchange import Exchange
from glmkit.session.fallback import Fallback, commit_instead, due, may_be_speech, never_ended
from glmkit.session.host import host
from glmkit.session.pacing import LIVE_RATE, Pace
from glmkit.session.speech import Speech, upload_seconds, with_silence
from glmkit.texts import text
from glmkit.turns.explain.facts import QUIET
from glmkit.turns.open_turn import Open
from glmkit.turns.state import State
from glmkit.turns.turn import Turn

LONGEST_CLIENT_TURN = 30.0  # seconds under client VAD (documented)
_TRANSCRIBED = (TRANSCRIPTION, TRANSCRIPTION.replace("completed", "failed"))

Progress = Callable[[float, float], None]


def pace_for(
    address: Address, settings: Settings, speech: Speech, pace: Pace, *, unsafe_rate: bool
) -> Pace:
    """The pace an address may be sent speech at. Raises BadAudio for a turn that is too long."""
    seconds = speech.seconds if isinstance(speech, Clip) else 0.0
    limited = address.peer != "replay" and not settings.server_vad
    if limited and seconds > LONGEST_CLIENT_TURN:
        raise BadAudio(text("session.too_long", seconds=seconds))
    return pace.within(LIVE_RATE) if address.reaches_live and not unsafe_rate else pace


def progress_bar(given: object) -> Progress | None:
    """What a person gave as ``progress=``. Raises BadArgument where it cannot be told."""
    if given is None or callable(given):
        return given
    raise BadArgument(text("session.progress", found=type(given).__name__))


async def say_once(
    exchange: Exchange,
    speech: Speech,
    pace: Pace,
    *,
    progress: Progress | None = None,
    fallback: Fallback | None = None,
    after: Awaitable[object] | None = None,
) -> Turn:
    """Send speech (and pictures that wait) and wait for the answer.

    ``after``: what must be over before it is committed.
    """
    server_vad = exchange.settings.server_vad
    total = upload_seconds(speech, exchange.settings)
    if progress is None:
        await host.get().begin(total)
    show = progress or host.get().progress

    def told(sent: float) -> None:
        if total:
            show(min(sent, total), total)

    whole = with_silence(speech, exchange.settings) if server_vad else speech
    sent = await exchange.upload(whole, pace, progress=told)
    if progress is None:
        _tell_of_the_wait(exchange)
    if server_vad:
        await _heard(exchange, speech, sent, fallback)
        unpaced = pace.speed is None or pace.speed > 1.5
        turn = await _last_segment(exchange, fallback, unpaced=unpaced)
    else:
        if after is not None:
            await after
        await exchange.commit()
        turn = await _requested(exchange)
    if pace.speed != 1:
        exchange.note(turn, speed=pace.speed)  # so that nobody takes it for a clock gone wrong
    return await with_transcript(exchange, turn)


def written(words: object) -> Event:
    """The message that puts words into a conversation. Raises BadArgument for anything else."""
    if not isinstance(words, str):
        raise BadArgument(text("session.ask_what", found=type(words).__name__))
    return events.user_message(words)


async def request(exchange: Exchange, message: Event | None = None) -> Turn:
    """Ask for the answer to what is there (with pictures that wait, and a message) and wait."""
    await exchange.show()
    if message is not None:
        await exchange.line.send(message)
    _tell_of_the_wait(exchange)
    return await with_transcript(exchange, await _requested(exchange))


def _tell_of_the_wait(exchange: Exchange) -> None:
    peer = "emulator" if exchange.line.peer == "emulator" else "other"
    host.get().awaits(text(f"session.awaits_{peer}"))


async def _requested(exchange: Exchange) -> Open:
    await exchange.ask()
    exchange.committed()  # pictures that came without sound, too: the request takes them
    turn = exchange.fold.opened[-1]
    await answered(exchange, turn)
    return turn


async def answered(exchange: Exchange, turn: Open) -> None:
    """Wait for a turn's answer, and answer its calls; under server VAD until the person goes on."""
    while True:
        await exchange.until(lambda: turn.over or turn.awaits_outputs or _goes_on(exchange, turn))
        if not turn.awaits_outputs:
            return
        await exchange.answer_calls(turn)


async def with_transcript(exchange: Exchange, turn: Open) -> Turn:
    """A turn that is over, once what was understood is there, or is given up."""
    if turn.item_id:
        await exchange.until(partial(_transcribed, turn), within=exchange.waits.transcript)
    return turn.turn


def _transcribed(turn: Open) -> bool:
    return any(event.type in _TRANSCRIBED for event in turn.events)


# -- what server VAD makes of it -------------------------------------------------------------


async def _heard(
    exchange: Exchange, speech: Speech, sent: float, fallback: Fallback | None
) -> None:
    within = exchange.settings.silence_seconds + exchange.waits.no_speech
    if await exchange.until(lambda: exchange.fold.speaking or exchange.last_segment, within=within):
        return
    if fallback and may_be_speech(exchange, speech) and await commit_instead(exchange):
        return
    peer = exchange.line.peer
    if not await exchange.is_judged():
        raise TurnTimeout(text("session.behind", seconds=within), peer=peer)
    raise NoSpeech(_no_speech(speech, sent), peer=peer)


def _no_speech(speech: Speech, sent: float) -> str:
    if not isinstance(speech, Clip):
        return text("session.no_speech_unknown", seconds=sent)
    kind = "quiet" if speech.peak < QUIET else "loud"
    return text(f"session.no_speech_{kind}", seconds=sent, level=level_in_words(speech.level))


async def _last_segment(exchange: Exchange, fallback: Fallback | None, *, unpaced: bool) -> Open:
    within = exchange.waits.late_segment if unpaced else 0.0
    while True:
        turn = await _segment(exchange, fallback)
        exchange.committed()
        if not exchange.answers_itself:
            return turn
        await answered(exchange, turn)
        goes_on = partial(_goes_on, exchange, turn)
        if not (exchange.is_alone and await exchange.until(goes_on, within=within)):
            exchange.mark_ended("unanswered", upto=turn)
            if exchange.segments > 1:
                exchange.note(turn, segments=exchange.segments)  # the clip held more than this
            return turn


async def _segment(exchange: Exchange, fallback: Fallback | None) -> Open:
    """The segment that server VAD ended, or that a fallback ended in its place."""
    committed = partial(_committed, exchange)
    stuck = fallback and await exchange.until(committed, within=due(exchange)) is None
    if stuck and not await commit_instead(exchange):
        raise never_ended(exchange)
    turn = await exchange.until(committed)
    assert turn is not None  # without a deadline of its own it waits for one
    return turn


def _committed(exchange: Exchange) -> Open | None:
    """The last segment, once nobody speaks, or who speaks is somebody else."""
    return None if exchange.fold.speaking and exchange.is_alone else exchange.last_segment


def _goes_on(exchange: Exchange, turn: Open) -> bool:
    """Whether something has come of what was sent behind a turn, so that it is not the last."""
    if not exchange.settings.server_vad:
        return False
    last = exchange.last_segment
    if exchange.is_alone:
        return exchange.fold.speaking or last not in (None, turn)
    passed_over = turn.state is State.COMMITTED
    return passed_over and last not in (None, turn) and last.state is not State.COMMITTED
