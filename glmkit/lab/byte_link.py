"""A line of one's own in front of a server: bytes in, the same bytes out, later.

Rules
- It listens on loopback and forwards bytes, whatever they are: TLS stays between the client and
  the far host, whose certificate the client still checks. It reads nothing and adds nothing.
- Opening a connection takes a round trip before the far host is asked, as TCP's handshake does.
- Who sends faster than the line carries is held up once the line's buffer is full.
- Each connection ends as it ended at the other side; a far host that can't be reached leaves the
  reason in ``trouble`` and cuts the near side off.
- It runs in a thread of its own, so that a cell that computes changes no delay.
"""

from __future__ import annotations

import asyncio
import itertools
import socket
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Final, Protocol

from glmkit.environment.forks import Birthplace, put_aside
from glmkit.lab.network_conditions import Condition, Direction
from glmkit.lab.shaping import Shaping

_SEGMENT: Final = 1_448  # bytes of a TCP segment on Ethernet
_MOST_READ: Final = 65_536  # bytes at once where there is no bandwidth to keep
_BUFFER: Final = 0.2  # seconds of the bandwidth that wait in the line, beside what is under way
_LEAST_BUFFER: Final = 262_144  # bytes
_SPIN: Final = 0.0015  # seconds before its time that a timer may wake up late
_OPENING: Final = 15.0  # seconds for the far host to answer


class Far(Protocol):
    """Opens a connection to the far host."""

    def __call__(self) -> Coroutine[Any, Any, socket.socket]: ...


class ByteLink:
    """A line in the given condition; ``end_for`` gives its near end."""

    def __init__(self, condition: Condition, seed: int = 0) -> None:
        self._condition, self._seed = condition, seed
        self._loop = asyncio.new_event_loop()
        self._ends: dict[str, tuple[asyncio.Server, int]] = {}
        self._numbers = itertools.count(1)
        self._open: set[asyncio.Task[None]] = set()
        self._process = Birthplace("lab.network_forked", self._put_aside)
        self._closed = False
        self.trouble: BaseException | None = None  # why the far host wasn't reached, the last time
        self._thread = threading.Thread(target=self._run, name="network-link", daemon=True)
        self._thread.start()

    def end_for(self, name: str, far: Far) -> int:
        """The port on 127.0.0.1 that leads to ``far``; the same for the same ``name``."""
        port: int = self._carry(self._listen(name, far))
        return port

    def close(self) -> None:
        """Cut off what is open and listen no more; twice is once."""
        if self._closed or not self._process.here:
            return
        self._closed = True
        self._carry(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(2.0)

    # -- the thread --------------------------------------------------------------------------

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
        finally:
            self._loop.close()

    def _carry(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(5.0)

    async def _listen(self, name: str, far: Far) -> int:
        self.trouble = None
        if name not in self._ends:
            near = socket.create_server(("127.0.0.1", 0))
            server = await asyncio.start_server(self._taken(far), sock=near, limit=_MOST_READ)
            self._ends[name] = server, near.getsockname()[1]
        return self._ends[name][1]

    def _taken(self, far: Far) -> Callable[..., Coroutine[Any, Any, None]]:
        async def taken(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            if task is not None:
                self._open.add(task)
                task.add_done_callback(self._open.discard)
            with suppress(asyncio.CancelledError):  # the link was closed
                await self._join(far, reader, writer)

        return taken

    async def _end(self) -> None:
        for server, _ in self._ends.values():
            server.close()
        for task in self._open:
            task.cancel()
        if self._open:
            await asyncio.wait(self._open, timeout=2.0)

    def _put_aside(self) -> None:
        """In a forked child: its copies of the listening sockets would keep the ports open."""
        for server, _ in self._ends.values():
            for each in server.sockets:
                put_aside(each.fileno())

    # -- one connection ----------------------------------------------------------------------

    async def _join(
        self, far: Far, near_in: asyncio.StreamReader, near_out: asyncio.StreamWriter
    ) -> None:
        """Carry both directions until both have ended."""
        try:
            await asyncio.sleep(self._condition.round_trip)
            async with asyncio.timeout(_OPENING):
                far_in, far_out = await asyncio.open_connection(sock=await far(), limit=_MOST_READ)
        except Exception as error:  # noqa: BLE001 - told by ``trouble``, whatever a proxy raises
            self.trouble = error
            near_out.transport.abort()
            return
        number = next(self._numbers)
        up = self._shaped(self._condition.up, f"{self._seed} up {number}", near_in, far_out)
        down = self._shaped(self._condition.down, f"{self._seed} down {number}", far_in, near_out)
        try:
            async with asyncio.TaskGroup() as working:
                for work in (up.read(), up.write(), down.read(), down.write()):
                    working.create_task(work)
        except* OSError:  # the one side is gone: so is the other
            pass
        finally:
            near_out.transport.abort()
            far_out.transport.abort()

    @staticmethod
    def _shaped(
        direction: Direction, seed: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> _Way:
        return _Way(direction, Shaping(direction, seed), reader, writer)


class _Way:
    """One direction of one connection: what is read, waits, and is written when it is due."""

    def __init__(
        self,
        direction: Direction,
        shaping: Shaping,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._shaping, self._reader, self._writer = shaping, reader, writer
        bandwidth = direction.bandwidth
        self._at_once = _MOST_READ if bandwidth is None else _SEGMENT
        rate = (bandwidth or 0.0) / 8
        self._room = max(_LEAST_BUFFER, int(rate * (direction.delay + direction.jitter + _BUFFER)))
        self._due: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        self._waiting = 0
        self._emptier = asyncio.Event()

    async def read(self) -> None:
        """Take what is sent, as far as there is room for it, until its end."""
        clock = asyncio.get_running_loop().time
        try:
            while piece := await self._reader.read(self._at_once):
                self._waiting += len(piece)
                await self._due.put((self._shaping.arrival(clock(), len(piece)), piece))
                while self._waiting > self._room:
                    self._emptier.clear()
                    await self._emptier.wait()
        finally:
            await self._due.put((self._shaping.arrival(clock(), 0), b""))

    async def write(self) -> None:
        """Write each piece at its time, until all is written."""
        while True:
            at, piece = await self._due.get()
            await _until(at)
            if not piece:
                break
            self._writer.write(piece)
            await self._writer.drain()
            self._waiting -= len(piece)
            self._emptier.set()
        if self._writer.can_write_eof():
            self._writer.write_eof()


async def _until(at: float) -> None:
    """Wait for a moment of the loop's clock, to a tenth of a millisecond."""
    clock = asyncio.get_running_loop().time
    if (left := at - clock()) > _SPIN:
        await asyncio.sleep(left - _SPIN)
    while clock() < at:  # noqa: ASYNC110 - a moment, and no event, is waited for
        await asyncio.sleep(0)
