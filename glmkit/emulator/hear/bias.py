"""The names a session is about, so that recognition prefers them where words sound alike.

They are read off what the client declared: the choices of its tools' parameters, and what stands
in quotation marks in its instructions and descriptions. A tool that wants somebody's name brings
the names that examples use, which few recognisers would guess (张三 sounds like 张森).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

MOST_NAMES = 30
EXAMPLES = ("张三", "李四", "王五", "小明")
_SOMEBODY = re.compile(r"姓名|名字|联系人|人名|contact|person|recipient|callee", re.IGNORECASE)
_QUOTED = re.compile(r"[“「『《\"'‘]([^“”「」『』《》\"'‘’]{1,12})[”」』》\"'’]")


def names_in(configuration: Mapping[str, Any]) -> tuple[str, ...]:
    """The names, each once, at most 30."""
    found = dict.fromkeys(_quoted(str(configuration.get("instructions") or "")))
    for tool in configuration.get("tools") or ():
        found |= dict.fromkeys(_quoted(str(tool.get("description") or "")))
        found |= dict.fromkeys(_choices(tool.get("parameters")))
        if _SOMEBODY.search(str(tool)):
            found |= dict.fromkeys(EXAMPLES)
    return tuple(islice(found, MOST_NAMES))


def _quoted(words: str) -> Iterator[str]:
    for match in _QUOTED.finditer(words):
        yield match[1]


def _choices(schema: object, depth: int = 0) -> Iterator[str]:
    """Every string a schema lists as a choice, and what its descriptions quote."""
    if depth > 6 or not isinstance(schema, Mapping):
        return
    choices = schema.get("enum")
    if isinstance(choices, list):
        yield from (each for each in choices if isinstance(each, str) and len(each) <= 20)
    yield from _quoted(str(schema.get("description") or ""))
    properties = schema.get("properties")
    if isinstance(properties, Mapping):
        for inner in properties.values():
            yield from _choices(inner, depth + 1)
    yield from _choices(schema.get("items"), depth + 1)
