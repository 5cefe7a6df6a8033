"""What is public: every name with its signature and its words, every command, every sentence."""

from __future__ import annotations

import argparse
import ast
import inspect
import io
import os
import pkgutil
import subprocess
import sys
import textwrap
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from importlib import import_module
from types import FunctionType, ModuleType
from typing import Any

import glmkit as glm
from glmkit import texts
from glmkit.cli import commands
from tests.golden.common import COLUMNS, LANGUAGES, ROOT, homeless, language

ROOMS = [
    "aio",
    "auth",
    "doctor",
    "emulator",
    "errors",
    "events",
    "explain",
    "lab",
    "lessons",
    "plots",
]
#: Rooms that are called.
CALLED = ("doctor", "emulator", "events", "explain")


# -- names ---------------------------------------------------------------------------------


def names() -> dict[str, Any]:
    """Every public name, of the kit and of its rooms."""
    found: dict[str, Any] = {"glmkit": {name: _of(getattr(glm, name)) for name in glm.__all__}}
    for name in ROOMS:
        room = getattr(glm, name)
        found[name] = {each: _of(getattr(room, each)) for each in room.__all__}
        if name in CALLED:
            assert callable(room), name
            found[name]["()"] = {"signature": _signature(room), "doc": _doc(room.__call__)}
    return found


def _of(thing: Any) -> dict[str, Any]:
    if isinstance(thing, ModuleType):
        return {"kind": "room", "doc": _doc(thing)}
    if isinstance(thing, type):
        return _of_class(thing)
    if callable(thing) and getattr(thing, "__module__", "").startswith("glmkit"):
        return {"kind": "function", "signature": _signature(thing), "doc": _doc(thing)}
    return {"kind": "value", "value": homeless(repr(thing))}


def _of_class(thing: type) -> dict[str, Any]:
    ours = [each for each in thing.__mro__ if each.__module__.startswith("glmkit")]
    members = {name: _member(thing, name) for each in ours for name in vars(each)}
    fields: dict[str, Any] = {}
    for each in reversed(ours):
        fields |= inspect.get_annotations(each)
    return {
        "kind": "class",
        "signature": _signature(thing),
        "doc": _doc(thing),
        "bases": [each.__name__ for each in thing.__mro__[1:-1]],
        "members": {name: each for name, each in members.items() if name[0] != "_"},
        "fields": {name: homeless(str(each)) for name, each in fields.items() if name[0] != "_"},
        "attributes": sorted({name for each in ours for name in _attributes(each)}),
        "answers": sorted(name for name in members if _is_written(ours, name)),
    }


def _member(thing: type, name: str) -> dict[str, Any]:
    found = inspect.getattr_static(thing, name)
    kind = type(found).__name__
    if isinstance(found, property):
        return {"kind": "property", "doc": _doc(found), "signature": _signature(found.fget)}
    if kind == "cached_property":
        return {"kind": "property", "doc": _doc(found), "signature": _signature(found.func)}
    if isinstance(found, classmethod | staticmethod | FunctionType):
        method = getattr(thing, name)
        return {"kind": kind, "doc": _doc(method), "signature": _signature(method)}
    if kind in ("member_descriptor", "getset_descriptor"):
        return {"kind": "attribute"}
    return {"kind": "value", "value": homeless(repr(found))}


def _is_written(classes: list[type], name: str) -> bool:
    """Whether it is a method with underscores that stands in a file of ours."""
    found = next(vars(each)[name] for each in classes if name in vars(each))
    return (
        name.startswith("_")
        and name.endswith("_")
        and isinstance(found, FunctionType)
        and os.sep + "glmkit" + os.sep in found.__code__.co_filename
    )


def _attributes(thing: type) -> Iterator[str]:
    """What its ``__init__`` gives each of its own."""
    begin = vars(thing).get("__init__")
    source = ""
    with suppress(OSError, TypeError):  # a dataclass's own is in no file
        source = textwrap.dedent(inspect.getsource(begin)) if begin else ""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)):
            continue
        if ast.unparse(node.value) == "self" and node.attr[0] != "_":
            yield node.attr


def _signature(thing: Any) -> str:
    try:
        return homeless(str(inspect.signature(thing)))
    except (TypeError, ValueError):
        return "?"


def _doc(thing: Any) -> str:
    return inspect.cleandoc(getattr(thing, "__doc__", None) or "")


# -- commands ------------------------------------------------------------------------------


def helps() -> dict[str, Any]:
    """What ``--help`` says of every command, in both languages."""
    found: dict[str, Any] = {}
    for lang in LANGUAGES:
        with language(lang):
            found[lang] = {" ".join(words): _help(words) for words in _commands()}
    for module in ("glmkit", "glmkit.emulator"):
        found[f"python -m {module}"] = _run(module)
    return found


def _commands() -> Iterator[list[str]]:
    yield []
    for action in commands._parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from ([name] for name in action.choices)


def _help(words: list[str]) -> list[str]:
    said = io.StringIO()
    with redirect_stdout(said), _own_warnings(), suppress(SystemExit):
        commands.main([*words, "--help"])
    return said.getvalue().splitlines()


@contextmanager
def _own_warnings() -> Iterator[None]:
    """A command shows warnings its own way, and here it is not the only one."""
    before = warnings.showwarning
    try:
        yield
    finally:
        warnings.showwarning = before


def _run(module: str) -> list[str]:
    with language("en"):
        done = subprocess.run(
            [sys.executable, "-m", module, "--help"],
            cwd=ROOT,
            env={**os.environ, "COLUMNS": COLUMNS},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=True,
        )
    return done.stdout.splitlines()


# -- sentences -----------------------------------------------------------------------------


def sentences() -> dict[str, Any]:
    """Every sentence by its id, in English and Chinese."""
    topics = sorted(each.name for each in pkgutil.iter_modules(texts.__path__))
    tables = [import_module(f"{texts.__name__}.{topic}").TEXTS for topic in topics]
    found: dict[str, Any] = {}
    for table in tables:
        assert not found.keys() & table.keys()
        found |= {key: list(words) for key, words in table.items()}
    return found
