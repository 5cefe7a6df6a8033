"""What was used last is kept, up to a size."""

from __future__ import annotations

from glmkit.emulator.speak.cache import LruCache


def test_the_longest_unused_is_forgotten() -> None:
    """Lengths count together; what is asked for is used."""
    kept = LruCache[str, bytes](10)
    kept.put("a", bytes(4))
    kept.put("b", bytes(4))
    assert kept.get("a") == bytes(4)
    kept.put("c", bytes(4))
    assert kept.get("b") is None
    assert kept.get("a") == kept.get("c") == bytes(4)


def test_what_is_larger_than_the_room_is_not_kept() -> None:
    """It would drive out everything else."""
    kept = LruCache[str, bytes](10)
    kept.put("a", bytes(10))
    kept.put("b", bytes(11))
    assert kept.get("b") is None
    assert kept.get("a") == bytes(10)


def test_the_same_key_is_counted_once() -> None:
    """The first value stays."""
    kept = LruCache[str, bytes](10)
    for _ in range(5):
        kept.put("a", bytes(4))
    kept.put("b", bytes(6))
    assert kept.get("a") == bytes(4)
