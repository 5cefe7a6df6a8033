"""What lasts as long as a process: reset, and what a forked child is left with."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest

import glmkit
from glmkit.process_values import ProcessValue, process

HERE = Path(glmkit.__file__).parent
#: What changes and is made of nothing, as its call is written at a module's top.
CHANGING = {
    *("dict", "list", "set", "deque", "Counter", "OrderedDict", "count", "Queue", "SimpleQueue"),
    *("WeakSet", "WeakKeyDictionary", "WeakValueDictionary"),
    *("Lock", "RLock", "Condition", "Event", "Semaphore", "local"),
}


def test_a_reset_forgets_choices_and_leaves_what_runs() -> None:
    """A choice begins again; a thread or a child goes on."""
    choice, running = ProcessValue(list[int]), ProcessValue(list[int], until="fork")
    choice.value.append(1)
    running.value.append(1)
    process.reset()
    assert (choice.value, running.value) == ([], [1])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_child_has_the_choices_and_not_what_runs() -> None:
    """Not even a lock that another thread held at that moment."""
    told: list[str] = []
    choice = ProcessValue(lambda: "none")
    running = ProcessValue(lambda: "none", until="fork", disown=told.append)
    choice.value, running.value = "chosen", "running"
    running.lock = held = Held()
    child = os.fork()
    if child == 0:
        fine = (choice.value, running.value, told) == ("chosen", "none", ["running"])
        os._exit(0 if fine else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert (running._held, told, running.lock) == (["running"], [], held)


class Held:
    """A lock that somebody else holds for ever."""

    def __enter__(self) -> None:
        raise AssertionError("still the old lock")

    def __exit__(self, *_: object) -> None: ...


@pytest.mark.slow
def test_no_file_keeps_a_mutable_value_of_its_own() -> None:
    """No ``global``, and no lock and no empty collection at the top of a file."""
    wrong = []
    for file in HERE.rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        found = [node for node in ast.walk(tree) if isinstance(node, ast.Global)]
        found += [node for node in tree.body if changes(node)]
        wrong += [f"{file.relative_to(HERE)}:{node.lineno}" for node in found]
    assert wrong == []


def changes(node: ast.stmt) -> bool:
    if not isinstance(node, ast.Assign | ast.AnnAssign) or "__all__" in ast.unparse(node):
        return False
    value = node.value
    if isinstance(value, ast.Call):
        name = getattr(value.func, "id", getattr(value.func, "attr", ""))
        return name in CHANGING and not value.args
    return isinstance(value, ast.Dict | ast.List) and not (
        value.keys if isinstance(value, ast.Dict) else value.elts
    )
