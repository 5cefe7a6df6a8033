"""What commands share: their streams, their warnings, their files, and a key from one of those."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glmkit.errors import BadFile
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.masking import Secret

HUNG_UP = 141  # the exit status of whoever writes to a reader that has gone, as SIGPIPE leaves it


def speak_utf8() -> None:
    """UTF-8 on stdout and stderr: a redirected stream would use the local code page."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started this, or a program without a console
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - kept open
            setattr(sys, name, nowhere)
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def hang_up() -> int:
    """Nobody reads stdout any more (``| head -1``): write nowhere from now on; the exit status."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return HUNG_UP


def show_warning(message: Warning | str, *_: Any, **__: Any) -> None:
    """A warning as one line; where in the kit it arose helps nobody in a shell."""
    sys.stderr.write(f"glmkit: {message}\n")


def key_from(path: Path | None) -> Secret | None:
    """The first key in a file: an argument would show it to everyone in the process list."""
    from glmkit.keys import keys_in

    return None if path is None else keys_in(path)[0]


def make_folder(folder: Path) -> None:
    """Make a folder for results. Raises BadFile where that cannot be."""
    with writing(folder, "cli.no_folder"):
        folder.mkdir(parents=True, exist_ok=True)


def write_file(path: Path, content: bytes) -> None:
    """Write a file of results. Raises BadFile where that cannot be."""
    with writing(path, "cli.no_file"):
        path.write_bytes(content)


@contextmanager
def writing(path: Path, key: str) -> Iterator[None]:
    """What the system refuses inside raises BadFile, with the sentence ``key`` about ``path``."""
    try:
        yield
    except OSError as error:
        raise BadFile(text(key, path=path, found=error.strerror or error)) from error
