"""What lets a browser in to a pupil's page: a cookie that is a token of the seat's key.

Rules
- No script reads the cookie and no other site sends it; it holds a token, never the key.
- Whatever does something brings the page's own word besides (``page_word``), which only the page
  can read.
- A class that starts anew has the same keys, so the same browsers come in. A key that was changed
  lets nobody in who came with the one before.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Final

from glmkit.auth.masking import Secret
from glmkit.auth.tokens import RefusedToken, make_token
from glmkit.classroom.desk_request import ROOT
from glmkit.protocol.serving.given_credential import let_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from glmkit.auth.credentials import Key
    from glmkit.classroom.desk_request import DeskRequest

PAGE: Final = "talk"
LASTS: Final = 12 * 3600  # seconds
_COOKIE: Final = "glmkit_seat"


def pass_cookie(here: DeskRequest, key: Key | None, *, secure: bool) -> str:
    """The ``Set-Cookie`` that lets a browser in to the page of a key's seat; None: no more."""
    value = Secret("") if key is None else make_token(key, ttl=LASTS)
    kept = f"Path={ROOT}/{PAGE}; Max-Age={0 if key is None else LASTS}; HttpOnly; SameSite=Strict"
    return f"{here.cookie_called(_COOKIE)}={value.reveal()}; {kept}{'; Secure' if secure else ''}"


def seat_let_in(here: DeskRequest, key_of: Callable[[str], Key | None]) -> str | None:
    """The id of the seat whose page a browser may have; None where its cookie says none."""
    given = here.cookie_value(here.cookie_called(_COOKIE))
    try:
        return let_in(given, key_of) if given else None
    except RefusedToken:
        return None


def page_word(key: Key) -> Secret:
    """The word that the page of a seat brings with whatever it does."""
    made = hmac.new(key.reveal().encode("utf-8"), b"a page's word", hashlib.sha256)
    return Secret(made.hexdigest()[:32])
