"""The key or token that a request for a WebSocket brings, and whether it lets anybody in.

Rules
- It comes as ``Authorization: Bearer …`` (documented; the bare key is observed to work) or as
  ``?Authorization=…`` in the query (what the official browser client does).
- What is refused is refused before there is a WebSocket, with the service's codes: 1001 nothing
  came, 1002 it does not verify, 1003 it expired (documented).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qs, urlsplit

from websockets.http11 import Request

from glmkit.auth.credentials import Key, token_shaped
from glmkit.auth.masking import Secret
from glmkit.auth.tokens import RefusedToken, check_key, check_token, key_id_in
from glmkit.errors import BadKey
from glmkit.texts import text

LONGEST: Final = 4_096  # characters of a credential: a token of ours has about 200


def given_in(request: Request) -> Secret:
    """The key or token as it came, empty where nothing did. Raises MultipleValuesError."""
    header = Secret.of(request.headers.get("Authorization", ""))
    if not header:
        header = Secret.of(_queried(request))
    scheme, _, rest = header.reveal().strip().partition(" ")
    return Secret.of(rest.strip()) if scheme.lower() == "bearer" else header


def let_in(
    given: Secret,
    secrets: Callable[[str], Key | None],
    *,
    lenient_ms: bool = False,
    any_key: bool = False,
) -> str:
    """The id of the key that lets ``given`` in. Raises RefusedToken.

    ``secrets`` gives the key of an id, or None; ``any_key``: a well-formed raw key will do;
    ``lenient_ms`` as for ``check_token``.
    """
    if not given:
        raise RefusedToken(text("protocol.serve_no_authorization"), "1001")
    if len(given.reveal()) > LONGEST:
        raise RefusedToken(text("protocol.serve_long_authorization", limit=LONGEST), "1002")
    if token_shaped(given):
        return check_token(given, secrets, lenient_ms=lenient_ms)
    if not any_key:
        return check_key(given, secrets)
    try:
        return Key.parse(given).id
    except BadKey as error:
        raise RefusedToken(str(error)) from None


def key_id_of(given: Secret) -> str:
    """The id of the key that a checked credential is, or was made with."""
    if token_shaped(given):
        return key_id_in(given)
    return given.reveal().partition(".")[0]


def path_of(request: Request) -> str:
    """The path that is asked for, without a slash at its end; empty where it cannot be read."""
    try:
        return urlsplit(request.path).path.rstrip("/")
    except ValueError:  # half an IPv6 address in brackets, for one
        return ""


def _queried(request: Request) -> str:
    values = parse_qs(urlsplit(request.path).query).get("Authorization")
    return values[0] if values else ""
