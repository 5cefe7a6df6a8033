"""The lessons' figures of something usual, for the tests that look at every figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from matplotlib.axes import Axes

from glmkit import lessons
from glmkit.media.clip import Clip
from glmkit.protocol.event import Event
from glmkit.turns.fold import fold_turns
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn
from tests.pictured import a_trace, a_turn, exchange, server, voice

SAID: Final = "What is the weather like in Beijing today?"
#: By decibels of the voice above the noise: what was still understood.
UNDERSTOOD: Final = {
    20: SAID,
    10: SAID,
    5: "What is the weather like in Beijing to day?",
    0: "What was the letter like, and why did nobody in this loud room hear what it said today?",
    -5: "",
}


def _drift() -> Axes:
    steady, slow = (exchange(spoken=voice(3.0), speed=speed) for speed in (1.0, 0.9))
    return lessons.plot_drift(deadline=steady, sleep=slow)


def _networks(**options: Any) -> Axes:
    slow = replace(a_turn(), network="unshaped (up_bandwidth=250000, down_bandwidth=450000)")
    return lessons.plot_networks(
        [a_turn(), slow, replace(_stuttering(), network="satellite")], **options
    )


def _stuttering() -> Turn:
    """Its answer comes in pieces of 0.2 s, every 0.5 s."""
    events, late = [], 0.0
    for event in exchange(answer=voice(2.0, 24_000)):
        late += 0.45 * (event.type == "response.audio.delta")
        moved = {"direction": event.direction, "at": event.at + late, "format": event.format}
        events.append(Event(event.type, event.data, **moved))
    [turn] = fold_turns(events, peer="emulator", model="glm-realtime-flash")
    return turn


def _noise(**options: Any) -> Axes:
    turns = [a_turn(words=(heard, "Sunny.")) for heard in UNDERSTOOD.values()]
    return lessons.plot_noise(turns, list(UNDERSTOOD), SAID, **options)


def _run(name: str, status: int | None, trace: Trace | None, seconds: float) -> lessons.ScriptRun:
    ended = status is not None
    peer = "emulator (pace=0, lenient_wav=True)"
    return lessons.ScriptRun(name, peer, ended, status, seconds, (), trace, None, 10.0)


def _scripts() -> Axes:
    """One that was not let in, one that was stopped, one that gave up, one that ended well."""
    trace = a_trace(1)
    runs = (
        _run("blog_like", 1, None, 0.1),
        _run("1_token", None, trace, 7.0),
        _run("4_samples", 1, trace, 7.0),
        _run("with_kit", 0, trace, 6.0),
    )
    return lessons.plot_scripts(runs)


def _all_stages() -> Axes:
    """From the first script to the last, as lesson 13 ends: refused, stopped, in error, mended."""
    refused, whole = a_trace(1), a_trace(1)
    refused.events += [server("error", 10.9, error={"code": "1214"})]
    stopped = [_run(name, None, refused, 4.0) for name in ("blog_like", "1_token", "5_pace")]
    failed = [_run(name, 1, refused, 3.0) for name in ("2_reads", "3_ends", "4_samples")]
    mended = ("6_silence", "7_sound", "bare", "with_kit")
    ended = [_run(name, 0, whole, 5.5 + n / 4) for n, name in enumerate(mended)]
    return lessons.plot_scripts([_run("blog_like", 1, None, 0.2), *stopped, *failed, *ended])


#: By name: what draws it, as a lesson does.
LESSON_FIGURES: Final[dict[str, Callable[[], Axes]]] = {
    "lessons, drift": _drift,
    "lessons, a watch's day": lambda: lessons.plot_day(lessons.watch_day().slipped("18:30")),
    "lessons, an open line": lambda: lessons.plot_open_line(a_trace(2)),
    "lessons, chunk": lambda: lessons.plot_chunk(Clip.tone(220, 1.0), 50, guess=72),
    "lessons, networks": lambda: _networks(),
    "lessons, networks, one moved by hand": lambda: _networks(mark=1),
    "lessons, noise": lambda: _noise(),
    "lessons, noise, one step of it": lambda: _noise(mark=0),
    "lessons, prebuffer": lambda: lessons.plot_prebuffer(_stuttering()),
    "lessons, prebuffer, enough": lambda: lessons.plot_prebuffer(_stuttering(), prebuffer=5.0),
    "lessons, scripts": _scripts,
    "lessons, all stages": _all_stages,
    "lessons, overhead": lambda: lessons.plot_overhead(lessons.overhead(Clip.tone(220, 1.0))),
}
