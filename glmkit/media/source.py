"""The bytes behind a path, bytes or an open file, and a clear error for everything else.

Clips and pictures both begin here; each passes its own exception, so that a missing recording is
a ``BadAudio`` and a missing photograph a ``BadPicture``. Whatever else takes a path asks
``path_of`` for what it writes, ``existing_path`` for what it reads.
"""

from __future__ import annotations

import difflib
import os
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadArgument, BadAudio, BadFile
from glmkit.media import pasted_paths
from glmkit.texts import text


class Readable(Protocol):
    """An open binary file, or anything that reads like one."""

    def read(self) -> bytes:
        """Everything that is left in it."""


Source = str | os.PathLike[str] | bytes | bytearray | memoryview | Readable


@dataclass(frozen=True, slots=True)
class Loaded:
    """Bytes, and what to call them in an error."""

    data: bytes
    name: str


def load(source: object, *, error: type[BadArgument]) -> Loaded:
    """All bytes of ``source``. Raises ``error`` where there are none to be had."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        loaded = Loaded(bytes(source), text("media.bytes"))
    elif isinstance(source, (str, os.PathLike)):
        loaded = _from_path(os.fsdecode(source), error)
    elif hasattr(source, "read"):
        loaded = _from_file(source, error)
    else:
        raise error(text("media.kind", found=type(source).__name__))
    if not loaded.data:
        key = "media.read_before" if hasattr(source, "read") else "media.empty"
        raise error(text(key, name=loaded.name))
    return loaded


def bytes_of(data: object) -> bytes:
    """The bytes of bytes, or of what holds some. Raises BadAudio for everything else."""
    if isinstance(data, bytes):
        return data
    try:
        return bytes(memoryview(data))  # type: ignore[arg-type]
    except TypeError:
        raise BadAudio(text("media.not_bytes", found=type(data).__name__)) from None


def path_of(path: object) -> Path:
    """A file's name as a path, without what was pasted around it. Raises BadFile.

    There need not be a file; a name that none can have is refused.
    """
    named = _named(path)
    if named and _is_there(named):
        return Path(named)
    plain = pasted_paths.plain(named)
    if oddity := _oddity(named, plain):
        raise BadFile(oddity)
    if os.sep == "/" and not _is_there(plain):
        plain = plain.replace("\\", "/")  # nobody means a name with a backslash in it
    try:
        Path(plain).lstat()
    except (FileNotFoundError, NotADirectoryError):
        pass  # whoever opens it says so; most often it is still to be written
    except (OSError, ValueError) as why:
        reason = why_refused(why)
        raise BadFile(text("media.unusable", name=repr(plain), why=reason)) from None
    return Path(plain)


def _oddity(named: str, plain: str) -> str:
    """What is odd about a name under which nothing is; "" if nothing is odd."""
    shown = repr(plain)
    if not plain:
        return text("media.path_empty", found=repr(named))
    if pasted_paths.is_address(plain):
        return text("media.address")
    if letters := pasted_paths.control_letter(plain):
        return text("media.path_control", name=shown, letters=letters)
    if letter := pasted_paths.unseen_letter(plain):
        return text("media.path_unseen", name=shown, letter=letter)
    if quote := pasted_paths.lone_quote(plain):
        return text("media.path_quote", name=plain, quote=quote)
    if pasted_paths.is_of_windows(plain):
        return text("media.path_windows", name=plain, system=platform.system())
    return ""


def existing_path(path: object) -> Path:
    """What is there under a name, or under the one that must have been meant. Raises BadFile.

    Where nothing is, ``path_of`` the name.
    """
    named = _named(path)
    plain = pasted_paths.plain(named)
    if plain and not _is_there(named) and not _is_there(plain):
        meant = next(filter(_is_there, pasted_paths.spellings(plain)), None)
        return path_of(named) if meant is None else Path(meant)
    return path_of(named)


def _named(path: object) -> str:
    if not isinstance(path, (str, os.PathLike)):
        raise BadFile(text("media.no_path", found=type(path).__name__))
    return os.fsdecode(path)


def _is_there(named: str) -> bool:
    try:
        return os.path.lexists(named)
    except (OSError, ValueError):
        return False  # using it will say why


def _from_path(source: str, error: type[BadArgument]) -> Loaded:
    try:
        path = existing_path(source)
    except BadFile as why:
        raise error(str(why)) from None
    if _is_folder(path):
        raise error(text("media.folder", path=path))
    if _is_device(path):  # it has no end, or waits for whoever writes into it
        raise error(text("media.device", path=path))
    try:
        return Loaded(path.read_bytes(), path.name)
    except FileNotFoundError:  # the sentence says all of it: no second traceback
        raise error(_not_found(path)) from None
    except (OSError, ValueError) as why:
        raise error(_unreadable(str(path), why)) from None


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False  # reading it will say why


def _is_device(path: Path) -> bool:
    try:
        return path.exists() and not path.is_file()
    except (OSError, ValueError):
        return False  # reading it will say why


def _not_found(path: Path) -> str:
    folder = path.parent.resolve()
    if not folder.is_dir():
        return text("media.no_folder", name=path.name, folder=folder)
    near = difflib.get_close_matches(path.name, _names_in(folder), n=1, cutoff=0.75)
    if near:
        return text("media.near", name=path.name, folder=folder, near=near[0])
    return text("media.not_found", name=path.name, folder=folder)


def _names_in(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - names alone
    except OSError:
        return []


def _unreadable(name: str, why: Exception) -> str:
    return text("media.unreadable", name=name, why=why_refused(why))


def _from_file(source: Readable, error: type[BadArgument]) -> Loaded:
    name = getattr(source, "name", None)
    called = Path(name).name if isinstance(name, str) else text("media.file")
    try:
        data: object = source.read()
    except (OSError, ValueError) as why:
        raise error(_unreadable(called, why)) from None
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise error(text("media.text_mode", name=called, found=type(data).__name__))
    return Loaded(bytes(data), called)
