"""``plots.waveform`` against ``librosa.display.waveshow``: what it costs to draw ten minutes.

Both fill the same empty axes and are rendered to pixels, in turns, in one process, after a
warm-up of both. What an empty figure costs is measured in each round as well, and taken off
both. Seconds are the process's CPU time, so that a busy machine counts less; what counts is
the median of the rounds' ratios. ``waveform`` also finds the speech, the levels and the clipping;
``waveshow`` is given its float samples for nothing.

    python -m benchmarks.waveform [--minutes 10] [--rounds 7]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from statistics import median
from time import process_time

import librosa.display
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from glmkit.media.clip import Clip
from glmkit.plots import waveform

RATE = 16_000
ALLOWED = 0.1  # of waveshow, at ten minutes


def speech_like(minutes: float) -> Clip:
    """Seeded noise in syllables and pauses, as 16-bit samples, as a recording is."""
    count = round(minutes * 60 * RATE)
    seconds = np.arange(count, dtype=np.float32) / RATE
    swell = np.clip(np.sin(2 * np.pi * 4 * seconds), 0, 1) * (np.sin(seconds / 2) > -0.5)
    noise = np.random.default_rng(1).standard_normal(count, dtype=np.float32)
    return Clip((noise * swell * 4000).clip(-32768, 32767).astype(np.int16), RATE)


def seconds_to_draw(draw: Callable[[Axes], object]) -> float:
    """CPU seconds from empty axes to pixels."""
    figure = Figure(figsize=(10, 4), dpi=120)
    ax, canvas = figure.add_subplot(), FigureCanvasAgg(figure)
    begin = process_time()
    draw(ax)
    canvas.draw()  # type: ignore[no-untyped-call]
    return process_time() - begin


def measured(minutes: float, rounds: int) -> list[tuple[float, float]]:
    """(ours, librosa's) of each round, in seconds above an empty figure; one round is warm-up."""
    clip = speech_like(minutes)
    samples = clip.samples
    found = []
    for _ in range(rounds + 1):
        empty = seconds_to_draw(lambda ax: ax)
        ours = seconds_to_draw(lambda ax: waveform(clip, ax=ax))
        theirs = seconds_to_draw(lambda ax: librosa.display.waveshow(samples, sr=clip.rate, ax=ax))
        found.append((ours - empty, theirs - empty))
    return found[1:]


def main() -> None:
    """Print both medians and the ratio; exit with 1 above what is allowed at ten minutes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    found = measured(options.minutes, options.rounds)
    ours, theirs = (median(column) for column in zip(*found, strict=True))
    ratio = median(a / b for a, b in found)
    print(f"{options.minutes:g} min: waveform {ours:.3f} s, waveshow {theirs:.3f} s, CPU")
    print(f"ratio {ratio:.3f}; allowed at 10 min: {ALLOWED}")
    raise SystemExit(options.minutes >= 10 and ratio > ALLOWED)


if __name__ == "__main__":
    main()
