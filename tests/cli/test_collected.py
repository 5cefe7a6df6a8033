"""``glmkit collect``: a class's recordings, for whoever reads them in a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from glmkit.cli.commands import main
from glmkit.texts.layout.text_width import width_of
from tests.listed import check_each
from tests.pictured import a_trace


@pytest.fixture
def homework(tmp_path: Path) -> Path:
    """A recording with a finding, one without, of another peer, and one that is none."""
    a_trace(1, peer="replay").save(tmp_path / "a.glm", who="韩梅梅")
    a_trace(2).save(tmp_path / "b.glm")
    (tmp_path / "none.glm").write_bytes(b"junk")
    return tmp_path


def test_the_table_is_in_the_readers_words(
    homework: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Titles, peers and zero points; wide and narrow; nothing of a file that could not be read."""

    def check(lang: str, columns: int, said: tuple[str, ...], unsaid: tuple[str, ...]) -> None:
        monkeypatch.setenv("GLMKIT_LANG", lang)
        monkeypatch.setenv("COLUMNS", str(columns))
        assert main(["collect", str(homework)]) == 0
        shown = capsys.readouterr().out
        assert [part for part in said if part not in shown] == []
        assert [part for part in unsaid if part in shown] == []
        wide = [line for line in shown.splitlines() if width_of(line) > columns]
        assert [line for line in wide if str(homework) not in line] == []

    chinese = ("韩梅梅", "对端", "仿真器", "回放", "提交（commit）", "不是本工具的录制文件")
    english = ("counted from", "emulator", "replay", "the commit", "is no recording")
    check_each(
        check,
        [
            ("zh", 110, chinese, ("commit ", "emulator", "median", "NaN")),
            ("zh", 40, chinese, ("诊断：–",)),
            ("en", 110, english, ("NaN", "nan")),
        ],
    )


def test_none_found_is_another_thing_than_not_looked_for(
    homework: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A whole recording without findings has 0 of them; a file that is no recording has a dash."""
    monkeypatch.setenv("COLUMNS", "110")
    main(["collect", str(homework)])
    last = {
        words[0]: words[-1]
        for line in capsys.readouterr().out.splitlines()
        if len(words := line.split()) > 8
    }
    assert (last["b.glm"], last["none.glm"]) == ("0", "–")
