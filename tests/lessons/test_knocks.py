"""At the door of the emulator: whether a key or a token is let in, as a value."""

from __future__ import annotations

import time

import glmkit as glm
from glmkit.auth.credentials import Key


def test_a_key_and_its_token_are_let_in_and_others_refused() -> None:
    """101 for both; an expired token is 1003, a stranger's 1002, and the words say what to do."""
    with glm.connect("emulator") as session:
        key = session.address.credential
        assert [glm.lessons.knock(each).status for each in (key, glm.auth.make_token(key))] == [
            101,
            101,
        ]
        old = glm.lessons.knock(glm.auth.make_token(key, ttl=60, now=time.time() - 3600))
        stranger = glm.lessons.knock(glm.auth.make_token(Key.random()))
    assert (old.status, old.code) == (401, "1003")
    assert (stranger.status, stranger.code) == (401, "1002")
    assert "expired" in old.words
    assert repr(old) == "401: refused, code 1003"


def test_what_can_be_no_key_is_not_sent() -> None:
    """Said as a value, without the text that was given."""
    for bad in ("copied-without-its-dot", "", "a.b.c.d", "🔑.🔑"):
        found = glm.lessons.knock(bad)
        assert found.status is None
        assert found.words
        assert not bad or bad not in found.words
