"""Every sentence a person reads, by id, in English and Chinese.

One file a topic; each holds ``TEXTS``, a table of ``id: (English, Chinese)``. An id is
``topic.name``; the topic is the file. ``text("auth.no_dot", parts=1)`` gives the sentence in
the reader's language: ``GLMKIT_LANG`` (en or zh), else the system's. Sentences that describe
protocol events live beside their fields, in ``specs``.
"""

from __future__ import annotations

import locale
import os
from functools import cache
from importlib import import_module
from typing import Literal

Language = Literal["en", "zh"]


def language() -> Language:
    """The reader's language: ``GLMKIT_LANG``, else the system's, else English."""
    asked = os.environ.get("GLMKIT_LANG") or _system_language()
    return "zh" if asked.lower().startswith(("zh", "chinese")) else "en"


def text(key: str, /, **values: object) -> str:
    """The sentence ``key`` in the reader's language, its ``{names}`` filled in."""
    return text_in(language(), key, **values)


def text_in(lang: Language, key: str, /, **values: object) -> str:
    """The sentence ``key`` in ``lang``."""
    english, chinese = _table(key.partition(".")[0])[key]
    return (chinese if lang == "zh" else english).format(**values)


@cache
def _table(topic: str) -> dict[str, tuple[str, str]]:
    table: dict[str, tuple[str, str]] = import_module(f"glmkit.texts.{topic}").TEXTS
    return table


def _system_language() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value
    return locale.getlocale()[0] or "en"
