"""Do two tables differ? Paired by prompt, with an interval, and how many more runs would tell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import glmkit as glm
from glmkit.errors import BadArgument
from glmkit.lab.comparisons import Comparison
from glmkit.lab.difference_intervals import Numbers, apart
from tests.listed import check_each
from tests.pictured import sentence_on

PROMPTS = [f"p{n}" for n in range(10)]


def runs(voice: str, apart: float, *, spread: float = 0.01, seed: int = 0, **more: Any) -> Any:
    """Ten prompts, of which each takes its own time, and this voice so much longer."""
    chance = np.random.default_rng(seed)
    rows = [
        {"prompt": prompt, "voice": voice, "repetition": 0, "zero": "commit", "peer": "emulator",
         "first_audible": n + apart + chance.normal(0, spread), "error": "", **more}
        for n, prompt in enumerate(PROMPTS)
    ]  # fmt: skip
    table = pd.DataFrame(rows)
    table.attrs["settings"] = ["prompt", "voice"]
    return table


def test_pairs_see_what_prompts_that_differ_would_hide() -> None:
    """0.1 s between voices, beside seconds between prompts."""
    a, b = runs("tongtong", 0.0), runs("xiaochen", 0.1, seed=1)
    found = glm.lab.compare(a, b)
    assert (found.paired_by, found.n, found.enough, found.more) == (("prompt",), 10, True, 0)
    assert found.difference == pytest.approx(0.1, abs=0.02)
    assert found.low < found.difference < found.high
    assert found.low > 0.05
    assert glm.lab.compare(b, a).difference == pytest.approx(-found.difference)
    loose = glm.lab.compare(a, b, by=[])
    assert (loose.paired_by, loose.enough) == ((), False)
    assert loose.more is not None
    assert loose.more > 1_000


@pytest.mark.slow
def test_the_number_it_names_would_decide() -> None:
    """Four of five times, if the effect is what it was."""
    a, b = runs("a", 0.0, spread=0.2), runs("b", 0.15, spread=0.2, seed=4)
    found = glm.lab.compare(a, b)
    assert not found.enough
    assert found.more is not None
    n, decided = found.n + found.more, 0
    for seed in range(40):
        chance = np.random.default_rng(seed)
        size = found.effect * 1.0 + chance.normal(0, 1, n)
        again = pd.DataFrame({"prompt": range(n), "error": "", "x": size})
        zeros = again.assign(x=0.0)
        again.attrs["settings"] = zeros.attrs["settings"] = ["prompt"]
        decided += glm.lab.compare(zeros, again, of="x").enough
    assert decided >= 40 * 0.55  # a median is less sure than the mean that Cohen counts with


def interval(here: Numbers, there: Numbers, statistic: Any) -> tuple[float, float]:
    """That of pairs, as ``compare`` has it, without making tables of them."""
    found = apart(here, there, statistic, paired=True, confidence=0.95, seed=0)
    return found.low, found.high


def test_a_tables_interval_is_that_of_its_numbers() -> None:
    """So those that are counted below are what people are shown."""
    chance = np.random.default_rng(5)
    times, yes = chance.normal(0.3, 1.0, (2, 20)), chance.random((2, 30)) < 0.3
    for values, statistic in ((times, "median"), (times, "mean"), (yes, "share")):
        a, b = (numbers(list(each)) for each in values)
        found = glm.lab.compare(a, b, "x", statistic=statistic)  # type: ignore[arg-type]
        here, there = values.astype(float)
        assert (found.low, found.high) == interval(here, there, statistic)


@pytest.mark.slow
def test_an_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    """95 % of them; that of a median of twenty is a little too wide or narrow, and not more."""
    held = 0
    for seed in range(200):
        other = np.random.default_rng(seed).normal(0.3, 1.0, 20)
        low, high = interval(np.zeros(20), other, "median")
        held += low <= 0.3 <= high
    assert 0.90 <= held / 200 <= 0.99


@pytest.mark.slow
def test_an_interval_of_few_holds_the_truth_about_as_often_as_it_says() -> None:
    """That of a mean, and of a share of several runs a pair; unwidened it held 84 % of five."""

    def held(pairs: int, statistic: str) -> None:
        chance, found = np.random.default_rng(pairs), 0
        for _ in range(200):
            if statistic == "mean":
                here, there = chance.normal(0, 1, (2, pairs))
            else:
                here, there = (chance.random((2, pairs, 3)) < 0.3).mean(axis=2)
            low, high = interval(here, there, statistic)
            found += low <= 0 <= high
        assert found / 200 >= 0.91, found / 200

    check_each(held, [(4, "mean"), (5, "mean"), (10, "mean"), (5, "share"), (8, "share")])


def test_it_says_so_in_a_sentence_with_both_peers(monkeypatch: pytest.MonkeyPatch) -> None:
    """What tells the tables apart, the interval, n, the effect, and whether it is enough."""
    a, b = runs("tongtong", 0.0), runs("xiaochen", 0.1, seed=1)
    words = str(glm.lab.compare(a, b))
    assert "voice=xiaochen · emulator has +0." in words
    assert "10 pairs by prompt" in words
    assert words.endswith("Enough runs to tell.")
    far = str(glm.lab.compare(a.assign(network="4g", model="m"), b.assign(network="4g", model="n")))
    assert "voice=xiaochen, model=n · emulator over 4g has" in far
    monkeypatch.setenv("GLMKIT_LANG", "zh")
    assert "按 prompt 配成 10 对" in str(glm.lab.compare(a, b))
    same = glm.lab.compare(a, a)
    assert (same.effect, same.more) == (0.0, None)
    assert isinstance(same, Comparison)


def test_a_comparison_draws_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both tables, the pairs, the difference with its interval, and whether it is enough."""
    a, b = runs("tongtong", 0.0), runs("xiaochen", 0.1, seed=1)
    found = glm.lab.compare(a, b)
    ax = found.plot()
    above, below = ax.child_axes
    words = sentence_on(ax)
    assert "First audible sample: voice=xiaochen is 0.10 s above voice=tongtong" in words
    assert "10 pairs by prompt" in words
    assert "Enough runs to tell." in words
    assert "not the live service's times" in words
    assert len(above.get_lines()) == 2 + 10  # the points of both, and a line a pair
    marks = [tuple(line.get_xdata()) for line in below.get_lines()]
    assert (found.low, found.high) in marks
    assert (found.difference,) in marks
    lower = glm.lab.compare(b, a).plot()
    assert "voice=tongtong is 0.10 s below voice=xiaochen" in sentence_on(lower)
    monkeypatch.setenv("GLMKIT_LANG", "zh")
    assert "比" in found.plot().get_title(loc="left")


