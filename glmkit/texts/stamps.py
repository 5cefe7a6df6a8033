"""What stands beside every measurement: how it ended, from when, and against whom."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "stamps.status_completed": ("completed", "已完成"),
    "stamps.status_cancelled": ("cancelled", "已取消"),
    "stamps.status_failed": ("failed", "失败"),
    "stamps.status_incomplete": ("incomplete", "不完整"),
    "stamps.status_in_progress": ("in progress", "进行中"),
    "stamps.status_timeout": ("timed out", "已超时"),
    "stamps.zero_commit": ("the commit", "提交（commit）"),
    "stamps.zero_end_of_speech": ("the end of speech", "说话结束"),
    "stamps.zero_speech_stopped": ("speech_stopped", "收到 speech_stopped "),
    "stamps.zero_request": ("the request", "发出请求"),
    "stamps.zero_response_created": ("response.created", "收到 response.created "),
    "stamps.peer_live": ("live service", "真实服务"),
    "stamps.peer_emulator": ("emulator", "仿真器"),
    "stamps.peer_replay": ("replay", "回放"),
}
