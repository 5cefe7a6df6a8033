"""``explain``: what went wrong, or looks wrong, in plain words: each finding a fact and a cure.

Rules
- Pure: it reads a turn's or a trace's events and the configuration they ran under, nothing else.
- A finding is one function in ``suspicions``, registered under its name; its sentences are in
  ``texts/explain.py`` as ``explain.NAME`` (the fact) and ``explain.NAME_cure``.
- It yields the values its sentences need, once for each time it applies. No finding is a guess
  about the model: what it says can be pointed at in the events.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from glmkit.errors import BadArgument, GlmError
from glmkit.event import Event
from glmkit.signs import meaning
from glmkit.texts import text
from glmkit.trace import Trace
from glmkit.turn import Turn
from glmkit.upward import callable_module

__all__ = ["Explanation", "Finding", "explain", "fact_and_cure", "findings"]

callable_module(__name__, "explain")  # glm.explain(turn) beside glm.explain.findings()
Values = dict[str, Any]
_ENDINGS = {"timed_out", "connection_lost", "error_code"}  # they say what the error says
_PAUSE = re.compile(r"[:;.] |[：；。]")
_NAME = re.compile(r"\S+\.\w{1,5}")  # of a file
_EXPECTED = re.compile(r"expected|至少应|应[为在大不]")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or suspicious: its name, the fact, and what to do."""

    name: str
    fact: str
    cure: str

    def __str__(self) -> str:
        return f"• {self.fact}\n  → {self.cure}" if self.cure else f"• {self.fact}"


class Explanation(tuple[Finding, ...]):
    """The findings; nothing to say says so."""

    __slots__ = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The findings' names, each once."""
        return tuple(dict.fromkeys(finding.name for finding in self))

    def __repr__(self) -> str:
        return "\n".join(map(str, self)) or text("explain.nothing")

    def _repr_html_(self) -> str:
        if not self:
            return f"<p>{escape(text('explain.nothing'))}</p>"
        rows = (
            f"<li>{'<br>→ '.join(map(escape, filter(None, (f.fact, f.cure))))}</li>" for f in self
        )
        return f"<ul>{''.join(rows)}</ul>"


TurnCheck = Callable[[Turn], Iterator[Values]]
TraceCheck = Callable[[Trace], Iterator[Values]]
_of_turn: dict[str, TurnCheck] = {}
_of_trace: dict[str, TraceCheck] = {}


def turn_finding(check: TurnCheck) -> TurnCheck:
    """Register a finding about one turn under its function's name."""
    _of_turn[check.__name__] = check
    return check


def trace_finding(check: TraceCheck) -> TraceCheck:
    """Register a finding about a whole session under its function's name."""
    _of_trace[check.__name__] = check
    return check


def findings() -> list[str]:
    """The names of all findings."""
    _load()
    return [*_of_turn, *_of_trace, "error_code", "error"]


def explain(subject: Turn | Trace | GlmError | Any) -> Explanation:
    """What went wrong or looks suspicious in a turn, a trace, a session or an error."""
    _load()
    if isinstance(subject, Turn):
        return Explanation(_about_turn(subject))
    if isinstance(subject, GlmError):
        return Explanation(_about_error(subject))
    trace = subject if isinstance(subject, Trace) else getattr(subject, "trace", None)
    if not isinstance(trace, Trace):
        raise BadArgument(text("explain.what", found=type(subject).__name__))
    return Explanation(dict.fromkeys(_about_trace(trace)))


def _about_turn(turn: Turn) -> Iterator[Finding]:
    for name, check in _of_turn.items():
        yield from _named(name, check(turn))
    for event in turn.errors:
        yield _answered(event)


def _about_trace(trace: Trace) -> Iterator[Finding]:
    turns = trace.turns()
    in_turns = {id(event) for turn in turns for event in turn.events}
    for name, check in _of_trace.items():
        yield from _named(name, check(trace))
    for turn in turns:
        yield from _about_turn(turn)
    for event in trace.select("error"):
        if id(event) not in in_turns:
            yield _answered(event)


def _about_error(error: GlmError) -> Iterator[Finding]:
    turn, event = getattr(error, "turn", None), getattr(error, "event", None)
    found = [] if turn is None else list(_about_turn(turn))
    if event is not None and (turn is None or event not in turn.errors):
        found.append(_answered(event))
    if not any(finding.name in _ENDINGS for finding in found):
        yield Finding("error", *fact_and_cure(str(error)))
    yield from found


def fact_and_cure(sentence: str) -> tuple[str, str]:
    """A sentence of the kit's in two: what was found and expected, and what to do, if it says."""
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


def _load() -> None:
    """The checks register themselves when their rooms are first opened."""
    import glmkit.suspicions  # noqa: F401
