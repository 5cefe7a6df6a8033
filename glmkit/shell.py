"""What commands share: their streams, their warnings, a key from a file, and errors' words."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glmkit.errors import BadFile, Disconnected, GlmError, NoSpeech, TurnTimeout
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.masking import Secret

_CURES = {
    NoSpeech: "cli.cure_no_speech",
    TurnTimeout: "cli.cure_timeout",
    Disconnected: "cli.cure_disconnected",
}


def speak_utf8() -> None:
    """UTF-8 on stdout and stderr: a redirected stream would use the local code page."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def show_warning(message: Warning | str, *_: Any, **__: Any) -> None:
    """A warning as one line; where in the kit it arose helps nobody in a shell."""
    sys.stderr.write(f"glmkit: {message}\n")


def words_of(error: GlmError) -> str:
    """The error's own words; where they speak of Python's names, what to do in a shell instead."""
    for kind, cure in _CURES.items():
        if isinstance(error, kind) and (kind is NoSpeech or getattr(error, "turn", None)):
            from glmkit.explain import fact_and_cure

            return f"{fact_and_cure(str(error))[0]}: {text(cure)}"
    return str(error)


def key_from(path: Path | None) -> Secret | None:
    """The first key in a file: an argument would show it to everyone in the process list."""
    from glmkit.keys import keys_in

    return None if path is None else keys_in(path)[0]


def make_folder(folder: Path) -> None:
    """Make a folder for results. Raises BadFile where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadFile(text("cli.no_folder", path=folder, found=error.strerror)) from error
