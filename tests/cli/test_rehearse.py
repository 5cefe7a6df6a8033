"""``glmkit rehearse``: what it prints and writes, and the status that tells CI."""

from __future__ import annotations

from pathlib import Path

import pytest

from glmkit.cli import main
from glmkit.emulator.launch import Emulator
from tests.lab.rehearsed import a_script
from tests.lab.test_junit import strictly
from tests.listed import check_each


@pytest.fixture
def peer(glm_emulator: Emulator, tmp_path: Path) -> list[str]:
    """Whom to play to, as typed."""
    key = tmp_path / "key.txt"
    key.write_text(glm_emulator.key.reveal(), encoding="utf-8")
    return ["--to", glm_emulator.url, "--key-file", str(key), "--written"]


def test_the_status_tells_what_came_of_it(
    peer: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """0 where all passed, 1 where something failed, 2 where nothing could be run."""
    report, rows = tmp_path / "x.xml", tmp_path / "x.jsonl"
    files = ["--junit", str(report), "--out", str(rows)]
    assert main(["rehearse", "en/tutor", *peer, *files]) == 0
    assert "9 of 9 lines passed · emulator" in capsys.readouterr().out
    strictly(report)
    assert len(rows.read_text(encoding="utf-8").splitlines()) == 9
    wrong = a_script(tmp_path, '  - {text: "Hello!", expects: {words: [never]}}')
    assert main(["rehearse", str(wrong), *peer, "--runs", "2"]) == 1
    assert "0 of 1 lines passed" in capsys.readouterr().out
    broken = a_script(tmp_path, "  - {txt: x}", "broken.yaml")
    assert main(["rehearse", str(broken), *peer]) == 2
    assert "broken.yaml, line 14" in capsys.readouterr().err


def test_what_is_wrong_on_the_line_is_told(
    peer: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line, before anything is played."""

    def check(*words: str) -> None:
        assert main(["rehearse", "en/tutor", *peer, *words]) == 2
        assert capsys.readouterr().err.count("\n") == 1

    folder = str(tmp_path / "none" / "x")
    check_each(
        check,
        [
            ("--runs", "0"),
            ("--pass-rate", "2"),
            ("--emulator", "=4"),
            ("--emulator", "pace=4"),  # that one runs already
            ("--yuan", "-1"),
            ("--minutes", "nan"),
            ("--junit", folder),
            ("--out", folder),
            ("--plot", folder),
        ],
    )


def test_without_a_script_the_kits_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """In the language that is asked for."""
    assert main(["rehearse", "--lang", "zh"]) == 0
    said = capsys.readouterr().out
    assert "mock_interview：模拟面试" in said
    assert "不是医生" in said.replace("\n  ", "")


@pytest.mark.slow
def test_a_figure_is_drawn(peer: list[str], tmp_path: Path) -> None:
    """Into the file that was named."""
    picture = tmp_path / "x.png"
    assert main(["rehearse", "en/tutor", *peer, "--plot", str(picture)]) == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
