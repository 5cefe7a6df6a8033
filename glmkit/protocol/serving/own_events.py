"""Events that a server between client and service says itself, in the service's own shape.

Rules
- An ``error`` has ``code`` and ``message`` (documented), so that whoever reads errors reads it.
- Everything else is said with a ``heartbeat`` (documented, and every client lets it pass) that
  carries one more field, ``glmkit``: a client that does not know it sees a heartbeat.
"""

from __future__ import annotations

import time
import uuid
from typing import Any, Final

from glmkit.auth.masking import mask
from glmkit.protocol.event import Event, as_json

FIELD: Final = "glmkit"
PLACE, MESSAGE, FORGOTTEN = "place", "message", "forgotten"
REFUSED: Final = "invalid_request_error"
FAILED: Final = "server_error"
_HEADS: Final = ("class_", "upstream_")  # of codes that a class or a relay says itself
#: After these nothing more comes on this connection, nor on another one at once.
ENDING: Final = frozenset({"class_stopped", "class_elsewhere"})


def error_message(code: str, words: str, *, type: str = REFUSED) -> str:
    """An ``error`` event as it crosses the wire."""
    return _written("error", error={"type": type, "code": code, "message": mask(words)})


def is_own(code: object) -> bool:
    """Whether an error's code is a class's or a relay's, whose words are for the reader."""
    return isinstance(code, str) and code.startswith(_HEADS)


def notice_message(**said: Any) -> str:
    """A ``heartbeat`` that carries what is said: ``place=…``, ``message=…``, ``forgotten=…``."""
    return _written("heartbeat", **{FIELD: said})


def notice_in(event: Event) -> dict[str, Any]:
    """What a ``heartbeat`` carries for this kit; empty for any other event."""
    return event.inner(FIELD) if event.type == "heartbeat" else {}


def _written(type: str, **fields: Any) -> str:
    stamp = {"event_id": f"event{uuid.uuid4().hex}", "client_timestamp": int(time.time() * 1000)}
    return as_json({"type": type, **stamp, **fields}).decode("utf-8")
