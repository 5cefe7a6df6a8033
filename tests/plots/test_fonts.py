"""Letters: Chinese with and without a Chinese font, and words nobody chose."""

from __future__ import annotations

import pytest
from matplotlib import font_manager

from glmkit.plots import timeline, waveform
from glmkit.plots.drawing import fonts
from glmkit.plots.waveforms import of_turn
from tests.pictured import a_turn, sentence_on, words_on

ZH = ("讲个笑话吧", "从前有座山，山里有座庙")


@pytest.fixture
def latin_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with no font but matplotlib's own."""
    own = [f for f in font_manager.fontManager.ttflist if f.name.startswith("DejaVu")]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", own)
    monkeypatch.setattr(fonts, "_add_new_fonts", lambda: False)


needs_chinese = pytest.mark.skipif(not fonts.drawable("讲"), reason="no Chinese font here")


@pytest.mark.slow
@needs_chinese
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_chinese_is_drawn_where_a_font_has_it(monkeypatch: pytest.MonkeyPatch, theme: str) -> None:
    """Transcripts and labels are Chinese, and nothing warns."""
    monkeypatch.setenv("GLMKIT_LANG", "zh")
    for plot in (waveform, timeline):
        assert "提交（commit）" in sentence_on(plot(a_turn(words=ZH), theme=theme))
    assert "山里有座庙" in sentence_on(waveform(a_turn(words=ZH)))


@pytest.mark.usefixtures("latin_only")
def test_without_a_chinese_font_the_words_are_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Labels turn English, transcripts refer to the card, and nothing warns."""
    monkeypatch.setenv("GLMKIT_LANG", "zh")
    assert fonts.families() == ["DejaVu Sans"]
    found = sentence_on(waveform(a_turn(words=ZH)))
    assert "after the commit" in found
    assert "the turn's card shows them" in found
    assert fonts.drawable(found)


@pytest.mark.slow
@needs_chinese
def test_a_font_that_is_newer_than_matplotlibs_list_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Who installs what the doctor names sees it after a restart, and needs to know no cache."""
    own = [f for f in font_manager.fontManager.ttflist if f.name.startswith("DejaVu")]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", own)
    fonts._add_new_fonts.cache_clear()
    assert "山里有座庙" in sentence_on(waveform(a_turn(words=ZH)))


@pytest.mark.usefixtures("latin_only")
def test_a_card_does_not_miss_the_words_it_shows() -> None:
    """They stand beside the figure, so the figure is silent about what its fonts lack."""
    found = sentence_on(of_turn(a_turn(words=ZH), words_beside=True))
    assert "no font" not in found
    assert "after the commit" in found


@pytest.mark.usefixtures("latin_only")
def test_a_chinese_function_name_is_boxed_not_warned_about() -> None:
    """A letter that no font has becomes a box wherever words of others are drawn."""
    assert fonts.quote("weather 天", 40) == "weather □"
    assert fonts.quote("天气", 40) is None
    assert sentence_on(timeline(a_turn(words=("hello 天", "ok"))))


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", ["It costs $5 and $6_{", "a\x00b\n\tc\u202e", "<b>&amp;</b>", "𓀀𓁐"]
)
def test_words_are_drawn_as_they_are(words: str) -> None:
    """No formula, no markup, no control characters, and no failure."""
    drawn = fonts.quote(words, 100)
    assert drawn is None or drawn.isprintable()
    found = words_on(waveform(a_turn(words=(words, words))))
    assert drawn is None or any(drawn in each for each in found)
