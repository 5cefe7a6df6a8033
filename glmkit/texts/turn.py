"""Words about a turn."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "turn.commit": ("the commit", "提交"),
    "turn.end_of_speech": ("the end of speech", "说完话"),
    "turn.speech_stopped": ("speech_stopped", "speech_stopped"),
    "turn.request": ("the request", "请求"),
    "turn.response_created": ("response.created", "response.created"),
}
