"""Words about a turn."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "turn.commit": ("the commit", "提交"),
    "turn.end_of_speech": ("the end of speech", "说完话"),
    "turn.speech_stopped": ("the end of speech as the service heard it", "服务端判断的说完话"),
    "turn.request": ("the request", "请求"),
    "turn.response_created": ("the beginning of the answer", "回答开始"),
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
