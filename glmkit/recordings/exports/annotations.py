"""What was said and what happened in a trace, each with its span: what labels and lanes show.

Rules
- A moment is ``perf_counter`` seconds; each format counts from a second 0 of its own.
- Sound lies where ``both.wav`` has it. When each word of an utterance was said is not known, so
  its words are one span from the first speech (by energy) to the last.
- What was typed, or answered in writing, has no length: it is shown for a second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from glmkit.auth.masking import their_words
from glmkit.errors import BadArgument
from glmkit.protocol.event_kinds import is_user_message
from glmkit.recordings.exports.both_voices import (
    SentPiece,
    beginning,
    heard_pieces,
    sent_pieces,
)
from glmkit.texts import text
from glmkit.turns.explain.all_checks import explanation_of
from glmkit.turns.finding import Finding
from glmkit.turns.heard_part import heard_words
from glmkit.turns.labels import peer_note, zero_name
from glmkit.turns.sound import Piece, moment_of
from glmkit.turns.stage_moments import zero_point
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn

if TYPE_CHECKING:
    from glmkit.media.clip import Clip

_WRITTEN: Final = 1.0  # seconds
_LONGEST: Final = 100_000  # bytes of a label: a whole story, told by others
_NEXT: Final = 1e-6  # seconds: the end of a sound is just before what follows


@dataclass(frozen=True, slots=True)
class Label:
    """From when to when something was, and what: ``perf_counter`` seconds, one line."""

    begin: float
    end: float
    words: str


@dataclass(frozen=True, slots=True)
class AnnotatedVoice:
    """One side of a turn: its pieces as they sounded, its stretches of speech, its words."""

    pieces: tuple[Piece, ...]
    speech: tuple[tuple[float, float], ...]
    said: Label | None

    @property
    def extent(self) -> tuple[float, float] | None:
        """From its first sound to its last; of what was written, how long it is shown."""
        if self.pieces:
            return self.pieces[0].start, self.pieces[-1].end
        return (self.said.begin, self.said.end) if self.said else None


@dataclass(frozen=True, slots=True)
class AnnotatedTurn:
    """A turn with its number, both its voices, and what was found wrong with it."""

    number: int
    turn: Turn
    you: AnnotatedVoice
    answer: AnnotatedVoice
    findings: tuple[Finding, ...]

    @property
    def extent(self) -> tuple[float, float]:
        """From its first event or sound to its last."""
        at = [event.at for event in self.turn.events]
        for voice in (self.you, self.answer):
            at += voice.extent or ()
        return min(at), max(at)

    @property
    def stages_seconds(self) -> dict[str, float]:
        """The latency's stages in seconds since its zero point, to the microsecond."""
        stages = self.turn.latency.stages
        return {stage: round(seconds, 6) for stage, seconds in stages.items()}

    def stages(self) -> Iterator[tuple[str, float, float]]:
        """The name, the moment and the seconds since the zero point of each stage that came."""
        zero = zero_point(self.turn)
        for name, seconds in self.turn.latency.stages.items() if zero is not None else ():
            yield name, (zero or 0.0) + seconds, seconds


@dataclass(frozen=True, slots=True)
class Annotations:
    """A trace's turns, where ``both.wav`` begins (None without sound), and what is of no turn."""

    trace: Trace
    turns: tuple[AnnotatedTurn, ...]
    sound: float | None
    findings: tuple[Finding, ...]

    @property
    def origin(self) -> float:
        """Second 0 beside ``both.wav``: its first sample; without sound, the first event."""
        return self.trace.events[0].at if self.sound is None else self.sound

    @property
    def extent(self) -> tuple[float, float]:
        """From the first event or sound to the last."""
        at = [event.at for event in self.trace.events]
        for turn in self.turns:
            at += turn.extent
        return min(at), max(at)

    @property
    def peer(self) -> str:
        """Whom all of it was measured against, in a sentence."""
        return one_line(peer_note(self.trace.reached, self.trace.model))

    @property
    def note(self) -> str:
        """The same and what second 0 is beside ``both.wav``: what a file says first."""
        date = self.trace.clock.date(self.origin).strftime("%Y-%m-%d %H:%M:%S UTC")
        zero = "recordings.zero_event" if self.sound is None else "recordings.zero_sound"
        return one_line(text("recordings.note", peer=self.peer, zero=text(zero, date=date)))


