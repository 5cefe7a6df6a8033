"""One notebook run from top to bottom in a kernel of its own: for the site, and for the tests."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path
from typing import Any, Final

import nbformat
from nbclient import NotebookClient

CELL_SECONDS: Final = 120
NOTEBOOK_SECONDS: Final = 900
#: What a kernel of the site knows of the person who builds it: no key.
_KEYS: Final = ("ZHIPU_API_KEY", "ZHIPUAI_API_KEY", "ZAI_API_KEY", "ZHIPU_REALTIME_URL")


class WakefulClient(NotebookClient):
    """Looks each second whether the reply is there.

    What nbclient tells the kernel of an Output widget goes through the socket on which it awaits
    the reply, and can take the sign away that one has come (pyzmq's is given once): the reply was
    seen when the cell's time was over, two minutes later (observed in notebook 06).
    """

    async def _async_check_alive(self) -> None:
        await self.kc.shell_channel.socket.poll(1)  # any look gives the sign again
        await super()._async_check_alive()


def language_of(path: Path) -> str:
    """The language of an edition: the Chinese ones lie in folders named ``zh``."""
    return "zh" if path.parent.name == "zh" else "en"


def executed(path: Path, folder: Path) -> tuple[Any, str]:
    """The notebook with its outputs, and what its kernel wrote to stderr.

    ``folder``: where it runs, so that nothing leans on where it lies. A cell has ``CELL_SECONDS``,
    all of them ``NOTEBOOK_SECONDS``. Raises nbclient's errors at the first cell that fails.
    """
    notebook = nbformat.read(path, as_version=4)
    until = time.monotonic() + NOTEBOOK_SECONDS
    client = WakefulClient(
        notebook,
        timeout_func=lambda cell: max(1, min(CELL_SECONDS, int(until - time.monotonic()))),
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
    )
    words = folder / "stderr.txt"
    environment = _environment(language_of(path))
    # a loop of its own that is closed again, in whatever thread, of the kind that ZeroMQ takes
    with (
        words.open("w", encoding="utf-8") as stderr,
        asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner,
    ):
        runner.run(client.async_execute(env=environment, stderr=stderr))
    return notebook, words.read_text(encoding="utf-8")


def _environment(language: str) -> dict[str, str]:
    known = {name: value for name, value in os.environ.items() if name not in _KEYS}
    own = {"GLMKIT_TO": "emulator", "GLMKIT_LANG": language, "GLMKIT_LOOK": "auto"}
    return {**known, **own, "PYTHONUTF8": "1"}
