"""A task that is given an open session: each run has one of its own, with its own settings."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from glmkit import aio
from glmkit.errors import BadArgument
from glmkit.lab.account_places import account_at
from glmkit.lab.rows import Run, Task
from glmkit.protocol.settings import NAMES
from glmkit.session.blocking.blocking_session import connect
from glmkit.texts import text

_SETTINGS: Final = frozenset({*inspect.signature(aio.connect).parameters, *NAMES} - {"config"})


@dataclass(frozen=True)
class OpenedTask:
    """``task(session, **rest)``, the session opened with ``settings`` and the grid's own.

    What of the grid ``connect`` knows, and the task doesn't name, goes to ``connect``.
    """

    task: Task
    settings: Mapping[str, Any]

    def __call__(self, **grid: Any) -> Any:
        settings, rest = self._divided(grid)
        if is_async(self.task):
            return self._awaited(settings, rest)
        with connect(**settings) as session:
            return self.task(session, **rest)

    async def _awaited(self, settings: dict[str, Any], rest: dict[str, Any]) -> Any:
        async with aio.connect(**settings) as session:
            return await self.task(session, **rest)

    def account(self, run: Run) -> str:
        """Whose places the session of a run takes; "" for none."""
        return account_at(*self.place(run))

    def place(self, run: Run) -> tuple[Any, Any]:
        """Where the session of a run is opened, and with which key, as ``connect`` takes them."""
        settings, _ = self._divided(run.settings)
        return settings.get("to"), settings.get("api_key")

    def _divided(self, grid: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        mine = inspect.signature(self.task).parameters
        theirs = {name for name in grid if name in _SETTINGS and name not in mine}
        settings = {**self.settings, **{name: grid[name] for name in theirs}}
        return settings, {name: grid[name] for name in grid if name not in theirs}


def opened(task: Task, settings: object) -> Task:
    """``task`` as it is, or with a session for each run. Raises BadArgument."""
    if settings is None:
        return task
    if not isinstance(settings, Mapping):
        raise BadArgument(text("lab.connect", found=type(settings).__name__))
    unknown = sorted(str(name) for name in settings if name not in _SETTINGS)
    if unknown:
        raise BadArgument(text("lab.connect_unknown", names=", ".join(unknown)))
    return OpenedTask(task, dict(settings))


def check_fit(task: Task, grid: Iterable[str]) -> None:
    """Raises BadArgument where every run would fail by what it is called with."""
    opens = task if isinstance(task, OpenedTask) else None
    inner, known = (opens.task, _SETTINGS) if opens else (task, frozenset[str]())
    try:
        arguments = list(inspect.signature(inner).parameters.values())[1 if opens else 0 :]
    except (TypeError, ValueError):  # a built-in that says nothing of its arguments
        return
    names = [each.name for each in arguments if each.kind is not each.VAR_POSITIONAL]
    if unknown := sorted({*grid} - {*names} - known):
        if any(each.kind is each.VAR_KEYWORD for each in arguments):
            return
        near = difflib.get_close_matches(unknown[0], {*names, *known}, 3) or names or ["()"]
        settings = "" if opens else text("lab.grid_settings")
        found = {"names": ", ".join(unknown), "near": ", ".join(near), "settings": settings}
        raise BadArgument(text("lab.grid_untaken", **found))
    if lacking := [each.name for each in arguments if _is_needed(each) and each.name not in grid]:
        raise BadArgument(text("lab.grid_lacks", names=", ".join(lacking)))


def _is_needed(argument: inspect.Parameter) -> bool:
    optional = (argument.VAR_KEYWORD, argument.VAR_POSITIONAL)
    return argument.default is argument.empty and argument.kind not in optional


def account_of(task: Task) -> Callable[[Run], str]:
    """Whose places a run of ``task`` takes: nobody knows it of one that opens sessions itself."""
    return task.account if isinstance(task, OpenedTask) else lambda _: ""


def is_async(task: Task) -> bool:
    """Whether a task is awaited: an ``async def``, or an object whose ``__call__`` is one."""
    inner = task.task if isinstance(task, OpenedTask) else task
    return any(map(inspect.iscoroutinefunction, (inner, getattr(inner, "__call__", None))))  # noqa: B004
