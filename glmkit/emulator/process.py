"""A child process on a lifeline: spawned, spoken to one JSON line at a time, surely ended.

Rules
- stdin carries our commands and is the lifeline; stdout carries the address, then answers, and
  is drained by a thread for as long as the child lives; stderr is a log file.
- Every wait has a deadline, and every failure shows the end of that log.
- The child never imports from the folder the notebook is in: a learner's ``random.py`` must not
  become the standard library's. Nor does it work there, for that folder may be deleted (oneMKL ends
  a process without one): it works in the folder of its log.
- No key reaches it that is not meant for it.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from pathlib import Path
from typing import Any

from glmkit.auth.child_environment import absolute, is_key, python_path
from glmkit.emulator.options import KEY_FILE_VARIABLE, KEY_VARIABLE, Options
from glmkit.environment.forks import Birthplace
from glmkit.errors import BadArgument, ConnectFailed, Disconnected, ServiceError
from glmkit.texts import text

READY_SECONDS = 15.0
ANSWER_SECONDS = 10.0
END_SECONDS = 2.0
TAIL_LINES = 12
_PATHS = ("GLMKIT_CACHE", "GLMKIT_MODELS", KEY_FILE_VARIABLE)  # of what the child reads
_LOGIN = re.compile(r"//[^/\s]*:[^/\s]*@")  # in an address
_WINDOWS_FLAGS = 0x0000_0200 | 0x0800_0000  # CREATE_NEW_PROCESS_GROUP | CREATE_NO_WINDOW


class Process:
    """The child process, its pipes and its log."""

    def __init__(self, child: subprocess.Popen[bytes], log: Path) -> None:
        self._child, self._log_path = child, log
        self._parent = Birthplace("launch.forked", self._let_pipes_go)
        self._write = threading.Lock()
        self._numbers = itertools.count(1)
        self._waiting: dict[int, Future[Any]] = {}
        self._first: Future[str] = Future()
        self._drain = threading.Thread(target=self._read, name="emulator-pipe", daemon=True)
        self._drain.start()

    @classmethod
    def spawn(cls, order: Options) -> Process:
        """Starts ``python -m glmkit.emulator --lifeline`` and hands it ``order`` over the pipe."""
        descriptor, name = tempfile.mkstemp(prefix="glmkit-emulator-", suffix=".log")
        try:
            child = subprocess.Popen(  # bytes on every pipe: what crosses them is ASCII JSON
                [sys.executable, "-P", "-X", "utf8", "-m", "glmkit.emulator", "--lifeline"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=descriptor,
                bufsize=0,
                env=_environment(order),
                cwd=Path(name).parent,
                start_new_session=sys.platform != "win32",
                creationflags=_WINDOWS_FLAGS if sys.platform == "win32" else 0,
            )
        finally:
            os.close(descriptor)
        process = cls(child, Path(name))
        with contextlib.suppress(OSError):  # it ended already: first_line() says why
            process._send(order.to_json())
        return process

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._child.pid

    @property
    def running(self) -> bool:
        """Whether it lives; in a forked worker it does not count as ours."""
        return self._parent.here and self._child.poll() is None

    def first_line(self, timeout: float) -> str:
        """The first line it prints: its address. Raises ConnectFailed where it comes too late."""
        try:
            return str(_result(self._first, timeout))
        except FutureTimeout:
            late = text("launch.late", seconds=f"{timeout:g}", tail=self.tail())
            raise ConnectFailed(late, peer="emulator") from None

    def ask(self, do: str, **arguments: Any) -> Any:
        """Sends a command and waits for its answer; safe from any thread."""
        self._parent.check()
        if not self.running:
            raise Disconnected(self.last_words(), peer="emulator")
        number, answer = next(self._numbers), Future[Any]()
        self._waiting[number] = answer
        try:
            self._send({"id": number, "do": do, **arguments})
            return _result(answer, ANSWER_SECONDS)
        except FutureTimeout:
            late = text("launch.no_answer", do=do, seconds=f"{ANSWER_SECONDS:g}", tail=self.tail())
            raise ServiceError(late, peer="emulator") from None
        except OSError:
            raise Disconnected(self.last_words(), peer="emulator") from None
        finally:
            self._waiting.pop(number, None)

    def let_go(self) -> None:
        """Closes the lifeline: the child stops by itself."""
        if self._parent.here and self._child.stdin is not None:
            with contextlib.suppress(OSError):
                self._child.stdin.close()

    def close(self) -> None:
        """Ends it: the lifeline first, force after 2 s. Does nothing in a forked worker."""
        if not self._parent.here:
            return
        self.let_go()
        try:
            self._child.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait(END_SECONDS)
        self._drain.join(END_SECONDS)
        with contextlib.suppress(OSError):  # Windows: a virus scanner may hold it open
            self._log_path.unlink(missing_ok=True)

    def _let_pipes_go(self) -> None:
        """In a forked worker: closes our copies of the pipes and leaves the child alone."""
        self._child.returncode = 0  # so that nobody waits for, or warns about, a stranger's child
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                pipe.close()

    def tail(self) -> str:
        """The last lines of its log."""
        try:
            lines = self._log_path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            lines = []
        return "\n".join(lines[-TAIL_LINES:]) or text("launch.empty_log")

    def why_ended(self, within: float) -> str | None:
        """``last_words`` if it ends ``within`` so many seconds; None if it lives on."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(within)
        return None if self.running else self.last_words()

    def last_words(self) -> str:
        """Why it ended, as far as that can be known: status or signal, and its log's end."""
        if not self._parent.here:
            return text("launch.forked")
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(END_SECONDS)
        status = _status(self._child.returncode)
        perhaps = text("launch.killed") if status == "SIGKILL" else ""
        return text("launch.died", status=status, perhaps=perhaps, tail=self.tail())

    def _send(self, command: dict[str, Any]) -> None:
        line = json.dumps(command).encode("ascii") + b"\n"
        pipe = self._child.stdin
        with self._write:
            if pipe is None or pipe.closed:
                raise BrokenPipeError
            view = memoryview(line)
            while view:  # an unbuffered pipe may take a part
                view = view[pipe.write(view) :]

    def _read(self) -> None:
        """Runs in its thread until the pipe's end; nothing printed can block the child."""
        pipe = self._child.stdout
        assert isinstance(pipe, io.RawIOBase)
        with contextlib.suppress(OSError, ValueError), io.BufferedReader(pipe) as lines:
            for line in lines:
                self._take(line.decode("utf-8", "replace").strip())
        self._ended()

    def _take(self, line: str) -> None:
        if not self._first.done():
            self._first.set_result(line)
            return
        try:
            answer = json.loads(line)
            waiting = self._waiting.pop(answer["id"])
        except (ValueError, TypeError, KeyError):
            return  # a line nobody waits for
        if "error" in answer:
            kind = BadArgument if answer.get("yours") else ServiceError
            waiting.set_exception(kind(answer["error"]))
        else:
            waiting.set_result(answer.get("result"))

    def _ended(self) -> None:
        gone = Disconnected(self.last_words(), peer="emulator")
        if not self._first.done():
            self._first.set_exception(gone)
        while self._waiting:
            with contextlib.suppress(KeyError):
                self._waiting.popitem()[1].set_exception(gone)


def _result(future: Future[Any], timeout: float) -> Any:
    """Waits in short steps: on Windows a long wait cannot be interrupted."""
    deadline = time.monotonic() + timeout
    while True:
        left = deadline - time.monotonic()
        try:
            return future.result(min(0.1, max(left, 0.0)))
        except FutureTimeout:
            if future.done() or left <= 0:
                raise


def _status(code: int | None) -> str:
    if code is not None and code < 0:
        try:
            return signal.Signals(-code).name
        except ValueError:
            return str(code)
    return str(code)


def _environment(order: Options) -> dict[str, str]:
    """Ours without its keys, its paths as they lead from the child's folder."""
    alone = order.dialogue == "rules"  # it asks no endpoint: no key, no proxy of a name
    meant = () if alone else (KEY_VARIABLE, KEY_FILE_VARIABLE)
    found = {
        name: value
        for name, value in os.environ.items()
        if name in meant or not (is_key(name, value) or (alone and _LOGIN.search(value)))
    }
    found |= {name: absolute(found[name]) for name in _PATHS if found.get(name)}
    return found | {"PYTHONPATH": python_path()}
