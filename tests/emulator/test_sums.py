"""Sums in spoken words: what is computed, what is not, and how either is said."""

from __future__ import annotations

import re

import pytest

from glmkit.emulator.think.arithmetic import formula, spoken_sums
from glmkit.emulator.think.transcript import language_for
from glmkit.texts import text_in
from tests.emulator.test_dialogue import talk
from tests.listed import check_each

#: What was said, and the answer.
SAID = [
    ("三乘以七等于多少", "3乘以7等于21。"),
    ("二分之一加三分之一等于几", "二分之一加三分之一等于六分之五。"),
    ("三分之一减二分之一", "三分之一减二分之一等于负六分之一。"),
    ("三又二分之一加一", "3又二分之一加1等于4又二分之一。"),
    ("十二的平方是多少", "12的平方等于144。"),
    ("二的十次方", "2的10次方等于1024。"),
    ("负三的平方", "负3的平方等于9。"),
    ("根号十六加根号九", "16的平方根加9的平方根等于7。"),
    ("根号下三的平方加四的平方", "3的平方加4的平方的和的平方根等于5。"),
    ("根号二等于多少", "2的平方根约等于1.4142。"),
    ("8的立方根", "8的立方根等于2。"),
    ("百分之二十的一百五是多少", "百分之20的150等于30。"),
    ("一百元打八五折是多少钱", "100的百分之85等于85。"),
    ("200的15%是多少", "200的百分之15等于30。"),
    ("一百的三分之一", "100的三分之一等于33又三分之一。"),
    ("零下5加3点5", "负5加3.5等于负1.5。"),
    ("三加四是不是等于七", "3加4等于7。"),
    ("十七除以五余几", "17除以5的余数等于2。"),
    ("5的3倍", "5的3倍等于15。"),
    ("50的一半", "50的二分之一等于25。"),
    ("三加四的和乘以五", "3加4的和乘以5等于35。"),
    ("五乘以三与四的差", "5乘以3减4的差等于负5。"),
    ("括号三加四括号乘以五", "3加4的和乘以5等于35。"),
    ("三加四再乘以五", "3加4的和乘以5等于35。"),
    ("3加4，乘以5", "3加4的和乘以5等于35。"),
    ("两千零五减一千九百九十九", "2005减1999等于6。"),
    ("3万加两亿", "3万加2亿等于200030000。"),
    ("一点五加二点五", "1.5加2.5等于4。"),
    ("十除以三", "10除以3约等于3.3333。"),
    ("2除6", "6除以2等于3。"),
    ("零分之三等于几", "除数不能是零。"),
    ("根号负一", "负数在实数范围内没有平方根。"),
    ("三加四等于几，五加六等于几？", "3加4等于7。5加6等于11。"),
    ("老师，三加四等于几", "3加4等于7。"),
    ("五块五一个，四个多少钱", "5.5乘以4等于22。"),
    ("苹果两块八一个，我买十个，一共多少钱", "2.8乘以10等于28。"),
    ("橘子三块一斤，来五斤多少钱", "3乘以5等于15。"),
    ("门票八十元一张，要三张多少钱", "80乘以3等于240。"),
    ("二百块九折以后多少钱", "200的百分之90等于180。"),
    ("九折以后多少钱，原价两百", "200的百分之90等于180。"),
    ("一百二十块打个七五折之后是多少", "120的百分之75等于90。"),
    ("how much is 80 after a 25 percent discount", "80 minus 25 percent of 80 is 60."),
    ("一百块打八折之后再减五块", "100的百分之80减5等于75。"),
    ("两百打完七五折再减二十等于几", "200的百分之75减20等于130。"),
    ("两百元先打九折，再打八折多少钱", "200的百分之90的百分之80等于144。"),
    ("一百减五块再打八折", "100减5的差的百分之80等于76。"),
    ("八除以二以后加一", "8除以2加1等于5。"),
    ("三块五乘六是多少", "3.5乘以6等于21。"),
    ("八十平均分给四个人", "80除以4等于20。"),
    ("班里四十八个人，走了九个，还剩几个", "48减9等于39。"),
    ("小红有十个苹果，又买了三个，现在有几个", "10加3等于13。"),
    (
        "forty dollars with twenty percent off, then minus five",
        "40 minus 20 percent of 40 minus 5 is 27.",
    ),
    ("how much are three coffees at two fifty each", "3 times 2.5 is 7.5."),
    ("six pens, one oh five each", "6 times 1.05 is 6.3."),
    ("two fifty a piece, how much are ten", "10 times 2.5 is 25."),
    ("4 tickets at $250 each", "4 times 250 is 1000."),
    ("half plus a third", "one half plus one third is five sixths."),
    ("what's half of 3 plus 4", "one half of 3 plus 4 is 5.5."),
    ("twelve squared", "12 squared is 144."),
    ("what is 20 percent of 150", "20 percent of 150 is 30."),
    ("twenty percent off 80", "80 minus 20 percent of 80 is 64."),
    ("the square root of 81", "the square root of 81 is 9."),
    ("2 to the power of 10", "2 to the power of 10 is 1024."),
    ("two to the tenth power", "2 to the power of 10 is 1024."),
    ("-3^2", "minus 3 squared is -9."),
    ("minus three times four", "-3 times 4 is -12."),
    ("one hundred and twenty-three plus four hundred", "123 plus 400 is 523."),
    ("the sum of three and four times 5", "the sum of 3 and 4, times 5 is 35."),
    ("subtract 3 from 10", "10 minus 3 is 7."),
    ("17 mod 5", "the remainder of 17 divided by 5 is 2."),
    ("2(3+4)", "2 times the sum of 3 and 4 is 14."),
    ("how much is 7 x 8", "7 times 8 is 56."),
    ("½+¼", "one half plus one quarter is three quarters."),
    ("3½+1", "3 and one half plus 1 is 4 and one half."),
    ("1/3", "1 divided by 3 is about 0.3333."),
    ("2^64", "2 to the power of 64 is 18446744073709551616."),
    ("2^100", "2 to the power of 100 is about 1.2677 times 10 to the power of 30."),
    ("9^9^9", "That number is too large for me to work out."),
    ("10^5000", "10 to the power of 5000 is about 1 times 10 to the power of 5000."),
]
#: Heard, and what was said.
HEARD = [
    ("三成以七等于多少？", "3乘以7等于21。"),
    ("20架30等于几", "20加30等于50。"),
    ("十剪三等于几", "10减3等于7。"),
    ("十处以二等于几", "10除以2等于5。"),
    ("二分支一加三分支一等于几", "二分之一加三分之一等于六分之五。"),
    ("123加456等于多少？123加456等于多少？", "123加456等于579。"),
    ("一百二十三加四百五十六一百二十三加四百五十六", "123加456等于579。"),
]
#: A sum that is asked for, and the part of it that nobody understands.
NOT_UNDERSTOOD = [
    ("3加苹果等于几", "苹果"),
    ("1+X等于7", "X"),
    ("三加四个苹果等于几", "个苹果"),
    ("1加到100等于多少", "到"),
    ("3 plus banana equals what", "banana"),
    ("what is 3 plus 4 plus some", "some"),
]
NO_SUMS = [
    "三加一活动是什么", "我有三个苹果和两个梨", "比分3:2", "what is C++ 17", "400-800-8888",
    "电话010-88887777", "2026-11-28", "周一加班是几点", "去7-11", "微信加我 12345", "1.2.3版",
    "房间305", "三家四口", "Windows 10 plus", "百分之二十的人", "I have 3 apples and 4 pears",
    "three of us at nine thirty each day", "two fifty", "one each", "七折", "打折以后是多少",
    "二分之一", "24/7", "上午8:30-9:30", "2x", "", "？", "3+", "(3+4",
]  # fmt: skip


