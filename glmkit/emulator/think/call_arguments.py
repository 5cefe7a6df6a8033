"""The arguments of a call: each parameter of a schema, filled from what was said.

Rules
- A parameter's kind follows from its enum, its type, its format, its name and its description,
  in this order; each kind has one way to be found in a sentence.
- Two places, people or values for one parameter make two calls: 北京和上海的天气.
- A required parameter that nobody said is asked for (``missing``), where a guess would be
  invented: a place, a person, a number. A choice takes its first value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from glmkit.emulator.think import entities
from glmkit.emulator.think.datetimes import blank, when
from glmkit.emulator.think.lexicon import concepts_of, find, synonyms
from glmkit.emulator.think.numerals import Number, numbers_in
from glmkit.emulator.think.parameter_kinds import kind_of
from glmkit.emulator.think.tool_choice import Declared, Schema
from glmkit.emulator.think.words import word_file

_WORDS: Final = word_file("tools")
_UNITS: Final = tuple((each["about"], each["behind"]) for each in _WORDS.values["units"])

MOST_CALLS: Final = 5
_OFF = synonyms("off") or ((), ())
_ON = synonyms("on") or ((), ())
_EXTRACT: Final[dict[str, Callable[[str], tuple[str, ...]]]] = {
    "phone": entities.phones,
    "person": entities.people,
    "language": entities.languages,
    "city": entities.cities,
    "message": entities.messages,
    "query": entities.queries,
    "artist": entities.artists,
    "song": entities.songs,
    "item": entities.items,
    "expression": entities.expressions,
    "source": entities.translated,
    "origin": lambda said: entities.origin_or_target(said, target=False),
    "target": lambda said: entities.origin_or_target(said, target=True),
}
#: What is asked for rather than guessed.
_ASKED_FOR: Final = frozenset(
    (
        *("phone", "person", "city", "origin", "target", "date", "time", "datetime"),
        *("artist", "song", "item", "number", "array", "object"),
    )
)
_OF_WHAT: Final = (
    re.compile(r"^(?P<what>.+)的(?P<about>.+)$"),
    re.compile(r"^(?P<about>.+?)\b(?:of|for)\s+(?P<what>.+)$", re.IGNORECASE),
)
_ARTICLE: Final = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_MEANING = r"([^,，;；、)）。.|/]+)"


@dataclass(frozen=True, slots=True)
class Filled:
    """The arguments of one or more calls, or the name of the parameter nobody said."""

    arguments: tuple[dict[str, Any], ...]
    missing: str | None = None


def fill(
    tool: Declared, said: str, *, now: datetime, known: Mapping[str, Any] | None = None
) -> Filled:
    """The arguments of ``tool`` in ``said``; ``known`` are those of the call before."""
    filler = _Filler(tool, said, now)
    found = {name: filler.candidates(name, each) for name, each in tool.properties.items()}
    arguments: dict[str, Any] = dict(known or {})
    several: tuple[str, Sequence[Any]] | None = None
    for name, values in found.items():
        if values:
            arguments[name] = values[0]
            if (
                len(values) > 1
                and several is None
                and not isinstance(values[0], list | int | float)
            ):
                several = (name, values)
        elif name in tool.required and name not in arguments:
            guess = filler.guess(name, tool.properties[name])
            if guess is None:
                return Filled((), missing=name)
            arguments[name] = guess
    if several:
        name, values = several
        return Filled(tuple({**arguments, name: value} for value in values[:MOST_CALLS]))
    return Filled((arguments,))


class _Filler:
    """One tool and one sentence; numbers are used up in order."""

    def __init__(self, tool: Declared, said: str, now: datetime) -> None:
        self._tool, self._said, self._now = tool, said, now
        self._timeless = blank(said)
        self._numbers = list(numbers_in(self._timeless))
        kinds = [kind_of(name, each, tool) for name, each in tool.properties.items()]
        self._one_number = kinds.count("number") == 1

    def candidates(self, name: str, schema: Schema) -> Sequence[Any]:
        """Everything said that ``name`` can be, in the order said."""
        if values := schema.get("enum"):
            return enumerated(self._said, values, str(schema.get("description") or ""))
        kind = kind_of(name, schema, self._tool)
        if kind == "boolean":
            return self._boolean(name, schema)
        if kind == "number":
            return self._number(name, schema)
        if kind == "array":
            items = schema.get("items")  # may be absent: then it is a list of texts
            one = {**schema, "type": "string", **(items if isinstance(items, Mapping) else {})}
            values = self.candidates(name, one) if one["type"] != "array" else ()
            return [list(values)] if values else []
        if kind == "object":
            nested = fill(Declared(self._tool.name, "", schema), self._said, now=self._now)
            return [each for each in nested.arguments if each]
        if kind in ("date", "time", "datetime"):
            return self._moment(kind)
        found = _EXTRACT[kind](self._said) if kind in _EXTRACT else entities.quoted(self._said)
        return [_coded(each, schema) for each in found] if kind == "language" else found

    def guess(self, name: str, schema: Schema) -> Any:
        """What a required parameter is when nobody said it; None where a guess would be a lie."""
        for given in ("const", "default"):
            if given in schema:
                return schema[given]
        if values := schema.get("enum"):
            return values[0]
        kind = kind_of(name, schema, self._tool)
        if kind == "boolean":
            return True
        if kind in _ASKED_FOR:
            return None
        return self._subject() or rest_of(self._said) or self._said

    def _subject(self) -> str | None:
        """苹果公司 in 苹果公司的股价, "Apple" in "the price of Apple", for a tool about prices."""
        for pattern in _OF_WHAT:
            match = pattern.search(rest_of(self._said))
            if match and self._is_about(match["about"]):
                return _ARTICLE.sub("", entities.politeness_off(match["what"]))
        return None

    def _is_about(self, words: str) -> bool:
        """Whether the tool is about them: a concept of theirs, or what it says of itself."""
        named, described, _ = self._tool.about
        said = words.lower().split()[-1:]  # the opening *hours* of, the *price* of
        told = re.findall(r"[a-z]+", self._tool.description.lower())
        return bool(concepts_of(words) & (named | described) or {*said} & {*told})

    def _boolean(self, name: str, schema: Schema) -> list[bool]:
        about = concepts_of(f"{name} {schema.get('description', '')}") - {"device"}
        if _WORDS["no"].search(self._said) or find(_OFF, self._said):
            return [False]
        if find(_ON, self._said) or about & concepts_of(self._said):
            return [True]
        return []

    def _number(self, name: str, schema: Schema) -> list[int | float]:
        hints = f"{name} {schema.get('description', '')}".lower()
        chosen = self._with_unit(hints)
        if chosen is None and self._numbers and (self._one_number or not self._unit_elsewhere()):
            chosen = self._numbers[0]
        if chosen is None:
            return []
        self._numbers.remove(chosen)
        value = _scaled(chosen, hints, self._timeless)
        return [round(value) if schema.get("type") == "integer" else value]

    def _with_unit(self, hints: str) -> Number | None:
        """The number whose unit is the one this parameter is about."""
        for about, unit in (
            *_UNITS,
            (_WORDS.values["duration"], r"\s*个?(?:半)?(?:秒|分|刻|小时|钟头|second|minute|hour)"),
        ):
            if re.search(about, hints):
                for number in self._numbers:
                    if self._has_unit(number, unit):
                        return number
        return None

    def _unit_elsewhere(self) -> bool:
        return any(self._has_unit(self._numbers[0], unit) for _, unit in _UNITS[:-1])

    def _has_unit(self, number: Number, unit: str) -> bool:
        after, said = self._timeless[number.end :], self._timeless[number.start : number.end]
        return bool(re.match(unit, after, re.IGNORECASE) or re.match(unit, said, re.IGNORECASE))

    def _moment(self, kind: str) -> list[str]:
        found = when(self._said, now=self._now)
        if kind == "date":
            return [found.date.isoformat()] if found.date else []
        if kind == "time":
            return [found.time.strftime("%H:%M")] if found.time else []
        moment = found.datetime(self._now)
        return [moment.isoformat(timespec="seconds")] if moment else []


def enumerated(said: str, values: Sequence[Any], description: str) -> list[Any]:
    """Values of an enum that are said, in the order said; the longer word counts."""
    found: list[tuple[int, int, Any]] = []
    for value in values:
        group = _words_for(str(value), description)
        if match := find(group, said):
            found.append((match.start(), match.end(), value))
    kept = [
        (start, value)
        for start, end, value in found
        if not any(s <= start and end <= e and (s, e) != (start, end) for s, e, _ in found)
    ]
    return [value for _, value in sorted(kept, key=lambda each: each[0])]


def _words_for(value: str, description: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words for a value: itself, its synonyms, and what the description says it means."""
    english, chinese = synonyms(value) or ((), ())
    own = value.replace("_", " ").strip().lower()
    literal = re.escape(value)
    after = rf"(?<!\w){literal}[\"'”]?\s*(?:=|:|：|->|→|\(|（|是|表示|为|means|for)\s*{_MEANING}"
    before = rf"([\u4e00-\u9fff]+)\s*(?:=|:|：|\(|（)\s*[\"'“]?{literal}(?!\w)"
    said = [*re.findall(after, description), *re.findall(before, description)]
    words = [own, *(word.strip().lower() for word in said if word.strip())]
    ascii_words = [word for word in words if word.isascii()]
    others = [word for word in words if not word.isascii()]
    return (*english, *ascii_words), (*chinese, *others)


