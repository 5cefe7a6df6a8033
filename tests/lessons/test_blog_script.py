"""Lesson 13: scripts run as they are, each stage's fault measured, and mended in the next."""

from __future__ import annotations

import ast
import io
import itertools
import os
import re
import sys
import tokenize
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import glmkit as glm
from glmkit.errors import BadArgument, BadFile
from glmkit.lessons import ScriptRun, copy_script, plot_scripts, run_script, run_scripts, script
from glmkit.lessons import script_change as change
from glmkit.lessons.script_texts import NAMES
from glmkit.texts import unfilled
from glmkit.turns.trace import Clock, Trace
from tests.listed import check_each

STRICT = {"pace": 0, "commit_under_server_vad": "ignore"}
LENIENT = {"pace": 0, "lenient_wav": True, "lenient_ms": True}
WORD = 1.2  # seconds of a question: enough for a VAD to hear it begin and end

# -- the scripts themselves ----------------------------------------------------------------


def test_a_script_is_small_and_needs_no_kit() -> None:
    """websockets, PyJWT and the standard library, 80 lines; the one with the kit 15."""
    check_each(_is_small, [(name,) for name in NAMES])


def _is_small(name: str) -> None:
    found = script(name)
    nodes = [*ast.walk(ast.parse(found.source))]
    names = {each.name for node in nodes if isinstance(node, ast.Import) for each in node.names}
    names |= {str(n.module).split(".")[0] for n in nodes if isinstance(n, ast.ImportFrom)}
    with_kit = name == "with_kit"
    assert names - sys.stdlib_module_names == ({"glmkit"} if with_kit else {"jwt", "websockets"})
    assert len(found.lines) <= (15 if with_kit else 80)


def test_each_stage_is_a_small_step() -> None:
    """A few lines come or go, and what is shown of them makes one script of the other."""
    stages = NAMES[: NAMES.index("bare")]
    check_each(_is_a_small_step, [*itertools.pairwise(stages)])


def _is_a_small_step(before: str, after: str) -> None:
    found = change(before, after)
    assert 1 <= found.size <= 22
    gone = [line for sign, line in found.lines if sign == "-"]
    come = [line for sign, line in found.lines if sign == "+"]
    assert set(gone) <= set(script(before).lines)
    assert set(come) <= set(script(after).lines)


