"""The install at a seat, step by step: nothing is fetched, and nothing but HOME is written to.

Rules
- Every file it will use is checked against the manifest before anything is written.
- The environment is made without ``ensurepip``, which some systems leave out: the pack's own pip
  runs from its wheel. Nothing is ever activated.
- Finished is what says so in ``seat.json``; whatever else lies there is begun anew.
"""

from __future__ import annotations

import shutil
import sys
import time
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Final

from glmkit.cli.seat import manifest, places
from glmkit.cli.seat.child import run_logged
from glmkit.cli.seat.contents import PackContents, WheelSet, contents_of, set_for_this_python
from glmkit.cli.seat.halted import Halted
from glmkit.cli.seat.home_starters import write_home_starters
from glmkit.cli.seat.journal import Journal
from glmkit.texts import text
from glmkit.texts.layout.lines import shown_on

STEPS: Final = 7
_SPARE: Final = 200_000_000  # bytes beyond what the wheels unpack to: caches, a person's own work
_PIP_SECONDS: Final = 3600.0
_STEP_SECONDS: Final = 600.0
#: pip from its own wheel, as ensurepip runs it.
_PIP: Final = """
import runpy, sys
sys.path.insert(0, sys.argv.pop(1))
runpy.run_module("pip", run_name="__main__", alter_sys=True)
"""


class Installation:
    """One install from ``pack`` into ``home``, told to ``journal``."""

    def __init__(self, pack: Path, home: Path, journal: Journal) -> None:
        self._pack, self._home, self._journal = pack, home, journal
        self._python = places.python_of(home)

    def run(self) -> None:
        """All of it. Raises Halted where it cannot go on."""
        contents, wheels = self._pack_fits()
        self._files_are_whole(wheels)
        self._there_is_room(contents, wheels)
        self._make_environment()
        self._install(wheels)
        self._bring_voices(contents)
        tried = self._try()
        write_home_starters(self._home)
        size = _size_of(self._home)
        about = {"kit": contents.kit, "python": wheels.python, "wheels": wheels.identity}
        about |= {"tried": "yes" if tried else ""}
        about |= {"seconds": f"{self._journal.seconds:.0f}", "bytes": str(size)}
        places.finish(self._home, **about)
        minutes, size_mb = f"{self._journal.seconds / 60:.1f}", f"{size / 1e6:.0f}"
        self._journal.say(text("seat.done", minutes=minutes, size=size_mb, folder=self._home))

    def _pack_fits(self) -> tuple[PackContents, WheelSet]:
        self._journal.step(text("seat.step_pack", folder=self._pack))
        contents = contents_of(self._pack)
        wheels = set_for_this_python(contents)
        places.check_length(self._home, wheels.longest)
        self._journal.say(
            text("seat.fits", kit=contents.kit, python=wheels.python, count=len(wheels.wheels))
        )
        return contents, wheels

    def _files_are_whole(self, wheels: WheelSet) -> None:
        self._journal.step(text("seat.step_files"))
        wrong = manifest.damaged(
            self._pack, lambda name: _is_used(name, wheels), self._journal.count
        )
        if wrong:
            raise Halted(text("seat.damaged", files="\n".join(wrong)))

    def _there_is_room(self, contents: PackContents, wheels: WheelSet) -> None:
        self._journal.step(text("seat.step_room", folder=self._home))
        needed = wheels.unpacked + contents.voices + _SPARE
        free = shutil.disk_usage(_existing(self._home)).free
        if (self._home / "env").exists():  # begun anew: what is there makes room
            free += _size_of(self._home / "env")
        sizes = {"needed": f"{needed / 1e6:.0f}", "free": f"{free / 1e6:.0f}"}
        if free < needed:
            raise Halted(text("seat.full", folder=self._home, **sizes))
        self._journal.say(text("seat.room", **sizes))

    def _make_environment(self) -> None:
        self._journal.step(text("seat.step_environment", folder=self._home / "env"))
        try:
            (self._home / places.DONE).unlink(missing_ok=True)
            links = sys.platform != "win32"
            venv.EnvBuilder(clear=True, symlinks=links, with_pip=False).create(self._home / "env")
        except (OSError, ValueError) as error:  # the latter where a path has a colon in it
            raise Halted(text("seat.no_environment", folder=self._home, found=error)) from None

    def _install(self, wheels: WheelSet) -> None:
        total = len(wheels.wheels)
        self._journal.step(text("seat.step_install", count=total))
        wanted = self._home / "env" / "wanted.txt"
        lines = [f"{_requirement(name)}\n" for name in sorted(wheels.wheels)]
        wanted.write_text("".join(lines), encoding="utf-8")
        [pip] = [name for name in wheels.wheels if name.startswith("pip-")]
        shelf = self._pack / "wheels"
        options: list[str | Path] = [
            "--isolated",
            "install",
            "--no-index",
            "--no-deps",
            "--find-links",
            shelf,
        ]
        options += ["--no-compile", "--no-input", "--no-warn-script-location", "--no-cache-dir"]
        options += ["--disable-pip-version-check", "--progress-bar", "off", "-r", wanted]
        done = 0

        def seen(line: str) -> None:
            nonlocal done
            done += line.startswith(("Processing ", "Looking in"))
            self._journal.count(min(done, total), total)

        self._run("-I", "-c", _PIP, shelf / pip, *options, seconds=_PIP_SECONDS, seen=seen)

    def _bring_voices(self, contents: PackContents) -> None:
        self._journal.step(text("seat.step_voices"))
        if not contents.voices:
            self._journal.say(text("seat.no_voices"))
            return
        cache = str(self._home / "env" / "share" / "glmkit")
        words = ("-m", "glmkit", "voices", "install", "--offline", "--from", self._pack / "voices")
        self._run(*words, seconds=_STEP_SECONDS, GLMKIT_CACHE=cache)

    def _try(self) -> bool:
        """Whether a turn can be had; all is installed, so that a slow machine is no failure."""
        self._journal.step(text("seat.step_try"))
        words = ("-m", "glmkit", "talk", "joke_zh", "--unpaced", "--to", "emulator")
        try:
            self._run(*words, seconds=_STEP_SECONDS, GLMKIT_TO="emulator", GLMKIT_OFFLINE="1")
        except Halted as halted:
            self._journal.say(f"{halted}\n{text('seat.not_tried')}")
            return False
        return True

    def _run(
        self,
        *words: str | Path,
        seconds: float,
        seen: Callable[[str], object] = lambda line: None,
        **variables: str,
    ) -> None:
        run_logged(
            self._journal,
            [self._python, "-X", "utf8", *words],
            seconds=seconds,
            cwd=self._home,
            environment=places.clean_environment(**variables),
            seen=seen,
        )


