"""A real session against servers that send anything: what leaves a call, and what is left."""

from __future__ import annotations

import asyncio
import contextlib
import re
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from traceback import format_exception
from typing import Any

import pytest

from glmkit import aio
from glmkit.auth import Key
from glmkit.errors import GlmError
from glmkit.session import wire
from glmkit.session.asyncio_session import Session
from glmkit.session.waits import Waits
from glmkit.turns.fold import fold_turns
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn
from tests.bare import KEY
from tests.hostile.drawn_events import batches, chance, failing, random_of, shown
from tests.hostile.hostile_server import HostileServer, hostile_server, script_of
from tests.hostile.session_actions import SHORT, act, actions_of, weather

GUARD = 30.0  # seconds: far beyond every deadline of a sequence
WAITS = Waits(clean_up=SHORT)  # a silent server would cost two seconds each time
SECRET = re.compile(KEY.rpartition(".")[2] + r"|eyJ[\w-]{10}")
#: What a turn is read for; each must be told of any turn.
READ = ("latency", "tool_calls", "usage", "status", "audio", "input", "heard", "unheard")

pytestmark = pytest.mark.filterwarnings("ignore::glmkit.errors.GlmWarning")
current: ContextVar[int] = ContextVar("current")  # the seed whose sequence is running


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What closing gives a silent server is a fraction of a second, too."""
    monkeypatch.setattr(wire, "_CLOSE", SHORT)


@pytest.mark.slow
@pytest.mark.parametrize("seeds", batches())
async def test_a_session_outlives_hostile_servers(seeds: range, tmp_path: Path) -> None:
    """Errors of the kit's tree, in time; nothing left; the trace tells the same turns again."""
    threads = set(threading.enumerate())
    async with hostile_server(KEY) as server, watched() as watch:
        found = await asyncio.gather(*(_sequence(seed, server, tmp_path) for seed in seeds))
        sockets = await server.left(GUARD)
    failures = {seed: "\n".join(each) for seed, each in zip(seeds, found, strict=True) if each}
    failures |= {seed: f"left behind: {names}" for seed, names in watch.left().items()}
    failures |= dict.fromkeys(sockets, "left behind: a connection")
    if failures:
        pytest.fail(failing(failures, "hostile_servers"), pytrace=False)
    assert watch.unhandled == []
    assert [t for t in set(threading.enumerate()) - threads if "asyncio" not in t.name] == []


async def _sequence(seed: int, server: HostileServer, folder: Path) -> list[str]:
    """What is wrong in the sequence of a seed, each with the sequence in the end."""
    current.set(seed)
    random, failures, opened = random_of("settings", seed), list[str](), list[Session]()
    options: dict[str, Any] = {"vad": "server"} if chance(random, 0.2) else {}
    options |= {"keep": "events"} if chance(random, 0.2) else {}

    async def open() -> None:
        where = {"api_key": Key.parse(KEY), "timeout": SHORT * 4, "tools": [weather]}
        opened.append(await aio.connect(server.url(seed), waits=WAITS, **where, **options))

    await _guarded("connect", open, failures)
    for session in opened:
        for action in actions_of(seed):
            await _guarded(shown(action), partial(act, session, *action), failures)
        await _guarded("close", session.close, failures)
        failures += _checked(session, folder / f"{seed}.glm")
    return [*failures, f"{options} {actions_of(seed)}\n{script_of(seed)}"] if failures else []


async def _guarded(name: str, call: Callable[[], Awaitable[None]], failures: list[str]) -> None:
    """Make a call, and note what leaves it that should not, or that it does not end."""
    try:
        async with asyncio.timeout(GUARD) as guard:
            await call()
    except GlmError as error:
        if SECRET.search(f"{error} {error!r} {''.join(format_exception(error))}"):
            failures.append(f"{name}: a secret in {error!r}")
    except Exception as error:  # noqa: BLE001 - none of them should be here
        what = "hangs" if guard.expired() else "raises"
        failures.append(f"{name} {what}: {''.join(format_exception(error))}")


# -- what a closed session has kept --------------------------------------------------------


def _checked(session: Session, path: Path) -> list[str]:
    failures = ["the line is open after close"] if session.line.open else []
    live = [each.turn for each in session.fold.opened]
    again = fold_turns(session.trace.events, peer=session.peer, model=session.model)
    if live != again:
        failures.append(f"folded again: {_differing(live, again)}")
    for look in (*(partial(_read, turn) for turn in live), partial(_kept, session, path)):
        try:
            look()
        except Exception as error:  # noqa: BLE001 - none of them should be here
            failures.append("".join(format_exception(error)))
    return failures


def _differing(live: list[Turn], again: list[Turn]) -> str:
    names = ("events", "peer", "model", "asked", "round_trip", "requested", "config")
    pairs = zip(live, again, strict=False)
    return f"{len(live)} and {len(again)}; " + "; ".join(
        f"turn {n}, {name}: {shown(getattr(one, name))} {shown(getattr(other, name))}"
        for n, (one, other) in enumerate(pairs)
        for name in names
        if getattr(one, name) != getattr(other, name)
    )


def _read(turn: Turn) -> None:
    """Everything a person asks of a turn can be asked of this one."""
    for words in (str(turn), repr(turn), str(turn.explain()), repr(turn.explain())):
        assert words
    for name in READ:
        assert repr(getattr(turn, name))


def _kept(session: Session, path: Path) -> None:
    """What was saved can be read again: as many events, and no secret among them."""
    session.trace.save(path)
    loaded = Trace.load(path)
    assert len(loaded) == len(session.trace)
    assert len(loaded.turns()) == len(session.fold.opened)
    assert not SECRET.search("".join(map(repr, loaded)))


# -- what is left --------------------------------------------------------------------------


@dataclass(slots=True)
class Watch:
    """The tasks that each sequence made, and what the loop was told of."""

    tasks: list[tuple[int, asyncio.Task[Any]]] = field(default_factory=list)
    unhandled: list[dict[str, Any]] = field(default_factory=list)

    def make(self, loop: Any, work: Any, **options: Any) -> asyncio.Task[Any]:
        """A task; those of a sequence are kept by its seed."""
        task = asyncio.Task(work, loop=loop, **options)
        if (seed := current.get(None)) is not None:
            self.tasks.append((seed, task))
        return task

    def left(self) -> dict[int, list[str]]:
        """The tasks of each seed that have not ended."""
        left = [(seed, task) for seed, task in self.tasks if not task.done()]
        return {seed: [t.get_name() for s, t in left if s == seed] for seed, _ in left}


@contextlib.asynccontextmanager
async def watched() -> AsyncIterator[Watch]:
    """Every task that is made meanwhile, and every error that nobody took."""
    loop, watch = asyncio.get_running_loop(), Watch()
    loop.set_task_factory(watch.make)
    loop.set_exception_handler(lambda _, context: watch.unhandled.append(context))
    yield watch
    loop.set_task_factory(None)
    loop.set_exception_handler(None)
