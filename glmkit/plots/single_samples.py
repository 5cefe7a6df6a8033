"""``zoom``: a few milliseconds of sound, each sample a dot, and where chunks were cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from glmkit.errors import BadArgument, BadAudio
from glmkit.media.clip import Clip
from glmkit.media.encoders import pcm16
from glmkit.plots.drawing import fonts, style
from glmkit.plots.drawing.argument_checks import number, wrong
from glmkit.plots.drawing.palette import Palette, Theme
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import APPEND
from glmkit.texts import minus, text
from glmkit.turns.turn import Turn

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH, _HEIGHT = 10.0, 4.2  # inches
_LEAST = (4.2, 2.0)  # inches
_CHUNK_MS: Final = 100.0  # what `say` sends, if not told otherwise
_LONGEST: Final = 1.0  # seconds
_LONGEST_CHUNK: Final = 60_000.0  # ms
_STEMS, _DOTS, _VALUES = 4.0, 1.6, 30.0  # points between samples from which they are drawn
_FULL_SCALE: Final = 32_768


@dataclass(frozen=True, slots=True)
class Window:
    """The samples from ``first`` to before ``last`` of a clip, and the chunks it was cut into.

    ``edges``: the first sample of each chunk, and the end of the last one. ``sent``: whether it
    was sent so, or only would be.
    """

    clip: Clip
    first: int
    last: int
    edges: Sequence[int]
    sent: bool

    @property
    def milliseconds(self) -> NDArray[np.float64]:
        """When each sample is, in ms of the clip, shape (n,)."""
        return np.arange(self.first, self.last) * 1000.0 / self.clip.rate

    @property
    def samples(self) -> NDArray[np.float32]:
        """Amplitudes, ±1 is full scale, float32, shape (n,)."""
        return self.clip.samples[self.first : self.last]

    def chunks(self) -> list[tuple[int, int, int]]:
        """(number, first, end) of each chunk that is seen, counted from 1, cut to the window."""
        every = enumerate(pairwise(self.edges), 1)
        cut = ((k, max(a, self.first), min(b, self.last)) for k, (a, b) in every)
        return [(k, a, b) for k, a, b in cut if a < b]


def zoom(
    what: Clip | Turn,
    *,
    at: float | None = None,
    seconds: float = 0.01,
    chunk_ms: float | None = None,
    ax: Axes | None = None,
    theme: Theme | None = None,
) -> Axes:
    """A few milliseconds of sound, each sample a dot.

    Of a clip, or of what a turn sent. Milliseconds across; amplitude up, ±1 is full scale, and at
    the right the 16-bit value. Lines show where one chunk ends and the next, by its number,
    begins: of a turn's where they were cut when they were sent, of a clip every ``chunk_ms`` (100
    if not given). ``at``: the second at which it begins, around the loudest sample if not given;
    ``seconds``: how long, at most 1. ``ax``: the axes to draw on; ``theme``: light or dark.
    Raises BadArgument.

    >>> glm.plots.zoom(glm.sample("joke_zh"), at=0.295, seconds=0.01)
    """
    window = _window(what, at, seconds, chunk_ms)
    ax, colours = style.axes_for(ax, theme, _WIDTH, _HEIGHT, least=_LEAST)
    half = 500 / window.clip.rate
    ends = window.milliseconds[[0, -1]]
    ax.set_xlim(ends[0] - half, ends[1] + half)
    largest = max(float(np.abs(window.samples).max()), 2 / _FULL_SCALE)
    ax.set_ylim(-1.35 * largest, 1.6 * largest)
    _draw_chunks(ax, window, colours)
    _draw_samples(ax, window, colours)
    style.label(ax, colours, x=fonts.say("plots.time_ms"), y=fonts.say("plots.amplitude"))
    style.entitle(ax, colours, _finding(window), _note(window))
    if style.words_fit_beside(ax, len("-32768") + 2):
        _scale_in_values(ax, colours)
    return ax


# -- what is shown -------------------------------------------------------------------------


def _window(what: Any, at: Any, seconds: Any, chunk_ms: Any) -> Window:
    clip, edges = _cut_up(what, chunk_ms)
    if not len(clip):
        raise BadArgument(text("plots.no_samples"))
    length = number("seconds", seconds, 1 / clip.rate, _LONGEST)
    count = min(max(round(length * clip.rate), 1), len(clip))
    if at is None:
        loudest = int(np.argmax(np.abs(clip.samples)))
        first = min(max(loudest - count // 2, 0), len(clip) - count)
    else:
        first = round(number("at", at, 0, (len(clip) - 1) / clip.rate) * clip.rate)
    return Window(clip, first, min(first + count, len(clip)), edges, isinstance(what, Turn))


def _cut_up(what: Any, chunk_ms: Any) -> tuple[Clip, list[int]]:
    """The sound, and the first sample of each of its chunks and the end of the last."""
    if isinstance(what, Turn):
        if chunk_ms is not None:
            raise BadArgument(text("plots.chunks_sent", found=chunk_ms))
        if what.input is None:
            raise BadArgument(text("plots.nothing_sent"))
        return what.input, _sent_edges(what, what.input)
    if not isinstance(what, Clip):
        raise wrong(what, "a_clip_or_turn")
    ms = _CHUNK_MS if chunk_ms is None else chunk_ms
    length = number("chunk_ms", ms, 1000 / what.rate, _LONGEST_CHUNK) * what.rate / 1000
    inner = range(1, int(len(what) / length) + 1)
    edges = {0, *(int(k * length + 0.5) for k in inner), len(what)}  # as Clip.chunks cuts
    return what, sorted(edges)


def _sent_edges(turn: Turn, clip: Clip) -> list[int]:
    appends = (event for event in turn.events if event.type == APPEND and event.payload)
    ends = accumulate(_seconds(event) for event in appends)
    return [0, *(min(round(end * clip.rate), len(clip)) for end in ends)]


def _seconds(event: Event) -> float:
    try:
        clip = event.clip
    except BadAudio:  # a broken WAV adds no sound
        return 0.0
    return clip.seconds if clip is not None else 0.0


# -- drawn ---------------------------------------------------------------------------------


def _draw_samples(ax: Axes, window: Window, colours: Palette) -> None:
    colour = colours.voice(window.clip.speaker)
    at, samples = window.milliseconds, window.samples
    apart = style.points_of(ax) / len(samples)
    ax.axhline(0, color=colours.quiet, linewidth=0.8, zorder=1)
    ax.plot(at, samples, color=colour.fill, linewidth=0.7 if apart >= _DOTS else 1.1, zorder=2)
    if apart >= _STEMS:
        ax.vlines(at, 0, samples, color=colour.fill, linewidth=0.9, alpha=0.55, zorder=2)
    if apart >= _DOTS:
        size = min(max(apart * 0.55, 2.0), 7.0)
        ax.plot(at, samples, "o", color=colour.fill, markersize=size, zorder=3)
    if apart >= _VALUES:
        _write_values(ax, window, colour.text)


def _write_values(ax: Axes, window: Window, color: str) -> None:
    gap = 0.05 * (ax.get_ylim()[1] - ax.get_ylim()[0])
    values = pcm16(window.samples)
    for at, sample, value in zip(window.milliseconds, window.samples, values, strict=True):
        y = sample + (gap if sample >= 0 else -gap)
        style.write(ax, at, y, minus(str(value)), color, ha="center", zorder=4)


def _draw_chunks(ax: Axes, window: Window, colours: Palette) -> None:
    """Every other chunk's ground, a line before its first sample, and its number if that fits."""
    across = ax.get_xaxis_transform()
    left, right = ax.get_xlim()
    for chunk, first, end in window.chunks():
        begin, stop = ((sample - 0.5) * 1000 / window.clip.rate for sample in (first, end))
        ground = colours.silence.wash if chunk % 2 else ax.get_facecolor()
        ax.axvspan(begin, stop, color=ground, linewidth=0, zorder=0.1)
        if first == window.edges[chunk - 1]:  # it begins here
            ax.axvline(begin, color=colours.ink, linewidth=1.2, linestyle=(0, (4, 2)), zorder=1.5)
        words = fonts.say("plots.chunk", number=chunk)
        if style.columns_of(ax, (stop - begin) / (right - left), style.SMALL) > len(words) + 1:
            options: dict[str, Any] = {"transform": across, "ha": "center", "zorder": 4}
            options["ground"] = ground
            style.write(ax, (begin + stop) / 2, 0.94, words, colours.quiet, **options)


