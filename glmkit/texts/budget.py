"""Sentences about money."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "budget.limit": (
        "the budget's {name} is {found}, expected a number above 0, or None for no limit",
        "预算的 {name} 是 {found}，应为大于 0 的数，或 None 表示不限",
    ),
    "budget.idle": (
        "the session was closed after {seconds:g} s in which nothing was said; session.reset() "
        "opens it again without its memory, budget=glm.Budget(idle=None) keeps one open",
        "会话空闲 {seconds:g} 秒后已关闭；session.reset() 可重新打开（不保留记忆），"
        "budget=glm.Budget(idle=None) 可让会话一直打开",
    ),
    "budget.what": (
        "budget is {found!r}, expected a Budget: glm.Budget(yuan=5)",
        "budget 是 {found!r}，应为 Budget：glm.Budget(yuan=5)",
    ),
    "budget.reached": (
        "the budget is used up: {name} {used:.2f} of {limit:g}; nothing more is sent. "
        "Raise it with budget=glm.Budget(…)",
        "预算已用完：{name} {used:.2f} / {limit:g}；不再发送。可用 budget=glm.Budget(…) 提高",
    ),
}
