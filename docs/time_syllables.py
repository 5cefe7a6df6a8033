"""When each syllable of the kit's Mandarin recordings is said: writes ``data/syllables.json``.

The emulator's voice says the same sentence anew, and its model gives each syllable's duration.
Dynamic time warping of both sounds' MFCCs (librosa, steps of 5 ms) carries those times over to
the recording. Of 32 boundaries before a stop or a hiss, half are within 15 ms of the dip of
loudness there, and 94 % within 60 ms (it prints that, too). Needs ``glmkit voices install``.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path

import librosa
import numpy as np

from glmkit.emulator.speak.synthesis import VoiceSetting, make
from glmkit.media.clip import Clip, Syllables

DATA = Path(__file__).parents[1] / "data"
RATE, HOP, DIP = 16_000, 80, 0.08
#: What each recording says, in phrases, and the voice that is nearest to its own.
SAID = {
    "joke_zh": (("给我讲个笑话吧。",), "zf_xiaoxiao"),
    "weather_zh": (("今天北京的天气怎么样？",), "zm_yunjian"),
    "story_zh": (("给我讲个长一点的故事。",), "zf_xiaoxiao"),
    "call_zh": (("给张三打个电话。",), "zm_yunxi"),
    "hello_zh": (("你好！你叫什么名字？",), "zf_xiaoxiao"),
    "two_questions_zh": (("你叫什么名字？", "今天星期几？"), "zf_xiaoxiao"),
}


def main() -> None:
    """Write the times, and print how far they are from the dips of loudness."""
    found = {name: timed(name) for name in SAID}
    lines = [f"{json.dumps(n)}: {json.dumps(s, ensure_ascii=False)}" for n, s in found.items()]
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    (DATA / "syllables.json").write_text(text, encoding="utf-8")
    errors = [error for name, said in found.items() for error in from_dips(name, said)]
    median, near = np.median(np.abs(errors)), np.mean(np.abs(errors) < 0.06)
    sys.stdout.write(f"{len(errors)} boundaries, median {1000 * median:.0f} ms from a dip\n")
    sys.stdout.write(f"{100 * near:.0f} % within 60 ms\n")


def timed(name: str) -> Syllables:
    """The syllables of a recording, (start, end, pinyin) in seconds."""
    phrases, source = SAID[name]
    clip = Clip.read(DATA / f"{name}.wav")
    found: list[tuple[float, float, str]] = []
    for phrase, (begin, end) in zip(phrases, clip.voiced_spans(gap=0.6), strict=True):
        begin, end = begin - 0.02, end + 0.02
        sound = make(phrase, "zh", VoiceSetting(source, as_of=24))
        said = Clip(sound.samples, 24_000).resample(RATE)
        warp = warped(said, clip[begin:end])
        found += [
            (round(begin + float(warp(a)), 3), round(begin + float(warp(b)), 3), pinyin)
            for a, b, pinyin in sound.syllables
        ]
    return tuple(found)


def warped(said: Clip, recorded: Clip):  # type: ignore[no-untyped-def]
    """A function from seconds of ``said`` to seconds of ``recorded``."""
    one, other = (features(clip) for clip in (said, recorded))
    _, path = librosa.sequence.dtw(one, other, metric="cosine")
    here, there = path[::-1].T * HOP / RATE
    known = np.unique(here)
    means = [there[here == at].mean() for at in known]
    return lambda at: np.interp(at, known, means)


def features(clip: Clip) -> np.ndarray:
    """13 MFCCs each 5 ms, each of them with its mean taken off, shape (13, n)."""
    mfcc = librosa.feature.mfcc(y=clip.samples, sr=RATE, n_mfcc=13, n_fft=400, hop_length=HOP)
    return (mfcc - mfcc.mean(axis=1, keepdims=True)) / (mfcc.std(axis=1, keepdims=True) + 1e-6)


def from_dips(name: str, said: Syllables) -> list[float]:
    """How far each boundary before a stop or a hiss is from the softest moment around it."""
    clip = Clip.read(DATA / f"{name}.wav")
    loud = librosa.feature.rms(y=clip.samples, frame_length=160, hop_length=HOP)[0]
    found = []
    for (_, end, _), (start, _, pinyin) in pairwise(said):
        if start - end < 0.05 and pinyin[0] in "bptdgkqjxzcsfh":
            first = int((start - DIP) * RATE / HOP)
            around = loud[first : int((start + DIP) * RATE / HOP)]
            found.append((first + int(np.argmin(around))) * HOP / RATE - start)
    return found


if __name__ == "__main__":
    main()