def _scale_in_values(ax: Axes, colours: Palette) -> None:
    """The same amplitudes at the right, as the 16-bit numbers that are sent."""
    bottom, top = (limit * _FULL_SCALE for limit in ax.get_ylim())
    beside = ax.twinx()
    style.dress(beside, colours)
    beside.patch.set_visible(False)
    beside.set_ylim(bottom, top)
    beside.yaxis.set_major_formatter(lambda value, _: minus(f"{value:,.0f}"))
    style.label(beside, colours, y=fonts.say("plots.value"))


# -- in words ------------------------------------------------------------------------------


def _finding(window: Window) -> str:
    count, rate = window.last - window.first, window.clip.rate
    numbers = {"ms": f"{count * 1000 / rate:.4g}", "khz": f"{rate / 1000:g}"}
    key = "plots.zoom_found" if count > 1 else "plots.zoom_found_one"
    return fonts.say(key, count=count, **numbers, each=f"{1000 / rate:.4g}")


def _share(amplitude: float) -> str:
    """A share of full scale; a soft one with the places that 16 bits tell apart."""
    places = 6 if 0 < abs(amplitude) < 0.05 else 3
    return f"{amplitude:.{places}f}"


def _note(window: Window) -> str:
    """Whether chunks were sent so, and what the largest sample is in both scales."""
    values = pcm16(window.samples)
    largest = int(np.argmax(np.abs(window.samples)))
    share = _share(float(window.samples[largest]))
    scale = fonts.say("plots.zoom_scale", amplitude=share, value=f"{values[largest]:,}")
    lengths = sorted(b - a for a, b in pairwise(window.edges))
    usual = lengths[len(lengths) // 2] * 1000 / window.clip.rate
    begun = any(first == window.edges[chunk - 1] for chunk, first, _ in window.chunks())
    where = fonts.say("plots.zoom_edges" if begun else "plots.zoom_no_edge")
    how = "plots.zoom_sent" if window.sent else "plots.zoom_cut"
    cut = fonts.say(how, count=len(window.edges) - 1, ms=f"{round(usual, 1):g}")
    return minus(f"{scale}{where}{cut}")
