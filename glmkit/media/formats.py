"""The formats in which the service takes and gives sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

#: Input format → sampling rate in Hz. The suffix is kHz (documented).
INPUT_FORMATS: Final = {
    "wav": 16_000,
    "wav24": 24_000,
    "wav48": 48_000,
    "pcm": 16_000,
    "pcm16": 16_000,
    "pcm24": 24_000,
}
#: Output format → sampling rate in Hz (documented for pcm; observed for mp3).
OUTPUT_FORMATS: Final = {"pcm": 24_000, "mp3": 24_000}


@dataclass(frozen=True, slots=True)
class Format:
    """How the service takes audio: its rate in Hz, and bare samples or a WAV file each time."""

    rate: int
    container: Literal["pcm", "wav"]


#: Input format → what it means (documented). The suffix is kHz, never bit depth.
FORMATS: Final = {
    name: Format(rate, "wav" if name.startswith("wav") else "pcm")
    for name, rate in INPUT_FORMATS.items()
}
