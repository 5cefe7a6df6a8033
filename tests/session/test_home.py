"""A session away from home: in a forked process, in another event loop, not yet awaited."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection
from websockets.asyncio.server import serve as websocket_server

import glmkit as glm
from glmkit import aio
from glmkit.auth import Key
from glmkit.emulator.options import Options
from glmkit.emulator.server.running import RunningServer, serve
from glmkit.errors import BadState, Closed, GlmError
from glmkit.session.asyncio_session import Session as Core
from glmkit.session.blocking.background_loop import loop_thread
from glmkit.session.blocking.blocking_session import Session
from tests.forked import forks, in_fork
from tests.listed import check_each

KEY = Key.random()
ROOT = Path(__file__).parents[2]


@pytest.fixture
def server() -> Iterator[RunningServer]:
    running = loop_thread().carry(serve(Options(key=KEY, pace=0)))
    yield running
    loop_thread().carry(running.close())


@pytest.fixture
def session(server: RunningServer) -> Iterator[Session]:
    with glm.connect(server.url, api_key=KEY, modalities=["text"]) as opened:
        yield opened


# -- another process -----------------------------------------------------------------------


class Held:
    """What a process may hold when it is forked."""

    def __init__(self, session: Session, folder: Path) -> None:
        self.session, self.folder = session, folder
        self.ended = [session.record(folder / "ended.glm"), glm.Emulator.start(), page()]
        for each in self.ended:  # what has no descriptors any more is in nobody's way
            each.close()
        self.recording = session.record(folder / "x.glm")
        self.events, self.talk, self.recorder = iter(session), session.talk(), glm.Recorder()
        self.emulator = glm.Emulator.start()
        self.clip = glm.Clip.tone(300, 0.3)


def page() -> Any:
    """A recorder with its page open."""
    recorder = glm.Recorder()
    recorder.open_page()
    return recorder


SPEAKING: list[Callable[[Held], object]] = [
    lambda held: held.session.say(held.clip),
    lambda held: held.session.ask("Hello"),
    lambda held: held.session.respond(),
    lambda held: list(held.session.stream(held.clip)),
    lambda held: next(iter(held.session)),
    lambda held: next(held.events),
    lambda held: held.session.update(voice="xiaochen"),
    lambda held: held.session.cancel(),
    lambda held: held.session.clear(),
    lambda held: held.session.send("response.create"),
    lambda held: held.session.reset(),
    lambda held: held.session.record(held.folder / "y.glm"),
    lambda held: held.session.talk(),
    lambda held: asyncio.run(held.session.core.ask("Hello")),
    lambda held: held.talk.state,
    lambda held: held.recorder.clip,
    lambda held: held.recorder.clear(),
    lambda held: held.recorder.open_page(),
    lambda held: held.emulator.log(),
    lambda held: held.emulator.faults.set("cut"),
]


@pytest.mark.slow
@forks
def test_a_fork_is_refused_and_its_end_touches_nothing(session: Session, tmp_path: Path) -> None:
    """Before the first byte, whatever is held; then the parent goes on as if nothing had been."""
    held = Held(session, tmp_path)
    session.ask("Hello")
    crossed = len(session.trace)

    def refused(call: Callable[[Held], object]) -> None:
        said = in_fork(lambda: repr(call(held)))
        assert said.startswith("BadState: "), said
        assert "opened in another process: connect here" in said

    check_each(refused, [(call,) for call in SPEAKING])
    assert in_fork(lambda: closed(held)) is True
    assert len(session.trace) == crossed
    assert session.ask("Hello").status == "completed"
    assert held.emulator.log() == []
    assert held.talk.state == "ready"
    session.close()
    held.emulator.close()
    assert len(glm.Trace.load(held.recording.path).turns()) == 2


def closed(held: Held) -> bool:
    """Everything is closed here, and what is the child's own can be opened and closed."""
    for each in (held.recorder, held.talk, held.recording, held.session, held.emulator):
        each.close()
    held.session.save(held.folder / "saved.glm")
    return held.session.closed and glm.Recorder().state == "ready"


FORKS = """
import os, sys, time
import glmkit as glm
session = glm.connect("emulator", modalities=["text"])
session.ask("Hello")
recording = session.record(sys.argv[1])
page = glm.Recorder()
page.open_page()
if os.fork() == 0:
    session.close() if sys.argv[2:] else None
    raise SystemExit
status = os.wait()[1]
said = session.ask("Hello").status
session.close()
whole = len(glm.Trace.load(sys.argv[1])) == len(session.trace)
print(status, said, glm.emulator().running, page.state, whole, flush=True)
"""


