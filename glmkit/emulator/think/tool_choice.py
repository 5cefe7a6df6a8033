"""Which declared tool a sentence asks for: by what both are about, and by the words they share.

Rules
- A tool's name counts most, then its description, then its parameters.
- A tool whose name says what it is about is not chosen for something else its description
  happens to mention: "what time is it" does not call ``get_weather``.
- A sentence of several parts may ask for several tools: 打开客厅的灯，再把空调调到26度.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from glmkit.emulator.think.arithmetic import formula
from glmkit.emulator.think.datetimes import says_how_soon
from glmkit.emulator.think.lexicon import bigrams_of, concepts_of, synonyms, words_of
from glmkit.emulator.think.lexicon import find as find_group
from glmkit.emulator.think.words import word_file

_WORDS: Final = word_file("tools")

Schema = Mapping[str, Any]
ENOUGH: Final = 2.0
_SURE: Final = 4.5
_TIMED: Final = frozenset(("alarm", "reminder"))  # in twenty minutes: a timer does that, too


@dataclass(frozen=True)
class Declared:
    """A tool as the session declared it."""

    name: str
    description: str
    parameters: Schema

    @classmethod
    def read(cls, tool: Mapping[str, Any]) -> Declared:
        """The tool in a session's configuration, flat or nested under ``function``."""
        inner = tool.get("function")
        tool = inner if isinstance(inner, Mapping) else tool
        parameters = tool.get("parameters")
        return cls(
            str(tool.get("name") or ""),
            _WORDS["call_this"].sub(" ", str(tool.get("description") or "")),
            parameters if isinstance(parameters, Mapping) else {},
        )

    @property
    def properties(self) -> dict[str, Schema]:
        """Its parameters' schemas by name."""
        found = self.parameters.get("properties")
        found = found if isinstance(found, Mapping) else {}
        return {
            str(name): each if isinstance(each, Mapping) else {} for name, each in found.items()
        }

    @property
    def required(self) -> tuple[str, ...]:
        """The names of the parameters it must have."""
        names = self.parameters.get("required")
        return tuple(map(str, names)) if isinstance(names, list | tuple) else ()

    @cached_property
    def about(self) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """What its name, its description and its parameters are about."""
        return concepts_of(self.name), concepts_of(self.description), concepts_of(self._parameters)

    @cached_property
    def _parameters(self) -> str:
        parts = [f"{name} {each.get('description', '')}" for name, each in self.properties.items()]
        return " ".join(parts)

    def score(self, said: str) -> float:
        """How well ``said`` fits; 2 or more is enough."""
        named, described, parametrised = self.about
        asked = concepts_of(said)
        if formula(said):  # 12 times 7 is about no clock
            asked = asked - {"time"} | {"calculate"}
        implied = {"timer"} - asked if asked & _TIMED and says_how_soon(said) else set()
        score = (
            3.0 * len(asked & named)
            + 2.5 * len(implied & named)
            + 2.0 * len(asked & (described - named))
        )
        score += 0.5 * len(asked & (parametrised - described - named))
        score += 1.5 * len(words_of(said) & words_of(self.name))
        score += 0.75 * len(words_of(said) & (words_of(self.description) - words_of(self.name)))
        score += 0.75 * len(bigrams_of(said) & bigrams_of(f"{self.name} {self.description}"))
        score += 0.4 * len(bigrams_of(said) & bigrams_of(self._parameters))
        if score > 0:
            score += sum(_mentions(said, each) for each in self.properties.values())
        if named and not (asked | implied) & named and score < _SURE:
            return 0.0
        return score


def choose(tools: Sequence[Declared], said: str) -> tuple[tuple[Declared, str], ...]:
    """The tools ``said`` asks for, each with the part of it that is meant for it; none is usual."""
    parts = [part for part in _WORDS["between"].split(said) if part and part.strip()]
    chosen = [(best(tools, part), part) for part in parts]
    if sum(tool is not None for tool, _ in chosen) < 2:
        whole = best(tools, said)
        return ((whole, said),) if whole else ()
    return tuple(_joined(chosen))


def best(tools: Sequence[Declared], said: str) -> Declared | None:
    """The tool that fits best, if any fits."""
    scored = [(tool.score(said), -index, tool) for index, tool in enumerate(tools) if tool.name]
    score, _, tool = max(scored, default=(0.0, 0, None), key=lambda each: each[:2])
    return tool if score >= ENOUGH else None


def _joined(chosen: list[tuple[Declared | None, str]]) -> list[tuple[Declared, str]]:
    """Parts that choose nothing belong to the one before them, or to the first that chooses."""
    made: list[tuple[Declared, str]] = []
    before = ""
    for tool, part in chosen:
        if tool is not None:
            made.append((tool, before + part))
            before = ""
        elif made:
            made[-1] = (made[-1][0], f"{made[-1][1]}，{part}")
        else:
            before += part + "，"
    return made


def _mentions(said: str, schema: Schema) -> float:
    """1 when a value of an enum is said."""
    values = schema.get("enum")
    if not isinstance(values, list):
        return 0.0
    for value in values:
        group = synonyms(str(value)) or ((str(value).lower().replace("_", " "),), ())
        if find_group(group, said):
            return 1.0
    return 0.0
