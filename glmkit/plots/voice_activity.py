"""``vad``: how sure the emulator's ear is of speech, and what server VAD would make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from glmkit.plots.drawing import fonts, style
from glmkit.plots.drawing.argument_checks import number, one_clip
from glmkit.plots.drawing.palette import Palette, Theme
from glmkit.plots.drawing.wave_shape import Wave

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from glmkit.media.clip import Clip

Span = tuple[float, float]
_LONGEST = 60_000  # ms: a setting, not a pause anyone waits for


def vad(
    clip: Clip,
    *,
    threshold: float = 0.85,
    silence_duration_ms: float = 768,
    prefix_padding_ms: float = 96,
    ax: Axes | None = None,
    theme: Theme = "light",
) -> Axes:
    """Where in the clip there is speech, and how sure that is.

    The probability of speech every 32 ms under the clip's wave, with both thresholds. Shaded: the
    segments server VAD would cut with these settings, named as in ``turn_detection`` (defaults:
    observed of the service). The detector is the emulator's (Silero), not the service's own.
    Raises BadArgument; Missing without onnxruntime.
    """
    one_clip(clip)
    number("threshold", threshold, 0, 1)
    number("silence_duration_ms", silence_duration_ms, 0, _LONGEST)
    number("prefix_padding_ms", prefix_padding_ms, 0, _LONGEST)
    chances, spans, quiet = _heard(clip, threshold, silence_duration_ms, prefix_padding_ms)
    ax, colours = style.axes_for(ax, theme, 10, 4.8)
    wave, line = style.rows(ax, colours, (1, 1.2), gap=0.06)
    for panel in (wave, line):
        panel.set_xlim(0, max(clip.seconds, 0.01))
        for begin, end in spans:
            panel.axvspan(begin, end, color=colours.speech.wash, linewidth=0, zorder=0.3)
            for edge in (begin, end):
                panel.axvline(edge, color=colours.speech.fill, linewidth=1.4, zorder=2)
    _draw_wave(wave, clip, colours)
    _draw_chances(line, chances, colours, threshold=threshold, quiet=quiet)
    style.label(line, colours, x=fonts.say("plots.time"), y=fonts.say("plots.chance"))
    note = fonts.say("plots.vad_note", threshold=threshold, quiet=quiet, ms=silence_duration_ms)
    style.entitle(ax, colours, _finding(spans), note)
    return ax


def _heard(
    clip: Clip, threshold: float, silence: float, prefix: float
) -> tuple[Any, list[Span], float]:
    """Probabilities, the segments (begin, end) in seconds, and the lower threshold."""
    from glmkit.media.voice_activity.segments import Segmenter, Started, Stopped, Tuning
    from glmkit.media.voice_activity.silero import RATE, probabilities

    chances = probabilities(clip.samples, clip.rate)
    tuning = Tuning(threshold, prefix, silence)
    spans: list[Span] = []
    for event in Segmenter(tuning).feed(chances):
        if isinstance(event, Started):
            spans.append((event.first / RATE, clip.seconds))
        elif isinstance(event, Stopped):
            spans[-1] = spans[-1][0], min(event.last / RATE, clip.seconds)
    return chances, spans, tuning.quiet


def _draw_wave(ax: Axes, clip: Clip, colours: Palette) -> None:
    top = 10 ** (max(clip.peak, -48.0) / 20)
    ax.set_ylim(-1.05, 1.05)
    fill = colours.input.fill
    ax.add_artist(Wave(clip, start=0.0, centre=0.0, height=1 / top, color=fill))
    ax.set_yticks([])
    ax.tick_params(labelbottom=False, bottom=False)
    ax.spines["bottom"].set_visible(False)


def _draw_chances(
    ax: Axes, chances: Any, colours: Palette, *, threshold: float, quiet: float
) -> None:
    seconds = (np.arange(len(chances)) + 0.5) * 0.032
    ax.plot(seconds, chances, color=colours.input.fill, linewidth=1.8, zorder=3)
    ax.set_ylim(-0.03, 1.05)
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1])
    for level, name, dash in ((threshold, "speech_above", "-"), (quiet, "silence_below", "--")):
        ax.axhline(level, color=colours.error.fill, linewidth=1.2, linestyle=dash, zorder=2)
        words = fonts.say(f"plots.{name}", level=level)
        box = {"facecolor": colours.ground, "edgecolor": "none", "pad": 1, "alpha": 0.85}
        options = {"ha": "right", "va": "center", "bbox": box, "zorder": 5}
        across = ax.get_yaxis_transform()
        style.write(ax, 0.995, level, words, colours.error.text, transform=across, **options)


def _finding(spans: list[Span]) -> str:
    if not spans:
        return fonts.say("plots.vad_none")
    listed = ", ".join(f"{begin:.2f}–{end:.2f}" for begin, end in spans[:4])
    if len(spans) > 4:
        listed += ", …"
    key = "plots.vad_one" if len(spans) == 1 else "plots.vad_found"
    return fonts.say(key, count=len(spans), spans=listed)
