"""Words on figures: no line that passes behind them crosses a letter."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

from glmkit import plots, sample
from glmkit.plots.drawing import style
from glmkit.plots.drawing.haloed_text import HaloedText
from glmkit.plots.drawing.palette import THEMES
from tests.plots.every_figure import FIGURES

_LINE, _LETTERS = "#0000ff", "#ff0000"


@pytest.fixture
def crossed() -> Iterator[Axes]:
    """Axes with a line up and one along, where words will stand."""
    ax, _ = style.axes_for(None, "light", 4.0, 2.0)
    ax.axvline(0.5, color=_LINE, linewidth=2)
    ax.axhline(0.5, color=_LINE, linewidth=2)
    yield ax
    pyplot.close("all")


def test_lines_stop_before_the_letters(crossed: Axes) -> None:
    """No pixel of a line touches one of a letter."""
    words = style.write(crossed, 0.5, 0.5, "HHHHH", _LETTERS, ha="center", zorder=5, fontsize=20)
    assert not _touching(_pixels_of(crossed, words))
    words.remove()
    place = {"ha": "center", "va": "center", "zorder": 5, "fontsize": 20}
    assert _touching(_pixels_of(crossed, crossed.text(0.5, 0.5, "HHHHH", color=_LETTERS, **place)))


def test_a_solid_ground_keeps_lines_out_of_the_gaps(crossed: Axes) -> None:
    """Of a line that runs along the words nothing is seen between them."""
    place = {"ha": "center", "zorder": 5, "fontsize": 20}
    words = style.write(crossed, 0.5, 0.5, "H    H", _LETTERS, **place)
    assert _near(_pixels_of(crossed, words), _LINE).any()
    words.remove()
    solid = style.write(crossed, 0.5, 0.5, "H    H", _LETTERS, solid=True, **place)
    assert not _near(_pixels_of(crossed, solid), _LINE).any()


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_crosses_the_words_of_a_vad_figure(theme: str) -> None:
    """The last turn's end is where the levels are named."""
    pytest.importorskip("onnxruntime")
    ax = plots.vad(sample("two_questions_zh"), theme=theme)  # type: ignore[arg-type]
    levels = [words for panel in ax.child_axes for words in panel.texts if "0." in str(words)]
    assert len(levels) == 2
    ink = THEMES[theme].ink  # type: ignore[index]
    assert not any(_near(_pixels_of(ax, words), ink).any() for words in levels)
    pyplot.close("all")


#: Its numbers stand on areas that lie on one another.
_RADAR = "profile"


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(set(FIGURES) - {_RADAR}))
def test_a_halo_is_of_the_ground_it_stands_on(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also on a tinted row: another colour would be seen as an outline of the letters."""
    monkeypatch.setenv("GLMKIT_LOOK", "dark")
    figure = style.root_of(FIGURES[name]())
    written = [each for each in figure.findobj(HaloedText) if each.get_bbox_patch() is None]
    for words in written:
        words.set(color="none", visible=False)
    ground = _seen(figure)
    for words in written:
        words.set_visible(True)  # its halo alone
    alone = _seen(figure)
    pyplot.close("all")
    for words in written:
        box = Text.get_window_extent(words)
        place = np.s_[max(0, int(box.y0)) : int(box.y1), max(0, int(box.x0)) : int(box.x1)]
        usual = _most_common(ground[place].reshape(-1, 3))
        assert (alone[place].reshape(-1, 3)[usual] == ground[place].reshape(-1, 3)[usual]).all()


def _most_common(colours: np.ndarray) -> np.ndarray:
    """Which of them are of the colour that most are of."""
    found, which, counts = np.unique(colours, axis=0, return_inverse=True, return_counts=True)
    return np.asarray(which.reshape(-1) == counts.argmax() if len(found) else which, bool)


def _seen(figure: Figure) -> np.ndarray:
    """What is seen of a figure, from below: rows of columns of red, green and blue, 0 to 1."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[::-1, :, :3] / 255


def _pixels_of(ax: Axes, words: Text) -> np.ndarray:
    """What is seen where the words stand: rows of columns of red, green and blue, 0 to 1."""
    seen = _seen(style.root_of(ax))
    box = Text.get_window_extent(words)
    return seen[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)]


def _near(pixels: np.ndarray, colour: str) -> np.ndarray:
    return np.abs(pixels - to_rgb(colour)).max(axis=2) < 0.2


def _touching(pixels: np.ndarray) -> bool:
    """Whether a pixel of a line is beside one of a letter."""
    line, letters = _near(pixels, _LINE), _near(pixels, _LETTERS)
    beside = [np.roll(line, shift, axis) for shift in (-1, 1) for axis in (0, 1)]
    return bool((np.logical_or.reduce(beside) & letters).any())
