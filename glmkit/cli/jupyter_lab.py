"""JupyterLab on the course: a clone's own notebooks, or a copy where the person works."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from glmkit.cli.course import COURSE, START, copy_course, course_folder, edition, in_clone
from glmkit.environment.features import needs


def lab(words: Sequence[str], *, show: Callable[[str], object]) -> int:
    """Open JupyterLab on the first page, or the notebook among ``words``; its exit status.

    What an installed kit has inside is copied first, since nobody's work belongs in there.
    """
    needs("notebooks")
    if any(word.endswith(".ipynb") for word in words):
        return _run(words)
    if in_clone():
        return open_course(course_folder(), words)
    copied = copy_course(Path(COURSE))
    for line in copied.lines():
        show(line)
    return open_course(copied.folder, words)


def open_course(folder: Path, words: Sequence[str] = ()) -> int:
    """Open JupyterLab on the first page in the reader's language; its exit status."""
    needs("notebooks")
    root = f"--ServerApp.root_dir={folder.resolve()}"
    return _run([str(edition(folder).resolve() / START), root, *words])


def _run(words: Sequence[str]) -> int:
    command = [sys.executable, "-m", "jupyterlab", *words]
    with _interrupts_left_to_others():
        return subprocess.call(command)  # noqa: S603 - our own interpreter, our own notebook


@contextmanager
def _interrupts_left_to_others() -> Iterator[None]:
    """Ctrl+C reaches JupyterLab, too: it asks back, and ends its kernels before itself."""
    before = signal.signal(signal.SIGINT, lambda *_: None)  # a child would inherit SIG_IGN
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
