"""Makes and reads tokens, and checks tokens and keys as a server does.

An API key is ``id.secret`` (see ``credentials``). A token is a JWT that names the id and is signed
with the secret (HMAC-SHA256), so the secret itself never travels. Documented::

    header    {"alg": "HS256", "sign_type": "SIGN"}
    payload   {"api_key": "<id>", "exp": <seconds>, "timestamp": <milliseconds>}

Rules
- Signing and verifying happen here and nowhere else, with PyJWT, and with HS256 only: ``none``
  and every other algorithm are refused before anything is verified.
- No key and no token is shown by accident: both are Secrets (see ``masking``), and nothing here
  raises on a line, or through a library, that holds one in plain text.
- ``exp`` is in seconds, though the field's older samples have milliseconds; that is said by name.
"""

from __future__ import annotations

import base64
import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jwt
from jwt.algorithms import HMACAlgorithm

from glmkit.auth.credentials import (
    Key,
    Token,
    bearer,
    copy_again,
    credential,
    token_fault,
    token_shaped,
)
from glmkit.auth.masking import Secret, mask, number_or_masked
from glmkit.errors import BadArgument, BadKey, BadToken
from glmkit.numeric import number
from glmkit.texts import text

__all__ = [
    "Key",
    "RefusedToken",
    "Token",
    "TokenInfo",
    "TokenSource",
    "bearer",
    "check_key",
    "check_token",
    "credential",
    "make_token",
    "read_token",
    "token_shaped",
]

LONGEST_TTL = 7 * 24 * 3600
_ALGORITHM = "HS256"
_MILLISECONDS = 1e11  # as seconds this is the year 5138, as milliseconds 1973


class _ShortSecrets(HMACAlgorithm):
    """HMAC without PyJWT's warning below 32 bytes: the service's own secrets have 16."""

    def check_key_length(self, key: bytes) -> str | None:
        return None


_JWS = jwt.PyJWS(algorithms=[])
_JWS.register_algorithm(_ALGORITHM, _ShortSecrets(HMACAlgorithm.SHA256))


class RefusedToken(BadToken):
    """A token or key that a server turns away.

    ``code`` is the service's, as in its 401's body.
    """

    def __init__(self, message: str, code: str = "1002") -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True, repr=False)
class TokenInfo:
    """What a token says, and whether it is signed with a key.

    ``seconds_left`` is negative once expired. ``verified`` is None where no key was given.
    ``clock_skew`` is the seconds from ``now`` to the token's ``timestamp``: for a token made this
    moment, how far its maker's clock is ahead; for an older one its age, negative.
    """

    header: dict[str, Any]
    claims: dict[str, Any]
    seconds_left: float
    verified: bool | None
    clock_skew: float | None

    @property
    def expired(self) -> bool:
        """Whether its time is over."""
        return self.seconds_left <= 0

    def _repr_mimebundle_(self, **_: Any) -> Any:
        from glmkit.cards.tokens import token_info_card

        return token_info_card(self)

    def __repr__(self) -> str:
        skew = None if self.clock_skew is None else round(self.clock_skew, 3)
        return mask(
            f"TokenInfo(header={self.header!r}, claims={self.claims!r}, "
            f"seconds_left={self.seconds_left:.1f}, verified={self.verified}, clock_skew={skew})"
        )


class TokenSource:
    """Tokens of one key: ``current()`` is renewed before it expires."""

    __slots__ = ("_key", "_made", "_token", "ttl")

    def __init__(self, key: Key | str | Secret, *, ttl: float = 600) -> None:
        key, ttl = Secret.of(key), number_or_masked(ttl)
        self._key, self.ttl = Key.parse(key), _valid_ttl(ttl)
        self._token, self._made = Token(""), -math.inf

    def current(self, *, now: float | None = None) -> Token:
        """A token with at least a minute (or a tenth of ``ttl``, if that is less) to go."""
        now = _clock(now)
        spare = min(60.0, self.ttl / 10)
        if not self._made <= now < self._made + self.ttl - spare:  # also if the clock was set back
            self._token, self._made = make_token(self._key, ttl=self.ttl, now=now), now
        return self._token

    def __repr__(self) -> str:
        return f"<TokenSource of {self._key!r}, ttl={self.ttl:g}>"


def make_token(key: Key | str | Secret, *, ttl: float = 600, now: float | None = None) -> Token:
    """A token of ``key``, valid for ``ttl`` seconds from ``now``.

    ``now`` is in seconds since 1970; None: this moment. Raises BadKey, and BadArgument for a ttl
    that is not above 0 and at most 7 days, or a ``now`` that is no such moment. The shape is
    documented.

    >>> make_token(Key.random(), ttl=60)
    <Token eyJ…>
    """
    key, ttl, now = Secret.of(key), number_or_masked(ttl), number_or_masked(now)
    key, now = Key.parse(key), _clock(now)
    exp = math.floor(now + _valid_ttl(ttl))  # whole seconds, and none more than asked for
    claims = {"api_key": key.id, "exp": exp, "timestamp": int(now * 1000)}
    token = _signed(json.dumps(claims, separators=(",", ":")).encode("utf-8"), key)
    if token is None:
        raise BadKey(text("auth.key_unusable", again=copy_again()))
    return token


