"""The emulator as a child of this process: start it, find it again, ask it, end it.

Rules
- One emulator a kernel: ``shared_emulator()`` gives the running one, and says why if it had to
  start another. ``Emulator.start(**switches)`` starts one more, with switches of its own.
- It lives until ``close()`` or until this process ends, however it ends: its stdin is a pipe
  that only we hold, and it stops at the pipe's end. A forked worker lets go of that pipe.
- It has its own session (process group on Windows), so interrupting a cell leaves it alone.
- The key is random, crosses the pipe and is never an argument.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypedDict, Unpack

from glmkit.auth.child_environment import absolute
from glmkit.auth.credentials import Key
from glmkit.auth.masking import Secret
from glmkit.emulator import faults
from glmkit.emulator.options import Options, check_number
from glmkit.emulator.process import READY_SECONDS, Process
from glmkit.emulator.switches import EmulatorSwitches
from glmkit.errors import BadArgument, Closed, GlmError, ServiceError, warn
from glmkit.process_values import ProcessValue
from glmkit.texts import text

if TYPE_CHECKING:
    from typing import Self

    from glmkit.protocol.script import Script

DYING_SECONDS: Final = 0.5  # between the end of a connection and that of its process


class Emulator:
    """A local server that runs and stands in for the service.

    ``url`` and ``key`` lead to it; ``log()``, ``check()``, ``faults``, ``reset()``, ``close()``.

    >>> with Emulator.start(heartbeat=1.0) as emulator:
    ...     session = glm.connect(to=emulator.url, api_key=emulator.key)
    """

    def __init__(self, process: Process, *, url: str, key: Key, switches: str = "") -> None:
        self._process, self._url, self._key = process, url, key
        self.switches = switches
        """What it was started with that is not as usual, in words: ``"pace=0, faults=cut"``."""
        self._closed = False
        self.faults = FaultControl(self)

    @classmethod
    def start(
        cls,
        *,
        script: str | os.PathLike[str] | Script | None = None,
        timeout: float = READY_SECONDS,
        **switches: Unpack[EmulatorSwitches],
    ) -> Emulator:
        """Starts one more emulator; switches are those of ``glmkit emulator``.

        ``steady=True`` is for experiments: every answer begins ``wait`` seconds (1.6) after the
        zero point of ``turn.latency``, and up to ``jitter`` more (0), drawn evenly from ``seed``
        (1), whether it is in stock or synthesised, recognised or looked up; words and transcripts
        have moments of their own. What wasn't ready by then comes late, and the log and the
        lab's rows say by how much. Nothing is kept from one session to the next: same seed, same
        inputs, same run, but for what the clock on the wall answers.

        ``script`` is what it answers from before the kit's own scripts: a YAML file, or a Script
        (``scripts=[…]`` for several). Raises BadFile, with line and key, for one that is none.
        Raises BadArgument for an unknown switch or value, Disconnected if it ends at once and
        ConnectFailed if its address has not come within ``timeout`` seconds.
        """
        given: dict[str, Any] = {**switches}
        given |= {name: _hidden(given[name]) for name in ("key", "keys") if name in given}
        if script is not None:
            from glmkit.protocol.script_file import packed

            given["scripts"] = (packed(script), *given.get("scripts", ()))
        check_number("timeout", timeout, 0, 86_400)
        options = options_from(given)
        key = options.all_keys[0] if options.all_keys else Key.random()
        process = Process.spawn(replace(options, key=key, replay=absolute(options.replay)))
        try:
            url = process.first_line(timeout)
        except BaseException:
            process.close()
            raise
        emulator = cls(process, url=url, key=Key.parse(key), switches=options.in_words)
        with _started.lock:
            _started.value.add(emulator)
        return emulator

    @property
    def plays(self) -> bool:
        """Whether it plays a recording instead of answering."""
        return "replay=" in self.switches

    @property
    def url(self) -> str:
        """Its address, ``ws://127.0.0.1:PORT/api/paas/v4/realtime``."""
        return self._url

    @property
    def key(self) -> Key:
        """The key it accepts; masked wherever it is shown."""
        return self._key

    @property
    def running(self) -> bool:
        """Whether its process lives."""
        return not self._closed and self._process.running

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    def log(self) -> list[dict[str, Any]]:
        """What crossed the wire and what was decided, oldest first."""
        answer: list[dict[str, Any]] = self.ask("log")
        return answer

    def check(self) -> list[str]:
        """What clients gave that nothing read, a sentence a field: unknown, or without effect.

        The service, too, takes unknown fields without an error (documented samples carry such),
        and so does the emulator: a session.update in OpenAI's shape changes nothing. Sentences
        begin with the event and the field: ``session.update: session.audio.output.voice …``.

        Raises ServiceError for the emulator's own errors, Disconnected if its process ended.
        """
        problems = [str(problem) for problem in self.ask("problems")]
        if problems:
            listed = "\n".join(f"- {problem}" for problem in problems)
            raise ServiceError(
                text("launch.problems", count=len(problems), problems=listed), peer="emulator"
            )
        return [_ignored(**each) for each in self.ask("ignored")]

    @contextmanager
    def answering_from(self, script: str | os.PathLike[str] | Script) -> Iterator[Key]:
        """A key of its own: who connects with it is answered from ``script`` before all else.

        ``script`` is a YAML file or a Script; at the end of the ``with`` the key is let in no
        more. Others are answered as before, and no emulator has to be started. Raises BadFile,
        with line and key, for what is no script; BadArgument for an emulator that reads none.

        >>> with emulator.answering_from("desk.yaml") as key:
        ...     session = glm.connect(emulator.url, api_key=key)
        """
        from glmkit.protocol.script_file import packed

        key = Key.random()
        self.ask("let_in", key=key.reveal(), script=packed(script))
        try:
            yield key
        finally:
            with suppress(GlmError):  # it ended meanwhile
                self.ask("shut_out", key_id=key.id)

    def reset(self) -> None:
        """Empties the log and sets the faults it began with; its sessions go on."""
        self.ask("reset")

    def ask(self, do: str, **arguments: Any) -> Any:
        """Sends one command over the control channel and gives its answer."""
        if self._closed:
            raise Closed(text("launch.closed"))
        return self._process.ask(do, **arguments)

    def close(self) -> None:
        """Ends the process, within 2 s; closing twice is fine."""
        self._closed = True
        with _started.lock:
            _started.value.discard(self)
        self._process.close()

    def why_ended(self) -> str | None:
        """Why it ended, with the end of its log; None while it runs. May take half a second."""
        return text("launch.closed") if self._closed else self._process.why_ended(DYING_SECONDS)

    def let_go(self) -> None:
        """Let it end by itself, as soon as it likes; ``close`` waits for that."""
        self._process.let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        state = text("launch.running" if self.running else "launch.ended")
        return f"<Emulator {self._url} {state}>"