@pytest.mark.slow
def test_a_figure_says_what_is_not_decided() -> None:
    """Without pairs, of two peers, and in a column's own unit."""
    a, b = runs("a", 0.0, spread=0.3), runs("b", 0.05, spread=0.3, seed=2, peer="live")
    words = sentence_on(glm.lab.compare(a, b, by=[]).plot())
    assert "not decided whether voice=b · live service differs from voice=a · emulator" in words
    assert "10 runs each, not paired" in words
    assert "more would decide" in words
    assert "Only those marked so are the live service's times" in words
    alike = [each.assign(yuan=0.01) for each in (a, b)]
    assert "No difference was seen" in sentence_on(glm.lab.compare(*alike, "yuan").plot())


def test_what_cannot_be_compared_is_refused() -> None:
    """With the reason."""
    a = runs("a", 0.0)
    cases: list[tuple[str, dict[str, Any]]] = [
        ("different moments", {"b": runs("b", 0.0).assign(zero="end of speech")}),
        ("none of the 10 .* Rejected: busy", {"b": a.assign(error="Rejected: busy")}),
        ("has 2 runs .* at least 3 .*8 failed, most often of Refused: 401", {"b": mostly_failed()}),
        ("is empty", {"b": a[:0]}),
        ("is empty", {"b": a[:0].drop(columns="first_audible"), "of": "first_audible"}),
        ("0 pairs by prompt", {"b": a.assign(prompt=range(10)), "by": "prompt"}),
        (
            "2 pairs by prompt .* out=",
            {"b": a.assign(prompt=["p0", "p1", *"abcdefgh"]), "by": ["prompt"]},
        ),
        ("statistic is 'mode'", {"statistic": "mode"}),
        ("more than yes and no", {"statistic": "share"}),
        ("holds no numbers", {"of": "voice"}),
        ("seconds", {"of": "seconds"}),
        ("prompts", {"by": "prompts"}),
        ("between 0 and 1", {"confidence": 95}),
        ("seed", {"seed": -1}),
        ("found a value of type list", {"b": [1, 2]}),
    ]
    for words, options in cases:
        with pytest.raises(BadArgument, match=words):
            glm.lab.compare(a, options.pop("b", a), **options)


def mostly_failed() -> Any:
    """Two runs of ten are left."""
    errors = ["", "Refused: 401"] + ["Refused: 401"] * 7 + [""]
    return runs("b", 0.0).assign(error=errors)


# -- means and shares ------------------------------------------------------------------------


def numbers(values: list[Any], label: str = "x") -> Any:
    table = pd.DataFrame({"number": range(len(values)), "x": values, "error": "", "peer": "live"})
    table["setting"] = label
    table.attrs["settings"] = ["number", "setting"]
    return table


def test_a_mean_counts_what_a_median_hides() -> None:
    """One in five is dear: no median sees it; interval and middles are the mean's."""
    a, b = numbers([1.0] * 20), numbers([1.0] * 16 + [6.0] * 4)
    assert glm.lab.compare(a, b, "x").difference == 0
    for by in (None, []):
        found = glm.lab.compare(a, b, "x", by=by, statistic="mean", seed=4)
        assert found.difference == pytest.approx(1.0)
        assert found.middles == pytest.approx((1.0, 2.0))
        assert 0 < found.low < 1.0 < found.high
        assert "x, mean: " in str(found)
        assert "seed 4" in str(found)


