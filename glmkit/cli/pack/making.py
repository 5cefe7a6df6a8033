"""``glmkit pack DIR``: the pack made, or what it lacks added; its lines, as they come true.

Rules
- What is there and whole stays; ``pack.json`` is written after each set, ``SHA256SUMS`` last: a
  pack without it was not finished, and a seat says so.
- One command at a time makes a pack (``taken_pack``).
- What cannot be had is named and written down; the rest is made, and the exit status says 1.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final

from glmkit.cli.console import make_folder, writing
from glmkit.cli.course import copy_course, course_folder
from glmkit.cli.pack.kit_wheel import constraints, make_kit_wheel, requirements_of
from glmkit.cli.pack.python_files import BroughtPython, bring
from glmkit.cli.pack.sheet import write_sheet
from glmkit.cli.pack.starters import write_starters
from glmkit.cli.pack.taken_pack import taken
from glmkit.cli.pack.targets import Target
from glmkit.cli.pack.trial import tried
from glmkit.cli.pack.wheel_sets import SHELF, WheelShelf
from glmkit.cli.seat import contents, manifest
from glmkit.cli.seat.contents import PackContents, WheelSet
from glmkit.emulator.weights import models
from glmkit.environment import CLONE
from glmkit.environment.versions import version_of
from glmkit.environment.whole_files import moved_into_place
from glmkit.errors import BadArgument, BadFile, Missing, TooMuch
from glmkit.texts import text

#: What a clone may have built that belongs into a room, too; the first one is missed, and said so.
SITE: Final = "build/site"
EXTRAS: Final = (SITE, "plans")
_SET_BYTES: Final = 340_000_000  # of wheels, at the most, for one Python on one system
_VOICES: Final = "voices"


@dataclass(frozen=True, slots=True)
class PackWishes:
    """What a pack is to hold: Pythons on systems, voices, a Python, and folders besides.

    ``home``: where seats install to, "" for the person's own folder. ``trial``: whether it is
    installed once, which takes the minutes a seat takes; in ``trial_home``, where that is given, it
    stays.
    """

    targets: Sequence[Target]
    pythons: Sequence[BroughtPython] = ()
    voices: bool = True
    extras: Sequence[Path] = field(default_factory=tuple)
    home: str = ""
    trial: bool = True
    trial_home: Path | None = None


class PackMaking:
    """A pack being made in ``folder``: ``lines()`` makes it, ``whole`` says how it ended."""

    def __init__(self, folder: Path, wishes: PackWishes) -> None:
        self._folder, self._wishes = folder, wishes
        self._contents = PackContents(kit=version_of("glmkit"), made="", home=wishes.home)

    @property
    def whole(self) -> bool:
        """Whether nothing is lacking."""
        return self._contents.whole

    def lines(self) -> Iterator[str]:
        """Make it. Raises BadArgument, BadFile, Missing, TooMuch."""
        self._check()
        with taken(self._folder), writing(self._folder, "pack.no_room"):
            (self._folder / manifest.FILE).unlink(missing_ok=True)  # it is not finished
            yield from self._bring_wheels()
            yield from self._bring_voices()
            yield from self._bring_the_rest()
            yield from self._finish()

    def _check(self) -> None:
        """The folder, and room in it."""
        folder = self._folder
        make_folder(folder)
        strange = [path.name for path in folder.iterdir() if path.name[:1] != "."]
        if strange and not (folder / contents.FILE).is_file():
            raise BadArgument(text("pack.not_empty", folder=folder, found=strange[0]))
        needed = 0 if strange else len(self._wishes.targets) * _SET_BYTES
        if (free := shutil.disk_usage(folder).free) < needed:
            sizes = {"free": models.megabytes(free), "needed": models.megabytes(needed)}
            raise TooMuch(text("pack.full", folder=folder, **sizes))

    def _bring_wheels(self) -> Iterator[str]:
        kit = make_kit_wheel(self._folder / SHELF)
        yield text("pack.kit", name=kit.name)
        shelf = WheelShelf(
            self._folder, kit=kit, asked=requirements_of(kit), constraints=constraints()
        )
        known = self._known(shelf.fingerprint)
        self._keep(asked=shelf.fingerprint, sets=())
        for target in self._wishes.targets:
            before = known.get((target.system, target.machine, target.python))
            there = before is not None and shelf.holds(before)
            if not there:
                yield text("pack.fetching", target=target)
            made = shelf.with_kit(before) if before and there else shelf.fetched(target)
            self._keep(sets=(*self._contents.sets, made))
            yield _line_of(target, made, there)
        shelf.sweep(self._contents.sets)

    def _known(self, fingerprint: str) -> dict[tuple[str, str, str], WheelSet]:
        """The sets of a pack that is here already, where they were asked for the same."""
        try:
            content = (self._folder / contents.FILE).read_text(encoding="utf-8")
            before = PackContents.from_json(content)
        except (OSError, ValueError, TypeError, LookupError):
            return {}
        same = before.asked == fingerprint
        return {(s.system, s.machine, s.python): s for s in before.sets} if same else {}

    def _bring_voices(self) -> Iterator[str]:
        folder = self._folder / _VOICES
        if not self._wishes.voices:
            shutil.rmtree(folder, ignore_errors=True)
            return
        try:
            for name in models.MODELS:
                if not models.known_by_hash(name, folder / name):
                    models.install(name)
                    models.export(folder, name)
                if not models.known_by_hash(name, folder / name):
                    raise Missing(text("pack.unknown_voices", name=name))
        except (Missing, TooMuch) as error:
            lack = str(error).partition("\n")[0]
            self._keep(voices_lack=lack)
            yield text("pack.no_voices", found=lack)
            return
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        self._keep(voices=size)
        yield text("pack.voices", size=models.megabytes(size))

    def _bring_the_rest(self) -> Iterator[str]:
        """The course, what was built besides, a Python, the starters."""
        shutil.rmtree(self._folder / "notebooks", ignore_errors=True)
        copy_course(self._folder / "notebooks", source=course_folder())
        extras = self._extras()
        for source in extras:
            target = self._folder / source.name
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target, ignore=shutil.ignore_patterns(".*", "__pycache__"))
            yield text("pack.extra", folder=source)
        if CLONE / SITE not in extras:
            yield text("pack.no_site")
        bring(self._folder, list(self._wishes.pythons), self._wishes.home)
        for each in self._wishes.pythons:
            yield text("pack.python", line=each.line)
        self._keep(
            extras=tuple(source.name for source in extras),
            brought=tuple(each.line for each in self._wishes.pythons),
        )
        versions = dict.fromkeys(each.python for each in self._contents.sets if not each.lacks)
        write_starters(self._folder, list(versions) or ["3.11"])

    def _extras(self) -> list[Path]:
        built = [CLONE / name for name in EXTRAS]
        return [*self._wishes.extras, *(path for path in built if (path / "index.html").is_file())]

    def _finish(self) -> Iterator[str]:
        self._keep(made=time.strftime("%Y-%m-%d"))
        write_sheet(self._folder, self._contents)
        manifest.write_manifest(self._folder)
        if self._wishes.trial:
            yield from self._try()
        size = sum(path.stat().st_size for path in self._folder.rglob("*") if path.is_file())
        key = "pack.done" if self.whole else "pack.incomplete"
        yield text(key, folder=self._folder, size=models.megabytes(size))

    def _try(self) -> Iterator[str]:
        """Install from it, and write down what that took; the sheet says so."""
        mine = contents.set_here(self._contents)
        if mine is None:
            yield text("pack.not_tried")
            return
        yield text("pack.trying")
        self._keep(tried=tried(self._folder, self._wishes.trial_home))
        write_sheet(self._folder, self._contents)
        manifest.write_manifest(self._folder)
        measured = self._contents.tried
        assert measured is not None
        minutes = f"{measured.seconds / 60:.1f}"
        yield text("pack.tried", minutes=minutes, size=models.megabytes(measured.bytes))

    def _keep(self, **changes: object) -> None:
        """What is true from now on, written down at once."""
        self._contents = replace(self._contents, **changes)  # type: ignore[arg-type]
        with moved_into_place(self._folder / contents.FILE) as beside:
            beside.write_text(self._contents.to_json(), encoding="utf-8", newline="\n")


def existing_folders(given: Sequence[Path]) -> list[Path]:
    """The folders to bring besides. Raises BadFile for what is none."""
    for path in given:
        if not path.is_dir():
            raise BadFile(text("pack.no_folder", path=path))
    return [path.resolve() for path in given]


def home_for_seats(named: str) -> str:
    """Where seats are to install to, as a starter can have it in quotes. Raises BadArgument."""
    whole = PureWindowsPath(named).is_absolute() or PurePosixPath(named).is_absolute()
    if named and (not whole or set(named) & set('"%$`!\n\r')):
        raise BadArgument(text("pack.bad_home", found=named))
    return named


def _line_of(target: Target, made: WheelSet, there: bool) -> str:
    if made.lacks:
        return text("pack.set_lacks", target=target, found=made.lacks)
    size, count = models.megabytes(made.bytes), len(made.wheels)
    key = "pack.set_there" if there else "pack.set"
    return text(key, target=target, count=count, size=size)
