"""Sentences about nested event loops."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "nesting.done": (
        "loop.run_until_complete(…) works in cells now, by {package}. "
        "Better: await directly in the cell.",
        "现在单元格里可以用 loop.run_until_complete(…) 了（由 {package} 提供）。"
        "更好的办法：在单元格里直接 await。",
    ),
    "nesting.refused": (
        "nest_asyncio is refused here (ipykernel {ipykernel}, Python {python}): it loses queued "
        "cells on ipykernel 7 and breaks asyncio.run on Python 3.12. Call allow_nested_loops() "
        "without an argument: it takes nest_asyncio2",
        "此处拒绝使用 nest_asyncio（ipykernel {ipykernel}，Python {python}）：它在 ipykernel 7 上"
        "会丢失排队的单元格，在 Python 3.12 上会破坏 asyncio.run。请不带参数调用"
        "allow_nested_loops()，它会使用 nest_asyncio2",
    ),
}
