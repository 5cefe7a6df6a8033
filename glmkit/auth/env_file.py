"""Reads keys from a ``.env`` file, as editors of all three systems save it, and writes one.

Windows' Notepad adds a byte-order mark or ``.txt``, PowerShell's ``>`` writes UTF-16: all are read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from dotenv import dotenv_values

from glmkit.auth.masking import Secret
from glmkit.environment.saved_text import text_in
from glmkit.environment.system_refusals import why_refused
from glmkit.environment.whole_files import moved_into_place
from glmkit.errors import warn
from glmkit.texts import text

_FILES = (".env", ".env.txt")
_LONGEST = 1 << 20  # bytes: nothing larger is a .env


def secrets_near(folder: Path, names: Sequence[str]) -> Iterator[tuple[Secret, Path]]:
    """Each value of ``names`` set in a .env of ``folder`` or a parent, the nearest first."""
    for place in (folder, *folder.parents):
        for path in (place / name for name in _FILES):
            values = _values(path)
            yield from ((values[name], path) for name in names if values.get(name))


def save(path: Path, name: str, secret: Secret) -> Path | None:
    """Sets ``name`` in the .env at ``path``; other lines stay. Readable by its owner only.

    Where the folder is in a git work tree and its .gitignore does not name .env, it is added
    there, and the .gitignore's path is returned.
    """
    path = path.resolve()
    lines = _read(path).splitlines() if path.exists() else []
    mine = re.compile(rf"\s*(export\s+)?{re.escape(name)}\s*=")
    kept = [line for line in lines if not mine.match(line)]
    with moved_into_place(path, private=True) as beside:
        content = Secret("\n".join([*kept, f"{name}={secret.reveal()}", ""]))
        beside.write_text(content.reveal(), encoding="utf-8", newline="\n")
    return _ignore(path)


def _values(path: Path) -> dict[str, Secret]:
    try:
        if not path.is_file() or path.stat().st_size > _LONGEST:
            return {}
        content = _read(path)
    except OSError as error:
        words = text("auth.unreadable", path=path, why=why_refused(error))
        warn(words)
        return {}
    values = dotenv_values(stream=io.StringIO(content), interpolate=False)
    return {name: Secret.of((value or "").strip()) for name, value in values.items()}


def _read(path: Path) -> str:
    return text_in(path.read_bytes(), errors="replace")


def _ignore(path: Path) -> Path | None:
    if not any((place / ".git").exists() for place in path.parents):
        return None
    ignore = path.parent / ".gitignore"
    content = ignore.read_text(encoding="utf-8") if ignore.exists() else ""
    if any(line.strip().lstrip("/") in {".env", ".env*", "*.env"} for line in content.splitlines()):
        return None
    gap = "" if content.endswith("\n") or not content else "\n"
    ignore.write_text(f"{content}{gap}{path.name}\n", encoding="utf-8", newline="\n")
    return ignore
