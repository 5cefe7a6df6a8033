"""Sentences about events."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "events.frozen": (
        "an Event does not change: {name!r} cannot be set; build a new one",
        "Event 不可修改：不能设置 {name!r}；请新建一个",
    ),
    "events.empty_text": (
        "the text is empty, expected words: the service refuses an empty message",
        "文字为空：服务会拒绝空消息，请写入内容",
    ),
}
