"""The envelope: exactly what a line through every sample would cover, column by column."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.typing import NDArray

from glmkit.media.clip import Clip
from glmkit.plots import waveform
from glmkit.plots.drawing.wave_shape import Wave, clip_envelope, envelope

Rows = NDArray[np.float32]


def noise(seconds: float, rate: int = 16_000) -> Clip:
    """Seeded noise of a changing level, as 16-bit samples: no two columns are alike."""
    rng = np.random.default_rng(5)
    sound = rng.standard_normal(round(seconds * rate), dtype=np.float32)
    sound *= np.linspace(0.01, 0.3, len(sound), dtype=np.float32)
    return Clip((np.clip(sound, -1, 1) * 32767).astype(np.int16), rate)


def between(samples: Rows, edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """The line's height at each edge; outside the sound there is none."""
    before = np.clip(np.floor(edges), 0, len(samples) - 2).astype(int)
    low, high = samples[before].astype(float), samples[before + 1].astype(float)
    inside = (edges >= 0) & (edges <= len(samples) - 1)
    return np.where(inside, low + (edges - before) * (high - low), np.nan)


def full_draw(samples: Rows, edges: NDArray[np.float64]) -> tuple[Rows, Rows]:
    """The range of the whole line in each column, the plain way."""
    ends = between(samples, edges).astype(np.float32)
    firsts = np.clip(np.ceil(edges), 0, len(samples)).astype(int)
    lows, highs = [], []
    for n, (first, last) in enumerate(pairwise(firsts)):
        there = np.concatenate([samples[first:last], ends[n : n + 2]])
        there = there[~np.isnan(there)]
        lows.append(there.min() if len(there) else np.nan)
        highs.append(there.max() if len(there) else np.nan)
    return np.array(lows, np.float32), np.array(highs, np.float32)


@pytest.mark.parametrize("width", [3, 90, 1000, 7000])
def test_every_column_is_the_full_draws(width: int) -> None:
    """Few samples a column or many, fractions and edges outside the sound: the same range."""
    samples = noise(0.25).samples
    edges = np.linspace(-37.3, len(samples) + 52.7, width + 1)
    for found, wanted in zip(envelope(samples, edges), full_draw(samples, edges), strict=True):
        np.testing.assert_allclose(found, wanted, atol=1e-6, equal_nan=True)


@pytest.mark.long
@pytest.mark.parametrize("minutes", [10, 60])
def test_a_long_clips_figure_is_the_full_draws(minutes: int) -> None:
    """At 10 and at 60 minutes no pixel column of the figure differs in its least or greatest."""
    clip = noise(minutes * 60)
    ax = waveform(clip)
    figure = ax.get_figure()
    assert isinstance(figure, Figure)
    figure.draw_without_rendering()
    [wave] = [artist for artist in ax.get_children() if isinstance(artist, Wave)]
    pixels, lows, highs = wave.columns()
    seconds = ax.transData.inverted().transform([(x, 0) for x in pixels])[:, 0]
    wanted = full_draw(clip.samples, seconds * clip.rate)
    assert len(lows) > 900
    np.testing.assert_allclose(lows, wanted[0], atol=1e-5, equal_nan=True)
    np.testing.assert_allclose(highs, wanted[1], atol=1e-5, equal_nan=True)


def test_the_picture_covers_what_the_line_covers() -> None:
    """Drawn, each column's dark rows are those of the full line, to a pixel's rounding."""
    clip = noise(3)
    figure = Figure(figsize=(6, 3), dpi=100)
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, 3), ylim=(-1, 1))
    ax.set_axis_off()
    ax.add_artist(Wave(clip, start=0, centre=0, height=1, color="black"))
    lows, highs = full_draw(clip.samples, np.linspace(0, len(clip), 601))
    wanted = np.array([(1 - highs) * 150 - 0.5, (1 - lows) * 150 - 0.5])
    assert np.abs(extents(figure) - wanted).max() <= 1


def extents(figure: Figure) -> NDArray[np.float64]:
    """(first, last) dark row of each column of pixels."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    dark = np.asarray(canvas.buffer_rgba())[:, :, 0] < 128
    rows = np.where(dark, np.arange(dark.shape[0])[:, None], np.nan)
    there = dark.any(axis=0)
    return np.array([np.nanmin(rows[:, there], axis=0), np.nanmax(rows[:, there], axis=0)])


def test_zooming_in_shows_what_is_there() -> None:
    """The envelope follows the axes: after a zoom its columns are those of the new view."""
    clip = noise(10)
    ax = waveform(clip)
    figure = ax.get_figure()
    assert isinstance(figure, Figure)
    ax.set_xlim(5.0, 5.01)
    figure.draw_without_rendering()
    [wave] = [artist for artist in ax.get_children() if isinstance(artist, Wave)]
    _, lows, highs = wave.columns()
    seen = clip[5.0:5.01].samples
    assert (np.nanmin(lows), np.nanmax(highs)) == pytest.approx((seen.min(), seen.max()), abs=0.05)


def test_no_sound_has_no_columns() -> None:
    """An empty clip, and columns beside the clip, are NaN."""
    empty = Clip(np.zeros(0, np.float32), 16_000)
    for clip, edges in ((empty, np.linspace(0, 5, 6)), (noise(0.1), np.linspace(-9, -4, 6))):
        lows, highs = clip_envelope(clip, edges)
        assert np.isnan(lows).all()
        assert np.isnan(highs).all()
