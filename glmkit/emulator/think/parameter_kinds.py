"""What kind of thing a tool's parameter is: a city, a person, a number, a moment, a message.

It follows from the type and format first, then from the name, then from the description, last
from what the tool itself is about.
"""

from __future__ import annotations

import re
from typing import Final

from glmkit.emulator.think.tool_choice import Declared, Schema

#: Kind → words in a parameter's name or description that mean it. The first that fits counts.
_KINDS: Final = (
    ("phone", r"phone|mobile|\btel\b|号码|手机号|电话号"),
    ("origin", r"origin|depart|from|source city|start (?:point|location)|出发|起点|始发"),
    (
        "target",
        r"destination|arriv|\bdest\b|to (?:city|station|location)|end (?:point|location)"
        r"|目的地|到达|终点",
    ),
    (
        "person",
        r"contact|person|recipient|callee|receiver|\bwho\b|people|friend"
        r"|联系人|姓名|人名|收件人|收信人|对方|接收人|名字",
    ),
    ("language", r"language|\blang\b|语言|语种"),
    (
        "city",
        r"\bcity|cities|location|place|region|town|address|where|城市|地点|位置|地区|地名|地址",
    ),
    ("datetime", r"date ?time|日期时间"),
    ("date", r"\bdate|\bday\b|日期|哪天|哪一天"),
    ("time", r"\btime\b|\bhour\b|\bwhen\b|时间|时刻|几点"),
    (
        "message",
        r"message|content|body|note|reminder|\btask|\btodo|消息|内容|正文|备忘|事项|事情",
    ),
    ("query", r"query|keyword|\bq\b|search|question|topic|关键词|关键字|查询|搜索|问题|主题"),
    ("artist", r"artist|singer|\bband\b|歌手|演唱者|艺术家"),
    ("song", r"song|track|music|album|歌|曲|音乐"),
    (
        "item",
        r"item|product|food|dish|drink|goods|order|商品|菜|物品|产品|饮料|饮品|食物",
    ),
    ("expression", r"expression|formula|equation|算式|表达式|公式"),
    ("source", r"\btext\b|sentence|phrase|文本|原文|句子|文字"),
)
_BY_ABOUT: Final = {
    "call": "person",
    "message": "person",
    "score": "person",
    "weather": "city",
    "music": "song",
    "order": "item",
    "search": "query",
    "translate": "source",
    "calculate": "expression",
    "reminder": "message",
    "note": "message",
}


def kind_of(name: str, schema: Schema, tool: Declared) -> str:
    """What kind of thing a parameter is."""
    types = schema.get("type") or "string"
    type = next((t for t in types if t != "null"), "string") if isinstance(types, list) else types
    if type in ("boolean", "array", "object"):
        return str(type)
    if type in ("integer", "number"):
        return "number"
    if schema.get("format") in ("date", "time", "date-time"):
        return str(schema["format"]).replace("-", "")
    apart = re.sub(r"([a-z])([A-Z])", r"\1 \2", name).replace("_", " ").lower()
    for words in (apart, str(schema.get("description") or "").lower()):
        for kind, pattern in _KINDS:
            if re.search(pattern, words) and not (kind == "source" and _is_written(tool)):
                return kind
    named, described, _ = tool.about
    for concept in (*sorted(named), *sorted(described)):
        if concept in _BY_ABOUT:
            return "message" if apart == "text" and concept == "message" else _BY_ABOUT[concept]
    return "text"


def _is_written(tool: Declared) -> bool:
    """Whether a text of it is one to write, not one to work on."""
    return not tool.about[0].isdisjoint(("message", "reminder", "note"))
