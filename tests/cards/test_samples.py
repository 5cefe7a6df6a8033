"""What ``glm.samples()`` shows: each recording with its words, their meaning and a player."""

from __future__ import annotations

import json

import pytest

import glmkit as glm
from glmkit.media.kit_samples import sentences_in, words_in
from tests.cards.test_cards import LARGEST, OURS, card, weight


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "other"), [("en", "zh"), ("zh", "en")])
def test_samples_are_a_card(lang: str, other: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the reader's language, both languages' words are there, and every one is played."""
    monkeypatch.setenv("GLMKIT_LANG", lang)
    shown = card(glm.samples())
    assert shown.all("section")[0]["lang"] == lang
    assert {tag for tag, _ in shown.tags} <= OURS
    players = [str(each["aria-label"]) for each in shown.all("audio")]
    for name in glm.samples():
        assert words_in(name, "zh") in shown.words
        assert words_in(name, "en") in shown.words
        assert any(name in label for label in players)
        assert glm.sample(name).seconds > len(sentences_in(name))
    assert weight(glm.samples()._repr_mimebundle_()) <= LARGEST


def test_samples_are_a_list_to_code() -> None:
    """Of names, sorted; it prints, compares and travels as one."""
    names = glm.samples()
    assert names == sorted(names)
    assert "joke_zh" in names
    assert json.loads(json.dumps(names)) == names
    assert repr(names) == repr(list(names))
