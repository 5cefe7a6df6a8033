"""Where this Python runs, as far as sound is concerned: who can reach a page it serves."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Literal

from glmkit.loopback import is_loopback
from glmkit.surroundings import in_kernel, ipykernel_major
from glmkit.texts import text

Where = Literal["here", "hub", "ssh", "colab"]


def where(environment: Mapping[str, str] = os.environ) -> Where:
    """Whether the person's browser is on this machine, as well as one can tell."""
    if "google.colab" in sys.modules:
        return "colab"
    if "JUPYTERHUB_USER" in environment:
        return "hub"
    return "ssh" if environment.get("SSH_CONNECTION") else "here"


def advice(port: int, *, host: str = "", instead: str = "widgets.instead_recorder") -> str:
    """How to reach a page on this machine's ``port``; ``host`` is what the notebook's address
    says, as far as known, ``instead`` the text that names what needs no page."""
    found = where()
    if found == "here" and host and not is_loopback(host):
        found = "hub"
    return text(f"widgets.reach_{found}", port=port, instead=text(instead))


def kernel_major() -> int | None:
    """ipykernel's major version where a kernel runs this, else None."""
    return ipykernel_major() if in_kernel() else None