def test_a_script_is_read_in_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it begins with and every comment; its code is that of the file which runs."""
    monkeypatch.setenv("GLMKIT_LANG", "zh")
    check_each(_is_read_in_chinese, [(name,) for name in NAMES])
    monkeypatch.setenv("GLMKIT_LANG", "en")
    files = [script(name).path.read_text(encoding="utf-8") for name in NAMES]
    assert [script(name).source for name in NAMES] == files
    said = [*unfilled("stages.about_").values(), *unfilled("stages.comment_").values()]
    assert [words for words in said if not any(words in file for file in files)] == []


def _is_read_in_chinese(name: str) -> None:
    read, file = script(name).source, script(name).path.read_text(encoding="utf-8")
    words = [ast.get_docstring(ast.parse(read)), *_of_kind(read, tokenize.COMMENT)]
    assert [each for each in words if not re.search(r"[\u4e00-\u9fff]", each or "")] == []
    assert (
        ast.dump(ast.parse(read)).split("))", 1)[1] == ast.dump(ast.parse(file)).split("))", 1)[1]
    )
    assert len(read.splitlines()) == len(file.splitlines())


def _of_kind(source: str, kind: int) -> list[str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return [token.string for token in tokens if token.type == kind]


def test_a_script_of_ones_own_is_read_with_its_key_masked(tmp_path: Path) -> None:
    """What was hard-coded is not shown, in the text, the card or the diff."""
    key = f"{'0a' * 16}.{'S3cretS3cretS3cr'}"
    mine = tmp_path / "<b>我的.py"
    mine.write_text(f'KEY = "{key}"\nprint("<i>")\n', encoding="utf-8")
    shown = [script(mine), change("bare", mine)]
    cards = [each._repr_mimebundle_()["text/html"] for each in shown]
    for words in (*map(repr, shown), *cards):
        assert "S3cret" not in words
        assert "KEY" in words
    assert "<i>" not in cards[0]
    assert "<b>" not in cards[0].replace("<b>glm", "")


def test_a_copy_may_be_changed_and_stays(tmp_path: Path) -> None:
    """It is written once; what was changed in it is not overwritten."""
    place = copy_script("7_sound", tmp_path / "mine.py")
    assert place.read_text(encoding="utf-8") == script("7_sound").source
    assert change("7_sound", place).lines == ()
    assert "…" not in script("bare")._repr_mimebundle_()["text/plain"].partition("\n")[2]
    place.write_text("print()", encoding="utf-8")
    assert copy_script("bare", place) == place
    assert script(place).source == "print()"
    with pytest.raises(BadFile, match="no way"):
        copy_script("bare", tmp_path / "nowhere" / "mine.py")


def test_what_is_no_script_is_refused(tmp_path: Path) -> None:
    """With the names of those there are."""
    (tmp_path / "notes.txt").write_text("print()", encoding="utf-8")
    (tmp_path / "odd.py").write_bytes(b"\xff\xfe\x00")
    bad = (None, 3, float("nan"), [], "8_none", "", tmp_path, tmp_path / "notes.txt")
    check_each(_is_refused, [(each,) for each in (*bad, tmp_path / "gone.py", tmp_path / "odd.py")])


def _is_refused(name: Any) -> None:
    with pytest.raises(BadArgument):
        script(name)


# -- as processes --------------------------------------------------------------------------


@pytest.mark.slow
def test_each_stage_has_its_fault_and_the_next_one_not() -> None:
    """From not let in, over hanging, refused and drifting, to an answer that is saved."""
    word = glm.sample("joke_en")[:WORD]
    with glm.Emulator.start(**STRICT) as strict, glm.Emulator.start(**LENIENT) as lenient:
        refused = run_script("blog_like", word, to=strict)
        patience = min(max(4.0, 4 * refused.seconds), 60.0)  # at this machine's pace just now
        hanging = {"blog_like": lenient, "1_token": strict, "2_reads": lenient}
        blog, token, reads = run_scripts(hanging, word, seconds=2 * patience)
        ending = ("2_reads", "3_ends", "4_samples", "5_pace", "6_silence", "7_sound")
        places: dict[Any, Any] = dict.fromkeys(ending, strict)
        places[script("3_ends").path] = lenient
        heard, ends_strict, samples, pace, silence, sound, ends = run_scripts(
            places, word, seconds=min(120, 10 * patience), patience=patience
        )
    assert refused.trace is None
    assert (refused.ended, refused.status) == (True, 1)
    assert "401" in refused.lines[-1]
    # the token is mended: let in, and nobody reads
    assert not blog.ended
    assert not token.ended
    assert len(token.errors) > 1
    # it reads: one error is enough; and where there is none it waits for ever
    assert heard.status == 1
    assert 0 < len(heard.errors) < len(token.errors)
    assert any("refused" in line and "1214" in line for line in heard.lines)
    assert not reads.ended
    # it ends; the format is still that of files
    assert (ends.ended, ends.status) == (True, 0)
    assert ends_strict.errors[0].data["error"]["code"] == "1214"
    assert "headerless_wav" in blog.explain().names
    # samples: no error, but it drifts, which moments fixed beforehand do not
    assert samples.errors == pace.errors == []
    took = [e.at for e in samples.trace.select("input_audio_buffer.append")]
    drifted = "upload_drift" in samples.explain().names
    assert drifted or took[-1] - took[0] > 3 * WORD  # a machine so busy that it is called a pause
    assert fallen_behind(pace) < fallen_behind(samples) / 2
    # nobody says that the turn is over: no answer, and it gives up
    assert "TimeoutError" in pace.lines[-1]
    assert answers(pace) == []
    # silence: an answer, and nobody decodes it
    assert (silence.ended, silence.status, answers(silence)) == (True, 0, ["completed"])
    assert silence.audio is None
    # decoded and saved
    assert (sound.ended, sound.status, sound.errors) == (True, 0, [])
    assert sound.audio == sound.turns[-1].audio


def fallen_behind(run: ScriptRun) -> float:
    """How far an upload fell behind from its first third to its last, in seconds: by the chunk of
    each that was least late. A busy machine holds up single chunks, drift all that follow."""
    assert run.trace is not None
    late = glm.lessons.drift(run.trace).late
    third = len(late) // 3
    return min(late[-third:]) - min(late[:third])


def answers(run: ScriptRun) -> list[str]:
    """How the answers ended that came."""
    assert run.trace is not None
    return [e.inner("response")["status"] for e in run.trace.select("response.done")]


@pytest.mark.slow
def test_bare_and_the_kit_end_by_themselves_with_the_same_sound() -> None:
    """Both are heard, both save what the emulator said, and neither leaves anything to explain."""
    with glm.Emulator.start(**STRICT) as strict:
        both = run_scripts(
            {"bare": strict, "with_kit": strict}, glm.sample("joke_en"), seconds=60, patience=20
        )
    for run in both:
        assert (run.ended, run.status, run.errors) == (True, 0, [])
        assert run.peer.startswith("emulator (")
        assert set(run.explain().names) <= {"upload_drift"}  # a busy machine drifts
        assert run.turns[-1].transcript in "\n".join(run.lines)
        assert run.turns[-1].peer == "emulator"  # as the relay recorded it, not what it saved
        assert run.audio == run.turns[-1].audio


@pytest.mark.slow
def test_the_exercises_take_what_their_answers_say(tmp_path: Path) -> None:
    """A copy with 300 ms of silence, one that commits, and not the one that nobody changed."""
    whole = script("7_sound").source
    silence = whole.replace('"server_vad"', '"server_vad", "silence_duration_ms": 300')
    last = "  # a moment fixed beforehand\n"
    commits = "".join(
        f'    await send(socket, "{type}")\n'
        for type in ("input_audio_buffer.commit", "response.create")
    )
    client = whole.replace("server_vad", "client_vad").replace(last, last + commits)
    client = "\n".join(line for line in client.splitlines() if "sound += bytes" not in line)
    places: dict[Any, Any] = {}
    with glm.Emulator.start(**STRICT) as strict:
        for name, source in (("same", whole), ("silence", silence), ("client", client)):
            (tmp_path / f"{name}.py").write_text(source, encoding="utf-8")
            places[tmp_path / f"{name}.py"] = strict
        same, changed, commit = run_scripts(places, glm.sample("joke_en"), seconds=60, patience=20)
    assert glm.check("13-2", changed)
    assert glm.check("13-3", commit)
    assert not glm.check("13-2", same)
    assert not glm.check("13-3", same)


@pytest.mark.slow
def test_what_a_script_writes_is_shown_without_a_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader's key is not given away, the relay's is masked; a traceback is its last line."""
    for name in ("ZHIPU_API_KEY", "ZAI_API_KEY"):
        monkeypatch.setenv(name, f"{'0a' * 16}.{'S3cretS3cretS3cr'}")
    monkeypatch.setenv("GLMKIT_CLASS", "ws://seat-07.abcdefghjkmnpqrstu@192.168.1.20:8123")
    mine = tmp_path / "mine.py"
    mine.write_text(
        'import os, sys\nprint("key", os.environ["ZHIPU_API_KEY"], len(sys.argv))\n'
        'print({"ZAI_API_KEY", "GLMKIT_CLASS"} & {*os.environ})\n'
        'sys.stdout.buffer.write(b"\\xff\\n")\nraise ValueError("中文 of $x$")\n',
        encoding="utf-8",
    )
    with glm.Emulator.start() as emulator:
        run = run_script(mine, glm.sample("joke_en"), to=emulator, seconds=30)
    shown = capsys.readouterr().out
    assert (run.ended, run.status, run.trace, run.audio) == (True, 1, None, None)
    assert "S3cret" not in shown + "".join(run.lines) + repr(run)
    assert run.lines[0].startswith("key ")
    assert run.lines[0].endswith(" 3")
    assert len(run.lines[0]) < 40  # no key is so short
    assert run.lines[1] == "set()"
    assert "│ ValueError: 中文 of $x$" in shown
    assert "Traceback" not in shown
    assert any("Traceback" in line for line in run.lines)
    with pytest.raises(BadArgument, match="not let in"):
        run.explain()


