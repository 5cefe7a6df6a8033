"""Many recordings, a turn for each: from folders, patterns and bundles, gone on with."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import glmkit as glm
from glmkit.cli.commands import main
from glmkit.emulator.launch import Emulator
from glmkit.errors import BadArgument, GlmWarning
from glmkit.media.sample_files import folder
from glmkit.turns.trace import Trace

HELLO = folder() / "hello_en.wav"


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """Eleven recordings of a second in two folders, one that is broken, and one that is none."""
    folder = tmp_path / "通话 calls"
    (folder / "later").mkdir(parents=True)
    glm.Clip.read(HELLO)[:1.0].write(folder / "0.wav")
    for number in range(1, 11):
        shutil.copy(folder / "0.wav", folder / ("later" if number > 6 else "") / f"{number}.WAV")
    (folder / "broken.wav").write_bytes(b"RIFF and no more")
    (folder / "notes.txt").write_text("no sound", encoding="utf-8")
    return folder


def settings(emulator: Emulator) -> dict[str, Any]:
    return {
        "connect": {"to": emulator.url, "api_key": emulator.key},
        "speed": None,
    }


@pytest.mark.slow
def test_a_folder_is_answered_and_gone_on_with(
    glm_emulator: Emulator, calls: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row and a bundle for each; what cannot be read is a row with its error, tried anew."""
    out, save = tmp_path / "rows.jsonl", calls / "answers"
    options = {**settings(glm_emulator), "out": out, "save": save}
    table = glm.lab.answer_all(calls, **options).set_index("recording")
    assert len(table) == 12
    failed = table[table["error"] != ""]
    assert list(failed.index) == ["broken.wav"]
    assert "BadAudio" in failed.loc["broken.wav", "error"]
    assert table.loc["later/9.WAV", "input_seconds"] == pytest.approx(1.0, abs=0.05)
    assert table["peer"].drop("broken.wav").eq("emulator").all()
    assert "12 recordings, 0.2 minutes of sound" in capsys.readouterr().out
    [turn] = Trace.load(save / "later" / "9.WAV.glm").turns()
    assert turn.transcript == table.loc["later/9.WAV", "transcript"]
    shutil.copy(calls / "0.wav", calls / "broken.wav")
    again = glm.lab.answer_all(calls, **options)
    assert len(again) == 12
    assert (again["error"] == "").all()
    assert len(out.read_text(encoding="utf-8").splitlines()) == 13


@pytest.mark.slow
def test_patterns_lists_and_bundles(glm_emulator: Emulator, calls: Path, tmp_path: Path) -> None:
    """A pattern's names are below its folder; of a bundle each spoken turn is said anew."""
    options = settings(glm_emulator)
    assert set(glm.lab.answer_all(str(calls / "l*" / "*.WAV"), **options)["recording"]) == {
        f"later/{n}.WAV" for n in range(7, 11)
    }
    bundle = tmp_path / "talk.glm"
    with glm.connect(**options["connect"]) as session:
        session.say(HELLO, speed=None)
        session.ask("hi")
        session.say(calls / "0.wav", speed=None)
        session.save(bundle)
    table = glm.lab.answer_all([bundle, calls / "0.wav", calls / "0.wav"], **options)
    assert len(table) == 3
    spoken = table[table["recording"].str.contains("#")].sort_values("recording")
    assert spoken["recording"].str.endswith(("#1", "#3")).all()
    assert (table["error"] == "").all()


@pytest.mark.slow
def test_the_command_says_what_it_will_take_and_what_came(
    glm_emulator: Emulator, calls: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 1 where something failed, which is named; 0 once it was mended."""
    key = tmp_path / "key"
    key.write_text(glm_emulator.key.reveal(), encoding="utf-8")
    out = tmp_path / "rows.parquet"
    to = ["--to", glm_emulator.url, "--key-file", str(key)]
    words = ["answer", str(calls), "--unpaced", *to, "--out", str(out)]
    assert main(words) == 1
    said = capsys.readouterr().out
    assert "11 of 12 answered" in said
    assert "n = 11 · emulator" in said
    assert "broken.wav: BadAudio" in said.replace("\n", " ")
    assert glm_emulator.key.reveal() not in said
    (calls / "broken.wav").unlink()
    assert main(words) == 0
    assert "11 of 11 answered" in capsys.readouterr().out


@pytest.mark.slow
def test_the_command_bounds_what_can_cost_something(
    calls: Path, glm_emulator: Emulator, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Of the emulator's nothing does: what is stated stops something."""
    one = ["answer", str(calls / "0.wav"), "--unpaced"]
    assert main([*one, "--to", "emulator"]) == 0
    assert "¥5" not in capsys.readouterr().out
    key = tmp_path / "key"
    key.write_text(glm_emulator.key.reveal(), encoding="utf-8")
    assert main([*one, "--to", glm_emulator.url, "--key-file", str(key)]) == 0
    assert "¥5" in capsys.readouterr().out


def test_one_budget_ends_it(glm_emulator: Emulator, calls: Path) -> None:
    """And is stated first."""
    (calls / "broken.wav").unlink()
    with pytest.warns(GlmWarning, match=r"turns: 2 of 2"):
        table = glm.lab.answer_all(
            calls, budget=glm.Budget(yuan=None, turns=2), at_once=1, **settings(glm_emulator)
        )
    assert len(table) == 2


def test_what_holds_no_sound_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is connected to."""
    (tmp_path / "empty").mkdir()
    nothing = [tmp_path / "empty", [], "*.nothing", str(tmp_path / "**x" / "*.wav"), "no such"]
    for wrong in nothing:
        with pytest.raises(BadArgument):
            glm.lab.answer_all(wrong)
    for kind in (None, 5, b"x", {"a": 1}):
        with pytest.raises(BadArgument, match="expected a folder"):
            glm.lab.answer_all(kind)  # type: ignore[arg-type]
    for options in ({"speed": 0}, {"speed": "x"}, {"at_once": 0}, {"connect": "emulator"},
                    {"connect": {"voise": 1}}, {"save": 5}, {"tries": 0}):  # fmt: skip
        with pytest.raises(BadArgument):
            glm.lab.answer_all(HELLO, **options)  # type: ignore[arg-type]
    assert capsys.readouterr().out == ""
