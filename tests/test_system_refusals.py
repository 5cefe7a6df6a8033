"""What the operating system refuses is told in the reader's language, in every place."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

import glmkit as glm
from glmkit.auth.key_search import keys_in
from glmkit.cli.console import make_folder, write_file
from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadFile, GlmError
from glmkit.lab.row_files import RowFile
from glmkit.protocol.script_file import read_script
from glmkit.recordings.recording import Recording
from glmkit.texts.system import TEXTS
from glmkit.turns.trace import Clock, Trace
from tests.listed import check_each

NUMBERS = [key.removeprefix("system.errno_") for key in TEXTS if ".errno_" in key]


def test_a_common_refusal_is_worded_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its number, whatever the system calls it; nothing of the system's own words is left."""
    for lang, place in (("en", 0), ("zh", 1)):
        monkeypatch.setenv("GLMKIT_LANG", lang)
        for name in NUMBERS:
            error = OSError(getattr(errno, name), "the system's own words")
            assert why_refused(error) == TEXTS[f"system.errno_{name}"][place]


def test_what_no_table_knows_is_quoted() -> None:
    """A rare number, words without a number, and no words at all each say what there is."""
    assert why_refused(OSError(errno.ENOTTY, "no typewriter")) == "no typewriter"
    assert why_refused(ValueError("embedded null byte")) == "embedded null byte"
    assert why_refused(OSError()) == "OSError"
    assert "UTF-8" in why_refused(UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"))
    assert why_refused(socket.gaierror(-2, "unknown")) == "no such host was found"


def refused_places(folder: Path) -> dict[str, Callable[[], object]]:
    """Calls that find a folder where a file should be, or a file where a folder should be."""
    a_folder, below_a_file = folder / "folder.json", folder / "file" / "x"
    a_folder.mkdir()
    (folder / "folder.wav").mkdir()
    (folder / "file").write_text("", encoding="utf-8")
    trace = Trace(Clock(1.7e9, 10.0), peer="emulator", model="m")
    return {
        "keys": lambda: keys_in(a_folder),
        "clip": lambda: glm.Clip.tone(440, 0.1).write(folder / "folder.wav"),
        "saving": lambda: trace.save(below_a_file),
        "page": lambda: trace.page(folder / "file" / "x.html"),
        "rows": lambda: RowFile(a_folder).append({}),
        "recording": lambda: Recording(trace, folder / "file" / "x.glm"),
        "script": lambda: read_script(a_folder),
        "a command's folder": lambda: make_folder(below_a_file),
        "a command's file": lambda: write_file(a_folder, b""),
    }


@pytest.mark.skipif(os.name == "nt", reason="Windows calls a folder a file without permission")
def test_every_place_says_it_in_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading and writing, in the kit and in its commands: but for names, no English is left."""
    monkeypatch.setenv("GLMKIT_LANG", "zh")
    calls = refused_places(tmp_path)
    check_each(_says_it_in_chinese, [(name, call, tmp_path) for name, call in calls.items()])


def _says_it_in_chinese(name: str, call: Callable[[], object], folder: Path) -> None:
    with pytest.raises(GlmError) as caught:
        call()
    words = str(caught.value).replace(str(folder), "")
    known = [TEXTS[f"system.errno_{each}"][1] for each in ("EISDIR", "ENOTDIR")]
    assert any(each in words for each in known), (name, words)
    assert isinstance(caught.value, BadFile)
