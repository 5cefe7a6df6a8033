"""``answer_all``: many recordings, each said to a session of its own; a row for each."""

from __future__ import annotations

import glob
import itertools
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from glmkit.environment.features import needs
from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadArgument, BadAudio, BadFile
from glmkit.lab import account_places
from glmkit.lab import tries as tries_of
from glmkit.lab.opened_task import opened
from glmkit.lab.runs import sweep
from glmkit.lab.sweep_plan import check_counts
from glmkit.media.clip import Clip
from glmkit.media.libsndfile import soundfile
from glmkit.media.source import existing_path, path_of
from glmkit.numeric import is_number
from glmkit.recordings.bundle import load
from glmkit.session.budget import Budget, price, told_price
from glmkit.session.host import host
from glmkit.texts import text

if TYPE_CHECKING:
    from pandas import DataFrame

    from glmkit.session.blocking.blocking_session import Session
    from glmkit.turns.turn import Turn

BUNDLE: Final = ".glm"
_SOUND: Final = frozenset({".wav", ".mp3", ".flac", ".ogg", ".oga", ".opus", ".aif", ".aiff"})
_TURN: Final = "#"  # before the number of a turn: talk.glm#2
Where = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


def answer_all(
    recordings: Where,
    *,
    connect: Mapping[str, Any] | None = None,
    speed: float | None = 1.0,
    at_once: int = account_places.LIMIT,
    executor: Executor | None = None,
    account_limit: int | None = account_places.LIMIT,
    tries: int = tries_of.MOST,
    budget: Budget | None = None,
    minutes: float | None = None,
    out: str | os.PathLike[str] | None = None,
    save: str | os.PathLike[str] | None = None,
    progress: bool | None = None,
) -> DataFrame:
    """Say every recording to a session of its own; a row each.

    ``recordings``: a folder, a pattern (``"calls/*.wav"``), a file, or a list of files: sound, or
    ``.glm``, of which each spoken turn is said anew. A session each, for in one they would share,
    they would be one conversation. ``connect``: its settings. ``speed``: of saying, None: unpaced.
    ``save``: a folder for a bundle of each session. The rest is as for ``sweep``, whose table it
    gives, with the column ``recording``; a file that cannot be read is a row with its error. How
    much sound there is and what it may cost is said first. Raises BadArgument, BadFile, Missing.
    """
    needs("tables")
    check_counts(at_once=at_once, tries=tries)
    if speed is not None and not (is_number(speed) and speed > 0):
        raise BadArgument(text("session.speed", found=speed))
    folder, names = _found(recordings)
    kept = None if save is None else path_of(save)
    names = [name for name in names if kept is None or not _is_below(folder / name, kept)]
    if not names:
        raise BadArgument(text("lab.no_recordings", where=folder))
    settings = {} if connect is None else connect
    opened(AnsweredFile(folder, speed, kept), settings)  # says what is wrong with them first
    if kept is not None:
        _make(kept)
    host.get().notice(_foretold(folder, names, settings.get("model"), speed, at_once))
    return sweep(
        AnsweredFile(folder, speed, kept),
        grid={"recording": names},
        warm_up=0,
        connect=settings,
        at_once=at_once,
        executor=executor,
        account_limit=account_limit,
        tries=tries,
        budget=budget,
        minutes=minutes,
        out=out,
        progress=progress,
    )


@dataclass(frozen=True, slots=True)
class AnsweredFile:
    """The task: say a recording of ``folder``, and keep the session in the folder ``save``."""

    folder: Path
    speed: float | None
    save: Path | None

    @property
    def conditions(self) -> dict[str, Any]:
        """What of it would make other rows."""
        return {"speed": self.speed}

    def __call__(self, session: Session, recording: str) -> Turn:
        clip = _sound_of(self.folder, recording)
        try:
            return session.say(clip, speed=self.speed)
        finally:
            if self.save is not None:
                path = self.save / f"{recording}{BUNDLE}"
                path.parent.mkdir(parents=True, exist_ok=True)
                session.save(path)


