"""The notebook's kernel that runs this, if one does, and whether anybody is there to type."""

from __future__ import annotations

import sys
from typing import Any

from glmkit.environment.versions import version_of


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
    found = version_of("ipykernel")
    return 0 if found == "?" else int(found.partition(".")[0])


def kernel_major() -> int | None:
    """ipykernel's major version where a kernel runs this, else None."""
    return ipykernel_major() if in_kernel() else None