def test_a_share_is_counted() -> None:
    """Of yes and no without being asked, and of ones and zeros that are; it says how many."""
    few, many = numbers([True] + [False] * 19, "few"), numbers([True] * 9 + [False] * 11, "many")
    found = glm.lab.compare(few, many, "x")
    assert (found.statistic, found.counts) == ("share", ((1, 20), (9, 20)))
    assert found.difference == pytest.approx(0.4)
    assert "20 pairs by number, 9 of 20 beside 1 of 20" in str(found)
    ones = (each.assign(x=each["x"].astype(int)) for each in (few, many))
    assert glm.lab.compare(*ones, "x", statistic="share").low == pytest.approx(found.low)
    several = (pd.concat([each] * 2) for each in (few, many))
    assert glm.lab.compare(*several, "x", by="number").counts == ((1, 20), (9, 20))


def test_newcombes_intervals_are_the_published_ones() -> None:
    """56 of 70 less 48 of 80: 0.0524 to 0.3339 (Newcombe 1998, table II, method 10)."""
    a, b = numbers([True] * 48 + [False] * 32), numbers([True] * 56 + [False] * 14)
    found = glm.lab.compare(a, b, "x", by=[])
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    none = glm.lab.compare(*[numbers([False] * 20)] * 2, "x", by=[])
    assert none.low < -0.1 < 0.1 < none.high  # of 0 in 20 nobody knows that it never happens


def test_the_interval_of_a_share_holds_the_truth_about_as_often_as_it_says() -> None:
    """Of pairs that are alike, too, and of something seldom."""
    for often, more, alike in ((0.1, 0.2, 0.0), (0.1, 0.2, 0.7), (0.5, 0.0, 0.5)):
        held, chance = 0, np.random.default_rng(5)
        for _ in range(300):
            level = chance.random(30)
            other = np.where(chance.random(30) < alike, level, chance.random(30))
            a, b = (level < often).astype(float), (other < often + more).astype(float)
            low, high = interval(a, b, "share")
            held += low <= more <= high
        assert held / 300 >= 0.91, (often, more, alike)


def test_a_comparison_is_a_row_with_its_seed() -> None:
    """To be kept beside others: numbers, peers, networks, how it was drawn."""
    a, b = (runs(name, n / 10, network="4g") for n, name in enumerate("ab"))
    found = glm.lab.compare(a, b, seed=7)
    [row] = found.table().to_dict("records")
    assert (row["seed"], row["n"], row["paired_by"], row["network"]) == (7, 10, "prompt", "4g")
    assert (row["middle_a"], row["middle_b"]) == found.middles
    assert (row["difference"], row["statistic"]) == (found.difference, "median")
    assert row["peers"] == "emulator over 4g"
    for table in (glm.lab.summary(a, seed=7), glm.lab.means(a, "first_audible", seed=7)):
        assert set(table["interval_seed"]) == {7}


def test_its_figure_states_seed_network_and_statistic(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that it can be mistaken for no other."""
    yes = [True] + [False] * 19, [True] * 9 + [False] * 11
    a, b = (numbers(values, label) for values, label in zip(yes, "ab", strict=True))
    words = sentence_on(glm.lab.compare(a, b, "x", seed=3).plot())
    for stated in ("Difference of shares +0.4", "seed 3", "Network: none set", "live service",
                   "share 0.45 · n 20"):  # fmt: skip
        assert stated in words, stated
    mean = glm.lab.compare(*(each.assign(network="4g") for each in (a, b)), "x", statistic="mean")
    assert "Difference of means" in sentence_on(mean.plot())
    assert "Network: 4g." in sentence_on(mean.plot())
    monkeypatch.setenv("GLMKIT_LANG", "zh")
    assert "占比之差" in sentence_on(glm.lab.compare(a, b, "x").plot())


# -- what is missing -------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["empty", "failed"])
def test_what_is_missing_is_said(kind: str) -> None:
    """By means, summaries and figures too, where there is nothing of what a task gives."""
    table = runs("a", 0.0).drop(columns="first_audible")
    table = table[:0] if kind == "empty" else table.assign(error="Refused: 401")
    words = "is empty" if kind == "empty" else "none of the 10 .* Refused: 401"
    for ask in (
        lambda: glm.lab.means(table, "cost"),
        lambda: glm.lab.summary(table, "cost"),
        lambda: glm.lab.compare(table, table, "cost"),
        lambda: glm.plots.effect(table, "cost", x="prompt"),
        lambda: glm.plots.latency(table, of="cost"),
    ):
        with pytest.raises(BadArgument, match=words):
            ask()