@pytest.mark.slow
def test_a_script_that_closes_its_output_is_stopped_all_the_same(tmp_path: Path) -> None:
    """Its end is the process's, not that of what it writes."""
    mine = tmp_path / "deaf.py"
    mine.write_text("import os, time\nos.close(1), os.close(2)\ntime.sleep(60)\n", encoding="utf-8")
    with glm.Emulator.start() as emulator:
        run = run_script(mine, glm.sample("joke_en"), to=emulator, seconds=1)
    assert (run.ended, run.status, run.lines) == (False, None, ())
    assert run.seconds < 30


def test_what_cannot_be_run_is_refused() -> None:
    """Before anything is started: scripts, clip, seconds, peers."""
    word = glm.sample("joke_en")
    bad: list[tuple[Any, Any, dict[str, Any]]] = [
        ({}, word, {}),
        (["bare"], word, {}),
        (None, word, {}),
        ({"bare": "emulator"}, None, {}),
        ({"bare": "emulator"}, "joke.wav", {}),
        ({"bare": "emulator"}, glm.Clip.silence(0), {}),
        *(
            ({"bare": "emulator"}, word, {name: value})
            for name in ("seconds", "patience")
            for value in (0, -1, float("nan"), float("inf"), 1e9, "3", None, True)
        ),
        ({"bare": 3}, word, {}),
        ({"bare": "nobody"}, word, {}),
    ]
    check_each(_cannot_be_run, bad)


