"""How fast, how large and how right the emulator's hearing is on this machine.

Usage: ``python -m benchmarks.hearing`` (the weights must be in place: ``glmkit voices install``);
``python -m benchmarks.hearing phrases [VOICE …]`` says each phrase of ``phrases`` anew in each of
the voices, or in those that are named, and counts what is heard wrongly. Nothing is looked up by
its sound there: where the weights are in place nothing ever is.
Every time is the best of several, so that what else runs here counts little.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import psutil
import soundfile
import soxr
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from benchmarks.phrases import HELD_OUT, TUNED
from glmkit.emulator.hear.recognition import Recogniser
from glmkit.emulator.speak.text_normalisation import in_words
from glmkit.emulator.speak.voice import speak, voices
from glmkit.emulator.think.numerals import numbers_in
from glmkit.emulator.weights import models
from glmkit.media.voice_activity import silero
from glmkit.media.voice_activity.segments import Segmenter, Started, Stopped

DATA = Path(__file__).parents[1] / "data"
Samples = NDArray[np.float32]


def main() -> None:
    """Print the figures."""
    print(f"detector: loaded in {once(silero.detector):.2f} s")
    for streams, frames in ((1, 1), (1, 3), (10, 3), (50, 3), (1, 256)):
        print(
            f"  {streams:3} streams x {frames:3} frames: {per_frame(streams, frames):.3f} ms each"
        )
    speech = joined()
    for threads in (1, 2):
        before, ears = megabytes(), Recogniser(threads=threads)
        loading = once(partial(ears.recognise, speech[:16_000]))
        print(f"recognition, {threads} threads: loaded in {loading:.2f} s, "
              f"{megabytes() - before:.0f} MB more")  # fmt: skip
        for seconds in (2, 5, 10, 30):
            took = best(partial(ears.recognise, speech[: seconds * silero.RATE]), 5)
            print(f"  {seconds:3} s of speech: {took:.2f} s")
        if threads == 2:
            accuracy(ears)
        ears.close()


def accuracy(ears: Recogniser) -> None:
    """What is made of each sample."""
    for path in sorted(DATA.glob("*.wav")):
        samples, _ = soundfile.read(path, dtype="float32")
        events = Segmenter().feed(silero.probabilities(np.pad(samples, (0, 16_000)), silero.RATE))
        where = [event.at_ms for event in events if isinstance(event, Started | Stopped)]
        print(f"  {path.stem}: {where} ms: {ears.recognise(samples, names=['张三']).text}")


def phrases(voices: Sequence[str]) -> None:
    """How much of the phrases is heard wrongly: characters in Mandarin, words in English."""
    ears = Recogniser()
    for set_name, said in (("tuned", TUNED), ("held out", HELD_OUT)):
        for lang, each in said.items():
            counts = np.array([wrong(ears, words, voice) for voice in voices for words in each])
            errors, of, seconds, took = counts.sum(axis=0)
            print(f"{set_name} {lang}: {errors / of:.1%} of {of:.0f} wrong, "
                  f"{np.count_nonzero(counts[:, 0] == 0)} of {len(counts)} phrases right; "
                  f"{took / seconds:.2f} s of CPU for a second of speech")  # fmt: skip
    ears.close()


def wrong(ears: Recogniser, words: str, voice: str) -> tuple[float, float, float, float]:
    """Errors, of how many, seconds of speech, and of CPU; prints what was heard wrongly."""
    clip = speak(words, voice=voice)
    samples = soxr.resample(clip.samples, clip.rate, silero.RATE)
    started = time.process_time()
    heard = ears.recognise(samples).text
    took = time.process_time() - started
    errors = Levenshtein.distance(units(words), units(heard))
    if errors:
        print(f"  {voice}: {words} | {heard}")
    return errors, len(units(words)), clip.seconds, took


def units(words: str) -> list[str]:
    """What is counted: characters of Mandarin, words of English; numbers alike, and no marks."""
    if words.isascii():
        words = words.lower().replace("-", " ")
        for number in reversed(numbers_in(words)):
            words = f"{words[: number.start]}{number.value}{words[number.end :]}"
        return re.sub(r"[^\w' ]", "", words).split()
    said = in_words(words).replace("两", "二").replace("幺", "一")
    return list(re.sub(r"\W", "", said))


def per_frame(streams: int, frames: int) -> float:
    """Milliseconds a frame in one call of the detector."""
    random = np.random.default_rng(0)
    noise = (random.standard_normal((frames, silero.FRAME)) * 0.1).astype(np.float32)
    batch = [(silero.StreamState.fresh(), noise)] * streams
    return best(lambda: silero.detector().probabilities(batch), 50) / (streams * frames) * 1e3


def joined() -> Samples:
    """Thirty seconds of sentences, the first 13 s of them different."""
    parts = [soundfile.read(path, dtype="float32")[0] for path in sorted(DATA.glob("*_zh.wav"))]
    return np.concatenate(parts * 3)[: 30 * silero.RATE]


def once(action: Callable[[], object]) -> float:
    """Seconds that ``action`` takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def best(action: Callable[[], object], times: int) -> float:
    """The least seconds of several runs."""
    return min(once(action) for _ in range(times))


def megabytes() -> float:
    """Resident memory of this process."""
    return float(psutil.Process().memory_info().rss) / 1e6


if __name__ == "__main__":
    models.require(models.WHISPER)
    if sys.argv[1:2] == ["phrases"]:
        phrases(sys.argv[2:] or [voice.name for voice in voices()])
    else:
        main()
