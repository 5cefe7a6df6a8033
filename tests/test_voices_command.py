"""``glmkit voices``: status, install, remove and export, as lines and exit statuses."""

from __future__ import annotations

import hashlib
import io
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import glmkit as glm
from glmkit.cli import main
from glmkit.emulator.weights import models
from glmkit.emulator.weights.catalogue import File, Model, Source
from glmkit.errors import BadArgument
from glmkit.voices_command import run

WEIGHTS = bytes(range(256)) * 10_000  # 2.56 MB


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A cache of its own, and no folder of the user's."""
    monkeypatch.delenv("GLMKIT_MODELS", raising=False)
    monkeypatch.setenv("GLMKIT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "models"


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """A catalogue of one small model, which a real server has."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "tiny.onnx").write_bytes(WEIGHTS)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(shelf)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    digest = hashlib.sha256(WEIGHTS).hexdigest()
    file = File("tiny.onnx", len(WEIGHTS), digest, ("tiny.onnx",))
    source = Source("a shelf", "web", (file,), base=f"http://127.0.0.1:{server.server_port}")
    model = Model("tiny", ("testing", "测试"), "MIT", ("*.onnx",), (source,))
    monkeypatch.setattr(models, "MODELS", {"tiny": model})
    yield "tiny"
    server.shutdown()
    server.server_close()


def test_status_says_what_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    """With an empty cache each model has a line, and the last one says what to do."""
    assert main(["voices", "status"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[:2]] == ["whisper-base", "kokoro"]
    assert all(line.endswith("not in place") for line in lines[:2])
    assert "glmkit voices install" in lines[2]
    assert "196 MB" in lines[2]


def test_status_is_in_columns_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wide letters are padded as a terminal shows them."""
    from glmkit.doctor.layout import width

    monkeypatch.setenv("GLMKIT_LANG", "zh")
    lines = list(run("status"))[:2]
    starts = [line.index("MIT" if "MIT" in line else "Apache") for line in lines]
    assert len({width(line[:start]) for line, start in zip(lines, starts, strict=True)}) == 1


def test_a_model_is_installed_seen_exported_removed_and_brought_back(
    tiny: str, cache: Path, tmp_path: Path
) -> None:
    """The four commands are each other's opposites, on real files from a real server."""
    assert "not in place" in next(run("status"))
    assert str(cache / tiny) in "".join(run("install"))
    assert (cache / tiny / "tiny.onnx").read_bytes() == WEIGHTS
    assert list(run("status")) == [f"tiny     3 MB  testing  MIT  {cache / tiny}"]
    assert str(tmp_path / "stick") in "\n".join(run("export", folder=tmp_path / "stick"))
    assert list(run("remove")) == [f"removed {cache / tiny}"]
    assert list(run("remove")) == ["nothing was in place"]
    assert list(run("install", source=tmp_path / "stick", offline=True))
    assert models.find(tiny) == cache / tiny


def test_a_terminal_gets_a_bar_and_a_pipe_does_not(
    tiny: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is fetched is shown as it comes, only where someone looks."""
    for stream, expected in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        assert list(run("install"))
        assert (tiny in stream.getvalue()) == expected
        assert ("100%" in stream.getvalue()) == expected
        list(run("remove"))


def test_install_without_a_network_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Offline, a missing model is the user's to fix: status 2, and how."""
    monkeypatch.setenv("GLMKIT_OFFLINE", "1")
    assert main(["voices", "install"]) == 2
    assert "--from" in capsys.readouterr().err
    assert main(["voices", "install", "--from", str(Path.cwd() / "nothing")]) == 2


def test_a_folder_of_the_users_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, tiny: str, tmp_path: Path
) -> None:
    """What GLMKIT_MODELS names is never removed, and said to be there."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "own.onnx").write_bytes(b"own")
    monkeypatch.setenv("GLMKIT_MODELS", str(tmp_path / "mine"))
    [line] = run("remove")
    assert "left alone" in line
    assert (tmp_path / "mine" / "own.onnx").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"do": "export"}, "DIR"),
        ({"do": "install", "folder": Path("x")}, "--from"),
        ({"do": "status", "folder": Path("x")}, "no folder"),
        ({"do": "remove", "source": Path("x")}, "--from"),
        ({"do": "burn"}, "status"),
    ],
)
def test_words_that_do_not_go_together(words: dict[str, object], said: str) -> None:
    """Each is refused at once, with what was expected."""
    with pytest.raises(BadArgument, match=said):
        run(**words)  # type: ignore[arg-type]


def test_voices_are_still_a_list() -> None:
    """``glm.voices()`` gives the voices, although a room of the same name was imported."""
    assert "tongtong" in {voice.name for voice in glm.voices()}
