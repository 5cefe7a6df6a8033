"""An HTTP answer instead of a WebSocket, in words: who gave it, what it means, what to do.

Rules
- A code of the service's says most. Where there is none, or one that says nothing, the status does.
- The service answers with JSON that holds a code or an error (documented: ``{"error": {"code",
  "message"}}``; at the top level, as numbers and as plain words elsewhere). A body of any other
  kind is some proxy's, gateway's or network's, and is said to be.
- A class or a relay has keys of its own, and says itself what to do about one that it has not.
- Where nothing was found at another path than the service's, the right one is told.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple
from urllib.parse import urlsplit

from glmkit.auth.key_search import LIVE_URL
from glmkit.auth.masking import their_words
from glmkit.errors import Refused
from glmkit.protocol.event_kinds import meaning
from glmkit.protocol.serving.stated_peer import via_in
from glmkit.session.http_body import words_of
from glmkit.texts import text

if TYPE_CHECKING:
    from websockets.http11 import Response

    from glmkit.session.opening import Route

_UNSEEN: Final = re.compile(r"(?is)<(head|script|style)\b.*?(?:</\1>|\Z)|<[^<>]*>")
_PAGE: Final = 300  # bytes that are shown of a page
_PATH: Final = urlsplit(LIVE_URL).path
_STRANGER: Final = "1002"  # documented: the key is not valid
_WANTS_A_KEY: Final = frozenset({401, 403})
_NOT_FOUND: Final = frozenset({*range(200, 400), 400, 404, 405, 410, 426, 501})


class Body(NamedTuple):
    """What a body says, and by whom: nothing in an empty one tells."""

    code: str | None
    message: str
    by: Literal["service", "other", "unknown"]


def refused(response: Response, route: Route, peer: str) -> Refused:
    """The error for ``response``, which the address that was reached answered with."""
    body = body_in(response)
    status = response.status_code
    own = bool(via_in(response.headers)) and body.code == _STRANGER and bool(body.message)
    words = text(
        "session.http",
        url=route.shown,
        status=status,
        code=text("session.http_code", code=body.code) if body.code else "",
        meaning=body.message if own else _meaning(status, body, route.keyless),
        path=_right_path(status, urlsplit(route.reached).path),
        words=text("session.http_words", words=body.message) if body.message and not own else "",
    )
    return Refused(route.told + words, peer=peer, status=status, code=body.code)


def _meaning(status: int, body: Body, keyless: bool) -> str:
    if keyless and status in _WANTS_A_KEY:
        return text("session.http_keyless")
    if body.by == "service":
        return meaning(body.code, status)
    sign_in = body.by == "other" and status == 401  # the key was perhaps never looked at
    then = text("session.http_sign_in") if sign_in else meaning(None, status)
    return text(f"session.http_by_{body.by}", then=then)


def _right_path(status: int, path: str) -> str:
    if status not in _NOT_FOUND or path.rstrip("/") == _PATH:
        return ""
    return text("session.http_path", path=their_words(path) or "/", right=_PATH)


def body_in(response: Response) -> Body:
    """What a refusal's body says, whoever wrote it."""
    words = words_of(response)
    try:
        found: Any = json.loads(words)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        seen = " ".join(_UNSEEN.sub(" ", words).split())
        return Body(None, their_words(seen, _PAGE), "other" if seen else "unknown")
    error = found.get("error")
    inner = error if isinstance(error, dict) else found
    code, message = _first(inner, "code", "error_code"), _first(inner, "message", "msg")
    if message is None and isinstance(error, str):
        message = error
    known = None if code is None else their_words(str(code), 80)
    shown = their_words(found if message is None and known is None else message)
    return Body(known, shown, "service" if error or known is not None else "other")


def _first(found: dict[str, Any], *names: str) -> Any:
    return next((found[name] for name in names if found.get(name) not in (None, "")), None)
