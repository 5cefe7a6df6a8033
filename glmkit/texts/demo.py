"""Sentences of the demo."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "demo.running": ("first conversation", "第一次对话"),
    "demo.failed": (
        "{name} stopped at its code cell {cell} ({found}): `python -m glmkit doctor` says what is "
        "missing here",
        "{name} 在第 {cell} 个代码单元停下（{found}）：`python -m glmkit doctor` 会说明缺少什么",
    ),
    "demo.no_voices": (
        "Without its speech models the emulator knows only the kit's own samples; "
        "`glmkit voices install` ({size}, once) lets it hear and speak freely.",
        "没有语音模型时，仿真器只认得自带的示例；`glmkit voices install`（{size}，只需一次）"
        "让它听懂并说出任意内容。",
    ),
    "demo.no_notebooks": (
        "the notebooks are not in {folder}: the kit is not completely installed; install it again",
        "{folder} 中没有笔记本：安装不完整，请重新安装",
    ),
}
