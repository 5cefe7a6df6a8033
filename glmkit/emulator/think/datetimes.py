"""Days and times of day in spoken words, as ISO: 明天早上七点半, "next Friday at 3 pm".

``when("明天下午三点", now=…)`` is a ``When`` with a date and a time; either may be missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from glmkit.emulator.think.numerals import number_of, numbers_in
from glmkit.emulator.think.words import word_file

_WORDS: Final = word_file("datetimes")

_FAR_DAYS: Final = 36_500  # beyond it no day is meant
_DAYS: Final = {
    "大后天": 3,
    "后天": 2,
    "明天": 1,
    "明早": 1,
    "明晚": 1,
    "今天": 0,
    "今晚": 0,
    "今早": 0,
    "大前天": -3,
    "前天": -2,
    "昨天": -1,
    "昨晚": -1,
    "the day after tomorrow": 2,
    "tomorrow": 1,
    "today": 0,
    "tonight": 0,
    "this evening": 0,
    "this morning": 0,
    "yesterday": -1,
}
_WEEK = "monday tuesday wednesday thursday friday saturday sunday"
_YEAR = "january february march april may june july august september october november december"
_EN_WEEKDAYS: Final = _WEEK.split()
_EN_MONTHS: Final = _YEAR.split()
_MOMENTS: Final = (
    *("iso", "zh_date", "en_date", "zh_weekday", "in_days", "clock", "zh_time", "at"),
)
_PM = ("下午", "傍晚", "晚上", "夜里", "晚", "明晚", "今晚")
_MINUTES: Final = {"小时": 60, "钟头": 60, "hour": 60, "刻钟": 15}


@dataclass(frozen=True, slots=True)
class When:
    """A day, a time of day, or both."""

    date: date | None
    time: time | None

    def datetime(self, now: datetime) -> datetime | None:
        """Both together; a time without a day is the next such time."""
        if self.date is None and self.time is None:
            return None
        day = self.date or now.date()
        moment = datetime.combine(day, self.time or time(0), tzinfo=now.tzinfo)
        if self.date is None and moment < now:
            moment += timedelta(days=1)
        return moment


def blank(words: str) -> str:
    """``words`` with days and times of day blanked out, so that their numbers are not taken."""
    for name in _MOMENTS:
        words = _WORDS[name].sub(lambda match: " " * len(match[0]), words)
    return words


def says_how_soon(words: str) -> bool:
    """Whether ``words`` name a moment by how long it is until then."""
    return bool(_WORDS["soon"].search(words))


def when(words: str, *, now: datetime) -> When:
    """The day and the time said in ``words``."""
    if soon := _soon(words, now):
        return When(soon.date(), soon.time().replace(second=0, microsecond=0))
    return When(day_in(words, now=now), time_in(words))


def day_in(words: str, *, now: datetime) -> date | None:
    """The day said, if any: relative, a weekday, or a date."""
    lowered = words.lower()
    for word, days in _DAYS.items():
        if word in lowered:
            return now.date() + timedelta(days=days)
    return _calendar(words, now) or _weekday(words, now) or _in_days(words, now)


def _calendar(words: str, now: datetime) -> date | None:
    year, month, day = None, None, None
    if match := _WORDS["iso"].search(words):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif match := _WORDS["zh_date"].search(words):
        year = _whole(match["y"]) if match["y"] else None
        month, day = _whole(match["m"]), _whole(match["d"])
    elif match := _WORDS["en_date"].search(words):
        year = int(match["y"]) if match["y"] else None
        month = _EN_MONTHS.index((match["m1"] or match["m2"]).lower()) + 1
        day = int(match["d1"] or match["d2"])
    if month is None or day is None:
        return None
    try:
        found = date(year or now.year, month, day)
        return found.replace(year=now.year + 1) if not year and found < now.date() else found
    except ValueError:
        return None  # 31 February was not meant as a date


def _weekday(words: str, now: datetime) -> date | None:
    if match := _WORDS["zh_weekday"].search(words):
        wanted = "一二三四五六日".index(match["day"].replace("天", "日"))
        monday = now.date() - timedelta(days=now.weekday())
        weeks = (match["next"] or "").count("下")
        found = monday + timedelta(days=wanted, weeks=weeks)
        return found if weeks or found >= now.date() else found + timedelta(weeks=1)
    if match := _WORDS["en_weekday"].search(words):
        ahead = (_EN_WEEKDAYS.index(match["day"].lower()) - now.weekday()) % 7
        return now.date() + timedelta(days=ahead or 7 if match["next"] else ahead)
    return None


def _in_days(words: str, now: datetime) -> date | None:
    if match := _WORDS["in_days"].search(words):
        days = number_of(match["zh"] or match["en"])
        near = days is not None and abs(days) < _FAR_DAYS
        return now.date() + timedelta(days=int(days)) if days is not None and near else None
    return None


def _soon(words: str, now: datetime) -> datetime | None:
    match = _WORDS["soon"].search(words)
    if not match:
        return None
    said = match["n"] or match["en"]
    amount = 0.5 if said in {"半", "half an"} else 1 if said in {"a", "an"} else number_of(said)
    if amount is None or abs(amount) > _FAR_DAYS:
        return None
    unit = match["unit"] or match["enunit"]
    amount = float(amount) + (0.5 if match["half"] or match["enhalf"] else 0)
    return now + timedelta(minutes=amount * _MINUTES.get(unit.rstrip("s"), 1))


def time_in(words: str) -> time | None:
    """The time of day said, if any."""
    if match := _WORDS["clock"].search(words):
        late = (match[3] or "").lower().startswith("p") or any(part in words for part in _PM)
        return _time(int(match[1]), int(match[2]), late)
    return _chinese_time(words) or _english_time(words) or _named_time(words)


def _named_time(words: str) -> time | None:
    """Noon and midnight."""
    if re.search(r"\bnoon\b|中午|正午", words, re.IGNORECASE):
        return time(12)
    return time(0) if re.search(r"\bmidnight\b|午夜", words, re.IGNORECASE) else None


def _chinese_time(words: str) -> time | None:
    match = _WORDS["zh_time"].search(words)
    if not match:
        return None
    minute = 30 if match["half"] else 0
    if match["quarter"]:
        minute = 15 * _whole(match["quarter"])
    elif said := match["m"] or match["m2"]:
        minute = _whole(said)
    hour = _whole(match["h"])
    return _time(hour, minute, match["part"] in _PM or (match["part"] == "中午" and hour < 3))


def _english_time(words: str) -> time | None:
    for match in _WORDS["en_time"].finditer(words):
        at = f" {words[: match.start()]}".lower().rstrip().endswith((" at", " by", " until"))
        if match["bare"] is not None and not (match["half"] or match["rest"] or at):
            continue
        hour, minute = int(number_of(match["h"]) or 0), 0
        if match["q"]:
            back = match["q"].lower().endswith("to")
            hour, minute = (hour - 1, 45) if back else (hour, 15)
        elif match["half"]:
            minute = 30
        late = (match["ap"] or "").lower().startswith("p") or bool(
            re.search(r"afternoon|evening|tonight", words, re.IGNORECASE)
        )
        return _time(hour, minute, late)
    return None


def _time(hour: int, minute: int, late: bool) -> time | None:
    if late and hour < 12:
        hour += 12
    return time(hour % 24, minute) if 0 <= hour <= 24 and 0 <= minute < 60 else None


def _whole(numeral: str) -> int:
    found = numbers_in(numeral)
    return int(found[0].value) if found else 0
