"""Sentences about recognition."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "hearing.too_busy": (
        "recognition has been busy with other sessions for {seconds:g} s, and this was not heard: "
        "say it again when fewer speak at once",
        "语音识别在 {seconds:g} 秒内一直忙于其他会话，没有听到这段话："
        "请等同时说话的人少一些再说一遍",
    ),
}
