"""The dialogue by rules: what it answers, in both languages, and which functions it calls."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from datetime import datetime
from multiprocessing import get_context
from typing import Any

import pytest
from PIL import Image, ImageDraw

from glmkit.emulator.think.choose_dialogue import dialogue_for
from glmkit.emulator.think.default_instructions import INSTRUCTIONS
from glmkit.emulator.think.dialogue import Heard, Output, Reply
from glmkit.emulator.think.persona import SaidLine, asks_brevity, language_asked
from glmkit.emulator.think.rules import Rules, stock_texts
from glmkit.errors import BadArgument
from tests.listed import check_each

DEADLINE = 20.0  # seconds
NOW = datetime(2026, 11, 18, 15, 5)
WEATHER = {
    "type": "function",
    "name": "get_weather",
    "description": "获取指定城市的天气",
    "parameters": {
        "type": "object",
        "properties": {"city": {"type": "string", "description": "城市名"}},
        "required": ["city"],
    },
}
PHONE = {
    "type": "function",
    "name": "phoneCall",
    "description": "给联系人打电话",
    "parameters": {
        "type": "object",
        "properties": {"name": {"type": "string", "description": "联系人姓名"}},
        "required": ["name"],
    },
}


class Talk:
    """A conversation with the rules."""

    def __init__(self, *tools: dict[str, Any], instructions: str = "", mode: str = "audio") -> None:
        beta = {"chat_mode": mode, "auto_search": True}
        self.configuration = {"tools": tools, "instructions": instructions, "beta_fields": beta}
        self.history: list[SaidLine] = []

    def reply(self, heard: Heard | Sequence[Output]) -> Reply:
        return Rules().reply(heard, configuration=self.configuration, history=self.history, now=NOW)

    def say(self, words: str, *, pictures: tuple[bytes, ...] = ()) -> Reply:
        reply = self.reply(Heard(words, pictures=pictures))
        self.history.append(SaidLine("user", words))
        self._keep(reply)
        return reply

    def output(self, *outputs: str) -> Reply:
        reply = self.reply([Output(each) for each in outputs])
        self.history += [SaidLine("output", each) for each in outputs]
        self._keep(reply)
        return reply

    def hear(self, words: str, **more: Any) -> str:
        return spoken(self.say(words, **more))

    def _keep(self, reply: Reply) -> None:
        if words := spoken(reply):
            self.history.append(SaidLine("assistant", words))
        self.history += [SaidLine("call", json.dumps(c.arguments), c.name) for c in reply.calls]


def spoken(reply: Reply) -> str:
    return "".join(reply.clauses)


def talk(*tools: dict[str, Any], **more: Any) -> Talk:
    """A conversation in which the emulator has already said what it is."""
    made = Talk(*tools, **more)
    made.history = [SaidLine("assistant", "仿真器")]
    return made


def picture(kind: str = "JPEG") -> bytes:
    image = Image.new("RGB", (640, 480), "white")
    ImageDraw.Draw(image).ellipse((20, 20, 300, 300), fill=(220, 20, 20))
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize(("reader", "answer"), [("en", "Something came in"), ("zh", "我收到了")])
def test_what_nobody_recognised_is_answered_in_the_readers_language(
    monkeypatch: pytest.MonkeyPatch, reader: str, answer: str
) -> None:
    """The instructions that a session has of itself are Chinese, and say nothing of a language."""
    monkeypatch.setenv("GLMKIT_LANG", reader)
    said = Talk(instructions=INSTRUCTIONS).reply(Heard(None, seconds=1.0, level=-20.0))
    assert answer in "".join(said.clauses)
    told = Talk(instructions="请用中文回答。" if reader == "en" else "You are a tutor.")
    assert answer not in "".join(told.reply(Heard(None, seconds=1.0, level=-20.0)).clauses)


@pytest.mark.parametrize(("words", "name"), [("你好", "仿真器"), ("hello", "emulator")])
def test_first_answer_says_what_this_is(words: str, name: str) -> None:
    """The first answer says that this is the emulator, the second does not say it again."""
    made = Talk()
    assert name in made.hear(words)
    assert name not in made.hear(words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("你好", "你好"),
        ("Hello, can you hear me?", "hear you"),
        ("讲个笑话", "麦克风"),
        ("tell me a joke please", "microphone"),
        ("讲个故事吧", "灯塔"),
        ("Tell me a story", "lighthouse"),
        ("你是谁", "仿真器"),
        ("who are you?", "emulator"),
        ("你会做什么", "笑话"),
        ("what can you do", "joke"),
        ("现在几点了", "下午3点5分"),
        ("what time is it", "3:05 PM"),
        ("今天几号", "2026年11月18日"),
        ("what's the date today?", "Wednesday, November 18, 2026"),
        ("今天星期几", "星期三"),
        ("三乘以四等于多少", "等于12"),
        ("what is 12 times 7 plus 1", "is 85"),
        ("ten divided by zero", "zero"),
        ("一百减三十二", "68"),
        ("从一数到五", "1，2，3，4，5"),
        ("count down from three", "3, 2, 1"),
        ("count to a million", "30. That is far enough"),
        ("跟我说：床前明月光", "床前明月光"),
        ("Repeat after me: the quick brown fox", "the quick brown fox"),
        ("今天天气怎么样", "天气"),
        ("will it rain tomorrow?", "weather"),
        ("唱首歌", "嗓子"),
        ("谢谢你", "不客气"),
        ("thank you", "welcome"),
        ("再见", "再见"),
        ("good night", "Goodbye"),
        ("how are you", "fine"),
        ("你是人吗", "不是模型"),
        ("你是ChatGPT吗", "不是模型"),
        ("Are you ChatGPT?", "not the model"),
        ("今天心情不好", "不好受"),
        ("明天星期几", "明天是2026年11月19日，星期四"),
        ("What day was yesterday?", "Yesterday was Tuesday, November 17, 2026"),
        ("12月25日是星期几", "那天是2026年12月25日，星期五"),
        ("what year is it", "2026"),
        ("5减10", "等于负5"),
        ("三加负四等于几", "3加负4等于负1"),
        ("what is 3 plus minus 4", "is -1"),
        ("叫我小明吧", "小明"),
        ("再讲一个", "麦克风"),
        ("one more please", "microphone"),
        ("Please repeat that.", "仿真器"),
        ("请重复一遍。", "仿真器"),
    ],
)
def test_answers(words: str, expected: str) -> None:
    """Each thing it has a rule for is answered in the language it was said in."""
    assert expected in talk().hear(words)


@pytest.mark.parametrize("words", ["青蛙为什么有四条腿", "Why do frogs have legs"])
def test_anything_else_is_unknown_and_not_read_back(words: str) -> None:
    """What no script has is answered by what there is instead, each time in other words."""
    made = talk()
    replies = [made.say(words) for _ in range(4)]
    assert {reply.kind for reply in replies} == {"unknown"}
    assert all(reply.stock for reply in replies)
    assert len({reply.stock for reply in replies}) == 4
    assert not any(words in spoken(reply) for reply in replies)


def test_story_is_long_enough_to_interrupt() -> None:
    """The story takes at least half a minute to say in either language."""
    assert len(talk().hear("tell me a story").split()) > 100
    assert len(talk().hear("讲个故事")) > 150


def test_jokes_differ() -> None:
    """Three requests for a joke get three jokes."""
    made = talk()
    assert len({made.hear("讲个笑话") for _ in range(3)}) == 3


def test_memory() -> None:
    """It knows the first and the last thing that was said, and the user's name."""
    made = talk()
    assert "first thing you have said" in made.hear("What was the first thing I asked?")
    made = talk()
    made.hear("讲个笑话")
    made.hear("我叫李雷")
    assert "我叫李雷" in made.hear("我刚才说了什么")
    assert "讲个笑话" in made.hear("我第一个问题是什么")
    assert "李雷" in made.hear("我叫什么名字")


