"""``PlayerScene``: what a player shows and plays, in seconds of one axis.

Rules
- A turn's axis begins with its sound, a trace's with the trace. Sounds lie where they lie in the
  kit's figures (``plots/drawing/turn_axis``).
- Of an interrupted answer, what was not heard is drawn and not played.
- A turn whose sound cannot be decoded has its events and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from glmkit.cards.player.moments import MarkedMoment, RunningWait, moments_of, wait_of
from glmkit.errors import BadAudio
from glmkit.media.clip import Clip
from glmkit.plots.drawing.turn_axis import PlacedSound, PlacedTurn, place
from glmkit.protocol.event import Event
from glmkit.texts import text
from glmkit.turns.labels import peer_name
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
    speech: tuple[tuple[float, float], ...] = ()

    @property
    def end(self) -> float:
        """The second at which it ends."""
        return self.at + self.clip.seconds


@dataclass(frozen=True, slots=True)
class Band:
    """A turn's place on the axis, its number, and what was said and answered."""

    begin: float
    end: float
    number: int
    said: str
    answered: str


@dataclass(frozen=True, slots=True)
class PlayerScene:
    """All of it; ``origin`` is second 0 in ``perf_counter`` seconds, ``events`` are in order."""

    origin: float
    begin: float
    end: float
    peer: str
    model: str
    events: tuple[Event, ...]
    pieces: tuple[VoicePiece, ...] = ()
    moments: tuple[MarkedMoment, ...] = ()
    waits: tuple[RunningWait, ...] = ()
    bands: tuple[Band, ...] = ()

    @property
    def seconds(self) -> float:
        """How long the axis is."""
        return self.end - self.begin


def scene_of(what: Turn | Trace) -> PlayerScene:
    """The scene of a turn or of a whole trace."""
    if isinstance(what, Turn):
        return _of_turns([what], None, what.events, what.peer, what.model)
    events = tuple(what.events)  # a live session goes on adding
    return _of_turns(what.turns(), what.clock.perf, events, what.peer, what.model)


def _of_turns(
    turns: Sequence[Turn], origin: float | None, events: Sequence[Event], peer: str, model: str
) -> PlayerScene:
    placed = [_placed(turn, origin) for turn in turns]
    if origin is None:
        origin = placed[0].origin
    dated = [event for event in events if event.at]  # some local marks have no time of their own
    begins = [_begin(turn, where, origin) for turn, where in zip(turns, placed, strict=True)]
    moments = [event.at - origin for event in dated]
    sounds = [part for where in placed for part in where.parts]
    begin = min([*moments, *begins, *(part.start for part in sounds)], default=0.0)
    end = max([*moments, *(part.end for part in sounds), begin + _SHORTEST])
    ends = _ends(begins, end)
    every = [*zip(turns, placed, ends, strict=True)]
    return PlayerScene(
        origin=origin,
        begin=begin,
        end=end,
        peer=peer,
        model=model,
        events=tuple(sorted(dated, key=lambda event: event.at)),
        pieces=tuple(piece for where in placed for piece in _pieces(where)),
        moments=tuple(sorted(_moments(every), key=lambda moment: moment.at)),
        waits=tuple(wait for each in every if (wait := wait_of(*each)) is not None),
        bands=tuple(_bands(turns, begins, ends)),
    )


def _placed(turn: Turn, origin: float | None) -> PlacedTurn:
    try:
        return place(turn, origin=origin)
    except BadAudio:  # without its sound a turn has no latency either
        first = turn.events[0].at if turn.events else 0.0
        nothing: tuple[PlacedSound, ...] = ()
        return PlacedTurn(
            first if origin is None else origin, nothing, nothing, None, None, None, None, None
        )


def _begin(turn: Turn, placed: PlacedTurn, origin: float) -> float:
    first = min((event.at for event in turn.events if event.at), default=origin) - origin
    return min([first, *(part.start for part in placed.input)])


def _ends(begins: Sequence[float], end: float) -> list[float]:
    """Where each turn ends: where the next one begins."""
    return [min([other for other in begins if other > begin], default=end) for begin in begins]


def _bands(turns: Sequence[Turn], begins: Iterable[float], ends: Iterable[float]) -> Iterator[Band]:
    for number, (turn, begin, end) in enumerate(zip(turns, begins, ends, strict=True), 1):
        yield Band(begin, end, number, turn.user_transcript, turn.transcript)


def _moments(turns: Iterable[tuple[Turn, PlacedTurn, float]]) -> Iterator[MarkedMoment]:
    for turn, placed, end in turns:
        try:
            yield from moments_of(turn, placed, end)
        except BadAudio as error:
            words = text("cards.undecodable", why=error)
            yield MarkedMoment(
                placed.zero or end, "finding", "error", text("player.finding"), words
            )


def _pieces(placed: PlacedTurn) -> Iterator[VoicePiece]:
    for voice, parts in enumerate((placed.input, placed.answer)):
        begin = 0.0
        for part in parts:
            speech = tuple(part.speech)
            yield VoicePiece(voice, part.clip, part.start, part.heard, begin, speech)
            begin += part.clip.seconds


def peer_line(scene: PlayerScene) -> str:
    """Whom the times were measured against, in a few words."""
    return peer_name(scene.peer[:200])
