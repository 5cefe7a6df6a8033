"""Answers as MP3 (an old output format that is observed to live on): 24 kHz mono, 40 kbit/s.

Only these settings write progressively: with others the library rewrites the first frame at the
end, and what was already sent decodes to a fraction of itself.
"""

from __future__ import annotations

import asyncio
import io
from typing import Any

RATE = 24_000


class _Made(io.BytesIO):
    """What was encoded; open for as long as anybody holds it."""

    def __del__(self) -> None:
        """Nothing: the encoder of a cancelled answer writes its last bytes when it is collected."""


class Mp3Encoder:
    """One stream: feed PCM, get MP3 bytes some 70 ms later; encoding runs in a worker thread."""

    def __init__(self) -> None:
        self._made = _Made()
        self._file: Any = None
        self._given = 0

    async def feed(self, pcm: bytes) -> bytes:
        """The MP3 bytes that 16-bit samples at 24 kHz complete."""
        return await asyncio.to_thread(self._feed, pcm)

    async def end(self) -> bytes:
        """The last of it."""
        return await asyncio.to_thread(self._end)

    def _feed(self, pcm: bytes) -> bytes:
        import numpy as np
        import soundfile

        if self._file is None:
            self._file = soundfile.SoundFile(
                self._made,
                "w",
                RATE,
                1,
                format="MP3",
                subtype="MPEG_LAYER_III",
                bitrate_mode="CONSTANT",
                compression_level=0.8,
            )
        self._file.write(np.frombuffer(pcm, "<i2"))
        self._file.flush()
        return self._new()

    def _end(self) -> bytes:
        if self._file is not None:
            self._file.close()
        return self._new()

    def _new(self) -> bytes:
        with self._made.getbuffer() as made:
            new = bytes(made[self._given :])
        self._given += len(new)
        return new
