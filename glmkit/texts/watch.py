"""Sentences about what happens at a class's emulator, one an event, and about its roster."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "watch.connected": ("connected from {peer}", "已连接，来自 {peer}"),
    "watch.gone": ("left after {seconds} s", "已断开，共 {seconds} 秒"),
    "watch.refused": (
        "was turned away: HTTP {status}, code {code}",
        "连接被拒绝，HTTP {status}，错误码 {code}",
    ),
    "watch.fault": ("meets the fault {name}, set on purpose", "遇到有意设置的故障 {name}"),
    "watch.wrote": ("writes", "发来文字或函数结果"),
    "watch.sends": ("sends sound", "开始发送声音"),
    "watch.speaks": ("speaks", "正在说话"),
    "watch.said": ("said: {transcript}", "说：{transcript}"),
    "watch.answered": ("was answered: {transcript}", "得到回答：{transcript}"),
    "watch.answered_in_writing": ("was answered in writing", "得到文字回答"),
    "watch.called": ("is asked to run {name}", "被要求调用函数 {name}"),
    "watch.cancelled": ("interrupted the answer", "打断了回答"),
    "watch.error": ("got the error {code}: {message}", "收到错误 {code}：{message}"),
    "watch.roster_unknown": (
        "The roster names keys that are not let in, in line {lines}: it wants one key or its part "
        "before the dot a line, then the name",
        "名单第 {lines} 行的密钥不在放行之列。每行应为一个密钥（或它点号前的部分），后面是姓名",
    ),
    "watch.roster_line": (
        "line {line} of {path} has no name, expected a key or its part before the dot, then a "
        "comma or a blank, then the name",
        "{path} 第 {line} 行没有姓名，应为密钥（或它点号前的部分），后面跟逗号或空格，再写姓名",
    ),
    "watch.roster_unreadable": (
        "{path} cannot be read as a roster ({found}), expected text, a key and a name a line: save "
        "it as UTF-8 or CSV",
        "无法把 {path} 当作名单读取（{found}），应为文本，每行一个密钥和一个姓名。请另存为 UTF-8 "
        "或 CSV",
    ),
}
