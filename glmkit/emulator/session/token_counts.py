"""Rough token counts: the service does not publish its tokenizer, so these are estimates."""

from __future__ import annotations

AUDIO_PER_SECOND = 12.5
"""Tokens of a second of sound: what Zhipu's open speech tokenizer has (GLM-4-Voice)."""


def text_tokens(words: str) -> int:
    """About one a Chinese character, one per four of other letters."""
    wide = sum(1 for each in words if ord(each) > 0x2E7F)
    return wide + (len(words) - wide + 3) // 4


def audio_tokens(seconds: float) -> int:
    """Of so many seconds of sound."""
    return round(seconds * AUDIO_PER_SECOND)


def within(most: str, before: str, words: str) -> float:
    """The share of ``words`` that still fits after ``before``: 1.0 for all of them."""
    if most == "inf" or not words:
        return 1.0
    left = int(most) - text_tokens(before)
    return min(1.0, max(0.0, left / max(1, text_tokens(words))))