def test_a_deleted_item_is_forgotten() -> None:
    """A name whose item is gone from the conversation is not known any more."""
    made = talk()
    made.hear("My name is Anna")
    made.history = [line for line in made.history if "Anna" not in (line.words or "")]
    assert "not told me" in made.hear("What is my name?")


def test_language_is_switched_and_stays() -> None:
    """Asked to speak English it does, until asked to speak Chinese."""
    made = talk()
    assert "English" in made.hear("请说英语")
    assert "It is" in made.hear("现在几点")
    assert "中文" in made.hear("speak Chinese")
    assert "现在是" in made.hear("what time is it")


@pytest.mark.parametrize(
    ("instructions", "words", "expected"),
    [
        ("You are Luna, a helpful assistant.", "who are you", "I am Luna"),
        ("你是小智，一个友好的助手。", "你叫什么名字", "我是小智"),
        ("Answer in English.", "现在几点", "It is"),
        ("请用中文回答", "what time is it", "现在是"),
    ],
)
def test_instructions_are_obeyed(instructions: str, words: str, expected: str) -> None:
    """A name and a language in the instructions are taken on."""
    assert expected in talk(instructions=instructions).hear(words)


def test_who_wants_few_words() -> None:
    """However it is put; what speaks of short things for another reason asks for none."""
    brief = """Be brief. / Answer in one short sentence. / Please keep your answers short.
        / Reply in a few words. / Get to the point.
        / 请简短回答 / 长话短说 / 回答不要太长 / 别说太长"""
    usual = """Translate short sentences. / You teach one word a day. / Speak slowly.
        / Explain new words. / Speak a few words of French. / 问题太长时请分段 / 回答学生的问题
        / 回答长一点 / 请把回答说长一些"""

    def check(instructions: str, expected: bool) -> None:
        assert asks_brevity(instructions.strip()) is expected

    check_each(check, [(each, True) for each in brief.split("/")])
    check_each(check, [(each, False) for each in usual.split("/")])


