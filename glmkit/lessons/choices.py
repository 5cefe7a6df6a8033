"""Choices as people give them: ``"b"``, ``"（Ｂ）"``, ``"b: a computer"``, ``"a computer"``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from glmkit.texts import Language

_MOST_LETTERS: Final = 300
_MOST_DIGITS: Final = 9
_AROUND: Final = re.compile(
    "(?:我|觉得|认为|选择?|答案|应该|是|第|i(?:think|choose)|my|the|option|answer|choice|letter|its|is)*"
    "(?P<letter>[a-z])(?:选?项)?"
)
_AHEAD: Final = re.compile(r"(?<![a-z])([a-z])[\"'”’]?\s*[:.)\]、】]")


class NoChoice(TypeError):
    """What was given is none of the choices, or several of them."""


def letter_in(given: object, among: Mapping[str, Mapping[Language, str]]) -> str:
    """The letter that was chosen: alone, before its sentence, or by the sentence itself.

    ``among``: letter → its sentence, by language. Raises NoChoice.
    """
    said = plain_letters(given)
    by_sentence = {
        plain_letters(before + sentence): letter
        for letter, both in among.items()
        for sentence in both.values()
        for before in ("", letter)
    }
    alone, ahead = _AROUND.fullmatch(said), _AHEAD.findall(_plain(given))
    letter = by_sentence.get(said) or (alone and alone["letter"]) or "".join(ahead)
    if letter not in among:
        raise NoChoice
    return letter


def plain_letters(given: object) -> str:
    """Letters and digits only, small, half width. Raises NoChoice."""
    return "".join(each for each in _plain(given) if each.isalnum())


def _plain(given: object) -> str:
    if isinstance(given, int) and abs(given) < 10**_MOST_DIGITS:
        return str(given)
    if not isinstance(given, str):
        raise NoChoice
    return unicodedata.normalize("NFKC", given[:_MOST_LETTERS]).lower()
