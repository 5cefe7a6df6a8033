"""The card of a token: what its header and its claims say, and how long it lasts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from glmkit.auth.credentials import Token
from glmkit.auth.masking import CUT
from glmkit.auth.tokens import TokenInfo, read_token
from glmkit.cards.frame import Bundle, bundle, card, chip, facts, in_terminal, quiet, row, safe, say
from glmkit.errors import BadToken
from glmkit.texts import text

_SHOWN = 4  # letters of an id


def token_card(token: Token) -> Bundle:
    """Header and claims of ``token``, its time left; never its signature."""
    if in_terminal():
        return {}
    name = f"<b>{say('cards.token')}</b>"
    try:
        info = read_token(token)
    except BadToken as error:
        parts = [row(name, chip(say("cards.token_bad"), "error")), quiet(safe(error))]
    else:
        parts = [row(name, _left(info)), _facts(info)]
    return bundle(repr(token), card("token", say("cards.token"), *parts))


def token_info_card(info: TokenInfo) -> Bundle:
    """The same of a token that was read, with whether it was verified."""
    if in_terminal():
        return {}
    signed = ""
    if info.verified is not None:
        good = "cards.token_verified" if info.verified else "cards.token_unverified"
        mark = "✓" if info.verified else "✗"
        signed = chip(f"{mark} {say(good)}", "input" if info.verified else "error")
    head = row(f"<b>{say('cards.token')}</b>", _left(info), signed)
    return bundle(_plain(info), card("token", say("cards.token"), head, _facts(info)))


def _left(info: TokenInfo) -> str:
    if info.expired:
        return chip(f"✗ {say('cards.token_expired', seconds=-info.seconds_left)}", "error")
    meaning, mark = ("speech", "!") if info.seconds_left < 60 else ("input", "✓")
    return chip(f"{mark} {say('cards.token_left', seconds=info.seconds_left)}", meaning)


def _facts(info: TokenInfo) -> str:
    return facts(_rows(info), say("cards.token_parts"))


def _rows(info: TokenInfo) -> Iterator[tuple[str, str]]:
    yield say("cards.token_header"), _code(info.header)
    yield say("cards.token_claims"), _code(_without_id(info.claims))
    for name, per_second in (("exp", 1), ("timestamp", 1000)):
        yield f"<code>{name}</code>", safe(_date(info.claims.get(name), per_second))
    yield say("cards.token_signature"), f"<code>{CUT}</code> {say('cards.token_hidden')}"


def _without_id(claims: dict[str, Any]) -> dict[str, Any]:
    """The claims with the key's id cut short."""
    key = claims.get("api_key")
    return claims if key is None else {**claims, "api_key": f"{str(key)[:_SHOWN]}{CUT}"}


def _code(value: object) -> str:
    try:
        words = json.dumps(value, ensure_ascii=False, default=str)
    except RecursionError:
        words = CUT
    return f'<code dir="auto">{safe(words, 4_000)}</code>'


def _date(value: object, per_second: int) -> str:
    """The moment a claim names; documented: exp in seconds, timestamp in milliseconds."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    try:
        moment = datetime.fromtimestamp(value / per_second, UTC)
    except (ValueError, OverflowError, OSError):
        return ""
    return text("cards.date", date=f"{moment:%Y-%m-%d %H:%M:%S}")


def _plain(info: TokenInfo) -> str:
    claims = _without_id(info.claims)
    return repr(TokenInfo(info.header, claims, info.seconds_left, info.verified, info.clock_skew))
