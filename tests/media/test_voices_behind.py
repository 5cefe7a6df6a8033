"""Others who are heard behind a voice: found in a classroom, not where it is only noisy."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

import glmkit as glm
from glmkit.media.clip import Clip
from glmkit.media.sample_files import recordings
from glmkit.media.voices_behind import RATE, level_behind
from glmkit.texts import text_in
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


def _chords(count: int, rate: int) -> np.ndarray:
    """Three notes with their overtones, struck anew every second."""
    seconds = np.arange(count) / rate
    roots = 110 * 2 ** (np.random.default_rng(16).integers(0, 12, 100) / 12)
    root = roots[seconds.astype(int)]
    phase = 2 * np.pi * np.cumsum(root) / rate
    notes = sum(np.sin(2 ** (s / 12) * h * phase) / h for s in (0, 4, 7) for h in (1, 2, 3, 4))
    return np.asarray(notes * np.exp(-1.5 * (seconds % 1.0)))


def _drums(count: int, rate: int) -> np.ndarray:
    """Noise that is struck three times a second."""
    seconds = np.arange(count) / rate
    return np.random.default_rng(16).standard_normal(count) * np.exp(-25 * (seconds % 0.33))


def test_chords_are_taken_for_voices_and_drums_are_not() -> None:
    """So the finding names both, and gives nobody the advice to be louder."""
    pause = Clip.silence(0.5, rate=16_000)
    clip = pause + glm.sample("two_questions_zh").resample(16_000) + pause
    assert heard(_with(clip, _chords(len(clip), 16_000), 10)) is not None
    assert heard(_with(clip, _drums(len(clip), 16_000), 10)) is None
    for lang in ("en", "zh"):
        fact, cure = (
            text_in(lang, f"explain.other_voices{part}", under=10) for part in ("", "_cure")
        )
        assert ("music" in fact) or ("音乐" in fact)
        assert "louder" not in cure


def test_nothing_is_said_of_what_shows_nothing() -> None:
    """No sound, silence, a moment, a tone, and a voice that never pauses."""
    tight = glm.sample("joke_zh").voices(10)[0:0.8]
    for clip in (Clip.silence(0), Clip.silence(3), Clip.tone(220, 3), tight):
        assert heard(clip) is None
