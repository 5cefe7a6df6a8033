"""The blocking face: the same session from cells that block, in scripts and in a real kernel."""

from __future__ import annotations

import _thread
import asyncio
import inspect
import queue
import subprocess
import sys
import threading
import time
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import glmkit as glm
from glmkit import aio
from glmkit.errors import BadArgument, BadState, Closed, Refused, Rejected
from glmkit.session.blocking.background_loop import LoopThread, loop_thread
from glmkit.session.blocking.blocking_session import Session, connect
from tests.listed import check_each

DEADLINE = 60


@pytest.fixture
def session(glm_emulator: glm.Emulator) -> Iterator[Session]:
    with glm.connect(glm_emulator.url, api_key=glm_emulator.key) as opened:
        yield opened


@pytest.mark.slow
def test_calls_block_and_give_turns(session: Session) -> None:
    """say, ask and what they leave are the core's own."""
    turn = session.say(glm.sample("joke_zh"), speed=None)
    assert turn.status == "completed"
    assert turn.peer == "emulator"
    assert session.turns[-1] == turn
    assert session.trace.turns()[-1].transcript == turn.transcript
    assert "open" in repr(session)
    session.close()
    session.close()
    with pytest.raises(Closed):
        session.ask("Hello")


def test_names_and_words_are_the_cores(session: Session) -> None:
    """Tab finds the verbs, and help shows the core's words."""
    assert {"say", "ask", "turns", "trace", "config", "tool"} <= set(dir(session))
    assert Session.say.__doc__ is not None
    assert "the turn, when its answer is complete" in Session.say.__doc__


@pytest.mark.slow
def test_streams_and_events_are_iterators(session: Session) -> None:
    """stream gives clips, iteration gives events, both without await."""
    clips = list(session.stream(glm.sample("joke_zh"), speed=None))
    audio = session.turns[-1].audio
    assert audio is not None
    assert sum(clip.seconds for clip in clips) == pytest.approx(audio.seconds)
    events = iter(session)
    session_events = threading.Thread(target=session.ask, args=("你好",))
    session_events.start()
    assert next(events).type == "conversation.item.create"
    session_events.join(DEADLINE)


@pytest.mark.long
def test_warnings_point_at_the_line_that_called(session: Session, tmp_path: Path) -> None:
    """Whichever thread found what is not as was asked, and for each item of a stream."""
    bundle = session.save(tmp_path / "saved.glm")
    loud = glm.Clip.tone(300, 0.3)

    def undocumented(word: str) -> str:
        return word

    calls: list[Callable[[], object]] = [
        lambda: session.update(voice="nobody"),
        lambda: session.say(_cut_short(loud, tmp_path), speed=None),
        lambda: list(session.stream(_cut_short(loud, tmp_path), speed=None)),
        lambda: session.update(tools=(undocumented,)),
        lambda: glm.connect(to=_without_manifest(bundle)).close(),
    ]

    def check(call: Callable[[], object]) -> None:
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            with suppress(Rejected):
                call()
        assert {Path(each.filename).name for each in said} == {Path(__file__).name}

    check_each(check, [(call,) for call in calls])


def _without_manifest(bundle: Path) -> Path:
    """The same recording, whose manifest is no JSON."""
    damaged = bundle.with_name("damaged.glm")
    with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(damaged, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"?" if name == "manifest.json" else old.read(name))
    return damaged


def _cut_short(clip: glm.Clip, folder: Path) -> Path:
    """A WAV file whose head promises more than there is."""
    path = folder / "short.wav"
    path.write_bytes(clip.to_wav()[:-100])
    return path


def test_only_the_two_packages_nest_loops() -> None:
    """Another one is refused in words, before anything is imported."""
    with pytest.raises(BadArgument, match="package is 'os', expected one of: nest_asyncio"):
        glm.allow_nested_loops("os")


@pytest.mark.slow
def test_a_synchronous_tool_runs_in_the_thread_that_waits(session: Session) -> None:
    """Plots of a tool land in the cell that called say."""
    threads = []

    @session.tool
    def get_weather(city: str) -> str:
        """Tells the weather of a city."""
        threads.append(threading.current_thread())
        return "sunny"

    session.ask("北京的天气怎么样？")
    assert threads == [threading.current_thread()]


@pytest.mark.slow
def test_pieces_are_asked_for_in_the_thread_that_waits(session: Session) -> None:
    """So an interrupt reaches a generator that blocks."""
    threads = []

    def microphone() -> Iterator[glm.Clip]:
        threads.append(threading.current_thread())
        yield glm.sample("hello_en")

    session.say(microphone(), speed=None)
    assert threads == [threading.current_thread()]


def test_errors_come_without_the_loops_frames(session: Session) -> None:
    """A refusal's traceback ends in this thread, not deep inside a socket."""
    with pytest.raises(Refused) as caught:
        glm.connect("emulator", api_key=glm.auth.Key.random())
    names = [frame.name for frame in caught.traceback]
    assert "open_wire" not in names
    assert caught.value.status == 401


def test_a_blocking_call_on_the_loop_thread_is_refused() -> None:
    """It would wait for itself for ever."""
    thread = loop_thread()

    async def nested() -> None:
        thread.carry(asyncio.sleep(0))

    with pytest.raises(BadState, match="loop thread"):
        thread.carry(nested())


