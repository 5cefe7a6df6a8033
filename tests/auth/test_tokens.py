"""Tokens: made, read, checked; and what is said about those that cannot be."""

from __future__ import annotations

import base64
import json
import math
import threading
import time
import warnings
from functools import partial
from typing import Any

import jwt
import pytest

from glmkit.auth import (
    Key,
    RefusedToken,
    Token,
    TokenSource,
    check_key,
    check_token,
    make_token,
    read_token,
)
from glmkit.errors import BadArgument, BadToken

KEY = Key("0a1b2c3d4e5f60718293a4b5c6d7e8f9.Sx7Kq0Lm3Nv9Rt2W")
OTHER = Key("ffffffffffffffffffffffffffffffff.Sx7Kq0Lm3Nv9Rt2W")
NOW = 1_800_000_000.0


def known(key_id: str) -> Key | None:
    return KEY if key_id == KEY.id else None


def signed(claims: object, header: dict[str, object] | None = None, alg: str = "HS256") -> Token:
    """A token of PyJWT's own, with any claims and header."""
    secret = "" if alg == "none" else KEY.reveal().partition(".")[2]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        text = jwt.PyJWS().encode(json.dumps(claims).encode(), secret, alg, headers=header or {})
    return Token(text)


def claims(**changes: object) -> dict[str, object]:
    return {"api_key": KEY.id, "exp": NOW + 60, "timestamp": NOW * 1000} | changes


SIGN = {"sign_type": "SIGN"}


def test_token_has_the_documented_header_and_claims() -> None:
    """A token says who, until when in seconds, and when in milliseconds."""
    info = read_token(make_token(KEY, ttl=600, now=NOW), now=NOW)
    assert info.header["alg"] == "HS256"
    assert info.header["sign_type"] == "SIGN"
    assert info.claims == {"api_key": KEY.id, "exp": NOW + 600, "timestamp": NOW * 1000}


def test_token_verifies_with_pyjwt_itself() -> None:
    """Another program with PyJWT accepts the token."""
    secret = KEY.reveal().partition(".")[2]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        decoded = jwt.decode(make_token(KEY).reveal(), secret, algorithms=["HS256"])
    assert decoded["api_key"] == KEY.id


