"""Sentences of two traces held against each other."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "diff.shown": (
        "{here} · {there}: {same} of {turns} answers say the same, {differ} rows differ",
        "{here} · {there}：{turns} 个回答中 {same} 个文字相同，{differ} 行不同",
    ),
    "diff.shown_one": (
        "{here} · {there}: {same} of {turns} answers say the same, one row differs",
        "{here} · {there}：{turns} 个回答中 {same} 个文字相同，1 行不同",
    ),
    "diff.no_trace": (
        "found a {found}, expected another trace: session.trace, or Trace.load(path)",
        "给的是 {found}，应为另一份记录：session.trace，或 Trace.load(路径)",
    ),
    "diff.here": ("here: {peer}", "此处：{peer}"),
    "diff.there": ("there: {peer}", "另一处：{peer}"),
    "diff.seconds": ("since each turn's zero point (s)", "距各轮零点的时间（秒）"),
    "diff.found": (
        "{same} of {turns} answers say the same; {later}",
        "{turns} 个回答中 {same} 个文字相同；{later}",
    ),
    "diff.later": (
        "first sound {seconds:+.2f} s there (median)",
        "另一处的首个声音 {seconds:+.2f} 秒（中位数）",
    ),
    "diff.silent": ("nothing was heard in both", "没有两边都听到的回答"),
    "diff.note": (
        "Each line: one stage of one turn, here and there.",
        "每条线：某一轮的一个阶段，此处与另一处。",
    ),
}
