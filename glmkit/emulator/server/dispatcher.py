"""One connection: the client's events in, the rules of the session, answers out.

Rules
- Events are obeyed in the order they come. Whatever is wrong with one becomes an ``error`` event
  and changes nothing; the session goes on (documented), but for the few errors that close.
- Under client VAD a commit ends the user's turn and ``response.create`` asks for the answer;
  under server VAD both happen by themselves (see ``turn/server_vad``).
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, ClassVar

import msgspec
from websockets.exceptions import ConnectionClosed

from glmkit.emulator.session.bounds import check_event
from glmkit.emulator.session.configuration import Configuration
from glmkit.emulator.session.conversation import read_item
from glmkit.emulator.session.input_buffer import MOST_BYTES, InputBuffer, too_much
from glmkit.emulator.session.refusals import (
    BAD_PARAMETER,
    CONFLICT,
    ILLEGAL,
    RATE,
    SERVER,
    Refusal,
    missing,
    wrong_kind,
)
from glmkit.emulator.session.session_update import configure
from glmkit.emulator.session.shared_room import FILLING
from glmkit.emulator.session.state import SessionState
from glmkit.emulator.session.unread_fields import ignored
from glmkit.emulator.turn.server_vad import ServerVad
from glmkit.emulator.turn.turn_queue import TurnQueue
from glmkit.environment.features import needs
from glmkit.errors import Missing
from glmkit.events import problems
from glmkit.protocol.table import SPECS

_decode = msgspec.json.Decoder().decode
Obey = Callable[["EventDispatcher", dict[str, Any]], Awaitable[None]]
_MOST_UNHEARD = 8


class EventDispatcher:
    """Reads one client's events and obeys them."""

    def __init__(self, session: SessionState) -> None:
        self._session = session
        self._input_buffer = InputBuffer(lenient_wav=session.options.lenient_wav)
        self._turns = TurnQueue(session, self._input_buffer)
        self._vad = ServerVad(session, self._input_buffer, self._turns)
        self._appends: deque[float] = deque(maxlen=1_000)
        self._greeted = False

    async def run(self) -> None:
        """The session, until its connection ends."""
        heartbeat = asyncio.create_task(self._beat(), name="heartbeat")
        try:
            with self._session.room.shared(self._kept):
                await self._begin()
                async for message in self._session.messages():
                    await self._receive(message)
        except ConnectionClosed:
            pass  # the ordinary end
        finally:
            heartbeat.cancel()
            self._vad.close()
            await self._turns.aclose()
            await asyncio.wait([heartbeat])

    def _kept(self) -> int:
        """The bytes of what this client sent that are still here."""
        return self._input_buffer.kept + self._vad.kept + self._session.conversation.kept

    async def _begin(self) -> None:
        session = self._session
        await self._heartbeat()
        echo = session.configuration.echo(session.id)
        await session.sender.send("session.created", session=echo)
        if session.behaviour.conversation_created:
            made = {"id": session.conversation.id, "object": "realtime.conversation"}
            await session.sender.send("conversation.created", conversation=made)

    async def _receive(self, message: bytes) -> None:
        event: dict[str, Any] = {}
        try:
            event = self._event(message)
            await self._OBEY[event["type"]](self, event)
        except Refusal as refusal:
            await self._refuse(refusal, event)
        except Missing as error:
            lacking = Refusal("lacking", code="not_installed", type=SERVER, why=error)
            await self._refuse(lacking, event)
        except ConnectionClosed:
            raise
        except Exception as error:  # noqa: BLE001 - a mistake of ours must not end a session
            self._session.problems.problem(str(event.get("type")), error)
            kind = type(error).__name__
            await self._refuse(Refusal("internal", code="500", type=SERVER, kind=kind), event)

    def _event(self, message: bytes) -> dict[str, Any]:
        """The event in a message. Raises Refusal where there is none that a client may send."""
        try:
            event = _decode(message)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise Refusal("not_json", code="invalid_event") from None
        if not isinstance(event, dict):
            raise Refusal("not_object", code="invalid_event")
        type = event.get("type")
        if not isinstance(type, str):
            raise Refusal("no_type", code="invalid_event", param="type")
        self._session.log.came(type, len(message))
        if type not in self._OBEY:
            raise Refusal("unknown_event", code=BAD_PARAMETER, param="type", found=type[:80])
        check_event(type, len(message))
        _check_fields(type, event)
        if unread := ignored(event, writing=self._session.conversation.reads):
            self._session.log.ignored(type, unread)
        if type in FILLING:
            self._session.room.check(len(message))
        return event

    async def _refuse(self, refusal: Refusal, event: Mapping[str, Any]) -> None:
        event_id = event.get("event_id")
        await self._session.sender.send_error(
            refusal, event_id[:80] if isinstance(event_id, str) else None
        )
        if refusal.close is not None:
            await asyncio.sleep(0.13)  # observed: the close comes 130 ms after
            await self._session.sender.settle()
            await self._session.socket.close(refusal.close, refusal.code)

    # -- heartbeat -------------------------------------------------------------------------

    async def _beat(self) -> None:
        seconds = self._session.options.heartbeat
        try:
            while seconds:
                await asyncio.sleep(seconds)
                await self._heartbeat()
        except ConnectionClosed:
            pass  # the reader sees it too, and ends the session

    async def _heartbeat(self) -> None:
        if not self._session.faults.get("no_heartbeat"):
            await self._session.sender.send("heartbeat")

    # -- what a client may send ------------------------------------------------------------

    async def _update(self, event: dict[str, Any]) -> None:
        session = self._session
        self._check_route()
        asked = configure(event["session"], session.behaviour)
        if asked.server_vad:
            needs("voice_activity")
        await self._configure(asked)
        await session.sender.send("session.updated", session=asked.echo(session.id))
        await self._heartbeat()
        greeting = asked.greeting
        if greeting is not None and greeting.enable and not self._greeted:
            self._greeted = True
            await self._turns.greet(greeting.content)

    async def _configure(self, asked: Configuration) -> None:
        """Put ``asked`` in force, after everything said before it."""
        await self._vad.settled()
        before = self._session.configuration
        self._session.configuration = asked
        if before.video and not asked.video:
            self._session.conversation.forget()
        if before.server_vad != asked.server_vad:
            self._input_buffer.clear()
        if before.server_vad and before.turns != asked.turns:
            self._vad.close()

    def _check_route(self) -> None:
        if self._session.faults.strike("reconnect_exceeded"):
            raise Refusal(
                "on_purpose",
                name="reconnect_exceeded",
                code="downstream_reconnect_exceeded",
                type=SERVER,
                close=1011,
            )
        self._check_balance()

    def _check_balance(self) -> None:
        if fault := self._session.faults.strike("arrears"):
            raise Refusal("arrears", code=str(fault.value))

    async def _append(self, event: dict[str, Any]) -> None:
        self._check_rate()
        configuration = self._session.configuration
        sound = self._input_buffer.read(event["audio"], configuration)
        if not configuration.server_vad:
            self._input_buffer.add(sound)
        elif len(sound.pcm) > MOST_BYTES:
            raise too_much()
        else:
            await self._catch_up()
            await self._vad.listen(sound)

    async def _catch_up(self) -> None:
        """Waits while much of what was said is not understood yet: it would pile up."""
        while len(unheard := self._session.conversation.unheard) >= _MOST_UNHEARD:
            await asyncio.wait(unheard, return_when=asyncio.FIRST_COMPLETED)

    def _check_rate(self) -> None:
        """Over so many appends in a second is an error where that switch is set (published cap)."""
        most = self._session.faults.number("rate_limit")
        if not most:
            return
        now = time.monotonic()
        self._appends.append(now)
        while self._appends[0] < now - 1:
            self._appends.popleft()
        if len(self._appends) > most:
            self._appends.clear()
            raise Refusal("rate_limit", code="rate_limit_error", type=RATE, most=f"{most:g}")

    async def _append_frame(self, event: dict[str, Any]) -> None:
        if not self._session.configuration.video:
            raise Refusal("frame_in_audio", code=CONFLICT, param="video_frame")
        self._input_buffer.add_frame(event["video_frame"])

    async def _commit(self, event: dict[str, Any]) -> None:
        if self._session.configuration.server_vad:
            await self._vad.commit()
        elif self._input_buffer.empty:
            raise Refusal("nothing_to_commit", code=ILLEGAL)
        else:
            await self._catch_up()
            await self._turns.commit(self._input_buffer.take())

    async def _pre_commit(self, event: dict[str, Any]) -> None:
        self._session.log.note("pre_commit")

    async def _clear(self, event: dict[str, Any]) -> None:
        await self._vad.settled()
        self._vad.close()
        self._input_buffer.clear()
        await self._session.sender.send("input_audio_buffer.cleared")

    async def _create_item(self, event: dict[str, Any]) -> None:
        conversation = self._session.conversation
        item = read_item(event["item"], conversation)
        previous = conversation.add(item, waiting=item.role in ("user", "output"))
        await self._session.sender.send(
            "conversation.item.created", previous_item_id=previous, item=item.json
        )

    async def _delete_item(self, event: dict[str, Any]) -> None:
        self._session.conversation.delete(event["item_id"])
        await self._session.sender.send("conversation.item.deleted", item_id=event["item_id"])

    async def _retrieve_item(self, event: dict[str, Any]) -> None:
        item = self._session.conversation.get(event["item_id"])
        await self._session.sender.send("conversation.item.retrieved", item=item.json)

    async def _create_response(self, event: dict[str, Any]) -> None:
        self._check_balance()
        await self._turns.create_response(asked_at=self._session.heard_at)

    async def _cancel(self, event: dict[str, Any]) -> None:
        if not self._turns.cancel():
            raise Refusal("nothing_to_cancel", code="response_cancel_not_active")

    _OBEY: ClassVar[Mapping[str, Obey]] = {
        "session.update": _update,
        "input_audio_buffer.append": _append,
        "input_audio_buffer.append_video_frame": _append_frame,
        "input_audio_buffer.commit": _commit,
        "input_audio_buffer.pre_commit": _pre_commit,
        "input_audio_buffer.clear": _clear,
        "conversation.item.create": _create_item,
        "conversation.item.delete": _delete_item,
        "conversation.item.retrieve": _retrieve_item,
        "response.create": _create_response,
        "response.cancel": _cancel,
    }


def _check_fields(type: str, event: Mapping[str, Any]) -> None:
    """Each field against the table; a null is as good as absent (the Python SDK sends many)."""
    if None in event.values():
        event = {name: value for name, value in event.items() if value is not None}
    for field, problem in problems(event, SPECS[type].fields):
        if problem == "missing":
            raise missing(field.name)
        kinds = ["string" if kind == "base64" else kind for kind in field.kinds]
        raise wrong_kind(field.name, found=problem, expected=", ".join(kinds))
