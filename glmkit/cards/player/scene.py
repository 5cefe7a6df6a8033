"""``PlayerScene``: what a player shows and plays, in seconds of one axis.

Rules
- A turn's axis begins with its sound, a trace's with the trace. Sounds lie where they lie in the
  kit's figures (``plots/drawing/turn_axis``).
- Of an interrupted answer, what was not heard is drawn and not played.
- Sound that was sent and never committed stands behind the turns, and says so.
- A turn whose sound cannot be decoded has its events and says so.
- What takes long to work out (the findings, the speech) is worked out when it is asked for, while
  other threads encode the sound.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from glmkit.cards.player.moments import MarkedMoment, RunningWait, moments_of, wait_of
from glmkit.errors import BadAudio
from glmkit.media.clip import Clip
from glmkit.plots.drawing.turn_axis import PlacedSound, PlacedTurn, place
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import APPEND
from glmkit.texts import text
from glmkit.turns.fold import folded
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn

VOICES: Final = ("input", "response")
_SHORTEST: Final = 0.5  # seconds of an axis


@dataclass(frozen=True, slots=True)
class VoicePiece:
    """A stretch of one voice: ``voice`` is a number of VOICES; it begins at second ``at``.

    ``begin``: where it begins in the voice's whole sound of its turn.
    """

    voice: int
    clip: Clip
    at: float
    heard: bool = True
    begin: float = 0.0


@dataclass(frozen=True, slots=True)
class SceneTurn:
    """A turn, where it lies on the axis, and the seconds that are its own."""

    turn: Turn
    placed: PlacedTurn
    begin: float
    end: float

    @property
    def said(self) -> str:
        """What was said in it, or that it was never committed."""
        if self.turn.user_transcript or self.turn.vad != "none" or not self.placed.input:
            return self.turn.user_transcript
        return text("player.uncommitted")

    @property
    def voices(self) -> tuple[tuple[PlacedSound, ...], ...]:
        """The sounds of each of VOICES."""
        return self.placed.input, self.placed.answer

    def pieces(self) -> Iterator[VoicePiece]:
        """What sounds in it, or would have sounded."""
        for voice, parts in enumerate(self.voices):
            begin = 0.0
            for part in parts:
                yield VoicePiece(voice, part.clip, part.start, part.heard, begin)
                begin += part.clip.seconds

    def moments(self) -> Iterator[MarkedMoment]:
        """What a playhead passes in it, in no order."""
        try:
            yield from moments_of(self.turn, self.placed, self.end)
        except BadAudio as error:
            at, words = self.placed.zero or self.end, text("cards.undecodable", why=error)
            yield MarkedMoment(at, "finding", "error", text("player.finding"), words)

    def wait(self) -> RunningWait | None:
        """The wait in it."""
        return wait_of(self.turn, self.placed, self.end)


@dataclass(frozen=True, slots=True)
class PlayerScene:
    """All of it; ``origin`` is second 0 in ``perf_counter`` seconds, ``events`` are in order."""

    origin: float
    begin: float
    end: float
    peer: str
    model: str
    events: tuple[Event, ...]
    turns: tuple[SceneTurn, ...]

    @property
    def pieces(self) -> list[VoicePiece]:
        """What sounds, turn by turn."""
        return [piece for turn in self.turns for piece in turn.pieces()]

    @property
    def moments(self) -> list[MarkedMoment]:
        """What the playhead passes, in order."""
        every = [moment for turn in self.turns for moment in turn.moments()]
        return sorted(every, key=lambda moment: moment.at)

    @property
    def waits(self) -> list[RunningWait]:
        """Each turn's wait, in order."""
        every = [wait for turn in self.turns if (wait := turn.wait()) is not None]
        return sorted(every, key=lambda wait: wait.zero)

    @property
    def speech(self) -> Iterator[tuple[int, float, float]]:
        """(voice, begin, end) of each stretch of speech, by energy."""
        for turn in self.turns:
            for voice, parts in enumerate(turn.voices):
                yield from ((voice, *span) for part in parts for span in part.speech)


def scene_of(what: Turn | Trace) -> PlayerScene:
    """The scene of a turn or of a whole trace."""
    if isinstance(what, Turn):
        return _of_turns([what], None, what.events, what.reached, what.model)
    events = tuple(what.events)  # a live session goes on adding
    return _of_turns(_turns(what, events), what.clock.perf, events, what.reached, what.model)


def _turns(trace: Trace, events: Sequence[Event]) -> list[Turn]:
    """The turns, and last what was sent and is in none: nobody committed it."""
    network = str(trace.about.get("network") or "")
    fold = folded(events, peer=trace.peer, model=trace.model, network=network)
    turns = [opened.turn for opened in fold.opened]
    left = any(event.type == APPEND and event.payload for event in fold.uncommitted)
    return [*turns, fold.said_so_far] if left else turns


def _of_turns(
    turns: Sequence[Turn], origin: float | None, events: Sequence[Event], peer: str, model: str
) -> PlayerScene:
    placed = [_placed(turn, origin) for turn in turns]
    if origin is None:
        origin = placed[0].origin
    # some local marks have no time of their own
    dated = sorted((event for event in events if event.at), key=lambda event: event.at)
    begins = [_begin(turn, where, origin) for turn, where in zip(turns, placed, strict=True)]
    sounds = [part for where in placed for part in where.parts]
    moments = [event.at - origin for event in (*dated[:1], *dated[-1:])]
    begin = min([*moments, *begins, *(part.start for part in sounds)], default=0.0)
    end = max([*moments, *(part.end for part in sounds), begin + _SHORTEST])
    rows = zip(turns, placed, begins, _ends(begins, end), strict=True)
    every = tuple(SceneTurn(*row) for row in rows)
    return PlayerScene(origin, begin, end, peer, model, tuple(dated), every)


def _placed(turn: Turn, origin: float | None) -> PlacedTurn:
    try:
        return place(turn, origin=origin)
    except BadAudio:  # without its sound a turn has no latency either
        first = turn.events[0].at if turn.events else 0.0
        return PlacedTurn(first if origin is None else origin, (), (), None, None, None, None, None)


def _begin(turn: Turn, placed: PlacedTurn, origin: float) -> float:
    first = min((event.at for event in turn.events if event.at), default=origin) - origin
    return min([first, *(part.start for part in placed.input)])


def _ends(begins: Sequence[float], end: float) -> list[float]:
    """Where each turn ends: where the next one begins."""
    order = [*sorted(begins), end]
    return [order[min(bisect_right(order, begin), len(begins))] for begin in begins]