def rest_of(said: str) -> str:
    """What is left of a sentence without politeness and the words that ask for something."""
    plain = entities.politeness_off(said)
    plain = re.sub(r"^(?:查询?|看看?|告诉我|说|做|来|算)(?:一下|下|一个|个)?", "", plain)
    return entities.politeness_off(plain)


def _coded(language: str, schema: Schema) -> str:
    """A language as the schema wants it: its code where it asks for codes."""
    wants = (
        f"{schema.get('description', '')} {schema.get('examples', '')} {schema.get('pattern', '')}"
    )
    if re.search(r"\bcode\b|代码|ISO|\b(?:en|zh|fr|ja)\b", wants):
        group = synonyms(language)
        return next((word for word in group[0] if len(word) == 2), language) if group else language
    return language


def _scaled(number: Number, hints: str, words: str) -> int | float:
    """The number in the unit the parameter is in: two hours are 7200 seconds."""
    seconds = {unit: int(many) for unit, many in _WORDS.values["seconds"].items()}
    wanted = next((many for unit, many in seconds.items() if unit in hints), None)
    after = re.match(
        r"\s*个?(秒|分|刻|小时|钟头|second|minute|hour)", words[number.end :], re.IGNORECASE
    )
    if wanted is None or after is None:
        return number.value
    value = number.value * seconds[after[1].lower()] / wanted
    return int(value) if value == int(value) else value
