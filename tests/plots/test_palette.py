"""The palette: every colour can be seen, every word can be read."""

from __future__ import annotations

from itertools import product

import pytest

from glmkit.errors import BadArgument
from glmkit.plots.drawing.palette import MEANINGS, THEMES, contrast, palette_of
from tests.listed import check_each


def test_contrast_is_wcags() -> None:
    """Black on white is 21, a colour on itself 1, and a published pair comes out right."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#0f766e", "#0f766e") == 1
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_shapes_and_words_stand_out() -> None:
    """Fills reach 3:1 and words 4.5:1, on the ground and on what they lie on."""
    check_each(_stand_out, product(THEMES, MEANINGS))


def _stand_out(theme: str, meaning: str) -> None:
    colours = palette_of(theme)
    colour = getattr(colours, meaning)
    for behind in (colours.ground, colours.speech.wash, colours.silence.wash, colour.wash):
        assert contrast(colour.fill, behind) >= 3
        assert contrast(colour.text, behind) >= 4.5


def test_inks_can_be_read() -> None:
    """Titles, notes and ticks reach 4.5:1."""
    check_each(_can_be_read, [(theme,) for theme in THEMES])


def _can_be_read(theme: str) -> None:
    colours = palette_of(theme)
    for behind in (colours.ground, colours.speech.wash, colours.silence.wash):
        assert contrast(colours.ink, behind) >= 4.5
        assert contrast(colours.quiet, behind) >= 4.5


def test_an_unknown_theme_is_named() -> None:
    """The error lists the themes there are."""
    with pytest.raises(BadArgument, match="light, dark"):
        palette_of("sepia")
