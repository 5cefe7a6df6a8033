"""Each public figure in each look: large enough, nothing cut off, no words on others."""

from __future__ import annotations

from itertools import product

import pytest
from matplotlib import pyplot
from matplotlib.colors import to_hex

import glmkit as glm
from glmkit import plots
from glmkit.media.clip import Clip
from glmkit.plots.drawing.palette import THEMES, contrast
from glmkit.plots.drawing.style import root_of
from tests.listed import check_each
from tests.pictured import a_turn
from tests.plots.every_figure import FIGURES, collisions, lines_on

#: What says the most in the least room; every one is ``long``.
TELLING = ("waveform, interrupted", "timeline, turn", "latency, peers")
SIZES = ("auto", "narrow", "projector")


@pytest.mark.slow
def test_words_have_room_in_each_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures that are crowded most, in the language that takes more room."""
    check_each(_have_room, product(("narrow", "projector"), ("en",), TELLING, [monkeypatch]))


@pytest.mark.long
@pytest.mark.parametrize(
    ("size", "lang"), [("narrow", "en"), ("projector", "en"), ("projector", "zh")]
)
def test_words_have_room_in_every_figure(
    monkeypatch: pytest.MonkeyPatch, size: str, lang: str
) -> None:
    """Each figure, narrow in the language that is wider, and on a projector in both."""
    check_each(_have_room, [(size, lang, name, monkeypatch) for name in FIGURES])


def _have_room(size: str, lang: str, name: str, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("GLMKIT_LANG", lang)
    glm.look(size)
    found = list(collisions(FIGURES[name]()))
    pyplot.close("all")
    assert not found, "; ".join(found)


@pytest.mark.slow
def test_letters_are_as_large_as_a_look_says() -> None:
    """Of a page 1280 wide, 720 high, a projector's are 1/40 of the height and titles 1/30, and
    twice today's; in a column of 700 a narrow figure's are 11 pixels."""
    usual, narrow, projected = (_letters(size, 1200) for size in SIZES)
    assert projected[0] >= max(2 * usual[0], 1280 / 1200 * 720 / 40)
    assert projected[1] >= max(2 * usual[1], 1280 / 1200 * 720 / 30)
    assert _letters("narrow", 700)[0] >= 11
    assert narrow[0] > usual[0]


def _letters(size: str, pixels: float) -> tuple[float, float]:
    """(least, largest) letters of a figure that is shown so many pixels wide."""
    glm.look(size)
    ax = plots.waveform(a_turn())
    points = [line.points for line in lines_on(ax)]
    shown = pixels / root_of(ax).get_figwidth() / 72
    return min(points) * shown, max(points) * shown


@pytest.mark.slow
def test_a_figure_takes_the_look_unless_its_call_names_a_theme() -> None:
    """Grounds and words of both themes."""
    check_each(_is_drawn_in, product(THEMES, (None, *THEMES)))


def _is_drawn_in(chosen: str, named: str | None) -> None:
    glm.look("projector", chosen)
    ax = plots.waveform(Clip.tone(220, 0.5), theme=named)  # type: ignore[arg-type]
    ground = THEMES[named or chosen].ground  # type: ignore[index]
    assert to_hex(root_of(ax).get_facecolor()) == ground
    assert all(contrast(line.colour, ground) >= 4.5 for line in lines_on(ax))
