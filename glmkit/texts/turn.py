"""Words about a turn."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "turn.you": ("you:     {words}", "你：  {words}"),
    "turn.answer": ("answer:  {words}", "回答：{words}"),
    "turn.seconds": ("{seconds:.2f} s", "{seconds:.2f} 秒"),
    "turn.latency_text": (
        "latency: {seconds} from {zero} to the first text · {peer} · {status}",
        "延迟：{seconds}（从{zero}到首段文字）· {peer} · {status}",
    ),
    "turn.latency_audible": (
        "latency: {seconds} from {zero} to the first audible sample · {peer} · {status}",
        "延迟：{seconds}（从{zero}到第一个可听到的采样）· {peer} · {status}",
    ),
}
