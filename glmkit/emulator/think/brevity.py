"""A shorter form of an answer, for who asked for few words: never without what the talk needs.

Rules
- The first sentence, and the second where the first is a few words; and who is speaking.
- A short answer stays whole. Of a few sentences that end with a question it is the question:
  somebody waits for the answer.
- What is asked for, or can be followed up, is known by its sentence: so much of that is said that
  the next turn still knows it, and all of it where no less will do (a read-back).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from glmkit.emulator.think.question import Question
from glmkit.emulator.think.repertoire import Told

INTRODUCED: Final = re.compile("仿真器|emulator")
"""Who is speaking."""
_SENTENCE: Final = re.compile(r".+?(?:[。！？]|[.!?](?=\s|$)|$)\s*", re.DOTALL)
_FEW: Final = 3  # sentences
_SHORT: Final = 80  # bytes: 26 Chinese characters, a dozen English words


def shortened(question: Question, words: str) -> str:
    """The shortest form of an answer that is enough, and by which it is still known."""
    told = question.told_by(words)
    if told is None or not _is_needed(question, told):
        return next(_forms(words))
    return next(form for form in _forms(words) if _is_known(question, form, told))


def _is_needed(question: Question, told: Told) -> bool:
    """Whether the next turn may go on from there."""
    return bool(told.slot) or bool(question.followed_by(told.key))


def _is_known(question: Question, form: str, told: Told) -> bool:
    found = question.told_by(form)
    return found is not None and (found.key, found.slot) == (told.key, told.slot)


def _forms(words: str) -> Iterator[str]:
    """Forms of an answer, the shortest that is enough first; the last is all of it."""
    sentences: list[str] = _SENTENCE.findall(words)
    if not (len(sentences) == 2 and len(words.encode()) <= _SHORT):
        if _ends_with_question(words, len(sentences)):
            yield from ("".join(sentences[n:]).strip() for n in range(len(sentences) - 1, 0, -1))
        else:
            least = _fewest(sentences)
            yield from ("".join(sentences[:n]).strip() for n in range(least, len(sentences)))
    yield words


def _ends_with_question(words: str, sentences: int) -> bool:
    asks = words.rstrip()[-1:] in ("?", "？")
    return asks and sentences <= _FEW and not INTRODUCED.search(words)


def _fewest(sentences: list[str]) -> int:
    """As many of the first sentences are enough."""
    many = 1 if len("".join(sentences[:1])) > 4 else 2
    honest = (n for n, each in enumerate(sentences, 1) if INTRODUCED.search(each))
    return max(many, next(honest, 0))
