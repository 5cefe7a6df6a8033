"""Sentences about money."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "budget.limit": (
        "the budget's {name} is {found!r}, expected a number above 0, or None for no limit",
        "预算的 {name} 是 {found!r}，应为大于 0 的数，或 None 表示不限",
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
    "budget.used": (
        "turns: {turns}; sound: {sent:.1f} s sent, {received:.1f} s received, {video:.1f} s of it "
        "in video calls.",
        "轮次：{turns}；音频：发送 {sent:.1f} 秒，接收 {received:.1f} 秒，"
        "其中视频通话 {video:.1f} 秒。",
    ),
    "budget.charged": (
        "About ¥{yuan:.3f}, all live sessions of this process together (prices of {date}; the bill "
        "is the service's)",
        "约 ¥{yuan:.3f}，为本进程所有真实会话合计（按 {date} 的价格估算，以服务方账单为准）",
    ),
    "budget.free": (
        "Nothing is charged; the live service would take about ¥{yuan:.3f} (prices of {date})",
        "不收费；若为真实服务，约需 ¥{yuan:.3f}（按 {date} 的价格估算）",
    ),
    "budget.reached": (
        "the budget is used up: {name} {used:.2f} of {limit:g}; nothing more is sent. "
        "Raise it with budget=glm.Budget(…)",
        "预算已用完：{name} {used:.2f} / {limit:g}；不再发送。可用 budget=glm.Budget(…) 提高",
    ),
}
