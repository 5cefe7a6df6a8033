"""Where a person's browser is, and how it reaches a page on this machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Literal

from glmkit.environment.loopback import is_loopback
from glmkit.texts import text

Where = Literal["here", "hub", "ssh", "colab"]


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
