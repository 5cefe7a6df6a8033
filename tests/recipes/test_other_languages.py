"""docs/other-languages.md: each client has a written and a spoken turn, by the command shown."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from glmkit.emulator.launch import Emulator, FaultControl
from glmkit.emulator.watched_log import WatchedLog
from tests.bare import DATA
from tests.recipes.documents import DOCS, blocks

HERE = Path(__file__).parent
GO_SOURCES = Path("/usr/share/gocode/src/github.com/gorilla/websocket")
#: Recipe → its folder, and what it takes that not every machine has. ``.ci/run`` installs it.
CLIENTS = {
    "node": shutil.which("node") and (DOCS.parent / "node_modules" / "ws").exists(),
    "go": shutil.which("go") and GO_SOURCES.exists(),
    "python_official": True,
}


def command(folder: str) -> list[str]:
    """The last line of the block that names the recipe's file."""
    [file] = (
        (HERE / folder).iterdir() if folder != "python_official" else [HERE / folder / "talk.py"]
    )
    shown = [each.splitlines()[-1] for each in blocks("other-languages.md", "sh")]
    [line] = [each for each in shown if file.name in each]
    return shlex.split(line)


def run(folder: str, emulator: Emulator, answer: Path) -> subprocess.CompletedProcess[str]:
    """The client as a reader would run it; the key is in its environment alone."""
    files = {"question.wav": str(DATA / "joke_en.wav"), "answer.wav": str(answer)}
    words = [files.get(word, word) for word in command(folder)]
    if words[0] == "python":
        words[0] = sys.executable
    own = {"GLM_URL": emulator.url, "GLM_KEY": emulator.key.reveal()}
    go = {"GO111MODULE": "off", "GOPATH": str(GO_SOURCES.parents[3]), "GOFLAGS": ""}
    return subprocess.run(
        words,
        cwd=HERE / folder,
        env={**os.environ, **go, **own},
        capture_output=True,
        encoding="utf-8",
        timeout=240,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "folder",
    [
        pytest.param(
            name, marks=pytest.mark.skipif(not there, reason=f"no {name} here, see .ci/run")
        )
        for name, there in CLIENTS.items()
    ],
)
def test_a_client_writes_speaks_and_saves_the_answer(
    folder: str,
    glm_emulator: Emulator,
    glm_faults: FaultControl,
    glm_log: WatchedLog,
    tmp_path: Path,
) -> None:
    """All that it sends is read; whatever goes wrong, it says so and ends."""
    answer = tmp_path / "answer.wav"
    done = run(folder, glm_emulator, answer)
    assert done.returncode == 0, done.stderr
    assert re.search(r"^said: .*2", done.stdout, re.MULTILINE), done.stdout
    assert re.search(r"^heard: .*joke", done.stdout, re.MULTILINE | re.IGNORECASE)
    with wave.open(str(answer)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (24_000, 1, 2)
        assert file.getnframes() > 24_000
    assert glm_log.notes("ignored") == []
    for fault, settings, words in (
        ("arrears", {}, "1113"),
        ("gateway", {}, "502"),
        ("cut", {"after": 1}, ""),
    ):
        glm_faults.set(fault, **settings)
        stopped = run(folder, glm_emulator, tmp_path / "none.wav")
        assert stopped.returncode != 0, fault
        assert words in stopped.stderr
        assert "Traceback" not in stopped.stderr, stopped.stderr
        assert glm_emulator.key.reveal() not in stopped.stderr + stopped.stdout
        glm_faults.clear()


def test_both_languages_show_the_same_commands() -> None:
    """And every client is shown."""
    assert blocks("other-languages.md", "sh") == blocks("other-languages.zh-CN.md", "sh")
    assert all(command(folder) for folder in CLIENTS)