@pytest.mark.slow
def test_an_interrupted_call_cancels_its_coroutine() -> None:
    """KeyboardInterrupt in the waiting thread, at whatever moment, runs the coroutine's cleanup
    before it goes on."""
    thread = LoopThread()
    for _ in range(100):
        cleaned = threading.Event()
        begun = threading.Event()
        with pytest.raises(KeyboardInterrupt):
            thread.carry(_cleaned_up(begun, cleaned))
        assert cleaned.is_set()


async def _cleaned_up(begun: threading.Event, cleaned: threading.Event) -> None:
    threading.Thread(target=_interrupt, args=(begun,), daemon=True).start()
    try:
        begun.set()
        await asyncio.sleep(DEADLINE)
    finally:
        await asyncio.sleep(0.002)
        cleaned.set()


def _interrupt(begun: threading.Event) -> None:
    begun.wait(DEADLINE)
    _thread.interrupt_main()


@pytest.mark.long
def test_no_bar_is_drawn_in_scripts() -> None:
    """A script's stderr stays empty; its stdout has only what it prints."""
    code = (
        "import glmkit as glm\n"
        "with glm.connect('emulator') as s: print(s.say(glm.Clip.tone(440, 2.5)).status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, timeout=DEADLINE, encoding="utf-8"
    )
    assert (done.stdout, done.stderr) == ("completed\n", "")


# -- in a real kernel ----------------------------------------------------------------------


class Kernel:
    """A real ipykernel that runs cells, and can be interrupted."""

    def __init__(self) -> None:
        from jupyter_client.manager import start_new_kernel

        self.manager, self.client = start_new_kernel(kernel_name="python3")

    def send(self, code: str) -> str:
        return str(self.client.execute(code, allow_stdin=False))

    def finish(self, cell: str) -> dict[str, Any]:
        """stdout, stderr and error of a cell, once it is over."""
        found: dict[str, Any] = {"stdout": "", "stderr": "", "shown": "", "error": None}
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            try:
                message = self.client.get_iopub_msg(timeout=1)
            except queue.Empty:
                continue
            if message["parent_header"].get("msg_id") != cell:
                continue
            content = message["content"]
            if message["msg_type"] == "stream":
                found[content["name"]] += content["text"]
            elif message["msg_type"] == "display_data":
                found["shown"] += str(content["data"])
            elif message["msg_type"] == "error":
                found["error"] = content["ename"]
            elif content.get("execution_state") == "idle":
                return found
        raise TimeoutError(found)

    def run(self, code: str) -> dict[str, Any]:
        return self.finish(self.send(code))

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture
def kernel() -> Iterator[Kernel]:
    running = Kernel()
    yield running
    running.close()


@pytest.mark.slow
def test_an_interrupted_cell_leaves_session_and_emulator_alive(kernel: Kernel) -> None:
    """The interrupt of a cell cancels its turn; the next say works, with the same emulator."""
    opened = kernel.run(
        "import glmkit as glm\n"
        "session = glm.connect('emulator')\n"
        "emulator = glm.emulator()\n"
        "print(emulator.pid)"
    )
    assert opened["error"] is None
    cell = kernel.send("session.say(glm.Clip.tone(440, 20))")
    time.sleep(1.5)  # the upload is under way: it lasts 20 s
    kernel.manager.interrupt_kernel()
    assert kernel.finish(cell)["error"] == "KeyboardInterrupt"
    again = kernel.run(
        "print(session.say(glm.sample('joke_zh'), speed=None).status, glm.emulator().pid)"
    )
    assert again["error"] is None
    assert again["stdout"].split() == ["completed", opened["stdout"].strip()]


@pytest.mark.slow
def test_await_works_in_a_cell(kernel: Kernel) -> None:
    """The asyncio face runs on the kernel's own loop."""
    done = kernel.run(
        "import glmkit as glm\n"
        "async with glm.aio.connect('emulator') as session:\n"
        "    turn = await session.say(glm.sample('joke_zh'), speed=None)\n"
        "print(turn.status)"
    )
    assert done == {"stdout": "completed\n", "stderr": "", "shown": "", "error": None}


@pytest.mark.long
def test_a_bar_is_drawn_in_a_notebook(kernel: Kernel) -> None:
    """Uploads of a second and more show how far they are, and short ones show nothing."""
    opened = kernel.run("import glmkit as glm; session = glm.connect('emulator')")
    assert opened["error"] is None
    for seconds, drawn in ((0.8, False), (1.2, True)):
        found = kernel.run(f"turn = session.say(glm.Clip.tone(440, {seconds}))")
        assert found["error"] is None
        assert ("sending" in found["stderr"] + found["shown"]) == drawn


def test_connect_speaks_of_itself() -> None:
    """Its help has the parameters of the core's, and an example and a result of its own."""
    words, core = inspect.getdoc(connect) or "", inspect.getdoc(aio.connect) or ""
    assert ">>> session = glm.connect()" in words
    assert "async" not in words
    assert core.split("\n\n")[1] in words
    own, theirs = inspect.signature(connect), inspect.signature(aio.connect)
    assert own.parameters == theirs.parameters
    assert (own.return_annotation, theirs.return_annotation) == ("Session", "Connecting")
