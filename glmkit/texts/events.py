"""Sentences about events."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "events.frozen": (
        "an Event does not change: {name!r} cannot be set; build a new one",
        "Event 不可修改：不能设置 {name!r}；请新建一个",
    ),
    "events.what": (
        "an Event is made of a type, which is a text, and a dict of fields, found {type} and "
        "{data}: glm.Event('response.create', {{}})",
        "Event 由类型（文字）和字段的字典组成，得到的是 {type} 和 {data}："
        "glm.Event('response.create', {{}})",
    ),
    "events.send_what": (
        "send takes an Event, a dict with a type, or a type and its fields, got {found}: "
        "session.send('response.create')",
        "send 接受 Event、带 type 的字典，或类型及其字段；得到的是 {found}："
        "session.send('response.create')",
    ),
    "events.not_bytes": (
        "this event carries bytes, got {found}: clip.to_pcm() makes bytes of a Clip, "
        "Path(…).read_bytes() of a file",
        "该事件携带字节，得到的是 {found}：Clip 可用 clip.to_pcm() 转成字节，"
        "文件可用 Path(…).read_bytes()",
    ),
    "events.not_a_dict": (
        "{name} is {found}, expected a dict",
        "{name} 的类型是 {found}，应为字典",
    ),
    "events.not_words": (
        "a message is made of words, got {found}: give a str",
        "消息由文字组成，得到的是 {found}：请传入 str",
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
