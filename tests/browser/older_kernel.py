"""A second small environment: the same packages, but ipykernel 6. ``python older_kernel.py``."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

HOME = Path(__file__).resolve().parents[2] / ".venv-ipykernel6"


def older_kernel() -> Path:
    """The folder of its kernelspec, ``ipykernel6``; made where it is missing, which asks PyPI."""
    if not (HOME / ".ready").exists():
        make()
    return HOME / "share" / "jupyter"


def make() -> None:
    """An environment that sees this one's packages behind its own."""
    python = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    run(sys.executable, "-m", "venv", str(HOME))
    where = run(str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    ours = sysconfig.get_path("purelib")
    line = f"import site; site.addsitedir({ours!r})\n"  # so that its own .pth files count
    (Path(where.strip()) / "main.pth").write_text(line, encoding="utf-8")
    run(str(python), "-m", "pip", "install", "--quiet", "ipykernel>=6.29,<7")
    run(str(python), "-m", "ipykernel", "install", "--name=ipykernel6", f"--prefix={HOME}")
    (HOME / ".ready").touch()


def run(*words: str) -> str:
    """What a command prints; its stderr is the error where it fails."""
    done = subprocess.run(words, capture_output=True, encoding="utf-8", timeout=300)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


if __name__ == "__main__":
    older_kernel()
