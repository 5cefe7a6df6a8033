"""What went wrong or looks wrong, in plain words: ``glm.explain(turn)``.

The module is called: ``glm.explain(turn | trace | session | error)``; ``glm.explain.findings()``
names all that it can find. The checks stand in ``turns/explain/``, a file a subject.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

from glmkit.errors import GlmError
from glmkit.turns import finding
from glmkit.turns.explain.all_checks import explanation_of, fact_and_cure, findings
from glmkit.turns.finding import Explanation, Finding
from glmkit.turns.trace import Trace
from glmkit.turns.traced import Traced
from glmkit.turns.turn import Turn

__all__ = ["Explanation", "Finding", "explain", "fact_and_cure", "findings"]


def explain(subject: Turn | Trace | Traced | GlmError) -> Explanation:
    """What went wrong in a turn, trace, session or error."""
    return explanation_of(subject)


if TYPE_CHECKING:  # to checkers a ModuleType has any name
    _Module = object
else:
    _Module = ModuleType


class _ExplainModule(_Module):
    """``glm.explain(turn)`` beside ``glm.explain.findings()``."""

    if TYPE_CHECKING:  # what the module holds, for checkers of ``glm.NAME``
        Explanation, Finding = Explanation, Finding
        explain = staticmethod(explain)
        fact_and_cure = staticmethod(fact_and_cure)
        findings = staticmethod(findings)

    def __call__(self, subject: Turn | Trace | Traced | GlmError) -> finding.Explanation:
        """What went wrong in a turn, trace, session or error."""
        return explanation_of(subject)


sys.modules[__name__].__class__ = _ExplainModule  # type: ignore[assignment]
