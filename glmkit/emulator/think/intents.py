"""What somebody may want from the rules, in both languages: the first line that fits counts.

``intent("讲个笑话")`` is ``("joke", match)``. What sums and tools are is decided elsewhere.
"""

from __future__ import annotations

import re
from typing import Final

_TABLE: Final = (
    (
        "repeat",
        r"(?:请?跟我(?:一起)?(?:说|念|读)|请?重复(?:一遍|一下|这句话|我的话)?+|复述)"
        r"[:：，,\s]*(?P<zh>[^\s。.!！?？].*)",
        r"\b(?:repeat after me|say after me|please repeat|repeat this|repeat)\b"
        r"[:,.\s]*+(?!(?:that|it|again|please|yourself)\b[\s.!?]*$)(?P<en>[^\s!?].*)",
    ),
    (
        "first_asked",
        r"我(?:的|说的|问的)?(?:最先|最开始|一开始|第一(?:个|次|句|件))\S*(?:问|说|话|什么|事)",
        r"\bfirst (?:thing|question|sentence)\b.*\bI\b|\bwhat did I (?:ask|say) first\b",
    ),
    (
        "last_asked",
        r"我(?:刚才|刚刚|上一句|前面|之前)(?:说|问)(?:了|的|过)?(?:是)?(?:什么|啥)",
        r"\bwhat (?:did I (?:just )?(?:say|ask)|was my last (?:question|sentence))\b",
    ),
    (
        "your_name",
        r"我(?:叫|的名字(?:是|叫))(?:什么|啥)|我是谁",
        r"\b(?:what(?:'s| is) my name|who am I)\b",
    ),
    (
        "code_word",
        r"(?:暗号|口令|密码|暗语)(?:是|为)?(?:什么|啥|多少)|(?:什么|哪个)(?:是|叫)?(?:暗号|口令|密码|暗语)",
        r"\b(?:what(?:'s| is| was)|tell me|do you (?:know|remember)) (?:the|my|our) "
        r"(?:code ?word|password|secret word)\b",
    ),
    (
        "see",
        r"(?:看到|看见|瞧见)|画面|这(?:张|幅)?(?:图|照片)|图片|这是什么|(?<!喜欢)什么颜色|描述一下",
        r"\b(?:what (?:do|can) you see|do you see|see (?:this|it|me)|picture|image|photo"
        r"|what(?:'s| is) this|what colou?rs?|describe (?:this|it|what)|look at)\b",
    ),
    (
        "joke",
        r"笑话|段子|逗我|好笑的|再(?:来|讲|说)一?个[吧呗]?[。！!]?$",
        r"\b(?:jokes?|make me laugh|something funny)\b"
        r"|\b(?:another one|one more)(?: please)?[.!?]?$",
    ),
    ("story", r"故事|童话", r"\b(?:story|stories|fairy ?tale)\b"),
    (
        "how_are_you",
        r"你(?:还)?好吗|最近怎么样|过得(?:怎么样|好吗)|你(?:今天|现在)?的?心情",
        r"\bhow(?: are|'re) you\b|\bhow(?:'s| is) it going\b",
    ),
    (
        "identity",
        r"你是谁|你叫(?:什么|啥)|你的名字|介绍(?:一下)?(?:你)?自己|自我介绍"
        r"|你是(?:什么|不是|真的|真人|机器|人|模型|AI|哪)|你是[^，。]{1,12}吗",
        r"\b(?:who are you|what are you|your name|introduce yourself|about yourself"
        r"|are you (?:a |an |the |really )?"
        r"(?:real|human|robot|bot|model|machine|person|AI|emulator|chat ?gpt|gpt|glm))\b",
    ),
    (
        "abilities",
        r"你(?:都)?(?:会|能|可以)(?:做|干|帮我做)?(?:点|些)?(?:什么|啥)|有(?:什么|哪些)功能|怎么用你",
        r"\b(?:what can you do|what do you do|how can you help|help me)\b|^help\b",
    ),
    (
        "can_hear",
        r"(?:听得见|听得到|能听(?:到|见|清)|听见|听到)(?:我|吗|了)",
        r"\b(?:can|do) you hear\b",
    ),
    (
        "count",
        r"数(?:数|到|一数|一下|个?数)|从.{1,6}数|倒数",
        r"\bcount(?:ing|down)?\b",
    ),
    (
        "time",
        r"几点|现在(?:的|是)?(?:什么)?时间|报时|什么时候了",
        r"\b(?:what(?:'s| is)? (?:the )?time|the time|what time)\b",
    ),
    (
        "date",
        r"几月几[日号]|几号|星期几|周几|礼拜几|今天(?:是)?(?:什么日子|的日期)|日期|几月|哪一?年",
        r"\b(?:what (?:day|date|month|year)|what(?:'s| is) the date|today's date|which day"
        r"|day of the week|day is (?:it|today))\b",
    ),
    (
        "weather",
        r"天气|气温|下雨|下雪|带伞",
        r"\b(?:weather|forecast|rain(?:ing)?|umbrella|sunny|temperature outside)\b",
    ),
    ("sing", r"唱(?:一?[首段个支]|歌|首)", r"\bsing\b"),
    ("search", r"搜索|搜一下|查一下|查一查|上网|新闻", r"\b(?:search|google|look up|news)\b"),
    ("thanks", r"谢谢|感谢|多谢|谢了", r"\b(?:thanks|thank you)\b"),
    ("goodbye", r"再见|拜拜|回头见|下次见|晚安", r"\b(?:good ?bye|bye|see you|good night)\b"),
    (
        "greeting",
        r"你好|您好|嗨|哈喽|哈啰|^喂|早上好|上午好|下午好|晚上好|早安",
        r"\b(?:hello|hi|hey|good (?:morning|afternoon|evening)|greetings)\b",
    ),
)
INTENTS: Final = tuple(
    (name, re.compile(f"{zh}|{en}", re.IGNORECASE | re.DOTALL)) for name, zh, en in _TABLE
)
#: What is about the conversation itself: a declared tool never takes it.
OWN: Final = frozenset(
    ("repeat", "first_asked", "last_asked", "your_name", "code_word", "identity", "abilities")
)


def intent(words: str) -> tuple[str, re.Match[str]] | None:
    """What ``words`` want, and the match that shows it; None for what no rule covers."""
    for name, pattern in INTENTS:
        if match := pattern.search(words):
            return name, match
    return None
