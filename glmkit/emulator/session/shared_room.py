"""How much memory all sessions of one emulator fill together, besides what each may by itself.

Rules
- A session counts what it keeps of its client: sound and pictures that wait, items, sound that is
  not recognised yet. It is asked for that number seldom: after so many bytes that came.
- Where all together keep too much, whatever would add to it is refused (1305, the service's own
  code for being busy), until enough was committed, cleared, deleted or closed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from glmkit.emulator.session.refusals import SERVER, Refusal

MOST_TOGETHER: Final = 512_000_000
"""Bytes: a class of 200 with pictures has a quarter of it."""
FILLING: Final = frozenset(
    {
        "session.update",
        "input_audio_buffer.append",
        "input_audio_buffer.append_video_frame",
        "conversation.item.create",
    }
)
"""The events that add to what is kept."""
_LOOKS = 64  # at what is kept, while the room is filled once
_AGAIN = 0.1  # seconds until a full room is looked at again


class SharedRoom:
    """The memory that one emulator has for what its clients send."""

    def __init__(self, most: int = MOST_TOGETHER) -> None:
        self._most = most
        self._kept: list[Callable[[], int]] = []
        self._came = 0  # bytes since the last look
        self._full_at: float | None = None  # when it was found to be full

    @contextmanager
    def shared(self, kept: Callable[[], int]) -> Iterator[None]:
        """Meanwhile a session is among those that are asked what they keep, in bytes."""
        self._kept.append(kept)
        try:
            yield
        finally:
            self._kept.remove(kept)

    def check(self, size: int) -> None:
        """So many bytes came that would be kept. Raises Refusal where there is no room."""
        self._came += size
        if self._full_at is not None and time.monotonic() - self._full_at < _AGAIN:
            raise self._refusal()
        if self._full_at is None and self._came < self._most // _LOOKS:
            return
        self._came, self._full_at = 0, None
        if sum(kept() for kept in self._kept) > self._most:
            self._full_at = time.monotonic()
            raise self._refusal()

    def _refusal(self) -> Refusal:
        return Refusal("room_full", code="1305", type=SERVER, most=f"{self._most / 1e6:g}")
