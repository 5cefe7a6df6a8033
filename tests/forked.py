"""What something does in a forked child of this process, as multiprocessing makes them."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing import get_context
from typing import Any, cast

import pytest

DEADLINE = 10.0  # seconds a child may take


def forks(test: Callable[..., None]) -> Callable[..., None]:
    """A test that forks: only Linux does so by itself, and Python warns of the threads."""
    quiet = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")(test)
    on_linux = pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked by itself")
    return cast("Callable[..., None]", on_linux(quiet))


def in_fork(work: Callable[[], object]) -> Any:
    """What ``work`` gives in a child (JSON has it), or "Kind: words" of what it raises there."""
    theirs, ours = os.pipe()
    child = get_context("fork").Process(target=_tell, args=(work, ours))
    child.start()
    os.close(ours)
    child.join(DEADLINE)
    if child.is_alive():
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
    with os.fdopen(theirs, encoding="utf-8") as told:
        return json.loads(told.read() or '"no answer in time"')


def _tell(work: Callable[[], object], pipe: int) -> None:
    try:
        found = work()
    except BaseException as error:  # noqa: BLE001 - it is what is asked for
        found = f"{type(error).__name__}: {error}"
    os.write(pipe, json.dumps(found).encode())
