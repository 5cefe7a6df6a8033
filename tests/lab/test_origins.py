"""What rows say of where an answer came from, and when unlike ones stand in one table."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest

import glmkit as glm
from glmkit.emulator.launch import Emulator
from glmkit.errors import GlmWarning
from tests.pictured import a_turn

STOCK, RECOGNISED = ("stock", "known sample"), ("synthesised", "recognised")


def rows(*kinds: tuple[str, str], switches: str = "") -> pd.DataFrame:
    """A table of three runs of each kind."""
    listed = [
        {"zero": "commit", "peer": "emulator", "switches": switches, "first_audible": 1.0 + n / 100,
         "created": 0.1, "answered": answered, "understood": understood, "error": ""}
        for answered, understood in kinds for n in range(3)
    ]  # fmt: skip
    return pd.DataFrame(listed)


@pytest.fixture(scope="module")
def steady() -> Iterator[Emulator]:
    """An emulator whose answers are due 0.2 s after the question."""
    with Emulator.start(steady=True, wait=0.2, jitter=0.1, seed=4, pace=0) as emulator:
        yield emulator


def measured(emulator: Emulator, prompts: list[str], *, at_once: int, **connect: Any) -> Any:
    """A sweep over what is asked in writing."""
    there = {"to": emulator.url, "api_key": emulator.key, **connect}
    return glm.lab.sweep(
        lambda session, prompt: session.ask(prompt),
        grid={"prompt": prompts}, repeat=2, warm_up=0, at_once=at_once, connect=there,
    )  # fmt: skip


@pytest.mark.slow
def test_rows_say_what_the_emulators_own_log_knows(steady: Emulator) -> None:
    """Its switches, where the answer came from, how late it was; a summary groups by them."""
    table = measured(steady, ["hello", "tell me a joke"], at_once=1)
    assert (table["error"] == "").all()
    assert set(table["switches"]) == {"pace=0, steady=True, wait=0.2, jitter=0.1, seed=4"}
    assert set(table["answered"]) == {"stock"}
    assert set(table["understood"]) == {"typed"}
    assert table["late"].ge(0).all()
    assert table["first_audio"].between(0.19, 30).all()
    summed = glm.lab.summary(table.assign(late=0.0), "first_audio", by=[])  # on any machine
    assert list(summed["switches"]) == list(table["switches"][:1])


@pytest.mark.slow
def test_runs_side_by_side_have_the_waits_of_runs_one_after_the_other(steady: Emulator) -> None:
    """Of each prompt the same ones, whichever session comes first."""
    found = []
    for at_once in (1, 3):
        steady.reset()
        measured(steady, ["hello", "tell me a joke", "hi"], at_once=at_once, modalities=["text"])
        notes = [row[3] for each in steady.log() for row in each["events"] if row[2] == "answered"]
        found.append(sorted(note["wait"] for note in notes))
    assert found[0] == found[1]
    assert len(set(found[0])) == 6


@pytest.mark.slow
def test_what_no_emulator_of_this_process_gave_is_unknown() -> None:
    """Another peer's, a closed one's, and one that has forgotten."""
    assert glm.lab.repeat(a_turn, 1, warm_up=0).loc[0, "answered"] == "unknown"
    with Emulator.start(pace=0) as emulator:
        there = {"to": emulator.url, "api_key": emulator.key, "modalities": ["text"]}
        with glm.connect(**there) as session:
            turn = session.ask("hi")
        row = glm.lab.repeat(lambda: turn, 1, warm_up=0).loc[0]
        assert (row["answered"], row["understood"]) == ("text", "typed")
        assert pd.isna(row["late"])
    assert glm.lab.repeat(lambda: turn, 1, warm_up=0).loc[0, "answered"] == "unknown"


def test_unlike_answers_in_one_table_are_warned_of_once() -> None:
    """In a summary and in a comparison, both kinds in one warning."""
    with pytest.warns(GlmWarning, match=r"3 of the answers .* 3 were synth.*3 .* looked up and 3"):
        glm.lab.summary(rows(STOCK, RECOGNISED))
    with pytest.warns(GlmWarning, match=r"steady=True") as told:
        glm.lab.compare(rows(STOCK), rows(RECOGNISED))
    assert len(told) == 1


def test_what_decides_no_median_is_not_warned_of() -> None:
    """One of five that was synthesised; where it is one setting of many, it is."""
    few = pd.concat([rows(STOCK), rows(STOCK), rows(RECOGNISED)[:1]])
    many = pd.concat([few, few, few]).assign(prompt=lambda table: table["answered"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        glm.lab.summary(few)
    with pytest.warns(GlmWarning, match=r"18 of the answers .* 3 were"):
        glm.lab.summary(many, by="prompt")


def test_the_warning_is_chinese_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """As every sentence is."""
    monkeypatch.setenv("GLMKIT_LANG", "zh")
    with pytest.warns(GlmWarning, match=r"现合成的，.*查表.*steady=True"):
        glm.lab.summary(rows(STOCK, RECOGNISED))


def test_answers_that_came_late_are_counted() -> None:
    """Of a steady emulator whose wait was too short; what is not worth a word gets none."""
    waited = "steady=True, wait=0.5, jitter=0.0, seed=1"
    table = rows(STOCK, RECOGNISED, switches=waited).assign(late=[0, 0, 0.03, 0, 0.4, 1.26])
    with pytest.warns(GlmWarning, match=r"2 of 6 answers .* up to 1\.3 s"):
        glm.lab.summary(table)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        glm.lab.summary(table.assign(late=0.03))


def test_what_is_alike_steady_or_no_wait_is_not_warned_of() -> None:
    """Nor are tables that say nothing of it, written by an earlier version."""
    waited = "steady=True, wait=1.6, jitter=0.0, seed=1"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        glm.lab.summary(rows(STOCK, ("ready", "measured"), ("text", "typed")))
        glm.lab.summary(rows(STOCK, RECOGNISED, switches=waited))
        glm.lab.summary(rows(STOCK, RECOGNISED), "created")
        glm.lab.summary(rows(STOCK, RECOGNISED).drop(columns=["answered", "understood"]))
        glm.lab.compare(rows(STOCK), rows(RECOGNISED).drop(columns=["switches"]), "created")
