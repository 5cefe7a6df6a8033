"""``vad``: how sure the emulator's ear is of speech, and what server VAD would make of it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from glmkit.plots.drawing import fonts, style
from glmkit.plots.drawing.argument_checks import number, one_clip
from glmkit.plots.drawing.palette import Colour, Palette, Theme
from glmkit.plots.drawing.wave_shape import Wave
from glmkit.texts.layout.text_width import width_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from glmkit.media.clip import Clip
    from glmkit.media.voice_activity.segments import Tuning

_LONGEST = 60_000  # ms: a setting, not a pause anyone waits for
_SETTLES = 500  # ms of silence beyond it, until the detector is sure that there is silence


def vad(
    clip: Clip,
    *,
    threshold: float = 0.85,
    silence_duration_ms: float = 768,
    prefix_padding_ms: float = 96,
    ax: Axes | None = None,
    theme: Theme | None = None,
) -> Axes:
    """Where in the clip there is speech, and how sure that is.

    The probability of speech every 32 ms under the clip's wave, with both thresholds. Shaded: the
    segments server VAD would cut, from ``audio_start_ms`` to ``audio_end_ms``, and behind each the
    silence it waits for before it says so and the turn ends; silence goes on after the clip, as
    ``say`` sends it. Settings are named as in ``turn_detection`` (defaults: observed of the
    service). The detector is the emulator's (Silero), not the service's own.
    Raises BadArgument; Missing without onnxruntime.
    """
    one_clip(clip)
    number("threshold", threshold, 0, 1)
    number("silence_duration_ms", silence_duration_ms, 0, _LONGEST)
    number("prefix_padding_ms", prefix_padding_ms, 0, _LONGEST)
    heard = _heard(clip, threshold, silence_duration_ms, prefix_padding_ms)
    ax, colours = style.axes_for(ax, theme, 10, 4.8)
    wave, line = style.rows(ax, colours, (1, 1.2), gap=0.06)
    for panel in (wave, line):
        panel.set_xlim(0, max(heard.until * 1.01, 0.01))
        for segment in heard.segments:
            _shade(panel, segment, colours)
    _draw_wave(wave, clip, colours)
    _name_ends(wave, heard.segments, colours)
    _draw_chances(line, heard, colours, threshold, colours.voice(clip.speaker))
    style.label(line, colours, x=fonts.say("plots.time"), y=fonts.say("plots.chance"))
    note = fonts.say(
        "plots.vad_note", threshold=threshold, quiet=heard.quiet, ms=silence_duration_ms
    )
    style.entitle(ax, colours, _finding(heard.segments), note)
    return ax


@dataclass(frozen=True, slots=True)
class _SpeechSegment:
    """Seconds: what ``speech_started`` and ``speech_stopped`` say, and when the latter comes."""

    begin: float
    end: float
    told: float


@dataclass(frozen=True, slots=True)
class _Heard:
    """What the detector makes of a clip and the silence after it, ``until`` so many seconds."""

    chances: NDArray[np.float32]
    segments: tuple[_SpeechSegment, ...]
    quiet: float
    until: float


def _heard(clip: Clip, threshold: float, silence: float, prefix: float) -> _Heard:
    from glmkit.media.voice_activity.segments import Tuning
    from glmkit.media.voice_activity.silero import FRAME_MS, probabilities

    tuning = Tuning(threshold, prefix, silence)
    waited = np.zeros(round((silence + _SETTLES) / 1000 * clip.rate), np.float32)
    chances = probabilities(np.concatenate([clip.samples, waited]), clip.rate)
    segments = tuple(_segments(chances, tuning))
    until = max([clip.seconds, *(segment.told for segment in segments)])
    return _Heard(chances[: math.ceil(until * 1000 / FRAME_MS)], segments, tuning.quiet, until)


def _segments(chances: NDArray[np.float32], tuning: Tuning) -> Iterator[_SpeechSegment]:
    from glmkit.media.voice_activity.segments import Segmenter, Started, Stopped
    from glmkit.media.voice_activity.silero import FRAME_MS

    segmenter, begin = Segmenter(tuning), 0.0
    for frame in range(len(chances)):
        for event in segmenter.feed(chances[frame : frame + 1]):
            if isinstance(event, Started):
                begin = event.at_ms / 1000
            elif isinstance(event, Stopped):
                yield _SpeechSegment(begin, event.at_ms / 1000, (frame + 1) * FRAME_MS / 1000)


def _shade(panel: Axes, segment: _SpeechSegment, colours: Palette) -> None:
    """The speech, the silence it is waited for, and the three moments."""
    panel.axvspan(segment.begin, segment.end, color=colours.speech.wash, linewidth=0, zorder=0.3)
    panel.axvspan(segment.end, segment.told, color=colours.silence.wash, linewidth=0, zorder=0.3)
    for edge in (segment.begin, segment.end):
        panel.axvline(edge, color=colours.speech.fill, linewidth=1.4, zorder=2)
    panel.axvline(segment.told, color=colours.ink, linewidth=1.8, linestyle=(0, (4, 2)), zorder=2)


def _name_ends(ax: Axes, segments: Sequence[_SpeechSegment], colours: Palette) -> None:
    """What the dashed mark is, wherever there is room before it."""
    words, left = fonts.say("plots.turn_ends"), 0.0
    for segment in segments:
        share = (segment.told - left) / ax.get_xlim()[1]
        left = segment.told
        if style.columns_of(ax, share, style.SMALL) > width_of(words) + 2:
            options: dict[str, Any] = {"ha": "right", "va": "top", "zorder": 5}
            options["ground"] = colours.silence.wash
            style.write(ax, segment.told, 1.0, f"{words} ", colours.ink, **options)


def _draw_wave(ax: Axes, clip: Clip, colours: Palette) -> None:
    top = 10 ** (max(clip.peak, -48.0) / 20)
    ax.set_ylim(-1.05, 1.05)
    fill = colours.voice(clip.speaker).fill
    ax.add_artist(Wave(clip, start=0.0, centre=0.0, height=1 / top, color=fill))
    ax.set_yticks([])
    ax.tick_params(labelbottom=False, bottom=False)
    ax.spines["bottom"].set_visible(False)


def _draw_chances(
    ax: Axes, heard: _Heard, colours: Palette, threshold: float, voice: Colour
) -> None:
    seconds = (np.arange(len(heard.chances)) + 0.5) * 0.032
    ax.plot(seconds, heard.chances, color=voice.fill, linewidth=1.8, zorder=3)
    ax.set_ylim(-0.03, 1.05)
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1])
    for level, name, dash in (
        (threshold, "speech_above", "-"),
        (heard.quiet, "silence_below", "--"),
    ):
        ax.axhline(level, color=colours.error.fill, linewidth=1.2, linestyle=dash, zorder=2)
        words = fonts.say(f"plots.{name}", level=level)
        options: dict[str, Any] = {"ha": "right", "va": "center", "solid": True, "zorder": 5}
        across = ax.get_yaxis_transform()
        style.write(ax, 0.995, level, words, colours.error.text, transform=across, **options)


def _finding(segments: Sequence[_SpeechSegment]) -> str:
    if not segments:
        return fonts.say("plots.vad_none")
    listed = ", ".join(f"{each.begin:.2f}–{each.end:.2f}" for each in segments[:4])
    if len(segments) > 4:
        listed += ", …"
    key = "plots.vad_one" if len(segments) == 1 else "plots.vad_found"
    return fonts.say(key, count=len(segments), spans=listed)
