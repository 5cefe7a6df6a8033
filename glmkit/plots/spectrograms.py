"""``spectrogram``: which frequencies sound when, in no more columns than are seen.

The short-time spectrum of an hour would take gigabytes; it is computed in blocks, and where more
frames fall on one column of the picture, their mean power is kept.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, LinearSegmentedColormap, Normalize
from numpy.typing import NDArray

from glmkit.plots.drawing import fonts, style
from glmkit.plots.drawing.argument_checks import choice, one_clip
from glmkit.plots.drawing.librosa_loader import librosa
from glmkit.plots.drawing.palette import Colour, Palette, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from glmkit.media.clip import Clip

Kind = Literal["mel", "stft"]
Grid = NDArray[np.float32]
RANGE: Final = 80.0  # dB below the loudest that are told apart
_HOP_SECONDS, _WINDOW_SECONDS = 0.01, 0.032
_COLUMNS = 1500
_BLOCK_FRAMES = 6000  # a minute
_MELS = 96
_TICKS: Final = (100, 250, 500, 1000, 2000, 4000, 8000, 16_000)  # Hz


def spectrogram(
    clip: Clip, *, kind: Kind = "mel", ax: Axes | None = None, theme: Theme | None = None
) -> Axes:
    """Which frequencies of the clip sound when, and how loud they are.

    The energy over seconds and hertz, in dB below the loudest point. ``kind``: mel spaces
    frequencies as the ear does, stft evenly. Raises BadArgument.
    """
    choice("kind", kind, ("mel", "stft"))
    one_clip(clip)
    ax, colours = style.axes_for(ax, theme, 10, 4.4)
    found = spectrum(clip, kind)
    voice = colours.voice(clip.speaker)
    draw_spectrum(ax, found, colours, voice)
    _scale(ax, colours, voice)
    style.label(ax, colours, x=fonts.say("plots.time"), y=fonts.say("plots.hertz"))
    edge = rolloff(found)
    finding = "plots.spectrum_silent" if edge is None else "plots.spectrum_found"
    note = fonts.say("plots.rate_note", rate=clip.rate, top=clip.rate // 2)
    style.entitle(ax, colours, fonts.say(finding, hertz=edge or 0.0), note)
    return ax


def draw_spectrum(ax: Axes, found: Spectrum, colours: Palette, voice: Colour) -> None:
    """The picture itself, with ticks in hertz."""
    ax.imshow(
        found.decibels,
        cmap=_map(colours, voice),
        vmin=-RANGE,
        vmax=0,
        aspect="auto",
        origin="lower",
        interpolation="nearest",
        extent=(0, max(found.seconds, 1e-3), 0, 1),
    )
    ticks = _ticks(found, style.lines_of(ax))
    ax.set_yticks([*ticks.values()], [f"{hertz:,}" for hertz in ticks])
    ax.tick_params(labelcolor=colours.quiet)


def _ticks(found: Spectrum, lines: float) -> dict[int, float]:
    """Frequencies and their heights: from the top down, those that do not touch the last one."""
    shown: dict[int, float] = {}
    last = math.inf
    for hertz in reversed(_TICKS):
        height = to_height(found, hertz)
        if hertz <= found.top and last - height >= 1 / lines:
            shown[hertz] = last = height
    return shown


def _map(colours: Palette, voice: Colour) -> Colormap:
    """From the ground to the ink: lightness runs one way, in both themes and in print."""
    steps = [colours.ground, voice.wash, voice.fill, colours.ink]
    return LinearSegmentedColormap.from_list("loudness", steps)


def _scale(ax: Axes, colours: Palette, voice: Colour) -> None:
    side = ax.inset_axes((1.012, 0, 0.014, 1))
    style.dress(side, colours)
    shades = ScalarMappable(Normalize(-RANGE, 0), _map(colours, voice))
    bar = style.root_of(ax).colorbar(shades, cax=side)
    bar.outline.set_visible(False)
    style.label(side, colours, y=fonts.say("plots.below_loudest"))


# -- the spectrum ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spectrum:
    """Power over time: ``power`` of shape (bands, columns), bands rising evenly to ``top`` Hz.

    Evenly in mel for kind mel, in hertz for kind stft; ``seconds`` is the length of it all.
    """

    power: Grid
    kind: Kind
    top: float
    seconds: float

    @property
    def decibels(self) -> Grid:
        """dB below the loudest, at least ``-RANGE``; all at ``-RANGE`` for silence."""
        loudest = float(self.power.max(initial=0.0))
        if loudest <= 1e-10:
            return np.full(self.power.shape, -RANGE, np.float32)
        relative = np.maximum(self.power / loudest, 10 ** (-RANGE / 10))
        return np.asarray(10 * np.log10(relative), np.float32)


def spectrum(clip: Clip, kind: Kind = "mel") -> Spectrum:
    """The short-time spectrum of a clip: 32 ms windows every 10 ms."""
    hop = max(1, round(clip.rate * _HOP_SECONDS))
    size = 1 << max(5, round(np.log2(clip.rate * _WINDOW_SECONDS)))
    frames = max(1, -(-len(clip) // hop))
    group = -(-frames // _COLUMNS)
    bands = _mel_bands(clip.rate, size) if kind == "mel" else None
    blocks = [
        _grouped(_block(clip, first, min(frames, first + step), hop, size, bands), group)
        for step in [max(1, _BLOCK_FRAMES // group) * group]
        for first in range(0, frames, step)
    ]
    return Spectrum(np.concatenate(blocks, axis=1), kind, clip.rate / 2, clip.seconds)


def _block(clip: Clip, first: int, last: int, hop: int, size: int, bands: Any) -> Grid:
    """Power of frames ``first`` to ``last``, each centred on its own moment."""
    begin, end = first * hop - size // 2, (last - 1) * hop + size - size // 2
    samples = clip[max(0, begin) / clip.rate : max(0, end) / clip.rate].samples
    before = max(0, -begin)
    samples = np.pad(samples, (before, max(0, end - begin - before - len(samples))))
    power = np.abs(librosa().stft(samples, n_fft=size, hop_length=hop, center=False)) ** 2
    return np.asarray(power if bands is None else bands @ power, np.float32)


def _grouped(power: Grid, group: int) -> Grid:
    """The mean of every ``group`` columns; the last group may be shorter."""
    starts = np.arange(0, power.shape[1], group)
    counts = np.diff(np.append(starts, power.shape[1]))
    return np.asarray(np.add.reduceat(power, starts, axis=1) / counts, np.float32)


def _mel_bands(rate: int, size: int) -> Any:
    bands = min(_MELS, size // 6)  # more would leave the lowest ones empty
    mel = librosa().filters.mel
    return mel(sr=rate, n_fft=size, n_mels=bands, fmin=0, fmax=rate / 2, norm=None)


def rolloff(found: Spectrum, share: float = 0.95) -> float | None:
    """The frequency in Hz below which ``share`` of the energy lies; None for silence."""
    whole = np.cumsum(found.power.sum(axis=1, dtype=np.float64))
    if not len(whole) or whole[-1] <= 1e-9:
        return None
    band = int(np.searchsorted(whole, share * whole[-1])) + 1
    return to_hertz(found, band / len(whole))


def to_hertz(found: Spectrum, height: float) -> float:
    """The frequency at ``height``, 0 to 1, of the picture."""
    if found.kind == "stft":
        return height * found.top
    return float(librosa().mel_to_hz(height * librosa().hz_to_mel(found.top)))


def to_height(found: Spectrum, hertz: float) -> float:
    """Where in the picture, 0 to 1, a frequency lies."""
    if found.kind == "stft":
        return hertz / found.top
    return float(librosa().hz_to_mel(hertz) / librosa().hz_to_mel(found.top))
