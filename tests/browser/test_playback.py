"""What an answer is played with, in a real browser: what is there has no gap, what comes unevenly
is collected longer. Counted in samples, and by the clock of the sound itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from glmkit.widgets import assets
from tests.browser.own_page import SECONDS

RATE = 24_000  # Hz
#: A player to hand samples to; what it told, and a wait for so much of its own sound.
PAGE = f"""<!doctype html><meta charset=utf-8><script type="module">
{assets.module("player.js")}
const told = (name) => (data) => player.told_of[name].push(data);
window.player = new Player({{
  onstarted: told("started"), onended: told("ended"), onheld: () => {{}} }});
player.told_of = {{ started: [], ended: [] }};
const soon = () => new Promise((resolve) => setTimeout(resolve, 5));
const patience = {1000 * SECONDS}; // ms
window.hand = (id, seconds) => player.play(id, new Int16Array(seconds * {RATE}).buffer);
window.until = async (ready) => {{
  for (const begun = performance.now(); !ready(); await soon())
    if (performance.now() - begun > patience) throw new Error(`not ${{ready}}`);
}};
window.passed = (seconds) => {{
  const end = player.context.currentTime + seconds;
  return until(() => player.context.currentTime > end);
}};
</script>"""
#: 0.2 s of an answer, then nothing until it has run dry; and so much more of it.
DRY = """async (more) => {
  await hand("uneven", 0.2);
  await until(() => player.told_of.started.length === 1);
  await passed(0.5);
  await hand("uneven", more);
  await passed(0.5);
}"""


@pytest.fixture
def page(open_page: Callable[..., Any]) -> Any:
    opened = open_page(PAGE)
    opened.wait_for_function("() => window.player")
    return opened


def stopped(page: Any) -> tuple[list[tuple[int, int]], int]:
    """What was played and dropped of each answer that was still to sound, in samples; the gaps."""
    found = page.evaluate("player.flush()")
    return [(each["played"], each["dropped"]) for each in found["streams"]], found["underruns"]


def test_what_is_there_plays_without_a_gap(page: Any) -> None:
    """To its last sample, in answers one behind the other, and however short they are."""
    page.evaluate("""async () => {
        for (const [id, seconds] of Object.entries({ a: 0.5, b: 0.01, c: 1 })) {
          for (let n = 0; n < 10; n += 1) await hand(id, seconds / 10);
          player.end(id);
        }
        await until(() => player.told_of.ended.length === 3);
    }""")
    ended = page.evaluate("player.told_of.ended")
    assert [(each["ended"], each["played"]) for each in ended] == [
        ("a", RATE // 2),
        ("b", RATE // 100),
        ("c", RATE),
    ]
    assert stopped(page) == ([], 0)


def test_after_a_gap_more_is_collected(page: Any) -> None:
    """What would have been enough at first waits: a second gap would come at once."""
    page.evaluate(DRY, 0.2)
    assert stopped(page) == ([(RATE // 5, RATE // 5)], 1)


def test_answers_without_a_gap_let_the_next_begin_sooner(page: Any) -> None:
    """After a gap twice as much is enough; after two, and two whole answers, what was at first."""
    page.evaluate(DRY, 0.3)
    page.evaluate("""async () => {
        for (const id of ["uneven", "whole", "and another"]) {
          if (id !== "uneven") await hand(id, 0.1);
          player.end(id);
        }
        await until(() => player.told_of.ended.length === 3);
        await hand("next", 0.15);
        await until(() => player.told_of.started.includes("next"));
        await passed(0.5);
    }""")
    played = page.evaluate("player.told_of.ended.map((each) => each.played)")
    assert played == [RATE // 2, RATE // 10, RATE // 10]
    assert page.evaluate("player.told_of.started.slice(0, 2)") == ["uneven", "uneven"]
    assert stopped(page) == ([(15 * RATE // 100, 0)], 3)
