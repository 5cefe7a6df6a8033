"""UTF-8 on streams and in names of files, also where the locale says otherwise.

In the C locale with its UTF-8 mode off, Python takes names for ASCII. It still opens such files,
for their bytes go through; but a library that is handed a path as text, to load its own shared
library from it, fails as soon as the kit lies in a folder like ``课程 资料``. A Python that runs
cannot change its mind: a command begins again in UTF-8 mode, and a kernel is told the cure.
"""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

from glmkit.texts import text


def speak_utf8() -> None:
    """UTF-8 on stdout and stderr: a redirected stream would use the local code page."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started this, or a program without a console
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - kept open
            setattr(sys, name, nowhere)
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def begin_again() -> None:
    """Run this very command anew in UTF-8 mode where names are misread; else do nothing.

    Arguments, stdin, exit status and signals stay what they are; children inherit the mode.
    """
    if not file_names_misread() or not sys.executable:
        return
    command = [sys.executable, "-X", "utf8", *sys.orig_argv[1:]]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    if sys.platform == "win32":  # its exec starts a second process and ends before that does
        environment.pop("PYTHONLEGACYWINDOWSFSENCODING", None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the second one
        raise SystemExit(subprocess.call(command, env=environment))  # noqa: S603 - this command
    os.execve(sys.executable, command, environment)  # noqa: S606 - this command


def file_names_misread() -> bool:
    """Whether Python takes the names it was given for something else than UTF-8."""
    if sys.getfilesystemencoding() == "utf-8" or "utf8" in sys._xoptions:
        return False
    try:
        for name in (sys.prefix, *sys.orig_argv):
            os.fsencode(name).decode("utf-8")
    except UnicodeDecodeError:
        return False  # names here really are in the locale's own code
    return True


def file_names_cure() -> str:
    """What to do where this process cannot begin again, a notebook's kernel for one."""
    return text("cli.misread", encoding=sys.getfilesystemencoding())
