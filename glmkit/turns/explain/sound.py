"""Findings about the sound that was sent. Each function is one; the rules are in ``all_checks``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from glmkit.errors import BadAudio
from glmkit.media.clip import Clip, level_in_words
from glmkit.media.formats import INPUT_FORMATS
from glmkit.media.voices_behind import RATE, level_behind
from glmkit.media.wav import is_wav
from glmkit.turns.explain.facts import (
    QUIET,
    appends,
    busiest_second,
    input_format,
    seconds_ratio,
    was_sent,
)
from glmkit.turns.finding import Values
from glmkit.turns.turn import Turn

SHORTEST = 0.1  # seconds of sound a commit needs
LARGEST_RATE = 50  # appends a second (documented cap)
_FULL = -0.01  # dBFS: where no sample is louder, none is clipped


def nothing_committed(turn: Turn) -> Iterator[Values]:
    """A commit with no sound before it."""
    commit = was_sent(turn, "input_audio_buffer.commit")
    if commit is not None and not appends(turn):
        yield {"at": commit.at}


def too_short(turn: Turn) -> Iterator[Values]:
    """Less sound than a commit needs."""
    sound = turn.input
    if turn.vad == "client" and sound is not None and sound.seconds < SHORTEST:
        yield {"ms": f"{sound.seconds * 1000:.0f}"}


def too_quiet(turn: Turn) -> Iterator[Values]:
    """Sound that never gets louder than a quiet room."""
    sound = turn.input
    if sound is not None and len(sound) and sound.peak < QUIET:
        yield {"peak": level_in_words(sound.peak)}


def clipped(turn: Turn) -> Iterator[Values]:
    """Samples at full scale, more than a few."""
    sound = turn.input
    if sound is not None and sound.peak > _FULL:
        share = float((abs(sound.samples) > 0.999).mean())
        if share > 0.001:
            yield {"percent": f"{share * 100:.1f}"}


def other_voices(turn: Turn) -> Iterator[Values]:
    """Others, or music, heard where the speaker pauses: which of them the sound does not tell.

    One neighbour alone is seldom found (``media/voices_behind`` has the figures).
    """
    sound = turn.input
    if sound is not None:
        under = level_behind(sound.resample(RATE).samples)
        if under is not None:
            yield {"under": f"{under:.0f}"}


def wrong_rate(turn: Turn) -> Iterator[Values]:
    """A WAV chunk whose header names another rate than the format's suffix."""
    for event in appends(turn)[:1]:
        expected = INPUT_FORMATS.get(event.format or "")
        if event.format in {"wav24", "wav48"}:
            found = _rate_of(event.payload)
            if found not in (None, expected):
                yield {"format": event.format, "expected": expected, "found": found}


def broken_wav(turn: Turn) -> Iterator[Values]:
    """Chunks that begin as WAV files and hold none."""
    wrapped = [e for e in appends(turn) if e.payload and is_wav(e.payload)]
    if broken := [e for e in wrapped if _rate_of(e.payload) is None]:
        yield {"count": len(broken), "at": broken[0].at}


def _rate_of(payload: bytes | None) -> float | None:
    """The rate in a WAV's header; None for what is no WAV, or no readable one."""
    if not payload or not is_wav(payload):
        return None
    try:
        return Clip.from_wav(payload).rate
    except BadAudio:
        return None


def pcm16_as_bit_depth(turn: Turn) -> Iterator[Values]:
    """Sound that, sent as it was spoken, lasts half as long again as it took: 24 kHz as 16."""
    ratio = seconds_ratio(turn)
    if ratio is not None and 1.4 < ratio < 1.6 and input_format(turn) in {"pcm16", "pcm"}:
        yield {"format": input_format(turn), "ratio": f"{ratio:.2f}"}


def headerless_wav(turn: Turn) -> Iterator[Values]:
    """Raw samples where the format promises whole WAV files."""
    bare = [e for e in appends(turn) if e.payload and not is_wav(e.payload)]
    if bare and input_format(turn).startswith("wav"):
        yield {"format": input_format(turn), "count": len(bare)}


def wav_under_pcm(turn: Turn) -> Iterator[Values]:
    """Whole WAV files where the format promises raw samples."""
    wrapped = [e for e in appends(turn) if e.payload and is_wav(e.payload)]
    if wrapped and input_format(turn).startswith("pcm"):
        yield {"format": input_format(turn), "count": len(wrapped)}


def upload_drift(turn: Turn) -> Iterator[Values]:
    """Chunks that left later and later than their sound: sleeping a chunk's length each time."""
    ratio = seconds_ratio(turn)
    sent = appends(turn)
    if ratio is not None and 0.3 < ratio < 0.97:
        took = sent[-1].at - sent[0].at
        yield {"late": f"{took * (1 - ratio):.2f}", "seconds": f"{took * ratio:.1f}"}


def too_many_appends(turn: Turn) -> Iterator[Values]:
    """More appends in a second than the documented cap."""
    most, begin = busiest_second([event.at for event in appends(turn)])
    if most > LARGEST_RATE:
        yield {"count": most, "at": begin}


CHECKS: Final = (
    nothing_committed,
    too_short,
    too_quiet,
    clipped,
    other_voices,
    wrong_rate,
    broken_wav,
    pcm16_as_bit_depth,
    headerless_wav,
    wav_under_pcm,
    upload_drift,
    too_many_appends,
)