def _cannot_be_run(scripts: Any, clip: Any, options: dict[str, Any]) -> None:
    with pytest.raises(BadArgument):
        run_scripts(scripts, clip, **options)


# -- drawn ---------------------------------------------------------------------------------


def a_run(name: str = "bare", *, ended: bool = True, status: int | None = 0) -> ScriptRun:
    trace = Trace(Clock(0, 0), peer="emulator", model="")
    for type, at in (("input_audio_buffer.append", 0.2), ("input_audio_buffer.append", 1.2)):
        trace.add(glm.Event(type, {"audio": ""}, direction="client", at=at))
    trace.add(glm.Event("error", {"error": {"code": "1214"}}, direction="server", at=0.4))
    trace.add(glm.Event("response.audio.delta", {"delta": ""}, direction="server", at=1.5))
    return ScriptRun(name, "emulator (pace=0)", ended, status, 2.0, (), trace, None, began=0.0)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_lane_shows_sending_answer_error_and_end(
    monkeypatch: pytest.MonkeyPatch, language: str, theme: Any
) -> None:
    """A row a run, named; how many ended, and whom they reached, above."""
    monkeypatch.setenv("GLMKIT_LANG", language)
    runs = [a_run("4_samples", status=1), a_run("1_token", ended=False, status=None), a_run()]
    ax = plot_scripts(runs, theme=theme)
    ax.figure.draw_without_rendering()  # type: ignore[union-attr]
    assert [each.get_text() for each in ax.get_yticklabels()] == ["4_samples", "1_token", "bare"]
    assert "2" in ax.get_title(loc="left")
    bars = [patch for patch in ax.patches if patch.get_width() > 0.5]
    assert [round(patch.get_x(), 2) for patch in bars] == [0.2, 0.2, 0.2]
    assert sum(bool(patch.get_hatch()) for patch in ax.patches) == 1
    status = {"en": "status 1", "zh": "退出码 1"}[language]
    assert [each.get_text() for each in ax.texts if each.get_text() == status] == [status]


def test_lanes_of_one_script_are_told_apart() -> None:
    """By how their emulators take things, else by whom they reached, and last by a number."""
    lenient = replace(a_run(), peer="emulator (lenient_ms, pace=0)")
    runs = [a_run(), lenient, replace(a_run(), peer="live"), a_run(), a_run("7_sound")]
    names = [each.get_text() for each in plot_scripts(runs).get_yticklabels()]
    assert names[:2] == ["bare · strict", "bare · lenient"]
    assert names[2].startswith("bare · ")
    assert names[2] not in names[:2]
    assert names[3:] == ["bare · strict (2)", "7_sound"]


def test_what_is_no_run_is_not_drawn() -> None:
    """Said, with what was found."""
    for bad in (None, [], "bare", 3, [3], [a_run(), None], [a_run()] * 17, float("nan")):
        with pytest.raises(BadArgument, match="found "):
            plot_scripts(bad)  # type: ignore[arg-type]


def test_a_run_says_how_it_ended_and_against_whom() -> None:
    """In one line, with the counts of messages and errors."""
    assert "ended by itself after 2.0 s with status 0" in repr(a_run())
    assert "had not ended after 2.0 s" in repr(a_run(ended=False, status=None))
    assert "up: 2, down: 2, errors among them: 1. Peer: emulator (pace=0)" in repr(a_run())
    assert os.linesep not in repr(a_run())
