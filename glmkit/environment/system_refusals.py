"""Why the operating system refused, in the reader's language: it speaks one of its own.

An error is known by its number's name: systems share those, and word them each in its own way
(Windows in the language it was installed in). What the table does not know is quoted as it came.
"""

from __future__ import annotations

import errno
import socket
from typing import Final

from glmkit.texts import text
from glmkit.texts.system import TEXTS as SYSTEM

_IN_USE: Final = frozenset({32, 33})  # Windows' numbers of what is locked by another program


def why_refused(error: Exception) -> str:
    """Why a file could not be read or written, or an address not be had."""
    if isinstance(error, UnicodeDecodeError):
        return text("system.not_utf8")
    if isinstance(error, socket.gaierror):
        return text("system.no_host")
    if getattr(error, "winerror", None) in _IN_USE:
        return text("system.in_use")
    if (key := f"system.errno_{_name(error)}") in SYSTEM:
        return text(key)
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _name(error: Exception) -> str:
    """Its number's name: ENOENT; of Windows' sockets without their WSA."""
    number = getattr(error, "errno", None)
    found = errno.errorcode.get(number, "") if isinstance(number, int) else ""
    return found.removeprefix("WSA")
