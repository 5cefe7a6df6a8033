"""One run as one row: what it was, what its turn was like, or how it failed."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from numbers import Real
from typing import Any, Final

import numpy as np

from glmkit.auth.masking import mask
from glmkit.errors import BadArgument, BadKey, ServiceError
from glmkit.lab.answer_origins import origin
from glmkit.session.budget import price
from glmkit.texts import text
from glmkit.turns.latency import STAGES
from glmkit.turns.setting_names import setting_name
from glmkit.turns.turn import Turn

Task = Callable[..., Any]
Row = dict[str, Any]
NAME: Final = "run"
_WHOM: Final = ("peer", "switches", "network", "model")
_ORIGIN: Final = ("answered", "understood", "late")
_OF_A_TURN: Final = (
    *("segments", "input_seconds", "audio_seconds", "yuan", *_ORIGIN),
    *("user_transcript", "transcript", "findings"),
)
ROW: Final = (
    *("zero", *STAGES, "since_spoken", "round_trip", *_WHOM, "status", *_OF_A_TURN),
    *("date", "took", "error", "repetition"),
)
PLACE: Final = "waited_for_place"  # where a turn has it: seconds in a class's queue
SEED: Final = "interval_seed"
_OF_A_RUN: Final = frozenset({NAME, "repetition", "date", "took"})  # what no task says of itself
SUMMED: Final = ("of", "n", "failed", "median", "p95", "low", "high", SEED)


class WrongResult(BadArgument):
    """A task returned what makes no row."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run to do: its settings and which repetition of them it is."""

    settings: dict[str, Any]
    repetition: int
    name: str = field(init=False)
    """What tells it from every other, as text."""

    def __post_init__(self) -> None:
        """Name it once: of a long sound that takes a moment."""
        object.__setattr__(self, "name", setting_name([self.settings, self.repetition]))


def row_of_run(task: Task, run: Run) -> Row:
    """Do a run, and give its row; one that raises is a row, too. Raises WrongResult, BadKey.

    An async task gets an event loop of its own, in a thread where none runs.
    """
    date = datetime.now(UTC).isoformat(timespec="milliseconds")
    begun = time.perf_counter()
    try:
        found = task(**run.settings)
        found = asyncio.run(_awaited(found)) if inspect.isawaitable(found) else found
        result = facts(found)
        _check_names(found[1] if isinstance(found, tuple) else found, run)
    except (WrongResult, BadKey):  # no other run would fare better
        raise
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a run that fails is a row
        result = failure(error)
    took = round(time.perf_counter() - begun, 3)
    return {**named(run), **result, "date": date, "took": took}


def named(run: Run) -> Row:
    """What a row says of its run, whatever came of it."""
    return {NAME: run.name, **run.settings, "repetition": run.repetition}


async def _awaited(found: Awaitable[Any]) -> Any:
    return await found


def facts(found: Any) -> Row:
    """The row of a task's result: a turn, a mapping of columns, or both. Raises WrongResult."""
    if isinstance(found, Turn):
        return {**_of_turn(found), "error": ""}
    if isinstance(found, Mapping):
        return {**_plain(found), "error": _said_error(found)}
    if isinstance(found, tuple) and len(found) == 2:
        turn, columns = found
        if isinstance(turn, Turn) and isinstance(columns, Mapping):
            return {**_of_turn(turn), **_plain(columns), "error": _said_error(columns)}
    raise WrongResult(text("lab.result", found=type(found).__name__))


def _said_error(columns: Mapping[Any, Any]) -> str:
    """What a task says went wrong; None says that nothing did."""
    return str(columns.get("error") or "")


def _check_names(found: Any, run: Run) -> None:
    """Raises WrongResult where a task's columns would hide what a row says of its run."""
    columns = found if isinstance(found, Mapping) else {}
    hidden = [
        str(name)
        for name, value in columns.items()
        if name in _OF_A_RUN or (name in run.settings and repr(value) != repr(run.settings[name]))
    ]
    if hidden:
        raise WrongResult(text("lab.result_names", names=", ".join(hidden)))


def failure(error: BaseException) -> Row:
    """The row of a run that raised: the error, and what had arrived before it."""
    said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    row: Row = {"error": mask(said)[:500]}
    if not isinstance(error, ServiceError):
        return row
    arrived = _of_turn(error.turn) if error.turn is not None else {}
    return {**arrived, "peer": error.peer, "status": "failed", **row}


def _of_turn(turn: Turn) -> Row:
    latency, sent, came = turn.latency, turn.input, turn.audio
    seconds = [0.0 if clip is None else clip.seconds for clip in (sent, came)]
    return {
        "zero": latency.zero,
        **{stage: getattr(latency, stage) for stage in STAGES},
        "since_spoken": latency.since_spoken,
        "round_trip": latency.round_trip,
        **{name: getattr(turn, name) for name in _WHOM},
        "status": turn.status,
        "segments": _segments(turn),
        "input_seconds": round(seconds[0], 3),
        "audio_seconds": round(seconds[1], 3),
        "yuan": round(sum(seconds) / 60 * price(turn.model), 5),
        **origin(turn),
        "user_transcript": turn.user_transcript,
        "transcript": turn.transcript,
        "findings": ", ".join(turn.explain().names),
        **({PLACE: turn.waited_for_place} if turn.waited_for_place else {}),
    }


def _segments(turn: Turn) -> int:
    """How many stretches of speech the service heard in what it answered."""
    return sum(event.type == "input_audio_buffer.speech_stopped" for event in turn.events)


def _plain(found: Mapping[Any, Any]) -> Row:
    """Values that JSON and a table can hold; what is numpy's becomes Python's."""
    return {str(name): _as_python(value) for name, value in found.items()}


def _as_python(value: Any) -> Any:
    if isinstance(value, np.bool_):
        return bool(value)
    foreign = isinstance(value, Real) and not isinstance(value, bool | int | float)
    return float(value) if foreign else value
