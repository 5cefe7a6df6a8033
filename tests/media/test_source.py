"""Sources: bytes, or a clear error."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from glmkit.errors import BadAudio
from glmkit.media.clip import Clip

TONE = Clip.tone(440, 2)


def test_paths_that_are_no_file(tmp_path: Path) -> None:
    """A missing file, a folder and an address are told apart; a near name is offered."""
    TONE.write(tmp_path / "joke_zh.wav")
    with pytest.raises(BadAudio, match=r"did you mean joke_zh\.wav") as caught:
        Clip.read(tmp_path / "joke-zh.wav")
    assert caught.value.__suppress_context__  # one traceback, not two
    for source, words in (
        (tmp_path / "other.mp3", "no file other.mp3"),
        (tmp_path / "nowhere" / "a.wav", "there is no folder"),
        (tmp_path, "is a folder"),
        ("https://example.com/a.wav", "download it first"),
        ("a\0b", "cannot be read"),
        (3.5, "float"),
    ):
        with pytest.raises(BadAudio, match=words):
            Clip.read(source)  # type: ignore[arg-type]


def test_a_path_may_be_spelled_in_bytes(tmp_path: Path) -> None:
    """An object that is a path may say so in the bytes of the file system."""

    class Spelled:
        def __fspath__(self) -> bytes:
            return os.fsencode(tmp_path / "a.wav")

    TONE.write(tmp_path / "a.wav")
    assert Clip.read(Spelled()) == Clip.read(tmp_path / "a.wav")  # type: ignore[arg-type]


def test_files_that_give_no_bytes(tmp_path: Path) -> None:
    """Files in text mode, at their end or closed are told apart."""
    path = TONE.write(tmp_path / "a.wav")
    file = io.BytesIO(path.read_bytes())
    file.read()
    with pytest.raises(BadAudio, match="seek"):
        Clip.read(file)
    (tmp_path / "empty.wav").touch()
    for nothing in (tmp_path / "empty.wav", b""):
        with pytest.raises(BadAudio, match="0 bytes, expected") as caught:
            Clip.read(nothing)
        assert "seek" not in str(caught.value)
    file.close()
    with pytest.raises(BadAudio, match="closed file"):
        Clip.read(file)
    with path.open(encoding="latin-1") as words, pytest.raises(BadAudio, match='"rb"'):
        Clip.read(words)  # type: ignore[arg-type]
