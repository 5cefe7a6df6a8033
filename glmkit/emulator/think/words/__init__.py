"""The words and expressions that the rules know, as data: a YAML file a subject, beside this one.

In an expression a list is its alternatives, one after the other; ``{{name}}`` stands for another
of the same file. Case counts only inside ``(?-i:…)``. Each is compiled when it is first needed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from glmkit.errors import BadFile
from glmkit.protocol.marked_yaml import Marked, NotPlainYaml
from glmkit.texts import text

FOLDER: Final = Path(__file__).parent
_OTHER: Final = re.compile(r"\{\{(\w+)\}\}")


class WordFile:
    """What a file holds, by key. Raises BadFile, with the line and the key, for what is wrong."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._marked = Marked(path.read_text(encoding="utf-8"))
        except NotPlainYaml as error:
            raise self._bad(error.line, text(f"script.{error.why}", found=error.found)) from None
        self.values: dict[str, Any] = self._marked.value or {}
        self._made: dict[tuple[str, bool, bool], tuple[re.Pattern[str], ...]] = {}

    def __getitem__(self, key: str) -> re.Pattern[str]:
        """The expression of that name."""
        return self._patterns(key, joined=True, cased=False)[0]

    def each(self, key: str, *, cased: bool = False) -> tuple[re.Pattern[str], ...]:
        """The expressions in a list, each for itself; ``cased``: as they are written."""
        return self._patterns(key, joined=False, cased=cased)

    def filled(self, words: str, others: Mapping[str, str] = {}) -> str:
        """``words`` with what their ``{{name}}`` stand for, here or among ``others``."""
        return _OTHER.sub(lambda found: self._named(found[1], others), words)

    def _named(self, key: str, others: Mapping[str, str]) -> str:
        if key in others:
            return others[key]
        return "|".join(self.filled(each, others) for each in self._listed(key))

    def _listed(self, key: str) -> list[str]:
        if key not in self.values:
            raise self._bad(1, text("script.wrong_value", key=key, problem="{{" + key + "}}"))
        value = self.values[key]
        return value if isinstance(value, list) else [value]

    def _patterns(self, key: str, *, joined: bool, cased: bool) -> tuple[re.Pattern[str], ...]:
        known = (key, joined, cased)
        if known not in self._made:
            ways = self._ways(key)
            ways = ["|".join(ways)] if joined else ways
            self._made[known] = tuple(self._compiled(key, way, cased=cased) for way in ways)
        return self._made[known]

    def _ways(self, key: str) -> list[str]:
        return [self.filled(each) for each in self._listed(key)]

    def _compiled(self, key: str, way: str, *, cased: bool) -> re.Pattern[str]:
        try:
            return re.compile(way, 0 if cased else re.IGNORECASE)
        except re.error as error:
            what = text("script.wrong_value", key=key, problem=error)
            raise self._bad(self._marked.line((key,)), what) from None

    def _bad(self, line: int, what: str) -> BadFile:
        return BadFile(text("script.line", path=self._path, line=line, what=what))


@cache
def word_file(subject: str) -> WordFile:
    """The file of a subject."""
    return WordFile(FOLDER / f"{subject}.yaml")
