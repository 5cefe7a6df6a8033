"""This very machine is known by every name it has, and no other is taken for it."""

from __future__ import annotations

import pytest

from glmkit.environment.loopback import is_loopback, leads_here

HERE = ("localhost", "LOCALHOST", "localhost.", "127.0.0.1", "127.8.8.8", "::1", "[::1]")
ELSEWHERE = ("", "localhost.example.com", "127.0.0.1.example.com", "10.0.0.1", "::2", "0.0.0.0")


@pytest.mark.parametrize("host", HERE)
def test_this_machine_is_known(host: str) -> None:
    """However its name is written, alone or in an address."""
    assert is_loopback(host)
    bracketed = f"[{host}]" if host == "::1" else host
    assert leads_here(f"ws://{bracketed}:8000/realtime")


@pytest.mark.parametrize("host", ELSEWHERE)
def test_other_machines_are_not(host: str) -> None:
    """Not even one whose name begins like this one's."""
    assert not is_loopback(host)
    assert not leads_here(f"ws://[{host}]/" if ":" in host else f"ws://{host}/")


@pytest.mark.parametrize("url", ["", "localhost", "ws://[::1", "ws://me@example.com/#@localhost"])
def test_what_is_no_address_leads_nowhere(url: str) -> None:
    """Half an address, a bare name, and one dressed up as this machine's."""
    assert not leads_here(url)
