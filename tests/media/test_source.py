"""Sources: bytes, or a clear error."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from glmkit import lab
from glmkit.cli.console import key_from, path_argument
from glmkit.errors import BadAudio, BadFile, BadPicture
from glmkit.media.clip import Clip
from glmkit.media.pictures import jpeg_frame
from glmkit.media.source import existing_path, path_of
from glmkit.recordings.replay_settings import recording_at
from glmkit.turns.trace import Clock, Trace
from tests.listed import check_each

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
        ("a" * 5_000, "cannot be used"),
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


HERE = Path("data", "test.wav")


@pytest.fixture
def pasted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file in the folder where the cell runs, which is the home folder, too."""
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data" / "my voice").mkdir(parents=True)
    TONE.write(tmp_path / "data" / "my voice" / "caf\u00e9.wav")
    return TONE.write(tmp_path / HERE)


def test_a_pasted_path_is_taken_for_what_it_means(pasted: Path) -> None:
    """What was pasted around a path is no part of it; another spelling of what is there is it."""

    def check(given: str, meant: Path) -> None:
        assert existing_path(given).resolve() == (pasted.parent.parent / meant).resolve()
        assert len(Clip.read(given)) == len(TONE)

    spaced = Path("data", "my voice", "caf\u00e9.wav")
    whole, other = str(pasted), str(pasted.parent.parent / spaced)
    around = [f'"{whole}"', f"'{whole}'", f"\u201c{whole}\u201d", f' "{whole}" ', f"'\"{whole}\"'"]
    around += [f"\u202a{whole}", f"\ufeff{whole}\u202c", f"{whole}\n", f'"\u202a{whole}"']
    around += [f"& '{whole}'", f"<{whole}>"]
    near = [
        "ｄata／test。wav",
        "data/TEST.WAV",
        "Data\\Test.wav",
        "data\test.wav",
        f'"{whole}',
        "data/te\u200bst.wav",
    ]
    near += [
        "~/data/test.wav",
        pasted.as_uri(),
        f"file:{whole}",
        pasted.as_uri().replace("///", "//localhost/"),
    ]
    check_each(check, [(each, HERE) for each in (*around, *near)])
    spelled = [Path(other).as_uri(), other.replace("\u00e9", "e\u0301"), other.replace(" ", "\\ ")]
    check_each(check, [(each, spaced) for each in spelled])


def test_a_path_that_names_nothing_says_what_is_odd_about_it(pasted: Path) -> None:
    """Where no file can be meant, the cause is named: Python's escapes, quotes, unseen letters."""

    def check(given: str, words: str) -> None:
        with pytest.raises(BadAudio, match=words):
            Clip.read(given)

    escapes = [("data\nobody.wav", r"\\n"), ("data\x07.wav", r"\\a"), ("data\0.wav", r"\\0")]
    others = [('"data/none.wav', "quote"), ("data/no\u200bne.wav", r"U\+200B"), ("", "empty")]
    elsewhere = [('"https://a.example/b"', "download"), ("FTP://a.example/b", "download")]
    if os.name != "nt":
        elsewhere.append((r"C:\Users\me\none.wav", "path of Windows"))
    check_each(check, [*escapes, *others, *elsewhere, (' "" ', "empty")])


def test_whatever_takes_a_path_takes_it_pasted(pasted: Path) -> None:
    """Clips, recordings, keys and commands read a path alike; what is written is not guessed."""
    trace = Trace(Clock(0, 0), peer="emulator", model="glm-realtime")
    assert TONE.write('"~/out.wav"') == pasted.parent.parent / "out.wav"
    assert TONE.write("data/TEST.wav").name == "TEST.wav"
    assert Trace.load(f'"{trace.save("~/talk.glm")}"').peer == "emulator"
    for named in ('"~/talk.glm"', Path("TALK.glm").absolute().as_uri()):
        found = recording_at(named)
        assert found is not None
        assert found.samefile("talk.glm")
    assert path_argument("'~/out'") == pasted.parent.parent / "out"
    (pasted.parent / "key.txt").write_text("a.b", encoding="utf-8")
    secret = key_from(Path("data\\KEY.txt"))
    assert secret is not None
    assert secret.reveal() == "a.b"
    for call in (TONE.write, trace.save, trace.export, Trace.load, lab.collect):
        with pytest.raises(BadFile, match=r"\\t"):
            call("data\tnothing.wav")  # type: ignore[operator]
        for nothing in ("", '"new.wav', "n\u202aew.wav", "https://a.example/new.wav"):
            with pytest.raises(BadFile, match=r"empty|quote|U\+202A|address"):
                call(nothing)  # type: ignore[operator]


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


def test_a_new_name_is_what_was_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tab in front was a backslash, a backslash divides folders; long names cost no time."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadFile, match=r"\\t"):
        path_of("\test.wav")
    if os.sep == "/":
        assert path_of(r"out\x.wav") == Path("out/x.wav")
        (tmp_path / r"a\b.wav").touch()
        assert path_of(r"a\b.wav") == Path(r"a\b.wav"), "what is there is meant"
    assert path_of("  x.wav\n") == Path("x.wav")
    begun = time.process_time()
    with pytest.raises(BadFile):
        path_of("a" + " " * 200_000 + "b")
    assert time.process_time() - begun < 5  # its square would be minutes


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such pipes")
def test_what_has_no_end_is_not_read(tmp_path: Path) -> None:
    """A pipe would wait for whoever writes into it, a device has no end."""
    os.mkfifo(tmp_path / "pipe.wav")
    for path in (tmp_path / "pipe.wav", "/dev/zero"):
        with pytest.raises(BadAudio, match="pipe or a device"):
            Clip.read(path)
        with pytest.raises(BadPicture, match="pipe or a device"):
            jpeg_frame(path)


@pytest.mark.slow
def test_a_small_file_of_hours_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """Zeros are kept in next to nothing."""
    with soundfile.SoundFile(tmp_path / "long.flac", "w", 8_000, 1) as file:
        for _ in range(23):
            file.write(np.zeros(1 << 22, np.int16))
    with pytest.raises(BadAudio, match="lasts 3"):
        Clip.read(tmp_path / "long.flac")
