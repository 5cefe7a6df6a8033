"""Error rates: what is only spelt otherwise costs nothing, and what was misheard is counted."""

from __future__ import annotations

import pytest

from glmkit.errors import BadArgument
from glmkit.lab.scores import cer, wer, written_alike
from tests.listed import check_each
from tests.pictured import a_turn

ALIKE = [
    ("今天天气怎么样？", "今天天氣怎麼樣"),
    ("请把空调调到26度。", "请把空调调到二十六度"),
    ("价格是３．５元", "价格是三点五元"),
    ("打五折，也就是百分之五十", "打5折，也就是50%"),
    ("It's twenty-one degrees.", "its 21 degrees"),
    ("Room one hundred and five, please!", "room 105 please"),
    ("用 GLM 的 API", "用glm的api"),
    ("二〇二六年十一月", "2026年11月"),
]
WRONG = [
    # said, heard, characters wrong, of how many; words wrong, of how many
    ("三乘以七", "三成以七", (1, 4), (1, 4)),
    ("今天北京的天气", "今天的天气", (2, 7), (2, 7)),
    ("tell me a joke", "tell me joke", (1, 11), (1, 4)),
    ("我们用 Python 写", "我们用 拍森 写", (6, 10), (2, 5)),
    ("你好", "你好你好", (2, 2), (2, 2)),
    ("好", "", (1, 1), (1, 1)),
    ("3.5", "35", (1, 3), (1, 1)),
]


def test_what_is_spelt_otherwise_is_the_same() -> None:
    """Characters of either script, full width, case, numbers in words, punctuation."""

    def same(said: str, heard: str) -> None:
        assert (cer(said, heard), wer(said, heard)) == (0, 0), written_alike(heard)

    check_each(same, ALIKE)


def test_what_was_misheard_is_counted_by_what_was_said() -> None:
    """A word of Chinese is a character; more than was said may be wrong."""

    def counted(said: str, heard: str, chars: tuple[int, int], words: tuple[int, int]) -> None:
        assert cer(said, heard) == pytest.approx(chars[0] / chars[1])
        assert wer(said, heard) == pytest.approx(words[0] / words[1])

    check_each(counted, WRONG)


def test_a_turn_is_scored_by_what_was_recognised() -> None:
    """Its user_transcript; without words to compare with there is no rate."""
    turn = a_turn(words=("Tell me a yoke", "Why?"))
    assert turn.wer("Tell me a joke!") == pytest.approx(1 / 4)
    assert turn.cer("Tell me a joke!") == pytest.approx(1 / 11)
    for nothing in ("", "?!", 5):
        with pytest.raises(BadArgument):
            turn.wer(nothing)  # type: ignore[arg-type]
