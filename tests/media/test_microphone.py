"""The microphone: pieces at the rate that is wanted, whatever the device's own is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from glmkit.media.clip import Clip
from glmkit.media.microphone import Microphone
from tests.listed import check_each


class Telling:
    """A device that tells what the test does."""

    def __init__(self) -> None:
        self.closed = 0

    def record(self, rate: int, take: Callable[[bytes, int], None]) -> Telling:
        self.take = take
        return self

    def play(self, rate: int, fill: Callable[[int, int], bytes]) -> Telling:
        raise NotImplementedError

    def close(self) -> None:
        self.closed += 1


def test_nothing_is_lost_at_any_rate() -> None:
    """Pieces of 100 ms, and what is left when it is closed; twice on and off is two recordings."""
    check_each(
        _hears_whole, [(16_000, 16_000), (44_100, 16_000), (48_000, 24_000), (8_000, 16_000)]
    )


def _hears_whole(own: int, wanted: int) -> None:
    device, pieces = Telling(), list[Clip]()
    microphone = Microphone(device, wanted, pieces.append)
    sound = Clip.tone(300, 0.75, own)
    for _ in range(2):
        pieces.clear()
        microphone.open()
        microphone.open()
        for start in range(0, len(sound), 441):
            device.take(sound.to_pcm()[2 * start : 2 * (start + 441)], own)
        microphone.close()
        microphone.close()
        assert {piece.seconds for piece in pieces[:-1]} == {0.1}
        whole = np.concatenate([piece.samples for piece in pieces])
        expected = sound.resample(wanted).samples
        assert abs(len(whole) - len(expected)) <= 1
        count = min(len(whole), len(expected))
        assert np.max(np.abs(whole[:count] - expected[:count])) < 0.01
    assert device.closed == 2
    assert not microphone.on


def test_sound_ahead_of_the_clock_is_dropped() -> None:
    """A null device gives hours in a second: a conversation gets what time there was."""
    device, pieces = Telling(), list[Clip]()
    microphone = Microphone(device, 16_000, pieces.append)
    microphone.open()
    for _ in range(600):
        device.take(bytes(32_000), 16_000)
    microphone.close()
    assert 1 <= sum(piece.seconds for piece in pieces) < 60
