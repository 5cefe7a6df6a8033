"""The card and the figure of a rehearsal: what failed, how often, against whom."""

from __future__ import annotations

from typing import Any

import pytest

from glmkit import plots
from glmkit.errors import BadArgument
from glmkit.lab.rehearsal import Rehearsal
from tests.cards.test_cards import EVIL, KEY, card, weight
from tests.lab.rehearsed import a_line, a_rehearsal, failed
from tests.listed import check_each
from tests.plots.every_figure import lines_on


def test_the_card_says_what_failed_and_how_often() -> None:
    """Lines with what was said and answered, what was wrong, and whom it was played to."""
    shown = card(a_rehearsal({1: 5, 2: 4, 3: 0}, at_least=4))
    for words in ("2 of 3 lines passed", "4 of 5", "expected in it no", "not the live service"):
        assert words in shown.words
    assert shown.words.count("✗ failed") == 2  # the whole, and the line
    assert "heard" not in shown.words  # nothing was spoken


def test_the_card_shows_what_was_heard_and_cut_off() -> None:
    """Where lines were spoken."""
    row = a_line(way="spoken", heard="wine one", interrupted=1.25, network="4g")
    shown = card(Rehearsal((row,)))
    for words in ("wine one", "cut off after 1.2 s", "over 4g"):
        assert words in shown.words


def test_a_card_is_safe_and_has_an_end() -> None:
    """Markup of others is text, a key is masked, and a thousand lines have room."""
    key = KEY.reveal()
    evil = {"said": EVIL + key, "heard": EVIL, "answered": EVIL * 100, "error": EVIL + key}
    rows = tuple(a_line(number, way="spoken", **evil) for number in range(1, 1_001))
    found = Rehearsal(rows, titles={"talk": EVIL}, stopped=EVIL)
    bundle: dict[str, Any] = found._repr_mimebundle_()
    html = bundle["text/html"]
    assert "<script" not in html
    assert key not in str(bundle)
    assert "more lines" in html
    assert weight(bundle) < 300_000


def test_the_figure_has_a_mark_for_each_run() -> None:
    """Not by colour alone, with the wait beside it and the peer in its title."""
    ax = plots.rehearsal(a_rehearsal({1: 5, 2: 4, 3: 0}, at_least=4))
    marks = [str(line.get_marker()) for line in ax.lines if len(line.get_xdata()) == 1]  # type: ignore[arg-type]
    assert (marks.count("o"), marks.count("X")) == (9, 6)
    words = [line.words for line in lines_on(ax)]
    assert "2 of 3 lines passed, in at least 4 of 5 runs · emulator" in words
    assert words.count("0.60") == 5


def test_the_figure_shows_what_was_never_answered() -> None:
    """By a mark of its own."""
    ax = plots.rehearsal(Rehearsal((a_line(1), a_line(2, error="gone", **failed()))))
    assert [str(line.get_marker()) for line in ax.lines] == ["o", "s"]


def test_what_is_no_rehearsal_is_refused() -> None:
    """With what was found and what was expected."""

    def check(what: Any) -> None:
        with pytest.raises(BadArgument, match=r"glm\.lab\.rehearse"):
            plots.rehearsal(what)

    check_each(check, [(None,), ([],), ("x",), (Rehearsal(()),), (3,)])
