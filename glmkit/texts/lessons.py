"""Sentences of the measurements in the notebooks."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "lessons.drift": (
        "Drift({late:+.0f} ms at the end of {seconds:.1f} s in {chunks} chunks)",
        "Drift（共 {seconds:.1f} 秒、{chunks} 块，最后一块偏差 {late:+.0f} 毫秒）",
    ),
    "lessons.no_appends": (
        "found {found} chunks of sound among these events, expected at least 2: give a turn's "
        "events or a trace of a session that keeps its sound (keep='all')",
        "这些事件中有 {found} 块声音，至少需要 2 块：请传入一轮对话的 events，"
        "或保留了声音（keep='all'）的会话的 trace",
    ),
    "lessons.by_sleep": ("sleep after each chunk", "每块之后 sleep"),
    "lessons.by_deadline": ("absolute deadlines", "绝对时刻"),
    "lessons.ms_late": ("{ms:+d} ms", "{ms:+d} 毫秒"),
    "lessons.sent": ("sound sent (s)", "已发送的声音（秒）"),
    "lessons.late": ("behind schedule (ms)", "落后于计划（毫秒）"),
    "lessons.drift_found": (
        "Sleeping after each chunk drifts to {sleep} ms; absolute deadlines end at {deadline} ms",
        "每块之后 sleep，累计偏差 {sleep} 毫秒；按绝对时刻发送，结束时偏差 {deadline} 毫秒",
    ),
    "lessons.drift_note": (
        "{seconds:.1f} s of sound in chunks of {ms:.0f} ms, timed as they left this computer",
        "{seconds:.1f} 秒声音，每块 {ms:.0f} 毫秒；时间取自数据离开本机的一刻",
    ),
    "lessons.envelope": ("JSON around it", "外层 JSON"),
    "lessons.base64": ("base64", "base64"),
    "lessons.a_second": ("{rate:g} a second", "每秒 {rate:g} 条"),
    "lessons.chunk_ms": ("chunk (ms)", "每块长度（毫秒）"),
    "lessons.extra": ("bytes above the bare samples (%)", "比裸采样多出的字节（%）"),
    "lessons.overhead_found": (
        "Chunks of {small:g} ms cost {much:.0f}% extra bytes, of {large:g} ms {little:.0f}%",
        "每块 {small:g} 毫秒多花 {much:.0f}% 的字节，每块 {large:g} 毫秒多花 {little:.0f}%",
    ),
    "lessons.cap_note": (
        "✗ more than {cap} messages a second: the service refuses them",
        "✗ 每秒超过 {cap} 条消息：服务会拒绝",
    ),
}