def answer(words: str) -> str:
    """What is said about the sums in ``words``; empty without one."""
    lang = "zh" if any("\u4e00" <= letter <= "\u9fff" for letter in words) else "en"
    found = spoken_sums(words, lang)
    return text_in(lang, f"dialogue.{found[0]}", **found[1]) if found else ""


def test_sums_are_computed_and_said() -> None:
    """Fractions, powers, roots, percentages, brackets in words, in either language."""
    check_each(_is_answered, SAID)


def test_a_misheard_sum_is_what_was_said() -> None:
    """Signs that sound alike, between numbers, and what was recognised twice over."""
    check_each(_is_answered, HEARD)


def _is_answered(words: str, expected: str) -> None:
    assert answer(words) == expected, answer(words)


def test_a_sum_is_not_computed_without_some_of_its_words() -> None:
    """The answer names the part; no calculator is given what is left."""
    check_each(_names_the_part, NOT_UNDERSTOOD)


def _names_the_part(words: str, missing: str) -> None:
    assert f"“{missing}”" in answer(words), answer(words)
    assert f"“{missing}”" in talk().hear(words)


def test_numbers_are_not_always_a_sum() -> None:
    """Telephone numbers, dates, offers, scores and versions are left to the other rules."""
    check_each(_is_no_sum, [(words,) for words in NO_SUMS])


def _is_no_sum(words: str) -> None:
    assert answer(words) == "", answer(words)


#: A discount of nobody knows what, the price said next, and what comes out.
DISCOUNTS = [
    ("七折以后是多少", "一百二", "84"),
    ("打八五折多少钱？", "原价两百块", "170"),
    ("what is it after thirty percent off", "eighty dollars", "56"),
    ("How much is that with a 20% discount?", "two fifty", "2"),
]


def test_a_discount_without_its_price_asks_for_it() -> None:
    """The number that comes next is the price; words without one are about something else."""
    check_each(_asks_for_the_price, DISCOUNTS)


def _asks_for_the_price(discount: str, price: str, left: str) -> None:
    made = talk()
    assert re.search("原价|price", made.hear(discount))
    assert re.search(rf"(?:等于| is ){left}[。.]", made.hear(price))
    other = talk()
    other.hear(discount)
    assert not re.search("原价|price", other.hear("Tell me a joke."))


@pytest.mark.parametrize("words", ["1+1", "3x7=?", "2 × 3"])
def test_signs_alone_are_answered_in_the_language_of_the_session(words: str) -> None:
    """The instructions' language, or that of the conversation so far."""
    assert "等于" in talk(instructions="你是一位老师。").hear(words)
    assert " is " in talk(instructions="You are a teacher.").hear(words)
    made = talk(instructions="You are a teacher.")
    made.hear("你好")
    assert "等于" in made.hear(words)
    assert language_for(made.configuration, made.history) == "zh"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("三加四的和乘以五", "(3+4)*5"),
        ("五减负三", "5-(-3)"),
        ("二分之一加0.25", "1/2+0.25"),
        ("根号十六乘以二的三次方", "sqrt(16)*2**3"),
        ("150的百分之二十", "150*0.2"),
        ("3加苹果加4", None),
    ],
)
def test_a_calculator_gets_the_whole_formula(words: str, expected: str | None) -> None:
    """In digits and signs with the brackets it needs, or nothing."""
    assert formula(words) == expected


def test_long_sums_come_to_an_end() -> None:
    """However many signs, brackets or digits there are, it ends soon and without an error."""
    for words in ("(" * 900, "-" * 900 + "1", "1+" * 450 + "1", "9" * 900 + "*9", "?" * 999 + "a"):
        assert "{" not in answer(words)
        formula(words)
