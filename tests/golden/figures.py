"""What is drawn in every figure: the artists' data, not their pixels."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import Collection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Patch
from matplotlib.text import Text
from matplotlib.ticker import FixedFormatter

import glmkit as glm
from glmkit import lessons, plots
from tests.golden import bundles
from tests.golden.common import as_json, language, plain, sha256
from tests.pictured import a_trace, a_turn

_COLOUR = re.compile(r'"(#[0-9a-f]{8})"')
_SHORT = 8  # numbers that are written out
Draw = Callable[..., Axes]


def figures() -> dict[str, Any]:
    """Every figure, light and dark; and the numbers that ``measure`` finds."""
    with language("en"):
        found: dict[str, Any] = {}
        for name, draw in _drawings():
            found[f"{name}, light"] = _figure(draw(theme="light"))
            found[f"{name}, dark"] = _in_brief(_figure(draw(theme="dark")))
        found["measure"] = plain(asdict(plots.measure(glm.sample("hello_en"))), 3)
    return found


def _drawings() -> Iterator[tuple[str, Draw]]:
    traces = {name: bundles.load(name)[0] for name in ("client.glm", "server.glm", "tools.glm")}
    turns = {name: trace.turns()[0] for name, trace in traces.items()}
    stopped = bundles.load("interrupted.glm")[0].turns()[0]
    for name, turn in {**turns, "interrupted.glm": stopped, "silence": a_turn(answer=None)}.items():
        yield f"waveform {name}", _of(plots.waveform, turn)
        yield f"timeline {name}", _of(plots.timeline, turn)
        yield f"sequence {name}", _of(plots.sequence, turn)
    for name, trace in {**traces, "events": a_trace(3)}.items():
        yield f"timeline trace {name}", _of(plots.timeline, trace)
        yield f"sequence trace {name}", _of(plots.sequence, trace)
    yield "timeline turns", _of(plots.timeline, list(turns.values()))
    yield "latency of few", _of(plots.latency, [*turns.values(), a_turn(peer="live")])
    yield "latency of many", _of(plots.latency, a_trace(12).turns())
    yield "difference", traces["client.glm"].diff(traces["server.glm"]).plot
    yield from _of_clips()
    yield from _of_lessons(turns["client.glm"])


def _of_clips() -> Iterator[tuple[str, Draw]]:
    one, other = glm.sample("hello_en"), glm.sample("joke_en")
    yield "waveform clip", _of(plots.waveform, one)
    yield "waveform clips", _of(plots.waveform, [one, other])
    for kind in ("mel", "stft"):
        yield f"spectrogram {kind}", _of(plots.spectrogram, one, kind=kind)
    for name in ("pitch", "loudness", "profile", "vad"):
        yield name, _of(getattr(plots, name), one)
    for kind in ("waveform", "spectrogram", "pitch", "loudness"):
        yield f"compare {kind}", _of(plots.compare, one, other, kind=kind)


def _of_lessons(turn: glm.Turn) -> Iterator[tuple[str, Draw]]:
    late = a_turn(speed=0.9)
    yield "drift", _of(lessons.plot_drift, deadline=turn.events, sleep=late.events)
    yield "overhead", _of(lessons.plot_overhead, lessons.overhead(glm.sample("hello_en")))


def _of(plot: Draw, *what: Any, **options: Any) -> Draw:
    return lambda theme: plot(*what, theme=theme, **options)


# -- a figure, and what is in it -----------------------------------------------------------


def _figure(ax: Axes) -> dict[str, Any]:
    figure = ax.get_figure(root=True)
    assert isinstance(figure, Figure)
    return {
        "size": _numbers(figure.get_size_inches()),
        "ground": _colour(figure.get_facecolor()),
        "words": [_text(each) for each in figure.texts],
        "axes": [_axes(each) for top in figure.axes for each in _family(top)],
    }


def _in_brief(figure: Any) -> dict[str, Any]:
    """Every colour, in the order in which they first come, and a digest of it all."""
    words = as_json(figure)
    return {"colours": [*dict.fromkeys(_COLOUR.findall(words))], "sha256": sha256(words)}


def _family(ax: Axes) -> Iterator[Axes]:
    yield ax
    for child in ax.child_axes:
        yield from _family(child)


def _axes(ax: Axes) -> dict[str, Any]:
    legend = ax.get_legend()
    found = {
        "titles": [ax.get_title(loc=loc) for loc in ("left", "center", "right")],
        "labels": [ax.get_xlabel(), ax.get_ylabel()],
        "limits": [_numbers(ax.get_xlim()), _numbers(ax.get_ylim())],
        "scales": [ax.get_xscale(), ax.get_yscale()],
        "ticks": [_ticks(ax.xaxis), _ticks(ax.yaxis)],
        "ground": _colour(ax.get_facecolor()),
        "on": ax.axison and ax.get_visible(),
        "lines": [_line(each) for each in ax.lines],
        "patches": [_patch(each) for each in ax.patches],
        "collections": [_collection(each) for each in ax.collections],
        "others": [type(each).__name__ for each in ax.artists],
        "images": [_image(each) for each in ax.images],
        "texts": [_text(each) for each in ax.texts],
        "legend": [] if legend is None else [_text(each) for each in legend.get_texts()],
        "legend's patches": [] if legend is None else list(map(_look, legend.get_patches())),
    }
    return {name: each for name, each in found.items() if each}


def _ticks(axis: Axis) -> list[str]:
    """The words at an axis, where they were chosen."""
    formatter = axis.get_major_formatter()
    return [str(each) for each in formatter.seq] if isinstance(formatter, FixedFormatter) else []


def _text(words: Text) -> list[str]:
    return [words.get_text(), _colour(words.get_color())]


def _line(line: Line2D) -> dict[str, Any]:
    return {
        "x": _numbers(line.get_xdata()),
        "y": _numbers(line.get_ydata()),
        "look": [_colour(line.get_color()), line.get_linestyle(), str(line.get_marker())],
        "width": _round(line.get_linewidth()),
    }


def _patch(patch: Any) -> dict[str, Any]:
    if hasattr(patch, "columns"):  # a sound, whose shape is worked out for the pixels it is on
        where = (patch.start, patch.centre, patch.height, patch.clip.seconds)
        shape = [_numbers(each) for each in patch.columns()]
        return {"kind": "sound", "where": _numbers(where), "shape": shape, "look": _look(patch)}
    if isinstance(patch, FancyArrowPatch):  # its path is in the screen's measure
        where = patch._posA_posB
    else:
        path = patch.get_path().transformed(patch.get_patch_transform())
        where = path.get_extents().extents
    return {"kind": type(patch).__name__, "where": _numbers(where), "look": _look(patch)}


def _look(patch: Patch) -> list[str]:
    return [_colour(patch.get_facecolor()), _colour(patch.get_edgecolor()), patch.get_hatch() or ""]


def _collection(drawn: Collection) -> dict[str, Any]:
    points = [path.vertices for path in drawn.get_paths()]
    inks = [*map(_colour, drawn.get_facecolor()), "|", *map(_colour, drawn.get_edgecolor())]
    values = drawn.get_array()
    return {
        "kind": type(drawn).__name__,
        "paths": len(points),
        "points": _numbers(np.concatenate(points) if points else ()),
        "offsets": _numbers(np.asarray(drawn.get_offsets())),
        "values": None if values is None else _numbers(values, digits=2),
        "colours": inks if len(inks) <= _SHORT else [len(inks), *sorted(set(inks))][:_SHORT],
    }


def _image(image: AxesImage) -> dict[str, Any]:
    data = image.get_array()
    assert data is not None
    return {
        "shape": list(data.shape),
        "values": _numbers(data, digits=2),
        "where": _numbers(image.get_extent()),
        "limits": _numbers(image.get_clim()),
    }


# -- numbers and colours -------------------------------------------------------------------


def _numbers(values: Any, digits: int = 4) -> Any:
    """Rounded numbers: a few as they are, many as their count, their range and a digest."""
    flat = [_round(each, digits) for each in _flat(values)]
    if len(flat) <= _SHORT:
        return flat
    known = [each for each in flat if isinstance(each, float)]
    span = [min(known), max(known)] if known else []
    return {"count": len(flat), "span": span, "sha256": sha256(repr(flat))[:16]}


def _flat(values: Any) -> Iterable[Any]:
    return np.ma.filled(np.ma.asarray(values), np.nan).ravel().tolist()


def _round(value: Any, digits: int = 4) -> float | str:
    if isinstance(value, str) or not math.isfinite(value):
        return str(value)
    return float(f"{float(value):.{digits}g}") + 0.0


def _colour(colour: Any) -> str:
    return "none" if isinstance(colour, str) and colour == "none" else to_hex(colour, True)
