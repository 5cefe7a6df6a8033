"""One voice as a track: its wave, where it speaks, is silent or clipped, its level, its words.

A track is ``TALL`` high: the wave fills ±1 around its centre, its words stand above, and a strip
below says where there is speech (a thick amber bar) and where silence (a thin slate line).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from glmkit.plots.drawing import fonts, style
from glmkit.plots.drawing.palette import Colour, Palette
from glmkit.plots.drawing.turn_axis import PlacedSound
from glmkit.plots.drawing.wave_shape import Wave
from glmkit.texts import minus
from glmkit.texts.layout.text_width import shorten

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TALL: Final = 3.75
_HEADER, _STRIP, _NOTE = 1.3, -1.14, -1.38
_SHORTEST_SILENCE = 0.2  # seconds
_FULL_SCALE = 0.999  # of full scale; three samples in a row there are clipped
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Track:
    """A voice: its name, its words, its colour, its sounds where they lie, and its level."""

    name: str
    words: str
    colour: Colour
    parts: tuple[PlacedSound, ...]
    level: tuple[str, ...]  # the most telling last


def draw_track(
    ax: Axes, track: Track, colours: Palette, *, centre: float, full_scale: float
) -> set[str]:
    """Draw a track around ``centre``; the marks in it that a legend must explain.

    ``full_scale`` is the height of a full-scale sample.
    """
    marks: set[str] = set()
    for part in track.parts:
        marks |= _mark_spans(ax, part, colours, centre)
        marks |= _mark_unheard(ax, part, colours, centre)
        color = track.colour.fill if part.heard else colours.silence.fill
        wave = Wave(part.clip, start=part.start, centre=centre, height=full_scale, color=color)
        ax.add_artist(wave)
        marks |= _mark_clipping(ax, part, colours, centre)
    _write_header(ax, track, colours, centre)
    return marks


def _mark_spans(ax: Axes, part: PlacedSound, colours: Palette, centre: float) -> set[str]:
    bars = [(a, b - a) for a, b in part.speech]
    amber = colours.speech
    ax.broken_barh(bars, (centre - 1.04, 2.08), facecolor=amber.wash, zorder=0.5)
    ax.broken_barh(bars, (centre + _STRIP - 0.06, 0.12), facecolor=amber.fill, zorder=0.6)
    pauses = list(silences(part.speech, part.start, part.end))
    y = centre + _STRIP
    ax.hlines([y] * len(pauses), *_columns(pauses), color=colours.silence.fill, linewidth=1.2)
    for begin, end in pauses:
        _note_silence(ax, begin, end, centre, colours)
    return ({"speech"} if bars else set()) | ({"silence"} if pauses else set())


def _note_silence(ax: Axes, begin: float, end: float, centre: float, colours: Palette) -> None:
    left, right = ax.get_xlim()
    words = fonts.say("plots.pause", seconds=end - begin)
    if style.columns_of(ax, (end - begin) / (right - left), style.SMALL) > len(words) + 1:
        middle = (begin + end) / 2
        style.write(ax, middle, centre + _NOTE, words, colours.silence.text, ha="center")


def _mark_unheard(ax: Axes, part: PlacedSound, colours: Palette, centre: float) -> set[str]:
    if part.heard:
        return set()
    corner, height = (part.start, centre - 1.04), 2.08
    slate = colours.silence
    area = Rectangle(corner, part.clip.seconds, height, hatch="///", zorder=0.7)
    area.set(facecolor=slate.wash, edgecolor=colours.line, linewidth=0)
    ax.add_artist(area)
    return {"unheard"}


def _mark_clipping(ax: Axes, part: PlacedSound, colours: Palette, centre: float) -> set[str]:
    spans = clipped_spans(part)
    if not spans:
        return set()
    middles = [(a + b) / 2 for a, b in spans]
    y = [centre + 1.08] * len(middles)
    ax.plot(middles, y, "v", color=colours.error.fill, markersize=6)
    return {"clipped"}


def _write_header(ax: Axes, track: Track, colours: Palette, centre: float) -> None:
    y = centre + _HEADER
    across: dict[str, Any] = {"transform": ax.get_yaxis_transform(), "va": "bottom"}
    columns, level = style.columns_of(ax), list(track.level)
    while len(level) > 1 and len(" · ".join(level)) > columns * 0.6:
        del level[0]
    room = columns - len(" · ".join(level)) - 4
    line = f"{track.name}  {track.words}" if track.words else track.name
    options: dict[str, Any] = {"fontsize": style.MEDIUM, "zorder": 4, **across}
    style.write(ax, 0, y, shorten(line, room), track.colour.text, **options)
    style.write(ax, 1, y, " · ".join(level), colours.quiet, ha="right", **across)


def level_of(parts: Sequence[PlacedSound]) -> tuple[str, ...]:
    """The length, the peak and the level of sounds together, in words."""
    power = sum(10 ** (part.level / 10) * part.clip.seconds for part in parts)
    seconds = sum(part.clip.seconds for part in parts)
    if not parts or not seconds:
        return (fonts.say("plots.no_sound"),)
    if not power:
        return (fonts.say("plots.silent", seconds=seconds),)
    peak = max(part.peak for part in parts)
    level = 10 * float(np.log10(power / seconds))
    words = (
        fonts.say("plots.seconds", seconds=seconds),
        fonts.say("plots.peak", peak=peak),
        fonts.say("plots.level", level=level),
    )
    return tuple(map(minus, words))


def silences(speech: Iterable[Span], begin: float, end: float) -> Iterator[Span]:
    """What lies between the spans of speech from ``begin`` to ``end``, shorter gaps left out."""
    for start, stop in [*speech, (end, end)]:
        if start - begin >= _SHORTEST_SILENCE:
            yield begin, start
        begin = stop


def clipped_spans(part: PlacedSound) -> list[Span]:
    """Where three samples in a row or more are at full scale, in seconds of the axis."""
    clip = part.clip
    if part.peak < 20 * np.log10(_FULL_SCALE):
        return []
    flat = np.abs(clip.samples) >= _FULL_SCALE
    edges = np.flatnonzero(np.diff(flat.astype(np.int8), prepend=0, append=0)).reshape(-1, 2)
    runs = edges[edges[:, 1] - edges[:, 0] >= 3] / clip.rate + part.start
    return [(float(a), float(b)) for a, b in runs]


def _columns(spans: Sequence[Span]) -> tuple[list[float], list[float]]:
    return [a for a, _ in spans], [b for _, b in spans]


def legend_of(ax: Axes, marks: set[str], colours: Palette) -> None:
    """A legend of the marks that are there; each is a shape as well as a colour."""
    slate = colours.silence
    shapes: dict[str, Any] = {
        "speech": Patch(facecolor=colours.speech.wash, edgecolor=colours.speech.fill),
        "silence": Line2D([], [], color=slate.fill, linewidth=1.2),
        "unheard": Patch(facecolor=slate.wash, edgecolor=slate.fill, hatch="///"),
        "interrupted": Line2D([], [], color=colours.error.fill, marker="X", linestyle=""),
        "cut_in": Patch(facecolor=colours.input.fill),
        "clipped": Line2D([], [], color=colours.error.fill, marker="v", linestyle=""),
        "at_once": Line2D([], [], color=slate.fill, linewidth=4, solid_capstyle="butt"),
    }
    shown = [name for name in shapes if name in marks]
    if shown:
        names = [fonts.say(f"plots.{name}") for name in shown]
        style.legend(ax, colours, [shapes[name] for name in shown], names)
