"""What a lesson says to a learner: in a cell a card, elsewhere lines. Never by colour alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from glmkit.auth.masking import their_words
from glmkit.cards.frame import bundle, card, chip, in_terminal, quiet, row, safe
from glmkit.texts.layout.lines import fold, terminal_columns

_CODE: Final = re.compile(r"`([^`]+)`")
#: What came of it → its mark and its colour's meaning.
_MARKS: Final = {
    "right": ("✓", "input"),
    "not_yet": ("✗", "error"),
    "empty": ("…", "silence"),
    "unread": ("?", "speech"),
    "unknown": ("?", "speech"),
    "hint": ("→", "response"),
    "model": ("→", "response"),
    "early": ("…", "silence"),
    "word": ("", "input"),
    "words": ("", "input"),
}


@dataclass(frozen=True, slots=True, repr=False)
class Remark:
    """What is said: ``state`` gives the mark, ``title`` stands above ``words``, ``more`` below."""

    state: str
    title: str
    words: str
    more: str = ""

    def __repr__(self) -> str:
        mark, _ = _MARKS[self.state]
        lines = (f"{mark} {self.title}".strip(), self.words, self.more)
        return "\n".join(fold(line, terminal_columns()) for line in lines if line)

    def _repr_mimebundle_(self, **_: Any) -> Any:
        if in_terminal():
            return {}
        mark, colour = _MARKS[self.state]
        title = safe(self.title)
        head = row(chip(f"{mark} {title}".strip(), colour))
        body = f'<div class="glm-words" role="status">{_with_code(self.words)}</div>'
        return bundle(repr(self), card("remark", title, head, body, quiet(_with_code(self.more))))


def _with_code(words: str) -> str:
    """HTML; what stands between backticks in code letters."""
    return _CODE.sub(r"<code>\1</code>", safe(words, 8_000))


def briefly(given: object, most: int = 60) -> str:
    """What a learner gave, on one line and masked; of what takes several or fails, its kind."""
    try:
        words = given if isinstance(given, str) else repr(given)
        if "\n" in words and not isinstance(given, str):
            words = type(given).__name__
    except Exception:  # noqa: BLE001 - a learner's own object may do anything
        words = type(given).__name__
    return their_words(words, most)
