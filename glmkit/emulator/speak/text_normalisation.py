"""What is written but not said letter by letter, in the words a Mandarin speaker would say.

::

    in_words("今天26℃，3.5 km，2026-11-22 08:05")
    '今天二十六摄氏度，三点五公里，二零二六年十一月二十二日 八点零五分'

Rules: each pattern below is tried in order, and what it makes is not looked at again by the ones
that follow it; what is left, every number is read as an amount, unless it is so long, or begins
with a zero, or what stands around it says that it names something (端口 8765), so that people read
it digit by digit. English words pass through untouched. (English sentences need none of this: the
English voice has its own.)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from glmkit.emulator.speak.spoken_numbers import amount, digits, whole_amount

#: What is counted with 两 rather than 二.
_MEASURES: Final = (
    "个只条张位名次天周年小点分秒倍件本块种家台部句首头颗份元人千万亿公米段行列遍间双杯瓶碗袋箱封"
    "篇幅辆架艘座栋所册页字节款样项步层道门群套堂课声轮场回趟圈把根支枝棵粒滴片匹毫厘平立升克吨组"
)
_UNITS: Final = {
    "km/h": "公里每小时", "m/s": "米每秒", "kWh": "千瓦时", "kHz": "千赫兹", "MHz": "兆赫兹",
    "GHz": "吉赫兹", "Hz": "赫兹", "km": "公里", "cm": "厘米", "mm": "毫米", "kg": "公斤",
    "mg": "毫克", "ml": "毫升", "mL": "毫升", "min": "分钟", "ms": "毫秒", "kB": "千字节",
    "KB": "千字节", "MB": "兆字节", "GB": "吉字节", "kW": "千瓦", "dB": "分贝", "℃": "摄氏度",
    "°C": "摄氏度", "℉": "华氏度", "°F": "华氏度", "°": "度", "m²": "平方米", "㎡": "平方米",
    "m": "米", "g": "克", "L": "升", "h": "小时", "s": "秒", "W": "瓦", "V": "伏",
}  # fmt: skip
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_MONEY: Final = {"¥": "元", "￥": "元", "$": "美元", "€": "欧元", "£": "英镑"}
_SIGNS: Final = {
    "+": "加", "-": "减", "−": "减", "×": "乘", "*": "乘", "÷": "除以", "=": "等于", "≈": "约等于",
    ">": "大于", "<": "小于", "≥": "大于等于", "≤": "小于等于", "≠": "不等于",
}  # fmt: skip

#: What a number behind them names, rather than counts.
_NAMED_BEFORE: Final = (
    "端口号?|错误码|状态码|错误代码|代码|编码|编号|代号|学号|工号|座位号|房间号?|教室|门牌号?|订单号?"
    "|单号|账号|卡号|密码|验证码|邮编|邮政编码|车牌号?|航班号?|车次|尾号|序列号|群号|型号|错误"
    r"|HTTP|RFC|ISO|IEEE|QQ号?|port|error|code|room"
)
_CALLED: Final = (
    "拨打|拨|致电|呼叫|打|按|电话号?码?|手机号?码?|热线|客服|号码|传真|联系方式|报警|急救|火警"
)
#: What a number in front of them names.
_NAMED_AFTER: Final = "端口|房间|教室|室|错误码?|状态码|号?公?路车|路公交车?|高校|院校|次列车|航班"
_CALLED_AFTER: Final = "报警|热线|急救|电话"
#: Known to everybody by their digits.
_SERVICES: Final = "10086|10010|12306|12315|955\\d\\d"

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_START = r"(?<![\d.A-Za-z])"
_END = r"(?![\dA-Za-z])"
_JOIN = r"(?:\s*(?:号?(?:是|为|：|:|=|#|号)\s*)?)"
_TO = r"\s*[-~～—–]+\s*"
_CLOCK = r"(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?"
_SAID = r"[零一二三四五六七八九十百千万亿两半]"

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def in_words(text: str) -> str:
    """``text`` with its numbers, dates, times, units and signs written out in Chinese."""
    text = text.translate(_NARROW)
    for pattern, words in _RULES:
        text = pattern.sub(words, text)
    return text.translate(_SILENT)


# ── the patterns ─────────────────────────────────────────────────────────────────────────────


def _by_digits(match: re.Match[str]) -> str:
    return digits(match[1])


def _date(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return f"{digits(year)}年{whole_amount(int(month))}月{whole_amount(int(day))}日"


def _month(match: re.Match[str]) -> str:
    return f"{digits(match[1])}年{whole_amount(int(match[2]))}月"


def _years(match: re.Match[str]) -> str:
    return f"{digits(match[1])}到{digits(match[2])}"


def _clock(match: re.Match[str]) -> str:
    hour, minute, second = match.groups()
    said = ("两" if int(hour) == 2 else whole_amount(int(hour))) + "点"
    if int(minute) or second:
        said += "零" if int(minute) < 10 and int(minute) else ""
        said += whole_amount(int(minute)) + "分"
    return said + (whole_amount(int(second)) + "秒" if second else "")


def _ratio(match: re.Match[str]) -> str:
    parts = re.split(r"\s*[:：]\s*", match["parts"])
    return match["before"] + "比".join(map(amount, parts))


def _address(match: re.Match[str]) -> str:
    return "点".join(map(digits, match[1].split("."))) + "，冒号" + digits(match[2])


def _telephone(match: re.Match[str]) -> str:
    return "，".join(digits(part, telephone=True) for part in re.findall(r"\d+", match[0]))


def _named(match: re.Match[str]) -> str:
    return match["before"] + digits(match["number"])


def _dialled(match: re.Match[str]) -> str:
    return match["before"] + digits(match["number"], telephone=True)


def _below_zero(match: re.Match[str]) -> str:
    return f"零下{amount(match[1])}{_UNITS.get(match[2], match[2])}"


def _percent(match: re.Match[str]) -> str:
    return "百分之" + ("百" if match[1] == "100" else amount(match[1]))


def _money(match: re.Match[str]) -> str:
    return _money_of(match[1], match[2])


def _money_of(sign: str, number: str) -> str:
    sum_ = number.rstrip("0").rstrip(".") if "." in number else number
    return _two(sum_, "元") + _MONEY[sign]


def _measured(match: re.Match[str]) -> str:
    unit = _UNITS[match[2]]
    return _two(match[1], unit) + unit


def _counted(match: re.Match[str]) -> str:
    return _two(match[1], match[2]) + match[2]


def _two(number: str, counted: str) -> str:
    return "两" if number == "2" and counted[0] in _MEASURES else amount(number)


def _equation(match: re.Match[str]) -> str:
    said = re.sub(_NUMBER, lambda number: amount(number[0]), match[0])
    return "".join(_SIGNS.get(character, character) for character in said)


def _code(match: re.Match[str]) -> str:
    number = match[0]
    if len(number) == 11 and number.startswith("1"):
        return digits(number, telephone=True)
    return digits(number)


def _rule(pattern: str, words: Callable[[re.Match[str]], str]) -> Rule:
    return re.compile(pattern), words


_SIGN = "[" + re.escape("".join(_SIGNS)) + "]"
_COMPARED = "[" + re.escape("".join(set(_SIGNS) - set("-−"))) + "]"
_RULES: Final[tuple[Rule, ...]] = (
    # telephones, addresses
    _rule(rf"{_START}(?:\+?86[- ]?)?1\d{{2}}[- ]\d{{4}}[- ]\d{{4}}{_END}", _telephone),
    _rule(rf"{_START}0\d{{2,3}}[- ]\d{{3,4}}[- ]?\d{{4}}(?:[-转]\d{{1,5}})?{_END}", _telephone),
    _rule(rf"{_START}[48]00[- ]?\d{{3,4}}[- ]?\d{{3,4}}{_END}", _telephone),
    _rule(rf"{_START}(\d{{1,3}}(?:\.\d{{1,3}}){{3}})[:：](\d{{2,5}}){_END}", _address),
    _rule(rf"(?P<before>(?:{_CALLED}){_JOIN})(?P<number>\d{{3,}})(?![\d.:%])(?!\s*[{_MEASURES}])",
          _dialled),
    _rule(rf"(?P<before>){_START}(?P<number>\d{{3,}})(?=\s*(?:{_CALLED_AFTER}))", _dialled),
    _rule(rf"(?P<before>){_START}(?P<number>{_SERVICES})(?![\d.,A-Za-z{_MEASURES}])", _dialled),
    # what names something
    _rule(rf"(?P<before>(?:{_NAMED_BEFORE}){_JOIN})(?P<number>\d{{2,}})(?![\d.,:])(?!\s*[{_MEASURES}])",
          _named),
    _rule(rf"(?P<before>){_START}(?P<number>\d{{3,}})(?=\s*(?:{_NAMED_AFTER}))", _named),
    _rule(r"(?P<before>(?<![A-Za-z])[A-Z]{1,4}-?)(?P<number>\d{3,})(?![\d.])", _named),
    # dates and times
    _rule(rf"{_START}(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_END}", _date),
    _rule(rf"{_START}((?:19|20)\d\d)[-/](0?[1-9]|1[0-2])(?![\d/.:年-])", _month),
    _rule(rf"{_START}((?:1[5-9]|20)\d\d)(?:{_TO}|[到至])((?:1[5-9]|20)\d\d)(?![\d.,])", _years),
    _rule(r"(?<!\d)(\d{4}|0\d)(?=年)", _by_digits),
    _rule(r"(?<!\d)([4-9]\d)(?=年(?:\d{1,2}月|出生|毕业|生|入学|款))", _by_digits),
    _rule(r"(?<!\d)([05-9][05])(?=后(?!来|天|面|边))", _by_digits),
    _rule(rf"{_START}24/7{_END}", lambda _: "七天二十四小时"),
    _rule(rf"(?P<before>[比例率分]{_JOIN})(?P<parts>\d+(?:[:：]\d+)+){_END}", _ratio),
    _rule(rf"(?P<before>){_START}(?P<parts>(?:[3-9]\d|2[5-9])[:：]\d+){_END}", _ratio),
    _rule(rf"{_START}{_CLOCK}{_END}", _clock),
    _rule(rf"(?P<before>){_START}(?P<parts>(?:{_NUMBER})(?:\s*[:：]\s*(?:{_NUMBER}))+){_END}",
          _ratio),
    # signs
    _rule(r"(?<![\d\w])[-−](\d+(?:\.\d+)?)\s*(℃|°C|°|度)", _below_zero),
    _rule(rf"(?:{_NUMBER})\s*(?:{_SIGN}\s*(?:{_NUMBER})\s*){{2,}}", _equation),
    _rule(rf"(?:{_NUMBER})\s*{_COMPARED}\s*(?:{_NUMBER})", _equation),
    _rule(rf"([¥￥$€£])\s*({_NUMBER}){_TO}[¥￥$€£]?\s*({_NUMBER})",
          lambda match: f"{amount(match[2])}到{_money_of(match[1], match[3])}"),
    _rule(rf"{_START}2(?={_TO}\d+\s*(?!年级|月|点)[{_MEASURES}])", lambda _: "两"),
    _rule(rf"(?<=[\d两%％℃°元米斤个天年月日号点分秒]){_TO}(?=[\d¥￥$€£]|{_SAID})", lambda _: "到"),
    _rule(r"(?<=[一二三四五六日天])[-~～—–](?=周|星期|礼拜)", lambda _: "到"),
    _rule(r"\s*[→⇒➜➔⟶]\s*", lambda _: "到"),
    _rule(rf"±\s*(?={_NUMBER})", lambda _: "正负"),
    _rule(rf"([≥≤≈])\s*(?={_NUMBER})", lambda match: _SIGNS[match[1]]),
    # amounts
    _rule(rf"({_NUMBER})\s*%", _percent),
    _rule(rf"({_NUMBER})\s*‰", lambda match: "千分之" + amount(match[1])),
    _rule(rf"([¥￥$€£])\s*({_NUMBER})", _money),
    _rule(rf"{_START}(\d+)/(\d+){_END}", lambda match: f"{amount(match[2])}分之{amount(match[1])}"),
    _rule(r"(?<!\d)\d+(?:\.\d+){2,}", lambda match: "点".join(map(digits, match[0].split(".")))),
    _rule(rf"(?<![\w])[-−](?={_NUMBER})", lambda _: "负"),
    _rule(rf"{_START}({_NUMBER})\s*({_UNIT})(?![A-Za-z])", _measured),
    _rule(rf"(?<![\d.第])({_NUMBER})\s*(?!年级|点(?:\d|{_SAID}))([{_MEASURES}])",
          _counted),
    _rule(r"(?<![\d.,])(?:0\d+|\d{9,})(?![\d.,])", _code),
    _rule(_NUMBER, lambda match: amount(match[0])),
)  # fmt: skip
_NARROW = {ord("０") + digit: str(digit) for digit in range(10)} | {
    ord("．"): ".", ord("％"): "%", ord("½"): "1/2", ord("¼"): "1/4", ord("¾"): "3/4",
}  # fmt: skip
_SILENT = str.maketrans(
    dict.fromkeys("*_`#|~^<>{}[]\\←↑↓↗↘↔", " ") | {"&": "和", "+": "加", "=": "等于"}
)