class FaultSettings(TypedDict, total=False):
    """When a fault strikes; see ``FaultControl.set``."""

    after: int
    times: int | None


class FaultControl:
    """What goes wrong on purpose: ``set(name, …)``, ``clear()``, ``active()``; shown, a list."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    def set(
        self, fault: str, value: float | str | None = None, **settings: Unpack[FaultSettings]
    ) -> None:
        """Makes the emulator misbehave in one way from now on: ``set("cut", after=2, times=1)``.

        ``after``: pieces of sound it waits for; ``times``: how often it strikes. Raises
        BadArgument for an unknown fault, and for a setting that it does not have.
        """
        made = faults.Faults().set(fault, value=value, **settings)  # as the pipe can carry it
        self._emulator.ask("fault", fault=fault, settings=made)

    def clear(self, fault: str | None = None) -> None:
        """Ends one fault, or all of them."""
        faults.Faults().clear(fault)
        self._emulator.ask("clear_faults", fault=fault)

    def active(self) -> dict[str, Any]:
        """The faults set now, with their settings."""
        answer: dict[str, Any] = self._emulator.ask("faults")
        return answer

    def __repr__(self) -> str:
        """Every fault, its settings and what it does; those that are set are marked."""
        try:
            active = self.active()
        except GlmError:  # it has ended: what there was to set can be read all the same
            active = {}
        return faults.listing(self._emulator.url, active)


def shared_emulator() -> Emulator:
    """The emulator of this kernel: the running one, else a new one.

    Warns (GlmWarning) with the reason when the one before had ended by itself.
    """
    with _shared.lock:
        before = _shared.value
        if before is not None and before.running:
            return before
        _shared.value = now = Emulator.start()
        if before is not None and not before._closed:
            reason = before._process.last_words()
            before.close()
            warn(text("launch.restarted", reason=reason))
        return now


def emulator_at(url: str) -> Emulator | None:
    """The emulator that this process started at an address; None where it started none."""
    with _started.lock:
        return next((each for each in _started.value if each.url == url), None)


def answers_known(ids: Sequence[str], *, switches: str) -> dict[str, dict[str, Any]]:
    """How answers came about, by response id, as the emulators of this process have it logged.

    ``switches``: those of the emulator that gave them. What no running one knows is left out.
    ``answered``: stock, ready, synthesised, text or ""; ``understood``: how what was asked became
    known (recognised, known sample, typed …); of a steady one ``wait`` and ``late`` in seconds.
    """
    with _started.lock:
        alike = [each for each in _started.value if each.switches == switches and each.running]
    found: dict[str, dict[str, Any]] = {}
    for emulator in alike if ids else ():
        with suppress(GlmError):  # it ended meanwhile
            found |= emulator.ask("answers", ids=list(ids))
        if len(found) == len(ids):
            break
    return found


def emulator_playing(path: Path, *, speed: float = 1.0) -> Emulator:
    """A running emulator that plays this recording; the same one for the same file and speed.

    Raises BadFile, BadArgument.
    """
    from glmkit.emulator.replay import ReplayScript

    path = path.resolve()
    ReplayScript.load(str(path))  # what is wrong with it is said here, not in the log of a child
    mark = path.stat()
    name = (path, mark.st_mtime_ns, mark.st_size, speed)
    running = _playing.value.get(name)
    if running is None or not running.running:
        _playing.value[name] = running = Emulator.start(replay=str(path), replay_speed=speed)
    return running


def options_from(switches: dict[str, Any]) -> Options:
    """The options these switches make; a misspelt one is answered with the list."""
    known = Options.names()
    if unknown := sorted(set(switches) - set(known)):
        raise BadArgument(
            text("launch.unknown_switch", names=", ".join(unknown), known=", ".join(known))
        )
    return Options(**switches)


def _ignored(event: str, field: str, instead: str) -> str:
    if not instead:
        return text("launch.ignored", event=event, field=field)
    return text("launch.ignored_instead", event=event, field=field, instead=instead)


def _hidden(given: Any) -> Any:
    """A key, or several, where no display shows them; what can be none stays, to be refused."""
    if isinstance(given, list | tuple | set | frozenset):
        return [_hidden(each) for each in given]
    return Secret.of(given) if given is None or isinstance(given, str | bytes) else given


_shared: ProcessValue[Emulator | None] = ProcessValue(lambda: None, until="fork")
_playing: ProcessValue[dict[tuple[Any, ...], Emulator]] = ProcessValue(dict, until="fork")
_started: ProcessValue[set[Emulator]] = ProcessValue(set, until="fork")  # and not closed


def _close_all() -> None:
    """At exit: all pipes are closed first, so that all end at the same time."""
    for emulator in _started.value:
        emulator.let_go()
    for emulator in list(_started.value):
        emulator.close()


atexit.register(_close_all)
