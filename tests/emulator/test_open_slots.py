"""A question that is open: what is said beside it is answered, and it is asked again."""

from __future__ import annotations

import pytest

from glmkit.emulator.think.dialogue import Heard
from glmkit.emulator.think.persona import SaidLine
from glmkit.emulator.think.rules import Rules
from glmkit.protocol.script_file import parse_script
from tests.listed import check_each

RULES = Rules()
DESK = {"zh": "你是网店的售后客服，办理退货。", "en": "You work at the service desk of a shop."}
WISH = {"zh": "我要退货", "en": "I want to return something"}
NUMBER = {"zh": "20261103", "en": "it is 44712"}
ASKED, NEXT = {"zh": "订单号", "en": "number"}, {"zh": "为什么要退", "en": "Why would you"}
#: What is said beside the question for the order's number, and what the answer says of it.
BESIDE = (
    ("zh", "还有别的吗", "先"),
    ("zh", "你要订单号干嘛", "知道了这个|有了这个"),
    ("zh", "为什么要问这个呀", "知道了这个|有了这个"),
    ("zh", "什么意思，没听懂", "订单号"),
    ("zh", "等一下", "等"),
    ("zh", "再说一遍", "请告诉我订单号"),
    ("zh", "你是真人吗", "仿真器"),
    ("zh", "三加五等于几", "8"),
    ("zh", "现在几点了", "现在是"),
    ("zh", "运费谁出", "运费"),
    ("zh", "讲个笑话", "说"),
    ("zh", "什么是采样率", "每秒"),
    ("en", "is there anything else", "first|this step"),
    ("en", "why do you need to know", "need|depends"),
    ("en", "sorry, what do you mean", "number"),
    ("en", "hold on", "time|wait|hurry"),
    ("en", "say that again", "order number"),
    ("en", "are you a robot", "emulator"),
    ("en", "what's three plus five", "8"),
    ("en", "who pays for the postage", "pay"),
    ("en", "what is a sample rate", "every second"),
)
CLOSED = (
    ("zh", "算了，不退了"), ("zh", "取消吧"), ("zh", "再见"), ("zh", "转人工"),
    ("en", "never mind"), ("en", "goodbye"), ("en", "let me talk to a person"),
)  # fmt: skip


#: Where only one language's script is at hand, an answer is heard in the other.
ELSEWHERE = (
    ("zh", ("我要退货", "20261103", "坏了"), "Right.", "上门"),
    ("zh", ("我要退货", "20261103", "坏了", "上门取件"), "Doy", "请说对"),
    ("zh", ("我要退货", "20261103", "坏了", "上门取件"), "Yes", "登记"),
    ("en", ("I want to return something", "it is 44712", "it broke"), "对", "pick up"),
    ("en", ("I want to return something", "it is 44712", "it broke", "pick it up"), "对", "regist"),
)
CAFE = """
language: en
replies:
  - id: order_drink
    hears: ["I want {drink}"]
    slots: {milk: {ask: Which milk, among: {oat: [oat], cow: [cow]}}}
    says: "{drink} with {milk} milk."
"""


def said(lang: str, *lines: str, rules: Rules = RULES, more: str = "") -> list[str]:
    """The answers to some lines, one after the other."""
    history: list[SaidLine] = []
    answers: list[str] = []
    for line in lines:
        configuration = {"id": "desk", "instructions": DESK[lang] + more}
        reply = rules.reply(Heard(line), configuration=configuration, history=history)
        answers.append("".join(reply.clauses))
        history += [SaidLine("user", line), SaidLine("assistant", answers[-1])]
    return answers


@pytest.mark.slow
def test_what_is_said_beside_it_is_answered_and_it_is_asked_again() -> None:
    """Then what answers it still does."""

    def kept(lang: str, words: str, wanted: str) -> None:
        _, beside, after = said(lang, WISH[lang], words, NUMBER[lang])
        assert any(each in beside for each in wanted.split("|")), beside
        assert ASKED[lang] in beside, beside
        assert NEXT[lang] in after, after

    check_each(kept, BESIDE)


def test_three_questions_beside_it_leave_it_open() -> None:
    """And what was said beside it is not taken for an answer."""
    *_, way = said("zh", "我要退货", "20261103", "为什么要问", "现在几点", "等一下", "坏了")
    assert "上门" in way


def test_what_ends_the_talk_closes_it() -> None:
    """Nobody is asked again for what was given up."""

    def closed(lang: str, words: str) -> None:
        _, end, after = said(lang, WISH[lang], words, NUMBER[lang])
        assert ASKED[lang] not in end, end
        assert NEXT[lang] not in after, after

    check_each(closed, CLOSED)


def test_an_answer_is_heard_in_the_other_language() -> None:
    """Misheard as that or really spoken, where only one language has the script that asks."""

    def heard(lang: str, before: tuple[str, ...], words: str, wanted: str) -> None:
        *_, last = said(lang, *before, words)
        assert wanted in last, last

    check_each(heard, ELSEWHERE)


def test_languages_whose_scripts_ask_for_different_things_do_not_mix() -> None:
    """A teacher's English reply asks for milk; the kit's Chinese one of that name for sizes."""
    rules = Rules([parse_script(CAFE)])
    asked, again, done = said(
        "en", "我要一杯拿铁", "牛奶吧", "oat", rules=rules, more=" Answer in English. 口语陪练。"
    )
    assert "Which milk" in asked, asked
    assert "Which milk" in again, again
    assert "with oat milk" in done, done


def test_few_words_keep_what_the_next_turn_needs() -> None:
    """Told to keep it short, the desk reads all back, and knows what a yes says yes to."""
    lines = ("I want to return something", "it is 44712", "it broke", "pick it up", "yes")
    *_, back, done = said("en", *lines, more=" Keep it short.")
    assert "44712" in back, back
    assert back.endswith("Is that right?"), back
    assert "registered" in done, done
