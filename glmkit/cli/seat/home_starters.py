"""What opens the course from a seat's own folder, when the stick is gone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

_BAT: Final = r"""@echo off
chcp 65001 >nul
"%~dp0env\Scripts\python.exe" -X utf8 -m glmkit notebooks "%~dp0course" %*
if errorlevel 1 pause
"""
_SH: Final = """#!/bin/sh
HOME_OF_KIT=$(cd "$(dirname "$0")" && pwd) || exit 1
exec "$HOME_OF_KIT/env/bin/python" -X utf8 -m glmkit notebooks "$HOME_OF_KIT/course" "$@"
"""


def write_home_starters(home: Path) -> None:
    """``open-course.bat`` on Windows, ``open-course.sh`` elsewhere."""
    if sys.platform == "win32":
        (home / "open-course.bat").write_text(_BAT, encoding="ascii", newline="\r\n")
        return
    path = home / "open-course.sh"
    path.write_text(_SH, encoding="ascii", newline="\n")
    path.chmod(0o755)
