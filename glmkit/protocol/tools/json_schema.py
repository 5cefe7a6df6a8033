"""Type hints and JSON schemas, both ways: what the model is told, and how its answer is read.

A ``Shape`` is one type: its JSON schema, and ``read``, which makes the Python value from what the
model sent, or raises ValueError. Models send numbers as text and the other way round, so reading
is generous where the meaning is plain, and strict where it is not.
"""

from __future__ import annotations

import collections.abc
import json
import math
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import Enum
from typing import Any

from glmkit.texts import text

_TRUE, _FALSE = ("true", "yes", "1", "是"), ("false", "no", "0", "否")
_LISTS: dict[object, Callable[[list[Any]], Any]] = {
    list: list,
    tuple: tuple,
    set: set,
    frozenset: frozenset,
    collections.abc.Sequence: list,
    collections.abc.Iterable: list,
    collections.abc.Collection: list,
}
_JSON_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number"}


@dataclass(frozen=True, slots=True)
class Shape:
    """A type as the model is told it (``schema``) and as its answer is read (``read``)."""

    schema: dict[str, Any]
    read: Callable[[Any], Any]
    optional: bool = False  # None is a value of it

    def described(self, description: str | None) -> Shape:
        """The same with a description, where there is one."""
        if not description:
            return self
        return replace(self, schema={**self.schema, "description": description})


def shape_of(hint: Any) -> Shape:
    """The shape of a type hint. Raises TypeError for one that has none."""
    while hasattr(hint, "__supertype__") or isinstance(hint, _alias_type()):
        hint = getattr(hint, "__supertype__", None) or hint.__value__
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        words = next((each for each in arguments[1:] if isinstance(each, str)), None)
        return shape_of(arguments[0]).described(words)
    if hint in _SCALARS:
        return _SCALARS[hint]
    if origin in (typing.Union, types.UnionType):
        return _one_of_types(hint, arguments)
    if origin is typing.Literal:
        return _literal(arguments)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _enum(hint)
    if origin in _LISTS and (len(arguments) == 1 or arguments[1:] == (Ellipsis,)):
        return _list(shape_of(arguments[0]), _LISTS[origin])
    if hint is dict or (origin in (dict, Mapping) and arguments[:1] == (str,)):
        return _dict(None if hint is dict or arguments[1] is Any else shape_of(arguments[1]))
    raise TypeError(getattr(hint, "__name__", None) or str(hint))


def shape_of_schema(schema: Any) -> Shape:
    """The shape of a JSON schema that somebody else wrote; what it doesn't know passes as it is."""
    if not isinstance(schema, Mapping):
        return Shape({}, lambda value: value)
    schema = dict(schema)
    if isinstance(schema.get("enum"), list):
        return Shape(schema, _choice([(each, each) for each in schema["enum"]]))
    if schema.get("type") == "array":
        return Shape(schema, _list(shape_of_schema(schema.get("items")), list).read)
    readers = {"string": _text, "integer": _integer, "number": _number, "boolean": _boolean}
    kind = schema.get("type")
    return Shape(schema, readers.get(kind, _anything) if isinstance(kind, str) else _anything)


def expected(schema: Any) -> str:
    """What a schema asks for, in words."""
    if not isinstance(schema, Mapping):
        return text("protocol.tool_expected")
    if isinstance(schema.get("enum"), list):
        values = ", ".join(json.dumps(each, ensure_ascii=False) for each in schema["enum"])
        return text("protocol.tool_expected_one_of", values=values)
    kind = schema.get("format") or schema.get("type")
    if kind == "array":
        return text("protocol.tool_expected_array", items=expected(schema.get("items")))
    known = ("string", "integer", "number", "boolean", "object", "date", "date-time", "time")
    tail = f"_{kind.replace('-', '_')}" if kind in known else ""
    return text(f"protocol.tool_expected{tail}")


# Readers: each takes what the model sent and raises ValueError where it doesn't fit


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return json.dumps(value)
    raise ValueError


def _integer(value: Any) -> int:
    number = _number(value)
    if number != int(number):
        raise ValueError
    return value if type(value) is int else int(number)


def _number(value: Any) -> float:
    if isinstance(value, str):
        value = _parsed(value, (int, float))
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError
    return value


