"""Measure the same thing many times, and compare settings.

::

    table = glm.lab.repeat(task, 10)                                   # task() → a turn
    table = glm.lab.sweep(task, grid={"chunk_ms": [20, 100]}, repeat=10, seed=1)
    glm.lab.summary(table)                                             # median, p95, n, interval
    glm.lab.means(table, "split")                                      # mean or share, n, interval
    glm.lab.compare(table, other)                                      # do they differ?
    glm.lab.estimate(100, sent=3.0, received=4.0)                      # ¥ and minutes, beforehand
    glm.plots.latency(table)
    glm.lab.collect("homework/")                                       # many recordings
    glm.lab.manners(session)                                           # does it let one speak?
    glm.lab.answer_all("calls/", out="answers.jsonl")                  # a turn for each of them
    glm.lab.network("4g", to="emulator")                               # a worse line, for connect
    glm.lab.rehearse("service_desk", runs=5)                           # a talk, played and checked

Rules
- The order is random, from a seed; the first run is a warm-up and is thrown away.
- A run that fails is a row with its error. An interrupt keeps the rows that are done.
- With ``out="runs.jsonl"`` (or ``.parquet``) each row is written as it comes, and a second call
  goes on from there: with what is left of ``budget`` and ``minutes``, and with nothing else than
  what was measured before.
- No more sessions at once than the account has places on this machine; others wait, and what the
  service refuses as too much at once (1302) is tried again. Both are kept out of its times.
- Every row names its peer: the emulator's numbers are not the model's.
- How long an emulator takes is this machine's, quick for what is in stock (column ``answered``) and
  slow for what is synthesised. ``Emulator.start(steady=True)`` begins every answer after the same
  wait; ``late`` says which did not, and a table of both kinds without it is warned of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glmkit.environment.lazy_names import module_attributes

if TYPE_CHECKING:
    from glmkit.lab.answered_recordings import answer_all as answer_all
    from glmkit.lab.comparisons import compare as compare
    from glmkit.lab.cost_estimates import estimate as estimate
    from glmkit.lab.mean_tables import means as means
    from glmkit.lab.measured_manners import manners as manners
    from glmkit.lab.network_link import network as network
    from glmkit.lab.recordings_table import collect as collect
    from glmkit.lab.rehearsal_runs import rehearse as rehearse
    from glmkit.lab.rehearsed_scripts import scripts as scripts
    from glmkit.lab.runs import repeat as repeat
    from glmkit.lab.runs import sweep as sweep
    from glmkit.lab.summaries import summary as summary

_HOMES = {
    "answer_all": "answered_recordings",
    "collect": "recordings_table",
    "compare": "comparisons",
    "estimate": "cost_estimates",
    "manners": "measured_manners",
    "means": "mean_tables",
    "network": "network_link",
    "rehearse": "rehearsal_runs",
    "repeat": "runs",
    "scripts": "rehearsed_scripts",
    "summary": "summaries",
    "sweep": "runs",
}

__all__ = list(_HOMES)

if not TYPE_CHECKING:
    __getattr__, __dir__ = module_attributes(__name__, _HOMES)
