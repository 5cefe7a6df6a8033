"""Makes argparse speak the reader's language: its headings, its help and its errors.

argparse asks gettext for each of its sentences, and gettext wants compiled catalogues on disk and
a language of its own. So while a command line is read, its question goes to ``texts`` instead.
What a later Python says that the table does not know stays as it is.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from glmkit.texts import text
from glmkit.texts.usage import TEXTS


@contextmanager
def translated() -> Iterator[None]:
    """Let argparse ask ``texts`` for its words, in parsers made and used meanwhile."""
    module: Any = argparse  # the two names it has given gettext's functions
    before = module._, module.ngettext
    module._, module.ngettext = _word, _number
    try:
        yield
    finally:
        module._, module.ngettext = before


def _word(english: str) -> str:
    name = _names().get(english)
    return english if name is None else text(f"usage.{name}")


def _number(one: str, many: str, count: int) -> str:
    return _word(one if count == 1 else many)


@cache
def _names() -> dict[str, str]:
    return {english: key.partition(".")[2] for key, (english, _) in TEXTS.items()}
