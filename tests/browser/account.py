"""What a browser test tells when it hangs: cells, dialogs, the page's console, stacks, the log."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

if TYPE_CHECKING:
    from playwright.sync_api import Page

SHOWN = 3000  # characters of each part
#: Goes into every kernel's start: asked by a signal, it writes what each of its threads does.
STACKS = """\
import faulthandler as _faulthandler, os as _os, signal as _signal
if hasattr(_signal, "SIGUSR1"):
    _stacks = open({folder!r} + f"/{{_os.getpid()}}.stacks", "w", encoding="utf-8")
    _faulthandler.register(_signal.SIGUSR1, file=_stacks, all_threads=True)
"""


def teach_kernels(folder: Path) -> Path:
    """An IPython folder whose kernels can be asked for their stacks."""
    start = folder / "profile_default" / "startup" / "00-stacks.py"
    start.parent.mkdir(parents=True, exist_ok=True)
    start.write_text(STACKS.format(folder=str(folder)), encoding="utf-8")
    return folder


def stacks(server: psutil.Process | int, folder: Path) -> str:
    """What every thread of every kernel below ``server`` is doing."""
    if not hasattr(signal, "SIGUSR1"):
        return "no stacks on this system"
    process = psutil.Process(server) if isinstance(server, int) else server
    asked = []
    for kernel in process.children():
        file = folder / f"{kernel.pid}.stacks"
        if file.exists():
            kernel.send_signal(signal.SIGUSR1)
            asked.append(file)
    time.sleep(0.5)  # the only way to know that it has written: it answers nothing
    return "\n".join(f"-- {file.name}\n{file.read_text(encoding='utf-8')}" for file in asked)


class Console:
    """The last of what a page wrote into its console, errors of its scripts included."""

    def __init__(self, page: Page) -> None:
        self.lines: list[str] = []
        page.on("console", lambda message: self.keep(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.keep(f"error: {error}"))
        page.on("crash", lambda _: self.keep("the page crashed"))

    def keep(self, line: str) -> None:
        """Remember a line, with its time."""
        self.lines = [*self.lines[-40:], f"{time.strftime('%H:%M:%S')} {line[:300]}"]


def cells(page: Page) -> str:
    """Each code cell that has not ended, with its prompt, its source and what it printed."""
    found: list[dict[str, Any]] = page.evaluate(
        """() => [...document.querySelectorAll('.jp-CodeCell')].map((cell, number) => ({
            number, prompt: cell.querySelector('.jp-InputPrompt')?.innerText ?? '',
            source: cell.querySelector('.cm-content')?.innerText ?? '',
            output: cell.querySelector('.jp-OutputArea-output')?.innerText ?? ''}))"""
    )
    open_ones = [each for each in found if not each["prompt"].strip("[]: ").isdecimal()]
    return "\n".join(
        f"cell {each['number']} {each['prompt']!r}\n{each['source']}\n=> {each['output'][:500]}"
        for each in open_ones
    )


def account(parts: Iterable[tuple[str, str]]) -> str:
    """The parts one below the other, each with its name."""
    return "".join(f"\n===== {name}\n{words[-SHOWN:]}" for name, words in parts if words)