def annotated(trace: Trace) -> Annotations:
    """Everything in a trace that can be written beside its sound. Raises BadArgument if empty."""
    if not trace.events:
        raise BadArgument(text("recordings.no_events"))
    turns, sent = trace.turns(), sent_pieces(trace)
    found = tuple(_annotated_turn(number, turn, sent) for number, turn in enumerate(turns, 1))
    known = {finding for each in found for finding in each.findings}
    others = tuple(finding for finding in explanation_of(trace) if finding not in known)
    return Annotations(trace, found, beginning(sent, turns), others)


def _annotated_turn(number: int, turn: Turn, sent: Sequence[SentPiece]) -> AnnotatedTurn:
    mine = {id(event) for event in turn.events}
    spoken = tuple(each.piece for each in sent if id(each.event) in mine)
    sounded = tuple(heard_pieces(turn))
    you = _voice(spoken, turn.input, turn.user_transcript, _typed(turn))
    answer = _voice(sounded, turn.heard, _words_heard(turn), _written(turn))
    return AnnotatedTurn(number, turn, you, answer, tuple(turn.explain()))


def _voice(
    pieces: tuple[Piece, ...], clip: Clip | None, words: str, written: float | None
) -> AnnotatedVoice:
    spans = clip.voiced_spans() if clip is not None and pieces else []
    speech = tuple(_sounded(pieces, *span) for span in spans)
    shown = (written, written + _WRITTEN) if written is not None else None
    if pieces:
        shown = pieces[0].start, pieces[-1].end
    if speech:
        shown = speech[0][0], speech[-1][1]
    said = Label(*shown, one_line(words)) if words and shown else None
    return AnnotatedVoice(pieces, speech, said)


def _sounded(pieces: Sequence[Piece], begin: float, end: float) -> tuple[float, float]:
    """The moments at which the sound from second ``begin`` to ``end`` of these was heard."""
    last = pieces[-1].end
    first = moment_of(pieces, begin)
    final = moment_of(pieces, end - _NEXT)
    return last if first is None else first, last if final is None else final + _NEXT


def _words_heard(turn: Turn) -> str:
    words = heard_words(turn)
    return words if words == turn.transcript else f"{words}…"


def _typed(turn: Turn) -> float | None:
    return next((event.at for event in turn.events if is_user_message(event)), None)


def _written(turn: Turn) -> float | None:
    first = "response.text.delta", "response.audio_transcript.delta", "response.text.done"
    return next((event.at for event in turn.events if event.type in first), None)


# -- in words ------------------------------------------------------------------------------


def one_line(words: str) -> str:
    """Words of anybody's for a label: one line, masked, whole."""
    return their_words(words, _LONGEST)


def stage_name(stage: str, seconds: float, zero: str) -> str:
    """``first audible sample: 0.512 s after the commit``."""
    name = text(f"plots.stage_{stage}")
    return text("recordings.stage", stage=name, seconds=seconds, zero=zero_name(zero))


def finding_line(finding: Finding) -> str:
    """A finding's fact and cure on one line."""
    return one_line(" → ".join(filter(None, (finding.fact, finding.cure))))


def finding_labels(notes: Annotations) -> Iterator[Label]:
    """Each finding over the turn that it is about, or over everything."""
    for turn in notes.turns:
        for finding in turn.findings:
            yield Label(*turn.extent, finding_line(finding))
    for finding in notes.findings:
        yield Label(*notes.extent, finding_line(finding))
