"""Files that appear whole or not at all: written beside their place, and moved there by one rename.

Whoever reads meanwhile finds the one before; of what was not finished nothing stays.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadFile
from glmkit.texts import text


@contextmanager
def moved_into_place(target: Path, *, private: bool = False) -> Iterator[Path]:
    """Give a file beside ``target`` to write, which takes its place when all went well.

    ``private``: its owner alone may read it; on Windows, as its folder's rights say.
    Raises OSError.
    """
    name = f".{target.name}.{os.getpid()}-{threading.get_ident()}.tmp"
    beside = target.with_name(name)
    try:
        if private:
            os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield beside
        beside.replace(target)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


@contextmanager
def whole_file(
    target: Path, *, refused: str = "recordings.not_written", private: bool = False
) -> Iterator[Path]:
    """The same; what the system refuses is BadFile, in the sentence ``refused``.

    ``private``: also with its folder, if there is none.
    """
    try:
        if private:
            target.parent.mkdir(parents=True, exist_ok=True)
        with moved_into_place(target, private=private) as beside:
            yield beside
    except OSError as error:
        raise BadFile(text(refused, path=target, why=why_refused(error))) from error
