"""``Finding`` and ``Explanation``: a fact and a cure for each thing that is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import Any

from glmkit.texts import text

#: The values that a check's sentences need, and ``at`` where it is about one moment: one dict for
#: each time it applies.
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong or suspicious: its name, the fact, and what to do.

    ``at``: the moment it is about, in ``perf_counter`` seconds as ``Event.at`` has it, so that
    ``finding.at - trace.clock.perf`` counts from the trace's beginning; None where it is about
    the whole of a turn or a session. Two that say the same are equal, whenever that was.
    """

    name: str
    fact: str
    cure: str
    at: float | None = field(default=None, compare=False)

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
