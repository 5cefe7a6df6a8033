"""Where this process runs. A file each: the notebook's ``kernel``, the person's ``browser``,
``forks`` of a process, ``utf8`` in streams and names, ``versions`` and ``features`` installed.

It imports nothing of the kit's: ``import glmkit`` passes here.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).resolve().parents[1]  # where the kit lies
CLONE: Final = PACKAGE.parent  # and around it what comes with it, where it is a clone
_NO = ("", "0", "no", "false")


def offline() -> bool:
    """Whether ``GLMKIT_OFFLINE`` is set: then nothing leaves this machine unasked."""
    return os.environ.get("GLMKIT_OFFLINE", "").strip().lower() not in _NO
