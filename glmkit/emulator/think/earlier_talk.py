"""What instructions tell of an earlier talk, read as a person would read it.

A new connection remembers nothing; a client may tell it in its instructions what was said before
(observed to be known then). Whoever wrote that, and how: quoted words and a note of who said
them, or lines that begin with the speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from glmkit.emulator.think.persona import Said, SaidLine
from glmkit.emulator.think.words import word_file

_WORDS: Final = word_file("persona")
_BEFORE: Final = 200  # characters of a sentence before a quotation that are looked at


def with_earlier_talk(instructions: str, history: Sequence[Said]) -> tuple[str, Sequence[Said]]:
    """The instructions without the talk they tell of, and that talk before ``history``."""
    told: list[SaidLine] = []
    left = [_read(line, told) for line in instructions.splitlines()]
    return "\n".join(left), (*told, *history) if told else history


def _read(line: str, told: list[SaidLine]) -> str:
    """What is left of a line when the words that somebody said are taken out of it."""
    if labelled := _WORDS["labelled"].match(line):
        told.append(SaidLine(_role(labelled), labelled["words"].strip('“”"「」 ')))
        return ""
    left, end = "", 0
    for quoted in _WORDS["quoted"].finditer(line):
        before = line[end : quoted.start()]
        speaker = _speaker(before)
        words = next(filter(None, quoted.groups()), "")
        if speaker:
            told.append(SaidLine(speaker, words))
        left += before + ("" if speaker else quoted[0])
        end = quoted.end()
    return left + line[end:]


def _speaker(before: str) -> str:
    """Who says what is quoted behind these words; nobody where it is only supposed."""
    sentence = _WORDS["sentence_end"].split(before[-_BEFORE:])[-1]
    found = None if _WORDS["supposed"].search(sentence) else _WORDS["speaker"].match(sentence)
    return _role(found) if found else ""


def _role(found: re.Match[str]) -> str:
    return "user" if found["caller"] else "assistant"
