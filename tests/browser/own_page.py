"""The kit's own page as tests use it: wait for its words, and for what Python then knows."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

SECONDS = 60  # what anything may take on a machine with two busy cores


def says(page: Any, words: str) -> None:
    """Wait until the page shows these words."""
    page.wait_for_function(
        "words => document.body.innerText.includes(words)", arg=words, timeout=SECONDS * 1000
    )


def hear(page: Any, seconds: float) -> None:
    """Wait until the page's microphone has given so much more sound, however long a busy machine
    takes over it."""
    enough = page.evaluate("__chunks") + round(10 * seconds)
    heard = "enough => __chunks >= enough"
    page.wait_for_function(heard, arg=enough, timeout=SECONDS * 1000)


def status(page: Any) -> str:
    """The line that says what the widget does."""
    return str(page.locator(".glmkit-status").first.inner_text())


def until(ready: Callable[[], object], page: Any = None) -> None:
    """Wait until Python knows something; the page, if given, goes on meanwhile."""
    end = time.monotonic() + SECONDS
    while not ready():
        assert time.monotonic() < end, page and page.inner_text("body")[-1500:]
        if page is None:
            time.sleep(0.05)
        else:
            page.wait_for_timeout(50)