@pytest.mark.slow
@forks
def test_a_fork_that_ends_as_python_does_touches_nothing(tmp_path: Path) -> None:
    """With all that runs at its end; it says nothing, and the recording is the parent's."""
    command = [sys.executable, "-W", "error::ResourceWarning", "-c", FORKS, str(tmp_path / "x.glm")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, cwd=ROOT)
    assert (done.stdout, done.stderr) == ("0 completed True ready True\n", "")


# -- another event loop --------------------------------------------------------------------

AWAITED: list[Callable[[Core], Coroutine[Any, Any, Any]]] = [
    lambda core: core.say(glm.Clip.tone(300, 0.3)),
    lambda core: core.ask("Hello"),
    lambda core: core.respond(),
    lambda core: anext(core.stream(glm.Clip.tone(300, 0.3))),  # type: ignore[list-item]
    lambda core: anext(aiter(core)),  # type: ignore[list-item,return-value]
    lambda core: core.update(voice="xiaochen"),
    lambda core: core.cancel(),
    lambda core: core.clear(),
    lambda core: core.send("response.create"),
    lambda core: core.reset(),
]


def elsewhere(core: Core) -> None:
    """Every verb is refused in another loop; closing works, and then it can be reset there."""

    def refused(call: Callable[[Core], Coroutine[Any, Any, Any]]) -> None:
        async def called() -> None:
            await call(core)

        with pytest.raises(BadState, match="another event loop"):
            asyncio.run(called())

    check_each(refused, [(call,) for call in AWAITED])
    asyncio.run(core.close())
    asyncio.run(core.close())
    with pytest.raises(Closed):
        asyncio.run(core.ask("Hello"))
    assert asyncio.run(again(core)) == "completed"


async def again(core: Core) -> str:
    await core.reset()
    turn = await core.ask("Hello")
    await core.close()
    return turn.status


def test_another_loop_is_refused_while_the_first_one_runs(server: RunningServer) -> None:
    """It runs in another thread: closing is done there."""
    elsewhere(glm.connect(server.url, api_key=KEY, modalities=["text"]).core)


def test_another_loop_is_refused_after_the_first_one_has_ended(server: RunningServer) -> None:
    """The end of asyncio.run has closed the connection politely; nothing of it is left."""
    said: list[int | None] = []
    gone = threading.Event()
    elsewhere(asyncio.run(connected(server.url)))

    async def hear(connection: ServerConnection) -> None:
        await connection.send('{"type": "session.created"}')
        await connection.recv()
        await connection.send('{"type": "session.updated", "session": {}}')
        await connection.wait_closed()
        said.append(connection.close_code)
        gone.set()

    listening = loop_thread().carry(listen(hear))
    with pytest.warns(glm.errors.GlmWarning):
        asyncio.run(connected(f"ws://127.0.0.1:{listening.sockets[0].getsockname()[1]}/"))
    assert gone.wait(5)
    assert said == [1000]
    listening.close()


async def listen(hear: Callable[[ServerConnection], Coroutine[Any, Any, None]]) -> Any:
    return await websocket_server(hear, "127.0.0.1", 0)


async def connected(url: str) -> Core:
    return await aio.connect(url, api_key=KEY, modalities=["text"])


FORCED = """
import asyncio, time
import glmkit as glm
emulator = glm.emulator()
loop = asyncio.new_event_loop()
session = loop.run_until_complete(glm.aio.connect("emulator")._open())
loop.close()
asyncio.run(session.close())
asyncio.run(session.close())
until = time.monotonic() + 5
while emulator.log()[0]["ended"] is None and time.monotonic() < until:
    time.sleep(0.01)
print(emulator.log()[0]["ended"] is not None, session.closed)
"""


@pytest.mark.slow
def test_a_loop_that_was_closed_by_force_leaves_no_connection() -> None:
    """Where nobody let its tasks end, close() cuts the connection off."""
    command = [sys.executable, "-c", FORCED]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, cwd=ROOT)
    assert done.stdout == "True True\n", done.stderr


# -- not awaited ---------------------------------------------------------------------------


def test_what_was_not_awaited_says_so() -> None:
    """As a session, in ``with`` and in a loop; what no session has it hasn't either."""
    connecting: Any = aio.connect("emulator")
    uses: list[Callable[[], object]] = [
        lambda: connecting.say(glm.Clip.tone(300, 0.3)),
        lambda: connecting.turns,
        lambda: connecting.trace,
        lambda: connecting.close(),
        lambda: connecting.__enter__(),
        lambda: iter(connecting),
        lambda: aiter(connecting),
    ]

    def refused(use: Callable[[], object]) -> None:
        with pytest.raises(GlmError, match="await"):
            use()

    check_each(refused, [(use,) for use in uses])
    with pytest.raises(BadState, match="await"), connecting:
        pass
    assert not hasattr(connecting, "sya")
