"""``glmkit relay`` and ``glmkit class`` in a terminal: first lines, keys, ends, after a kill."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

import pytest

import glmkit as glm
from glmkit.cli.commands import main
from glmkit.emulator.launch import Emulator
from tests.cli.processes import command, free_port, line
from tests.listed import check_each

pytestmark = pytest.mark.slow


def key_file(folder: Path, emulator: Emulator) -> str:
    path = folder / "service.key"
    path.write_text(emulator.key.reveal(), encoding="utf-8")
    return str(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to catch")
def test_a_relay_records_and_ends_cleanly(tmp_path: Path, glm_emulator: Emulator) -> None:
    """Its address first; the made key on stderr; the service's key nowhere; status 0."""
    words = ["relay", "--to", glm_emulator.url, "--key-file", key_file(tmp_path, glm_emulator)]
    with command(*words, "--port", "0", "--save", str(tmp_path / "kept")) as process:
        url = line(process)
        assert process.stderr is not None
        key = process.stderr.readline().split()[-1]
        with glm.connect(url, api_key=key) as session:
            said = session.ask("tell me a joke").transcript
        process.send_signal(signal.SIGTERM)
        out, errors = process.communicate(timeout=20)
        assert process.returncode == 0
    [kept] = (tmp_path / "kept").glob("*.glm")
    assert glm.Trace.load(kept).turns()[0].transcript == said
    assert glm_emulator.key.reveal().rpartition(".")[2] not in out + errors


def test_a_class_that_is_killed_goes_on_where_it_was(
    tmp_path: Path, glm_emulator: Emulator
) -> None:
    """Started again it has the same tokens and budgets; who was connected connects anew."""
    roster = tmp_path / "class.csv"
    roster.write_text("07,张三\n08,Li Si\n", encoding="utf-8")
    words = ["class", str(roster), "--to", glm_emulator.url, "--turns", "2"]
    words += ["--key-file", key_file(tmp_path, glm_emulator), "--port", str(free_port())]
    words += ["--host", "127.0.0.1", "--seats-json", str(tmp_path / "seats.json")]
    with command(*words) as process:
        url, page = line(process), line(process)
        assert page == url.replace("ws:", "http:").replace("/api/paas/v4/realtime", "/_class/")
        while not (tmp_path / "seats.json").exists():
            assert process.poll() is None
        seats = json.loads((tmp_path / "seats.json").read_text(encoding="utf-8"))
        session = glm.connect("class", api_key=seats[0]["line"], reconnect=20)
        assert session.ask("tell me a joke").status == "completed"
        process.kill()
        process.wait(10)
    with command(*words) as process, session:
        assert line(process) == url
        assert session.ask("tell me a joke").status == "completed"
        with pytest.raises(glm.errors.Rejected, match="2 turns"):
            session.ask("tell me a joke")
        assert session.peer == f"class → {_host(glm_emulator.url)}"


def _host(url: str) -> str:
    return url.partition("//")[2].partition("/")[0]


def test_what_a_class_cannot_be_is_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything listens, with status 2 and what to do."""
    roster = tmp_path / "class.csv"
    roster.write_text("07,A\n07,B\n", encoding="utf-8")
    good = tmp_path / "good.csv"
    good.write_text("07,A\n", encoding="utf-8")

    def check(words: str, *said: str) -> None:
        named = words.replace("ROSTER", str(roster)).replace("GOOD", str(good)).split()
        assert main(named) == 2
        shown = capsys.readouterr().err
        assert [each for each in said if each not in shown] == []

    check_each(
        check,
        [
            ("class ROSTER --to emulator", "line 2", "stands already"),
            ("class GOOD --to nowhere", "expected 'live'"),
            ("class GOOD --to emulator --from 9h", "9h", "08:30"),
            ("class GOOD --to emulator --from 09:00 --until 09:00", "--from", "--until"),
            ("class GOOD --to live", "no key was found"),
            ("relay --to emulator --certfile GOOD", "certificate", "PEM"),
            ("relay --to emulator --keyfile GOOD", "--certfile"),
            ("relay --to emulator --host 300.1.1.1", "300.1.1.1"),
        ],
    )
