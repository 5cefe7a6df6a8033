"""Others who are heard behind a voice: found in a classroom, not where it is only noisy."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

import glmkit as glm
from glmkit.media.clip import Clip
from glmkit.media.sample_files import recordings
from glmkit.media.voices_behind import RATE, level_behind
from tests.listed import check_each


def heard(clip: Clip) -> float | None:
    return level_behind(clip.resample(RATE).samples)


def _with(clip: Clip, other: np.ndarray, db: float) -> Clip:
    """``clip`` with another sound ``db`` decibels under it."""
    there = clip.samples[np.abs(clip.samples) > 1e-3]
    scale = np.sqrt(np.mean(there**2) / np.mean(other**2)) * 10 ** (-db / 20)
    both = clip.samples + scale * other
    return Clip((both / max(1.0, np.abs(both).max())).astype(np.float32), clip.rate)


def _alone(clip: Clip) -> Iterator[tuple[str, Clip]]:
    """A voice alone, clean, otherwise recorded, and with all that is no voice."""
    random, seconds = np.random.default_rng(1), np.arange(len(clip)) / clip.rate
    white = random.standard_normal(len(clip))
    hum = sum(np.sin(2 * np.pi * 100 * n * seconds + n) / n for n in range(1, 8))
    yield from (("clean", clip), ("telephone", clip.telephone()), ("gaps", clip.drop(0.2)))
    yield from ((f"{f} times as fast", clip.faster(f)) for f in (0.7, 1.4))
    for db in (5, 10, 15, 20):
        yield f"noise {db}", clip.noise(db, seed=db)
        yield f"white {db}", _with(clip, white, db)
        yield f"rumble {db}", _with(clip, np.cumsum(white) - np.cumsum(white).mean(), db)
        yield f"hum {db}", _with(clip, np.asarray(hum), db)
        yield f"fan {db}", _with(clip, white * (1 + 0.5 * np.sin(2 * np.pi * 7 * seconds)), db)


@pytest.mark.slow
def test_a_voice_alone_has_nobody_behind_it() -> None:
    """Clean, over a telephone, with gaps, in noise, in a hum, beside a fan: never a neighbour."""

    def check(name: str) -> None:
        clip = Clip.read(recordings()[name])
        silence = Clip.silence(0.6, rate=clip.rate)
        for kind, alone in (*_alone(clip), *_alone(silence + clip + silence)):
            assert heard(alone) is None, kind

    check_each(check, [(name,) for name in recordings()])


def test_neighbours_are_heard_where_the_voice_pauses() -> None:
    """And about how far under it, also where a client has added digital silence."""
    clip = glm.sample("two_questions_zh")
    for seed in range(3):
        noisy = clip.voices(10, seed=seed)
        for each in (noisy, noisy + Clip.silence(1.2, rate=noisy.rate)):
            under = heard(each)
            assert under is not None
            assert 8 < under < 18


def test_nothing_is_said_of_what_shows_nothing() -> None:
    """No sound, silence, a moment, a tone, and a voice that never pauses."""
    tight = glm.sample("joke_zh").voices(10)[0:0.8]
    for clip in (Clip.silence(0), Clip.silence(3), Clip.tone(220, 3), tight):
        assert heard(clip) is None
