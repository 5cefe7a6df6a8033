"""Where this process runs: in a notebook, in IPython, unattended, cut off from the network."""

from __future__ import annotations

import os
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import Any

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


def ipykernel_major() -> int:
    """The major version of the ipykernel that is installed; 0 if none is."""
    try:
        return int(version("ipykernel").partition(".")[0])
    except PackageNotFoundError:
        return 0


def offline() -> bool:
    """Whether ``GLMKIT_OFFLINE`` is set: then nothing leaves this machine unasked."""
    return os.environ.get("GLMKIT_OFFLINE", "").strip().lower() not in _NO
