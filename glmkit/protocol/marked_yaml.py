"""YAML as plain values, and where each of them stands in its file.

Safe by its rules: nothing but maps, lists and scalars; no tags, no anchors (so nothing that
multiplies), no key twice, a bounded size and depth. A scalar stays the text that was written,
whatever else YAML may take it for (``no`` is a word to say); ``typed`` makes numbers of what are.
A key with nothing behind it is None.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import yaml

MOST_BYTES: Final = 1_000_000
MOST_DEPTH: Final = 30
_LOADER: Final = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader

Place = tuple[str | int, ...]
"""The keys and places that lead to a value, from the outside in."""


class NotPlainYaml(ValueError):
    """What cannot be read: ``why`` (``size``, ``depth``, ``anchor``, ``twice``, ``syntax`` …)."""

    def __init__(self, why: str, line: int, found: str = "") -> None:
        super().__init__(why)
        self.why, self.line, self.found = why, line, found


class Marked:
    """The value of a file, and the lines (from 1) of its parts."""

    def __init__(self, text: str) -> None:
        """Raises NotPlainYaml."""
        if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
            raise NotPlainYaml("size", 1)
        self._lines: dict[Place, int] = {}
        self._events = _events(text)
        first = next(self._events)
        self.value = None if isinstance(first, yaml.StreamEndEvent) else self._value(first, ())
        if not isinstance(next(self._events, yaml.StreamEndEvent()), yaml.StreamEndEvent):
            raise NotPlainYaml("several", self.line(()))

    def line(self, path: Place) -> int:
        """The line of what ``path`` leads to, or of the nearest thing around it."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def _value(self, event: yaml.Event, path: Place) -> Any:
        line = _line(event)
        self._lines.setdefault(path, line)
        if len(path) > MOST_DEPTH:
            raise NotPlainYaml("depth", line, str(MOST_DEPTH))
        for forbidden in ("anchor", "tag"):
            if found := getattr(event, forbidden, None):
                raise NotPlainYaml(forbidden, line, str(found))
        if isinstance(event, yaml.ScalarEvent):
            return event.value or (None if event.style in (None, "") else "")
        if isinstance(event, yaml.SequenceStartEvent):
            return [self._value(each, (*path, n)) for n, each in enumerate(self._within())]
        return self._map(path)

    def _map(self, path: Place) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for each in self._within():
            line = _line(each)
            key = self._value(each, (*path, "\0"))
            self._lines.pop((*path, "\0"), None)
            if not isinstance(key, str):
                raise NotPlainYaml("key", line)
            if key in made:
                raise NotPlainYaml("twice", line, key)
            self._lines[*path, key] = line
            made[key] = self._value(next(self._events), (*path, key))
        return made

    def _within(self) -> Iterator[yaml.Event]:
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                return
            yield event


def typed(value: Any) -> Any:
    """``value`` with numbers, truth and nothing where YAML 1.1 has them written."""
    if isinstance(value, dict):
        return {key: typed(each) for key, each in value.items()}
    if isinstance(value, list):
        return [typed(each) for each in value]
    if not isinstance(value, str):
        return value
    try:
        return yaml.safe_load(value) if len(value) < 40 and _looks_typed(value) else value
    except (yaml.YAMLError, ValueError):
        return value


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _looks_typed(value: str) -> bool:
    return value.lower() in {"true", "false", "null", "~"} or value[:1] in "+-.0123456789"


def _events(text: str) -> Iterator[yaml.Event]:
    """What the file says, one thing after another, without its beginnings and ends."""
    around = (yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if not isinstance(event, around):
                yield event
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = str(getattr(error, "problem", None) or getattr(error, "reason", "") or error)
        raise NotPlainYaml("syntax", mark.line + 1 if mark else 1, problem) from None
