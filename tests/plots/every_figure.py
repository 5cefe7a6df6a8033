"""Every public figure of something usual, and where its words lie."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Final

import pytest
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_hex
from matplotlib.transforms import Bbox
from pandas import DataFrame

from glmkit import lab, plots, sample
from glmkit.lab.rehearsal import Rehearsal
from glmkit.plots.drawing.style import root_of
from tests.lab.rehearsed import a_line, a_rehearsal, failed
from tests.lessons.lesson_figures import LESSON_FIGURES
from tests.pictured import a_trace, a_turn, server, voice
from tests.plots.swept import swept

_TOUCH: Final = 0.12  # of a letter's height: so far may boxes reach into one another


def _turns() -> Any:
    return a_trace(3).turns()


def _vad() -> Axes:
    pytest.importorskip("onnxruntime")
    return plots.vad(sample("two_questions_zh"))


def _difference() -> Axes:
    return a_trace(2).diff(a_trace(2, peer="live")).plot()


def _deviating() -> Axes:
    trace = a_trace(1)
    trace.events += [server("made.up", 20.0), server("error", 20.1, error={"code": "1"})]
    return plots.sequence(trace)


def _interrupted() -> Axes:
    return plots.waveform(a_turn(cancel=1.0, answer=voice(2.0, 24_000)))


def _swept(count: int, **columns: Any) -> DataFrame:
    """The table of a sweep over two lengths of chunks, so many runs each."""
    rows = [
        {"chunk_ms": ms, "repetition": n, "zero": "commit", "peer": "emulator", "error": "",
         "created": 0.2, "first_audible": 0.5 + ms / 400 + n % 7 / 50, "yuan": n / 1000}
        for ms in (20, 400) for n in range(count)
    ]  # fmt: skip
    table = DataFrame(rows).assign(**columns)
    table.attrs["settings"] = ["chunk_ms", *columns]
    return table


def _compared(count: int = 8, **options: Any) -> Axes:
    a, b = (_swept(count, voice=voice, peer=peer) for voice, peer in _VOICES)
    b["first_audible"] += 0.1 + b["repetition"] % 3 / 10
    return lab.compare(a, b, **({"by": ["chunk_ms", "repetition"]} | options)).plot()


def _compared_shares() -> Axes:
    """How often an utterance was split, in each of two settings."""
    short, long = (_swept(40, silence_ms=ms) for ms in (300, 700))
    short["split"] = [n % 3 == 0 for n in range(len(short))]
    long["split"] = [n % 8 == 0 for n in range(len(long))]
    return lab.compare(short, long, "split", by=[], statistic="share").plot()


def _rehearsed_scenes() -> Axes:
    """Three talks one after the other, in one of which a line failed and one was not reached."""
    talks = {"practice": "Ordering coffee", "interpreter": "Interpreter", "job": "Mock interview"}
    rows = [
        replace(a_line(line, **(failed() if (name, line) == ("job", 2) else {})), script=name)
        for name in talks
        for line in (1, 2, 3, 4)
    ]
    return plots.rehearsal(Rehearsal(tuple(rows[:-1]), 1, 1, talks))


_VOICES: Final = (("tongtong", "live"), ("xiaochen", "emulator"))


def _split() -> Axes:
    table = swept(network="")
    table["split"] = [bool(each) for each in table["chunk_ms"] == 20]
    return plots.effect(table, "split", x="since_spoken", by="chunk_ms")


#: By name: what draws it, as somebody would who has only just begun.
FIGURES: Final[dict[str, Callable[[], Axes]]] = {
    "waveform": lambda: plots.waveform(a_turn()),
    "waveform, interrupted": _interrupted,
    "waveform, silent": lambda: plots.waveform(a_turn(answer=None)),
    "waveform, turns": lambda: plots.waveform(_turns()),
    "waveform, clip": lambda: plots.waveform(sample("joke_zh")),
    "zoom, clip": lambda: plots.zoom(sample("joke_zh"), at=0.295),
    "zoom, turn": lambda: plots.zoom(a_turn(), seconds=0.3),
    "waveform, clips": lambda: plots.waveform([voice(1.0), voice(2.0)]),
    "timeline, turn": lambda: plots.timeline(a_turn()),
    "timeline, trace": lambda: plots.timeline(a_trace(3)),
    "timeline, many": lambda: plots.timeline(a_trace(12)),
    "latency": lambda: plots.latency(_turns()),
    "latency, peers": lambda: plots.latency([a_turn(), a_turn(peer="live"), a_turn(peer="replay")]),
    "latency, settings": lambda: plots.latency(_swept(3)),
    "latency, a column": lambda: plots.latency(_swept(30), of="yuan"),
    "comparison": lambda: _compared(),
    "comparison, of many": lambda: _compared(100, by=[]),
    "comparison, of shares": _compared_shares,
    "effect": lambda: plots.effect(swept(), x="chunk_ms", by="network"),
    "effect, captioned": lambda: plots.caption(_split(), "24 runs, seed 1, 2026-11-29"),
    "sequence": lambda: plots.sequence(a_trace(2)),
    "sequence, turn": lambda: plots.sequence(a_turn()),
    "sequence, deviating": _deviating,
    "difference": _difference,
    "rehearsal": lambda: plots.rehearsal(a_rehearsal({1: 5, 2: 4, 3: 0})),
    "rehearsal, once": lambda: plots.rehearsal(a_rehearsal({1: 1, 2: 0}, runs=1)),
    "rehearsal, several talks": _rehearsed_scenes,
    "spectrogram": lambda: plots.spectrogram(sample("joke_zh")),
    "spectrogram, stft": lambda: plots.spectrogram(sample("joke_zh"), kind="stft"),
    "pitch": lambda: plots.pitch(sample("joke_zh")),
    "loudness": lambda: plots.loudness(sample("joke_zh")),
    "profile": lambda: plots.profile(sample("joke_zh")),
    "compare, waveform": lambda: plots.compare(voice(1.0), sample("joke_zh")),
    "compare, pitch": lambda: plots.compare(voice(1.0), sample("joke_zh"), kind="pitch"),
    "compare, loudness": lambda: plots.compare(voice(1.0), sample("joke_zh"), kind="loudness"),
    "compare, spectrogram": lambda: plots.compare(
        voice(1.0), sample("joke_zh"), kind="spectrogram"
    ),
    "vad": _vad,
    **LESSON_FIGURES,
}


@dataclass(frozen=True)
class DrawnLine:
    """A line of words as it was drawn: where, in pixels; how high its letters are, in points."""

    words: str
    box: Bbox
    points: float
    inside: Bbox | None  # what of the figure it is cut to
    colour: str  # #rrggbb


def lines_on(ax: Axes) -> list[DrawnLine]:
    """Every line of words that is drawn on the figure of ``ax``."""
    figure = root_of(ax)
    figure.draw_without_rendering()  # as saving does, it lays out what it then draws
    figure.set_layout_engine("none")
    listening = _ListeningRenderer(*figure.canvas.get_width_height(), figure.dpi)
    figure.draw(listening)
    return listening.lines


class _ListeningRenderer(RendererAgg):
    """Remembers the words, and draws nothing: where they lie, layout has decided before."""

    def __init__(self, *size: float) -> None:
        super().__init__(*size)
        self.lines: list[DrawnLine] = []
        for name in dir(RendererBase):
            if name.startswith("draw_") and name != "draw_text":
                setattr(self, name, lambda *_, **__: None)

    def draw_text(  # type: ignore[override]
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: Any,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        wide, high, below = self.get_text_width_height_descent(s, prop, ismath)
        y = self.height - y
        box = Bbox.from_extents(x, y - below, x + wide, y + high - below)
        if angle == 90:
            box = Bbox.from_extents(x - high + below, y, x + below, y + wide)
        cut = gc.get_clip_rectangle()
        within = None if cut is None else Bbox(cut.get_points())
        if s.strip() and (within is None or within.overlaps(box)):
            colour = to_hex(gc.get_rgb())
            self.lines.append(DrawnLine(s, box, prop.get_size_in_points(), within, colour))


def collisions(ax: Axes) -> Iterator[str]:
    """Which words lie on others, or are cut off by the figure's edge."""
    lines, whole = lines_on(ax), root_of(ax).bbox
    for line in lines:
        for edge in (whole, *([line.inside] if line.inside is not None else [])):
            if not _within(line.box, edge, 1 + _TOUCH * line.box.height):
                yield f"{line.words!r} is cut off"
    for one, other in combinations(lines, 2):
        shared = Bbox.intersection(one.box, other.box)
        least = _TOUCH * min(one.box.height, other.box.height) + 1
        if shared is not None and min(shared.width, shared.height) > least:
            yield f"{one.words!r} on {other.words!r}"


def _within(box: Bbox, edge: Bbox, most: float) -> bool:
    over = (edge.x0 - box.x0, edge.y0 - box.y0, box.x1 - edge.x1, box.y1 - edge.y1)
    return max(over) <= most
