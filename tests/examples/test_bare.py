"""examples/bare.py: a client of 80 lines that hears and saves an answer, and ends by itself."""

from __future__ import annotations

import ast
import asyncio
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import glmkit as glm
from glmkit.emulator.launch import Emulator
from tests.bare import DATA

SCRIPT = Path(__file__).parents[2] / "examples" / "bare.py"
STANDARD = sys.stdlib_module_names


def run(url: str, key: str, saved: Path, **own: str) -> subprocess.CompletedProcess[str]:
    """The script as a reader would run it; what would play the answer says which file it got."""
    return subprocess.run(
        [sys.executable, str(SCRIPT), str(DATA / "joke_en.wav"), str(saved)],
        env={**os.environ, "GLM_URL": url, "ZHIPU_API_KEY": key, "BROWSER": "echo %s", **own},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


def test_it_is_bare() -> None:
    """At most 80 lines; websockets, PyJWT and the standard library."""
    words = SCRIPT.read_text(encoding="utf-8")
    tree = ast.walk(ast.parse(words))
    names = {each.name for node in tree if isinstance(node, ast.Import) for each in node.names}
    assert len(words.splitlines()) <= 80
    assert names - STANDARD == {"jwt"}
    assert "glmkit" not in words


@pytest.mark.slow
@pytest.mark.parametrize(
    "profile", ["documented", pytest.param("observed-2026-09", marks=pytest.mark.long)]
)
def test_an_answer_is_heard_and_saved(profile: str, tmp_path: Path) -> None:
    """The file is given to what plays it, and has the samples that the kit's session gets."""
    saved = tmp_path / "the answer.wav"
    with Emulator.start(profile=profile) as emulator:
        found = run(emulator.url, emulator.key.reveal(), saved)
        assert emulator.check() == []
    with Emulator.start(profile=profile) as emulator:
        with glm.connect(emulator.url, api_key=emulator.key) as session:
            turn = session.say(glm.sample("joke_en"), speed=None)
    assert (found.returncode, found.stderr) == (0, "")
    assert turn.transcript in found.stdout
    assert saved.resolve().as_uri() in found.stdout
    assert glm.Clip.read(saved) == turn.audio


@pytest.mark.slow
def test_a_stranger_is_told_so(tmp_path: Path) -> None:
    """A key that nobody knows ends it with the status, and leaves no file."""
    with Emulator.start() as emulator:
        found = run(emulator.url, f"nobody.{'0' * 16}", tmp_path / "a.wav")
    assert found.returncode != 0
    assert "401" in found.stderr
    assert not (tmp_path / "a.wav").exists()


@pytest.mark.slow
def test_an_error_in_mid_upload_ends_it(tmp_path: Path) -> None:
    """It reads while it sends, so what the server objects to is seen."""
    with Emulator.start(faults=["arrears"]) as emulator:
        found = run(emulator.url, emulator.key.reveal(), tmp_path / "a.wav")
    assert found.returncode != 0
    assert "refused" in found.stderr


@pytest.mark.slow
def test_a_server_that_says_nothing_keeps_nobody(tmp_path: Path) -> None:
    """Every wait has its end: here the one for the first event."""
    ready, done = threading.Event(), threading.Event()
    url: list[str] = []

    async def silent() -> None:
        from websockets.asyncio.server import serve

        async with serve(lambda socket: socket.wait_closed(), "127.0.0.1", 0) as server:
            url.append(f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}/")
            ready.set()
            await asyncio.to_thread(done.wait, 60)

    thread = threading.Thread(target=asyncio.run, args=(silent(),))
    thread.start()
    try:
        assert ready.wait(10)
        found = run(url[0], f"some.{'0' * 16}", tmp_path / "a.wav", GLM_WAIT="0.5")
    finally:
        done.set()
        thread.join(10)
    assert found.returncode != 0
    assert "TimeoutError" in found.stderr
