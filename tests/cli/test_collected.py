"""``glmkit collect``: a class's recordings, for whoever reads them in a terminal."""

from __future__ import annotations

import csv
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


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    """Two pupils' hand-ins of a lesson, one of them twice, and one whose score is nonsense."""
    once = {"right": True, "tries": 1, "first_right": 1, "hints": 0, "opened": False}
    late = {"right": True, "tries": 3, "first_right": 3, "hints": 2, "opened": True}
    never = {"right": False, "tries": 2, "first_right": None, "hints": 1, "opened": False}

    def put(seat: str, number: int, who: str, of: object, tried: object) -> None:
        trace = a_trace(1, peer="class → file")
        trace.about["hand_in"] = {"lesson": "03", "voice": False, "of": of, "tried": tried}
        (tmp_path / seat).mkdir(exist_ok=True)
        trace.save(tmp_path / seat / f"03-{number}.glm", who=who)

    put("seat-07", 2, "07 张三", 5, {"03-1": once})
    put("seat-07", 10, "07 张三", 5, {"03-1": once, "03-2": late, "03-3": never})
    put("seat-08", 1, "08 Li Si", "many", {"03-1": {"tries": float("1e9"), "right": "yes"}, "x": 1})
    return tmp_path


def test_hand_ins_are_a_line_a_pupil_and_lesson(
    handed_in: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last one counts; score, tries, hints and each exercise in the reader's words; as CSV."""
    monkeypatch.setenv("COLUMNS", "110")
    table = handed_in / "table.csv"
    main(["collect", str(handed_in), "--csv", str(table)])
    shown = capsys.readouterr().out
    [row] = [line.split() for line in shown.splitlines() if line.startswith("07 张三")]
    assert row[:8] == ["07", "张三", "03", "10", "2/5", "1", "6", "3"]
    assert "03-2 right (try 3), hints: 2, model answer read; 03-3 not yet right" in " ".join(
        shown.split()
    )
    [other] = [line.split() for line in shown.splitlines() if line.startswith("08 Li Si")]
    assert other[3:8] == ["03", "1", "0/1", "0", "0"]
    rows = list(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert [(r["lesson"], r["right"], r["of"], r["number"]) for r in rows] == [
        ("03", "2", "5", "10"),
        ("03", "0", "1", "1"),
    ]
    monkeypatch.setenv("GLMKIT_LANG", "zh")
    monkeypatch.setenv("COLUMNS", "60")
    main(["collect", str(handed_in)])
    chinese = capsys.readouterr().out
    for words in ("答对：2/5", "03-1 答对（第 1 次）", "以最后一份为准"):
        assert words in chinese


def test_where_nothing_can_be_collected_is_said(
    homework: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No such folder, a file, and a folder without a recording are three things."""
    (homework / "empty").mkdir()

    def check(name: str, said: str) -> None:
        assert main(["collect", str(homework / name)]) == 2
        assert said in capsys.readouterr().err

    check_each(
        check,
        [
            ("nowhere", "there is no folder"),
            ("a.glm", "is a file, expected the folder"),
            ("empty", "found no recording (*.glm) below"),
        ],
    )
