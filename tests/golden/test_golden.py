"""Recordings fold to the turns that were written down.

Where a change is meant: ``python -m tests.golden.make``, and read what git says has changed.
"""

from __future__ import annotations

import difflib
import sys
from itertools import islice

import pytest

from tests.golden.common import as_json
from tests.golden.make import FILE
from tests.golden.turns import turns

_LINES, _WIDTH = 40, 200


@pytest.mark.slow
@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="written down with Python 3.11")
def test_it_is_as_it_was() -> None:
    """Made again in memory, the turns equal the file."""
    before, now = FILE.read_text(encoding="utf-8"), as_json(turns())
    if before != now:
        pytest.fail(f"{FILE.name} differs:\n{_difference(before, now)}", pytrace=False)


def _difference(before: str, now: str) -> str:
    sides = _lines(before), _lines(now)
    found = difflib.unified_diff(*sides, "written down", "now", n=2, lineterm="")
    return "\n".join(islice(found, _LINES))


def _lines(words: str) -> list[str]:
    """The lines, long ones in pieces: what differs is to be seen."""
    return [
        line[at : at + _WIDTH]
        for line in words.splitlines()
        for at in range(0, max(len(line), 1), _WIDTH)
    ]
