"""What a sentence names: cities, people, things, messages, numbers.

Each function finds one kind of thing in a sentence, in both languages, and gives all of them in
the order said; ``KINDS`` says which kind a parameter is of, by its name and description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from glmkit.emulator.think.lexicon import CITIES, LANGUAGES, VALUES, find, is_chinese
from glmkit.emulator.think.words import word_file

_WORDS: Final = word_file("entities")


def politeness_off(words: str) -> str:
    """``words`` without "please could you" before and 吧, 谢谢 after."""
    before = None
    while before != words:
        before = words
        words = _WORDS["ending"].sub("", _WORDS["polite"].sub("", words.strip())).strip()
    return words


def cities(words: str) -> tuple[str, ...]:
    """Every place named."""
    lowered = words.lower()
    found = {lowered.find(zh): zh for zh in CITIES if zh in words}
    for english in CITIES.values():
        if match := re.search(rf"\b{re.escape(english.lower())}\b", lowered):
            found[match.start()] = english
    if found:
        return tuple(found[at] for at in sorted(found))
    return tuple(_other_places(words))


def _other_places(words: str) -> Iterator[str]:
    if is_chinese(words):
        for match in _WORDS["zh_place"].finditer(politeness_off(words)):
            place = _WORDS["around_place"].sub("", match[1])
            if len(place) >= 2 and not re.search(r"今天|明天|外面|现在|怎么|什么", place):
                yield place
        return
    for match in _WORDS["en_place"].finditer(words):
        if match[1].lower() not in _WORDS.values["not_places"]:
            yield match[1]


def people(words: str) -> tuple[str, ...]:
    """Every person named as the one to call, to write to, to tell."""
    exact = (*_WORDS.each("zh_person", cased=True), *_WORDS.each("en_person", cased=True))
    for pattern in exact:
        if match := pattern.search(words):
            names = [politeness_off(name) for name in _WORDS["and"].split(match["n"])]
            return tuple(re.sub(r"^my ", "", name) for name in names if name and name != "我")
    for pattern in _WORDS.each("en_person"):  # recognition may write all in small letters
        if match := pattern.search(words):
            return (match["n"].split(" and ")[0].strip(),)
    found = _WORDS["somebodys"].finditer(politeness_off(words))
    return tuple(each["zh"] or each["own"] or each["of"] for each in found)


def phones(words: str) -> tuple[str, ...]:
    """Telephone numbers, their digits joined."""
    spoken = words
    for digit, plain in zip("零一二三四五六七八九", "0123456789", strict=True):
        spoken = spoken.replace(digit, plain)
    spoken = spoken.replace("幺", "1").replace("〇", "0")
    return tuple(re.sub(r"[ -]", "", match[0]) for match in _WORDS["phone"].finditer(spoken))


def languages(words: str) -> tuple[str, ...]:
    """Languages named: 英语, "French"; in a translation the target comes first."""
    found = []
    for name in LANGUAGES:
        long_names = (tuple(w for w in VALUES[name][0] if len(w) > 2), VALUES[name][1])
        if match := find(long_names, words):
            target = bool(re.search(r"(?:成|为|到|用|in|to)\s*$", words[: match.start()]))
            found.append((not target, match.start(), match[0]))
    return tuple(each[2] for each in sorted(found))


def _first(kind: str, words: str, *, end: str = "ending") -> tuple[str, ...]:
    """What the first expression of a kind finds that fits, without what ``end`` is at its end."""
    ending = _WORDS[end]
    plain = ending.sub("", _WORDS["polite"].sub("", words.strip()))
    for pattern in _WORDS.each(kind):
        if (match := pattern.search(plain)) and (found := ending.sub("", match[1]).strip()):
            return (found,)
    return ()


def messages(words: str) -> tuple[str, ...]:
    """What to tell somebody."""
    return _first("message", words, end="full_stop")


def queries(words: str) -> tuple[str, ...]:
    """What to look for."""
    return _first("query", words)


def artists(words: str) -> tuple[str, ...]:
    """By whom."""
    return _first("artist", words)


def quoted(words: str) -> tuple[str, ...]:
    """What stands in quotation marks."""
    return tuple(one or other for one, other in _WORDS["quoted"].findall(words))


def songs(words: str) -> tuple[str, ...]:
    """What to play."""
    return quoted(words) or _first("song", words)


def items(words: str) -> tuple[str, ...]:
    """What to order or buy."""
    return quoted(words) or _first("item", words)


def translated(words: str) -> tuple[str, ...]:
    """What to translate."""
    return quoted(words) or _first("translate", words)


def expressions(words: str) -> tuple[str, ...]:
    """What to compute, in digits: 三加四 is 3+4."""
    from glmkit.emulator.think.arithmetic import formula

    found = formula(words)
    return (found,) if found else ()


def origin_or_target(words: str, *, target: bool) -> tuple[str, ...]:
    """The place after 从/from, or after 到/去/to."""
    pattern = r"(?:到|去|往|飞|至|\bto\b)\s*" if target else r"(?:从|由|\bfrom\b)\s*"
    for match in re.finditer(pattern, words, re.IGNORECASE):
        rest = words[match.end() :]
        near = [place for place in cities(rest) if rest.lower().startswith(place.lower())]
        if near and not _WORDS["within"].match(rest, len(near[0])):
            return (near[0],)
        if other := _WORDS["some_place"].match(rest):
            return (other[1] or other[2],)
    plain = _WORDS["plain_target"].search(words) if target else None
    return (plain[1],) if plain else ()
