"""The fixtures for other projects' tests, in a run of pytest of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from glmkit.verify.raw_client import text_message
from tests.inner_pytest import PLUGIN, pytest_run

#: What a project's tests would share: a client of a few lines.
CLIENT = f"""
import json
from websockets.sync.client import connect

def asked(emulator, **session):
    head = {{"Authorization": "Bearer " + emulator.key.reveal()}}
    with connect(emulator.url, additional_headers=head, proxy=None) as socket:
        for type, fields in (
            ("session.update", {{"session": session}}),
            ("conversation.item.create", {{"item": {text_message("你好")!r}}}),
            ("response.create", {{}}),
        ):
            socket.send(json.dumps({{"type": type, **fields}}))
        found = []
        while not found or found[-1]["type"] != "response.done":
            found.append(json.loads(socket.recv(timeout=10)))
    return [each["type"] for each in found]
"""


def client_run(folder: Path, tests: str, *words: str) -> tuple[int, str]:
    """A run of these tests of the client: its status, all it printed."""
    (folder / "client.py").write_text(CLIENT, encoding="utf-8")
    (folder / "test_client.py").write_text(f"from client import asked\n{tests}", encoding="utf-8")
    return pytest_run(folder, *words)


PASSING = """
import pytest
from glmkit.errors import BadArgument

def test_log(glm_emulator, glm_log):
    asked(glm_emulator, audio={"output": {"voice": "marin"}})
    assert [each.type for each in glm_log.came()] == [
        "session.update", "conversation.item.create", "response.create"]
    assert glm_log.wait_for("response.create").session
    assert len(glm_log.went("response.done")) == 1
    assert glm_log.notes("ignored")[0].detail["fields"] == ["session.audio.output.voice"]
    with pytest.raises(AssertionError, match="0 of 1 input_audio_buffer.commit .*session.update"):
        glm_log.wait_for("input_audio_buffer.commit", timeout=0)

def test_log_begins_with_the_test(glm_emulator, glm_log):
    assert glm_log.events() == []

def test_fault(glm_emulator, glm_faults):
    assert glm_emulator.faults.active() == {}
    glm_faults.set("gateway", times=9)
    with pytest.raises(Exception, match="502"):
        asked(glm_emulator)

def test_fault_is_over(glm_emulator):
    assert glm_emulator.faults.active() == {}
    assert "response.done" in asked(glm_emulator)
"""


@pytest.mark.slow
def test_emulator_faults_and_log_are_fixtures(tmp_path: Path) -> None:
    """One emulator, the log and the faults of each test; also one a worker under xdist."""
    for words in ((), ("-p", "xdist", "-n", "2")):
        status, said = client_run(tmp_path, PASSING, *words)
        assert "4 passed" in said, said
        assert status == 0


FAILING = """
import pytest

def test_before(glm_emulator):
    asked(glm_emulator, instructions="of another test")

def test_key(glm_emulator):
    url = glm_emulator.url + "?Authorization=" + glm_emulator.key.reveal()
    print("opening", url)
    asked(glm_emulator, tracing="auto")
    raise ValueError(glm_emulator.key.reveal().partition(".")[2])

def test_elsewhere():
    assert not "of other things"
"""


@pytest.mark.slow
def test_a_failure_shows_the_log_of_its_test_and_no_key(tmp_path: Path) -> None:
    """What crossed the wire, what was ignored; keys in output, locals and messages are masked."""
    key = "0123456789abcdef0123456789abcdef.KEYOFTHISVERYTEST"[:49]
    own = f"""
import pytest

@pytest.fixture(scope="session")
def glm_switches():
    return {{"key": {key!r}}}
"""
    (tmp_path / "conftest.py").write_text(own, encoding="utf-8")
    status, said = client_run(tmp_path, FAILING, "--showlocals", "--glm-profile", "documented")
    assert status == 1
    assert "2 failed, 1 passed" in said, said
    assert said.count("glmkit emulator") == 1
    log = said.partition("glmkit emulator")[2]
    assert log.count("> session.update") == 1
    assert "< response.done" in log
    assert "session.tracing" in log
    assert key.partition(".")[2] not in said


@pytest.mark.slow
def test_the_profile_is_an_option_and_the_fixtures_say_what_they_are(tmp_path: Path) -> None:
    """--glm-profile, glm_profile in an ini file; pytest --fixtures shows what there is."""
    observed = (
        "def test_it(glm_emulator):\n    assert 'conversation.created' in asked(glm_emulator)\n"
    )
    nested = observed.replace(
        "(glm_emulator)\n", "(glm_emulator, beta_fields={'chat_mode': 'audio'})\n"
    )
    assert client_run(tmp_path, nested)[0] == 0
    assert client_run(tmp_path, nested, "--glm-profile=observed-2026-09")[0] == 1
    (tmp_path / "pytest.ini").write_text("[pytest]\nglm_profile = no-such\n", encoding="utf-8")
    status, said = client_run(tmp_path, nested)
    assert status == 1
    assert "observed-2026-09" in said
    shown = client_run(tmp_path, "", "--fixtures")[1]
    assert all(name in shown for name in ("glm_emulator", "glm_faults", "glm_log", "glm_switches"))


@pytest.mark.slow
def test_a_project_that_uses_none_of_it_pays_for_an_import_alone() -> None:
    """Neither the emulator nor anything heavy is loaded with the plugin."""
    code = (
        f"import pytest, sys; before = set(sys.modules); import {PLUGIN}; "
        "print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    loaded = set(done.stdout.split())
    assert not loaded & {
        "numpy",
        "websockets",
        "glmkit.errors",
        "glmkit.emulator.launch",
        "asyncio",
    }
    assert len(loaded) < 20, loaded
