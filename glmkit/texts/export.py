"""Sentences of what a trace is exported as."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "export.kind": (
        "nothing is exported as {found}: expected a name that ends in one of {known}",
        "无法导出为 {found}：文件名应以 {known} 之一结尾",
    ),
    "export.silent": (
        "the trace holds no sound: connect with keep='all' to have it recorded",
        "记录中没有声音：连接时请用 keep='all'",
    ),
    "export.too_long": (
        "the trace lasts {seconds:.0f} s, expected at most {most}: export its turns one by one",
        "记录长达 {seconds:.0f} 秒，最多 {most} 秒：请逐轮导出",
    ),
    "export.title": (
        "# A conversation with {peer} ({model}), {date}",
        "# 与 {peer}（{model}）的对话，{date}",
    ),
    "export.turn": ("## Turn {number}", "## 第 {number} 轮"),
    "export.call": ("- called {name}: {arguments}", "- 调用 {name}：{arguments}"),
}
