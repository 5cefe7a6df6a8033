"""``spectrogram``: which frequencies sound when."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, LinearSegmentedColormap, Normalize

from glmkit.plots import letters, style
from glmkit.plots.arguments import choice, one_clip
from glmkit.plots.palette import Palette, Theme
from glmkit.plots.spectra import RANGE, Kind, Spectrum, rolloff, spectrum, to_height

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from glmkit.audio import Clip

_TICKS: Final = (100, 250, 500, 1000, 2000, 4000, 8000, 16_000)  # Hz


def spectrogram(
    clip: Clip, *, kind: Kind = "mel", ax: Axes | None = None, theme: Theme = "light"
) -> Axes:
    """The clip's energy over seconds and hertz, in dB below its loudest point.

    ``kind``: mel spaces frequencies as the ear does, stft evenly. Raises BadArgument.
    """
    choice("kind", kind, ("mel", "stft"))
    one_clip(clip)
    ax, colours = style.axes_for(ax, theme, 10, 4.4)
    found = spectrum(clip, kind)
    draw_spectrum(ax, found, colours)
    _scale(ax, colours)
    style.label(ax, colours, x=letters.say("plots.time"), y=letters.say("plots.hertz"))
    edge = rolloff(found)
    finding = "plots.spectrum_silent" if edge is None else "plots.spectrum_found"
    note = letters.say("plots.rate_note", rate=clip.rate, top=clip.rate // 2)
    style.entitle(ax, colours, letters.say(finding, hertz=edge or 0.0), note)
    return ax


def draw_spectrum(ax: Axes, found: Spectrum, colours: Palette) -> None:
    """The picture itself, with ticks in hertz."""
    ax.imshow(
        found.decibels,
        cmap=_map(colours),
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


def _map(colours: Palette) -> Colormap:
    """From the ground to the ink: lightness runs one way, in both themes and in print."""
    indigo = colours.response
    steps = [colours.ground, indigo.wash, indigo.fill, colours.ink]
    return LinearSegmentedColormap.from_list("loudness", steps)


def _scale(ax: Axes, colours: Palette) -> None:
    side = ax.inset_axes((1.012, 0, 0.014, 1))
    style.dress(side, colours)
    bar = style.root_of(ax).colorbar(ScalarMappable(Normalize(-RANGE, 0), _map(colours)), cax=side)
    bar.outline.set_visible(False)
    style.label(side, colours, y=letters.say("plots.below_loudest"))
