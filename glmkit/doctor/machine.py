"""What runs here: Python, the notebook's kernel, its event loop, the front end, the clocks."""

from __future__ import annotations

import asyncio
import os
import platform
import re
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from glmkit.doctor.report import Check
from glmkit.environment import CLONE
from glmkit.environment.features import needs
from glmkit.environment.kernel import in_kernel, ipykernel_major, nobody_types, shell
from glmkit.session.blocking import nested_loops
from glmkit.texts import text

OLDEST = (3, 11)
KERNEL = "python3"  # the kernel the notebooks name
COARSE = 0.002  # seconds; beyond it 20 ms chunks are paced unevenly
_ENDS = ((r"jupyter-?lab", "lab"), (r"notebook", "notebook"), (r"voila", "voila"))


# -- Python and the kernel -----------------------------------------------------------------


def python() -> Check:
    """Which Python this is, and whether it is new enough."""
    facts = {
        "version": platform.python_version(),
        "path": sys.executable,
        "system": f"{platform.system()} {platform.machine()}",
    }
    found = text("doctor.python", **facts)
    if sys.version_info < OLDEST:
        return Check("python", "missing", found, text("doctor.python_todo"), facts)
    return Check("python", "ok", found, facts=facts)


def kernel() -> Check:
    """Whether notebooks run in the Python that was set up for them."""
    clone = CLONE / ".venv"
    if (clone / "pyvenv.cfg").is_file() and not _same(clone, Path(sys.prefix)):
        found = text("doctor.kernel_elsewhere", prefix=sys.prefix, venv=clone)
        facts = {"prefix": sys.prefix, "venv": str(clone)}
        return Check("kernel", "note", found, text("doctor.kernel_choose", venv=clone), facts)
    return _this_kernel() if in_kernel() else _future_kernel()


def _this_kernel() -> Check:
    facts = {"prefix": sys.prefix}
    command = shutil.which("glmkit")
    if command and not _same(Path(command).parent, Path(sys.executable).parent):
        found = text("doctor.kernel_command", prefix=sys.prefix, command=command)
        return Check("kernel", "note", found, text("doctor.kernel_command_todo"), facts)
    return Check("kernel", "ok", text("doctor.kernel_here", prefix=sys.prefix), facts=facts)


def _future_kernel() -> Check:
    needs("notebooks")
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        command = KernelSpecManager().get_kernel_spec(KERNEL).argv[0]
    except NoSuchKernel:
        todo = text("doctor.kernel_none_todo", python=sys.executable)
        return Check("kernel", "missing", text("doctor.kernel_none", name=KERNEL), todo)
    path = shutil.which(command) or ""
    # a bare name means the Python that starts the kernel, so it is this one
    if command == Path(command).name or _same(Path(path).parent, Path(sys.executable).parent):
        found = text("doctor.kernel_will", name=KERNEL)
        return Check("kernel", "ok", found, facts={"path": sys.executable})
    found = text("doctor.kernel_other", name=KERNEL, path=command)
    todo = text("doctor.kernel_other_todo", python=sys.executable)
    return Check("kernel", "note" if path else "missing", found, todo, {"path": command})


def _same(one: Path, other: Path) -> bool:
    """Whether two folders are one; never asked of two Pythons, which are links to a third."""
    return one.exists() and other.exists() and one.samefile(other)


# -- the event loop ------------------------------------------------------------------------


def loop() -> Check:
    """How asyncio behaves here: top-level await, and a loop that is entered again."""
    needs("notebooks", "ipykernel")
    harmful = nested_loops.needs_second()
    nested = "nest_asyncio2" if harmful else "nest_asyncio"
    facts = {"ipykernel": version("ipykernel"), "nested_by": nested, "patched_by": patched_by()}
    if patched_by() == "nest_asyncio" and harmful:
        found = text("doctor.loop_patched", ipykernel=facts["ipykernel"])
        return Check("loop", "note", found, text("doctor.loop_patched_todo"), facts)
    where = "kernel" if in_kernel() else "ipython" if shell() is not None else "plain"
    found = text(f"doctor.loop_{where}", **facts)
    if facts["patched_by"]:
        found += text("doctor.loop_nested", package=facts["patched_by"])
    if ipykernel_major() < 7:
        return Check("loop", "note", found, text("doctor.loop_old"), facts)
    return Check("loop", "ok", found, facts=facts)


def patched_by() -> str | None:
    """The package that patched asyncio in this process, or None."""
    module = asyncio.run.__module__
    return module if module.startswith("nest_asyncio") else None


# -- the front end -------------------------------------------------------------------------


def front_end() -> Check:
    """Where a person looks at this, as far as it can be known from here."""
    name = guess()
    todo = text(f"doctor.front_{name}_todo") if name in ("colab", "vscode", "hub") else ""
    found = text(f"doctor.front_{name}")
    return Check("front_end", "note" if todo else "ok", found, todo, {"guess": name})


def guess() -> str:
    """The front end: ``colab``, ``vscode``, ``lab``, ``notebook``, ``terminal``, …"""
    running = shell()
    if "google.colab" in sys.modules:
        return "colab"
    if running is None:
        return "script" if nobody_types() else "terminal"
    if not in_kernel():
        return "ipython"
    if "__vsc_ipynb_file__" in running.user_ns or "VSCODE_PID" in os.environ:
        return "vscode"
    if nobody_types():
        return "unattended"
    return "hub" if "JUPYTERHUB_USER" in os.environ else _server()


def _server() -> str:
    """The front end that started this kernel, by the names of the processes above."""
    psutil = import_module("psutil")  # ipykernel brings it
    words = ""
    with suppress(psutil.Error):  # a process of another user's keeps its words to itself
        for process in psutil.Process().parents()[:3]:
            words += " ".join(Path(word).name for word in process.cmdline()[:4])
    return next((name for pattern, name in _ENDS if re.search(pattern, words)), "kernel")


# -- clocks --------------------------------------------------------------------------------


def ticks() -> Check:
    """How fine the two clocks are that sound is paced and measured by, by watching them."""
    steps = {name: _step(getattr(time, name)) for name in ("perf_counter", "monotonic")}
    shown = {name: f"{seconds * 1e6:.2f}" for name, seconds in steps.items()}
    found = text("doctor.ticks", **shown)
    if max(steps.values()) > COARSE:
        return Check("ticks", "note", found, text("doctor.ticks_todo"), steps)
    return Check("ticks", "ok", found, facts=steps)


def _step(clock: Callable[[], float], *, watched: float = 0.03) -> float:
    """The smallest step ``clock`` was seen to make, in seconds."""
    steps: list[float] = []
    end = time.perf_counter() + watched
    while len(steps) < 100 and (not steps or time.perf_counter() < end):
        before = now = clock()
        while now == before:
            now = clock()
        steps.append(now - before)
    return min(steps)
