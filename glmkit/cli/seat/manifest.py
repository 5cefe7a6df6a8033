"""``SHA256SUMS``: the SHA-256 of every file of a pack, as ``sha256sum -c`` reads it, too."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from glmkit.cli.seat.halted import Halted
from glmkit.texts import text

FILE: Final = "SHA256SUMS"
_BLOCK: Final = 1 << 20


def write_manifest(pack: Path) -> None:
    """Write down every file there is but hidden ones, by one rename."""
    files = sorted(name for name in _names(pack) if name != FILE)
    lines = [f"{sha256_of(pack / name)}  {name}\n" for name in files]
    arriving = pack / f".{FILE}"
    arriving.write_text("".join(lines), encoding="utf-8", newline="\n")
    arriving.replace(pack / FILE)


def read_manifest(pack: Path) -> dict[str, str]:
    """The files and their hashes. Raises Halted where the pack was not finished."""
    try:
        lines = (pack / FILE).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Halted(text("seat.unfinished", folder=pack, found=error)) from None
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines) if name}


def damaged(
    pack: Path, wanted: Callable[[str], bool], seen: Callable[[int, int], object]
) -> list[str]:
    """The files that are not what the manifest says, each with what is wrong with it.

    ``seen`` is told how many of how many were read.
    """
    every = [(name, digest) for name, digest in read_manifest(pack).items() if wanted(name)]
    wrong = []
    for number, (name, digest) in enumerate(every, 1):
        if fault := _fault(pack / name, digest):
            wrong.append(text(f"seat.file_{fault}", name=name))
        seen(number, len(every))
    return wrong


def _fault(path: Path, digest: str) -> str:
    try:
        return "" if sha256_of(path) == digest else "damaged"
    except FileNotFoundError:
        return "missing"
    except OSError:  # a stick that is broken, or was pulled out
        return "unreadable"


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _names(pack: Path) -> Iterator[str]:
    for path in pack.rglob("*"):
        name = path.relative_to(pack)
        if path.is_file() and not any(part.startswith(".") for part in name.parts):
            yield name.as_posix()