def _boolean(value: Any) -> bool:
    word = str(value).strip().lower()
    if word not in _TRUE + _FALSE:
        raise ValueError
    return word in _TRUE


def _date(value: Any) -> date:
    return datetime.fromisoformat(_text(value).strip()).date()


def _datetime(value: Any) -> datetime:
    return datetime.fromisoformat(_text(value).strip())


def _time(value: Any) -> time:
    return time.fromisoformat(_text(value).strip())


def _anything(value: Any) -> Any:
    return value


def _parsed(value: str, kinds: tuple[type, ...]) -> Any:
    """``value`` as the JSON that a model sometimes wraps in a string."""
    parsed = json.loads(value)
    if not isinstance(parsed, kinds):
        raise ValueError
    return parsed


# Types made of others


def _one_of_types(hint: Any, arguments: tuple[Any, ...]) -> Shape:
    kinds = [each for each in arguments if each is not type(None)]
    if set(kinds) == {int, float}:
        kinds = [float]
    if len(kinds) != 1:
        raise TypeError(str(hint))
    shape = shape_of(kinds[0])
    if len(kinds) == len(arguments):
        return shape
    read = shape.read
    return replace(shape, read=lambda given: None if given is None else read(given), optional=True)


def _literal(values: tuple[Any, ...]) -> Shape:
    given = [each for each in values if each is not None]
    shape = _enumerated([(each, each) for each in given])
    if len(given) == len(values):
        return shape
    read = shape.read
    return replace(shape, read=lambda value: None if value is None else read(value), optional=True)


def _enum(kind: type[Enum]) -> Shape:
    if all(type(each.value) in _JSON_TYPES for each in kind):
        shape = _enumerated([(each.value, each) for each in kind])
    else:
        shape = _enumerated([(each.name, each) for each in kind])
    by_name = {each.name: each for each in kind}
    read = shape.read

    def read_or_name(value: Any) -> Any:
        return by_name[value] if isinstance(value, str) and value in by_name else read(value)

    return replace(shape, read=read_or_name)


def _enumerated(pairs: list[tuple[Any, Any]]) -> Shape:
    kinds = {type(each) for each, _ in pairs}
    if not pairs or not kinds <= _JSON_TYPES.keys():
        raise TypeError("Literal" if pairs else "Enum")
    schema: dict[str, Any] = {"enum": [each for each, _ in pairs]}
    if len(kinds) == 1:
        schema = {"type": _JSON_TYPES[kinds.pop()], **schema}
    return Shape(schema, _choice(pairs))


def _choice(pairs: list[tuple[Any, Any]]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        for sent, meant in pairs:
            if type(sent) is type(value) and sent == value:
                return meant
        word = str(value).strip().casefold()  # "2" for 2, "North" for "north"
        for sent, meant in pairs:
            if str(sent).casefold() == word:
                return meant
        raise ValueError

    return read


def _list(item: Shape, make: Callable[[list[Any]], Any]) -> Shape:
    def read(value: Any) -> Any:
        if isinstance(value, str):
            value = _parsed(value, (list,))
        if not isinstance(value, list):
            raise ValueError
        return make([item.read(each) for each in value])

    return Shape({"type": "array", "items": item.schema}, read)


def _dict(item: Shape | None) -> Shape:
    def read(value: Any) -> Any:
        if isinstance(value, str):
            value = _parsed(value, (dict,))
        if not isinstance(value, dict):
            raise ValueError
        return {name: item.read(each) if item else each for name, each in value.items()}

    schema: dict[str, Any] = {"type": "object"}
    return Shape(schema if item is None else {**schema, "additionalProperties": item.schema}, read)


def _alias_type() -> type | tuple[type, ...]:
    return getattr(typing, "TypeAliasType", ())  # ``type Name = …``, Python 3.12


_SCALARS: dict[Any, Shape] = {
    str: Shape({"type": "string"}, _text),
    int: Shape({"type": "integer"}, _integer),
    float: Shape({"type": "number"}, _number),
    bool: Shape({"type": "boolean"}, _boolean),
    date: Shape({"type": "string", "format": "date"}, _date),
    datetime: Shape({"type": "string", "format": "date-time"}, _datetime),
    time: Shape({"type": "string", "format": "time"}, _time),
}
