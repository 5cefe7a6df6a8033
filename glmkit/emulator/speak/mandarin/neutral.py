"""The neutral tone where a sentence brings it about, not a word: 桌上, 好不好, 看看.

In a rule, a pattern over the text, what stands in parentheses without a name loses its tone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from glmkit.emulator.speak.mandarin.syllables import TonedSyllable, characters

_COUNTED: Final = "一二三四五六七八九十百千两几半每整各"
_PLACES_ON: Final = "桌路网身床车街墙纸手脸心船楼树山天海晚早世边界史际书报班头脚背肩腰岸岛门窗球"
_PLACES_IN: Final = "行家这那屋心手嘴房城院校班店村山水夜眼话书袋箱锅碗盒瓶园厅间室楼海河湖怀脑国子"
_VERBS: Final = (
    "看试想说听走坐等问找尝读写讲谈聊笑洗玩动帮量猜摸闻查练学歇逛算修改用敲擦扫跳跑唱念教"
)
_DONE: Final = "看听说想吃喝买来去走跑做写读记找拿打进回过用受忍睡猜数分对差考站坐穿搬赶追跟管"
_AFTER: Final = "见懂到了起完好清动出来去上下住着开过定成及"

Rules = tuple[re.Pattern[str], ...]
_BEFORE: Final[Rules] = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<v>\w)(不)(?P=v)",  # 好不好, 喜不喜欢
        r"(?<!一)(?P<v>\w)(一)(?P=v)(?!点)",  # 看一看
        rf"[{_DONE}](不)[{_AFTER}]",  # 看不见
        rf"[^\W{_COUNTED}这那哪](个)(?![人性别体案头子])",  # 讲个笑话
        rf"[{_PLACES_ON}](上)(?![课班学网车升下传来去午海街楼])",
        rf"[{_PLACES_IN}](里)(?![面程拉约海斯克外])",
    )
)
#: What was doubled, or joined, before its tone was lost has changed the tone before it: xiángxiang.
_AFTERWARDS: Final[Rules] = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<v>[{_VERBS}])((?P=v))(?!(?P=v)|[{_COUNTED}]个)",  # 看看, 想想
        # 研究研究
        r"(?P<a>[^\W一二三四五六七八九十两几很非太真好你我他她它哈])((?P<b>\w))(?P=a)((?P=b))",
        r"哪(里)|小(姐)",
    )
)


def before_sandhi(syllables: list[TonedSyllable]) -> list[TonedSyllable]:
    """``syllables`` with the tones lost that other tones then don't hear."""
    return _toneless(syllables, _BEFORE)


def after_sandhi(syllables: list[TonedSyllable]) -> list[TonedSyllable]:
    """``syllables`` with the tones lost that others have already heard."""
    return _toneless(syllables, _AFTERWARDS)


def _toneless(syllables: list[TonedSyllable], rules: Rules) -> list[TonedSyllable]:
    text, found = characters(syllables), list(syllables)
    for rule in rules:
        for match in rule.finditer(text):
            for at in _nameless(match):
                found[at] = found[at].with_tone(5)
    return found


def _nameless(match: re.Match[str]) -> Iterator[int]:
    named = set(match.re.groupindex.values())
    for group in range(1, match.re.groups + 1):
        if group not in named and match[group]:
            yield match.start(group)
