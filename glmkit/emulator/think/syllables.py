"""How Chinese characters sound, by a table: loading a dictionary for it would take longer than
an answer, and may not be installed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).parent / "words" / "syllables.txt"


def syllable(character: str) -> str:
    """How a character is most often said, ``"zhong1"``; 5 is the neutral tone, v is ü.

    What is no Chinese character stays as it is."""
    return _syllables().get(character, character)


def toneless(character: str) -> str:
    """The same without its tone."""
    return _syllables()[character][:-1] if character in _syllables() else character


@cache
def _syllables() -> dict[str, str]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    said = (line.split() for line in lines if not line.startswith("#"))
    return {character: sound for sound, characters in said for character in characters}
