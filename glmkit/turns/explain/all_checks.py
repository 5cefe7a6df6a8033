"""``explanation_of``: what went wrong or looks wrong, each finding a fact and a cure.

Rules
- Pure: it reads a turn's or a trace's events and the configuration they ran under, nothing else.
- Why something ended badly comes first: the error that was raised, those of the service, the
  ``ending``; then what else looks wrong.
- A finding is one function in the files beside this one, of a turn (its ``ending``, its
  ``detection`` by server VAD, the ``sound`` that was sent, what the ``client`` did, the
  ``answer``) or of a whole ``session``; its name is the function's, and its sentences are in
  ``texts/explain.py`` as ``explain.NAME`` (the fact) and ``explain.NAME_cure``. Each file ends in
  the tuple of its checks.
- It yields the values its sentences need, once for each time it applies, and ``at``, the moment,
  where it is about one. No finding is a guess about the model: what it says can be pointed at in
  the events.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from glmkit.auth.masking import mask, their_words
from glmkit.errors import (
    BadArgument,
    Disconnected,
    GlmError,
    NeverEnded,
    NoSpeech,
    TurnTimeout,
    TurnTooLarge,
)
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import RAISED, error_of, meaning
from glmkit.texts import text
from glmkit.turns.explain import answer, client, detection, ending, session, sound
from glmkit.turns.finding import Explanation, Finding, Values
from glmkit.turns.fold import folded
from glmkit.turns.trace import Trace
from glmkit.turns.traced import Traced
from glmkit.turns.turn import Turn

TurnCheck = Callable[[Turn], Iterator[Values]]
TraceCheck = Callable[[Trace], Iterator[Values]]

#: In the order in which a person reads them.
OF_A_TURN: Final[tuple[TurnCheck, ...]] = (
    *detection.CHECKS,
    *ending.CHECKS,
    *sound.CHECKS,
    *client.CHECKS,
    *answer.CHECKS,
)
OF_A_TRACE: Final[tuple[TraceCheck, ...]] = session.CHECKS

#: The findings that say why there was an error of this kind, the one that says most first.
_CAUSES: Final[dict[type[GlmError], tuple[str, ...]]] = {
    TurnTooLarge: ("too_large",),
    Disconnected: ("connection_lost",),
    NoSpeech: ("vad_never_began",),
    NeverEnded: ("vad_never_ended",),
    TurnTimeout: ("busy", "vad_never_ended", "no_trailing_silence", "timed_out"),
}
_PAUSE = re.compile(r"[:;.] |[：；。]|，(?=请|可[用换])")
_NAME = re.compile(r"\S+\.\w{1,5}")  # of a file
_EXPECTED = re.compile(r"expected|至少应|应[为在大不]")


def findings() -> list[str]:
    """The names of all findings."""
    return [*(check.__name__ for check in (*OF_A_TURN, *OF_A_TRACE)), "error_code", "error"]


def explanation_of(subject: Turn | Trace | Traced | GlmError) -> Explanation:
    """What went wrong or looks suspicious in a turn, a trace, a session or an error."""
    if isinstance(subject, Turn):
        return Explanation(_about_turn(subject))
    if isinstance(subject, GlmError):
        return Explanation(_about_error(subject))
    trace = subject if isinstance(subject, Trace) else getattr(subject, "trace", None)
    if not isinstance(trace, Trace):
        raise BadArgument(text("explain.what", found=type(subject).__name__))
    return Explanation(dict.fromkeys(_about_trace(trace)))


def _about_turn(turn: Turn) -> Iterator[Finding]:
    for event in turn.errors:
        yield _answered(event)
    for check in OF_A_TURN:
        yield from _named(check.__name__, check(turn))


def _about_trace(trace: Trace) -> Iterator[Finding]:
    fold = folded(trace.events, peer=trace.peer, model=trace.model)
    turns = [turn.turn for turn in fold.opened]
    in_turns = {id(event) for turn in turns for event in turn.events}
    if fold.speaking:
        yield from _about_detection(fold.said_so_far)
    for event in trace.select("error"):
        if id(event) not in in_turns:
            yield _answered(event)
    for event in trace.select(RAISED, direction="local"):
        yield Finding("error", *fact_and_cure(their_words(event.get("words"))), event.at)
    for turn in turns:
        yield from _about_turn(turn)
    for check in OF_A_TRACE:
        yield from _named(check.__name__, check(trace))


def _about_detection(turn: Turn) -> Iterator[Finding]:
    for check in detection.CHECKS:
        yield from _named(check.__name__, check(turn))


def _about_error(error: GlmError) -> Iterator[Finding]:
    turn, event = getattr(error, "turn", None), getattr(error, "event", None)
    found = [] if turn is None else list(_about_turn(turn))
    cause = _cause(error, found) if event is None else _answered(event)
    yield cause
    yield from (finding for finding in found if finding != cause)


def _cause(error: GlmError, found: list[Finding]) -> Finding:
    """Why there was the error, as the finding of its turn that says so, or in its own words."""
    names = next((names for kind, names in _CAUSES.items() if isinstance(error, kind)), ())
    known = (finding for name in names for finding in found if finding.name == name)
    return next(known, None) or Finding("error", *fact_and_cure(str(error)))


def fact_and_cure(sentence: str) -> tuple[str, str]:
    """A sentence in two: what was found, and what to do.

    What was expected stands with what was found; what to do is empty where it isn't said.
    """
    expected = _EXPECTED.search(sentence)
    for pause in _PAUSE.finditer(sentence, expected.end() if expected else 0):
        fact, cure = sentence[: pause.start()], sentence[pause.end() :]
        if _is_whole(fact):
            return fact, cure
    if expected and (fact := sentence[: expected.start()].rstrip(" ,:;，：；")):
        return fact, sentence[expected.start() :]
    return sentence, ""


def _is_whole(fact: str) -> bool:
    """Whether it says something by itself: neither a file's name, nor the head of a list."""
    if fact.endswith(("one of", "之一", "应为")) or _NAME.fullmatch(fact):
        return False
    return len(fact.split()) >= 3 or (not fact.isascii() and len(fact) >= 5)


def _named(name: str, found: Iterator[Values]) -> Iterator[Finding]:
    for values in found:
        values = {k: their_words(v) if isinstance(v, str) else v for k, v in values.items()}
        fact, cure = (mask(text(f"explain.{each}", **values)) for each in (name, f"{name}_cure"))
        yield Finding(name, fact, cure, values.get("at") or None)  # some marks have no time


def _answered(event: Event) -> Finding:
    """What an ``error`` event says, and what its code means."""
    error = error_of(event)
    code, message = error.get("code"), their_words(error.get("message")) or "–"
    fact = text("explain.error_code", code=their_words(code, 80) or "–", message=message)
    return Finding("error_code", fact, meaning(code), event.at or None)
