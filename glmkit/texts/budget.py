"""Sentences about money."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "budget.limit": (
        "the budget's {name} is {found}, expected a number above 0, or None for no limit",
        "预算的 {name} 是 {found}，应为大于 0 的数，或 None 表示不限",
    ),
    "budget.reached": (
        "the budget is used up: {name} {used:.2f} of {limit:g}; the turn was not begun. "
        "Raise it with budget=glm.Budget(…)",
        "预算已用完：{name} {used:.2f} / {limit:g}；本轮没有开始。可用 budget=glm.Budget(…) 提高",
    ),
}
