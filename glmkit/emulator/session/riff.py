"""One append under the wav formats: a complete RIFF file, read by its own header.

The service takes mono 16-bit little-endian PCM (documented); the rate is the header's (observed:
the official samples send 22,050 Hz under ``wav``). Sizes that lie are read to the end of the data.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from glmkit.emulator.session.refusals import ILLEGAL, Refusal

WHERE = "audio"
LOWEST_HZ, HIGHEST_HZ = 4_000, 192_000
_PCM, _EXTENSIBLE = 1, 0xFFFE
_FORMAT = struct.Struct("<HHIIHH")


@dataclass(frozen=True, slots=True)
class PcmAudio:
    """Mono 16-bit little-endian samples and their rate in Hz."""

    pcm: bytes
    rate: int

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.pcm) / 2 / self.rate


def read_riff(data: bytes) -> PcmAudio:
    """The samples of a WAV file. Raises Refusal for any other form of sound."""
    rate: int | None = None
    at = 12
    while at + 8 <= len(data):
        mark, size = struct.unpack_from("<4sI", data, at)
        body = at + 8
        if mark == b"fmt ":
            rate = _rate(data, body)
        elif mark == b"data" and rate is not None:
            # a recorder that was killed leaves 0, a pipe leaves 0xFFFFFFFF
            end = body + size if size else len(data)
            pcm = data[body : min(end, len(data))]
            if len(pcm) < 2:
                raise Refusal("no_audio", code=ILLEGAL, param=WHERE)
            return PcmAudio(pcm[: len(pcm) // 2 * 2], rate)
        at = body + size + size % 2
    raise Refusal("wav_cut", code=ILLEGAL, param=WHERE, found=len(data))


def _rate(data: bytes, at: int) -> int:
    if at + _FORMAT.size > len(data):
        raise Refusal("wav_cut", code=ILLEGAL, param=WHERE, found=len(data))
    kind, channels, rate, _, _, bits = _FORMAT.unpack_from(data, at)
    if kind not in (_PCM, _EXTENSIBLE) or channels != 1 or bits != 16:
        raise Refusal(
            "wav_form", code=ILLEGAL, param=WHERE, kind=kind, channels=channels, bits=bits
        )
    if not LOWEST_HZ <= rate <= HIGHEST_HZ:
        raise Refusal("wav_rate", code=ILLEGAL, param=WHERE, found=rate)
    return int(rate)
