"""Under which conditions the rows of a file were made, and whether more of them are alike.

Rules
- What is asked is known beforehand: whom ``connect`` leads to, its settings, and what the task
  does, by its code (what that reads from around it, nobody sees). Keys are in none of it.
- What came is known from rows: with the same settings, another peer, emulator, network or model is
  another measurement. So a call that goes on warms up with settings of which there is a row.
- Budgets, time-outs and what is kept of a session change no number.
"""

from __future__ import annotations

import functools
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from types import CodeType
from typing import Any, Final

from glmkit.errors import BadArgument
from glmkit.lab.account_places import peer_at
from glmkit.lab.opened_task import OpenedTask
from glmkit.lab.rows import Row, Run, Task
from glmkit.texts import text
from glmkit.turns.setting_names import function_name, plain_setting, setting_name, unwrapped

_ASIDE: Final = frozenset({"to", "api_key", "budget", "timeout", "keep"})
_WHOM: Final = ("peer", "switches", "network", "model")
_SHOWN: Final = 60  # letters of a value in a sentence
Conditions = dict[str, Any]


def conditions_of(task: Task, runs: Iterable[Run]) -> Conditions:
    """What is asked, in values that JSON holds.

    Raises what ``connect`` would of an address or a key: NoKey, BadKey, BadArgument, BadFile.
    """
    inner, found = task, {}
    if isinstance(task, OpenedTask):
        inner, settings = task.task, task.settings
        places = (task.place(run) for run in runs if run.repetition == 0)
        different = {tuple(map(id, place)): place for place in places}
        peers = sorted({peer_at(*place) for place in different.values()})
        found = {"peer": ", ".join(peers)} if len(peers) == 1 else {}
        found |= {name: plain_setting(settings[name]) for name in sorted({*settings} - _ASIDE)}
    version = ".".join(map(str, sys.version_info[:2]))
    return {"connect": found, "task": [version, function_name(inner), _code_of(inner)]}


def check_alike(before: Mapping[str, Any], now: Conditions, file: object) -> None:
    """Raises BadArgument where what is asked is not what was, and names what differs."""
    there, here = (each.get("connect") or {} for each in (before, now))
    differ = []
    if before and isinstance(there, Mapping):
        names = dict.fromkeys([*there, *here])
        pairs = ((name, there.get(name), here.get(name)) for name in names)
        differ = [_difference(*pair) for pair in pairs if pair[1] != pair[2]]
    differ += _other_task(before.get("task"), now["task"])
    if differ:
        raise BadArgument(text("lab.mixed", file=file, differ="; ".join(differ)))


def _other_task(before: Any, now: Sequence[str]) -> list[str]:
    """That it does something else, as far as one version of Python can tell."""
    if not isinstance(before, list) or len(before) != len(now):
        return []
    (version, was, code), (same, name, mine) = before, now
    if version != same or code == mine:
        return []
    return [text("lab.mixed_task", name=name) if was == name else _difference("task", was, name)]


class MeasuredAlike:
    """Whom rows were measured against, by their settings, so that a new one is held against it."""

    def __init__(self, rows: Iterable[Row], settings: Sequence[str], file: object) -> None:
        self._settings, self._file = settings, file
        self._whom: dict[str, Row] = {}
        for row in rows:
            self._whom.setdefault(self._key(row), row)

    def among(self, runs: Iterable[Run]) -> Run | None:
        """The first run with settings of which there is a row; None without any."""
        return next((run for run in runs if self._key(run.settings) in self._whom), None)

    def check(self, row: Row) -> None:
        """Raises BadArgument for a row of another peer, emulator, network or model."""
        known = self._whom.get(self._key(row))
        if known is None or not (known.get("peer") and row.get("peer")) or row.get("error"):
            return
        pairs = ((name, known.get(name) or "", row.get(name) or "") for name in _WHOM)
        if differ := [_difference(*pair) for pair in pairs if pair[1] != pair[2]]:
            raise BadArgument(text("lab.mixed_whom", file=self._file, differ="; ".join(differ)))

    def _key(self, values: Mapping[str, Any]) -> str:
        return setting_name({name: values.get(name) for name in self._settings})


def _difference(name: str, there: Any, here: Any) -> str:
    shown = (repr(each) if isinstance(each, str) else json.dumps(each) for each in (there, here))
    before, now = (each if len(each) <= _SHOWN else f"{each[:_SHOWN]}…" for each in shown)
    return text("lab.mixed_value", name=name, before=before, now=now)


# -- in values that a file holds -------------------------------------------------------------


def _code_of(task: Any) -> str:
    """What a task does, in a few letters; "" where it has no code of Python's."""
    inner = unwrapped(task)
    code = getattr(inner, "__code__", None) or getattr(type(inner).__call__, "__code__", None)
    if not isinstance(code, CodeType):
        return ""
    known = [_code(code, getattr(inner, "__doc__", None)), plain_setting(_given(task))]
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()[:16]


def _given(task: Any) -> list[Any]:
    """Arguments that a task has already, and the conditions that an object says it has."""
    if isinstance(task, functools.partial):
        return [*_given(task.func), list(task.args), task.keywords]
    names = ("__defaults__", "__kwdefaults__", "conditions")
    return [getattr(task, name, None) for name in names]


def _code(code: CodeType, doc: object) -> list[Any]:
    """Instructions, names and constants, without what is documented and where it stands."""
    constants = [
        _code(each, None) if isinstance(each, CodeType) else _constant(each)
        for each in code.co_consts
        if doc is None or each != doc
    ]
    return [code.co_code.hex(), code.co_names, constants]


def _constant(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_constant(each) for each in value]
    return sorted(map(repr, value)) if isinstance(value, frozenset) else repr(value)
