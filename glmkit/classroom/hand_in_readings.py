"""Hand-ins that are being opened or were just now, each in a process of its own.

Rules
- One is opened at a time, and given up after ``_LONGEST`` seconds. Its process knows no key.
- Whoever asks waits as long as a view is held; then it is told that it is not there yet, and asks
  again for what goes on meanwhile.
- A few are kept; what was withdrawn is dropped at once, and what opens it ends.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections import OrderedDict
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from glmkit.auth.child_environment import is_key, python_path
from glmkit.classroom.held_view import HELD
from glmkit.texts import Language, text_in

if TYPE_CHECKING:
    from glmkit.classroom.hand_ins import HandIns, KeptHandIn

_LONGEST: Final = 45.0  # seconds
_KEPT: Final = 6
_COMMAND: Final = ("-P", "-X", "utf8", "-m", "glmkit.classroom.hand_in_child")
Wanted = tuple["KeptHandIn", int | None, Language]  # a turn's number, or None: all there is to read


class HandInReadings:
    """The readings of one class's hand-ins."""

    def __init__(self, hand_ins: HandIns) -> None:
        self._hand_ins = hand_ins
        self._tasks: OrderedDict[Wanted, asyncio.Task[dict[str, Any]]] = OrderedDict()
        self._one = asyncio.Lock()
        hand_ins.subscribe(self._drop_gone)

    async def of(
        self, kept: KeptHandIn, lang: Language, *, turn: int | None = None
    ) -> dict[str, Any] | None:
        """What is inside, or ``{"failed": why}``; None while that is not known yet."""
        wanted = kept, turn, lang
        if wanted not in self._tasks:
            self._make_room()
            self._tasks[wanted] = asyncio.create_task(self._read(wanted), name="hand-in")
        task = self._tasks[wanted]
        self._tasks.move_to_end(wanted)
        await asyncio.wait({task}, timeout=HELD)
        if not task.done() or task.cancelled():
            return None
        found = task.result()
        if "failed" in found and self._tasks.get(wanted) is task:  # another try may do better
            self._drop(wanted)
        return found

    async def close(self) -> None:
        """End what is under way."""
        tasks = list(self._tasks.values())
        for wanted in list(self._tasks):
            self._drop(wanted)
        await asyncio.gather(*tasks, return_exceptions=True)

    def _make_room(self) -> None:
        for wanted in list(self._tasks)[: max(len(self._tasks) - _KEPT + 1, 0)]:
            self._drop(wanted)

    def _drop_gone(self) -> None:
        for wanted in list(self._tasks):
            if wanted[0] not in self._hand_ins.of(wanted[0].seat):
                self._drop(wanted)

    def _drop(self, wanted: Wanted) -> None:
        self._tasks.pop(wanted).cancel()

    async def _read(self, wanted: Wanted) -> dict[str, Any]:
        kept, turn, lang = wanted
        asked = json.dumps({"path": str(kept.path), "turn": turn}).encode("ascii")
        process = ReadingProcess()
        async with self._one:
            try:
                written = await asyncio.to_thread(process.answer, asked, lang)
            except subprocess.TimeoutExpired:
                return {"failed": text_in(lang, "hand_in_page.slow", seconds=f"{_LONGEST:.0f}")}
            except OSError:  # this computer begins no process now
                written = b""
            finally:
                process.end()
        with suppress(ValueError):
            return dict(json.loads(written))
        return {"failed": text_in(lang, "hand_in_page.unread")}


class ReadingProcess:
    """One process that opens a hand-in."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = False

    def answer(self, asked: bytes, lang: Language) -> bytes:
        """What it says, from its beginning to its end. Raises TimeoutExpired."""
        known = {name: value for name, value in os.environ.items() if not is_key(name, value)}
        with subprocess.Popen(  # noqa: S603 - this very Python
            [sys.executable, *_COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=known | {"PYTHONPATH": python_path(), "GLMKIT_LANG": lang},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ) as process:
            self._process = process
            if self._ended:  # before it had begun
                process.kill()
            try:
                return process.communicate(asked, timeout=_LONGEST)[0]
            finally:
                process.kill()

    def end(self) -> None:
        """End it, and so whoever waits for it."""
        self._ended = True
        if self._process is not None:
            self._process.kill()
