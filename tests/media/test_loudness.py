"""Loudness: levels, and where somebody speaks."""

from __future__ import annotations

import numpy as np
import pytest

from glmkit.media.clip import Clip

RNG = np.random.default_rng(1)


def test_voiced_spans_find_the_words() -> None:
    """Two sounds with a pause are two spans; a short pause stays inside."""
    word, pause = Clip.tone(300, 0.5), Clip.silence(0.4)
    spans = (pause + word + pause + word + Clip.silence(1)).voiced_spans()
    assert np.allclose(spans, [(0.4, 0.9), (1.3, 1.8)], atol=0.011)
    spans = (word + Clip.silence(0.1) + word).voiced_spans()
    assert np.allclose(spans, [(0.0, 1.1)], atol=0.011)


@pytest.mark.parametrize("noise", [0.0, 0.001, 0.01])
def test_voiced_end_is_found_in_noise(noise: float) -> None:
    """Noise and a constant offset after the last word are no voice, nor is what is appended."""
    words = Clip.silence(0.5) + Clip.tone(300, 0.7, level=-20) + Clip.silence(0.5)
    samples = words.samples + noise * RNG.standard_normal(len(words)) + 0.2
    clip = Clip(samples, 16_000) + Clip.silence(1)
    assert clip.voiced_end == pytest.approx(1.2, abs=0.021)


def test_silence_and_clicks_have_no_voice() -> None:
    """Silence, next to silence and a click have no voiced end."""
    click = np.zeros(16_000)
    click[8_000:8_020] = 0.9
    for clip in (
        Clip.silence(1),
        Clip([], 16_000),
        Clip.tone(300, 1, level=-60),
        Clip(click, 16_000),
    ):
        assert clip.voiced_end is None
    assert Clip.silence(1).level == Clip.silence(1).peak == -np.inf
