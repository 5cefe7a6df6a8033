"""The player: what it adds to a card in Python and to a page in bytes, how fast it is drawn.

A session of turns of half a minute, in which both sides speak nearly all of the time: seeded noise
in syllables, which no encoder can make small. Python's seconds are the process's CPU time beside
those of the trace's static card, in turns in one process; encoders run in two threads, so what a
person waits is less. The browser is headless Chromium: opening is from the navigation until the
picture is drawn; a redraw is one zoom or pan of an hour, from the call to the last pixel asked for.

    python -m benchmarks.player [--minutes 10] [--rounds 5]
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from benchmarks.waveform import speech_like
from glmkit.cards.player.listen import Listening
from glmkit.cards.traces import trace_card
from glmkit.turns.trace import Clock, Trace
from tests.browser.jupyter import chromium, switches
from tests.pictured import exchange

TURN = 30.0  # seconds
#: Notes when the first player's picture is on the screen, in milliseconds since the navigation.
OPENED = """new MutationObserver((_, observer) => {
  if (!document.querySelector(".glm-timeline[data-second]")) return;
  observer.disconnect();
  requestAnimationFrame(() => (window.opened = performance.now()));
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-second"] })"""
#: Zooms and pans of the first player on the page; milliseconds of each redraw.
REDRAW = """async () => {
  const stage = document.querySelector(".glm-stage");
  const box = stage.getBoundingClientRect();
  const wheel = (options) => stage.dispatchEvent(new WheelEvent("wheel",
    { bubbles: true, cancelable: true, clientX: box.left + 0.6 * box.width, ...options }));
  const found = [];
  for (let n = 0; n < 120; n += 1) {
    const begin = performance.now();
    if (n % 3) wheel({ shiftKey: true, deltaY: n % 2 ? 90 : -60 });
    else wheel({ ctrlKey: true, deltaY: n < 60 ? -60 : 60 });
    stage.firstChild.getContext("2d").getImageData(100, 20, 1, 1); // until it is drawn
    found.push(performance.now() - begin);
    await new Promise(requestAnimationFrame);
  }
  return found;
}"""


def session(minutes: float, turn: float = TURN) -> Trace:
    """A session in which somebody speaks nearly all of the time."""
    trace = Trace(Clock(1.7e9, 10.0), peer="emulator", model="m")
    sound = speech_like(1)
    said, answer = sound[: turn * 0.45], sound[: turn * 0.45].resample(24_000)
    for number in range(round(minutes * 60 / turn)):
        at = 10.5 + number * turn
        for event in exchange(at, spoken=said, answer=answer, name=str(number)):
            trace.add(event)
    return trace


def an_hour() -> Trace:
    """An hour of short turns with 36,000 events."""
    return session(60, turn=4.9)


def seconds_of(work: Callable[[], Any], clock: Callable[[], float]) -> float:
    begin = clock()
    work()
    return clock() - begin


def in_python(minutes: float, rounds: int) -> None:
    trace = session(minutes)
    rows = []
    for _ in range(rounds + 1):  # one is warm-up
        card = seconds_of(lambda: trace_card(trace), process_time)
        begin = perf_counter()
        cpu = seconds_of(lambda: Listening(trace)._repr_mimebundle_(), process_time)
        rows.append((card, cpu - card, perf_counter() - begin - card))
    card, cpu, wall = (median(each) for each in zip(*rows[1:], strict=True))
    print(f"{minutes:g} minutes, {len(trace)} events: card {card:.2f} s CPU")
    print(f"  beyond it {cpu:.2f} s CPU ({cpu / card:.1f} x), {wall:.2f} s on the wall (≤ 0.3)")


def in_bytes(minutes: float, folder: Path) -> Path:
    trace = session(minutes)
    begin = perf_counter()
    page = trace.page(folder / "session.html")
    size = page.stat().st_size / 1e6 / minutes
    print(f"page: {size:.2f} MB a minute (≤ 2), written in {perf_counter() - begin:.1f} s")
    return page


def in_a_browser(page: Path, folder: Path) -> None:
    from playwright.sync_api import sync_playwright

    hour = an_hour()
    shown = Listening(hour)._repr_mimebundle_()["text/html"]
    long = folder / "hour.html"
    long.write_text(f"<!doctype html><meta charset=utf-8><body>{shown}", encoding="utf-8")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium(), args=switches())
        for name, file in (("page", page), ("hour", long)):
            tab = browser.new_page(viewport={"width": 1280, "height": 720}, bypass_csp=True)
            tab.add_init_script(OPENED)
            tab.goto(file.as_uri())
            opened = tab.wait_for_function("window.opened").json_value()
            print(f"{name}: {file.stat().st_size / 1e6:.1f} MB open after {opened / 1000:.2f} s")
        found = sorted(tab.evaluate(REDRAW))
        browser.close()
    p95 = found[int(0.95 * len(found))]
    print(f"an hour, {len(hour)} events: redraw {median(found):.0f} ms, p95 {p95:.0f} ms (≤ 50)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    in_python(given.minutes, given.rounds)
    with tempfile.TemporaryDirectory() as folder:
        in_a_browser(in_bytes(given.minutes, Path(folder)), Path(folder))


if __name__ == "__main__":
    main()
