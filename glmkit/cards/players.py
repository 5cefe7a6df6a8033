"""Sound and figures inside a card: players in MP3, drawings as small PNG files."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from glmkit.cards.frame import quiet, safe, say
from glmkit.errors import Missing
from glmkit.media.clip import Clip
from glmkit.plots.drawing.palette import Theme

_RATE: Final = 16_000  # Hz: speech keeps its letters, and a second takes about 5 kB
_PER_SECOND: Final = 5_000  # bytes of base64 that a second of it takes at least
_SHORTEST: Final = 0.05  # seconds that are worth a player
_HEAVIEST: Final = 36_000  # bytes of one drawing; there are three in a bundle
_COLOURS: Final = 256  # with fewer, the thin red line of an interruption turns orange


# -- sound -----------------------------------------------------------------------------------


def player(clip: Clip | None, label: str, *, room: int, whole: str = "") -> str:
    """A player in at most ``room`` bytes; ``whole`` is where to find what was left out.

    ``label`` is HTML: what a screen reader calls it.
    """
    if clip is None or clip.seconds < _SHORTEST:
        return ""
    seconds, data = _fitting(clip, room - 300)
    if not data:
        return quiet(say("cards.no_room", seconds=clip.seconds, whole=whole))
    source = f"data:audio/mpeg;base64,{data}"
    shown = f'<audio controls preload="metadata" aria-label="{label}" src="{source}"></audio>'
    if seconds < clip.seconds:
        shown += quiet(say("cards.shortened", shown=seconds, seconds=clip.seconds, whole=whole))
    return shown


def _fitting(clip: Clip, room: int) -> tuple[float, str]:
    """(seconds, base64) of as much of the clip's beginning as fits."""
    seconds = min(clip.seconds, room / _PER_SECOND)
    while seconds >= _SHORTEST:
        data = base64.b64encode(clip[:seconds].to_mp3(_RATE)).decode("ascii")
        if len(data) <= room:
            return seconds, data
        seconds *= 0.95 * room / len(data)
    return 0.0, ""


# -- figures ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ThemedFigure:
    """One figure drawn for both themes: ``png`` is the light one, ``html`` holds both.

    Where figures cannot be drawn, ``html`` says what is missing and ``png`` is None.
    """

    png: bytes | None
    html: str


def themed_figure(plot: Callable[..., Any], what: Any, alt: str) -> ThemedFigure:
    """``plot(what)`` for a card; ``alt`` is HTML. No notebook shows the figure by itself."""
    try:
        light, dark = _drawn(plot, what, "light"), _drawn(plot, what, "dark")
    except Missing as error:
        return ThemedFigure(None, quiet(safe(error)))
    # hidden: where a page takes the styles away, one drawing is left
    images = _image(light, "light", alt), _image(dark, "dark", alt, " hidden")
    return ThemedFigure(light, "".join(images))


def _drawn(plot: Callable[..., Any], what: Any, theme: Theme) -> bytes:
    from glmkit.plots import png

    small = b""
    for dpi in (120, 84, 60):
        small = _smaller(png(plot, what, theme=theme, dpi=dpi))
        if len(small) <= _HEAVIEST:
            break
    return small


def _smaller(png: bytes) -> bytes:
    """The same picture with a table of colours: a third of the bytes."""
    from PIL import Image

    picture = Image.open(io.BytesIO(png)).convert("RGB")
    few = picture.quantize(_COLOURS, dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


def _image(png: bytes, theme: Theme, alt: str, hidden: str = "") -> str:
    data = base64.b64encode(png).decode("ascii")
    source = f"data:image/png;base64,{data}"
    return f'<img class="glm-{theme}" alt="{alt}" src="{source}"{hidden}>'
