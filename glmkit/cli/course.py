"""``glmkit notebooks``: the course copied to where a person works; what they changed stays theirs.

Rules
- A file is theirs when it is neither what was copied last time, which ``RECORD`` beside it says by
  its SHA-256, nor what would be copied now. All others are renewed.
- A newer edition of what is theirs goes beside it, under a name that says which; once.
- Both editions lie as in the kit, the Chinese one in ``zh/``, so that their links lead somewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from glmkit.cli.console import make_folder, write_file
from glmkit.environment import CLONE, PACKAGE
from glmkit.environment.system_refusals import why_refused
from glmkit.environment.versions import version_of
from glmkit.errors import BadArgument, BadFile, Missing
from glmkit.texts import Language, language, text

COURSE: Final = "glmkit-course"
FIRST: Final = "01_first_conversation.ipynb"
START: Final = "00_start_here.ipynb"
RECORD: Final = ".glmkit-course.json"
_FOLDERS: Final = (CLONE / "notebooks", PACKAGE / "notebooks")
_ZH: Final = "zh"


@dataclass(slots=True)
class CourseCopy:
    """What a copy did: files that are new, were renewed, are theirs, and what went beside those."""

    folder: Path
    new: list[Path] = field(default_factory=list)
    renewed: list[Path] = field(default_factory=list)
    theirs: list[Path] = field(default_factory=list)
    beside: list[tuple[Path, Path]] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """What a person reads of it."""
        if not (self.new or self.renewed or self.beside):
            yield text("course.nothing_new", folder=self.folder)
        if self.new:
            yield text("course.copied", count=len(self.new), folder=self.folder)
        if self.renewed:
            yield text("course.renewed", count=len(self.renewed))
        if self.theirs:
            yield text("course.theirs", count=len(self.theirs))
        for theirs, newer in self.beside:
            yield text("course.beside", theirs=theirs, newer=newer.name)


def course_folder() -> Path:
    """The folder of the kit's notebooks, both editions: a clone's, or an installed kit's."""
    for folder in _FOLDERS:
        if (folder / FIRST).is_file():
            return folder
    raise Missing(text("cli.no_notebooks", folder=_FOLDERS[0]))


def in_clone() -> bool:
    """Whether the notebooks are those of a clone, where people change them on purpose."""
    return course_folder() == _FOLDERS[0]


def edition(folder: Path, lang: Language | None = None) -> Path:
    """The part of a course's folder in the reader's language; the other one where that is not."""
    own, other = (folder / _ZH, folder) if (lang or language()) == "zh" else (folder, folder / _ZH)
    return own if (own / START).is_file() or not (other / START).is_file() else other


def notebooks() -> Path:
    """The folder of the kit's notebooks in the reader's language."""
    return edition(course_folder())


def copy_course(
    folder: Path, *, languages: Collection[Language] = ("en", "zh"), source: Path | None = None
) -> CourseCopy:
    """Copy the course into ``folder``; see the rules above. Raises BadArgument, BadFile.

    ``source``: another folder with notebooks than the kit's own.
    """
    source = source or course_folder()
    _check(folder, source)
    make_folder(folder)
    done, known = CourseCopy(folder), _known(folder)
    for name in _names(source, languages):
        _copy_one(source / name, name, known, done)
    record = {"version": version_of("glmkit"), "files": known}
    write_file(folder / RECORD, f"{json.dumps(record, indent=1)}\n".encode())
    return done


def _check(folder: Path, source: Path) -> None:
    here, theirs = folder.resolve(), source.resolve()
    if here == theirs or theirs in here.parents:
        raise BadArgument(text("course.onto_itself", folder=folder))


def _names(source: Path, languages: Collection[Language]) -> list[str]:
    """The files of these editions as paths in ``source``, with ``/``."""
    every = sorted(path.relative_to(source) for path in source.rglob("*") if path.is_file())
    seen = [path for path in every if not any(part[0] in "._" for part in path.parts)]
    wanted = [path for path in seen if ("zh" if path.parts[0] == _ZH else "en") in languages]
    return [path.as_posix() for path in wanted]


def _copy_one(source: Path, name: str, known: dict[str, str], done: CourseCopy) -> None:
    content, place = source.read_bytes(), done.folder / name
    newest, before = _digest(content), known.get(name)
    known[name] = newest
    here = _digest_of(place)
    if here == newest:
        return
    if here is None or here == before:
        make_folder(place.parent)
        write_file(place, content)
        (done.new if here is None else done.renewed).append(place)
    else:
        done.theirs.append(place)
        if before != newest:
            _put_beside(place, content, done)


def _put_beside(place: Path, content: bytes, done: CourseCopy) -> None:
    """A newer edition of what is theirs, under the first name that nothing else has."""
    version, number = version_of("glmkit"), 1
    while True:
        more = "" if number == 1 else f"-{number}"
        newer = place.with_name(f"{place.stem}.edition-{version}{more}{place.suffix}")
        if _digest_of(newer) in (None, _digest(content)):
            break
        number += 1
    write_file(newer, content)
    done.beside.append((place, newer))


def _known(folder: Path) -> dict[str, str]:
    """What was copied last time; nothing where nobody can say: then all that differs is theirs."""
    try:
        files = json.loads((folder / RECORD).read_text(encoding="utf-8"))["files"]
        return {str(name): str(digest) for name, digest in files.items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def _digest_of(path: Path) -> str | None:
    """The SHA-256 of what is there; None where nothing is."""
    try:
        return _digest(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:  # a folder of that name, or one that may not be read
        found = why_refused(error)
        raise BadFile(text("course.in_the_way", path=path, found=found)) from None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