@pytest.mark.parametrize("instructions", ["Be brief.", "请简短回答"])
def test_brevity(instructions: str) -> None:
    """Told to be brief, it says one sentence of a story, and still asks what it must know."""
    brief = talk(instructions=instructions).hear("tell me a story")
    assert brief == "Once upon a time a small robot lived at the top of a lighthouse."
    service = talk(instructions=f"你是退货客服。{instructions}")
    service.hear("你好")
    assert "订单号" in service.hear("我买的耳机坏了，想退货")


def test_named_emulator_still_says_what_it_is() -> None:
    """A persona does not hide that this is the emulator."""
    assert "emulator" in Talk(instructions="You are Luna. Be brief.").hear("who are you")


def test_nothing_heard() -> None:
    """No words, no recognition and silence each get a true answer with what was measured."""
    made = talk()
    assert "no words" in spoken(made.reply(Heard("", "en", 1.0, -40.0)))
    measured = spoken(made.reply(Heard(None, "zh", 2.5, -31.2, "measured")))
    assert "2.5" in measured
    assert "31" in measured
    assert "silence" in spoken(made.reply(Heard(None, "en", 2.5, float("-inf"), "measured")))


def test_picture_is_described_by_true_facts() -> None:
    """Asked what it sees, it tells size, light and colours, and where they are."""
    made = talk(mode="video_passive")
    said = made.hear("What do you see?", pictures=(picture(),))
    assert "640 by 480" in said
    assert "white" in said
    assert "red at the top left" in said
    assert "左上角有红色" in made.hear("你看到了什么", pictures=(picture("PNG"),))


def test_no_picture_and_a_broken_one() -> None:
    """Without a picture, or with one that cannot be opened, it says so."""
    assert "no picture" in talk().hear("what do you see")
    assert "cannot be opened" in talk().hear("what do you see", pictures=(b"\xff\xd8 no",))
    assert "cannot be opened" in talk().hear("what do you see", pictures=(picture()[:300],))


def test_search_is_named_for_the_inner_tool() -> None:
    """A wish to search names what to search for, unless automatic search is off."""
    made = talk()
    assert made.say("搜索一下大熊猫").inner_search == "搜索一下大熊猫"
    made.configuration["beta_fields"] = {"chat_mode": "audio", "auto_search": False}
    assert made.say("搜索一下大熊猫").inner_search is None


def test_call_and_its_output_in_words() -> None:
    """给张三打个电话 calls the phone tool with 张三, and the output becomes a sentence."""
    made = talk(PHONE, WEATHER)
    reply = made.say("给张三打个电话")
    assert [(c.name, c.arguments) for c in reply.calls] == [("phoneCall", {"name": "张三"})]
    assert spoken(reply) == ""
    assert "完成" in spoken(made.output('{"status": "ok"}'))


