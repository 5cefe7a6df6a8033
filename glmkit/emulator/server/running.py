"""The emulator as a server: ``serve(options)`` listens, admits, and runs a session each.

::

    async with await serve(Options(key="id.secret")) as running:
        print(running.url)          # ws://127.0.0.1:PORT/api/paas/v4/realtime

It listens within a fraction of a second; what is heavy is loaded afterwards, in a thread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Self, cast

from websockets.asyncio.server import serve as listen
from websockets.exceptions import ConnectionClosed

from glmkit.auth.masking import masked_logger
from glmkit.emulator.faults import Faults
from glmkit.emulator.hear.fair_queue import Owner
from glmkit.emulator.log import Log, Watcher
from glmkit.emulator.options import PATH
from glmkit.emulator.pipeline import SpeechPipeline
from glmkit.emulator.replay import Replay, ReplayScript
from glmkit.emulator.server.admission import Admission, account, account_of, wanted_model
from glmkit.emulator.server.control import ROOT, Control
from glmkit.emulator.server.dispatcher import EventDispatcher
from glmkit.emulator.session.configuration import Configuration
from glmkit.emulator.session.conversation import Conversation
from glmkit.emulator.session.event_sender import EventSender
from glmkit.emulator.session.objects import new_id
from glmkit.emulator.session.refusals import Refusal
from glmkit.emulator.session.shared_room import SharedRoom
from glmkit.emulator.session.state import SessionState
from glmkit.emulator.session.steady_waits import SteadyWaits
from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadArgument
from glmkit.protocol.serving.guarded_connection import (
    Arrivals,
    GuardedConnection,
    PendingHandshakes,
)
from glmkit.protocol.serving.http_answers import code_of
from glmkit.protocol.serving.stated_peer import guest_named
from glmkit.texts import text

if TYPE_CHECKING:
    from websockets.asyncio.server import Server, ServerConnection
    from websockets.http11 import Request, Response

    from glmkit.auth.credentials import Key
    from glmkit.emulator.options import Options

MOST_MESSAGE = 16 * 2**20
"""Bytes of a message: beyond it the connection is closed with 1009."""
GATEWAY_MODELS = ("glm-realtime", "glm-realtime-flash", "glm-realtime-air")
OPEN_SECONDS = 10.0
"""How long somebody who is connected may take to ask."""
_PING_SECONDS = 20.0
_PENDING = 64  # more connections that have not asked yet than there are places
_CLOSE_SECONDS = 2.0


async def serve(options: Options, *, watch: Watcher = lambda *_: None) -> RunningServer:
    """A listening emulator; ``watch`` is told what its log gets.

    Raises BadArgument where the address cannot be had.
    """
    running = RunningServer(options, watch=watch)
    try:
        await running.start()
    except (OSError, ValueError) as error:  # the latter where no host can have such a name
        where = {"host": options.host, "port": options.port}
        reason = why_refused(error)
        raise BadArgument(text("launch.cannot_serve", **where, reason=reason)) from error
    return running


class RunningServer:
    """A running emulator: ``url``, ``port``, ``log()``, ``problems()``, ``faults``, ``close()``."""

    def __init__(self, options: Options, *, watch: Watcher = lambda *_: None) -> None:
        self.faults = Faults.parse(options.first_faults)
        self._options = options
        self._log = Log(watch)
        self._pipeline = SpeechPipeline(options, self._log)
        self._admission = Admission(options, self.faults)
        self._control = Control(self, self._admission)
        self._script = ReplayScript.load(options.replay) if options.replay else None
        self._server: Server | None = None
        self._room = SharedRoom()
        self._steady = (
            SteadyWaits(options.wait, options.jitter, options.seed) if options.steady else None
        )
        self._open: Counter[str] = Counter()  # sessions by account
        self._port = 0

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._port

    @property
    def url(self) -> str:
        """Its address."""
        host = self._options.host
        return f"ws://{f'[{host}]' if ':' in host else host}:{self._port}{PATH}"

    def log(self, *, since: float = 0.0) -> list[dict[str, Any]]:
        """What crossed the wire ``since`` an epoch time in seconds, a session each, as JSON."""
        return self._log.to_json(since)

    def answers(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """How these answers came about, by response id, those that are known (``log.Log``)."""
        return self._log.answers(ids)

    def problems(self) -> list[str]:
        """The emulator's own mistakes, oldest first."""
        return self._log.problems()

    def ignored(self) -> list[dict[str, str]]:
        """What clients gave that nothing read: ``event``, ``field``, ``instead``."""
        return self._log.ignored()

    def reset(self) -> None:
        """The faults it began with, an empty log, draws from the first again; sessions go on."""
        if self._steady is not None:
            self._steady.forget()
        self.faults.replace(Faults.parse(self._options.first_faults))
        self._log.forget()

    def let_in(self, key: Key, script: str) -> None:
        """One key more; its sessions are answered from a packed script before all else.

        Raises BadArgument where nothing reads one."""
        if self._script is not None:
            raise BadArgument(text("script.unheard", found="replay"))
        self._pipeline.dialogues.put_first(account(key.id), script)
        self._admission.let_in(key)

    def shut_out(self, key_id: str) -> None:
        """Takes back what ``let_in`` gave."""
        self._admission.shut_out(key_id)
        self._pipeline.dialogues.forget(account(key_id))

    async def start(self) -> None:
        """Listen, then load what is heavy."""
        options = self._options
        handshakes = PendingHandshakes(
            most=_PENDING + options.connections, patience=options.ping_timeout
        )
        self._server = await listen(
            self._run,
            options.host,
            options.port,
            process_request=self._admit,
            compression=None,
            max_size=MOST_MESSAGE,
            max_queue=4,
            ping_interval=min(_PING_SECONDS, options.ping_timeout),
            ping_timeout=options.ping_timeout,
            open_timeout=OPEN_SECONDS,
            close_timeout=_CLOSE_SECONDS,
            logger=masked_logger("glmkit.emulator.wire"),
            server_header=None,
            create_connection=cast(
                "type[ServerConnection]", partial(GuardedConnection, handshakes, Arrivals(), ROOT)
            ),
        )
        self._port = next(iter(self._server.sockets)).getsockname()[1]
        if self._script is None:
            self._pipeline.start()

    async def close(self) -> None:
        """Ends every session (close 1001) and stops listening; closing twice is fine."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
        await self._pipeline.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        if asked := cast("GuardedConnection", connection).whole.request:
            return self._control.answer(asked, peer=_peer(connection)[0])
        refused = self._admission.refuse(request, open=self._open)
        if refused is not None:
            peer, account = ":".join(_peer(connection)), account_of(request)
            self._log.refused(peer, account, refused.status_code, code_of(refused))
        return refused

    async def _run(self, socket: ServerConnection) -> None:
        assert socket.request is not None
        account = account_of(socket.request)
        self._open[account] += 1
        try:
            await self._run_session(socket)
        except ConnectionClosed:
            pass
        finally:
            self._open[account] -= 1
            self._open += Counter()  # keeps those that have any

    async def _run_session(self, socket: ServerConnection) -> None:
        session = self._session(socket)
        if self._script is None:
            self._pipeline.expect()
        try:
            if not await self._turned_away(session):
                await self._conversation(session).run()
        except ConnectionClosed:
            raise
        except Exception as error:
            self._log.problem("session", error)
            raise
        finally:
            await session.sender.aclose()
            session.log.end()

    def _conversation(self, session: SessionState) -> EventDispatcher | Replay:
        if self._script is None:
            return EventDispatcher(session)
        assert session.socket.request is not None
        points = self._script.next(guest_named(session.socket.request.path))
        options = self._options
        return Replay(session, points, speed=options.replay_speed, strict=options.strict)

    async def _turned_away(self, session: SessionState) -> bool:
        """Whether ``?model=`` was a bad one: the service upgrades, says 1234, closes (observed)."""
        assert session.socket.request is not None
        model = wanted_model(session.socket.request)
        if fault := self.faults.strike("bad_model"):
            refusal = Refusal("on_purpose", name="bad_model", code=str(fault.value))
        elif model is None or model in GATEWAY_MODELS:
            return False
        else:
            refusal = Refusal("gateway_model", code="1234", param="model", found=model[:80])
        await session.sender.send_error(refusal)
        await session.sender.settle()
        await session.socket.close(1003, refusal.code)
        return True

    def _session(self, socket: ServerConnection) -> SessionState:
        id = new_id("sess")
        assert socket.request is not None
        account = account_of(socket.request)
        log = self._log.session(id, ":".join(_peer(socket)), account)
        behaviour = self._options.behaviour
        return SessionState(
            id=id,
            owner=Owner(account, id),
            socket=socket,
            sender=EventSender(socket, log, self.faults, error_type=behaviour.error_type),
            log=log,
            problems=self._log,
            options=self._options,
            behaviour=behaviour,
            faults=self.faults,
            pipeline=self._pipeline,
            room=self._room,
            configuration=Configuration(model=behaviour.default_model),
            conversation=Conversation(reads=behaviour.text_turns == "answer"),
            steady=self._steady,
        )


def _peer(socket: ServerConnection) -> tuple[str, str]:
    """Where it comes from: address and port."""
    address = socket.remote_address or ("", "")
    return str(address[0]), str(address[1])
