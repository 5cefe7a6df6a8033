"""``Screen``: a conversation in a terminal, as it comes, with one line below it that changes.

The line that changes stands only where no sentence is unfinished, so that no terminal has to be
asked where its cursor is: it is overwritten with blanks.
"""

from __future__ import annotations

from typing import Final, TextIO

from glmkit.auth.masking import their_words
from glmkit.texts import text
from glmkit.texts.layout.lines import terminal_columns
from glmkit.texts.layout.text_width import width_of

_LONGEST: Final = 100_000  # bytes of an answer
_SPEAKERS: Final = ("you", "answer")


class Screen:
    """Writes to ``out``; the line that changes only where that is a terminal."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._shown: dict[str, str] = {}  # what stands of each line of the conversation, by its id
        self._unfinished: str | None = None  # the id of the line the cursor is in
        self._status = ""

    def said(self, who: str, id: str, words: str) -> None:
        """Show what one line of the conversation is by now."""
        words = their_words(words, _LONGEST)
        before = self._shown.get(id, "")
        if words == before:
            return
        self._shown[id] = words
        if self._unfinished != id:
            self._begin(who, id)
            before = before if words.startswith(before) else ""
        self._write(words.removeprefix(before))

    def note(self, words: str) -> None:
        """Show a line of the kit's own."""
        self.finish()
        self._write(f"· {words}\n")

    def finish(self) -> None:
        """End the line of the conversation that is open, if one is, or the status."""
        self.status("")
        if self._unfinished is not None:
            self._write("\n")
            self._unfinished = None

    def status(self, words: str) -> None:
        """Show what goes on in the line below; not while a sentence is unfinished."""
        if self._unfinished is not None or words == self._status or not self._out.isatty():
            return
        while words and width_of(words) >= terminal_columns():
            words = words[:-1]
        blank = " " * max(width_of(self._status) - width_of(words), 0)
        self._write(f"\r{words}{blank}" if words else f"\r{blank}\r")
        self._status = words

    def _begin(self, who: str, id: str) -> None:
        self.finish()
        self._write(text(f"turns.{who}", words="") if who in _SPEAKERS else "· ")
        self._unfinished = id

    def _write(self, words: str) -> None:
        self._out.write(words)
        self._out.flush()
