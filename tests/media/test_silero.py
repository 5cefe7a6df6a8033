"""The detector: how likely each 32 ms of sound is speech."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from numpy.typing import NDArray

from glmkit.media.voice_activity import silero

DEADLINE = 30


def noise(frames: int, *, seed: int = 0) -> NDArray[np.float32]:
    """Loud noise: its probabilities differ from frame to frame."""
    return (np.random.default_rng(seed).standard_normal((frames, silero.FRAME)) * 0.2).astype("f")


def alone(frames: NDArray[np.float32]) -> NDArray[np.float32]:
    return silero.probabilities(frames.reshape(-1), silero.RATE)


def test_importing_does_not_load_the_network() -> None:
    """Importing the module leaves onnxruntime and soxr alone."""
    heavy = "{'onnxruntime', 'soxr'} & set(sys.modules)"
    code = f"import sys, glmkit.media.voice_activity.silero; sys.exit(bool({heavy}))"
    assert subprocess.run([sys.executable, "-c", code], timeout=DEADLINE).returncode == 0


def test_streams_in_one_call_do_not_disturb_each_other() -> None:
    """A call with streams of different lengths finds what a call for each finds."""
    parts = [noise(count, seed=count) for count in (1, 7, 3, 20)]
    together = silero.detector().probabilities(
        [(silero.StreamState.fresh(), part) for part in parts]
    )
    for part, (chances, _) in zip(parts, together, strict=True):
        np.testing.assert_allclose(chances, alone(part), atol=1e-5)


def test_state_carries_a_stream_over_calls() -> None:
    """Frames given one by one get the probabilities they get together."""
    frames, state, found = noise(12), silero.StreamState.fresh(), []
    for frame in frames:
        [(chances, state)] = silero.detector().probabilities([(state, frame[None])])
        found.append(chances[0])
    np.testing.assert_allclose(found, alone(frames), atol=1e-5)


def test_a_call_without_streams_finds_nothing() -> None:
    """An empty batch is no error."""
    assert silero.detector().probabilities([]) == []


def test_silence_is_not_speech() -> None:
    """Digital silence never looks like speech."""
    assert silero.probabilities(np.zeros(48_000, np.float32), 16_000).max() < 0.1


@pytest.mark.parametrize(("rate", "frames"), [(16_000, 32), (24_000, 32), (48_000, 32)])
def test_a_recording_gets_one_probability_for_32_ms(rate: int, frames: int) -> None:
    """A second at any rate gets 32 probabilities, the last frame filled up."""
    assert silero.probabilities(np.zeros(rate, np.float32), rate).shape == (frames,)


def test_an_empty_recording_has_no_probabilities() -> None:
    """No samples, no probabilities."""
    assert silero.probabilities(np.zeros(0, np.float32), 16_000).shape == (0,)
