"""The input buffer: formats, headers, limits, pictures."""

from __future__ import annotations

import struct

import pytest

from glmkit.emulator.session.configuration import Configuration
from glmkit.emulator.session.input_buffer import InputBuffer
from glmkit.emulator.session.refusals import Refusal
from glmkit.emulator.session.riff import PcmAudio, read_riff
from glmkit.media.unread_formats import compressed_kind
from tests.bare import b64, jpeg, sample, silence, wav

SPOKEN = sample("hello_en")


def under(format: str) -> Configuration:
    return Configuration("glm-realtime-flash", input_audio_format=format)


def filled(*appends: bytes, format: str) -> InputBuffer:
    inbox = InputBuffer()
    for each in appends:
        inbox.add(inbox.read(b64(each), under(format)))
    return inbox


@pytest.mark.parametrize(
    ("format", "rate"), [("pcm", 16_000), ("pcm16", 16_000), ("pcm24", 24_000)]
)
def test_raw_samples_have_the_formats_rate(format: str, rate: int) -> None:
    """The suffix is kHz."""
    [piece] = filled(SPOKEN, format=format).take().pieces
    assert piece == PcmAudio(SPOKEN, rate)


def test_a_split_sample_is_joined() -> None:
    """Raw appends may be cut anywhere, inside a sample too."""
    utterance = filled(SPOKEN[:1001], SPOKEN[1001:], format="pcm16").take()
    assert b"".join(piece.pcm for piece in utterance.pieces) == SPOKEN


@pytest.mark.parametrize("format", ["wav", "wav24", "wav48"])
def test_each_wav_has_its_own_rate(format: str) -> None:
    """Headers win over the format's name, append by append."""
    utterance = filled(wav(SPOKEN, 8_000), wav(SPOKEN, 44_100), format=format).take()
    assert [piece.rate for piece in utterance.pieces] == [8_000, 44_100]
    assert abs(len(utterance.samples()) / 16_000 - utterance.seconds) < 0.01


def test_samples_survive_bit_by_bit() -> None:
    """16 kHz in is 16 kHz out, unchanged, however it was cut."""
    import numpy as np

    whole = np.frombuffer(SPOKEN, "<i2") / np.float32(32_768)
    cut = filled(*[wav(SPOKEN[at : at + 3200]) for at in range(0, len(SPOKEN), 3200)], format="wav")
    assert np.array_equal(cut.take().samples(), whole)


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF, 10**6])
def test_a_wav_whose_sizes_lie_is_read_to_its_end(size: int) -> None:
    """A killed recorder leaves 0, a pipe 0xFFFFFFFF."""
    data = wav(SPOKEN)
    assert read_riff(data[:40] + struct.pack("<I", size) + data[44:]).pcm == SPOKEN


@pytest.mark.parametrize(
    ("append", "format"),
    [
        (SPOKEN, "wav"),
        (b"", "wav"),
        (b"", "pcm16"),
        (wav(SPOKEN)[:30], "wav"),
        (wav(SPOKEN, channels=2), "wav"),
        (wav(SPOKEN, 100), "wav"),
        (b"RIFF\0\0\0\0WAVE", "wav"),
    ],
    ids=["headerless", "empty wav", "empty pcm", "cut", "stereo", "100 Hz", "no chunks"],
)
def test_what_is_no_sound_of_the_format_is_refused(append: bytes, format: str) -> None:
    """Each names the field and keeps the buffer as it was."""
    inbox = InputBuffer()
    with pytest.raises(Refusal) as found:
        inbox.read(b64(append), under(format))
    assert (found.value.code, found.value.param) == ("1214", "audio")
    assert inbox.empty


def test_headerless_bytes_are_taken_by_the_lenient_switch() -> None:
    """They are raw samples at the format's rate then."""
    inbox = InputBuffer(lenient_wav=True)
    assert inbox.read(b64(SPOKEN), under("wav24")) == PcmAudio(SPOKEN, 24_000)


@pytest.mark.parametrize("bad", ["?", "abc", "AAAA\n", "é", "data:audio/wav;base64,AAAA"])
def test_what_is_not_base64_is_refused(bad: str) -> None:
    """A character outside the alphabet, or a wrong length."""
    with pytest.raises(Refusal, match="base64"):
        InputBuffer().read(bad, under("pcm16"))


def test_over_30_seconds_is_refused_once() -> None:
    """The first append beyond is refused, later ones are dropped, a commit makes room."""
    inbox, ten = InputBuffer(), PcmAudio(silence(10), 16_000)
    for _ in range(3):
        inbox.add(ten)
    with pytest.raises(Refusal) as found:
        inbox.add(ten)
    assert found.value.code == "audio_buffer_size_exceeded"
    inbox.add(ten)
    assert inbox.take().seconds == 30
    inbox.add(ten)
    assert inbox.take().seconds == 10


def test_over_10_megabytes_is_refused() -> None:
    """Also where it lasts less than 30 s."""
    with pytest.raises(Refusal):
        InputBuffer().add(PcmAudio(bytes(10_000_002), 192_000))


@pytest.mark.parametrize(
    "bad",
    [b"", b"GIF89a", b"\xff\xd8", jpeg()[:20], b"\xff\xd8\xff\xe0\x00\x00" * 9],
    ids=["empty", "gif", "two bytes", "cut", "zero lengths"],
)
def test_what_is_no_jpeg_is_refused(bad: bytes) -> None:
    """Only markers are read; nothing is decoded."""
    with pytest.raises(Refusal) as found:
        InputBuffer().add_frame(b64(bad))
    assert found.value.param == "video_frame"


def test_a_picture_that_claims_too_many_pixels_is_refused() -> None:
    """A small file may unfold to gigabytes."""
    data = bytearray(jpeg())
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", 65_000, 65_000)
    with pytest.raises(Refusal, match="65000"):
        InputBuffer().add_frame(b64(bytes(data)))


def test_the_last_eight_pictures_are_kept() -> None:
    """Pictures alone make the buffer something to commit."""
    inbox = InputBuffer()
    for width in range(28, 28 * 11, 28):
        inbox.add_frame(b64(jpeg(width)))
    assert not inbox.empty
    assert inbox.take().pictures[-1] == jpeg(280)
    assert inbox.empty


def test_a_data_url_is_named() -> None:
    """A learner's usual mistake gets its own sentence."""
    with pytest.raises(Refusal, match="comma"):
        InputBuffer().add_frame("data:image/jpeg;base64," + b64(jpeg()))


COMPRESSED = {
    "M4A": b"\0\0\0\x1cftypM4A ",
    "WebM": b"\x1a\x45\xdf\xa3",
    "AMR": b"#!AMR\n",
    "SILK": b"\x02#!SILK_V3",
}


@pytest.mark.parametrize("format", ["pcm16", "wav"])
def test_compressed_sound_is_refused_by_its_kind(format: str) -> None:
    """As phones and chats record it: named, and nothing of it kept; samples are no such sound."""
    for kind, begins in COMPRESSED.items():
        inbox = InputBuffer()
        with pytest.raises(Refusal, match=kind):
            inbox.read(b64(begins + bytes(640)), under(format))
        assert inbox.empty
    for level in range(-32_768, 32_768, 64):
        assert not compressed_kind(struct.pack("<h", level) * 320)
