"""``rehearse``: play scripts, once or many times, and say which lines did as was expected."""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from numbers import Integral
from typing import TYPE_CHECKING, Any, Final, TypeGuard, Unpack

from glmkit.auth.credentials import Key, Token
from glmkit.auth.masking import MaskedAddress, Secret
from glmkit.errors import BadArgument, warn
from glmkit.lab.played_script import PlayedScript
from glmkit.lab.rehearsal import Rehearsal
from glmkit.lab.rehearsed_lines import RehearsedLine
from glmkit.lab.rehearsed_peer import RehearsedPeer, tools_for
from glmkit.lab.rehearsed_scripts import FoundScript, found_scripts, ready_lines
from glmkit.lab.row_files import RowFile
from glmkit.lab.rows import Row, Run
from glmkit.lab.run_pool import Terms, done
from glmkit.lab.spending import Spending
from glmkit.media.source import path_of
from glmkit.numeric import is_number
from glmkit.protocol.settings import SettingsButTools
from glmkit.session.address import Link
from glmkit.session.argument_checks import check_seconds
from glmkit.session.blocking.background_loop import loop_thread
from glmkit.session.blocking.progress_bar import interactive, new_bar
from glmkit.session.budget import Budget, price, told_price
from glmkit.session.host import host
from glmkit.session.waits import Waits
from glmkit.texts import Language, text
from glmkit.turns.open_turn import Keep

if TYPE_CHECKING:
    from glmkit.lab.rehearsed_scripts import ScriptSource
    from glmkit.protocol.tools.tool import ToolSource

_MOST_RUNS: Final = 1_000
_MOST_AT_ONCE: Final = 50
_MODEL: Final = "glm-realtime-flash"
_ANSWER: Final = 8.0  # seconds an answer may take; the service's are longer than the emulator's


class RehearsedSettings(SettingsButTools, total=False):
    """What ``connect`` takes and ``rehearse`` does not take itself."""

    keep: Keep
    transcript_grace: float | None
    waits: Waits | None
    reconnect: int
    remember: bool
    replay_speed: float


def rehearse(
    script: ScriptSource | Sequence[ScriptSource],
    *,
    to: str | os.PathLike[str] | Link | None = None,
    api_key: Key | Token | Secret | str | None = None,
    runs: int = 1,
    at_least: int | None = None,
    pass_rate: float | None = None,
    at_once: int = 1,
    written: bool = False,
    speaker: str | None = None,
    speed: float | None = 1.0,
    timeout: float = 60,
    tools: ToolSource | Sequence[ToolSource] = (),
    budget: Budget | None = None,
    minutes: float | None = None,
    out: str | os.PathLike[str] | None = None,
    emulator: Mapping[str, Any] | None = None,
    lang: Language | None = None,
    progress: bool | None = None,
    **settings: Unpack[RehearsedSettings],
) -> Rehearsal:
    """Play a script line by line, and check each answer.

    ``script``: a YAML file's path, the name of one of the kit's (``glm.lab.scripts()``), a Script,
    or a list of them. ``to``, ``api_key`` and other ``settings`` as for ``connect``; where the
    emulator is meant, it answers from a script of one's own; with switches ``emulator`` one is
    started for it. ``runs``: how often, each time on a session of its own, ``at_once`` of
    them side by side; a line passes if it did in ``at_least`` runs (or in the share ``pass_rate``;
    None: in all). ``written``: words go in writing, and nothing is spoken or recognised (observed
    to be ignored by the service). ``speaker``: whose voice speaks the lines (None: that which is
    recognised best in their language); ``speed``: 1.0 is real time, None unpaced. ``timeout``:
    seconds a turn may take. ``tools``: Python functions that run in place of a script's outputs.
    ``budget``: over all of it; against the live service ¥5 unless given, and what it will take is
    said first. ``minutes``: of the clock, over all of it; what is not said then is a row that says
    so. ``out``: a JSONL file that each row is appended to as it comes. ``lang``: of the
    kit's scripts.

    Raises BadFile (with line and key), BadArgument, NoKey and Missing before anything is sent.
    Not tried on the live service.

    >>> glmkit.lab.rehearse("service_desk", runs=5).junit("service_desk.xml")
    """
    to, api_key = MaskedAddress.of(to), None if api_key is None else Secret.of(api_key)
    needed = _at_least(runs, at_least, pass_rate)
    _check(at_once=at_once, written=written, speed=speed, budget=budget, emulator=emulator)
    check_seconds("timeout", timeout)
    found = found_scripts(script, lang)
    peer = RehearsedPeer(to, api_key, emulator or {})
    limit = budget or (Budget() if peer.live else None)
    ledger = _Ledger(Spending(limit, minutes), _file(out))
    asked = settings if budget is None else {**settings, "budget": budget}
    manner = _Manner(written, speaker, speed, timeout, tools, asked)
    with ExitStack() as open_until:
        played = [manner.ready(each, peer, ledger, open_until) for each in found]
        if peer.live and limit is not None:
            model = str(settings.get("model", _MODEL))
            host.get().notice(_foretold(played, runs, model, limit))
        if minutes is not None:
            host.get().notice(ledger.spending.limits(runs * len(played)))
        ledger.spending.begin()  # speaking the lines is no part of it
        _play(played, runs, at_once, ledger, progress)
    order = {each.name: place for place, each in enumerate(found)}
    rows = sorted(ledger.rows, key=lambda row: (order[row.script], row.run, row.line))
    titles = {each.name: each.script.title for each in found}
    return Rehearsal(tuple(rows), runs, needed, titles, peer.seed, ledger.stopped)


