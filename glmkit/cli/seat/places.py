"""Where a seat's things are: one folder, ``glmkit`` in the person's own, or on a drive that stays.

::

    HOME/env/          the environment, with the voices in env/share/glmkit/models
    HOME/course/       the notebooks, the person's own copy
    HOME/open-course.* opens them without the stick
    HOME/install.log   what the install did, and HOME/seat.json that it was finished
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from glmkit.cli.seat.halted import Halted
from glmkit.texts import text

DONE: Final = "seat.json"
_POINTER: Final = ".glmkit-seat"  # in the person's own folder: where it was installed otherwise
_LONGEST: Final = 259  # letters of a path on Windows, unless it was told otherwise


def home_for(asked: str, packed: str) -> Path:
    """Where to install: what was asked for, else what the pack says, else the person's folder."""
    named = asked or packed
    home = Path(named).expanduser() if named else Path.home() / "glmkit"
    if not home.is_absolute():
        raise Halted(text("seat.relative_home", found=named))
    return home


def installed_home(asked: str, packed: str) -> Path:
    """Where it was installed. Raises Halted where it was not."""
    places = [home_for(asked, packed)]
    if not asked:
        places += [Path(_pointed_to()), Path.home() / "glmkit"]
    for place in places:
        if place.is_absolute() and is_installed(place):
            return place
    raise Halted(text("seat.not_installed", folder=places[0]))


def python_of(home: Path) -> Path:
    """The environment's interpreter."""
    inside = ("Scripts", "python.exe") if sys.platform == "win32" else ("bin", "python")
    return home.joinpath("env", *inside)


def is_installed(home: Path) -> bool:
    """Whether an install there was finished."""
    return bool(finished(home)) and python_of(home).exists()


def finished(home: Path) -> dict[str, Any]:
    """What the finished install there wrote down; nothing where there is none."""
    try:
        found = json.loads((home / DONE).read_text(encoding="utf-8"))
        return found if isinstance(found, dict) else {}
    except (OSError, ValueError):
        return {}


def finish(home: Path, **about: Any) -> None:
    """Write down that the install there is finished, and where it is."""
    (home / DONE).write_text(json.dumps(about) + "\n", encoding="utf-8")
    with suppress(OSError):  # a folder that takes nothing: then the starter asks for --home
        (Path.home() / _POINTER).write_text(f"{home}\n", encoding="utf-8")


def check_length(home: Path, longest: int) -> None:
    """Raise Halted where Windows could not hold the longest path."""
    if sys.platform != "win32" or _long_paths():
        return
    letters = len(str(home / "env" / "Lib" / "site-packages")) + 1 + longest
    if letters > _LONGEST:
        raise Halted(text("seat.long_path", letters=letters, most=_LONGEST, home=home))


def _long_paths() -> bool:
    """Whether this Windows takes paths of any length."""
    if sys.platform != "win32":
        return True
    import winreg

    place = r"SYSTEM\CurrentControlSet\Control\FileSystem"
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
            return bool(winreg.QueryValueEx(key, "LongPathsEnabled")[0])
    except OSError:
        return False


def _pointed_to() -> str:
    try:
        return (Path.home() / _POINTER).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def clean_environment(**more: str) -> dict[str, str]:
    """This process's variables without those that lead pip and Python elsewhere."""
    led = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONSTARTUP")
    kept = {k: v for k, v in os.environ.items() if k not in led and not k.startswith("PIP_")}
    return {**kept, "PYTHONUTF8": "1", "PIP_CONFIG_FILE": os.devnull, **more}
