"""What commands share: warnings, files, a key from one of those, and what a person agrees to."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadFile
from glmkit.media.source import existing_path, path_of
from glmkit.texts import text
from glmkit.texts.layout.lines import shown_on

if TYPE_CHECKING:
    from glmkit.auth.masking import Secret

HUNG_UP = 141  # the exit status of whoever writes to a reader that has gone, as SIGPIPE leaves it


def hang_up() -> int:
    """Nobody reads stdout any more (``| head -1``): write nowhere from now on; the exit status."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return HUNG_UP


def tell(words: str) -> None:
    """Words of the kit's on stderr: in a terminal they break between words, elsewhere they are
    one line, to be searched."""
    note(f"glmkit: {words}")


def note(words: str) -> None:
    """Words for the person at the terminal, on stderr: what is on stdout may be for programs."""
    sys.stderr.write(shown_on(sys.stderr, words) + "\n")
    sys.stderr.flush()


def say(words: str) -> None:
    """Words that were asked for, on stdout."""
    sys.stdout.write(shown_on(sys.stdout, words) + "\n")
    sys.stdout.flush()


def show_warning(message: Warning | str, *_: Any, **__: Any) -> None:
    """A warning's words; where in the kit it arose helps nobody in a shell."""
    tell(str(message))


def path_argument(named: str) -> Path:
    """An argument that names a file or a folder; argparse shows what is wrong with it."""
    try:
        return path_of(named)
    except BadFile as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def key_from(path: Path | None) -> Secret | None:
    """The first key in a file: an argument would show it to everyone in the process list."""
    from glmkit.auth.key_search import keys_in

    return None if path is None else keys_in(existing_path(path))[0]


def make_folder(folder: Path) -> None:
    """Make a folder for results. Raises BadFile where that cannot be."""
    with writing(folder, "cli.no_folder"):
        folder.mkdir(parents=True, exist_ok=True)


def write_file(path: Path, content: bytes) -> None:
    """Write a file of results. Raises BadFile where that cannot be."""
    with writing(path, "cli.no_file"):
        path.write_bytes(content)


def agreed(offer: str, *, already: bool, unattended: bool) -> bool:
    """Whether a person agrees to pay: said with ``--yes``, or asked where somebody can type."""
    if already:
        note(offer)
        return True
    streams = sys.stdin, sys.stdout, sys.stderr
    if unattended or not all(each is not None and each.isatty() for each in streams):
        return False
    sys.stderr.write(shown_on(sys.stderr, text("doctor.balance_ask", offer=offer)) + " ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes", "是"}


@contextmanager
def writing(path: Path, key: str) -> Iterator[None]:
    """What the system refuses inside raises BadFile, with the sentence ``key`` about ``path``."""
    try:
        yield
    except OSError as error:
        raise BadFile(text(key, path=path, found=why_refused(error))) from error
