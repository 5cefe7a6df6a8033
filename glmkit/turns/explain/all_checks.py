"""``explanation_of``: what went wrong or looks wrong, each finding a fact and a cure.

Rules
- Pure: it reads a turn's or a trace's events and the configuration they ran under, nothing else.
- A finding is one function in the files beside this one, of a turn (the ``sound`` that was sent,
  its ``detection`` by server VAD, what the ``client`` did, the ``answer`` that came back) or of a
  whole ``session``; its name is the function's, and its sentences are in ``texts/explain.py`` as
  ``explain.NAME`` (the fact) and ``explain.NAME_cure``. Each file ends in the tuple of its checks.
- It yields the values its sentences need, once for each time it applies. No finding is a guess
  about the model: what it says can be pointed at in the events.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from glmkit.errors import BadArgument, GlmError
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import meaning
from glmkit.texts import text
from glmkit.turns.explain import answer, client, detection, session, sound
from glmkit.turns.finding import Explanation, Finding, Values
from glmkit.turns.fold import folded
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn

TurnCheck = Callable[[Turn], Iterator[Values]]
TraceCheck = Callable[[Trace], Iterator[Values]]

#: In the order in which a person reads them.
OF_A_TURN: Final[tuple[TurnCheck, ...]] = (
    *sound.CHECKS,
    *detection.CHECKS,
    *client.CHECKS,
    *answer.CHECKS,
)
OF_A_TRACE: Final[tuple[TraceCheck, ...]] = session.CHECKS

_ENDINGS = {
    "timed_out",
    "connection_lost",
    "too_large",
    "error_code",
}  # they say what the error says
_PAUSE = re.compile(r"[:;.] |[：；。]")
_NAME = re.compile(r"\S+\.\w{1,5}")  # of a file
_EXPECTED = re.compile(r"expected|至少应|应[为在大不]")


def findings() -> list[str]:
    """The names of all findings."""
    return [*(check.__name__ for check in (*OF_A_TURN, *OF_A_TRACE)), "error_code", "error"]


def explanation_of(subject: Turn | Trace | GlmError | Any) -> Explanation:
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
    for check in OF_A_TURN:
        yield from _named(check.__name__, check(turn))
    for event in turn.errors:
        yield _answered(event)


def _about_trace(trace: Trace) -> Iterator[Finding]:
    fold = folded(trace.events, peer=trace.peer, model=trace.model)
    turns = [turn.turn for turn in fold.opened]
    in_turns = {id(event) for turn in turns for event in turn.events}
    for check in OF_A_TRACE:
        yield from _named(check.__name__, check(trace))
    for turn in turns:
        yield from _about_turn(turn)
    if fold.speaking:
        yield from _about_detection(fold.said_so_far)
    for event in trace.select("error"):
        if id(event) not in in_turns:
            yield _answered(event)


def _about_detection(turn: Turn) -> Iterator[Finding]:
    for check in detection.CHECKS:
        yield from _named(check.__name__, check(turn))


def _about_error(error: GlmError) -> Iterator[Finding]:
    turn, event = getattr(error, "turn", None), getattr(error, "event", None)
    found = [] if turn is None else list(_about_turn(turn))
    if event is not None and (turn is None or event not in turn.errors):
        found.append(_answered(event))
    if not any(finding.name in _ENDINGS for finding in found):
        yield Finding("error", *fact_and_cure(str(error)))
    yield from found


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
        fact = text(f"explain.{name}", **values)
        yield Finding(name, fact, text(f"explain.{name}_cure", **values))


def _answered(event: Event) -> Finding:
    """What an ``error`` event says, and what its code means."""
    error = event.inner("error")
    code, message = error.get("code"), error.get("message")
    fact = text("explain.error_code", code=code or "–", message=message or "–")
    return Finding("error_code", fact, meaning(code))