def install(pack: Path, *, home: str, again: bool = False) -> int:
    """Install at this seat; the exit status. What cannot go on is said, and where the log is."""
    contents = contents_of(pack)
    folder = places.home_for(home, contents.home)
    if not again and _is_there(folder, contents):
        sys.stdout.write(shown_on(sys.stdout, text("seat.already", folder=folder)) + "\n")
        return 0
    with Journal(folder, STEPS) as journal:
        journal.detail(f"pack {pack}  kit {contents.kit}  {time.strftime('%Z')}")
        try:
            Installation(pack, folder, journal).run()
        except Halted as halted:
            journal.say(str(halted))
            journal.photograph()
            return 1
        journal.photograph()
    return 0


def _is_there(folder: Path, contents: PackContents) -> bool:
    """Whether just these wheels were installed there, whatever Python starts this."""
    known = [each.identity for each in contents.sets if not each.lacks]
    return places.is_installed(folder) and places.finished(folder).get("wheels") in known


def _is_used(name: str, wheels: WheelSet) -> bool:
    """Whether this seat uses a file of the pack: not other systems' wheels, nor a Python."""
    folder, _, rest = name.partition("/")
    return rest in wheels.wheels if folder == "wheels" else folder in ("setup", "voices")


def _requirement(wheel: str) -> str:
    """``name==version`` of a wheel's name."""
    name, version = wheel.split("-")[:2]
    return f"{name}=={version}"


def _existing(folder: Path) -> Path:
    """The nearest folder there is: the drive that would hold it. Raises Halted for a drive."""
    for place in (folder, *folder.parents):
        if place.exists():
            return place
    raise Halted(text("seat.no_drive", folder=folder))


def _size_of(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
