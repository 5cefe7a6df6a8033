"""A sweep ends at its minutes and its budget, over all calls that it takes, and keeps its rows."""

from __future__ import annotations

import json
import re
import threading
import time
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import glmkit as glm
from glmkit.errors import BadArgument, GlmWarning
from glmkit.lab.rows import Run
from glmkit.lab.run_pool import Terms, done
from glmkit.lab.spending import minutes_of
from glmkit.media.sample_files import folder
from glmkit.session.blocking.blocking_session import draw_progress
from tests.lab.tasks import asked, slow_to_answer
from tests.pictured import a_turn

GRID = {"number": range(200)}  # of 0.2 s each
SHORT = 0.7 / 60  # minutes, of which so many runs are never done


def live() -> glm.Turn:
    """3 s of sound, ¥0.009."""
    return a_turn(peer="live")


def rows_in(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


@pytest.mark.slow
@pytest.mark.parametrize("where", ["here", "threads", "executor", "processes"])
def test_no_run_begins_after_the_minutes_and_every_row_is_kept(where: str, tmp_path: Path) -> None:
    """The warning says how many are left and how to go on; none is done twice then."""
    with ExitStack() as open_until:
        check_the_minutes(open_until.enter_context(executor_of(where)), where, tmp_path)


def executor_of(where: str) -> Any:
    if where == "processes":
        return ProcessPoolExecutor(2, mp_context=get_context("spawn"))
    return ThreadPoolExecutor(2) if where == "executor" else ExitStack()


def check_the_minutes(executor: Any, where: str, place: Path) -> None:
    out = place / "runs.jsonl"
    options: dict[str, Any] = {"grid": GRID, "out": out, "at_once": 1 if where == "here" else 2}
    options |= {"executor": executor} if isinstance(executor, Executor) else {}
    if where == "processes":  # which begin by importing
        assert all(executor.map(slow_to_answer, range(2)))
    words = r"time is over .* holds \d+ of 200 runs; \d+ are left\. .*out= .*runs\.jsonl"
    with pytest.warns(GlmWarning, match=words):
        table = glm.lab.sweep(slow_to_answer, minutes=SHORT, warm_up=0, **options)
    assert 1 <= len(table) == len(rows_in(out)) < 100
    assert (table["error"] == "").all()
    options["grid"] = {"number": range(len(table) + 3)}
    whole = glm.lab.sweep(slow_to_answer, minutes=10, warm_up=0, **options)
    names = [row["run"] for row in rows_in(out)]
    assert len(names) == len(set(names))
    assert sorted(whole["number"]) == list(options["grid"]["number"])


def test_a_run_that_never_ends_is_left_when_its_grace_is_over() -> None:
    """It is no row; what ended is one, and nobody waits for the other."""
    ended = threading.Event()

    def task(number: int) -> dict[str, int]:
        if number == 1:
            ended.wait(60)
        return {"twice": 2 * number}

    runs = [Run({"number": number}, 0) for number in range(3)]
    terms = Terms(at_once=2, until=time.perf_counter() + 0.2, grace=0.2)
    try:
        found = [run.settings["number"] for run, _ in done(task, runs, terms)]
    finally:
        ended.set()
    assert found == [0, 2]


def test_what_waits_for_another_try_or_a_place_begins_no_more() -> None:
    """A run that the service refused as too much is not tried again after the time."""
    tried: list[int] = []

    def task(number: int) -> glm.Turn:
        tried.append(number)
        raise glm.errors.Rejected("too much at once", code="1302", peer="live")

    runs = [Run({"number": number}, 0) for number in range(3)]
    assert list(done(task, runs, Terms(at_once=3, until=time.perf_counter() + 0.05))) == []
    assert sorted(tried) == [0, 1, 2]


@pytest.mark.parametrize("wrong", [0, -1, float("nan"), float("inf"), "20", True, [20]])
def test_minutes_are_a_number_above_nothing(wrong: Any) -> None:
    """Anything else is refused before anything runs."""
    with pytest.raises(BadArgument, match="minutes"):
        glm.lab.repeat(live, minutes=wrong)
    with pytest.raises(BadArgument, match="minutes"):
        glm.lab.answer_all(folder() / "hello_en.wav", minutes=wrong)
    with pytest.raises(BadArgument, match="minutes"):
        glm.lab.rehearse("en/tutor", minutes=wrong, to="emulator")


# -- one budget over all calls ---------------------------------------------------------------


def test_a_later_call_goes_on_with_what_is_left_of_the_budget(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Warm-ups cost, too. What was spent is said first; with nothing left nothing is sent."""
    out, calls = tmp_path / "runs.jsonl", []

    def task() -> glm.Turn:
        calls.append(1)
        return live()

    budget = glm.Budget(yuan=0.045)  # five runs
    with pytest.warns(GlmWarning, match=r"¥0\.0[45] of 0\.045.* 4 of 20 runs; 16 are left"):
        glm.lab.repeat(task, 20, budget=budget, out=out)
    assert len(calls) == 5
    assert "spent before" not in capsys.readouterr().out
    with pytest.warns(GlmWarning, match="used up"):
        table = glm.lab.repeat(task, 20, budget=budget, out=out)
    assert len(calls) == 5
    assert len(table) == 4
    assert re.search(r"¥0\.0[45] of ¥0\.045 were spent before", capsys.readouterr().out)
    with pytest.warns(GlmWarning, match="8 of 20 runs"):
        glm.lab.repeat(task, 20, budget=glm.Budget(yuan=0.09), out=out)
    assert len(calls) == 10


def test_a_class_on_the_live_service_pays_too() -> None:
    """Whoever passes it on."""
    with pytest.warns(GlmWarning, match="¥0.0[12] of 0.02"):
        glm.lab.repeat(lambda: a_turn(peer="class → live"), 9, budget=glm.Budget(yuan=0.02))


def test_minutes_that_were_used_are_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those of a file without a note of them are those of its rows."""
    out = tmp_path / "runs.jsonl"
    glm.lab.repeat(live, 3, out=out)
    rows = [{**row, "date": f"2026-11-29T08:{n:02}:00+00:00", "took": 60.0} for n, row in
            enumerate(rows_in(out))]  # fmt: skip
    out.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (tmp_path / "runs.jsonl.about").unlink()
    with pytest.warns(GlmWarning, match=r"time is over \(3\.0 of 3 minutes\)"):
        assert len(glm.lab.repeat(live, 5, minutes=3, out=out)) == 3
    assert "3.0 of 3 minutes were spent before" in capsys.readouterr().out
    out.unlink()
    assert len(glm.lab.repeat(live, 5, minutes=3, out=out)) == 5  # begun anew
    assert "spent before" not in capsys.readouterr().out


def test_what_ran_side_by_side_took_its_minutes_once() -> None:
    """With the waits; a row without a date, or with one that is none, took nobody knows what."""
    rows = [
        {"date": "2026-11-29T08:00:00+00:00", "took": 90.0},
        {"date": "2026-11-29T08:01:00.000+00:00", "took": 60.0, "waited": 30.0},
        {"date": "2026-11-29T09:01:00+01:00", "took": 30},
        {"date": "2026-11-29T09:00:00+00:00", "took": 30.0, "waited": None},
        {"date": "yesterday", "took": 60.0},
        {"date": "2026-11-29T09:00:00+00:00", "took": "long"},
        {"error": "died"},
    ]
    assert minutes_of(rows) == pytest.approx(2.5)


def test_runs_side_by_side_pass_no_budget() -> None:
    """Those under way count before they end."""
    for at_once in (1, 4, 7):
        with pytest.warns(GlmWarning, match=r"turns: \d of 5"):
            table = glm.lab.sweep(
                slow_to_answer, grid=GRID, at_once=at_once, warm_up=0, budget=glm.Budget(turns=5)
            )
        assert len(table) == 5


def measured(voice: str, number: int) -> dict[str, float]:
    """What only the settings decide."""
    return {"cost": number + (voice == "b") * (number % 3) / 10}


def test_two_sittings_find_what_one_does(tmp_path: Path) -> None:
    """The same runs in the same order, the same table, the same difference and interval."""
    options: dict[str, Any] = {"grid": {"voice": ["a", "b"], "number": range(12)}, "seed": 5}
    one = glm.lab.sweep(measured, out=tmp_path / "one.jsonl", **options)
    two = tmp_path / "two.jsonl"
    with pytest.warns(GlmWarning, match="9 of 24 runs"):
        glm.lab.sweep(measured, out=two, budget=glm.Budget(turns=10), **options)
    again = glm.lab.sweep(measured, out=two, **options)
    columns = ["voice", "number", "repetition", "cost", "error"]
    assert again[columns].equals(one[columns])
    assert [row["run"] for row in rows_in(two)] == [
        row["run"] for row in rows_in(tmp_path / "one.jsonl")
    ]
    found, expected = (
        glm.lab.compare(t[t.voice == "a"], t[t.voice == "b"], "cost", statistic="mean", seed=5)
        for t in (again, one)
    )
    assert found == expected


def test_without_a_file_it_says_how_one_could_go_on() -> None:
    """As the first who is stopped asks."""
    with pytest.warns(GlmWarning, match=r"With out= a file"):
        glm.lab.repeat(live, 5, budget=glm.Budget(turns=2))


# -- what is not mixed -----------------------------------------------------------------------


def speak(session: glm.Session, words: str) -> glm.Turn:
    return session.ask(words)


@pytest.mark.slow
def test_rows_that_were_made_otherwise_are_not_mixed(glm_emulator: Any, tmp_path: Path) -> None:
    """It says what differs; no key is in what is kept of the settings."""
    out = tmp_path / "runs.jsonl"
    here = {"to": glm_emulator.url, "api_key": glm_emulator.key, "modalities": ["text"]}

    def again(words: str = "hi", **settings: Any) -> Any:
        grid = {"words": [words]}
        return glm.lab.sweep(speak, grid=grid, connect={**here, **settings}, out=out, warm_up=0)

    again(instructions="Be brief.")
    kept = out.read_bytes()
    for settings, words in (
        ({"instructions": "Be long."}, "instructions was 'Be brief.' and is 'Be long.'"),
        ({}, "instructions was 'Be brief.' and is null"),
        ({"instructions": "Be brief.", "voice": "xiaochen"}, "voice was null and is 'xiaochen'"),
        ({"instructions": "Be brief.", "to": "emulator", "api_key": None}, "peer was"),
        ({"instructions": "Be brief.", "to": glm.lab.network("4g", to=glm_emulator.url)}, "· 4g'"),
    ):
        with pytest.raises(BadArgument, match=re.escape(words)) as caught:
            again("hello", **settings)
        assert "another out=" in str(caught.value)
    assert out.read_bytes() == kept
    assert len(again("hello", instructions="Be brief.", timeout=20)) == 1
    about = (tmp_path / "runs.jsonl.about").read_text(encoding="utf-8")
    assert glm_emulator.key.reveal() not in about + out.read_text(encoding="utf-8")
    assert glm_emulator.key.reveal().partition(".")[2] not in about


def test_a_task_that_does_something_else_is_not_mixed(tmp_path: Path) -> None:
    """By its code and what it was given, not by where it stands or what is said of it."""
    out = tmp_path / "runs.jsonl"

    def tasks() -> Any:
        def task(*, size: int = 1) -> dict[str, int]:
            return {"twice": 2 * size}

        return task

    glm.lab.repeat(tasks(), 1, out=out)
    task = tasks()
    task.__doc__ = "Said of it later."
    assert len(glm.lab.repeat(task, 2, out=out)) == 2
    task.__kwdefaults__ = {"size": 2}
    for other, words in ((task, "the code of .*task has changed"), (live, "and is 'live'")):
        with pytest.raises(BadArgument, match=words):
            glm.lab.repeat(other, 3, out=out)
    (tmp_path / "runs.jsonl.about").unlink()  # who knows better
    assert len(glm.lab.repeat(task, 3, out=out)) == 3


def test_another_peer_is_noticed_before_a_row_of_it_is_written(tmp_path: Path) -> None:
    """Also where the task opens its own sessions: the warm-up has settings of which there is a
    row."""
    out, who = tmp_path / "runs.jsonl", {"peer": "emulator"}

    def task(number: int) -> tuple[glm.Turn, dict[str, int]]:
        return replace(a_turn(), **who), {"twice": 2 * number}

    glm.lab.sweep(task, grid={"number": [1, 2]}, out=out)
    for changed, words in (
        ({"peer": "live"}, "peer was 'emulator' and is 'live'"),
        ({"peer": "emulator", "network": "4g"}, "network was '' and is '4g'"),
    ):
        who.clear()
        who.update(changed)
        with pytest.raises(BadArgument, match=words):
            glm.lab.sweep(task, grid={"number": [1, 2, 3]}, out=out)
        assert len(rows_in(out)) == 2


# -- at once ---------------------------------------------------------------------------------


def test_whom_nobody_knows_is_said_before_anything_runs(tmp_path: Path) -> None:
    """A name that is mistyped, or of no kind that there is; nothing is written."""
    for to in ("liev", 5, "nowhere/else"):
        with pytest.raises(BadArgument):
            glm.lab.repeat(asked, 3, connect={"to": to}, out=tmp_path / "runs.jsonl")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("to", ["live", "zai", "wss://example.com/realtime"])
def test_without_a_key_nothing_runs(to: str) -> None:
    """The kit's usual error, once, and no table of failures."""
    for settings, grid in (({"to": to}, {"words": ["hi"]}), ({}, {"to": ["emulator", to]})):
        with pytest.raises(glm.errors.NoKey):
            glm.lab.sweep(lambda session, words="hi": session.ask(words), grid=grid,
                          connect=settings)  # fmt: skip


def test_rows_that_are_all_there_are_read_without_a_key(
    glm_emulator: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As who was given the file has none; what is missing asks for one."""
    out, settings = tmp_path / "runs.jsonl", {"to": "live", "modalities": ["text"]}
    with monkeypatch.context() as its:
        its.setenv("ZHIPU_REALTIME_URL", glm_emulator.url)
        its.setenv("ZHIPU_API_KEY", glm_emulator.key.reveal())
        glm.lab.sweep(asked, grid={"words": ["hi"]}, connect=settings, out=out, warm_up=0)
    assert len(glm.lab.sweep(asked, grid={"words": ["hi"]}, connect=settings, out=out)) == 1
    with pytest.raises(glm.errors.NoKey):
        glm.lab.sweep(asked, grid={"words": ["hi", "hello"]}, connect=settings, out=out)


@pytest.mark.parametrize("at_once", [1, 2])
def test_a_task_that_finds_no_key_ends_it(at_once: int) -> None:
    """Where it opens the session itself, the first run says so."""
    calls: list[int] = []

    def task(number: int) -> glm.Turn:
        calls.append(number)
        with glm.connect("live") as session:
            return session.ask("hi")

    with pytest.raises(glm.errors.NoKey):
        glm.lab.sweep(task, grid={"number": range(30)}, at_once=at_once)
    assert len(calls) == 1


@pytest.mark.slow
def test_a_sweep_draws_one_bar(glm_emulator: Any, capfd: pytest.CaptureFixture[str]) -> None:
    """None for each clip that is uploaded, in this thread or another."""
    draw_progress(True)
    clip = glm.Clip.silence(2.5, 16000)
    connect = {"to": glm_emulator.url, "api_key": glm_emulator.key, "modalities": ["text"]}
    for at_once in (1, 2):
        glm.lab.repeat(
            lambda session: session.say(clip, speed=None),
            2,
            connect=connect,
            at_once=at_once,
        )
    drawn = capfd.readouterr().err
    assert "measuring" in drawn
    assert "uploading" not in drawn


def test_what_numpy_calls_true_is_yes_in_the_file_too(tmp_path: Path) -> None:
    """And not the word for it."""
    out = tmp_path / "runs.jsonl"
    for _ in range(2):
        table = glm.lab.repeat(lambda: {"good": np.bool_(True)}, 2, out=out)
        assert table["good"].tolist() == [True, True]
        assert rows_in(out)[0]["good"] is True
