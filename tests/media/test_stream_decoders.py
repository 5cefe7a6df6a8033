"""Decoding: sound out of deltas that were cut anywhere."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
import pytest
import soundfile

from glmkit.errors import BadArgument
from glmkit.media import mp3
from glmkit.media.clip import Clip
from glmkit.media.stream_decoders import (
    Mp3Decoder,
    PcmDecoder,
    decode_payload,
    decoder,
    join_payloads,
)

RNG = np.random.default_rng(7)
NOISE = RNG.integers(-9_000, 9_000, 50_000).astype(np.int16)
SPEECHLIKE = Clip(NOISE * np.linspace(0, 1, len(NOISE)) ** 2 / 32768, 24_000)


def cut(data: bytes, largest: int = 700) -> Iterator[bytes]:
    """The bytes in pieces of random length."""
    at = 0
    while at < len(data):
        size = int(RNG.integers(0, largest))
        yield data[at : at + size]
        at += size


def as_mp3(clip: Clip, **settings: object) -> bytes:
    """The clip as libsndfile encodes it."""
    out = io.BytesIO()
    soundfile.write(out, clip.samples, clip.rate, format="MP3", **settings)
    return out.getvalue()


CONSTANT = {"bitrate_mode": "CONSTANT", "compression_level": 0.8}
VARIABLE = {"bitrate_mode": "VARIABLE", "compression_level": 0.9}


@pytest.mark.parametrize("largest", [2, 3, 700])
def test_pcm_deltas_may_be_cut_anywhere(largest: int) -> None:
    """Samples split across deltas are put together again."""
    data, decoder = NOISE[:2_000].tobytes(), PcmDecoder()
    clips = [decoder.feed(piece) for piece in cut(data, largest)]
    assert b"".join(clip.to_pcm() for clip in [*clips, decoder.finish()]) == data
    assert {clip.rate for clip in clips} == {24_000}
    assert decoder.dangling == 0


def test_half_a_sample_is_counted_not_raised() -> None:
    """A stream that ends in half a sample says so and gives the rest."""
    decoder = PcmDecoder(16_000)
    assert len(decoder.feed(b"\1\0\2")) == 1
    assert len(decoder.finish()) == 0
    assert decoder.dangling == 1


@pytest.mark.parametrize("rate", [16_000, 24_000, 44_100])
@pytest.mark.parametrize("settings", [{}, CONSTANT, VARIABLE])
def test_mp3_deltas_give_the_same_as_the_whole(settings: dict[str, object], rate: int) -> None:
    """Frames cut anywhere decode to the last bit as all at once."""
    data = as_mp3(SPEECHLIKE.resample(rate), **settings)
    stream, decoder = mp3.Stream(), Mp3Decoder(rate)
    clips = [decoder.feed(piece) for piece in cut(data)]
    samples = np.concatenate([clip.samples for clip in [*clips, decoder.finish()]])
    assert np.array_equal(samples, stream.feed(data))
    assert len(samples) >= len(SPEECHLIKE.resample(rate))
    assert decoder.dangling == 0


def test_mp3_sound_comes_while_the_stream_grows() -> None:
    """Every frame's samples are there as soon as its last byte is, from the second on."""
    data, decoder = as_mp3(SPEECHLIKE, **CONSTANT), Mp3Decoder()
    size = mp3.header(data).size  # type: ignore[union-attr]
    counts = [len(decoder.feed(data[at : at + size])) for at in range(0, 20 * size, size)]
    assert sum(counts) in {20 * 576, 19 * 576}
    assert counts[5:] == [576] * 15


@pytest.mark.parametrize("frames", [0, 1, 3, 10_000])
def test_the_frame_count_in_front_is_never_trusted(frames: int) -> None:
    """A stream's first frame may promise anything."""
    data = as_mp3(SPEECHLIKE)
    at = data.index(b"Info" if b"Info" in data[:200] else b"Xing") + 8
    wrong = data[:at] + frames.to_bytes(4, "big") + data[at + 4 :]
    assert Mp3Decoder().feed(wrong) == Mp3Decoder().feed(data)


def test_mp3_survives_a_lost_piece_and_a_cut_end() -> None:
    """After a gap the decoder finds the next frame; what is cut off is counted."""
    data = as_mp3(SPEECHLIKE, **CONSTANT)
    decoder = Mp3Decoder()
    clips = [decoder.feed(piece) for piece in (data[:3_000], data[3_333:-50])]
    whole, lost = Mp3Decoder().feed(data), 4 * 576
    assert len(whole) - lost - 576 <= sum(map(len, clips)) < len(whole)
    tail = clips[-1].samples[-5_000:]
    assert np.abs(tail - whole.samples[-5_000 - 576 : -576]).max() < 1e-5
    assert 0 < decoder.dangling < 200


def test_mp3_of_another_rate_becomes_the_rate_asked_for() -> None:
    """A 16 kHz stream comes out at 24 kHz, as long and the same."""
    data, decoder = as_mp3(Clip.tone(440, 2, rate=16_000)), Mp3Decoder()
    clips = [decoder.feed(piece) for piece in cut(data)]
    clips.append(decoder.finish())
    whole = Mp3Decoder(16_000).feed(data).resample(24_000)
    samples = np.concatenate([clip.samples for clip in clips])
    assert {clip.rate for clip in clips} == {24_000}
    assert np.abs(samples - whole.samples).max() < 1e-4


@pytest.mark.parametrize("data", [b"", b"hello" * 100, bytes(5_000), b"\xff" * 3_000])
def test_what_is_no_mp3_is_no_sound(data: bytes) -> None:
    """Bytes without frames give nothing, and no exception."""
    decoder = Mp3Decoder()
    assert len(decoder.feed(data)) + len(decoder.finish()) == 0


def test_decoder_picks_by_the_output_format() -> None:
    """pcm and mp3 have decoders; anything else is refused by name."""
    assert isinstance(decoder("pcm"), PcmDecoder)
    assert isinstance(decoder("mp3"), Mp3Decoder)
    with pytest.raises(BadArgument, match="wav"):
        decoder("wav")


def test_payloads_join_in_every_format() -> None:
    """What was sent in pieces is one clip again, whatever the format."""
    clip = Clip(NOISE, 16_000)
    for format in ("pcm", "pcm16", "wav"):
        assert join_payloads(clip.chunks(90, format), format=format, rate=16_000) == clip
    assert join_payloads(clip.chunks(90, "pcm24"), format="pcm24", rate=16_000).rate == 24_000
    sounds = join_payloads(cut(as_mp3(SPEECHLIKE)), format="mp3")
    assert len(sounds) >= len(SPEECHLIKE)
    assert len(join_payloads([])) == 0


def test_a_payload_is_taken_for_what_it_is() -> None:
    """Bare samples under a wav format, and half a sample, are shown all the same."""
    assert decode_payload(NOISE.tobytes() + b"x", format="wav", rate=16_000) == Clip(NOISE, 16_000)
    assert decode_payload(Clip(NOISE, 22_050).to_wav(), format="wav").rate == 22_050


def test_a_broken_wav_among_good_ones_hides_nothing() -> None:
    """What can be read is read; the broken piece adds no sound."""
    good = Clip.tone(440, 0.2, rate=22_050).to_wav()
    broken = good[:30]
    assert join_payloads([broken, good, good], format="wav").seconds == pytest.approx(0.4)
    assert len(join_payloads([broken], format="wav")) == 0
