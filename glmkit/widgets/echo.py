"""Whether an answer interrupted itself: what was "said" is a piece of what was being played.

By its words where enough of them were understood; else by its sound, because a page that stops
at once lets little of itself be heard: half a second, three syllables, often no word at all.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

import numpy as np

from glmkit.media.clip import Clip

SHORTEST = 4  # characters; anything shorter may be chance
SHARE = 0.6  # of what was heard stands, in order, in the answer
BAND = (200.0, 4000.0)  # Hz: what small loudspeakers and microphones both do well
#: How far the best delay stands out of all others. Measured: a room's echo of 0.3 s of speech
#: 11 to 40, other people's speech 5 to 10.
PEAK = 12.0
LATEST = 5.0  # seconds before the end of what was heard that are looked at
LEAST = 0.2  # seconds of the answer that must have sounded
LONGEST = 3.0  # seconds of it that are compared


def is_echo(heard: str, answer: str) -> bool:
    """Whether the words ``heard`` are the ``answer``'s own, as a loudspeaker near the microphone
    makes them; both as transcripts."""
    heard, answer = _plain(heard), _plain(answer)
    if len(heard) < SHORTEST or not answer:
        return False
    matcher = SequenceMatcher(None, heard, answer, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks() if block.size > 1)
    longest = matcher.find_longest_match().size
    return longest >= SHORTEST and same >= SHARE * len(heard)


def _plain(words: str) -> str:
    return re.sub(r"[\W_]+", "", words).lower()


def is_same_sound(heard: Clip | None, played: Clip | None) -> bool:
    """Whether the end of ``heard`` holds what was ``played`` last, whatever the room did to it."""
    if heard is None or played is None or played.seconds < LEAST:
        return False
    microphone = heard[max(heard.seconds - LATEST, 0) :]
    loudspeaker = played[max(played.seconds - LONGEST, 0) :].resample(microphone.rate)
    return _prominence(microphone, loudspeaker) >= PEAK


def _prominence(one: Clip, other: Clip) -> float:
    """How far the best delay between two sounds stands out: the highest value of their
    cross-correlation, each frequency weighed alike (GCC-PHAT), over its root mean square."""
    size = 1 << (len(one) + len(other)).bit_length()
    cross = np.fft.rfft(one.samples, size) * np.conj(np.fft.rfft(other.samples, size))
    frequencies = np.fft.rfftfreq(size, 1 / one.rate)
    within = (frequencies > BAND[0]) & (frequencies < BAND[1]) & (np.abs(cross) > 0)
    phases = np.zeros_like(cross)
    phases[within] = cross[within] / np.abs(cross[within])
    delays = np.abs(np.fft.irfft(phases, size))[: len(one)]
    loudness = float(np.sqrt(np.mean(delays**2))) if len(delays) else 0.0
    return float(delays.max()) / loudness if loudness else 0.0
