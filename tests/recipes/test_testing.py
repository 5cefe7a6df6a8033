"""docs/testing.md: its examples are the tests they say they are, its commands work."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from pathlib import Path

import pytest

from glmkit.emulator.launch import Emulator
from tests.inner_pytest import pytest_run
from tests.recipes.documents import blocks, code_of

DOCUMENTS = {"en": "testing.md", "zh": "testing.zh-CN.md"}


@pytest.mark.slow
@pytest.mark.parametrize("language", DOCUMENTS)
def test_the_examples_pass(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is written to the file that its first line names; in the reader's language."""
    monkeypatch.setenv("GLMKIT_LANG", language)
    examples = blocks(DOCUMENTS[language], "python")
    for block in examples:
        name = block.split()[1]
        (tmp_path / name).write_text(block, encoding="utf-8")
    status, said = pytest_run(tmp_path)
    assert "4 passed" in said, said
    assert status == 0


def test_both_languages_show_the_same_code() -> None:
    """But for what is said in it."""
    for kind in ("python", "sh"):
        english, chinese = (blocks(document, kind) for document in DOCUMENTS.values())
        assert [code_of(each) for each in english] == [code_of(each) for each in chinese]


def test_the_commands_do_what_is_said(glm_emulator: Emulator) -> None:
    """Run as they stand, with another port and key."""
    [lines] = blocks("testing.md", "sh")
    answers = [curl(line, glm_emulator) for line in lines.splitlines()]
    log, made, shown, cleared, anew = answers
    assert set(log) == {"now", "sessions", "ignored", "problems"}
    assert made == shown == {"gateway": {"value": 503.0, "times": 1}}
    assert cleared == anew == {}


def curl(line: str, emulator: Emulator) -> object:
    """What a command answers."""
    port = emulator.url.partition("127.0.0.1:")[2].partition("/")[0]
    words = shlex.split(line.replace("8765", port).replace("$KEY", emulator.key.reveal()))
    done = subprocess.run(
        [*words, "--silent", "--max-time", "10"],
        env={**os.environ, "NO_PROXY": "127.0.0.1"},
        capture_output=True,
        encoding="utf-8",
        timeout=20,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
