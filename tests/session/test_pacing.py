"""The paced upload: absolute deadlines, on a clock the test moves."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator

import numpy as np
import pytest

from glmkit.errors import BadAudio, GlmWarning
from glmkit.media.clip import Clip
from glmkit.protocol.settings import Settings
from glmkit.session.pacing import LIVE_RATE, Pace, send_paced
from glmkit.session.speech import as_speech, chunked, seconds_of, with_silence


class Clock:
    """A clock that stands still but for sleep, and for the stalls a test adds."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr(asyncio, "sleep", self.sleep)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds + 0.0013  # a sleep always takes a little longer


async def sent_at(
    clock: Clock, pace: Pace, *, seconds: float, stalls: dict[int, float]
) -> list[float]:
    """When each chunk left, in seconds from the start; ``stalls``: chunk number → seconds."""
    times: list[float] = []

    async def send(chunk: bytes) -> None:
        times.append(clock.now - 100.0)
        clock.now += stalls.get(len(times), 0.0)

    chunks = chunked(Clip.silence(seconds), "pcm16", pace.chunk_ms)
    assert await send_paced(chunks, send, pace, clock=clock) == pytest.approx(seconds)
    return times


async def test_chunks_leave_when_their_sound_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty seconds in 20 ms chunks do not drift by more than one sleep's slack."""
    times = await sent_at(Clock(monkeypatch), Pace(20), seconds=30, stalls={})
    expected = [(k + 1) * 0.02 for k in range(1500)]
    assert max(abs(a - b) for a, b in zip(times, expected, strict=True)) < 0.002


async def test_a_stall_is_caught_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """After half a second's stall the chunks that are due leave at once, then the pace holds."""
    times = await sent_at(Clock(monkeypatch), Pace(100), seconds=2, stalls={5: 0.55})
    assert times[5] == times[9] == pytest.approx(1.05, abs=0.01)
    assert times[-1] == pytest.approx(2.0, abs=0.01)


