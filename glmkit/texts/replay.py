"""Sentences of a recording that is played back."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "replay.unexpected": (
        "the recording has {expected} here, found {found}; nothing was answered, and the replay "
        "still waits for {expected}",
        "录制文件在此处是 {expected}，收到的是 {found}；未作应答，回放仍在等待 {expected}",
    ),
    "replay.over": (
        "the recording has come to its end, found {found}: connect again to play it once more",
        "录制文件已播放完，又收到 {found}：重新连接可再次播放",
    ),
    "replay.too_much": (
        "the recording holds {recorded:.1f} s of sound here and then {expected}, found more sound",
        "录制文件在此处只有 {recorded:.1f} 秒声音，之后是 {expected}；收到了更多声音",
    ),
    "replay.end": ("nothing more", "没有更多内容"),
    "replay.nothing": (
        "{path} holds no event of a server, so there is nothing to play back: expected a "
        "recording of a session; an .Input file can only be sent",
        "{path} 中没有服务器事件，无法回放：应为一次会话的录制；.Input 文件只能用来发送",
    ),
}
