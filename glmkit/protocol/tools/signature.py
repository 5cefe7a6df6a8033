"""What a function says of itself: its name, its parameters' types and defaults, its docstring."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from glmkit.errors import BadTool
from glmkit.protocol.tools.json_schema import Shape, shape_of
from glmkit.protocol.tools.plain_values import plain
from glmkit.texts import text

_NAMED = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


def shapes_of(function: Callable[..., Any], name: str) -> tuple[dict[str, Shape], list[str]]:
    """Each parameter's shape, and the names of those that must be given. Raises BadTool."""
    hints, (_, about) = _hints(function, name), documentation(function)
    shapes, required = {}, []
    for parameter in _parameters(function, name):
        shape = _shape(name, parameter, hints)
        if "description" not in shape.schema:
            shape = shape.described(about.get(parameter.name))
        if parameter.default is not inspect.Parameter.empty:
            shape = _with_default(shape, parameter.default)
        elif not shape.optional:
            required.append(parameter.name)
        shapes[parameter.name] = shape
    return shapes, required


def name_of(function: Callable[..., Any]) -> str:
    """The function's name. Raises BadTool for a lambda."""
    function = _unbound(function)
    found = getattr(function, "__name__", type(function).__name__)
    if found == "<lambda>":
        raise BadTool(text("protocol.tool_is_lambda"))
    return str(found)


def _parameters(function: Callable[..., Any], name: str) -> list[inspect.Parameter]:
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (ValueError, TypeError):
        raise BadTool(text("protocol.tool_no_signature", name=name)) from None
    for parameter in parameters:
        if parameter.kind not in _NAMED:
            raise BadTool(text("protocol.tool_not_named", name=name, parameter=parameter.name))
    return parameters


def _hints(function: Callable[..., Any], name: str) -> dict[str, Any]:
    function = _unbound(function)
    if not inspect.isroutine(function):
        function = type(function).__call__
    try:
        return typing.get_type_hints(function, include_extras=True)
    except (NameError, TypeError, SyntaxError, AttributeError) as error:
        raise BadTool(text("protocol.tool_unresolved", name=name, why=error)) from None


def _shape(name: str, parameter: inspect.Parameter, hints: Mapping[str, Any]) -> Shape:
    default = parameter.default
    hint = hints.get(parameter.name, inspect.Parameter.empty)
    if hint is inspect.Parameter.empty and type(default) in {str, int, float, bool}:
        hint = type(default)
    if hint is inspect.Parameter.empty:
        raise BadTool(text("protocol.tool_no_hint", name=name, parameter=parameter.name))
    try:
        return shape_of(hint)
    except TypeError as error:
        raise BadTool(
            text("protocol.tool_bad_hint", name=name, parameter=parameter.name, hint=error)
        ) from None


def _with_default(shape: Shape, default: Any) -> Shape:
    shown = plain(default)
    try:
        told = shown is not None and shape.read(shown) == default
    except (ValueError, TypeError):
        told = False  # a marker of the function's own: the model needn't know
    schema = {**shape.schema, "default": shown} if told else shape.schema
    return replace(shape, schema=schema, optional=False)


def documentation(function: Callable[..., Any]) -> tuple[str, dict[str, str]]:
    """The docstring's first paragraph, and its descriptions of the parameters."""
    from docstring_parser import ParseError, parse

    function = _unbound(function)
    words = inspect.getdoc(function) if inspect.isroutine(function) else None
    if not words:
        return "", {}
    try:
        parsed = parse(words)
    except ParseError:
        return _line(words.partition("\n\n")[0]), {}
    about = {each.arg_name: _line(each.description or "") for each in parsed.params}
    return _line((parsed.description or "").partition("\n\n")[0]), about


def _unbound(function: Callable[..., Any]) -> Callable[..., Any]:
    while isinstance(function, partial):
        function = function.func
    return function


def _line(words: str) -> str:
    return " ".join(words.split())
