"""argparse in the reader's language: its own words, and a help whose lines break where Chinese may.

argparse asks gettext for each of its sentences, and gettext wants compiled catalogues on disk and
a language of its own. So while a command line is read, its question goes to ``texts`` instead.
What a later Python says that the table does not know stays as it is.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final, NoReturn

from glmkit.texts import text
from glmkit.texts.layout.lines import shown_on, terminal_columns
from glmkit.texts.usage import TEXTS as USAGE

_HEADING: Final = re.compile(r"^(\S.*):$", re.MULTILINE)  # a group's title, before its options
_TITLE: Final = "%(heading)s:"
_FREE: Final = 2  # columns at the right, as argparse leaves them
_INDENT: Final = 18  # columns, at the most, before what an option does


class CommandHelp(argparse.HelpFormatter):
    """Formats help for a terminal in which a Chinese letter takes two columns.

    What argparse measures in letters is measured in columns here; a description keeps its lines,
    since both take the width for the same, in a pipe, too.
    """

    def __init__(self, prog: str, **options: Any) -> None:
        options.setdefault("width", terminal_columns() - _FREE)
        super().__init__(prog, max_help_position=_INDENT, **options)

    def format_help(self) -> str:
        """The whole help, its headings with the reader's colon: Python 3.11 asks for none."""
        title = _word(_TITLE)
        return _HEADING.sub(lambda found: title % {"heading": found[1]}, super().format_help())

    def _split_lines(self, words: str, width: int) -> list[str]:
        from glmkit.texts.layout.lines import wrap

        return wrap(" ".join(words.split()), width)

    def _fill_text(self, words: str, width: int, indent: str) -> str:
        from glmkit.texts.layout.lines import wrap

        return "\n".join(indent + line for line in wrap(words, width))


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
    return {english: key.partition(".")[2] for key, (english, _) in USAGE.items()}


class CommandWords(argparse.ArgumentParser):
    """Says what is wrong with a command's words in lines that fit the terminal."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.register("type", float, _any_number)
        self.register("type", int, _whole_number)

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        super().exit(status, message and shown_on(sys.stderr, message.rstrip("\n")) + "\n")


def _any_number(words: str) -> float:
    try:
        return float(words)
    except ValueError:
        raise argparse.ArgumentTypeError(text("cli.number", found=words[:20])) from None


def _whole_number(words: str) -> int:
    try:
        return int(words)
    except ValueError:
        raise argparse.ArgumentTypeError(text("cli.whole_number", found=words[:20])) from None
