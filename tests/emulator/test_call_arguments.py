"""Which tool a sentence asks for, and with which arguments, in both languages."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from glmkit.emulator.think.arithmetic import formula, plain, result
from glmkit.emulator.think.call_arguments import fill
from glmkit.emulator.think.datetimes import when
from glmkit.emulator.think.numerals import numbers_in
from glmkit.emulator.think.tool_choice import Declared, choose

NOW = datetime(2026, 11, 18, 10, 0)  # a Wednesday
Calls = list[tuple[str, dict[str, Any]]]


def text(about: str = "", **more: Any) -> dict[str, Any]:
    return {"type": "string", "description": about, **more}


def number(about: str = "", kind: str = "number") -> dict[str, Any]:
    return {"type": kind, "description": about}


def tool(name_: str, about: str, *needed: str, **properties: dict[str, Any]) -> Declared:
    required = list(needed or properties)
    schema = {"type": "object", "properties": properties, "required": required}
    declared = {"type": "function", "name": name_, "description": about}
    return Declared.read({**declared, "parameters": schema} if properties else declared)


ROOMS = text("the room", enum=["living_room", "bedroom", "kitchen"])
TOOLS = (
    tool(
        *("get_weather", "获取指定城市的天气", "city"),
        city=text("城市名"),
        date=text("日期，YYYY-MM-DD"),
        unit=text("单位", enum=["celsius", "fahrenheit"]),
    ),
    tool("phoneCall", "给联系人打电话", name=text("联系人姓名")),
    tool(
        *("set_light", "Turn a light on or off", "room", "on"),
        room=ROOMS,
        on={"type": "boolean"},
        brightness=number("0-100", "integer"),
    ),
    tool(
        *("set_air_conditioner", "设置空调", "temperature"),
        temperature=number("温度，摄氏度"),
        mode=text("模式", enum=["cool", "heat", "auto"]),
    ),
    tool("current_time", "返回当前时间"),
    tool("set_alarm", "设置闹钟", "time", time=text("时间 HH:MM"), date=text("日期")),
    tool("set_timer", "Set a countdown timer", seconds=number("seconds", "integer")),
    tool("web_search", "Search the web", query=text("keywords")),
    tool(
        *("order_drink", "下单购买饮品", "item", "quantity"),
        item=text("饮品名称"),
        quantity=number("数量", "integer"),
        size=text("杯型", enum=["大杯", "中杯", "小杯"]),
    ),
    tool("translate", "Translate text", text=text("text to translate"), target_language=text()),
    tool("play_music", "播放音乐", song=text("歌名")),
    tool("send_message", "Send a text message", to=text("recipient"), text=text("the message")),
    tool("calculate", "Calculate", expression=text("expression")),
    tool(
        *("book_table", "Reserve a table at a restaurant", "people", "time"),
        people=number("number of guests", "integer"),
        time=text("time"),
        date=text("date"),
    ),
    tool(
        *("search_trains", "查询火车票", "origin", "destination"),
        origin=text("出发城市"),
        destination=text("到达城市"),
        date=text("日期"),
    ),
    tool("add_reminder", "添加提醒", content=text("内容"), time=text("时间", format="date-time")),
    tool("grade_of", "查询学生成绩", student=text("学生姓名")),
    tool("plot_sine", "Draw a sine curve", frequency=number("Hz")),
)


def called(said: str, *tools: Declared) -> Calls:
    calls: Calls = []
    for each, part in choose(tools or TOOLS, said):
        calls += [(each.name, arguments) for arguments in fill(each, part, now=NOW).arguments]
    return calls


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("给张三打个电话", [("phoneCall", {"name": "张三"})]),
        ("Please call Zhang San", [("phoneCall", {"name": "Zhang San"})]),
        ("给张三和李四打电话", [("phoneCall", {"name": "张三"}), ("phoneCall", {"name": "李四"})]),
        ("北京的天气怎么样", [("get_weather", {"city": "北京"})]),
        ("what's the weather in Cape Town?", [("get_weather", {"city": "Cape Town"})]),
        (
            "北京和上海的天气",
            [("get_weather", {"city": "北京"}), ("get_weather", {"city": "上海"})],
        ),
        (
            "明天杭州天气如何，用华氏度",
            [("get_weather", {"city": "杭州", "date": "2026-11-19", "unit": "fahrenheit"})],
        ),
        ("打开客厅的灯", [("set_light", {"room": "living_room", "on": True})]),
        ("Turn off the bedroom light", [("set_light", {"room": "bedroom", "on": False})]),
        (
            "打开客厅和卧室的灯",
            [
                ("set_light", {"room": "living_room", "on": True}),
                ("set_light", {"room": "bedroom", "on": True}),
            ],
        ),
        (
            "打开客厅的灯，再把空调调到二十六度",
            [
                ("set_light", {"room": "living_room", "on": True}),
                ("set_air_conditioner", {"temperature": 26}),
            ],
        ),
        (
            "Turn on the kitchen light and play some jazz",
            [("set_light", {"room": "kitchen", "on": True}), ("play_music", {"song": "jazz"})],
        ),
        ("空调制热26度", [("set_air_conditioner", {"temperature": 26, "mode": "heat"})]),
        ("现在几点了", [("current_time", {})]),
        ("what time is it", [("current_time", {})]),
        ("明天早上七点半叫我起床", [("set_alarm", {"time": "07:30", "date": "2026-11-19"})]),
        ("set a timer for five minutes", [("set_timer", {"seconds": 300})]),
        ("定一个两小时的倒计时", [("set_timer", {"seconds": 7200})]),
        ("search the web for quantum computers", [("web_search", {"query": "quantum computers"})]),
        ("帮我点两杯大杯拿铁", [("order_drink", {"item": "拿铁", "quantity": 2, "size": "大杯"})]),
        ("把你好翻译成法语", [("translate", {"text": "你好", "target_language": "法语"})]),
        (
            "translate good morning into French",
            [("translate", {"text": "good morning", "target_language": "French"})],
        ),
        (
            "send a message to Bob saying I will be late",
            [("send_message", {"to": "Bob", "text": "I will be late"})],
        ),
        ("给李四发短信说我晚点到", [("send_message", {"to": "李四", "text": "我晚点到"})]),
        ("三加四等于多少", [("calculate", {"expression": "3+4"})]),
        (
            "book a table for four people tomorrow at 7 pm",
            [("book_table", {"people": 4, "time": "19:00", "date": "2026-11-19"})],
        ),
        (
            "查一下后天从北京到上海的火车",
            [
                (
                    "search_trains",
                    {"origin": "北京", "destination": "上海", "date": "2026-11-20"},
                )
            ],
        ),
        ("查询张三的成绩", [("grade_of", {"student": "张三"})]),
        ("Draw a sine curve of 5 hertz", [("plot_sine", {"frequency": 5})]),
        ("给我妈妈打电话", [("phoneCall", {"name": "妈妈"})]),
        ("空调零下三度", [("set_air_conditioner", {"temperature": -3})]),
        ("十六点五度的空调", [("set_air_conditioner", {"temperature": 16.5})]),
        ("set a timer for an hour and a half", [("set_timer", {"seconds": 5400})]),
        ("定一个半小时的倒计时", [("set_timer", {"seconds": 5400})]),
        ("定半小时的倒计时", [("set_timer", {"seconds": 1800})]),
        ("我要三杯可乐", [("order_drink", {"item": "可乐", "quantity": 3})]),
        ("text Bob dinner is ready", [("send_message", {"to": "Bob", "text": "dinner is ready"})]),
        (
            "message mom: happy birthday",
            [("send_message", {"to": "mom", "text": "happy birthday"})],
        ),
        ("给王五发消息：我到家了", [("send_message", {"to": "王五", "text": "我到家了"})]),
        ("what is 12 times 7", [("calculate", {"expression": "12*7"})]),
        (
            "how do you say apple in French",
            [("translate", {"text": "apple", "target_language": "French"})],
        ),
        (
            "reserve a table for six on May 3rd at noon",
            [("book_table", {"people": 6, "time": "12:00", "date": "2027-05-03"})],
        ),
        (
            "餐厅订一个明天晚上七点四个人的位子",
            [("book_table", {"people": 4, "time": "19:00", "date": "2026-11-19"})],
        ),
        (
            "预订周六晚上七点四十的餐厅，两位",
            [("book_table", {"people": 2, "time": "19:40", "date": "2026-11-21"})],
        ),
    ],
)
def test_calls(said: str, calls: Calls) -> None:
    """A sentence calls the tool it is about, with what it says."""
    assert called(said) == calls


@pytest.mark.parametrize(
    "said",
    ["讲个笑话", "tell me a joke", "你好", "hello how are you", "你是谁", "谢谢", "数到十", "嗯"],
)
def test_calls_nothing(said: str) -> None:
    """What is about none of the tools calls none."""
    assert called(said) == []


def test_description_alone_does_not_choose() -> None:
    """A weather tool that mentions the time is not called for the time."""
    weather = tool("get_weather", "Weather in a city at a given time", city=text("City name"))
    assert called("what time is it", weather) == []
    assert called("Is it raining in Rome", weather) == [("get_weather", {"city": "Rome"})]


def test_phrase_call_this_is_not_about_phones() -> None:
    """A description that begins with "Call this when" does not make a tool a telephone."""
    dice = tool("roll_dice", "Call this when the user wants dice", sides=number())
    assert called("call Anna", dice) == []


@pytest.mark.parametrize(
    ("schema", "said", "expected"),
    [
        (text("on=打开, off=关闭", enum=["on", "off"]), "关闭设备", "off"),
        (text("1:低速, 2:高速", enum=["1", "2"]), "设备用高速", "2"),
        (text(enum=["red", "blue"]), "把设备变成蓝色", "blue"),
        (text(enum=["红", "蓝"]), "make the device blue", "蓝"),
        (number(), "设备百分之五十", 50),
        (number(kind="integer"), "device to seventy five", 75),
        ({"type": ["integer", "null"]}, "device 3", 3),
        ({"type": "boolean"}, "关掉设备", False),
        ({"type": "boolean"}, "switch the device on", True),
        ({"type": "array", "items": {"type": "string", "enum": ["a1", "b2"]}}, "device a1 b2",
         ["a1", "b2"]),
        ({"type": "array"}, 'device "low"', ["low"]),
        ({"type": "object", "properties": {"speed": number()}}, "device 9", {"speed": 9}),
        (text(default="x"), "设备", "x"),
        ({"const": "fixed", "type": "string"}, "设备", "fixed"),
        (text("target language code, e.g. en"), "device language French", "fr"),
    ],
)  # fmt: skip
def test_kinds_of_parameters(schema: dict[str, Any], said: str, expected: object) -> None:
    """Enums, numbers, switches, lists and nested objects are filled by what they are."""
    name = "language" if "language" in str(schema) else "setting"
    device = tool("set_device", "设置设备", **{name: schema})
    assert fill(device, said, now=NOW).arguments == ({name: expected},)


@pytest.mark.parametrize(
    ("said", "symbol"),
    [("What's the share price of Apple?", "Apple"), ("苹果公司的股价是多少", "苹果公司")],
)
def test_a_text_is_what_the_rest_is_about(said: str, symbol: str) -> None:
    """A text of no known kind is the thing asked about, not the whole sentence."""
    price = tool("get_stock_price", "Get a stock price", symbol=text("ticker symbol"))
    assert called(said, price) == [("get_stock_price", {"symbol": symbol})]


def test_what_is_within_a_city_is_not_the_city() -> None:
    """北京大学 is a place of its own; a plain word in English is one, too."""
    go = tool("navigate", "导航到目的地", destination=text("目的地"))
    assert called("导航到北京大学", go) == [("navigate", {"destination": "北京大学"})]
    assert called("Navigate to the airport", go) == [("navigate", {"destination": "airport"})]


def test_an_artist_is_no_song() -> None:
    """Of a song alone no artist is made up."""
    play = tool("play_music", "播放音乐", "song", song=text("歌名"), artist=text("歌手"))
    assert called("放一首青花瓷", play) == [("play_music", {"song": "青花瓷"})]
    assert called("play Hey Jude by Queen", play)[0][1]["artist"] == "Queen"


def test_a_reminder_is_what_to_do() -> None:
    """Not the whole sentence."""
    remind = tool("create_reminder", "Create a reminder", text=text("what to remind"))
    said = "Remind me in 20 minutes to call Bob"
    assert called(said, remind) == [("create_reminder", {"text": "call Bob"})]


@pytest.mark.parametrize(
    "said",
    [
        "离12月31日还有几天？",
        "离2026年12月31日还有多少天？",
        "到十二月三十一号还剩几天",
        "How many days are left until 31 December?",
    ],
)
def test_the_days_until_a_date_are_about_a_date(said: str) -> None:
    """As lesson 08 has its reader ask, in either language."""
    left = tool("days_until", "离某一天还有几天", "day", day=text())
    assert called(said, left) == [("days_until", {"day": "2026-12-31"})]


def test_missing_is_named() -> None:
    """A place, a person or a number nobody said is missing; a choice takes its first value."""
    assert fill(TOOLS[0], "天气怎么样", now=NOW).missing == "city"
    assert fill(TOOLS[1], "打电话", now=NOW).missing == "name"
    assert fill(TOOLS[3], "打开空调", now=NOW).missing == "temperature"
    light = tool("light", "灯", room=ROOMS)
    assert fill(light, "灯", now=NOW).arguments == ({"room": "living_room"},)


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("二十六度", [26]),
        ("一百五", [150]),
        ("一百零五", [105]),
        ("两万三千", [23_000]),
        ("三点五加二", [3.5, 2]),
        ("twenty-five and 3.5", [25, 3.5]),
        ("one hundred and twenty three", [123]),
        ("二零二六", [2026]),
        ("一个半小时", [1.5]),
        ("负五度", [-5]),
        ("12,000 people", [12_000]),
        ("room-5", [5]),
        ("minus four", [-4]),
        ("to minus 3 degrees", [-3]),
        ("5 minus 3", [5, 3]),
        ("零下二十度", [-20]),
        ("零下5度", [-5]),
        ("two and a half hours", [2.5]),
        ("2个半小时", [2.5]),
        ("half an hour", [0.5]),
        ("下半年", []),
        ("one hundred minus seven", [100, 7]),
        ("查一下", []),
        ("十分好", []),
        ("one of them", []),
        ("one two three", [1, 2, 3]),
        ("five and three", [5, 3]),
        ("nineteen ninety-nine", [19, 99]),
        ("one million two hundred thousand and one", [1_200_001]),
        ("three point twenty-five", [3.25]),
        ("一亿五千万", [150_000_000]),
        ("千万别走，千万要小心", []),
        ("一千万不够", [10_000_000]),
        ("一万亿", [10**12]),
        ("九十二亿九千三百零一万三千四百一十二", [9_293_013_412]),
        ("3万5千", [35_000]),
        ("1,000万", [10_000_000]),
        ("2.5 million", [2_500_000]),
        ("百分之50", [50]),
        ("万一", []),
    ],
)
def test_numbers(words: str, values: list[float]) -> None:
    """Numbers are found in digits and words; what only looks like one is not."""
    assert [each.value for each in numbers_in(words)] == values


@pytest.mark.parametrize(
    ("words", "day", "moment"),
    [
        ("明天早上七点半", date(2026, 11, 19), time(7, 30)),
        ("next Friday at 3 pm", date(2026, 11, 20), time(15)),
        ("下周一下午三点一刻", date(2026, 11, 23), time(15, 15)),
        ("3月5日", date(2027, 3, 5), None),
        ("十二月二十五号", date(2026, 12, 25), None),
        ("March 5th", date(2027, 3, 5), None),
        ("the day after tomorrow", date(2026, 11, 20), None),
        ("in ten minutes", date(2026, 11, 18), time(10, 10)),
        ("半小时后", date(2026, 11, 18), time(10, 30)),
        ("三天后", date(2026, 11, 21), None),
        ("half past six", None, time(6, 30)),
        ("at noon", None, time(12)),
        ("今天午夜", date(2026, 11, 18), time(0)),
        ("七点四个人", None, time(7)),
        ("晚上七点四十", None, time(19, 40)),
        ("quarter to nine in the evening", None, time(20, 45)),
        ("15:30", None, time(15, 30)),
        ("2月31日", None, None),
        ("for four people", None, None),
        ("set the light to 5", None, None),
    ],
)
def test_moments(words: str, day: date | None, moment: time | None) -> None:
    """Days and times of day become dates and times."""
    found = when(words, now=NOW)
    assert (found.date, found.time) == (day, moment)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("三乘以四等于多少", "12"),
        ("what is 12 times 7 plus 1", "85"),
        ("1 + 2 * 3", "7"),
        ("3-5", "-2"),
        ("2 + -3", "-1"),
        ("ten divided by four", "2.5"),
        ("1/3", "0.3333"),
        ("0.1 plus 0.2", "0.3"),
    ],
)
def test_sums(words: str, value: str) -> None:
    """Sums in words are computed, products first, without rounding."""
    found = result(formula(words) or "")
    assert found is not None
    assert plain(found) == value


def test_sum_that_is_none() -> None:
    """A number alone is no sum, and a division by zero has no value."""
    assert formula("room 5") is None
    assert result("4/0") is None


@pytest.mark.parametrize(
    ("said", "minutes", "clock"),
    [
        ("wake me in twenty minutes", 20, "10:20"),
        ("get me up in an hour and a half", 90, "11:30"),
        ("wake me up in half an hour", 30, "10:30"),
        ("二十分钟后叫我", 20, "10:20"),
        ("一个半小时以后叫我起床", 90, "11:30"),
        ("过一刻钟喊我", 15, "10:15"),
    ],
)
def test_a_moment_that_is_so_far_away_is_a_timers_too(said: str, minutes: int, clock: str) -> None:
    """An alarm gets the time of day; where only a timer is declared, that gets how long it is."""
    timer = tool("set_timer", "count down", "minutes", minutes=number("分钟 minutes"))
    alarm = tool("set_alarm", "ring", "time", time=text("time, HH:MM"))
    assert called(said, timer) == [("set_timer", {"minutes": minutes})]
    for both in ((alarm,), (timer, alarm)):
        assert called(said, *both) == [("set_alarm", {"time": clock})]
    assert called("wake me at seven", timer) == []
