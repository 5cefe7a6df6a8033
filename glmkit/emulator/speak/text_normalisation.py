"""What is written but not said letter by letter, in the words a Mandarin speaker would say.

::

    in_words("今天26℃，3.5 km，2026-11-22 08:05")
    '今天二十六摄氏度，三点五公里，二零二六年十一月二十二日 八点零五分'

Rules: each pattern below is tried in order, and what it makes is not looked at again by the ones
that follow it; what is left, every number is read as an amount, unless it is so long, or begins
with a zero, that people read it digit by digit. English words pass through untouched. (English
sentences need none of this: the English voice has its own.)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

DIGITS: Final = "零一二三四五六七八九"
_PLACES: Final = ("", "十", "百", "千")
_GROUPS: Final = ("", "万", "亿", "万亿")
#: What is counted with 两 rather than 二.
_MEASURES: Final = "个只条张位名次天周年小点分秒倍件本块种家台部句首头颗份元人千万亿公米"

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
_SIGNS: Final = {"+": "加", "-": "减", "−": "减", "×": "乘", "*": "乘", "÷": "除以", "=": "等于"}

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_START = r"(?<![\d.A-Za-z])"
_END = r"(?![\dA-Za-z])"

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def in_words(text: str) -> str:
    """``text`` with its numbers, dates, times, units and signs written out in Chinese."""
    text = text.translate(_NARROW)
    for pattern, words in _RULES:
        text = pattern.sub(words, text)
    return text.translate(_SILENT)


def amount(number: str) -> str:
    """A number as an amount: ``"1,234.5"`` is 一千二百三十四点五, ``"12"`` is 十二."""
    whole, _, part = number.replace(",", "").partition(".")
    said = _whole(int(whole)) if len(whole) <= 16 else digits(whole)
    return said + ("点" + digits(part) if part else "")


def digits(number: str, *, telephone: bool = False) -> str:
    """A number digit by digit; on the telephone 1 is 幺."""
    said = "".join(DIGITS[int(digit)] for digit in number)
    return said.replace("一", "幺") if telephone else said


def _whole(value: int) -> str:
    if not value:
        return "零"
    parts: list[str] = []
    for group in reversed(range(len(_GROUPS))):
        section = value // 10_000**group % 10_000
        if section:
            gap = parts and section < 1000  # 一万零三十
            parts.append(("零" if gap else "") + _section(section) + _GROUPS[group])
        elif parts and value % 10_000**group >= 1000 and parts[-1][-1] != "零":
            parts.append("零")  # 一亿零三千
    said = "".join(parts)
    return said.removeprefix("一") if said.startswith("一十") else said


def _section(value: int) -> str:
    """A number below ten thousand, 一十 written in full."""
    said, zero = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit:
            said += ("零" if zero and said else "") + DIGITS[digit] + _PLACES[place]
        zero = not digit
    return said


# ── the patterns ─────────────────────────────────────────────────────────────────────────────


def _date(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return f"{digits(year)}年{_whole(int(month))}月{_whole(int(day))}日"


def _clock(match: re.Match[str]) -> str:
    hour, minute, second = match.groups()
    said = ("两" if int(hour) == 2 else _whole(int(hour))) + "点"
    if int(minute) or second:
        said += ("零" if int(minute) < 10 and int(minute) else "") + _whole(int(minute)) + "分"
    return said + (_whole(int(second)) + "秒" if second else "")


def _below_zero(match: re.Match[str]) -> str:
    return f"零下{amount(match[1])}{_UNITS.get(match[2], match[2])}"


def _money(match: re.Match[str]) -> str:
    sum_ = match[2].rstrip("0").rstrip(".") if "." in match[2] else match[2]
    return _two(sum_, "元") + _MONEY[match[1]]


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


_SIGN = "[" + re.escape("".join(_SIGNS)) + "]"
_RULES: Final[tuple[Rule, ...]] = (
    (re.compile(rf"{_START}(0\d{{2,3}})-(\d{{7,8}}){_END}"),
     lambda match: "，".join(digits(part, telephone=True) for part in match.groups())),
    (re.compile(rf"{_START}(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_END}"), _date),
    (re.compile(r"(?<!\d)(\d{4})(?=年)"), lambda match: digits(match[1])),
    (re.compile(rf"{_START}(\d{{1,2}})[:：](\d{{2}})(?:[:：](\d{{2}}))?{_END}"), _clock),
    (re.compile(r"(?<![\d\w])[-−](\d+(?:\.\d+)?)\s*(℃|°C|°|度)"), _below_zero),
    (re.compile(rf"({_NUMBER})\s*%"), lambda match: "百分之" + amount(match[1])),
    (re.compile(rf"([¥￥$€£])\s*({_NUMBER})"), _money),
    (re.compile(rf"{_START}(\d+)/(\d+){_END}"),
     lambda match: f"{amount(match[2])}分之{amount(match[1])}"),
    (re.compile(rf"(?:{_NUMBER})\s*(?:{_SIGN}\s*(?:{_NUMBER})\s*){{2,}}"), _equation),
    (re.compile(rf"(?:{_NUMBER})\s*[+×*÷=]\s*(?:{_NUMBER})"), _equation),
    (re.compile(r"(?<=\d)\s*[-~～—–]\s*(?=\d)"), lambda _: "到"),
    (re.compile(r"(?<!\d)\d+(?:\.\d+){2,}"),
     lambda match: "点".join(map(digits, match[0].split(".")))),
    (re.compile(rf"(?<![\w])[-−](?={_NUMBER})"), lambda _: "负"),
    (re.compile(rf"{_START}({_NUMBER})\s*({_UNIT})(?![A-Za-z])"), _measured),
    (re.compile(rf"(?<![\d.第])({_NUMBER})\s*(?!月)([{_MEASURES}])"), _counted),
    (re.compile(r"(?<![\d.,])(?:0\d+|\d{9,})(?![\d.,])"), _code),
    (re.compile(_NUMBER), lambda match: amount(match[0])),
)  # fmt: skip
_NARROW = {ord("０") + digit: str(digit) for digit in range(10)} | {ord("．"): ".", ord("％"): "%"}
_SILENT = str.maketrans(dict.fromkeys("*_`#|~^<>{}[]\\", " ") | {"&": "和", "+": "加", "=": "等于"})
