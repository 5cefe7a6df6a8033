"""What a person starts from the pack: ten lines of ASCII for each system, and one script behind.

The starters look for a Python the pack has wheels for, take the one the pack brings where there is
none, and hand everything on to ``setup/``. On Windows each has a Chinese and an ASCII name: FAT32
and exFAT keep both, and an old unzip at least the second.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from glmkit.environment import PACKAGE
from glmkit.texts import text_in

#: The file names on Windows, by what they do.
BATS: Final = {"install": ("安装.bat", "install.bat"), "open": ("打开课程.bat", "open.bat")}
SHELLS: Final = {"install": "install.sh", "open": "open-course.sh"}
NO_PYTHON: Final = "no-python.txt"
#: What ``setup/`` is made of, besides ``cli/seat/``.
_CARRIED: Final = (
    *("process_values.py", "texts/__init__.py", "texts/seat.py"),
    *("texts/layout/__init__.py", "texts/layout/lines.py", "texts/layout/text_width.py"),
)
_EMPTY: Final = ("__init__.py", "cli/__init__.py")

_BAT: Final = r"""@echo off
chcp 65001 >nul
setlocal
set "PACK=%~dp0"
set "PY="
for %%V in ({pythons}) do if not defined PY py -%%V -c "" >nul 2>nul && set "PY=py -%%V"
if not defined PY if exist "%PACK%python\take.bat" call "%PACK%python\take.bat"
if not defined PY set "PY=python"
%PY% -B -X utf8 "%PACK%setup" {do} %*
if errorlevel 9009 type "%PACK%setup\no-python.txt"
if "%~1"=="" pause
"""
_SH: Final = """#!/bin/sh
PACK=$(cd "$(dirname "$0")" && pwd) || exit 1
PY=
for V in {pythons}; do
  [ -z "$PY" ] && command -v "python$V" >/dev/null 2>&1 && PY=python$V
done
[ -z "$PY" ] && [ -f "$PACK/python/take.sh" ] && . "$PACK/python/take.sh"
[ -z "$PY" ] && PY=python3
command -v "$PY" >/dev/null 2>&1 || {{ cat "$PACK/setup/no-python.txt"; exit 1; }}
exec "$PY" -B -X utf8 "$PACK/setup" {do} "$@"
"""


def write_starters(pack: Path, pythons: Sequence[str]) -> None:
    """Write the starters, newest Python first, and ``setup/`` with what they run."""
    newest = sorted(pythons, key=lambda version: int(version.partition(".")[2]), reverse=True)
    words = " ".join(newest)
    for do, names in BATS.items():
        for name in names:
            content = _BAT.replace("{pythons}", words).replace("{do}", do)
            (pack / name).write_text(content, encoding="ascii", newline="\r\n")
    for do, name in SHELLS.items():
        path = pack / name
        path.write_text(_SH.format(pythons=words, do=do), encoding="ascii", newline="\n")
        path.chmod(0o755)
    _write_setup(pack / "setup", newest)


def _write_setup(setup: Path, pythons: Sequence[str]) -> None:
    shutil.rmtree(setup, ignore_errors=True)
    inside = setup / "glmkit"
    shutil.copytree(
        PACKAGE / "cli" / "seat", inside / "cli" / "seat", ignore=shutil.ignore_patterns("__*__")
    )
    shutil.copyfile(PACKAGE / "cli" / "seat" / "__init__.py", inside / "cli/seat/__init__.py")
    shutil.copyfile(PACKAGE / "cli" / "seat" / "__main__.py", setup / "__main__.py")
    (inside / "texts" / "layout").mkdir(parents=True)
    for name in _CARRIED:
        shutil.copyfile(PACKAGE / name, inside / name)
    for name in _EMPTY:
        (inside / name).write_text("", encoding="utf-8")
    said = [text_in(lang, "pack.no_python", pythons=", ".join(pythons)) for lang in ("en", "zh")]
    (setup / NO_PYTHON).write_text("\r\n".join([*said, ""]), encoding="utf-8", newline="")
