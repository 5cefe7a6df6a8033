"""Sound and figures inside a card: players in MP3, drawings as small PNG files."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from glmkit.cards.frame import quiet, safe, say
from glmkit.environment.looks import chosen_look
from glmkit.errors import Missing
from glmkit.media.clip import Clip
from glmkit.plots.drawing.palette import Theme

_RATE: Final = 16_000  # Hz: speech keeps its letters, and a second takes about 5 kB
_PER_SECOND: Final = 5_000  # bytes of base64 that a second of it takes at least
_SHORTEST: Final = 0.05  # seconds that are worth a player
_HEAVIEST: Final = 36_000  # bytes of one drawing; there are three in a bundle
_SHARPNESS: Final = (1.0, 0.7, 0.5)  # pixels across, until a drawing is light enough
_COLOURS: Final = 256  # with fewer, the thin red line of an interruption turns orange


# -- sound -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SoundPlayer:
    """An audio element: its ``html``, and the ``mp3`` in it, empty where there is none.

    ``whole``: whether it plays all of the sound.
    """

    html: str = ""
    mp3: bytes = b""
    whole: bool = True


def player(clip: Clip | None, label: str, *, room: int, whole: str = "") -> str:
    """The HTML of a ``sound_player``."""
    return sound_player(clip, label, room=room, whole=whole).html


def sound_player(clip: Clip | None, label: str, *, room: int, whole: str = "") -> SoundPlayer:
    """A player in at most ``room`` bytes; ``whole`` is where to find what was left out.

    ``label`` is HTML: what a screen reader calls it.
    """
    if clip is None or clip.seconds < _SHORTEST:
        return SoundPlayer()
    seconds, mp3 = _fitting(clip, room - 300)
    if not mp3:
        words = say("cards.no_room", seconds=clip.seconds, whole=whole)
        return SoundPlayer(quiet(words), whole=False)
    source = f"data:audio/mpeg;base64,{base64.b64encode(mp3).decode('ascii')}"
    shown = f'<audio controls preload="metadata" aria-label="{label}" src="{source}"></audio>'
    if seconds < clip.seconds:
        shown += quiet(say("cards.shortened", shown=seconds, seconds=clip.seconds, whole=whole))
    return SoundPlayer(shown, mp3, seconds >= clip.seconds)


def _fitting(clip: Clip, room: int) -> tuple[float, bytes]:
    """(seconds, MP3) of as much of the clip's beginning as fits as base64."""
    seconds = min(clip.seconds, room / _PER_SECOND)
    while seconds >= _SHORTEST:
        mp3 = clip[:seconds].to_mp3(_RATE)
        size = (len(mp3) + 2) // 3 * 4
        if size <= room:
            return seconds, mp3
        seconds *= 0.95 * room / size
    return 0.0, b""


# -- figures ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ThemedFigure:
    """One figure drawn for both themes: ``png`` is the light one, ``html`` holds both.

    Where a theme was chosen, it is drawn in that alone. Where figures cannot be drawn, ``html``
    says what is missing and ``png`` is None.
    """

    png: bytes | None
    html: str


def themed_figure(plot: Callable[..., Any], what: Any, alt: str) -> ThemedFigure:
    """``plot(what)`` for a card; ``alt`` is HTML. No notebook shows the figure by itself."""
    chosen = chosen_look().theme
    themes: tuple[Theme, ...] = (chosen,) if chosen else ("light", "dark")
    try:
        drawn = [_drawn(plot, what, theme) for theme in themes]
    except Missing as error:
        return ThemedFigure(None, quiet(safe(error)))
    # hidden: where a page takes the styles away, one drawing is left
    hidden = ("", " hidden")[: len(drawn)]
    images = map(_image, drawn, themes, [alt] * len(drawn), hidden)
    return ThemedFigure(drawn[0].png, "".join(images))


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A picture, and how many pixels of a page it is wide, however few it has itself."""

    png: bytes
    width: int


def _drawn(plot: Callable[..., Any], what: Any, theme: Theme) -> _Drawing:
    """For a card of any width: in a column of 700 pixels its letters can still be read."""
    from glmkit.plots import png

    small, width = b"", 0
    for sharpness in _SHARPNESS:
        whole = png(plot, what, theme=theme, size="narrow", sharpness=sharpness)
        small, across = _smaller(whole)
        width = width or across
        if len(small) <= _HEAVIEST:
            break
    return _Drawing(small, width)


def _smaller(png: bytes) -> tuple[bytes, int]:
    """The same picture with a table of colours: a third of the bytes; and how wide it is."""
    from PIL import Image

    figure = Image.open(io.BytesIO(png)).convert("RGBA")
    ground = Image.new("RGBA", figure.size, figure.getpixel((figure.width // 2, 0)))
    picture = Image.alpha_composite(ground, figure).convert("RGB")  # behind its round corners, too
    few = picture.quantize(_COLOURS, dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.save(file, "PNG", optimize=True)
    return file.getvalue(), picture.width


def _image(drawn: _Drawing, theme: Theme, alt: str, hidden: str) -> str:
    data = base64.b64encode(drawn.png).decode("ascii")
    source, width = f"data:image/png;base64,{data}", drawn.width
    return f'<img class="glm-{theme}" alt="{alt}" width="{width}" src="{source}"{hidden}>'
