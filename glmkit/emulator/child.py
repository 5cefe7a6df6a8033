"""The emulator's side of the lifeline: stops when its parent is gone, obeys it until then.

Rules
- Only with ``--lifeline``. The first line on stdin is the order (the options, the key among
  them), each later line a command ``{"id": 1, "do": "log"}``; the first line on stdout is the
  address, each later one an answer ``{"id": 1, "result": …}`` or ``{"id": 1, "error": "…"}``.
- A daemon thread reads stdin. Its end is the parent's end: the server is closed, and 1.5 s
  later the process is gone whatever else is going on in it.
- The two pipes are moved away from descriptors 0 and 1, so that a library that prints does not
  spoil the channel (it prints into the log) and none of our own children holds the lifeline.
"""

from __future__ import annotations

import asyncio
import io
import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING, Any, BinaryIO

from glmkit.auth.credentials import Key
from glmkit.errors import BadArgument, GlmError
from glmkit.texts import text
from glmkit.texts.layout.lines import shown_on

if TYPE_CHECKING:
    from glmkit.emulator.options import Options
    from glmkit.emulator.server.running import RunningServer

_logger = logging.getLogger(__name__)
LAST_SECONDS = 1.5
COMMAND_SECONDS = 8.0


class Lifeline:
    """The two pipes to the parent."""

    def __init__(self, commands: BinaryIO, answers: io.RawIOBase | BinaryIO) -> None:
        self._commands, self._answers = commands, answers

    @classmethod
    def take(cls) -> Lifeline:
        """Takes over stdin and stdout; what is printed from now on goes to stderr, the log."""
        commands, answers = os.dup(0), os.dup(1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)
        return cls(os.fdopen(commands, "rb"), os.fdopen(answers, "wb", buffering=0))

    def order(self) -> dict[str, Any] | None:
        """The first line: the options to start with; None when the parent is already gone."""
        line = self._commands.readline()
        order: dict[str, Any] | None = json.loads(line) if line.strip() else None
        return order

    def say(self, line: str) -> None:
        """Writes one line to the parent."""
        self._answers.write(line.encode("ascii") + b"\n")

    def follow(
        self, loop: asyncio.AbstractEventLoop, running: RunningServer, end: asyncio.Event
    ) -> None:
        """Obeys commands in a thread of its own, and sets ``end`` at the pipe's end."""

        def read() -> None:
            try:
                for line in self._commands:
                    self.say(json.dumps(_obey(line, loop, running), default=str))
            except OSError:
                pass  # the parent is gone in the middle of an answer: the same as its end
            finally:  # whatever ended this thread, nothing would watch the parent any more
                die_soon()
                loop.call_soon_threadsafe(end.set)

        threading.Thread(target=read, name="lifeline", daemon=True).start()


def serve_parent() -> int:
    """Obeys the parent at the other end of stdin and stdout; the process's exit status."""
    return exit_status(_serve_parent)


def exit_status(work: Callable[[], int]) -> int:
    """The exit status of ``work``; what it was wrongly asked for is one sentence on stderr."""
    try:
        return work()
    except BadArgument as error:
        return _fail(error, 2)
    except (GlmError, OSError) as error:
        return _fail(error, 1)


def log_to_stderr(level: int) -> None:
    """Sends what is logged at ``level`` or above to stderr."""
    logging.basicConfig(
        level=level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    # at DEBUG it logs headers and queries, and with them keys and tokens
    logging.getLogger("websockets").setLevel(logging.INFO)


def _fail(error: Exception, status: int) -> int:
    sys.stderr.write(shown_on(sys.stderr, f"glmkit: {error}") + "\n")
    return status


def _serve_parent() -> int:
    lifeline = Lifeline.take()
    log_to_stderr(logging.INFO)
    order = lifeline.order()
    if order is None:
        return 0
    from glmkit.emulator.options import Options

    return run(Options.from_json(order), lifeline)


def run(order: Options, lifeline: Lifeline) -> int:
    """Serves until the parent is gone or says so; the process's exit status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupted cell is not for us
    return asyncio.run(_serve(order, lifeline))


async def _serve(order: Options, lifeline: Lifeline) -> int:
    from glmkit.emulator.server.running import serve

    running = await serve(order)
    end = asyncio.Event()
    loop = asyncio.get_running_loop()
    signal.signal(signal.SIGTERM, lambda *_: loop.call_soon_threadsafe(end.set))
    lifeline.follow(loop, running, end)
    lifeline.say(running.url)
    await end.wait()
    await running.close()
    return 0


def die_soon() -> None:
    """Ends the process after 1.5 s, also when something in it never returns."""
    timer = threading.Timer(LAST_SECONDS, os._exit, (0,))
    timer.daemon = True
    timer.start()


def _obey(line: bytes, loop: asyncio.AbstractEventLoop, running: RunningServer) -> dict[str, Any]:
    """The answer to one command; a mistake in it is an answer too."""
    try:
        command = json.loads(line)
        number, do = command.pop("id"), command.pop("do")
    except (ValueError, KeyError, AttributeError):
        return {"id": None, "error": text("launch.unknown_command", do=line)}
    done = asyncio.run_coroutine_threadsafe(_do(running, do, command), loop)
    try:
        error = done.exception(COMMAND_SECONDS)
    except (TimeoutError, CancelledError):
        return {"id": number, "error": text("launch.stuck", seconds=f"{COMMAND_SECONDS:g}")}
    if error is None:
        return {"id": number, "result": done.result()}
    if not isinstance(error, GlmError):
        _logger.error("command %s failed", do, exc_info=error)
    yours = isinstance(error, BadArgument)
    return {"id": number, "error": str(error) or type(error).__name__, "yours": yours}


async def _do(running: RunningServer, do: str, arguments: dict[str, Any]) -> Any:
    """Runs a command on the event loop, where the server's state lives."""
    match do:
        case "log":
            return running.log()
        case "answers":
            return running.answers(arguments["ids"])
        case "problems":
            return running.problems()
        case "ignored":
            return running.ignored()
        case "reset":
            return running.reset()
        case "fault":
            return running.faults.set(arguments["fault"], **arguments["settings"])
        case "clear_faults":
            return running.faults.clear(arguments["fault"])
        case "faults":
            return running.faults.active()
        case "let_in":
            return running.let_in(Key.parse(arguments["key"]), arguments["script"])
        case "shut_out":
            return running.shut_out(arguments["key_id"])
    raise BadArgument(text("launch.unknown_command", do=do))