@dataclass(frozen=True)
class _Manner:
    """How every script is played."""

    written: bool
    speaker: str | None
    speed: float | None
    timeout: float
    tools: ToolSource | Sequence[ToolSource]
    settings: Mapping[str, Any]

    def ready(
        self, found: FoundScript, peer: RehearsedPeer, ledger: _Ledger, open_until: ExitStack
    ) -> PlayedScript:
        """A script with its sound, its functions and whom it is played to."""
        tools = tools_for(found.script, self.tools)
        mine: dict[str, Any] = {"model": _MODEL, "tools": tools}
        mine |= {"instructions": found.instructions} if found.instructions else {}
        lines = ready_lines(found, written=self.written, voice=self.speaker)
        settings = {**mine, **self.settings, **peer.settings_for(found, open_until)}
        return PlayedScript(
            found, lines, settings, self.speed, self.timeout, ledger.spent, ledger.tell
        )


# -- what may be asked -----------------------------------------------------------------------


def _at_least(runs: object, at_least: object, pass_rate: object) -> int:
    """In how many runs a line must pass. Raises BadArgument."""
    if not _is_count(runs, _MOST_RUNS):
        raise BadArgument(text("rehearsal.count", name="runs", found=runs, most=_MOST_RUNS))
    if at_least is not None and pass_rate is not None:
        raise BadArgument(text("rehearsal.both"))
    if pass_rate is not None:
        if not (is_number(pass_rate) and 0 < pass_rate <= 1):
            raise BadArgument(text("rehearsal.rate", found=pass_rate))
        return max(1, math.ceil(pass_rate * runs - 1e-9))
    if at_least is None:
        return int(runs)
    if not _is_count(at_least, int(runs)):
        raise BadArgument(text("rehearsal.count", name="at_least", found=at_least, most=runs))
    return int(at_least)


def _is_count(found: object, most: int) -> TypeGuard[int]:
    return isinstance(found, Integral) and not isinstance(found, bool) and 1 <= int(found) <= most


