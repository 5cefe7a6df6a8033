"""Where this process runs: in a notebook, unattended, cut off from the network, in which encoding,
and whether it opened a thing itself or is the fork of a process that did. ``features``, beside it,
knows which packages are installed here, and what for.

Names of files are UTF-8, also where the locale says otherwise. In the C locale with its UTF-8
mode off, Python takes names for ASCII. It still opens such files, for their bytes go through; but
a library that is handed a path as text, to load its own shared library from it, fails as soon as
the kit lies in a folder like ``课程 资料``. A Python that runs cannot change its mind: a command
begins again in UTF-8 mode, and a kernel is told the cure.
"""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import weakref
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final, Literal

from glmkit.environment.loopback import is_loopback
from glmkit.errors import BadState
from glmkit.process_values import ProcessValue
from glmkit.texts import text

Where = Literal["here", "hub", "ssh", "colab"]

PACKAGE: Final = Path(__file__).resolve().parents[1]  # where the kit lies
CLONE: Final = PACKAGE.parent  # and around it what comes with it, where it is a clone
_NO = ("", "0", "no", "false")


def shell() -> Any:
    """IPython's shell if one runs here, else None."""
    ipython = sys.modules.get("IPython")  # never imported for the question
    return None if ipython is None else ipython.get_ipython()


def in_kernel() -> bool:
    """Whether a notebook's kernel runs this."""
    return getattr(shell(), "kernel", None) is not None


def nobody_types() -> bool:
    """Whether nobody is there to answer a question: a notebook run unattended, a script."""
    if in_kernel():
        # what runs a notebook unattended tells its kernel so
        return not getattr(shell().kernel, "_allow_stdin", True)
    return sys.stdin is None or not sys.stdin.isatty()


def version_of(package: str) -> str:
    """The version of a package as it was installed; ``?`` where it is not, or lies in a path."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"


def ipykernel_major() -> int:
    """The major version of the ipykernel that is installed; 0 if none is."""
    found = version_of("ipykernel")
    return 0 if found == "?" else int(found.partition(".")[0])


def offline() -> bool:
    """Whether ``GLMKIT_OFFLINE`` is set: then nothing leaves this machine unasked."""
    return os.environ.get("GLMKIT_OFFLINE", "").strip().lower() not in _NO


# -- what the parent of this process opened --------------------------------------------------


class Birthplace:
    """The process in which something was opened: a fork of it has a copy, and leaves that alone.

    ``words``: the sentence that says so. ``let_go``: what the fork does at once with its copies of
    descriptors, so that nothing it does, nor its end, reaches what the parent has open.
    """

    def __init__(self, words: str, let_go: Callable[[], None] = lambda: None) -> None:
        self.here = True
        self._words, self._let_go = words, let_go
        with _opened.lock:
            _opened.value.add(self)

    def check(self) -> None:
        """Raise BadState in any other process."""
        if not self.here:
            raise BadState(text(self._words))

    def leave(self) -> None:
        """In a forked child: its copies of what was opened elsewhere lead nowhere."""
        with suppress(OSError, ValueError):  # it was closed already: a socket, a file
            self._let_go()


def _leave_all(opened: weakref.WeakSet[Birthplace]) -> None:
    every = list(opened)
    for each in every:  # all of them, before anything can go wrong
        each.here = False
    for each in every:
        each.leave()


_opened: ProcessValue[weakref.WeakSet[Birthplace]] = ProcessValue(
    weakref.WeakSet, until="fork", disown=_leave_all
)


def put_aside(descriptor: int) -> None:
    """Let this process's copy of a descriptor lead nowhere: the parent's stays open."""
    nothing = os.open(os.devnull, os.O_RDWR)
    try:
        os.dup2(nothing, descriptor, inheritable=False)
    finally:
        os.close(nothing)


# -- UTF-8: streams, and names of files ------------------------------------------------------


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


# -- where a person's browser is ------------------------------------------------------------


def browser_location(environment: Mapping[str, str] = os.environ) -> Where:
    """Whether the person's browser is on this machine, as well as one can tell."""
    if "google.colab" in sys.modules:
        return "colab"
    if "JUPYTERHUB_USER" in environment:
        return "hub"
    return "ssh" if environment.get("SSH_CONNECTION") else "here"


def page_advice(port: int, *, host: str = "", instead: str = "widgets.instead_recorder") -> str:
    """How to reach a page on this machine's ``port``; ``host`` is what the notebook's address
    says, as far as known, ``instead`` the text that names what needs no page."""
    found = browser_location()
    if found == "here" and host and not is_loopback(host):
        found = "hub"
    return text(f"widgets.reach_{found}", port=port, instead=text(instead))


def kernel_major() -> int | None:
    """ipykernel's major version where a kernel runs this, else None."""
    return ipykernel_major() if in_kernel() else None