def test_two_cities_make_two_calls() -> None:
    """北京和上海的天气 calls twice, and the answer says which is which."""
    made = talk(WEATHER)
    assert [c.arguments["city"] for c in made.say("北京和上海的天气").calls] == ["北京", "上海"]
    said = spoken(made.output('{"condition": "晴"}', '{"condition": "雨"}'))
    assert re.search("北京.*晴.*上海.*雨", said)


def test_what_is_missing_is_asked_for_and_then_used() -> None:
    """Without a city it asks for it, and the next words complete the call."""
    made = talk(WEATHER)
    assert "城市" in made.hear("今天天气怎么样")
    assert [c.arguments for c in made.say("杭州").calls] == [{"city": "杭州"}]


@pytest.mark.parametrize(
    "words", ["call me tomorrow", "明天早上七点半叫我起床", "我叫了一辆车", "你是人吗"]
)
def test_what_is_no_name_is_not_taken_for_one(words: str) -> None:
    """Neither the user's nor one for the dialogue."""
    said = talk().hear(words)
    assert "Nice to meet" not in said
    assert not re.search("很高兴认识|那就叫我", said)


@pytest.mark.parametrize(
    ("about", "asked"),
    [
        ("时间 HH:MM", "请告诉我时间。"),
        ("音量 0-100", "请告诉我音量。"),
        ("when", "请告诉我time。"),
    ],
)
def test_what_is_asked_for_has_a_name(about: str, asked: str) -> None:
    """How a value is written is not read out, and a question word is no name."""
    alarm = {"type": "string", "format": "time", "description": about}
    schema = {"type": "object", "properties": {"time": alarm}, "required": ["time"]}
    made = talk({"type": "function", "name": "set_alarm", "parameters": schema})
    assert made.hear("设个闹钟") == asked


def test_follow_up_repeats_the_call_before() -> None:
    """那上海呢 calls the same function for another city."""
    made = talk(WEATHER)
    made.say("北京的天气")
    made.output('{"condition": "晴"}')
    assert [c.arguments for c in made.say("那上海呢？").calls] == [{"city": "上海"}]


def test_tools_do_not_take_what_is_not_theirs() -> None:
    """With tools declared, jokes, greetings, names and repetition are still answered in words."""
    made = talk(WEATHER, PHONE)
    for words in ("讲个笑话", "你好", "你是谁", "跟我说：给张三打电话", "call me Bob", "几点了"):
        assert made.say(words).calls == ()


def test_video_mode_has_no_tools() -> None:
    """In video mode no function is called (documented: tools are for audio mode)."""
    assert talk(WEATHER, mode="video_passive").say("北京的天气").calls == ()


def test_act_without_a_tool_is_said() -> None:
    """A wish only a function can fulfil is answered with how to declare one."""
    assert "工具" in talk().hear("给张三打个电话")
    assert "Declare one" in talk().hear("turn on the light")


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ('{"city":"Oslo","temperature_c":4,"condition":"snow"}', "Oslo: temperature 4 °C, snow."),
        ("ok", "Done."),
        ("null", "Done."),
        ('{"success": true}', "Done."),
        ('{"error":"no such contact"}', "The function reports a problem: no such contact."),
        ("7", "The result is 7."),
        ("0.1234567891", "The result is 0.123457."),
        ('"It rains"', "It rains."),
        ("Sunny, 21 degrees", "Sunny, 21 degrees."),
        ("[]", "The function found nothing."),
        ("{}", "The function found nothing."),
        ('[{"city":"Paris","temp":3},{"city":"Rome","temp":12}]', "Paris: temp 3; Rome: temp 12."),
        ('{"items":["tea","cake"],"paid":false}', "items tea, cake, paid no."),
        ("[" * 5000, "[" * 300 + "."),
    ],
)
def test_outputs_in_words(output: str, expected: str) -> None:
    """Whatever a function gives back becomes a sentence."""
    made = talk(WEATHER)
    made.history.append(SaidLine("user", "the weather in Oslo"))
    assert spoken(made.output(output)) == expected


@pytest.mark.parametrize("output", ["[" * 450 + "]" * 450, '{"a":' * 450 + "1" + "}" * 450])
def test_an_output_too_deep_for_words_is_read_out(output: str) -> None:
    """JSON that nobody could say is taken for plain text."""
    assert output[:60] in "".join(Talk().output(output).clauses)


