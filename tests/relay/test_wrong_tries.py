"""Addresses that try wrong keys: slower and slower, forgotten in time, and never too many."""

from __future__ import annotations

from glmkit.relay.wrong_tries import ADDRESSES, FREE, SLOWEST, WrongTries


def test_an_address_is_answered_later_and_later() -> None:
    """The first tries at once, then slower up to a bound; a minute later at once again."""
    tries = WrongTries()
    delays = [tries.delay("a", now=float(n) / 100) for n in range(1_000)]
    assert delays[: FREE - 1] == [0.0] * (FREE - 1)
    assert sorted(delays) == delays
    assert delays[-1] == SLOWEST
    assert tries.delay("b", now=10.0) == 0
    assert tries.delay("a", now=61.0) == 0


def test_few_addresses_are_remembered() -> None:
    """Whoever comes from ever new ones fills no memory."""
    tries = WrongTries()
    for number in range(10_000):
        tries.delay(str(number), now=0.0)
    assert len(tries) == ADDRESSES
