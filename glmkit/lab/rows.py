"""One run as one row: what a turn was like, or how it failed."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from numbers import Real
from typing import Any, Final

from glmkit.auth.masking import mask
from glmkit.errors import BadArgument, ServiceError
from glmkit.texts import text
from glmkit.turns.latency import STAGES
from glmkit.turns.turn import Turn

_WHOM: Final = ("peer", "switches", "network", "model")
ROW: Final = (
    *("zero", *STAGES, "since_spoken", "round_trip", *_WHOM, "status", "date", "took", "error"),
    "repetition",
)
SUMMED: Final = ("of", "n", "failed", "median", "p95", "low", "high")


def facts(found: Any) -> dict[str, Any]:
    """The row of a task's result: a turn, or a mapping of its own columns. Raises BadArgument."""
    if isinstance(found, Turn):
        return {**_stages(found), "status": found.status, "error": ""}
    if isinstance(found, Mapping):
        return {**_plain(found), "error": str(found.get("error", ""))}
    if inspect.iscoroutine(found):
        found.close()
    raise BadArgument(text("lab.result", found=type(found).__name__))


def failure(error: Exception) -> dict[str, Any]:
    """The row of a run that raised: the error, and what had arrived before it."""
    row: dict[str, Any] = {"error": mask(f"{type(error).__name__}: {error}")[:500]}
    if not isinstance(error, ServiceError):
        return row
    arrived = _stages(error.turn) if error.turn is not None else {}
    return {**arrived, "peer": error.peer, "status": "failed", **row}


def _stages(turn: Turn) -> dict[str, Any]:
    latency = turn.latency
    stages = {stage: getattr(latency, stage) for stage in STAGES}
    return {
        "zero": latency.zero,
        **stages,
        "since_spoken": latency.since_spoken,
        "round_trip": latency.round_trip,
        "peer": turn.peer,
        "switches": turn.switches,
        "network": turn.network,
        "model": turn.model,
    }


def _plain(found: Mapping[Any, Any]) -> dict[str, Any]:
    """Values that JSON and a table can hold; numpy's numbers become Python's."""
    return {
        str(name): float(value) if _is_number(value) else value for name, value in found.items()
    }


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool | int | float)
