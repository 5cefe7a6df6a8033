"""Every sentence a person reads, by id, in English and Chinese.

One file a topic; each holds ``TEXTS``, a table of ``id: (English, Chinese)``. An id is
``topic.name``; the topic is the file. ``text("auth.no_dot", parts=1)`` gives the sentence in
the reader's language: ``GLMKIT_LANG`` (en or zh), else the system's. Where a sentence names what
to write in Python, ``shell`` has the one that names what to type instead: commands ask for those,
but not for whom they serve (``read_in``), who typed no command.
Sentences that describe protocol events live beside their fields, in ``protocol/table``.
"""

from __future__ import annotations

import locale
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import import_module
from typing import Final, Literal

from glmkit.process_values import ProcessValue

Language = Literal["en", "zh"]
_in_shell = ProcessValue(lambda: False)
_reader: Final[ContextVar[Language | None]] = ContextVar("reader's language", default=None)
_reads_elsewhere: Final = ContextVar("reader sits elsewhere", default=False)
_HYPHEN: Final = re.compile(r"(?<![\w.])-(?=\d|inf)")


def language() -> Language:
    """The reader's language: ``GLMKIT_LANG``, else the system's, else English.

    Where a server speaks to several readers, that of the one it speaks to (``read_in``).
    """
    if (chosen := _reader.get()) is not None:
        return chosen
    asked = os.environ.get("GLMKIT_LANG") or _system_language()
    return "zh" if asked.lower().startswith(("zh", "chinese")) else "en"


@contextmanager
def read_in(lang: Language | None) -> Iterator[None]:
    """Meanwhile, in this task and what it begins, the reader is another one, elsewhere.

    The reader's language is ``lang``; None leaves it as it was.
    """
    token, place = _reader.set(lang or _reader.get()), _reads_elsewhere.set(True)
    try:
        yield
    finally:
        _reader.reset(token)
        _reads_elsewhere.reset(place)


@contextmanager
def shell_words() -> Iterator[None]:
    """Meanwhile, in this process, say what to type rather than what to write in Python."""
    before, _in_shell.value = _in_shell.value, True
    try:
        yield
    finally:
        _in_shell.value = before


def text(key: str, /, **values: object) -> str:
    """The sentence ``key`` in the reader's language, its ``{names}`` filled in."""
    return text_in(language(), key, **values)


def text_in(lang: Language, key: str, /, **values: object) -> str:
    """The sentence ``key`` in ``lang``."""
    english, chinese = _sentence(key)
    return whole_characters((chinese if lang == "zh" else english).format(**values))


def unfilled(begin: str, lang: Language | None = None) -> dict[str, str]:
    """The sentences whose ids begin so, in the reader's language or ``lang``, by what follows.

    For a page, which fills in their ``{names}`` itself.
    """
    table, lang = _table(begin.partition(".")[0]), lang or language()
    ids = [key for key in table if key.startswith(begin)]
    return {key.removeprefix(begin): table[key][lang == "zh"] for key in ids}


def _sentence(key: str) -> tuple[str, str]:
    in_shell = _in_shell.value and not _reads_elsewhere.get()
    typed = _table("shell").get(f"shell.{key}") if in_shell else None
    return typed or _table(key.partition(".")[0])[key]


def whole_characters(words: str) -> str:
    """``words`` with the two halves of a character as one, and � for a half that stands alone.

    JSON can spell half a surrogate pair, and a service can cut an emoji in two between deltas;
    nothing can print, write or send such a half.
    """
    try:
        words.encode("utf-8")
    except UnicodeEncodeError:
        return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return words


def minus(words: str) -> str:
    """``words`` with the minus signs of their numbers as such, not as hyphens."""
    return _HYPHEN.sub("−", words)


@cache
def _table(topic: str) -> dict[str, tuple[str, str]]:
    table: dict[str, tuple[str, str]] = import_module(f"glmkit.texts.{topic}").TEXTS
    return table


def _system_language() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value
    return locale.getlocale()[0] or "en"
