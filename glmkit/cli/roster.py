"""Whose key is whose: a roster, or the notes in a file of keys. No secret is kept of either.

Rules
- A line is a key, or its part before the dot, and a name: between them a comma, a semicolon, a tab,
  a blank or a #. Empty lines don't count, nor do those that are a note alone.
- In a file of keys a line may be without a name; in a roster it may not.
- It is read as editors and spreadsheets save it (``saved_text``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from glmkit.environment.saved_text import text_in
from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadFile
from glmkit.media.source import existing_path
from glmkit.texts import text

_LINE: Final = re.compile(r"([^\s,;#，；]+)(?:\s*[,;#，；\t ]\s*)*(.*)")
_HEADS: Final = frozenset(["id", "key", "api_key", "密钥"])  # what a spreadsheet's first line says


def read_roster(path: Path) -> dict[str, tuple[str, int]]:
    """Key ids (before the dot), each with its name and its line. Raises BadFile."""
    found = {}
    for number, id, name in _lines(path):
        if not name:
            raise BadFile(text("watch.roster_line", line=number, path=path))
        found[id] = name, number
    return found


def names_noted(path: Path) -> dict[str, str]:
    """The names that stand as notes behind the keys of a file, by key id."""
    noted = [line.partition("#") for line in _content(existing_path(path)).splitlines()]
    return {
        keys.strip().partition(".")[0]: name.strip()
        for keys, _, name in noted
        if name.strip() and len(keys.split()) == 1  # of several keys nobody knows whose it is
    }


def _lines(path: Path) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(_content(existing_path(path)).splitlines(), 1):
        found = _LINE.match(line.strip().replace('"', ""))
        if found is None or (number == 1 and found[1].lower() in _HEADS):
            continue
        yield number, found[1].partition(".")[0], found[2].strip()


def _content(path: Path) -> str:
    try:
        return text_in(path.read_bytes())
    except (OSError, UnicodeDecodeError) as error:
        found = why_refused(error)
        raise BadFile(text("watch.roster_unreadable", path=path, found=found)) from None