def read_token(
    token: Token | str | Secret, *, key: Key | str | Secret | None = None, now: float | None = None
) -> TokenInfo:
    """What ``token`` says; with ``key``, also whether that key signed it.

    Raises BadToken for what is not a JWT of this service: another form, another algorithm, no
    ``exp`` or one in milliseconds. A wrong signature is an answer, ``verified=False``.
    """
    token, key = Secret.of(token), None if key is None else Secret.of(key)
    now = number_or_masked(now)
    header, claims = _opened(token)
    now = _clock(now)
    return TokenInfo(
        header=header,
        claims=claims,
        seconds_left=_expiry(claims, lenient_ms=False) - now,
        verified=None if key is None else _verifies(token, Key.parse(key)),
        clock_skew=_skew(claims.get("timestamp"), now),
    )


def key_id_in(token: Token | str | Secret) -> str:
    """The id of the key that a token names, whatever its times. Raises BadToken."""
    _, claims = _opened(Secret.of(token))
    return str(claims.get("api_key"))


def check_token(
    token: Token | str | Secret,
    secrets: Callable[[str], Key | None],
    *,
    now: float | None = None,
    lenient_ms: bool = False,
) -> str:
    """Check a token as a server does; the id of its key.

    ``secrets`` gives the key of an id, or None. Raises RefusedToken: code 1003 when expired, 1002
    otherwise (documented codes). ``lenient_ms`` takes an ``exp`` in milliseconds for seconds.
    """
    token = Secret.of(token)
    try:
        header, claims = _opened(token)
        expiry = _expiry(claims, lenient_ms=lenient_ms)
    except BadToken as error:
        raise RefusedToken(str(error)) from None
    if header.get("sign_type") != "SIGN":
        raise RefusedToken(text("auth.token_sign_type", found=mask(repr(header.get("sign_type")))))
    key_id = claims.get("api_key")
    known = secrets(key_id) if isinstance(key_id, str) else None
    # an unknown id costs the same work as a known one
    if not _verifies(token, known or _STRANGER) or known is None:
        raise RefusedToken(text("auth.token_unverified"))
    if (over := _clock(now) - expiry) >= 0:
        raise RefusedToken(text("auth.token_expired", seconds=f"{over:.0f}"), "1003")
    return known.id


def check_key(key: Key | str | Secret, secrets: Callable[[str], Key | None]) -> str:
    """Check a key as a server does; its id.

    ``secrets`` gives the key of an id, or None. Raises RefusedToken with code 1002.
    """
    key = Secret.of(key)
    try:
        key = Key.parse(key)
    except BadKey as error:
        raise RefusedToken(str(error)) from None
    known = secrets(key.id)
    if key != (known or _STRANGER) or known is None:
        raise RefusedToken(text("auth.key_unknown"))
    return key.id


# Verifying and signing: PyJWT's own frames hold plain text, so nothing may be raised through them


def _signed(payload: bytes, key: Key) -> Token | None:
    plain = key.reveal().partition(".")[2]
    try:
        return Token(_JWS.encode(payload, plain, _ALGORITHM, headers={"sign_type": "SIGN"}))
    except (jwt.PyJWTError, ValueError, TypeError):
        return None


def _verifies(token: Secret, key: Key) -> bool:
    plain = key.reveal().partition(".")[2]
    try:
        _JWS.decode(token.reveal(), plain, algorithms=[_ALGORITHM])
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
        return False
    return True


# Reading


def _opened(token: Secret) -> tuple[dict[str, Any], dict[str, Any]]:
    if fault := token_fault(token):
        raise BadToken(fault)
    header, claims = _parts(token)
    if header is None or claims is None:
        part = "header" if header is None else "payload"
        raise BadToken(text("auth.token_unreadable", part=part))
    algorithm = header.get("alg")
    if algorithm != _ALGORITHM:
        nothing = isinstance(algorithm, str) and algorithm.lower() == "none"
        found = mask(repr(algorithm))[:60]
        raise BadToken(text("auth.token_alg_none" if nothing else "auth.token_alg", found=found))
    return header, claims


def _parts(token: Secret) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    header, payload, _ = token.reveal().split(".")
    return _json_object(header), _json_object(payload)


def _json_object(part: str) -> dict[str, Any] | None:
    try:
        raw = base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _expiry(claims: dict[str, Any], *, lenient_ms: bool) -> float:
    exp = claims.get("exp")
    if isinstance(exp, bool) or not isinstance(exp, int | float) or not abs(exp) < 1e15:
        raise BadToken(text("auth.token_exp", found=mask(repr(exp))[:60]))
    if exp < _MILLISECONDS:
        return float(exp)
    if not lenient_ms:
        raise BadToken(text("auth.token_exp_ms", found=exp, seconds=f"{exp / 1000:.0f}"))
    return exp / 1000


def _skew(timestamp: object, now: float) -> float | None:
    if isinstance(timestamp, bool) or not isinstance(timestamp, int | float):
        return None
    if not abs(timestamp) < 1e15:
        return None
    # observed: some clients send it in seconds, and are let in
    return (timestamp / 1000 if timestamp >= _MILLISECONDS else timestamp) - now


def _valid_ttl(ttl: float) -> float:
    if not 0 < number(ttl) <= LONGEST_TTL:
        raise BadArgument(text("auth.ttl", found=_as_given(ttl)))
    return ttl


def _clock(now: float | None) -> float:
    if now is None:
        return time.time()
    if not abs(number(now)) < _MILLISECONDS:
        raise BadArgument(text("auth.now", found=_as_given(now)))
    return now


def _as_given(found: object) -> str:
    return repr(found) if math.isnan(number(found)) else f"{number(found):.12g}"


_STRANGER = Key.random()
