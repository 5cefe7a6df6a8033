"""Sentences about events."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "events.frozen": (
        "an Event does not change: {name!r} cannot be set; build a new one",
        "Event 不可修改：不能设置 {name!r}；请新建一个",
    ),
    "events.not_json": (
        "an event is sent as JSON, which cannot hold this ({reason}): give text, numbers, lists "
        "and dicts",
        "事件以 JSON 发送，无法表示此内容（{reason}）：请使用文字、数字、列表和字典",
    ),
    "events.empty_text": (
        "the text is empty, expected words: the service refuses an empty message",
        "文字为空：服务会拒绝空消息，请写入内容",
    ),
}
