"""Letters: which ones the fonts here can draw.

Letters come from DejaVu Sans and the first Chinese font that is installed, glyph by glyph. What
no font here has is never drawn: sentences of ours turn English, words of others are left to the
card beside the figure. So no warning about glyphs or fonts reaches a cell.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from glmkit.auth.masking import their_words
from glmkit.texts import text, text_in
from glmkit.texts.layout.text_width import shorten

if TYPE_CHECKING:
    from matplotlib.font_manager import FontManager

_OWN: Final = "DejaVu Sans"
CHINESE: Final = (
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Heiti TC",
    "Heiti SC",
    "STHeiti",
    "Arial Unicode MS",
)


# -- words ---------------------------------------------------------------------------------


def say(key: str, /, **values: object) -> str:
    """A sentence of ours in the reader's language, or in English where its letters lack."""
    words = text(key, **values)
    return words if drawable(words) else text_in("en", key, **values)


def quote(words: str, columns: int) -> str | None:
    """Words of others on one line of so many columns; None if they cannot be drawn here.

    A single letter that no font has (an emoji, say) becomes a box.
    """
    tidy = " ".join("".join(c if c.isprintable() else " " for c in their_words(words)).split())
    if len(missing(tidy)) * 4 > len(set(tidy)):
        return None
    return shorten(boxed(tidy), columns)


def boxed(words: str) -> str:
    """``words`` with a box for each letter that no font here has."""
    lacking = missing(words)
    return "".join("□" if c in lacking else c for c in words) if lacking else words


# -- fonts ---------------------------------------------------------------------------------


def families(words: str = "讲") -> list[str]:
    """The fonts to take the letters of ``words`` from, in order; every one is installed."""
    return list(_fonts()) if missing_in_own(words) else [_OWN]


def drawable(words: str) -> bool:
    """Whether the fonts here have every letter of ``words``."""
    return not missing(words)


def missing(words: str) -> set[str]:
    """The letters of ``words`` that no font here has."""
    lacking = missing_in_own(words)
    for family in _fonts()[1:] if lacking else ():
        lacking = {letter for letter in lacking if ord(letter) not in _letters(family)}
    return lacking


def missing_in_own(words: str) -> set[str]:
    """The letters of ``words`` that matplotlib's own font does not have."""
    if words.isascii() and words.isprintable():
        return set()
    return {c for c in set(words) - {"\n"} if ord(c) not in _letters(_OWN)}


def _fonts() -> tuple[str, ...]:
    found = _known()
    if len(found) == 1 and _add_new_fonts():
        found = _known()
    return found


def _known() -> tuple[str, ...]:
    fonts = _manager().ttflist
    return _installed(id(fonts), len(fonts))


@lru_cache(maxsize=1)  # once a process: listing the fonts of a machine takes a while
def _add_new_fonts() -> bool:
    """Add what was installed since matplotlib wrote its list of fonts; whether there was any.

    matplotlib never looks again by itself, so a font that somebody installed because figures lack
    their letters would not be found.
    """
    from matplotlib.font_manager import findSystemFonts

    manager = _manager()
    before, listed = len(manager.ttflist), {font.fname for font in manager.ttflist}
    for path in findSystemFonts():
        if path not in listed:
            with suppress(Exception):  # as matplotlib does: a font it can't read is no font
                manager.addfont(path)
    return len(manager.ttflist) > before


@lru_cache(maxsize=4)
def _installed(_which: int, _count: int) -> tuple[str, ...]:
    installed = set(_manager().get_font_names())
    return _OWN, *[name for name in CHINESE if name in installed][:1]


@lru_cache(maxsize=4)
def _letters(family: str) -> frozenset[int]:
    from matplotlib.font_manager import FontProperties
    from matplotlib.ft2font import FT2Font

    found = _manager().findfont(FontProperties(family=[family]))
    return frozenset(FT2Font(str(found)).get_charmap())


def _manager() -> FontManager:
    """matplotlib's list of fonts, imported here alone: cards, which draw no letters, come by."""
    from matplotlib import font_manager

    return font_manager.fontManager
