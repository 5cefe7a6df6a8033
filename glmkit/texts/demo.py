"""Sentences of the demo."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "demo.running": ("first conversation", "第一次对话"),
    "demo.no_notebooks": (
        "the notebooks are not in {folder}: the kit is not completely installed; install it again",
        "{folder} 中没有笔记本：安装不完整，请重新安装",
    ),
}
