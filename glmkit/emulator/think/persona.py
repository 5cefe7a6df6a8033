"""What a session's instructions and its user asked for so far: a name, a language, brevity.

Nothing is stored: it is read again each time from the instructions and from what was said, so
an item that was deleted is forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from glmkit.emulator.think.words import word_file

_WORDS: Final = word_file("persona")

Lang = Literal["zh", "en"]


class Said(Protocol):
    """One item of the conversation: who, the words, and the function's name for calls."""

    @property
    def role(self) -> str:
        """user, assistant, system, call or output."""

    @property
    def words(self) -> str | None:
        """What was said, or a call's arguments, or an output."""

    @property
    def name(self) -> str:
        """The function of a call or an output."""


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A plain ``Said``."""

    role: str
    words: str | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Persona:
    """Who the dialogue is to be, and how it is to speak."""

    name: str | None = None
    lang: Lang | None = None
    brief: bool = False
    user_name: str | None = None
    code_word: str | None = None


def read_persona(instructions: str, history: Sequence[Said], now_said: str = "") -> Persona:
    """The persona the instructions and the user's words so far, the newest last, ask for.

    Brevity only by instructions: 短一点 may be about one story."""
    said = [line.words or "" for line in history if line.role in ("user", "system")]
    system = [line.words or "" for line in history if line.role == "system"]
    spoken = [instructions, *said, now_said]
    own = [
        _WORDS["their_name"].sub("", instructions),
        *spoken[1:],
    ]  # what names the dialogue itself
    return Persona(
        name=next((name for words in reversed(own) if (name := given_name(words))), None),
        lang=next((lang for words in reversed(spoken) if (lang := language_asked(words))), None),
        brief=any(map(asks_brevity, (instructions, *system))),
        user_name=next(
            (name for words in reversed(spoken[1:]) if (name := user_name(words))),
            _told_name(instructions),
        ),
        code_word=next((word for words in reversed(spoken) if (word := _code_word(words))), None),
    )


def language_asked(words: str) -> Lang | None:
    """The language these words ask to be answered in."""
    if _WORDS["not_speak"].search(words):
        return None
    for match in reversed(list(_WORDS["speak"].finditer(words))):
        if (match["en"] or match["zh"]).lower() in {"english", "英语", "英文"}:
            return "en"
        return "zh"
    return None


def asks_brevity(words: str) -> bool:
    """Whether these words ask for short answers."""
    return bool(_WORDS["brief"].search(words))


def given_name(words: str) -> str | None:
    """The name these words give to the dialogue."""
    for pattern in (_WORDS["zh_name"], _WORDS["en_name"]):
        for match in pattern.finditer(words):
            name = match["a"] or match["b"]
            if not _WORDS["not_names"].search(name):
                return name if name[0].isupper() or not name.isascii() else name.title()
    return None


def user_name(words: str) -> str | None:
    """The name these words give to the user."""
    match = _WORDS["my_name"].search(words)
    return (match["zh"] or match["en"].title()) if match else None


def _code_word(words: str) -> str | None:
    """The word these words agree upon."""
    match = _WORDS["code_word"].search(words)
    return next(word for word in match.groups() if word) if match else None


def _told_name(instructions: str) -> str | None:
    """The user's name as instructions tell it, or quote it without a word who said so."""
    if told := list(_WORDS["their_name"].finditer(instructions)):
        return next(name for name in told[-1].groups() if name)
    sentences = re.split(r"[.!?。！？\n]", instructions)
    names = (user_name(each) for each in sentences if not _WORDS["to_be_said"].search(each))
    return next(filter(None, names), None)