def _check(
    *, at_once: object, written: object, speed: object, budget: object, emulator: object
) -> None:
    if not _is_count(at_once, _MOST_AT_ONCE):
        what = {"name": "at_once", "found": at_once, "most": _MOST_AT_ONCE}
        raise BadArgument(text("rehearsal.count", **what))
    if not isinstance(written, bool):
        raise BadArgument(text("session.choice", name="written", found=type(written).__name__))
    if speed is not None and not (is_number(speed) and 0 < speed <= 100):
        raise BadArgument(text("session.speed", found=speed))
    if budget is not None and not isinstance(budget, Budget):
        raise BadArgument(text("session.what", found=budget))
    if emulator is not None and not isinstance(emulator, Mapping):
        raise BadArgument(text("rehearsal.emulator", found=type(emulator).__name__))


def _file(out: str | os.PathLike[str] | None) -> RowFile:
    """Where rows go: lines only, since a table could not be appended to. Raises BadFile."""
    return RowFile() if out is None else RowFile(path_of(out))


# -- playing -------------------------------------------------------------------------------


@dataclass
class _Ledger:
    """The rows so far, from whichever thread, and what they cost; ``stopped``: why no more come."""

    spending: Spending
    out: RowFile
    rows: list[RehearsedLine] = field(default_factory=list)
    stopped: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def tell(self, row: RehearsedLine) -> None:
        """Keep a row, and count what it took."""
        with self.lock:
            self.rows.append(row)
            self.spending.add(row.to_row())
            self.out.append(row.to_row())

    def spent(self) -> str:
        """Why no more may be said, else empty."""
        with self.lock:
            self.stopped = self.stopped or self.spending.reached
            return self.stopped


def _play(
    played: Sequence[PlayedScript], runs: int, at_once: int, ledger: _Ledger, progress: bool | None
) -> None:
    """Play all scripts so many times. Raises what is the caller's to fix."""
    by_name = {each.found.name: each for each in played}
    every = [Run({"script": name, "run": run + 1}, run) for run in range(runs) for name in by_name]
    hidden = not (interactive() if progress is None else progress)
    shown = f"{{n_fmt}}/{{total_fmt}} {text('lab.unit_runs')}"
    try:
        with new_bar(len(every), text("rehearsal.playing"), shown, hidden=hidden) as bar:
            for _, ended in done(partial(_played, by_name), every, Terms(at_once=at_once, tries=1)):
                _raise_what_ended(ended)
                bar.update()
    except KeyboardInterrupt:
        ledger.stopped = text("rehearsal.interrupted", done=len(ledger.rows))
        warn(ledger.stopped)
    except BaseException:
        ledger.stopped = text("rehearsal.failed_run")  # others that still run say no more
        raise


def _played(by_name: Mapping[str, PlayedScript], script: str, run: int) -> dict[str, Any]:
    """One run; what it raises is handed on, to be raised where somebody waits."""
    try:
        loop_thread().carry(by_name[script].run(run))
    except Exception as error:  # noqa: BLE001 - raised again by _raise_what_ended
        return {"raised": error}
    return {"raised": None}


def _raise_what_ended(row: Row | BaseException) -> None:
    raised = row if isinstance(row, BaseException) else row.get("raised")
    if raised is not None:
        raise raised


def _foretold(played: Sequence[PlayedScript], runs: int, model: str, limit: Budget) -> str:
    """What the live service will take, in a sentence, before anything is sent."""
    yuan = sum(_minutes(each) * price(model, video=_is_seen(each)) for each in played)
    told = text(
        "rehearsal.foretold",
        runs=runs,
        lines=sum(len(each.lines) for each in played),
        minutes=runs * sum(map(_minutes, played)),
        yuan=runs * yuan,
        limit="∞" if limit.yuan is None else f"{limit.yuan:g}",
    )
    return told_price(told, model)


def _minutes(script: PlayedScript) -> float:
    """About how many minutes of sound it takes, both ways together."""
    sent = sum(ready.clip.seconds for ready in script.lines if ready.clip is not None)
    return (sent + _ANSWER * len(script.lines)) / 60


def _is_seen(script: PlayedScript) -> bool:
    return any(ready.frame is not None for ready in script.lines)
