"""What instructions tell of an earlier talk, read as a person would read it.

A new connection remembers nothing; a client may tell it in its instructions what was said before
(observed to be known then). Whoever wrote that, and how: quoted words and a note of who said
them, or lines that begin with the speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from glmkit.emulator.think.persona import CALLER, Said, SaidLine

_MODEL: Final = r"(?:\b(?:assistant|model|bot|AI)\b|助手|模型|机器人)"
_SAID: Final = (
    r"(?:\b(?:said|asked|answered|replied|told|wrote)\b(?:\s+(?:to\s+)?(?:you|me|us|him|her|them))?"
    r"|(?:说|问|答|讲|告诉)(?:过|了|道|到|你|我|他|她)*)[\s,:，：]*"  # right before the quotation
)
_QUOTED: Final = re.compile(r"“([^“”]*)”|\"([^\"]*)\"|「([^「」]*)」|『([^『』]*)』")
_SENTENCE: Final = re.compile(r"[.!?;。！？；\n]")
_SPEAKER: Final = re.compile(
    rf"^.*(?:(?P<caller>{CALLER}|\b(?:they|he|she)\b|[他她])|(?P<model>{_MODEL}|\byou\b|你))"
    rf".{{0,60}}?{_SAID}$",
    re.IGNORECASE,
)
_BEFORE: Final = 200  # characters of a sentence before a quotation that are looked at
_LABELLED: Final = re.compile(
    rf"^\W*(?:(?P<caller>{CALLER})|(?P<model>{_MODEL}))\s*[:：]\s*(?P<words>\S.*)$",
    re.IGNORECASE,
)
_SUPPOSED: Final = re.compile(
    r"\b(?:if|whenever|would|should)\b|如果|要是|假如|每当", re.IGNORECASE
)


def with_earlier_talk(instructions: str, history: Sequence[Said]) -> tuple[str, Sequence[Said]]:
    """The instructions without the talk they tell of, and that talk before ``history``."""
    told: list[SaidLine] = []
    left = [_read(line, told) for line in instructions.splitlines()]
    return "\n".join(left), (*told, *history) if told else history


def _read(line: str, told: list[SaidLine]) -> str:
    """What is left of a line when the words that somebody said are taken out of it."""
    if labelled := _LABELLED.match(line):
        told.append(SaidLine(_role(labelled), labelled["words"].strip('“”"「」 ')))
        return ""
    left, end = "", 0
    for quoted in _QUOTED.finditer(line):
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
    sentence = _SENTENCE.split(before[-_BEFORE:])[-1]
    found = None if _SUPPOSED.search(sentence) else _SPEAKER.match(sentence)
    return _role(found) if found else ""


def _role(found: re.Match[str]) -> str:
    return "user" if found["caller"] else "assistant"
