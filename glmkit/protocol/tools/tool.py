"""A Python function as a tool of the model: its schema, and its arguments from the model's words.

::

    @session.tool
    def weather(city: Annotated[str, "the city's name"], days: int = 1) -> dict:
        "Looks up the weather."

Rules
- Types come from the hints, descriptions from ``Annotated`` or the docstring (Google, numpy or
  ``:param`` style), the tool's own description from the docstring's first paragraph.
- A schema never has an empty ``properties`` or ``required``: the service fails the whole response
  over one (observed). A function without parameters has no ``parameters`` at all.
- Whatever the service would not take is refused here, with how to write it.
"""

from __future__ import annotations

import copy
import inspect
import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from glmkit.errors import BadArgument, BadTool, warn
from glmkit.protocol.tools.json_schema import Shape, expected, shape_of_schema
from glmkit.protocol.tools.output import error_text, output_text
from glmkit.protocol.tools.plain_values import plain
from glmkit.protocol.tools.signature import documentation, name_of, shapes_of
from glmkit.texts import text

__all__ = ["Tool", "as_tool", "as_tools", "call_arguments", "error_text", "output_text"]

DEADLINE = 15.0  # seconds
_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Tool:
    """A function the model may call. ``parameters``: a JSON schema, or None where it takes none.

    ``deadline``: seconds the function may take. Raises BadTool for what the service would refuse.
    """

    function: Callable[..., Any] = field(repr=False)
    name: str
    description: str
    parameters: dict[str, Any] | None = None
    deadline: float = DEADLINE
    shapes: Mapping[str, Shape] | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_name(self.name)
        if not (isinstance(self.deadline, int | float) and 0 < self.deadline < math.inf):
            raise BadTool(text("protocol.tool_deadline", name=self.name, found=self.deadline))
        object.__setattr__(self, "parameters", _checked_parameters(self.name, self.parameters))

    def schema(self) -> dict[str, Any]:
        """The tool as the protocol declares it: flat, with ``type`` ``function`` (documented)."""
        whole = {"type": "function", "name": self.name, "description": self.description}
        if self.parameters is None:
            return whole
        return {**whole, "parameters": copy.deepcopy(self.parameters)}


#: What can be offered to the model: a function, a Tool, or the protocol's own dict.
ToolSource = Tool | Callable[..., Any] | Mapping[str, Any]


def as_tool(
    source: ToolSource,
    *,
    name: str | None = None,
    description: str | None = None,
    deadline: float | None = None,
    function: Callable[..., Any] | None = None,
) -> Tool:
    """``source`` as a Tool: a function, a Tool, or a schema as the protocol (or a chat API) has it.

    ``function``: what a schema's calls run. Raises BadTool; warns where there is no description.

    >>> as_tool({"name": "tick", "description": "Ticks."}).schema()
    {'type': 'function', 'name': 'tick', 'description': 'Ticks.'}
    """
    if isinstance(source, Mapping):
        tool = _from_schema(source, name, description)
    elif isinstance(source, Tool):
        tool = source
    elif callable(source) and not inspect.isclass(source):
        tool = _from_function(source, name, description)
    else:
        raise BadTool(text("protocol.tool_not_a_function", found=type(source).__name__))
    given: dict[str, Any] = {"name": name, "description": description, "deadline": deadline}
    given["function"] = function
    return replace(tool, **{key: value for key, value in given.items() if value is not None})


def as_tools(sources: Any) -> tuple[Tool, ...]:
    """Each of ``sources``, or the one it is, as a Tool. Raises BadTool, also for a name twice."""
    if callable(sources) or not isinstance(sources, Iterable) or isinstance(sources, str | Mapping):
        sources = (sources,)
    tools = tuple(as_tool(each) for each in sources)
    names = [tool.name for tool in tools]
    for name in names:
        if names.count(name) > 1:
            raise BadTool(text("protocol.tool_twice", name=name))
    return tools


