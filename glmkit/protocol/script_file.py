"""A script read from its file; what is wrong with it is named with its line and its key."""

from __future__ import annotations

import re
from os import PathLike
from pathlib import Path
from typing import Any, Final

import msgspec

from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadArgument, BadFile
from glmkit.protocol.marked_yaml import MOST_BYTES, Marked, NotPlainYaml, Place, typed
from glmkit.protocol.script import (
    Expects,
    FollowUp,
    Script,
    ScriptCall,
    ScriptLine,
    ScriptPersona,
    ScriptReply,
    Slot,
)
from glmkit.protocol.script_mistakes import mistakes, near
from glmkit.protocol.type_problems import said_of_type
from glmkit.texts import text

_TYPED: Final = ("tools", "arguments", "outputs")  # JSON's own, where 3 is a number
_LISTS: Final = (
    *("hears", "says", "each", "ask", "hints", "right", "when", "words", "not", "fillers"),
    *("any", "heard", "no_finding"),
)  # of sentences: one may stand alone
#: Made while only one thread can: msgspec 0.22 crashes where two learn a type that holds itself.
_PACKED: Final = msgspec.json.Decoder(Script)
_INSIDE: Final = {
    "persona": ScriptPersona, "replies": ScriptReply, "slots": Slot, "then": FollowUp,
    "calls": ScriptCall, "says": ScriptLine, "expects": Expects,
}  # fmt: skip


def read_script(path: str | PathLike[str]) -> Script:
    """The script in a YAML file. Raises BadFile: what is wrong, in which line, at which key."""
    where = Path(path)
    try:
        with where.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        text_in_file = raw.decode("utf-8-sig")
    except OSError as error:
        raise BadFile(text("script.unreadable", path=where, reason=why_refused(error))) from None
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadFile(text("script.not_utf8", path=where, line=line)) from None
    return parse_script(text_in_file, name=str(where))


def parse_script(words: str, *, name: str = "script") -> Script:
    """The script in ``words``; ``name`` is what errors call it. Raises BadFile."""
    try:
        marked = Marked(words)
    except NotPlainYaml as error:
        what = text(f"script.{error.why}", found=error.found)
        raise BadFile(text("script.line", path=name, line=error.line, what=what)) from None
    try:
        made = msgspec.convert(_with_types(marked.value), Script, strict=False)
    except msgspec.ValidationError as error:
        raise _refusal(str(error), marked, name) from None
    for path, what in mistakes(made):
        raise BadFile(text("script.line", path=name, line=marked.line(path), what=what))
    return made


def packed(given: object) -> str:
    """A script, or one that is in a file, as one line that ``unpacked`` makes a script of again.

    Raises BadFile for a file that is no script, BadArgument for what is neither."""
    if isinstance(given, str) and given.startswith("{"):
        given = parse_script(given)
    if isinstance(given, str | PathLike) and given:
        given = read_script(given)
    if not isinstance(given, Script):
        raise BadArgument(text("script.neither", found=type(given).__name__))
    return msgspec.json.encode(given).decode()


def unpacked(line: str) -> Script:
    """The script that was packed."""
    return _PACKED.decode(line)


def _with_types(value: Any) -> Any:
    """Numbers and truth where JSON's are wanted; a list of one where one stands alone."""
    if isinstance(value, list):
        return [_with_types(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {key: _of_key(key, each) for key, each in value.items() if each is not None}


def _of_key(key: str, value: Any) -> Any:
    if key in _TYPED:
        return typed(value)
    return [value] if key in _LISTS and isinstance(value, str) else _with_types(value)


def _refusal(said: str, marked: Marked, name: str) -> BadFile:
    """What msgspec found wrong, with its line, and the key that may have been meant."""
    problem, _, at = said.partition(" - at `$")
    known, _, unnamed = at.partition("[...]")  # which key of a mapping, msgspec doesn't say
    path, rest = _path(known), _path(unnamed)
    key = ".".join(str(each + 1) if isinstance(each, int) else each for each in path)
    if unknown := re.search(r"unknown field `(.*)`$", problem):
        path = (*path, unknown[1])
        meant = near(unknown[1], _keys_at(path[:-1]))
        what = text("script.unknown_key", key=unknown[1], near=meant)
    else:
        whole: Place = (*path, *rest)
        value = None if "[...]" in at else _value_at(marked.value, path)
        last = str(whole[-1]) if whole else ""
        problem = said_of_type(problem, value, last, _part_at(whole[:-1]))
        what = text("script.wrong_value", key=key, problem=problem) if key else problem
    return BadFile(text("script.line", path=name, line=marked.line(path), what=what))


def _path(said: str) -> Place:
    """The keys and numbers of a path as msgspec writes it."""
    found = re.findall(r"\[(\d+)\]|\.([^.\[`\]]+)", said)
    return tuple(int(number) if number else key for number, key in found)


def _value_at(value: Any, path: Place) -> Any:
    """What stands there; what stands alone, where a list of one was made of it."""
    for key in path:
        if not isinstance(value, str):
            value = value[key]
    return value


def _keys_at(path: Place) -> list[str]:
    """The keys there may be at ``path``."""
    return list(_part_at(path).__struct_encode_fields__)


def _part_at(path: Place) -> Any:
    """The type of what is at ``path``."""
    part: Any = Script
    for key in path:
        part = _INSIDE.get(str(key), part)
    return part
