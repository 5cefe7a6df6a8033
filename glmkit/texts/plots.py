"""Sentences on figures: titles, labels, legends."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "plots.theme": (
        "theme is {found!r}, expected one of: {known}",
        "theme 是 {found!r}，应为其中之一：{known}",
    ),
    "plots.what": (
        "found {found}, expected a turn, a clip or a list of clips",
        "得到 {found}，应为一个 turn、一段 clip 或 clip 的列表",
    ),
    "plots.time": ("time (s)", "时间（秒）"),
    "plots.dbfs": ("level (dBFS)", "电平（dBFS）"),
    "plots.seconds": ("{seconds:.2f} s", "{seconds:.2f} 秒"),
    "plots.you": ("You", "你"),
    "plots.model": ("Answer", "回答"),
    "plots.clip": ("Clip {number}", "片段 {number}"),
    "plots.beside": (
        "(no font here has these letters; the turn's card shows them)",
        "（此处字体缺少这些字，请看对话卡片）",
    ),
    "plots.level": (
        "{seconds:.2f} s · {level:.1f} dBFS, peak {peak:.1f}",
        "{seconds:.2f} 秒 · {level:.1f} dBFS，峰值 {peak:.1f}",
    ),
    "plots.no_sound": ("no sound", "没有声音"),
    "plots.silent": ("{seconds:.2f} s of silence", "{seconds:.2f} 秒静音"),
    "plots.pace": ("sent at {pace:.3g}× real time", "以 {pace:.3g} 倍速发送"),
    "plots.speech": ("speech (by energy)", "语音（按能量判断）"),
    "plots.silence": ("silence", "静音"),
    "plots.unheard": ("not heard", "未播放"),
    "plots.clipped": ("clipped", "削波"),
    "plots.clips_found": ("{count} clips on one time axis", "同一时间轴上的 {count} 段声音"),
    "plots.speech_found": (
        "{speech:.2f} s of speech in {seconds:.2f} s",
        "{seconds:.2f} 秒中有 {speech:.2f} 秒语音",
    ),
    "plots.no_speech": ("No speech in {seconds:.2f} s", "{seconds:.2f} 秒中没有语音"),
    # what a turn shows
    "plots.heard_after": (
        "The answer could be heard {seconds:.2f} s after {zero}",
        "{zero} {seconds:.2f} 秒后可听到回答",
    ),
    "plots.answer_silent": ("The answer came, but is silent", "收到了回答，但全是静音"),
    "plots.answer_written": ("The answer came in writing only", "回答只有文字，没有声音"),
    "plots.no_answer": ("No answer came ({status})", "没有收到回答（{status}）"),
    "plots.unheard_part": (
        "; {seconds:.2f} s of it were not heard",
        "，其中 {seconds:.2f} 秒未播放",
    ),
    "plots.zero_commit": ("the commit", "提交（commit）"),
    "plots.zero_end_of_speech": ("the end of speech", "说话结束"),
    "plots.zero_speech_stopped": ("speech_stopped", "speech_stopped"),
    "plots.zero_request": ("the request", "发出请求"),
    "plots.zero_response_created": ("response.created", "response.created"),
    "plots.peer_live": ("live service", "真实服务"),
    "plots.peer_emulator": ("emulator", "模拟器"),
    "plots.peer_replay": ("replay", "回放"),
    "plots.live_times": ("{model}, measured against the {peer}", "{model}，测量对象：{peer}"),
    "plots.not_live": (
        "measured against: {peer} ({model} was asked for). These are not the live service's times.",
        "测量对象：{peer}（请求的模型为 {model}）。这些时间不是真实服务的时间。",
    ),
}
