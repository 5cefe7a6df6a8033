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
    ("one two three", "123"),
    ("nineteen ninety-nine", "1999"),
    ("seven thirty", "7:30"),
    ("three minus five", "3 minus 5"),
    ("一三八零零一三八零零零", "138-0013-8000"),
    ("六二二二零二一二三四五六七八九零", "6222 0212 3456 7890"),
    ("fifty percent", "50%"),
    ("百分之五十", "百分之50"),
    ("三万五千", "3.5万"),
    ("一亿五千万", "1.5亿"),
    ("两千万", "2,000万"),
    ("3", "3.0"),
    ("five km", "5km"),
    ("don't", "don’t"),
    ("the twenty-first of May", "the 21st of May"),
    ("my first day", "my 1st day"),
    ("the second floor", "the 2nd floor"),
    ("the twelfth and the fortieth", "the 12th and the 40th"),
    ("five o'clock", "5:00"),
    ("five p.m.", "5:00 pm"),
    ("下午五点", "下午5:00"),
    ("5:00", "五点钟"),
    ("七点半", "7:30"),
    ("七点三十分", "7点30分"),
    ("十点十分", "10:10"),
    ("八点零五分", "8:05"),
    ("圆周率三点一四", "圆周率3.14"),
    ("三分之一", "1/3"),
    ("two thirds", "2/3"),
    ("½", "1/2"),
    ("2026/11/22", "2026-11-22"),
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
    ("one two three", "six", (3, 3), (1, 1)),
    ("one two three", "three two one", (2, 3), (1, 1)),
    ("five and three", "eight", (5, 5), (3, 3)),
    ("minus five degrees", "five degrees", (1, 9), (1, 2)),
    ("零下五度", "五度", (1, 3), (1, 2)),
    ("百分之五", "五", (1, 2), (1, 1)),
    ("零零七", "七", (2, 3), (1, 1)),
    ("万一下雨", "一千下雨", (4, 4), (2, 4)),
    ("二三十个人", "三十个人", (3, 5), (3, 5)),
    ("五六百", "六百", (3, 3), (3, 3)),
    ("两三天", "二十三天", (2, 3), (2, 3)),
    ("三点零五分", "三十五分", (3, 4), (3, 3)),
    ("七点三十分", "七点三分", (1, 4), (2, 3)),
    ("1/3", "13", (1, 3), (1, 1)),
    ("twenty-first", "twenty", (3, 4), (1, 1)),
    ("𠮷野家", "吉野家", (1, 3), (1, 3)),
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
