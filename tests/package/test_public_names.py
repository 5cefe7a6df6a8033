"""What is public: Tab shows it and nothing else, and its first line says what it is for."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from types import ModuleType

import pytest

import glmkit as glm
from tests.listed import check_each

ROOT = ("glmkit", "glmkit.plots", "glmkit.lab")
DEADLINE = 60
#: Every room that can be reached from ``glm`` and imported by its name.
ROOMS = [name for name in glm.__all__ if isinstance(getattr(glm, name), ModuleType)]
CALLED = ("events", "explain", "doctor", "emulator")


def names() -> list[str]:
    """All public names but plain values, those of a room with its name."""
    inner = [
        f"{room}.{name}"
        for room in ROOMS
        for name in getattr(glm, room).__all__
        if not isinstance(getattr(getattr(glm, room), name), int | float | str | tuple)
    ]
    return [*glm.__all__, *inner]


@pytest.mark.slow
def test_tab_shows_what_is_public() -> None:
    """``dir`` gives the public names and nothing else, also after all of them were used."""
    check_each(_shows_what_is_public, [(name,) for name in ROOT])


def _shows_what_is_public(name: str) -> None:
    code = f"import {name} as room; before = dir(room); [getattr(room, n) for n in before]; "
    code += "print(before == dir(room) == sorted(room.__all__))"
    assert run(code) == "True"


def test_a_first_line_is_short() -> None:
    """Twelve words at most say what a public name is for."""
    lines = {name: first_line(name) for name in names()}
    assert {name: line for name, line in lines.items() if not 2 <= len(line.split()) <= 12} == {}
    assert len(set(lines.values())) == len({id(thing(name)) for name in lines})


def test_help_names_every_setting() -> None:
    """Who asks for the help of a call that has many finds each of its arguments there."""
    calls = (glm.connect, glm.aio.connect, glm.Settings, glm.Budget, glm.Waits, glm.Session.say)
    check_each(_names_its_arguments, [(call,) for call in calls])


def _names_its_arguments(call: Callable[..., object]) -> None:
    words, taken = inspect.getdoc(call) or "", inspect.signature(call).parameters
    unsaid = [name for name in taken if name != "self" and f"``{name}" not in words]
    assert unsaid == []


def thing(name: str) -> object:
    room, _, rest = name.rpartition(".")
    return getattr(getattr(glm, room) if room else glm, rest)


def first_line(name: str) -> str:
    return (inspect.getdoc(thing(name)) or "").partition("\n\n")[0].replace("\n", " ")


@pytest.mark.slow
def test_a_room_can_be_imported_by_its_name() -> None:
    """As an attribute and as an import statement, with all that its list names."""
    check_each(_can_be_imported, [(name,) for name in ROOMS])


def _can_be_imported(name: str) -> None:
    code = f"import glmkit.{name} as room, glmkit; from glmkit.{name} import *; "
    code += f"print(glmkit.{name} is room, all(hasattr(room, n) for n in room.__all__))"
    assert run(code) == "True True"


@pytest.mark.slow
def test_a_room_that_is_called() -> None:
    """It is a module with names and can be called, whichever way it was imported first."""
    firsts = ("import glmkit as glm", "import glmkit.{0}; glm = glmkit")
    check_each(_can_be_called, product(CALLED, firsts))


def _can_be_called(name: str, first: str) -> None:
    code = first.format(name) + f"; import inspect; before = glm.{name}; import glmkit.{name}; "
    code += f"found = inspect.signature(glm.{name}); "
    code += (
        f"print(before is glm.{name}, callable(glm.{name}), found.return_annotation != found.empty)"
    )
    assert run(code) == "True True True"


@pytest.mark.slow
def test_calling_a_room_answers() -> None:
    """The events as a reference, what is wrong with a turn, in a process that imported the room."""
    code = "import glmkit as glm; one = repr(glm.events('session')); import glmkit.events; "
    code += "two = repr(glmkit.events('session')); event = glm.events.commit(); "
    code += "said = glm.explain(glm.Turn((event,))); print(one == two, said.names)"
    assert run(code) == "True ('nothing_committed',)"


def run(code: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        timeout=DEADLINE,
        check=False,
    )
    return done.stdout.strip() or done.stderr
