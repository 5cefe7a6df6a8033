"""The loudspeaker, asked for sound as a device asks: what it gives, and what it tells."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from glmkit.media.clip import Clip
from glmkit.media.loudspeaker import Loudspeaker, Sounded
from tests.listed import check_each

RATE = 24_000


class Asking:
    """A device that asks when the test does."""

    def __init__(self, rate: int = RATE) -> None:
        self.rate, self.closed = rate, False
        self.told: list[Sounded] = []

    def record(self, rate: int, take: Callable[[bytes, int], None]) -> Asking:
        raise NotImplementedError

    def play(self, rate: int, fill: Callable[[int, int], bytes]) -> Asking:
        self._fill = fill
        return self

    def ask(self, seconds: float) -> bytes:
        count = round(seconds * self.rate)
        pieces = [self._fill(min(480, count - n), self.rate) for n in range(0, count, 480)]
        assert sum(map(len, pieces)) == 2 * count
        return b"".join(pieces)

    def close(self) -> None:
        self.closed = True


def loudspeaker(rate: int = RATE) -> tuple[Loudspeaker, Asking]:
    device = Asking(rate)
    return Loudspeaker(device, rate=RATE, sounded=device.told.append), device


SOUND = Clip.tone(300, 1.0, RATE).to_pcm()
QUARTER = len(SOUND) // 4


def test_what_arrives_in_time_is_played_without_a_gap() -> None:
    """Bit for bit, one answer right behind the other, and each is told when it is over."""
    speaker, device = loudspeaker()
    speaker.play("one", SOUND[:QUARTER])
    played = device.ask(0.2)
    speaker.play("one", SOUND[QUARTER:])
    speaker.end("one")
    speaker.play("two", SOUND)
    assert speaker.playing
    played += device.ask(1.0)
    speaker.end("two")
    played += device.ask(1.0)
    assert played.rstrip(b"\0") == (SOUND + SOUND).rstrip(b"\0")
    assert device.told == [
        Sounded("one", RATE, 0, 0, stopped=False),
        Sounded("two", RATE, 0, 0, stopped=False),
    ]
    assert not speaker.playing


def test_an_answer_waits_until_it_can_go_on() -> None:
    """120 ms first; where it then runs dry it is silent, and waits for as much again."""
    speaker, device = loudspeaker()
    speaker.play("one", SOUND[:4_000])  # 83 ms
    assert not any(device.ask(0.1))
    speaker.play("one", SOUND[4_000:QUARTER])
    assert device.ask(0.25).rstrip(b"\0") == SOUND[:QUARTER].rstrip(b"\0")
    assert not any(device.ask(0.1))
    speaker.play("one", SOUND[QUARTER : QUARTER + 2_000])
    assert not any(device.ask(0.1))
    speaker.end("one")  # all of it is there: no reason to wait
    assert any(device.ask(0.1))
    assert device.told == [Sounded("one", (QUARTER + 2_000) // 2, 0, 1, stopped=False)]


def test_stopping_is_at_once_and_for_good() -> None:
    """A ramp of 64 samples, silence, a count of both parts; what still comes is not played."""
    speaker, device = loudspeaker()
    speaker.play("one", SOUND)
    speaker.play("two", SOUND)
    device.ask(0.5)
    speaker.flush()
    speaker.play("one", SOUND)
    speaker.end("one")
    after = np.frombuffer(device.ask(0.2), "<i2")
    assert np.any(after[:64])
    assert not np.any(after[64:])
    assert device.told == [
        Sounded("one", RATE // 2 + 64, RATE // 2 - 64, 0, stopped=True),
        Sounded("two", 0, RATE, 0, stopped=True),
    ]
    speaker.play("three", SOUND)
    assert any(device.ask(0.2))
    speaker.close()
    speaker.close()
    assert device.closed


def test_a_device_plays_at_its_own_rate() -> None:
    """Resampled as one, whatever pieces it came in, and counted at its own rate."""
    check_each(_plays_whole, [(8_000,), (44_100,), (48_000,), (96_000,)])


def _plays_whole(rate: int) -> None:
    speaker, device = loudspeaker(rate)
    played = b""
    for start in range(0, len(SOUND), 4_800):
        speaker.play("one", SOUND[start : start + 4_800])
        played += device.ask(0.05 if start else 0)
    speaker.end("one")
    played += device.ask(1.0)
    samples = Clip.from_pcm(played, rate)
    (start, end), *others = samples.voiced_spans()
    assert not others
    assert abs(end - start - 1.0) < 0.03
    assert device.told == [Sounded("one", RATE, 0, 0, stopped=False)]
    spectrum = np.abs(np.fft.rfft(samples[start + 0.1 : end - 0.1].samples))
    share = spectrum.max() ** 2 / np.sum(spectrum**2)
    assert share > 0.5, "not the tone it was"
