"""``pitch``, ``loudness``, ``compare``, ``profile``: how a voice sounds."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from glmkit.plots.drawing import fonts, style
from glmkit.plots.drawing.argument_checks import choice, one_clip
from glmkit.plots.drawing.palette import Colour, Palette, Theme, palette_of
from glmkit.plots.drawing.voices import DrawnVoice, voices_of
from glmkit.plots.measures import (
    HIGHEST,
    HOP,
    LONGEST,
    LOWEST,
    Pitch,
    ToneOfVoice,
    loudness_of,
    measure,
    pitch_of,
    syllables,
)
from glmkit.texts import minus
from glmkit.texts.layout.text_width import width_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from glmkit.media.clip import Clip

_PITCH_TICKS: Final = (75, 100, 150, 200, 300, 400, 600)
_LEAST: Final = (4.0, 3.0)  # inches of a profile
_DIGITAL_SILENCE = -90.0  # dBFS: nothing was recorded there
_SOFTEST = -80.0  # dBFS at the bottom of a loudness curve


def pitch(clip: Clip, *, ax: Axes | None = None, theme: Theme | None = None) -> Axes:
    """The pitch of the voice in Hz over seconds.

    As librosa's pyin finds it, with its confidence. Where the clip knows its syllables
    (``clip.syllables``: the kit's Mandarin recordings, ``glm.speak``), each is written over its
    time, with its tone as said. Raises BadArgument.
    """
    one_clip(clip)
    ax, colours = style.axes_for(ax, theme, 10, 3.8)
    found = pitch_of(clip)
    _draw_pitch(ax, found, colours, colours.voice(clip.speaker))
    _over(ax, clip.seconds)
    _write_syllables(ax, clip, colours)
    style.label(ax, colours, x=fonts.say("plots.time"), y=fonts.say("plots.pitch_axis"))
    note = fonts.say("plots.pitch_note", low=LOWEST, high=HIGHEST)
    if clip.syllables:
        note += fonts.say("plots.pitch_syllables")
    if clip.seconds > LONGEST:
        note += fonts.say("plots.pitch_cut", seconds=LONGEST)
    style.entitle(ax, colours, _pitch_finding(found), note)
    return ax


def _pitch_finding(found: Pitch) -> str:
    shares = found.percentiles(5, 50, 95)
    if shares is None:
        return fonts.say("plots.pitch_none")
    low, median, high = shares
    return fonts.say("plots.pitch_found", low=low, median=median, high=high)


def _draw_pitch(ax: Axes, found: Pitch, colours: Palette, colour: Colour) -> None:
    there = ~np.isnan(found.hertz)
    sizes = 5 + 30 * found.confidence[there]
    ax.scatter(found.seconds[there], found.hertz[there], sizes, color=colour.fill, linewidths=0)
    ax.set_yscale("log")
    ax.set_ylim(LOWEST, HIGHEST)
    ax.set_yticks(_PITCH_TICKS, [str(hertz) for hertz in _PITCH_TICKS])
    ax.minorticks_off()
    ax.grid(axis="y", color=colours.line, linewidth=0.5)


def _write_syllables(ax: Axes, clip: Clip, colours: Palette) -> None:
    """Each syllable's pinyin over its time, every other one on a ground, in two rows."""
    across = ax.get_xaxis_transform()
    left, right = ax.get_xlim()
    for number, (begin, end, said) in enumerate(clip.syllables):
        ground = colours.silence.wash if number % 2 else ax.get_facecolor()
        ax.axvspan(begin, end, color=ground, linewidth=0, zorder=0.1)
        ax.plot([begin, end], [0.012, 0.012], color=colours.quiet, linewidth=2, transform=across)
        room = style.columns_of(ax, 2 * (end - begin) / (right - left), style.MEDIUM)
        if room >= len(said):
            y = 0.93 if number % 2 else 0.84
            options: dict[str, Any] = {"transform": across, "ha": "center", "zorder": 4}
            options |= {"fontsize": style.MEDIUM, "ground": ground}
            style.write(ax, (begin + end) / 2, y, said, colours.ink, **options)


def loudness(clip: Clip, *, ax: Axes | None = None, theme: Theme | None = None) -> Axes:
    """How loud the clip is over seconds, in dBFS.

    Speech (found by energy) is shaded. Raises BadArgument.
    """
    one_clip(clip)
    ax, colours = style.axes_for(ax, theme, 10, 3.8)
    _draw_loudness(ax, clip, colours, colours.voice(clip.speaker))
    _over(ax, clip.seconds)
    style.label(ax, colours, x=fonts.say("plots.time"), y=fonts.say("plots.dbfs"))
    style.entitle(ax, colours, _loudness_finding(clip), fonts.say("plots.loudness_note"))
    return ax


def _draw_loudness(ax: Axes, clip: Clip, colours: Palette, colour: Colour) -> None:
    loud = np.maximum(loudness_of(clip), _SOFTEST)
    seconds = (np.arange(len(loud)) + 0.5) * HOP
    _shade(ax, clip, colours)
    ax.fill_between(seconds, _SOFTEST, loud, color=colour.fill, alpha=0.25, linewidth=0)
    ax.plot(seconds, loud, color=colour.fill, linewidth=1.4)
    ax.set_ylim(_SOFTEST, 0)
    ax.grid(axis="y", color=colours.line, linewidth=0.5)


def _shade(ax: Axes, clip: Clip, colours: Palette) -> None:
    for begin, end in clip.voiced_spans():
        ax.axvspan(begin, end, color=colours.speech.wash, linewidth=0, zorder=0.5)
        bar = ([begin, end], [0.012, 0.012])
        across = ax.get_xaxis_transform()
        ax.plot(*bar, color=colours.speech.fill, linewidth=4, transform=across, zorder=2.5)


def _loudness_finding(clip: Clip) -> str:
    loud = loudness_of(clip)
    if clip.level == -math.inf or not len(loud):
        return fonts.say("plots.loudness_none")
    at = (np.arange(len(loud)) + 0.5) * HOP
    inside = np.zeros(len(loud), bool)
    for begin, end in clip.voiced_spans():
        inside |= (at >= begin) & (at <= end)
    if inside.all() or not inside.any():
        return minus(fonts.say("plots.loudness_flat", level=clip.level))
    speech, rest = float(np.median(loud[inside])), float(np.median(loud[~inside]))
    if rest <= _DIGITAL_SILENCE:
        return minus(fonts.say("plots.loudness_clean", speech=speech))
    return minus(fonts.say("plots.loudness_found", speech=speech, above=speech - rest))


# -- two clips -------------------------------------------------------------------------------

Look = Literal["waveform", "spectrogram", "pitch", "loudness"]


def compare(
    first: Clip,
    second: Clip,
    *,
    kind: Look = "waveform",
    ax: Axes | None = None,
    theme: Theme | None = None,
) -> Axes:
    """Two clips under each other on the same scales.

    ``kind``: waveform, spectrogram, pitch or loudness. Raises BadArgument.
    """
    choice("kind", kind, ("waveform", *_LOOKS))
    first, second = one_clip(first), one_clip(second)
    if kind == "waveform":
        from glmkit.plots.waveforms import waveform

        ax = waveform([first, second], ax=ax, theme=theme)
        style.entitle(ax, palette_of(theme), _difference(first, second))
        return ax
    ax, colours = style.axes_for(ax, theme, 10, 5.6)
    panels = style.rows(ax, colours, (1, 1))
    y = {"spectrogram": "plots.hertz", "pitch": "plots.pitch_axis", "loudness": "plots.dbfs"}[kind]
    for panel, voice in zip(panels, voices_of([first, second], colours), strict=True):
        _LOOKS[kind](panel, voice.clip, colours, voice.colour)
        _over(panel, max(first.seconds, second.seconds))
        style.label(panel, colours, y=fonts.say(y))
        _name_panel(panel, voice, colours)
    style.label(panels[-1], colours, x=fonts.say("plots.time"), y=fonts.say(y))
    found = _pitch_difference(first, second) if kind == "pitch" else _difference(first, second)
    style.entitle(ax, colours, found)
    return ax


def _name_panel(panel: Axes, voice: DrawnVoice, colours: Palette) -> None:
    options: dict[str, Any] = {"transform": panel.transAxes, "va": "top", "zorder": 5}
    style.write(panel, 0.008, 0.95, voice.name, voice.colour.text, fontsize=style.MEDIUM, **options)


def _look_at_spectrum(ax: Axes, clip: Clip, colours: Palette, colour: Colour) -> None:
    from glmkit.plots.spectrograms import draw_spectrum, spectrum

    draw_spectrum(ax, spectrum(clip.resample(16_000), "mel"), colours, colour)


def _look_at_pitch(ax: Axes, clip: Clip, colours: Palette, colour: Colour) -> None:
    _draw_pitch(ax, pitch_of(clip), colours, colour)


def _look_at_loudness(ax: Axes, clip: Clip, colours: Palette, colour: Colour) -> None:
    _draw_loudness(ax, clip, colours, colour)


_LOOKS: Final[dict[str, Callable[[Axes, Clip, Palette, Colour], None]]] = {
    "spectrogram": _look_at_spectrum,
    "pitch": _look_at_pitch,
    "loudness": _look_at_loudness,
}


def _difference(first: Clip, second: Clip) -> str:
    longer = second.seconds - first.seconds
    length = "plots.longer" if longer > 0 else "plots.shorter"
    words = fonts.say(length if abs(longer) >= 0.005 else "plots.as_long", seconds=abs(longer))
    louder = _louder(second.level, first.level)
    return fonts.say("plots.compared", longer=words, louder=louder, **_both(first, second))


def _both(first: Clip, second: Clip) -> dict[str, str]:
    """What a sentence calls the two."""
    names = ["the_first", "the_second"]
    if {first.speaker, second.speaker} == {"you", "answer"}:
        names = [
            "your_voice" if clip.speaker == "you" else "the_answer" for clip in (first, second)
        ]
    return {"first": fonts.say(f"plots.{names[0]}"), "second": fonts.say(f"plots.{names[1]}")}


def _pitch_difference(first: Clip, second: Clip) -> str:
    one, other = (pitch_of(clip).percentiles(50) for clip in (first, second))
    if one is None or other is None:
        return fonts.say("plots.pitch_none")
    semitones = 12 * math.log2(other[0] / one[0])
    key = "plots.higher" if semitones > 0 else "plots.lower"
    words = fonts.say(key if abs(semitones) >= 0.05 else "plots.as_high", semitones=abs(semitones))
    hertz = {"one": one[0], "other": other[0]}
    return fonts.say("plots.compared_pitch", higher=words, **hertz, **_both(first, second))


def _louder(one: float, other: float) -> str:
    if -math.inf in (one, other):
        return fonts.say("plots.as_loud" if one == other else "plots.not_comparable")
    change = one - other
    key = (
        "plots.as_loud" if abs(change) < 0.05 else "plots.louder" if change > 0 else "plots.softer"
    )
    return fonts.say(key, decibels=abs(change))


# -- tone of voice ---------------------------------------------------------------------------


def profile(clip: Clip, *, ax: Axes | None = None, theme: Theme | None = None) -> Axes:
    """Tone of voice: speaking rate, pauses, pitch and loudness.

    As numbers beside their curves. The numbers alone: ``glm.plots.measure(clip)``. Raises
    BadArgument.
    """
    one_clip(clip)
    ax, colours = style.axes_for(ax, theme, 10, 5.4, least=_LEAST)
    upper, lower = style.rows(ax, colours, (1, 1))
    found = pitch_of(clip)
    _draw_loudness(upper, clip, colours, colours.voice(clip.speaker))
    _mark_syllables(upper, clip, colours)
    _draw_pitch(lower, found, colours, colours.voice(clip.speaker))
    _shade(lower, clip, colours)
    for panel in (upper, lower):
        _over(panel, clip.seconds)
    style.label(upper, colours, y=fonts.say("plots.dbfs"))
    style.label(lower, colours, x=fonts.say("plots.time"), y=fonts.say("plots.pitch_axis"))
    tone = measure(clip, pitch=found)
    _write_numbers(ax, tone, colours)
    style.entitle(ax, colours, _profile_finding(tone), fonts.say("plots.syllables"))
    return ax


def _mark_syllables(ax: Axes, clip: Clip, colours: Palette) -> None:
    seconds = syllables(clip)
    ax.plot(seconds, [-3.0] * len(seconds), "v", color=colours.speech.fill, markersize=5)


def _over(ax: Axes, seconds: float) -> None:
    ax.set_xlim(0, max(seconds, 0.01))


def _profile_finding(tone: ToneOfVoice) -> str:
    if tone.rate is None:
        return fonts.say("plots.no_speech", seconds=tone.seconds)
    if tone.pitch is None:
        return fonts.say("plots.profile_no_pitch", rate=tone.rate)
    return fonts.say("plots.profile_found", rate=tone.rate, pitch=tone.pitch[1])


def _write_numbers(ax: Axes, tone: ToneOfVoice, colours: Palette) -> None:
    """Beside the curves, if there is room."""
    numbers = _numbers(tone)
    if not style.words_fit_beside(ax, max(width_of(words) for both in numbers for words in both)):
        return
    for number, (name, value) in enumerate(numbers):
        y = 0.97 - number * 0.165
        options: dict[str, Any] = {"transform": ax.transAxes, "va": "top"}
        style.write(ax, 1.03, y, name, colours.quiet, **options)
        style.write(ax, 1.03, y - 0.052, value, colours.ink, fontsize=12, **options)


def _numbers(tone: ToneOfVoice) -> list[tuple[str, str]]:
    none, say = fonts.say("plots.none"), fonts.say
    pauses = sum(end - begin for begin, end in tone.pauses)
    values = {
        "rate": none if tone.rate is None else say("plots.profile_per_second", rate=tone.rate),
        "speech": say("plots.profile_of", speech=tone.speech, seconds=tone.seconds),
        "pauses": say("plots.profile_pause_list", count=len(tone.pauses), seconds=pauses)
        if tone.pauses
        else none,
        "lead": none if tone.lead is None else say("plots.seconds", seconds=tone.lead),
        "pitch": none if tone.pitch is None else _pitch_range(tone.pitch[0], tone.pitch[2]),
        "level": none
        if tone.level == -math.inf
        else minus(say("plots.profile_levels", level=tone.level, peak=tone.peak)),
    }
    return [(say(f"plots.profile_{name}"), value) for name, value in values.items()]


def _pitch_range(low: float, high: float) -> str:
    semitones = 12 * math.log2(high / low)
    return fonts.say("plots.profile_range", low=low, high=high, semitones=semitones)
