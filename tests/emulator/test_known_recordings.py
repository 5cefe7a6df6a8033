"""The kit's recordings are known by their sound."""

from __future__ import annotations

import numpy as np
import pytest
import soxr

from glmkit import aio
from glmkit.emulator.hear.known_recordings import known_words
from glmkit.media import kit_samples
from glmkit.media.kit_samples import sample, sentences_in


@pytest.mark.parametrize("name", kit_samples.samples())
def test_each_recording_is_known_whole_and_resampled(name: str) -> None:
    """Also softer, with its ends cut off, and after a detour over 24 kHz."""
    samples = sample(name).samples
    detour = soxr.resample(soxr.resample(samples, 16_000, 24_000), 24_000, 16_000)
    for heard in (samples, detour[3_000:-3_000] / 2):
        found = known_words(np.asarray(heard, np.float32))
        assert found is not None
        words, lang = found
        assert words == (" " if lang == "en" else "").join(sentences_in(name))
        assert lang == name[-2:]


def test_a_part_of_a_recording_is_that_sentence() -> None:
    """Server VAD cuts the two questions apart."""
    samples = sample("two_questions_zh").samples
    first, second = samples[: len(samples) // 2], samples[len(samples) // 2 :]
    assert known_words(first) == ("你叫什么名字？", "zh")
    assert known_words(second) == ("今天星期几？", "zh")


@pytest.mark.parametrize("name", kit_samples.samples())
def test_each_recording_is_known_from_whichever_sample_it_is_cut(name: str) -> None:
    """Also between two of those that are compared."""
    samples = sample(name).samples
    found = [known_words(samples[begin:]) for begin in range(1_500, 1_504)]
    assert found == [known_words(samples)] * 4


async def test_each_recording_is_known_under_server_vad() -> None:
    """Which cuts where it hears speech begin, and may miss a soft beginning."""
    pytest.importorskip("onnxruntime")
    async with aio.connect(to="emulator", vad="server", modalities=["text"]) as session:
        for name in kit_samples.samples():
            before = len(session.turns)
            await session.say(sample(name), speed=None)
            said = [turn.user_transcript for turn in session.turns[before:]]
            assert said == sentences_in(name), name


def test_anything_else_is_not_known() -> None:
    """Noise, silence, a tone, a moment."""
    noise = np.random.default_rng(1).normal(0, 0.1, 80_000).astype(np.float32)
    tone = np.sin(np.arange(80_000, dtype=np.float32) / 10)
    for other in (noise, tone, noise * 0, noise[:100]):
        assert known_words(other) is None
