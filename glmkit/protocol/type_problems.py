"""What msgspec says of a value of the wrong kind, said in the reader's language. Pure.

msgspec's own sentences are English, and name Python's and JSON's types: who writes a script in YAML
writes words, numbers, lists, and keys with values.
"""

from __future__ import annotations

import re
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

import msgspec

from glmkit.texts import text

_KINDS: Final = {
    "str": "words", "int": "number", "float": "number", "bool": "truth", "array": "list",
    "object": "keys", "null": "nothing",
}  # fmt: skip
_LONGEST: Final = 40


def said_of_type(problem: str, value: Any, key: str, part: Any) -> str:
    """What ``problem`` says, in a sentence.

    ``value``: what stands there, None where that is not known; ``part``: the struct whose ``key``
    it is.
    """
    if lacking := re.search(r"missing required field `(.*)`", problem):
        return text("script.lacks", key=lacking[1])
    if wrong := re.search(r"Invalid enum value '?(.*?)'?$", problem):
        return text("script.not_among", found=wrong[1], among=", ".join(_choices(part, key)))
    if kinds := re.search(r"Expected `([^`]*)`, got `([^`]*)`", problem):
        wanted = text(f"script.is_{_kind(kinds[1])}")
        if isinstance(value, str) and len(value) <= _LONGEST:
            return text("script.other_value", wanted=wanted, found=value)
        return text("script.other_kind", wanted=wanted, found=text(f"script.is_{_kind(kinds[2])}"))
    return problem


def _kind(said: str) -> str:
    """What ``float | null`` is to who writes: a number, since what is nothing is left out."""
    return _KINDS.get(said.partition(" | ")[0], "words")


def _choices(part: Any, key: str) -> list[str]:
    """The words of which one must stand there."""
    names = {each.encode_name: each.name for each in msgspec.structs.fields(part)}
    return _words_of(get_type_hints(part).get(names.get(key, "")))


def _words_of(kind: Any) -> list[str]:
    if get_origin(kind) is Literal:
        return [str(each) for each in get_args(kind) if each]
    return [word for each in get_args(kind) for word in _words_of(each)]
