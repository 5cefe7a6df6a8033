"""``Take``: one recording as it comes from the page, chunk by chunk. Pure.

Rules
- Chunks are numbered from 0. They may come late and in a burst, when the kernel was busy: all
  of them are kept. One that comes twice counts once.
- At the end the page says how many it sent; what is missing then is known, and said.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from glmkit.media.clip import Clip


@dataclass(slots=True)
class Take:
    """The chunks of one recording: 16-bit little-endian mono samples at ``rate`` Hz."""

    rate: int
    chunks: dict[int, bytes] = field(default_factory=dict)
    gaps: int = 0  # blocks the browser's audio thread lost

    def add(self, seq: int, samples: bytes) -> None:
        """Keep one chunk."""
        self.chunks.setdefault(seq, samples[: len(samples) // 2 * 2])

    def missing(self, sent: int) -> int:
        """How many of the ``sent`` chunks never came."""
        return sent - sum(seq < sent for seq in self.chunks)

    @property
    def pcm(self) -> bytes:
        """All samples in order."""
        return b"".join(self.chunks[seq] for seq in sorted(self.chunks))

    @property
    def seconds(self) -> float:
        """How long it is so far."""
        return sum(map(len, self.chunks.values())) / 2 / self.rate

    @property
    def clip(self) -> Clip:
        """The recording."""
        return Clip.from_pcm(self.pcm, self.rate)
