"""A Python that the pack brings for seats that have none: an installer, or a portable archive.

Rules
- Each file is known by its SHA-256: given with it (``FILE#sha256=…``), or computed and shown. The
  starter compares it before anything of the file is run.
- It goes into the person's own folder and needs no administrator: python.org's Windows installer
  can do that (documented), as can any archive that holds a whole Python with ``venv``.
- What cannot serve is refused by name: macOS packages want an administrator, and Windows'
  embeddable package has no ``venv``.
"""

from __future__ import annotations

import re
import shutil
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from glmkit.cli.seat.manifest import sha256_of
from glmkit.errors import BadFile
from glmkit.media.source import existing_path
from glmkit.texts import text

FOLDER: Final = "python"
_VERSION: Final = re.compile(r"3\.(\d{1,2})(?=\D|$)")
_NAME: Final = re.compile(r"[\w.+-]+", re.ASCII)  # what a .bat may have in quotes
_PYTHON: Final = re.compile(r"(?:^|/)(?:python\.exe|bin/python3?(?:\.\d+)?)$")
_BAT_HEAD: Final = r"""@echo off
set "TO={home}\python"
if exist "%TO%\{inside}" goto there
certutil -hashfile "%~dp0{file}" SHA256 | findstr /i "{sha256}" >nul
if errorlevel 1 echo {file}: SHA-256? & exit /b 1
mkdir "%TO%" 2>nul
{take}
:there
set PY="%TO%\{inside}"
"""
_BAT_EXE: Final = (
    r'start /wait "" "%~dp0{file}" /quiet InstallAllUsers=0 TargetDir="%TO%" PrependPath=0 '
    r"Include_launcher=0 Include_test=0 Shortcuts=0 AssociateFiles=0"
)
_BAT_TAR: Final = r'tar -xf "%~dp0{file}" -C "%TO%"'
_SH: Final = """TO="{home}/python"
if [ ! -x "$TO/{inside}" ]; then
  FOUND=$( (sha256sum "$PACK/python/{file}" || shasum -a 256 "$PACK/python/{file}") 2>/dev/null)
  case "$FOUND" in {sha256}*) ;; *) echo "{file}: SHA-256?"; exit 1 ;; esac
  mkdir -p "$TO" && tar -xf "$PACK/python/{file}" -C "$TO" || exit 1
fi
PY="$TO/{inside}"
"""


@dataclass(frozen=True, slots=True)
class BroughtPython:
    """A file with a Python in it: its hash, the system it is for, and where the interpreter is."""

    path: Path
    sha256: str
    version: str
    windows: bool
    inside: str

    @property
    def line(self) -> str:
        """What a person reads of it."""
        return f"{self.path.name}  Python {self.version}  SHA-256 {self.sha256}"


def brought_python(given: str) -> BroughtPython:
    """The Python in ``FILE`` or ``FILE#sha256=…``. Raises BadFile for what cannot serve."""
    name, _, expected = given.partition("#sha256=")
    path = existing_path(name)
    if not path.is_file():
        raise BadFile(text("pack.python_missing", path=path))
    found = sha256_of(path)
    if expected and found != expected.strip().lower():
        raise BadFile(text("pack.python_hash", path=path, found=found, expected=expected))
    if not _NAME.fullmatch(path.name):
        raise BadFile(text("pack.python_name", path=path))
    version = _VERSION.search(path.name)
    if version is None:
        raise BadFile(text("pack.python_version", path=path))
    inside, windows = _interpreter(path)
    return BroughtPython(path, found, f"3.{version[1]}", windows, inside)


def bring(pack: Path, brought: list[BroughtPython], home: str) -> None:
    """Copy them into the pack, with what the starters call to take them into use."""
    folder = pack / FOLDER
    if not brought:
        shutil.rmtree(folder, ignore_errors=True)
        return
    folder.mkdir(exist_ok=True)
    wanted = {each.path.name for each in brought} | {"take.bat", "take.sh"}
    for path in folder.iterdir():
        if path.name not in wanted:
            path.unlink()
    for each in brought:
        place = folder / each.path.name
        if not place.is_file() or sha256_of(place) != each.sha256:
            shutil.copyfile(each.path, place)
        _write_taking(folder, each, home)


def _write_taking(folder: Path, each: BroughtPython, home: str) -> None:
    if each.windows:
        take = _BAT_EXE if each.path.suffix.lower() == ".exe" else _BAT_TAR
        words = _BAT_HEAD.replace("{take}", take).replace("{home}", home or r"%USERPROFILE%\glmkit")
        inside = each.inside.replace("/", "\\")
        path, newline = folder / "take.bat", "\r\n"
    else:
        words, inside = _SH.replace("{home}", home or "$HOME/glmkit"), each.inside
        path, newline = folder / "take.sh", "\n"
    words = words.replace("{inside}", inside).replace("{file}", each.path.name)
    path.write_text(words.replace("{sha256}", each.sha256), encoding="utf-8", newline=newline)


def _interpreter(path: Path) -> tuple[str, bool]:
    """Where the interpreter is once the file was taken into use, and whether for Windows."""
    if path.suffix.lower() == ".exe":
        return "python.exe", True
    if path.suffix.lower() in (".pkg", ".dmg", ".msi"):
        raise BadFile(text("pack.python_administrator", path=path))
    names = _members(path)
    fitting = sorted(filter(_PYTHON.search, names), key=lambda name: (name.count("/"), len(name)))
    found = next(iter(fitting), "")
    if not found:
        raise BadFile(text("pack.python_none", path=path))
    if not any(PurePosixPath(name).match("venv/__init__.py") for name in names):
        raise BadFile(text("pack.python_no_venv", path=path))
    if not found.endswith(".exe") and zipfile.is_zipfile(path):
        raise BadFile(text("pack.python_zip", path=path))  # a zip keeps no rights to run
    return found, found.endswith(".exe")


def _members(path: Path) -> list[str]:
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as inside:
                return inside.namelist()
        with tarfile.open(path) as archive:
            return [each.name.removeprefix("./") for each in archive.getmembers()]
    except (OSError, tarfile.TarError, zipfile.BadZipFile, EOFError) as error:
        raise BadFile(text("pack.python_unreadable", path=path, found=error)) from None