def call_arguments(tool: Tool, given: str | Mapping[str, Any] | None) -> dict[str, Any]:
    """The keyword arguments for ``tool.function`` from the model's JSON.

    Raises BadArgument with a sentence that tells the model what was wrong, so that it can retry.
    """
    values = _object(tool, given)
    properties: dict[str, Any] = (tool.parameters or {}).get("properties", {})
    if unknown := [name for name in values if name not in properties]:
        known = ", ".join(properties) or "-"
        words = text("protocol.tool_unknown", tool=tool.name, name=unknown[0], known=known)
        raise BadArgument(words)
    shapes = tool.shapes
    if shapes is None:
        shapes = {name: shape_of_schema(schema) for name, schema in properties.items()}
    for name in (tool.parameters or {}).get("required", ()):
        if name not in values:
            wanted = expected(properties[name])
            words = text("protocol.tool_absent", tool=tool.name, name=name, expected=wanted)
            raise BadArgument(words)
    absent = {name: None for name, shape in shapes.items() if shape.optional}
    return absent | {name: _read(tool, name, shapes[name], each) for name, each in values.items()}


def _object(tool: Tool, given: str | Mapping[str, Any] | None) -> dict[str, Any]:
    try:
        for _ in range(2):  # some models wrap the JSON in a JSON string once more
            given = json.loads(given or "{}") if isinstance(given, str) else given
    except (ValueError, RecursionError):
        raise BadArgument(text("protocol.tool_not_json", tool=tool.name)) from None
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise BadArgument(text("protocol.tool_not_an_object", tool=tool.name))
    return dict(given)


def _read(tool: Tool, name: str, shape: Shape, value: Any) -> Any:
    try:
        return shape.read(value)
    except (ValueError, TypeError, OverflowError, RecursionError):
        found = json.dumps(plain(value), ensure_ascii=False)[:80]
        wanted = expected(shape.schema)
    raise BadArgument(
        text("protocol.tool_bad_value", tool=tool.name, name=name, found=found, expected=wanted)
    )


# From a function


def _from_function(function: Callable[..., Any], name: str | None, description: str | None) -> Tool:
    name = name or name_of(function)
    _check_name(name)
    overview, _ = documentation(function)
    if not description and not overview:
        overview = name.replace("_", " ")
        warn(text("protocol.tool_no_docstring", name=name))
    shapes, required = shapes_of(function, name)
    properties = {each: shape.schema for each, shape in shapes.items()}
    parameters = {"type": "object", "properties": properties, "required": required}
    return Tool(function, name, description or overview, parameters, shapes=shapes)


# From a schema


def _from_schema(source: Mapping[str, Any], name: str | None, description: str | None) -> Tool:
    inner = source.get("function")
    schema = inner if isinstance(inner, Mapping) else source  # chat APIs nest it one deeper
    kind, name = source.get("type", "function"), name or schema.get("name")
    if kind != "function" or not isinstance(name, str):
        raise BadTool(text("protocol.tool_bad_schema", kind=kind, name=name))
    description = description or schema.get("description")
    if not isinstance(description, str) or not description.strip():
        description = name.replace("_", " ")
        warn(text("protocol.tool_no_description", name=name))
    return Tool(partial(_nothing_to_run, name), name, description, schema.get("parameters"))


def _nothing_to_run(name: str, /, **_: Any) -> None:
    raise BadArgument(text("protocol.tool_nothing_to_run", name=name))


def _checked_parameters(name: str, parameters: Any) -> dict[str, Any] | None:
    if parameters is None:
        return None
    if not isinstance(parameters, Mapping) or parameters.get("type", "object") != "object":
        raise BadTool(text("protocol.tool_bad_parameters", name=name))
    try:
        whole = json.loads(json.dumps({"type": "object", **parameters}, allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        raise BadTool(text("protocol.tool_not_json_schema", name=name, why=error)) from None
    cleaned = _without_empty(whole)
    properties, required = cleaned.get("properties", {}), cleaned.get("required", [])
    if not isinstance(properties, dict) or not isinstance(required, list):
        raise BadTool(text("protocol.tool_bad_parameters", name=name))
    for each in required:
        if each not in properties:
            raise BadTool(text("protocol.tool_required_unknown", name=name, parameter=each))
    return cleaned if properties else None


def _without_empty(schema: Any) -> Any:
    """``schema`` without empty ``properties`` and ``required``, at any depth."""
    if isinstance(schema, list):
        return [_without_empty(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: _without_empty(each)
        for name, each in schema.items()
        if not (name in {"properties", "required"} and not each)
    }


def _check_name(name: str) -> None:
    if not (isinstance(name, str) and _NAME.fullmatch(name)):
        raise BadTool(text("protocol.tool_bad_name", name=name))
