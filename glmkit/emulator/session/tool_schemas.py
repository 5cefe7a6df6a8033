"""The ``tools`` of a configuration: what is refused at once, and what fails at the next answer.

A tool is flat: ``{"type": "function", "name", "description", "parameters"}`` (documented). An
empty ``properties`` or ``required`` passes the update and then breaks every answer with a 422
(observed twice): that is reproduced, so that it is met here first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from glmkit.emulator.session.refusals import ILLEGAL, Refusal, illegal, missing, wrong_kind
from glmkit.events import kind_of

_MOST_TOOLS = 128
#: Keyword of a JSON schema → the kinds its value may have.
_KEYWORDS: Mapping[str, tuple[str, ...]] = {
    "type": ("string", "array"),
    "description": ("string",),
    "properties": ("object",),
    "required": ("array",),
    "enum": ("array",),
    "items": ("object", "array", "boolean"),
}


def checked_tools(tools: list[Any]) -> tuple[Mapping[str, Any], ...]:
    """The tools as they came. Raises Refusal for what is not a flat function."""
    if len(tools) > _MOST_TOOLS:
        raise illegal("session.tools", found=len(tools), expected=f"≤ {_MOST_TOOLS}")
    for number, tool in enumerate(tools):
        _check_tool(tool, f"session.tools[{number}]")
    names = [tool["name"] for tool in tools]
    if doubled := {name for name in names if names.count(name) > 1}:
        raise Refusal("tool_twice", code=ILLEGAL, param="session.tools", found=min(doubled))
    return tuple(tools)


def _check_tool(tool: object, where: str) -> None:
    if not isinstance(tool, Mapping):
        raise wrong_kind(where, found=kind_of(tool), expected="object")
    if tool.get("type") != "function":
        raise illegal(f"{where}.type", found=tool.get("type"), expected="function")
    if "function" in tool and "name" not in tool:
        raise Refusal("tool_nested", code=ILLEGAL, param=f"{where}.function")
    name = tool.get("name")
    if name is None:
        raise missing(f"{where}.name")
    if not isinstance(name, str) or not name.strip() or len(name) > 64:
        raise illegal(f"{where}.name", found=name, expected="1 … 64")
    for field, kind in (("description", str), ("parameters", Mapping)):
        value = tool.get(field)
        if value is not None and not isinstance(value, kind):
            expected = "string" if kind is str else "object"
            raise wrong_kind(f"{where}.{field}", found=kind_of(value), expected=expected)
    _check_schema(tool.get("parameters"), f"{where}.parameters")


def _check_schema(schema: object, where: str) -> None:
    """The keywords that are read when a function is called; a null is as good as absent."""
    if not isinstance(schema, Mapping):
        return
    for keyword, kinds in _KEYWORDS.items():
        value = schema.get(keyword)
        if value is not None and kind_of(value) not in kinds:
            expected = ", ".join(kinds)
            raise wrong_kind(f"{where}.{keyword}", found=kind_of(value), expected=expected)
    for name, inner in (schema.get("properties") or {}).items():
        if not isinstance(inner, Mapping | bool):
            found = kind_of(inner)
            raise wrong_kind(f"{where}.properties.{name[:64]}", found=found, expected="object")
        _check_schema(inner, f"{where}.properties.{name[:64]}")
    _check_schema(schema.get("items"), f"{where}.items")


def broken_tool(tools: Iterable[Mapping[str, Any]]) -> tuple[str, str] | None:
    """The first tool with an empty ``properties`` or ``required``: its name and that field."""
    for tool in tools:
        parameters = tool.get("parameters") or {}
        for field in ("properties", "required"):
            if field in parameters and not parameters[field]:
                return tool["name"], field
    return None