def test_signing_and_verifying_warn_of_nothing() -> None:
    """A 16-byte secret gives no warning, from any thread, and other warnings stay as they are."""
    seen: list[object] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        threads = [
            threading.Thread(target=lambda: seen.append(read_token(make_token(KEY), key=KEY)))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
        warnings.warn("still heard", UserWarning, stacklevel=1)
    assert [str(each.message) for each in caught] == ["still heard"]
    assert len(seen) == 4


def test_read_token_tells_who_signed() -> None:
    """A token verifies with its key, not with another, and not at all without one."""
    token = make_token(KEY, now=NOW)
    assert read_token(token, key=KEY, now=NOW).verified is True
    assert read_token(token, key=OTHER.id + ".AAAAAAAAAAAAAAAA", now=NOW).verified is False
    assert read_token(token, now=NOW).verified is None


def test_read_token_counts_the_seconds() -> None:
    """What is left of a token runs down to expiry and below."""
    token = make_token(KEY, ttl=60, now=NOW)
    assert read_token(token, now=NOW + 20).seconds_left == 40
    late = read_token(token, now=NOW + 61)
    assert (late.expired, late.seconds_left) == (True, -1)


def test_clock_skew_is_seen_in_a_fresh_token() -> None:
    """A token made by a clock two minutes ahead says so; a timestamp in seconds is understood."""
    assert read_token(make_token(KEY, now=NOW + 120), now=NOW).clock_skew == 120
    assert read_token(signed(claims(timestamp=NOW + 5)), now=NOW).clock_skew == 5
    assert read_token(signed(claims(timestamp="soon")), now=NOW).clock_skew is None


@pytest.mark.parametrize("ttl", [0, -1, 7 * 24 * 3600 + 1, float("nan"), 10**400, True, "60", None])
def test_ttl_out_of_range_is_refused(ttl: object) -> None:
    """A ttl of nothing, of more than a week, or that is no number is an error."""
    with pytest.raises(BadArgument, match="604800"):
        make_token(KEY, ttl=ttl)  # type: ignore[arg-type]


def test_a_ttl_is_named_as_it_was_given() -> None:
    """Thirty days are no 2.592e+06."""
    with pytest.raises(BadArgument, match="ttl is 2592000,"):
        make_token(KEY, ttl=30 * 24 * 3600)


def test_ttl_of_a_week_is_accepted() -> None:
    """The longest ttl is 7 days."""
    assert read_token(make_token(KEY, ttl=604800, now=NOW), now=NOW).seconds_left == 604800


def altered(token: Token, part: int) -> str:
    """``token`` with one claim or the signature changed."""
    parts = token.reveal().split(".")
    raw = bytearray(base64.urlsafe_b64decode(parts[part] + "=="))
    raw[12] ^= 1
    parts[part] = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    return ".".join(parts)


def test_altered_token_does_not_verify() -> None:
    """A changed payload or signature is readable but not verified, and refused by a server."""
    token = make_token(KEY, now=NOW)
    for part in (1, 2):
        assert read_token(altered(token, part), key=KEY, now=NOW).verified is False
        with pytest.raises(RefusedToken, match="does not fit") as caught:
            check_token(altered(token, part), known, now=NOW)
        assert caught.value.code == "1002"


@pytest.mark.parametrize(
    ("token", "said"),
    [
        ("", "no token was given"),
        (None, "no token was given"),
        (f"Bearer {make_token(KEY).reveal()}", "'Bearer '"),
        (f"'{make_token(KEY).reveal()}'", "quotation marks"),
        (make_token(KEY).reveal() + "\n", "line break"),
        (repr(make_token(KEY)), "masked"),
        ("hello", "has 1 part"),
        (KEY.reveal(), "like a key"),
        ("a.b.c", "header cannot be read"),
        ("é.b.c", "character 1 is U.00E9"),
        (make_token(KEY).reveal().replace(".", ".!"), r"character 64 is U.0021 \(!\)"),
        (signed([1, 2]), "payload cannot be read"),
        (signed(claims(), SIGN, "none"), "not signed at all"),
        (signed(claims(), SIGN, "HS512"), "alg 'HS512', expected 'HS256'"),
        (signed(claims(exp=NOW * 1000), SIGN), "milliseconds, expected seconds .1800000000.;"),
        (signed({"api_key": KEY.id}, SIGN), "exp is None"),
        (signed(claims(exp="never"), SIGN), "exp is 'never'"),
        (signed(claims(exp=True), SIGN), "exp is True"),
        (signed(claims(exp=float("nan")), SIGN), "exp is nan"),
        (signed(claims(exp=10**400), SIGN), "exp is 1000"),
    ],
)
def test_bad_token_is_explained_when_read_and_when_checked(token: str, said: str) -> None:
    """Each way to spoil a token has its own sentence, for its reader and from a server."""
    with pytest.raises(BadToken, match=said):
        read_token(token, now=NOW)
    with pytest.raises(RefusedToken, match=said) as caught:
        check_token(token, known, now=NOW)
    assert caught.value.code == "1002"


def test_deeply_nested_token_is_refused() -> None:
    """A payload of brackets is a bad token, not a crash."""
    deep = base64.urlsafe_b64encode(b"[" * 100_000).rstrip(b"=").decode()
    with pytest.raises(BadToken, match="header cannot be read"):
        read_token(f"{deep}.{deep}.x")


def test_server_accepts_a_good_token() -> None:
    """A server learns the id of the key that signed."""
    assert check_token(make_token(KEY, now=NOW), known, now=NOW) == KEY.id


def test_server_refuses_an_expired_token_with_1003() -> None:
    """An expired token has its own code; one that also fails to verify has not."""
    with pytest.raises(RefusedToken, match="expired 10 s ago") as caught:
        check_token(make_token(KEY, ttl=60, now=NOW), known, now=NOW + 70)
    assert caught.value.code == "1003"
    with pytest.raises(RefusedToken) as caught:
        check_token(altered(make_token(KEY, ttl=60, now=NOW), 2), known, now=NOW + 70)
    assert caught.value.code == "1002"


def test_server_refuses_what_others_signed() -> None:
    """An unknown id, a missing one and one that is no text are refused."""
    for token in (make_token(OTHER, now=NOW), signed(claims(api_key=None), SIGN)):
        with pytest.raises(RefusedToken, match="does not fit"):
            check_token(token, known, now=NOW)


def test_server_wants_sign_type() -> None:
    """A token without the documented sign_type is refused with how to add it."""
    with pytest.raises(RefusedToken, match="headers"):
        check_token(signed(claims()), known, now=NOW)


def test_lenient_server_takes_milliseconds() -> None:
    """With lenient_ms an exp in milliseconds counts, and expires."""
    token = signed(claims(exp=(NOW + 60) * 1000), SIGN)
    assert check_token(token, known, now=NOW, lenient_ms=True) == KEY.id
    with pytest.raises(RefusedToken, match="expired"):
        check_token(token, known, now=NOW + 60, lenient_ms=True)


def test_server_checks_raw_keys() -> None:
    """A known key passes; a wrong secret, an unknown id and no key at all do not."""
    assert check_key(KEY.reveal(), known) == KEY.id
    for wrong in (f"{KEY.id}.AAAAAAAAAAAAAAAA", OTHER, "nothing", ""):
        with pytest.raises(RefusedToken) as caught:
            check_key(wrong, known)
        assert caught.value.code == "1002"


def test_token_source_renews_before_expiry() -> None:
    """A token is kept while it lasts and renewed a minute before its end."""
    source = TokenSource(KEY, ttl=600)
    first = source.current(now=NOW)
    assert source.current(now=NOW + 539) is first
    second = source.current(now=NOW + 540)
    assert read_token(second, now=NOW + 540).seconds_left == 600


def test_token_source_with_a_short_ttl_renews_in_its_last_tenth() -> None:
    """A token of 10 s is not renewed at every call."""
    source = TokenSource(KEY.reveal(), ttl=10)
    first = source.current(now=NOW)
    assert source.current(now=NOW + 8.9) is first
    assert source.current(now=NOW + 9) is not first


def test_token_source_survives_a_clock_set_back() -> None:
    """After the clock is set back a token of the future is replaced."""
    source = TokenSource(KEY)
    first = source.current(now=NOW)
    assert source.current(now=NOW - 3600) is not first


def test_token_source_uses_the_clock() -> None:
    """Without ``now`` the computer's clock counts."""
    assert abs(read_token(TokenSource(KEY).current()).claims["timestamp"] / 1000 - time.time()) < 60


@pytest.mark.parametrize("now", ["x", True, math.inf, math.nan, 1e306, 1_700_000_000_000])
def test_a_moment_that_is_none_is_refused_in_words(now: Any) -> None:
    """Text, infinities and milliseconds: it says that seconds since 1970 are meant."""
    for act in (make_token, partial(read_token, make_token(KEY))):
        with pytest.raises(BadArgument, match=r"^now is .+, expected seconds since 1970"):
            act(KEY, now=now) if act is make_token else act(now=now)


def test_a_token_has_no_second_more_than_was_asked_for() -> None:
    """Whatever fraction of a second it is: ``exp`` is in whole seconds."""
    for fraction in (0.0, 0.17, 0.999):
        left = read_token(make_token(KEY, ttl=600, now=NOW + fraction), now=NOW + fraction)
        assert 599 <= left.seconds_left <= 600
