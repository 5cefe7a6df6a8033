"""A class before an emulator, all in this process, with pupils of both kinds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from glmkit.auth.masking import Secret
from glmkit.classroom.core import Classroom, ClassRules
from glmkit.classroom.roster import Pupil
from glmkit.classroom.running_class import RunningClass, serve_class
from glmkit.relay.listener import ListenAt
from glmkit.verify.raw_client import open_socket
from tests.bare import SECONDS, Bare, running
from tests.relay.relayed import upstream_at

PASSWORD = "the teacher's own"
PUPILS = (Pupil("07", "张三"), Pupil("08", "Li Si"), Pupil("09", "<script>alert(1)</script>"))


@asynccontextmanager
async def taught(
    folder: Path,
    rules: ClassRules | None = None,
    *,
    url: str | None = None,
    at: ListenAt | None = None,
    pupils: Sequence[Pupil] = PUPILS,
    **switches: Any,
) -> AsyncIterator[RunningClass]:
    """A class, of three if not said; before the server at ``url``, or an emulator of its own."""
    async with running(**switches) as server:
        classroom = Classroom(pupils, folder, upstream_at(url or server.url), rules)
        async with await serve_class(classroom, Secret(PASSWORD), at=at) as taking:
            yield taking


@asynccontextmanager
async def pupil(taking: RunningClass, id: str = "seat-07", **headers: str) -> AsyncIterator[Bare]:
    """A bare client in a seat."""
    key = taking.classroom.seats[id].key.reveal()
    async with open_socket(taking.url, {"Authorization": f"Bearer {key}", **headers}) as socket:
        yield Bare(socket)


def seat(taking: RunningClass, id: str = "seat-07") -> dict[str, Any]:
    """What a page shows of a seat."""
    return next(each for each in taking.classroom.snapshot()["seats"] if each["id"] == id)


async def until(taking: RunningClass, wanted: Any) -> None:
    """Wait until a page would show what is wanted."""
    changed = asyncio.Event()
    leave = taking.classroom.subscribe(changed.set)
    async with asyncio.timeout(SECONDS):
        while not wanted():
            changed.clear()
            await changed.wait()
    leave()
