"""Writing: files that others can read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from glmkit.media.clip import Clip


@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg", "mp3", "WAV"])
def test_write_reads_back(tmp_path: Path, suffix: str) -> None:
    """Every format that is written is read again, under a Chinese name."""
    clip = Clip.tone(440, 1.5, rate=24_000)
    path = clip.write(tmp_path / f"课程 你好.{suffix}")
    back = Clip.read(path)
    assert path.is_file()
    assert (back.rate, len(back)) == (clip.rate, len(clip))
    assert np.abs(back.samples - clip.samples).max() < (0.05 if suffix in "ogg mp3" else 1e-4)


def test_mp3_gets_a_rate_it_knows() -> None:
    """A rate MP3 does not know becomes the next higher one."""
    assert Clip.read(Clip.tone(440, 1, rate=18_000).to_mp3()).rate == 22_050
    assert Clip.read(Clip.tone(440, 1, rate=96_000).to_mp3()).rate == 48_000
    assert Clip.read(Clip.tone(440, 1).to_mp3(24_000)).rate == 24_000


def test_too_loud_is_cut_off_not_wrapped() -> None:
    """Beyond full scale becomes full scale, never the other sign."""
    with pytest.warns(UserWarning, match="reach 1.50"):
        clip = Clip([1.5, -1.5, 0.0], 16_000)
    assert np.frombuffer(clip.to_pcm(), "<i2").tolist() == [32767, -32768, 0]
