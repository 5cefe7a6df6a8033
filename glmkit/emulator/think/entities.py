"""What a sentence names: cities, people, things, messages, numbers.

Each function finds one kind of thing in a sentence, in both languages, and gives all of them in
the order said; ``KINDS`` says which kind a parameter is of, by its name and description.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from glmkit.emulator.think.lexicon import CITIES, LANGUAGES, VALUES, find, is_chinese

_POLITE = re.compile(
    r"^(?:(?:嗯|那|那么|好的|请问?|麻烦你?|劳驾|帮我|帮忙|给我|为我|替我|我想要?|我要|我需要"
    r"|你?(?:能不能|能否|可不可以|可以|能)(?:帮我|给我)?)[，, ]*)+"
    r"|^(?:(?:please|could you|can you|would you|will you|i(?:'d| would) like(?: you)? to"
    r"|i want(?: you)? to|help me(?: to)?|hey|ok|okay)\b[, ]*)+",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"(?:[吧吗呢啊呀了么]|好吗|好不好|可以吗|谢谢你?|多谢|[，。！？,.!?\s]"
    r"|\bplease\b|\bthanks?(?: you)?\b|\bfor me\b)+$",
    re.IGNORECASE,
)
_FULL_STOP = re.compile(  # 我到家了 is sent as it was said
    r"(?:[，,]\s*(?:谢谢你?|please|thanks?(?: you)?))?[，。！？,.!?\s]*$", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:和|与|跟|以及|还有|、|，|,|\band\b)\s*", re.IGNORECASE)
_MINE = (  # 给我妈妈打电话 is about 妈妈, 给我打电话 about nobody
    r"(?:我的?(?=[爸妈哥姐弟妹爷奶叔姨舅]|老[板师公婆]|同[事学]|[男女]?朋友|女儿|儿子|家里))?"
)
_WHOM = rf"{_MINE}(?!我)(?P<n>[^，。！？,.!?\s给]{{1,12}}?)"
_ZH_PERSON = (
    rf"(?:给|跟|和|向){_WHOM}"
    r"(?:打个?|打一个|拨个?|拨打|发个?|发一|发送|回个?|留|通电话|通话|视频|去个?电话|说)",
    r"(?:打个?电话给|打给|拨给|发(?:个|一条|条)?(?:短信|消息|信息|邮件|微信)?给|发送给"
    rf"|通知|呼叫|联系|致电|拨打|提醒|转告)(?:一下)?{_WHOM}"
    r"(?=的?电话|的?手机|说|[，。！？,.!?\s]|吧|$)",
    r"(?:告诉|转告|问问?|通知)(?!我)(?P<n>[\u4e00-\u9fffA-Za-z]{1,4}?)"
    r"(?=我|他|她|说|今|明|后|晚|早|下|，|。|,|$)",
    r"(?:联系人|名字|姓名)(?:是|叫|为)?(?P<n>[\u4e00-\u9fffA-Za-z·]{1,8})",
)
_STOP = (
    r"(?:on|at|that|to|and|then|about|now|right|please|a|an|the|for|saying|tomorrow|tonight|today"
    r"|using|with|if|,)"
)
_NAMED = r"[A-Z][\w'-]*"
_EN_NAMES = (
    rf"(?P<n>(?:my\s+)?(?!{_STOP}\b)[A-Za-z\u4e00-\u9fff][\w'-]*(?:\s+(?!{_STOP}\b){_NAMED})*"
    rf"(?:(?:,|\s+and)\s+(?!{_STOP}\b){_NAMED}(?:\s+{_NAMED})*)*)"
)
_EN_PERSON = (
    rf"\b(?:phone\s+|video\s+)?call(?: up)? to\s+{_EN_NAMES}",
    rf"\b(?:message|text|email|mail|sms|note|letter|word)\s+to\s+{_EN_NAMES}",
    r"\b(?:call(?: up)?|phone|ring|dial|text|message|email|contact|tell|notify|remind|invite)\s+"
    rf"(?!me\b|this\b|it\b|a\b|an\b|the\b){_EN_NAMES}",
    rf"\bgive\s+(?!me\b){_EN_NAMES}\s+a\s+(?:call|ring)",
    rf"\bsend\s+(?!a\b|an\b|the\b|me\b){_EN_NAMES}\s+(?:a|an|the)\b",
)
_SOMEBODYS = re.compile(  # the last resort: 张三的成绩, "Bob's grade", "the grade of Bob"
    r"(?:^|查询?|看看?|一下|问问?)(?P<zh>(?!我|你|今天|明天)[\u4e00-\u9fff]{2,3}?)的"
    r"|(?P<own>[A-Z]\w+)'s\b|\b(?:of|for|about)\s+(?P<of>[A-Z]\w+(?: [A-Z]\w+)?)"
)
_CAPITALISED = """
i celsius fahrenheit english chinese monday tuesday wednesday thursday friday saturday sunday
january february march april may june july august september october november december
"""
_NOT_PLACES: Final = frozenset(_CAPITALISED.split())
_EN_PLACE = re.compile(
    r"\b(?:in|for|at|near|around|of|from|to)\s+((?:[A-Z][\w'-]+)(?:\s+[A-Z][\w'-]+)*)"
)
_ZH_PLACE = re.compile(
    r"([\u4e00-\u9fff]{2,6}?)(?:市|县|省)?(?:的|今天|明天|后天|现在|这周|周末)*"
    r"(?:天气|气温|温度|下雨|下雪|冷不冷|热不热|多少度)"
)
_AROUND_PLACE = re.compile(
    r"^(?:查询?|看看?|问问?|告诉我?|知道|搜索?)(?:一下|下)?|^(?:一下|下|今天|明天|后天|现在)"
    r"|(?:今天|明天|后天|现在)$"
)
_SOME_PLACE = re.compile(
    r"([\u4e00-\u9fff]{2,8}?)(?=怎么|要|到|去|的|，|,|$)|([A-Z][\w']*(?: [A-Z][\w']*)*)"
)
_WITHIN = re.compile(  # 北京大学 is not 北京
    r"[\u4e00-\u9fff]{0,4}?(?:大学|学院|机场|站|路|街|医院|饭店|酒店|公园|图书馆|博物馆)"
)
_PLAIN_TARGET = re.compile(  # "navigate to the airport", "go to work"
    r".*\bto\s+(?:the\s+)?([a-z][\w ]*?)"
    r"(?=\s+(?:at|on|in|by|from|for|tomorrow|today|tonight|now|please)\b|[,.!?]|$)"
)
_PHONE = re.compile(r"(?<!\d)\+?\d(?:[\d -]{4,16})\d(?!\d)")
_QUOTED = re.compile(r"[“\"「『]([^”\"」』]+)[”\"」』]|(?<!\w)'([^']+)'(?!\w)")
_MESSAGE = (
    r"(?:内容|消息)(?:是|为)[:：，, ]*(.+)",
    r"(?:消息|短信|信息|微信|邮件)(?:给[^，,：:]{1,8})?[:：，,]\s*(?:说|写)?[:：，,]*(.+)",
    r"提醒我(.+)",
    r"(?:告诉|转告|通知|提醒)(?:[\u4e00-\u9fffA-Za-z]{1,4}?)(?=我|他|她|今|明|后|晚|早|下)(.+)",
    r"(?:告诉|转告|通知)[^，,：:]{1,8}[，,：: ](.+)",
    r"(?<!听)(?:说|写)[:：，, ]*(.+)",
    r"\b(?:saying|that says|to say|which says|telling (?:him|her|them))(?: that)?[:, ]+(.+)",
    r"\bremind me\b.{0,40}?\b(?:to|about|of)\s+(.+)",
    r"\b(?:tell|notify|text|message)\s+\S+(?: (?-i:[A-Z])\w*)?\s+(?:that\s+)?(.+)",
    r"\bthat\s+(.+)",
    r"\b(?:note|write down|record)[: ]+(.+)",
    r"(?:记一下|记下|记录一?下?)[:：，, ]*(.+)",
)
_QUERY = (
    r"(?:搜索?|查找?|查询|检索|百度|谷歌|找)(?:一下|一查|一搜|下|找)?(?:关于|有关)?(.+?)(?:的(?:信息|资料|新闻|内容|情况))?$",
    r"\b(?:search(?: the (?:web|internet)| online)?(?: for)?|look up|google|browse"
    r"|find(?: me| out)?(?: about)?)\s+(.+)",
    r"\b(?:who is|what is|what's|what are|tell me about|news (?:about|on)"
    r"|information (?:on|about))\s+(.+)",
    r"(.+?)(?:是什么|是谁|怎么样|的新闻)",
)
_SONG = (
    r"(?:播放|放|听|唱|来)(?:一|几)?(?:首|曲|下|点|个)?(.+?)(?:这首歌)?$",
    r"\b(?:play|listen to|put on)\s+(?:me\s+)?"
    r"(?:some\s+|the song\s+|a song (?:by|called)\s+|the\s+)?(.+)",
)
_ARTIST = (
    r"(?:播放|放|听|唱|来)(?:一|几)?(?:首|曲|下|点|个)?(.+?)的",
    r"\bby\s+(.+)",
)
_MEASURE = "[个份杯张件本瓶盒位碗只条斤块片台部双套支听罐]"
_ITEM = (
    r"(?:订购?|点|买|购买|下单|来|要|加)(?:了|一下)?"
    rf"(?:[零〇一二两三四五六七八九十百\d]+{_MEASURE}?|{_MEASURE})?(?:大|中|小)?{_MEASURE}?"
    r"(.+?)(?:送到|送去|到|，|,|$)",
    rf"^[零〇一二两三四五六七八九十百\d]+{_MEASURE}(.+?)(?:送到|送去|到|，|,|$)",
    r"\b(?:order|buy|get|purchase|add|have|want|like)\s+(?:me\s+|us\s+)?"
    r"(?:(?:\d+|an?|some|the|one|two|three|four|five|six|seven|eight|nine|ten)\s+)?"
    r"(?:(?:large|medium|small|big|cups? of|glass(?:es)? of|pieces? of|bottles? of)\s+)*"
    r"(.+?)(?=\s+(?:to|for|at|from|by|please)\b|[,.!?]|$)",
)
_TONGUE = r"(?:英语|英文|中文|汉语|日语|日文|法语|德语|韩语|俄语|西班牙语)"
_TRANSLATE = (
    r"把(.+?)(?:翻译|译)(?:成|为|到)",
    r"(?:翻译|译)(?:成|为)"
    rf"{_TONGUE}[:：，, ]*(.+)",
    rf"(.+?)(?:用)?{_TONGUE}(?:怎么说|怎么讲)",
    r"翻译(?:一下)?[:：，, ]*(.+)",
    r"\btranslate\s+(.+?)\s+(?:in)?to\s+\w+",
    r"\bhow do (?:you|i) say\s+(.+?)\s+in\s+\w+",
    r"\btranslate\s+(.+)",
)


def politeness_off(words: str) -> str:
    """``words`` without "please could you" before and 吧, 谢谢 after."""
    before = None
    while before != words:
        before = words
        words = _ENDING.sub("", _POLITE.sub("", words.strip())).strip()
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
        for match in _ZH_PLACE.finditer(politeness_off(words)):
            place = _AROUND_PLACE.sub("", match[1])
            if len(place) >= 2 and not re.search(r"今天|明天|外面|现在|怎么|什么", place):
                yield place
        return
    for match in _EN_PLACE.finditer(words):
        if match[1].lower() not in _NOT_PLACES:
            yield match[1]


def people(words: str) -> tuple[str, ...]:
    """Every person named as the one to call, to write to, to tell."""
    for pattern in (*_ZH_PERSON, *_EN_PERSON):
        if match := re.search(pattern, words):
            names = [politeness_off(name) for name in _AND.split(match["n"])]
            return tuple(re.sub(r"^my ", "", name) for name in names if name and name != "我")
    for pattern in _EN_PERSON:  # recognition may write everything in small or capital letters
        if match := re.search(pattern, words, re.IGNORECASE):
            return (match["n"].split(" and ")[0].strip(),)
    return tuple(m["zh"] or m["own"] or m["of"] for m in _SOMEBODYS.finditer(politeness_off(words)))


def phones(words: str) -> tuple[str, ...]:
    """Telephone numbers, their digits joined."""
    spoken = words
    for digit, plain in zip("零一二三四五六七八九", "0123456789", strict=True):
        spoken = spoken.replace(digit, plain)
    spoken = spoken.replace("幺", "1").replace("〇", "0")
    return tuple(re.sub(r"[ -]", "", match[0]) for match in _PHONE.finditer(spoken))


def languages(words: str) -> tuple[str, ...]:
    """Languages named: 英语, "French"; in a translation the target comes first."""
    found = []
    for name in LANGUAGES:
        long_names = (tuple(w for w in VALUES[name][0] if len(w) > 2), VALUES[name][1])
        if match := find(long_names, words):
            target = bool(re.search(r"(?:成|为|到|用|in|to)\s*$", words[: match.start()]))
            found.append((not target, match.start(), match[0]))
    return tuple(each[2] for each in sorted(found))


def _first(*patterns: str, end: re.Pattern[str] = _ENDING) -> Callable[[str], tuple[str, ...]]:
    """What the first of these that fits finds, without what ``end`` is at its end."""
    compiled = [re.compile(pattern, re.IGNORECASE) for pattern in patterns]

    def extract(words: str) -> tuple[str, ...]:
        plain = end.sub("", _POLITE.sub("", words.strip()))
        for pattern in compiled:
            if (match := pattern.search(plain)) and (found := end.sub("", match[1]).strip()):
                return (found,)
        return ()

    return extract


messages = _first(*_MESSAGE, end=_FULL_STOP)
queries = _first(*_QUERY)
artists = _first(*_ARTIST)
_songs = _first(*_SONG)
_items = _first(*_ITEM)
_translated = _first(*_TRANSLATE)


def quoted(words: str) -> tuple[str, ...]:
    """What stands in quotation marks."""
    return tuple(one or other for one, other in _QUOTED.findall(words))


def songs(words: str) -> tuple[str, ...]:
    """What to play."""
    return quoted(words) or _songs(words)


def items(words: str) -> tuple[str, ...]:
    """What to order or buy."""
    return quoted(words) or _items(words)


def translated(words: str) -> tuple[str, ...]:
    """What to translate."""
    return quoted(words) or _translated(words)


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
        if near and not _WITHIN.match(rest, len(near[0])):
            return (near[0],)
        if other := _SOME_PLACE.match(rest):
            return (other[1] or other[2],)
    plain = _PLAIN_TARGET.search(words) if target else None
    return (plain[1],) if plain else ()
