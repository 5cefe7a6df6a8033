"""Statements 1 to 6, 87 and 90: who is let in.

Scenes at the door: who is let in, before there is a WebSocket.

A scene here is one upgrade; its facts are ``status`` and ``code`` of the answer.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Final

from glmkit.auth.credentials import Key, Token, bearer
from glmkit.auth.masking import HeaderValue, Secret
from glmkit.auth.tokens import make_token
from glmkit.errors import Refused
from glmkit.verify.evidence import Evidence
from glmkit.verify.scene import on_upgrade
from glmkit.verify.scene_client import Stage
from glmkit.verify.statement import states

_STRANGER = "f" * 32  # an id nobody has


async def knock(
    stage: Stage, credential: Key | Token | None, *, query: str | None = None
) -> Evidence:
    """One upgrade with a key or token, or with nothing: in the header, or behind ``query``."""
    url, headers = stage.address.url, bearer(credential) if credential and query is None else {}
    if query is not None and credential:
        url = f"{url}?Authorization={query}{credential.reveal()}"
    status, code = await _answer(stage, Secret.of(url), headers)
    return Evidence(facts={"status": status, "code": code})


async def _answer(stage: Stage, url: Secret, headers: Mapping[str, str]) -> tuple[int, str]:
    try:
        async with stage.opened(HeaderValue(url.reveal()), headers):
            return 101, ""
    except Refused as refusal:
        return refusal.status or 0, refusal.code or "-"


@on_upgrade
async def with_key(stage: Stage) -> Evidence:
    """The key itself in the header."""
    return await knock(stage, stage.key)


@on_upgrade
async def with_token(stage: Stage) -> Evidence:
    """A token in the header."""
    return await knock(stage, _token(stage))


@on_upgrade
async def with_expired_token(stage: Stage) -> Evidence:
    """A token whose time is over."""
    return await knock(stage, make_token(stage.key, ttl=60, now=time.time() - 3_600))


@on_upgrade
async def with_nothing(stage: Stage) -> Evidence:
    """No Authorization at all."""
    return await knock(stage, None)


@on_upgrade
async def with_forged_token(stage: Stage) -> Evidence:
    """A token signed with another secret."""
    return await knock(stage, make_token(Key.parse(f"{stage.key.id}.{'x' * 16}")))


@on_upgrade
async def with_query(stage: Stage) -> Evidence:
    """A token in the query, as browsers must."""
    return await knock(stage, _token(stage), query="")


@on_upgrade
async def with_bearer_in_query(stage: Stage) -> Evidence:
    """The same with the word Bearer before it, as some pages show it."""
    return await knock(stage, _token(stage), query="Bearer%20")


def _token(stage: Stage) -> Token:
    credential = stage.address.credential
    return credential if isinstance(credential, Token) else make_token(credential)


# -- what they show --------------------------------------------------------------------------


def _upgrade(evidence: Evidence) -> str:
    status, code = evidence.facts["status"], evidence.facts["code"]
    return f"HTTP {status} {code}".strip()


def _let_in(evidence: Evidence) -> str:
    return evidence.need(evidence.facts["status"] == 101, _upgrade(evidence))


def _turned_away(evidence: Evidence, *codes: str) -> str:
    right = evidence.facts["status"] == 401 and evidence.facts["code"] in codes
    return evidence.need(right, _upgrade(evidence))


def _named(evidence: Evidence) -> str:
    """A 401 with a code of the service's, which no proxy on the way would know."""
    status, code = evidence.facts["status"], evidence.facts["code"]
    return evidence.need(status == 401 and code in (*_THOUSANDS, "401"), _upgrade(evidence))


_THOUSANDS: Final = tuple(map(str, range(1000, 1006)))
SCENES: Final = (
    with_key,
    with_token,
    with_expired_token,
    with_nothing,
    with_forged_token,
    with_query,
    with_bearer_in_query,
)
STATEMENTS: Final = (
    states("1", "with_key")(_let_in),
    states("2", "with_token")(_let_in),
    states("3", "with_expired_token")(lambda e: _turned_away(e, "1003")),
    states("4", "with_nothing")(lambda e: _turned_away(e, "1001")),
    states("5", "with_forged_token")(lambda e: _turned_away(e, *_THOUSANDS)),
    states("6", "with_query")(_let_in),
    states("87", "with_forged_token")(_named),
    states("90", "with_bearer_in_query")(_let_in),
)