@pytest.mark.parametrize(
    "words", ["ok", "", "。", "?!", "a" * 5000, "啊" * 3000, "{x}", "\0", "١٢"]
)
def test_odd_words_get_an_answer(words: str) -> None:
    """Whatever is heard, there is an answer."""
    assert spoken(talk(WEATHER).say(words))


HOSTILE = (
    "count to " + "9" * 400,
    "亿" * 900,
    "1" * 400 + ".5 times 3 divided by 7",
    "一" * 1000,
    "给" * 1000,
    "in 999999999 days",
    "三十亿天后的天气",
    "one million " * 80,
    "2*" * 400,
    "call " * 200,
    "北京和" * 300 + "上海的天气",
    "set a timer for 9e999 seconds",
    '"' * 500,
    "a 1 " * 250,
)


@pytest.mark.slow
def test_hostile_words_are_answered() -> None:
    """Huge numbers and endless repetitions get an answer, too, each before its deadline."""
    with get_context("spawn").Pool(1) as pool:  # a process can be ended, whatever it is caught in
        answers = pool.imap(is_answered, HOSTILE)
        for words in HOSTILE:
            assert answers.next(timeout=DEADLINE), words


def is_answered(words: str) -> bool:
    reply = talk(WEATHER, PHONE).say(words)
    return bool(reply.calls or spoken(reply))


@pytest.mark.parametrize(
    "tool",
    [
        {},
        {"name": None},
        {"name": "x", "parameters": None},
        {"name": "weather", "parameters": {"properties": []}},
        {"name": "weather", "parameters": {"properties": {"city": None}, "required": "city"}},
        {"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}},
    ],
)
def test_odd_tools_do_no_harm(tool: dict[str, Any]) -> None:
    """A tool that is not as it should be neither raises nor stops the conversation."""
    reply = talk(tool).say("北京的天气")
    assert reply.calls or spoken(reply)


def test_stock_names_fixed_answers() -> None:
    """An answer of fixed texts names them; its clauses are those the ready sound was made of."""
    kept = {(id, lang): clauses for id, lang, clauses in stock_texts()}
    reply = Talk().say("讲个笑话")
    assert reply.stock == "intro+joke_1"
    assert tuple(reply.clauses) == kept["intro", "zh"] + kept["joke_1", "zh"]
    assert talk().say("现在几点").stock is None


def test_dialogue_switch() -> None:
    """The switch names the rules or an endpoint; anything else is refused with the form."""
    assert isinstance(dialogue_for("rules"), Rules)
    for wrong in ("openai", "openai:http://a", "openai:ftp://a#m", "gpt:http://a#m", "x"):
        with pytest.raises(BadArgument, match="URL#MODEL"):
            dialogue_for(wrong)


def test_say_and_in_far_apart_are_no_question_of_words() -> None:
    """ "How do you say it in French" is one short phrase; a search without an end would hold up
    every session of the emulator."""
    far = "Say hello. " + "Well, " * 30 + "come in. Please answer in English."
    assert language_asked(far) == "en"
    assert language_asked("how would you say cheese in English") is None


@pytest.mark.parametrize(
    "lines",
    [
        ("Teach me a Chinese phrase", "Another one, please", "One more"),
        ("教我一句英语", "Another one, please", "One more", "再来一句"),
        ("Teach me some Chinese", "再来一句", "Another one, please", "换一句"),
    ],
)
def test_more_of_a_phrase_that_quotes_the_other_language(lines: tuple[str, ...]) -> None:
    """Another one is another phrase, whichever language most of the last was in; no joke."""
    history: list[SaidLine] = []
    for line in lines:
        reply = Rules().reply(Heard(line), configuration={"id": "t"}, history=history)
        assert reply.kind == "interpret", line
        history += [SaidLine("user", line), SaidLine("assistant", "".join(reply.clauses))]


def test_a_sentence_to_be_taught_is_no_wish_for_few_words() -> None:
    """教我一句话 asks for a sentence; 用一句话回答 asks for few words."""
    assert "简短" not in talk().hear("教我一句话")
    assert "简短" in talk().hear("以后用一句话回答")
