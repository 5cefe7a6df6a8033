"""Exercises that are checked, words explained, measurements for the notebooks.

::

    glm.check("03-1", 36)                     # is that right? (also glm.lessons.check)
    glm.hint("03-1")                          # a first hint, then a second, then an answer
    glm.what("VAD")                           # a word of the course
    glm.lessons.results("03")                 # what was tried, for the hand-in
    glm.lessons.plot_drift(deadline=turn.events, sleep=session.trace)   # two ways of pacing
    glm.lessons.plot_overhead(glm.lessons.overhead(clip))               # chunk sizes, compared
    glm.lessons.plot_noise(turns, (20, 0, -5), words)                   # noise and recognition
    glm.lessons.plot_prebuffer(turn, prebuffer=0.2)                     # does it stutter?
    glm.lessons.write_report("how_fast", near, far)                     # files to hand in
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from glmkit.lessons.check_answer import check as check
    from glmkit.lessons.chunk_costs import CAP as CAP
    from glmkit.lessons.chunk_costs import SIZES as SIZES
    from glmkit.lessons.chunk_costs import Drift as Drift
    from glmkit.lessons.chunk_costs import drift as drift
    from glmkit.lessons.chunk_costs import overhead as overhead
    from glmkit.lessons.chunk_costs import plot_drift as plot_drift
    from glmkit.lessons.chunk_costs import plot_overhead as plot_overhead
    from glmkit.lessons.explained_word import what as what
    from glmkit.lessons.give_hint import hint as hint
    from glmkit.lessons.noise_steps import plot_noise as plot_noise
    from glmkit.lessons.prebuffers import Stutter as Stutter
    from glmkit.lessons.prebuffers import plot_prebuffer as plot_prebuffer
    from glmkit.lessons.prebuffers import stutter as stutter
    from glmkit.lessons.run_reports import write_report as write_report
    from glmkit.lessons.tries import results as results

# No module here may bear the name of a function: importing it would put it in the function's place.
_HOMES = {
    "CAP": "chunk_costs",
    "Drift": "chunk_costs",
    "SIZES": "chunk_costs",
    "Stutter": "prebuffers",
    "check": "check_answer",
    "drift": "chunk_costs",
    "hint": "give_hint",
    "overhead": "chunk_costs",
    "plot_drift": "chunk_costs",
    "plot_noise": "noise_steps",
    "plot_overhead": "chunk_costs",
    "plot_prebuffer": "prebuffers",
    "results": "tries",
    "stutter": "prebuffers",
    "what": "explained_word",
    "write_report": "run_reports",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
