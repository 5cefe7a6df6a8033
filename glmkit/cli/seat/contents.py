"""What is in a pack: ``pack.json``, written by ``glmkit pack`` and read at every seat.

::

    pack.json      what is in it       install.sh, install.bat    start setup/ with some Python
    SHA256SUMS     of every file       setup/                     what installs
    wheels/        for every system    notebooks/                 the course, to look at
    voices/        the models          python/                    where the teacher brought one
"""

from __future__ import annotations

import hashlib
import json
import platform
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from glmkit.cli.seat.halted import Halted
from glmkit.texts import text

FILE: Final = "pack.json"
FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class WheelSet:
    """All wheels for one Python on one system, each with its SHA-256.

    ``bytes`` as wheels, ``unpacked`` in place, ``longest`` the letters of the longest path below
    site-packages. ``lacks``: why there is none; "" where the set is whole.
    """

    system: str
    machine: str
    python: str
    wheels: Mapping[str, str] = field(default_factory=dict)
    bytes: int = 0
    unpacked: int = 0
    longest: int = 0
    lacks: str = ""

    @property
    def identity(self) -> str:
        """What two sets share that are the same, wheel by wheel."""
        return hashlib.sha256(json.dumps(sorted(self.wheels.items())).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class MeasuredInstall:
    """An install from the pack that was tried: where, how long it took (s), and bytes in place."""

    system: str
    python: str
    cores: int
    seconds: float
    bytes: int
    date: str


@dataclass(frozen=True, slots=True)
class PackContents:
    """``asked``: a digest of what the sets were asked for. ``home``: where seats install to.

    ``voices``: bytes of the models; ``voices_lack``: why there are none.
    """

    kit: str
    made: str
    asked: str = ""
    home: str = ""
    sets: tuple[WheelSet, ...] = ()
    voices: int = 0
    voices_lack: str = ""
    brought: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    tried: MeasuredInstall | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing that was asked for is lacking."""
        return not self.voices_lack and not any(each.lacks for each in self.sets)

    def to_json(self) -> str:
        """The file's content."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, content: str) -> PackContents:
        """The inverse. Raises ValueError, TypeError or LookupError for what is none."""
        found: dict[str, Any] = json.loads(content)
        if found["format"] != FORMAT:
            raise ValueError(found["format"])
        known = {each.name: found[each.name] for each in fields(cls)}
        tried = known.pop("tried")
        sets = tuple(WheelSet(**each) for each in known.pop("sets"))
        brought, extras = tuple(known.pop("brought")), tuple(known.pop("extras"))
        measured = MeasuredInstall(**tried) if tried else None
        return cls(sets=sets, tried=measured, brought=brought, extras=extras, **known)


def contents_of(pack: Path) -> PackContents:
    """What is in the pack in a folder. Raises Halted where it is none, or was not finished."""
    try:
        return PackContents.from_json((pack / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError, LookupError) as error:
        raise Halted(text("seat.no_pack", folder=pack, found=error)) from None


def set_for_this_python(contents: PackContents) -> WheelSet:
    """The wheels for the Python that runs this. Raises Halted where the pack has none."""
    if (mine := set_here(contents)) is not None:
        if mine.lacks:
            raise Halted(text("seat.set_incomplete", found=mine.lacks))
        return mine
    here = sys.platform, machine_here()
    fitting = [each for each in contents.sets if (each.system, each.machine) == here]
    has = ", ".join(f"Python {each.python}" for each in fitting if not each.lacks)
    found = f"Python {_python()}, {here[0]} {here[1]}"
    raise Halted(text("seat.no_set", found=found, has=has or text("seat.nothing")))


def set_here(contents: PackContents) -> WheelSet | None:
    """The set for the Python that runs this, whole or not; None where there is none."""
    here = sys.platform, machine_here(), _python()
    found = {(each.system, each.machine, each.python): each for each in contents.sets}
    return found.get(here)


def _python() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def machine_here() -> str:
    """The machine this Python was made for: on Windows on Arm it may be another's."""
    if sys.platform == "win32":
        made_for = sysconfig.get_platform()  # win-amd64, win-arm64, or win32 for 32 bits
        return "AMD64" if made_for == "win-amd64" else made_for
    return platform.machine()
