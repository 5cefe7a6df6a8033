"""How a path looks that was pasted or typed in a hurry, and what it must have meant.

Rules
- ``plain`` is certain whatever there is: nobody names a file with quotes around it, with blanks
  or unseen letters at its ends, or ``file://…``; ``~`` is the home folder.
- ``spellings`` are guesses, for what is to be read: one counts only where something is there.
- A file whose very name looks like that is found first, by whoever asks.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote

_PAIRS: Final = ('""', "''", "``", "“”", "‘’", "„“", "«»", "「」", "『』", "＂＂")
_QUOTES: Final = "".join(_PAIRS)
#: What Python makes of a backslash in quotes, and the letters it was made of.
_ESCAPED: Final = {
    **{chr(code): rf"\{code:o}" for code in range(32)},
    **dict(zip("\a\b\f\n\r\t\v", (rf"\{letter}" for letter in "abfnrtv"), strict=True)),
}


def plain(named: str) -> str:
    """The path without what was pasted around it."""
    named = _trimmed(named)
    while len(named) > 1 and named[0] + named[-1] in _PAIRS:
        named = _trimmed(named[1:-1])
    if named[:5].lower() == "file:":
        named = _of_address(named[5:])
    return os.path.expanduser(named)  # noqa: PTH111 - as text, so that "./" stays


def spellings(named: str) -> Iterator[str]:
    """Other paths that may have been meant by ``named``, the likeliest first."""
    written = "".join(_ESCAPED.get(letter, letter) for letter in named)
    seen = "".join(letter for letter in written if not _unseen(letter))
    for each in dict.fromkeys((written, seen, plain(seen.strip(_QUOTES)))):
        yield each
        yield each.replace("\\ ", " ")  # as a shell has it
        yield each.replace("\\", "/")  # as Windows has it
        if path := _in_other_letters(Path(each.replace("\\", "/"))):
            yield str(path)


def control_letter(named: str) -> str:
    """The first letter that Python made of a backslash, as it was written; "" if there is none."""
    return next((_ESCAPED[letter] for letter in named if letter in _ESCAPED), "")


def unseen_letter(named: str) -> str:
    """The first letter that takes no room, as ``U+200B``; "" if there is none."""
    return next((f"U+{ord(letter):04X}" for letter in named if _unseen(letter)), "")


def lone_quote(named: str) -> str:
    """The quote at one end only; "" if there is none."""
    return next((named[at] for at in (0, -1) if named and named[at] in _QUOTES), "")


def _unseen(letter: str) -> bool:
    return unicodedata.category(letter) == "Cf"


def _trimmed(named: str) -> str:
    """Without blanks, line ends and unseen letters at either end; Windows copies U+202A along."""
    return re.sub(rf"^{_EDGE}|{_EDGE}$", "", named)


_EDGE: Final = r"(?:\s|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff])+"


def _of_address(rest: str) -> str:
    """The path behind ``file:``; of another computer only where the system has such names."""
    if rest.startswith("//"):
        host, slash, path = rest[2:].partition("/")
        rest = slash + path if host.lower() in {"", "localhost"} else rest
    path = unquote(rest)
    return path[1:] if re.match(r"/[A-Za-z]:", path) else path


def _in_other_letters(path: Path) -> Path | None:
    """The only path that differs in upper and lower case, or in how accents are written."""
    if os.path.lexists(path):
        return path
    if path.parent == path or (folder := _in_other_letters(path.parent)) is None:
        return None
    try:
        same = [each for each in folder.iterdir() if _folded(each.name) == _folded(path.name)]
    except OSError:
        return None
    return same[0] if len(same) == 1 else None


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
