"""zoom: every sample a dot, in both scales, and the edges of the chunks that were sent."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from glmkit import plots
from glmkit.errors import BadArgument
from glmkit.media.clip import Clip
from glmkit.plots.drawing.palette import THEMES
from glmkit.plots.drawing.style import root_of
from tests.listed import check_each
from tests.pictured import a_turn, sentence_on, voice

CLIP = Clip(np.array([0, 3, -4, 16_384, 5, -32_768] * 2_000, "<i2"), 16_000)


def dots(ax: Axes) -> list[tuple[float, float]]:
    [line] = [line for line in ax.get_lines() if line.get_marker() == "o"]
    return [(float(x), float(y)) for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)]


def edges(ax: Axes) -> list[float]:
    """Where the dashed lines are, in ms."""
    return [float(line.get_xdata()[0]) for line in ax.get_lines() if line.is_dashed()]  # type: ignore[index]


@pytest.mark.slow
def test_each_sample_is_a_dot_where_it_is() -> None:
    """Ten milliseconds at 16 kHz are 160 dots, each at its own ms and of its own amplitude."""
    ax = plots.zoom(CLIP, at=0.25, seconds=0.01)
    found = dots(ax)
    assert len(found) == 160
    assert found[0] == (250.0, CLIP.samples[4_000])
    assert [y for _, y in found] == CLIP.samples[4_000:4_160].tolist()
    assert np.diff([x for x, _ in found]) == pytest.approx(0.0625)
    shown = sentence_on(ax)
    assert "160 samples in 10 ms at 16 kHz: one each 0.0625 ms" in shown
    assert "−1.000 of full scale, as a 16-bit number −32,768" in shown
    assert "amplitude (full scale ±1)" in shown
    assert "16-bit sample value" in shown


@pytest.mark.slow
def test_a_soft_sample_is_not_said_to_be_none() -> None:
    """Nine 32,768ths of full scale are no 0.000."""
    soft = Clip(np.array([0, 3, -9, 2] * 2_000, "<i2"), 16_000)
    assert "−0.000275 of full scale, as a 16-bit number −9" in sentence_on(plots.zoom(soft, at=0.2))


def test_both_scales_say_the_same() -> None:
    """The right axis is the left one times 32,768."""
    ax = plots.zoom(CLIP, at=0.25)
    [beside] = [other for other in root_of(ax).axes if other is not ax]
    assert np.array(beside.get_ylim()) == pytest.approx(np.array(ax.get_ylim()) * 32_768)


@pytest.mark.slow
def test_few_samples_are_written_out() -> None:
    """As the 16-bit numbers that are sent."""
    shown = sentence_on(plots.zoom(CLIP, at=0.0, seconds=0.0005)).split("\n")
    assert {"3", "−4", "16384"} <= set(shown)


@pytest.mark.slow
def test_a_clips_chunks_are_those_that_would_be_sent() -> None:
    """Numbered from 1; a line half a sample before each first one, as ``chunks`` cuts."""
    clip = CLIP[:0.2]
    for ms in (20, 33.3, 60):
        sizes = [len(chunk) // 2 for chunk in clip.chunks(ms)]
        starts = [0, *accumulate(sizes)][:-1]
        ax = plots.zoom(clip, at=0.0, seconds=0.2, chunk_ms=ms)
        assert edges(ax) == pytest.approx([(start - 0.5) / 16 for start in starts])
        assert f"chunks of {ms:g} ms are {len(sizes)} in all" in sentence_on(ax)
    ax = plots.zoom(CLIP, at=0.095)
    assert "chunk 1\nchunk 2" in sentence_on(ax)
    assert "a chunk begins" in sentence_on(ax)
    assert "No chunk begins here" in sentence_on(plots.zoom(CLIP, at=0.02))


@pytest.mark.slow
def test_a_turns_chunks_are_those_that_were_sent() -> None:
    """Off its append events, whatever their lengths were."""
    turn = a_turn(spoken=voice(0.45))
    appends = [e for e in turn.events if e.type == "input_audio_buffer.append"]
    ends = list(accumulate(e.size // 2 for e in appends))
    assert len(ends) == 5
    ax = plots.zoom(turn, at=0.0, seconds=0.45)
    assert edges(ax) == pytest.approx([(first - 0.5) / 16 for first in [0, *ends[:-1]]])
    assert "5 were sent" in sentence_on(ax)


def test_it_begins_around_the_loudest_sample() -> None:
    """Where nobody says where; a clip shorter than the window is shown whole."""
    samples = np.zeros(8_000, np.float32)
    samples[5_000] = 0.5
    found = dots(plots.zoom(Clip(samples, 8_000)))
    assert found[40] == (625.0, 0.5)
    assert len(dots(plots.zoom(Clip(samples[5_000:5_003], 8_000)))) == 3
    assert len(dots(plots.zoom(Clip.silence(1)))) == 160


WRONG: list[tuple[Any, dict[str, Any], str]] = [
    (CLIP, {"at": 5}, "at is 5, expected a number from 0 to 0.749938"),
    (CLIP, {"at": -1}, "at is -1"),
    (CLIP, {"at": "loud"}, "at is 'loud'"),
    (CLIP, {"at": float("nan")}, "at is nan"),
    (CLIP, {"seconds": 0}, "seconds is 0, expected a number from 6.25e-05 to 1"),
    (CLIP, {"seconds": 2}, "seconds is 2"),
    (CLIP, {"chunk_ms": 0}, "chunk_ms is 0"),
    (CLIP, {"theme": "pink"}, "theme is 'pink'"),
    (Clip.silence(0), {}, "holds no samples"),
    (a_turn(), {"chunk_ms": 20}, "as they were sent"),
]


def test_what_cannot_be_shown_is_said() -> None:
    """The setting, what was found, what is possible."""
    check_each(_is_said, WRONG)


def _is_said(what: Any, options: dict[str, Any], said: str) -> None:
    with pytest.raises(BadArgument, match=re.escape(said)):
        plots.zoom(what, **options)


@pytest.mark.slow
def test_it_fits_narrow_axes_and_both_grounds() -> None:
    """Seven inches, beside another figure, light and dark; no word lies on another's."""
    for theme in THEMES:
        figure = Figure(figsize=(7, 6), layout="constrained")
        panels = figure.subplots(2, 1)
        for ax, at in zip(panels, (0.095, 0.3), strict=True):
            plots.zoom(CLIP, at=at, ax=ax, theme=theme)
        sentence_on(panels[0])
        boxes = [t.get_window_extent() for t in panels[0].texts if t.get_visible()]
        assert not any(one.overlaps(other) for one, other in pairwise(boxes))
