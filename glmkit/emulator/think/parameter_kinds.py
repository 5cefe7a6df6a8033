"""What kind of thing a tool's parameter is: a city, a person, a number, a moment, a message.

It follows from the type and format first, then from the name, then from the description, last
from what the tool itself is about.
"""

from __future__ import annotations

import re
from typing import Final

from glmkit.emulator.think.tool_choice import Declared, Schema
from glmkit.emulator.think.words import word_file

_WORDS: Final = word_file("tools").values
_KINDS: Final[dict[str, str]] = _WORDS["kinds"]
_BY_ABOUT: Final[dict[str, str]] = _WORDS["by_concept"]


def kind_of(name: str, schema: Schema, tool: Declared) -> str:
    """What kind of thing a parameter is."""
    types = schema.get("type") or "string"
    type = next((t for t in types if t != "null"), "string") if isinstance(types, list) else types
    if type in ("boolean", "array", "object"):
        return str(type)
    if type in ("integer", "number"):
        return "number"
    if schema.get("format") in ("date", "time", "date-time"):
        return str(schema["format"]).replace("-", "")
    apart = re.sub(r"([a-z])([A-Z])", r"\1 \2", name).replace("_", " ").lower()
    for words in (apart, str(schema.get("description") or "").lower()):
        for kind, pattern in _KINDS.items():
            if re.search(pattern, words) and not (kind == "source" and _is_written(tool)):
                return kind
    named, described, _ = tool.about
    for concept in (*sorted(named), *sorted(described)):
        if concept in _BY_ABOUT:
            return "message" if apart == "text" and concept == "message" else _BY_ABOUT[concept]
    return "text"


def _is_written(tool: Declared) -> bool:
    """Whether a text of it is one to write, not one to work on."""
    return not tool.about[0].isdisjoint(("message", "reminder", "note"))
