"""The way out of a session: events become messages, in order, never piling up.

``send`` waits while the client does not read; whoever has something to say waits with it, so a
slow reader costs a buffer and delays nobody else. Faults of the way there (latency, jitter, a
slow link, duplicates, another order) are played by one task between ``send`` and the socket.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from typing import TYPE_CHECKING, Any

from websockets.exceptions import ConnectionClosed

from glmkit.emulator.session.objects import new_id, now_ms
from glmkit.protocol.event import as_json

if TYPE_CHECKING:
    from websockets.asyncio.server import ServerConnection

    from glmkit.emulator.faults import Faults
    from glmkit.emulator.log import SessionLog
    from glmkit.emulator.session.refusals import Refusal

_WAITING = 256
_HELD_SECONDS = 0.05
_STAMPED = ("response.", "heartbeat")
#: Events whose second copy changes nothing that a client adds up.
_TWICE = (
    "heartbeat",
    "session.updated",
    "conversation.item.",
    "input_audio_buffer.",
    "response.audio.done",
    "response.audio_transcript.done",
    "response.text.done",
)
_LOGGED = ("item_id", "response_id", "transcript", "name", "error")
_FIXED = ("response.created", "response.done", "response.cancelled")


class EventSender:
    """Sends the events of one session."""

    def __init__(
        self, socket: ServerConnection, log: SessionLog, faults: Faults, *, error_type: bool
    ) -> None:
        self._socket, self._log, self._faults = socket, log, faults
        self._error_type = error_type
        self._detour: _Detour | None = None

    async def send(self, type: str, /, **fields: Any) -> None:
        """Sends one event; waits while the client does not read."""
        event: dict[str, Any] = {"event_id": new_id("event"), "type": type}
        if type.startswith(_STAMPED):
            event["client_timestamp"] = now_ms()
        event.update(fields)
        self._log.went(type, _detail(fields))
        await self.send_message(as_json(event), type)

    async def send_error(self, refusal: Refusal, event_id: str | None = None) -> dict[str, Any]:
        """Sends a refusal as an ``error`` event; the error as it was sent."""
        shown = refusal.error(with_type=self._error_type, event_id=event_id)
        await self.send("error", error=shown)
        return shown

    async def send_message(self, message: bytes, type: str) -> None:
        """Sends one message as it is."""
        if self._detour is None and self._faults.shaping:
            self._detour = _Detour(self._socket, self._faults)
        if self._detour is None:
            await self._socket.send(message, text=True)
        else:
            await self._detour.put(message, type)

    async def settle(self) -> None:
        """Waits, at most 5 s, until everything is on the wire: before a close."""
        if self._detour is not None:
            await self._detour.settle(5.0)

    async def aclose(self) -> None:
        """Ends the task of the detour, if there is one."""
        if self._detour is not None:
            await self._detour.aclose()


class _Detour:
    """A bad line: a queue, and a task that sends late, twice, or in another order."""

    def __init__(self, socket: ServerConnection, faults: Faults) -> None:
        self._socket, self._faults = socket, faults
        self._queue: asyncio.Queue[tuple[float, bytes, str]] = asyncio.Queue(_WAITING)
        self._random = random.Random(1)
        self._free = 0.0  # when the line has carried what it was given
        self._held: tuple[bytes, str] | None = None
        self._task = asyncio.create_task(self._carry(), name="detour")

    async def put(self, message: bytes, type: str) -> None:
        now = asyncio.get_running_loop().time()
        await self._queue.put((now, message, type))

    async def settle(self, seconds: float) -> None:
        carried = asyncio.create_task(self._queue.join())
        await asyncio.wait([carried, self._task], timeout=seconds, return_when="FIRST_COMPLETED")
        carried.cancel()
        if not self._task.done():
            await self._release()

    async def aclose(self) -> None:
        self._task.cancel()
        await asyncio.wait([self._task])

    async def _carry(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            while True:
                await self._carry_one()
        while True:  # nobody is there any more: whoever waits for room need not
            await self._queue.get()
            self._queue.task_done()

    async def _carry_one(self) -> None:
        try:
            async with asyncio.timeout(_HELD_SECONDS if self._held else None):
                came, message, type = await self._queue.get()
        except TimeoutError:
            await self._release()
            return
        try:
            await self._wait(came, len(message))
            await self._pass_on(message, type)
        finally:  # also of what could not be sent: nobody waits for it
            self._queue.task_done()

    async def _wait(self, came: float, size: int) -> None:
        loop = asyncio.get_running_loop()
        late = self._faults.number("latency")
        late += self._random.random() * self._faults.number("jitter")
        self._free = max(came + late, self._free)
        if speed := self._faults.number("slow_link"):
            self._free = max(self._free, loop.time()) + size / speed
        with contextlib.suppress(TimeoutError):  # nobody waits for a line that is dead
            async with asyncio.timeout(self._free - loop.time()):
                await self._socket.wait_closed()

    async def _pass_on(self, message: bytes, type: str) -> None:
        if self._faults.get("duplicate") and type.startswith(_TWICE):
            await self._socket.send(message, text=True)
        movable = type.startswith("response.") and type not in _FIXED
        if not (movable and self._faults.get("reorder")):
            await self._release()
            await self._socket.send(message, text=True)
        elif self._held is None:
            self._held = (message, type)
        elif self._held[1] == type:  # the order within one type is documented
            await self._release()
            self._held = (message, type)
        else:
            await self._socket.send(message, text=True)

    async def _release(self) -> None:
        if self._held is not None:
            held, self._held = self._held[0], None
            await self._socket.send(held, text=True)


def _detail(fields: dict[str, Any]) -> dict[str, Any]:
    """What the log keeps of an event: ids, codes, short words; never sound."""
    detail: dict[str, Any] = {name: fields[name] for name in _LOGGED if name in fields}
    if (delta := fields.get("delta")) is not None:
        detail["length"] = len(delta)
    if isinstance(response := fields.get("response"), dict):
        detail |= {"response_id": response["id"], "status": response["status"]}
    return detail