# -- which recordings ----------------------------------------------------------------------


def _found(recordings: Where) -> tuple[Path, list[str]]:
    """A folder, and what is said in it, by names below it. Raises BadArgument, BadFile."""
    if isinstance(recordings, str | os.PathLike):
        folder, files = _below(os.fspath(recordings))
    elif isinstance(recordings, Iterable) and not isinstance(recordings, bytes | Mapping):
        folder, files = Path(), [path_of(each) for each in recordings]
    else:
        raise BadArgument(text("lab.recordings", found=type(recordings).__name__))
    listed = [_name(file, folder) for file in dict.fromkeys(files)]
    return folder, [each for name in listed for each in _turns_of(folder, name)]


def _below(given: str) -> tuple[Path, list[Path]]:
    if glob.has_magic(given) and not Path(given).exists():
        return _matching(Path(given))
    path = existing_path(given)
    if not path.exists():
        raise BadFile(text("lab.no_recordings", where=path))
    if not path.is_dir():
        return path.parent, [path]
    kinds = {*_SOUND, BUNDLE}
    return path, sorted(each for each in path.rglob("*") if each.suffix.lower() in kinds)


def _matching(pattern: Path) -> tuple[Path, list[Path]]:
    """The folder before the first wildcard, and the files that match. Raises BadArgument."""
    fixed = list(itertools.takewhile(lambda part: not glob.has_magic(part), pattern.parts))
    folder = Path(*fixed)
    try:
        found = sorted(folder.glob("/".join(pattern.parts[len(fixed) :])))
    except (ValueError, NotImplementedError) as error:
        raise BadArgument(text("lab.pattern", found=pattern, why=error)) from None
    return folder, [file for file in found if file.is_file()]


def _name(file: Path, folder: Path) -> str:
    return (file.relative_to(folder) if file.is_relative_to(folder) else file).as_posix()


def _turns_of(folder: Path, name: str) -> list[str]:
    """A file of sound is one; of a bundle, each turn that has sound."""
    if not name.lower().endswith(BUNDLE):
        return [name]
    with suppress(BadFile):
        turns = load(folder / name).turns()
        return [f"{name}{_TURN}{n}" for n, turn in enumerate(turns, 1) if turn.input is not None]
    return [name]  # which will be a row with its error


def _is_below(file: Path, folder: Path) -> bool:
    return file.resolve().is_relative_to(folder.resolve())


def _sound_of(folder: Path, name: str) -> Clip:
    file, mark, number = name.rpartition(_TURN)
    if mark and file.lower().endswith(BUNDLE) and number.isdecimal():
        turns = load(folder / file).turns()
        sound = turns[int(number) - 1].input if int(number) <= len(turns) else None
        if sound is not None:
            return sound
    if name.lower().endswith(BUNDLE):
        load(folder / name)  # says what is wrong with it
        raise BadAudio(text("lab.no_sound", name=name))
    return Clip.read(folder / name)


# -- what it will take ---------------------------------------------------------------------


def _foretold(
    folder: Path, names: list[str], model: object, speed: float | None, at_once: int
) -> str:
    """How much sound there is, and what it costs if answers are as long as what was said."""
    seconds = sum(_seconds(folder / name) for name in names)
    lasting = seconds * (1 / speed if speed else 0) + seconds
    model = str(model or "glm-realtime-flash")
    told = text(
        "lab.answer_foretold",
        count=len(names),
        sound=seconds / 60,
        yuan=2 * seconds / 60 * price(model),
        minutes=lasting / max(1, at_once) / 60,
    )
    return told_price(told, model)


def _seconds(file: Path) -> float:
    """By what the file says of itself; 0 where it says nothing."""
    with suppress(OSError, RuntimeError), soundfile.SoundFile(file) as sound:
        return float(sound.frames / sound.samplerate)
    return 0.0


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadFile(
            text("recordings.not_written", path=folder, why=why_refused(error))
        ) from error
