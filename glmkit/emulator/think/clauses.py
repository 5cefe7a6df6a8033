"""Text cut into clauses to be spoken one after another, each in one language.

The first clause is short, so that the first sound comes soon; later ones are longer, because a
voice that sees more of the sentence speaks it better. A clause with a Chinese character in it is
Mandarin, English words and all; one without is English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["zh", "en"]

HAN: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff"  # Chinese characters, as a range of a regex

FIRST_WEIGHT: Final = 4.0
USUAL_WEIGHT: Final = 9.0
SENTENCE_WEIGHT: Final = 5.0
MOST_WEIGHT: Final = 30.0
LETTER_WEIGHT: Final = 0.3  # of a Chinese character, by the time it takes to say
SENTENCE_PAUSE: Final = 0.32  # seconds
CLAUSE_PAUSE: Final = 0.14
FEW_WORDS: Final = 3  # as many English words inside Mandarin are said by the Mandarin voice

# A stop ends a piece if it is Chinese, or is not inside a number or a name (3.5, 12:30, glm.py).
_NO_STOP: Final = "".join(
    rf"(?<!\b{word})" for word in ("[A-Z]", "Dr", "Mr", "Mrs", "Ms", "e.g", "i.e")
)
_STOP: Final = (
    rf"[。！？；，、：…\n]|{_NO_STOP}[.!?,;:](?=[\s\"”’)\]]|$)|[.!?,;:](?=[\u4e00-\u9fff])|——?"
)
_TIMES: Final = re.compile(r"(?<=\d)\s*[xX]\s*(?=\d)")
_HAN: Final = re.compile(f"[{HAN}]")
_PIECE: Final = re.compile(rf"(?:(?!{_STOP}).)*(?:(?:{_STOP})[\"”’」』）)\]》\s]*)+|.+$", re.DOTALL)
_SENTENCE_END: Final = re.compile(r"[。！？…!?\n.][\"”’」』）)\]》\s]*$")


def is_han(words: str) -> bool:
    """Whether ``words`` begin with a Chinese character."""
    return _HAN.match(words) is not None


@dataclass(frozen=True, slots=True)
class Clause:
    """Words to say in one go, their language, and the seconds of silence that follow."""

    words: str
    language: Language
    pause: float


def clauses_in(
    text: str, language: Language | None = None, *, quick: bool = True
) -> tuple[Clause, ...]:
    """Cut ``text`` into clauses; ``language`` is for what could be either, such as ``"12:30"``.

    The clauses' words, joined, are the text again. Without ``quick`` the first is like the
    others, and then cutting a clause again gives that clause."""
    usual = language or language_of(text) or "zh"
    found: list[Clause] = []
    for piece in _pieces(text):
        said_in = _language_of_piece(piece, usual)
        if found and _joins(found[-1], piece, said_in, quick and len(found) == 1):
            found[-1] = _clause(found[-1].words + piece, said_in)
        else:
            found.append(_clause(piece, said_in))
    return tuple(clause for clause in found if clause.words.strip())


def language_of(text: str) -> Language | None:
    """``"zh"`` if most of ``text`` is Chinese, ``"en"`` if English, None if it has no letters.

    The x of 3x7 is a sign."""
    han = len(_HAN.findall(text))
    letters = len(re.findall(r"[A-Za-z]", _TIMES.sub("", text))) * LETTER_WEIGHT
    if not (han or letters):
        return None
    return "zh" if han >= letters else "en"


def _pieces(text: str) -> Iterator[str]:
    for match in _PIECE.finditer(text):
        yield from _cut(match[0])


def _cut(piece: str) -> Iterator[str]:
    """Cut what has no stop for too long, at a space if there is one."""
    while _weight(piece) > MOST_WEIGHT * 1.5:
        end = next(at for at in range(len(piece)) if _weight(piece[: at + 1]) > MOST_WEIGHT)
        end = (piece.rfind(" ", 1, end) + 1) or end
        yield piece[:end]
        piece = piece[end:]
    yield piece


def _weight(words: str) -> float:
    han = len(_HAN.findall(words))
    return han + (len(words) - han) * LETTER_WEIGHT


def _language_of_piece(piece: str, usual: Language) -> Language:
    if _HAN.search(piece):
        return "zh"
    words = re.findall(r"[A-Za-z]+", piece)
    if not words or (usual == "zh" and len(words) <= FEW_WORDS):
        return usual
    return "en"


def _joins(clause: Clause, piece: str, language: Language, first: bool) -> bool:
    """Whether ``piece`` still belongs to ``clause``."""
    if not clause.words.strip() or not re.search(r"\w", piece):
        return True
    if language != clause.language or _weight(clause.words + piece) > MOST_WEIGHT:
        return False
    if language == "en":  # its voice is fast: whole sentences
        return not _SENTENCE_END.search(clause.words)
    usual = SENTENCE_WEIGHT if _SENTENCE_END.search(clause.words) else USUAL_WEIGHT
    return _weight(clause.words) < (FIRST_WEIGHT if first else usual)


def _clause(words: str, language: Language) -> Clause:
    ends = _SENTENCE_END.search(words)
    return Clause(words, language, SENTENCE_PAUSE if ends else CLAUSE_PAUSE)