async def test_catching_up_keeps_the_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a rate no second holds more chunks than it allows, stall or not."""
    pace = Pace(25, 1.0, LIVE_RATE)
    times = await sent_at(Clock(monkeypatch), pace, seconds=6, stalls={40: 2.0})
    busiest = max(sum(t <= other < t + 1 for other in times) for t in times)
    assert busiest <= LIVE_RATE + 1


async def test_unpaced_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """speed=None sends everything at once."""
    times = await sent_at(Clock(monkeypatch), Pace(100, None), seconds=5, stalls={})
    assert set(times) == {0.0}


async def test_speed_changes_the_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """At double speed the last chunk leaves after half the time."""
    times = await sent_at(Clock(monkeypatch), Pace(100, 2.0), seconds=4, stalls={})
    assert times[-1] == pytest.approx(2.0, abs=0.01)


def test_small_chunks_are_enlarged_for_the_live_service() -> None:
    """20 ms chunks would be 50 a second: they become 23 ms, and it is said."""
    with pytest.warns(GlmWarning, match="20 ms to 23 ms"):
        assert Pace(20).within(LIVE_RATE).chunk_ms == 23
    assert Pace(100).within(LIVE_RATE) == Pace(100, 1.0, LIVE_RATE)


@pytest.mark.parametrize("format", ["pcm", "pcm16", "pcm24", "wav", "wav24", "wav48"])
async def test_chunks_last_as_long_as_the_clip(format: str) -> None:
    """The seconds of the chunks add up in every format, also for an iterator of pieces."""
    clip = Clip.tone(440, 1.234, rate=44_100)

    async def pieces() -> AsyncIterator[Clip]:
        yield clip[:0.5]
        yield clip[0.5:]

    for speech in (clip, pieces()):
        chunks = [c async for c in chunked(speech, format, 100)]
        assert sum(s for _, s in chunks) == pytest.approx(1.234, abs=0.001)
        assert all(seconds_of(c, format) == pytest.approx(s) for c, s in chunks)


async def test_bytes_pass_as_they_are() -> None:
    """Raw pieces in the input format are not touched."""
    pieces = [bytes(640), bytes(320)]
    assert [c async for c in chunked(iter(pieces), "pcm16", 100)] == [
        (bytes(640), 0.02),
        (bytes(320), 0.01),
    ]


async def test_samples_are_not_taken_for_a_file_by_their_first_four_bytes() -> None:
    """A WAV says so twice; sound that happens to begin as one passes, and is none under wav."""
    piece = b"RIFF" + bytes(636)
    assert [c async for c in chunked(iter([piece]), "pcm16", 100)] == [(piece, 0.02)]
    with pytest.raises(BadAudio, match="complete WAV"):
        [c async for c in chunked(iter([piece]), "wav", 100)]


async def test_a_piece_that_is_waited_for_does_not_stop_the_loop() -> None:
    """A generator may block, on a microphone for one: whatever else the loop carries goes on."""
    spoken = threading.Event()

    def microphone() -> Iterator[bytes]:
        assert spoken.wait(5)
        yield bytes(640)

    async def speak() -> None:
        spoken.set()

    speaking = asyncio.create_task(speak())
    assert [c async for c in chunked(microphone(), "pcm16", 100)] == [(bytes(640), 0.02)]
    await speaking


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_a_files_bytes_are_speech_in_any_wrapping(kind: Callable[[bytes], object]) -> None:
    """What Clip.read takes, say takes, too."""
    clip = Clip.tone(440, 0.1)
    assert as_speech(kind(clip.to_wav())) == Clip.from_wav(clip.to_wav())


def test_a_pair_of_rate_and_samples_is_a_clip() -> None:
    """Other libraries' files are said as they come, in either order."""
    samples = np.ones(160, np.int16)
    for pair in ((16_000, samples), (samples, 16_000)):
        assert as_speech(pair) == Clip(samples, 16_000)


async def test_pairs_are_pieces_too() -> None:
    """At their own rate, in either order."""
    tone = Clip.tone(440, 0.2, rate=24_000)
    pairs = iter([(24_000, tone.samples), (tone.samples, 24_000)])
    sent = [seconds async for _, seconds in chunked(as_speech(pairs), "pcm16", 100)]
    assert sum(sent) == pytest.approx(0.4, abs=0.001)


def test_an_empty_piece_among_others_is_not_sent() -> None:
    """The service would refuse an append without sound."""

    async def sent() -> list[bytes]:
        pieces = as_speech([b"", b"\0\0", Clip.silence(0), b"\0\0"])
        return [chunk async for chunk, _ in chunked(pieces, "pcm", 100)]

    assert asyncio.run(sent()) == [b"\0\0", b"\0\0"]


@pytest.mark.parametrize("pieces", [[], [b""], [Clip.silence(0)], (each for each in ())])
def test_pieces_that_hold_nothing_are_refused_here(pieces: Iterable[object]) -> None:
    """No silence is put behind nothing, under either way to end a turn."""

    async def send() -> None:
        async for _ in chunked(with_silence(as_speech(pieces), Settings(vad="server")), "pcm", 100):
            pass

    with pytest.raises(BadAudio, match="nothing to send"):
        asyncio.run(send())


def test_a_header_that_lies_about_bytes_a_second_is_not_believed() -> None:
    """Some writers leave a 0 there: the samples and their rate say how long a WAV lasts."""
    wav = bytearray(Clip.tone(440, 0.1).to_wav())
    wav[28:32] = bytes(4)
    assert seconds_of(bytes(wav), "wav") == pytest.approx(0.1)


def test_an_empty_clip_is_no_speech() -> None:
    """There must be something to say."""
    with pytest.raises(BadAudio, match="nothing to send"):
        as_speech(Clip([], 16_000))
