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

_PAIRS: Final = ('""', "''", "``", "“”", "‘’", "„“", "«»", "「」", "『』", "＂＂", "<>")
_DOUBLE: Final = '"“”„＂'  # apostrophes stand in front of names, too
_QUOTES: Final = "".join(_PAIRS)
#: What Python makes of a backslash in quotes, and the letters it was made of.
_ESCAPED: Final = {
    **{chr(code): rf"\{code:o}" for code in range(32)},
    **dict(zip("\a\b\f\n\r\t\v", (rf"\{letter}" for letter in "abfnrtv"), strict=True)),
}


def plain(named: str) -> str:
    """The path without what was pasted around it."""
    named = re.sub(r"^&\s*(?=['\"])", "", _trimmed(named))  # PowerShell's, of a dragged file
    while len(named) > 1 and named[0] + named[-1] in _PAIRS:
        named = _trimmed(named[1:-1])
    if named[:5].lower() == "file:":
        named = _of_address(named[5:])
    return os.path.expanduser(named)  # noqa: PTH111 - as text, so that "./" stays


def spellings(named: str) -> Iterator[str]:
    """Other paths that may have been meant by ``named``, the likeliest first."""
    written = "".join(_ESCAPED.get(letter, letter) for letter in named)
    seen = "".join(letter for letter in written if not _unseen(letter))
    bare = plain(seen.strip(_QUOTES))
    narrow = unicodedata.normalize("NFKC", bare).replace("。", ".")  # of a Chinese keyboard
    for each in filter(None, dict.fromkeys((written, seen, bare, narrow))):
        yield each
        yield each.replace("\\ ", " ")  # as a shell has it
        slashed = each.replace("\\", "/")  # as Windows has it
        yield slashed
        yield _DRIVE.sub(lambda drive: f"/mnt/{drive[1].lower()}/", slashed)  # seen from WSL
        if path := _in_other_letters(Path(slashed)):
            yield str(path)


def is_address(named: str) -> bool:
    """Whether it is the address of something that is not on this computer."""
    return re.match(r"(?!file:)[a-z][a-z0-9+.-]+://", named, re.IGNORECASE) is not None


def is_of_windows(named: str) -> bool:
    """Whether it begins with a drive, on a system that has none."""
    return os.name != "nt" and _DRIVE.match(named) is not None


def control_letter(named: str) -> str:
    """The first letter that Python made of a backslash, as it was written; "" if there is none."""
    return next((_ESCAPED[letter] for letter in named if letter in _ESCAPED), "")


def unseen_letter(named: str) -> str:
    """The first letter that only copying brings along, as ``U+200B``; "" if there is none."""
    return next((f"U+{ord(letter):04X}" for letter in re.findall(_COPIED, named)), "")


def lone_quote(named: str) -> str:
    """The quote at one end only; "" if there is none."""
    return next((named[at] for at in (0, -1) if named and named[at] in _DOUBLE), "")


def _unseen(letter: str) -> bool:
    return unicodedata.category(letter) == "Cf"


def _trimmed(named: str) -> str:
    """Without blanks and unseen letters at either end, and line ends behind.

    Windows copies U+202A along. A line end in front was a backslash: ``"\\test.wav"``.
    """
    return named.lstrip(_BLANKS).rstrip(_BLANKS + _LINE_ENDS)


_UNSEEN: Final = "".join(
    map(chr, (0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF))
)
_COPIED: Final = f"[{_UNSEEN}]"
_BLANKS: Final = f" \u00a0\u202f\u3000{_UNSEEN}"
_LINE_ENDS: Final = "\t\n\r\v\f"
_DRIVE: Final = re.compile(r"^([A-Za-z]):[\\/]")


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
