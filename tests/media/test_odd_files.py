"""Files as phones, pipes and taggers leave them: all their sound, and no false alarm."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from glmkit.errors import BadAudio, GlmWarning
from glmkit.media.clip import Clip
from glmkit.media.library_noise import without_noise
from tests.listed import check_each
from tests.media import odd_files
from tests.media.odd_files import RATE, encoded, glide, of_unknown_length, riff, tagged

SOUND = glide()
PCM = SOUND.tobytes()
FLAC = encoded("FLAC", SOUND)
PIPED = of_unknown_length(FLAC)
MP3 = encoded("MP3", SOUND)
OPUS = encoded("OGG", SOUND, "OPUS")
#: Each format, and how far it may be from what was encoded.
FORMATS = (
    (riff(PCM), 0.0),
    (FLAC, 0.0),
    (encoded("OGG", SOUND), 0.05),
    (OPUS, 0.05),
    (MP3, 0.05),
)


def holds(data: bytes, samples: odd_files.Samples = SOUND, error: float = 0.0) -> None:
    """Exactly these samples, within ``error``; a warning fails the test."""
    clip = Clip.read(data)
    assert len(clip) == len(samples)
    assert np.abs(clip.samples - samples / 32768).max() <= error


def test_tags_in_front_are_no_sound() -> None:
    """ID3 and APE tags stand before files of every kind."""
    ape = b"APETAGEX" + (2000).to_bytes(4, "little") + (40).to_bytes(4, "little") + bytes(16 + 40)
    cases = [(tagged(data), SOUND, error) for data, error in FORMATS]
    check_each(holds, [*cases, (tagged(tagged(FLAC)), SOUND), (tagged(bytes(9) + PIPED), SOUND)])
    check_each(holds, [(ape + data, SOUND, error) for data, error in FORMATS])


def test_joined_files_are_one_sound() -> None:
    """Two files end to end give both, at the rate of the first."""
    twice = np.concatenate([SOUND, SOUND])
    check_each(holds, [(data + data, twice, error) for data, error in FORMATS])
    unknown = riff(PCM, 0xFFFFFFFF)
    check_each(holds, [(PIPED + PIPED, twice), (unknown + unknown, twice)])
    other = encoded("WAV", glide(0.5, 24_000), rate=24_000)
    assert (len(Clip.read(riff(PCM) + other)), Clip.read(riff(PCM) + other).rate) == (24_480, RATE)
    with pytest.warns(GlmWarning, match=r"1\.53 s could be read"):
        Clip.read(riff(PCM) + riff(PCM)[: RATE + 44])
    with pytest.warns(GlmWarning, match=r"1\.03 s could be read"):
        Clip.read(FLAC + FLAC[:60])


def test_sizes_that_nobody_filled_in_are_no_damage() -> None:
    """What pipes and killed recorders leave for a size hides no sample and warns of nothing."""
    pipes = (0x7FFFEFFA, 0x7FFFF000, 0x7FFFFFDB, 0x7FFFFFFF, 0x80000000, 0xFFFFFF00, 0xFFFFFFFF)
    check_each(holds, [(riff(PCM, size),) for size in pipes])
    check_each(holds, [(riff(PCM, 0xFFFFFFFF, mark=mark),) for mark in (b"RF64", b"BW64")])
    check_each(holds, [(encoded(kind, SOUND),) for kind in ("RF64", "W64", "AU", "CAF")])
    caf = encoded("CAF", SOUND)
    at = caf.index(b"data") + 4
    holds(caf[:at] + b"\xff" * 8 + caf[at + 8 :])
    assert Clip.from_wav(riff(PCM, 0xFFFFFFFF, mark=b"RF64")) == Clip(SOUND, RATE)
    for cut in (riff(PCM, 0x7FFFD000), riff(PCM, 0x80010000), encoded("RF64", SOUND)[:-2_000]):
        with pytest.warns(GlmWarning, match="is cut off"):
            Clip.read(cut)


def test_flac_of_unknown_length_is_read_to_its_end() -> None:
    """The last frame tells how long it is; one that is cut is missing, and said to be."""
    long, noise = glide(5), np.random.default_rng(1).integers(-99, 99, 9_000).astype("<i2")
    check_each(holds, [(PIPED,), (PIPED + b"TAG" + bytes(125),), (tagged(PIPED),)])
    sounds = (long, noise, SOUND[:100], SOUND[:4096], SOUND[:4097])
    check_each(holds, [(of_unknown_length(encoded("FLAC", each)), each) for each in sounds])
    with pytest.warns(GlmWarning, match="is cut off"):
        assert len(Clip.read(PIPED[:-20])) >= len(SOUND) - 4096


def test_ogg_opus_begins_where_its_sound_does() -> None:
    """The encoder's lead-in is left out wherever the pages' counts begin, the end never."""
    late = Clip.read(odd_files.counted_late(OPUS))
    assert len(late) == len(SOUND)
    assert np.array_equal(late.samples, Clip.read(OPUS).samples)


def test_mpeg_audio_in_other_clothes() -> None:
    """MP3 inside WAV, MP2, and MP3 that begins in the middle of a frame."""
    holds(riff(MP3, encoding=0x55), SOUND, 0.05)
    assert Clip.read(MP3[300:]).seconds == pytest.approx(1.03, abs=0.1)
    for data in (
        odd_files.mp2(20),
        tagged(odd_files.mp2(20)),
        riff(odd_files.mp2(20), encoding=80),
    ):
        assert (Clip.read(data).rate, len(Clip.read(data))) == (48_000, 20 * 1152)
    with pytest.warns(GlmWarning, match="is cut off"):
        Clip.read(riff(MP3, encoding=0x55)[:-900])
    with pytest.raises(BadAudio, match="0x00FF"):
        Clip.read(riff(PCM, encoding=0xFF))


_BROKEN = """
import sys, warnings
from glmkit.errors import BadAudio
from glmkit.media.clip import Clip
warnings.simplefilter("ignore")
from tests.media.odd_files import encoded, glide
import random
for kind in ("AIFF", "MP3"):
    whole, drawn = encoded(kind, glide(0.3)), random.Random(2)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(4):
            data[drawn.randrange(60 if kind == "AIFF" else len(data))] = drawn.choice((0, 255, 128))
        try:
            Clip.read(bytes(data))
        except BadAudio:
            pass
"""


@pytest.mark.slow
def test_broken_files_print_nothing() -> None:
    """No traceback of a callback and no report of a C library reaches the terminal."""
    command = [sys.executable, "-c", _BROKEN]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_what_others_write_meanwhile_is_passed_on(capfd: pytest.CaptureFixture[str]) -> None:
    """Only a C library's own reports are kept back, and the descriptor leads where it did."""
    with without_noise():
        os.write(2, b"before\n[src/libmpg123/layer3.c:III():17] error: big_values too large!\n")
        os.write(2, b"\nNote: Trying to resync...\nNote: mine\n")
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "before\nNote: mine\nafter\n"
