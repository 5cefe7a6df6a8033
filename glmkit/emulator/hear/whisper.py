"""OpenAI's Whisper on CTranslate2, for utterances rather than for half-minute windows.

Whisper was made for windows of 30 s, and its usual front ends fill every utterance up to that
with silence: 0.7 s of computing, whatever was said. Its encoder also takes shorter windows. Here
one is the utterance and a second of silence, rounded up to 2 s and never under ``SHORTEST``: in
less, a short word is often written again and again.

A model of this size may write a span twice, or one syllable until it may write no more. So it may
write only as many tokens as the utterance is long; and what repeats itself is decoded once more,
from the same encoding, with repetition made dear. Is it a loop again, it is not understood.

The front end is written out below because it is small: a spectrogram (``log_mel``), the
byte alphabet of the vocabulary (``Vocabulary``), and the prompt.
"""

from __future__ import annotations

import json
import math
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from glmkit.emulator.hear.fair_queue import Steps
from glmkit.environment.features import needs

Samples = NDArray[np.float32]
Lang = Literal["zh", "en"]

RATE = 16_000
LONGEST = 30.0
"""Seconds: the longest window there is."""
SHORTEST = 8.0
"""Seconds. Errors in characters on 47 utterances of 1 to 8 s: 34 % with 2 s, 6 % with 8 s."""

_BEAM = 5
_FEWEST_TOKENS, _TOKENS_PER_SECOND = 12, 6
_PROMPT_TOKENS = 100
_WINDOW, _HOP, _BANDS = 400, 160, 80
_TOP_HZ = 8_000
_REPEATED = re.compile(r"(.+?)\1{3}|(.{6,})\W*\2", re.DOTALL)
_DENSE = 2.4  # text that deflates to less than that part of itself repeats itself
_DEAR = 1.15  # a token that was written before, the second time


@dataclass(frozen=True, slots=True)
class Guess:
    """What one window of audio says, as far as the model can tell."""

    text: str
    lang: Lang
    logprob: float
    """The mean natural logarithm of the tokens' probabilities."""
    no_speech: float
    """The probability that nobody speaks."""
    tokens: int = 0
    looped: bool = False
    """Whether it only repeated itself, twice: then there is no text."""


class Whisper:
    """The model; calls may come from any thread, one after another."""

    def __init__(self, model: Any, words: Vocabulary) -> None:
        self._model, self._words = model, words

    @classmethod
    def load(cls, folder: Path, *, threads: int = 2) -> Whisper:
        """The model in ``folder``."""
        needs("recognition")
        import ctranslate2

        # Read here and passed as bytes: the library cannot open 课程 资料/ on Windows.
        files = {path.name: path.read_bytes() for path in _needed(folder)}
        model = ctranslate2.models.Whisper(
            str(folder.name), files=files, compute_type="int8", intra_threads=threads
        )
        return cls(model, Vocabulary.of(files))

    def guess(
        self, samples: Samples, *, lang: Lang | None = None, prompt: str = ""
    ) -> Steps[Guess]:
        """The text of at most 30 s of audio, float32 of shape (n,) at 16 kHz, step by step.

        ``prompt`` is text that may have come before: names in it are preferred. What it takes is
        bounded by the seconds of ``samples``: one encoding, and two decodings at most. What is
        long, or has to be decoded again, lets others have their turn between these."""
        seconds = len(samples) / RATE
        encoded, most = self._encoded(samples), most_tokens(seconds)
        if window_seconds(seconds) > SHORTEST:
            yield
        lang = lang or self._language(encoded)
        first = self._decoded(encoded, lang, prompt, most)
        if not repeats(first.text):
            return first
        yield
        second = self._decoded(encoded, lang, prompt, most, repetition_penalty=_DEAR)
        said_so = second.text == first.text and second.tokens < most  # it came to an end, twice
        if said_so or not repeats(second.text):
            return second
        return replace(second, text="", looped=True)

    def _encoded(self, samples: Samples) -> Any:
        import ctranslate2

        silence = int(window_seconds(len(samples) / RATE) * RATE) - len(samples)
        features = log_mel(np.pad(samples, (0, max(0, silence))))[None]
        return self._model.encode(ctranslate2.StorageView.from_array(features))

    def _decoded(self, encoded: Any, lang: Lang, prompt: str, most: int, **options: float) -> Guess:
        start = self._start(lang, prompt)
        [result] = self._model.generate(
            encoded,
            [start],
            beam_size=_BEAM,
            max_length=max(2 * most, len(start) + most),  # the library writes half of it, at most
            return_scores=True,
            return_no_speech_prob=True,
            **options,
        )
        tokens = result.sequences[0]
        logprob = result.scores[0] * len(tokens) / (len(tokens) + 1)  # the end is a token too
        text = self._words.text(tokens).strip()
        return Guess(text, lang, logprob, result.no_speech_prob, len(tokens))

    def _language(self, encoded: object) -> Lang:
        chances: dict[str, float] = dict(self._model.detect_language(encoded)[0])
        return "zh" if chances["<|zh|>"] > chances["<|en|>"] else "en"

    def _start(self, lang: Lang, prompt: str) -> list[str]:
        before = ["<|startofprev|>", *self._words.tokens(prompt)[:_PROMPT_TOKENS]] if prompt else []
        return [*before, "<|startoftranscript|>", f"<|{lang}|>", "<|transcribe|>",
                "<|notimestamps|>"]  # fmt: skip


def window_seconds(seconds: float) -> float:
    """How long a window the encoder gets for an utterance of ``seconds``."""
    return min(LONGEST, max(SHORTEST, math.ceil((seconds + 1) / 2) * 2.0))


def most_tokens(seconds: float) -> int:
    """How many tokens an utterance of ``seconds`` may have: speech has 3 to 6 a second."""
    return min(220, _FEWEST_TOKENS + int(seconds * _TOKENS_PER_SECOND))


def repeats(text: str) -> bool:
    """Whether ``text`` repeats itself, as speech seldom does and loops always do."""
    data = text.encode("utf-8")
    dense = len(data) > _DENSE * len(zlib.compress(data))
    return dense or _REPEATED.search(text) is not None


def _needed(folder: Path) -> list[Path]:
    return [folder / "model.bin", folder / "config.json", *folder.glob("vocabulary.*")]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The model's tokens: text in UTF-8, each byte written as one printable character."""

    known: frozenset[str]

    @classmethod
    def of(cls, files: Mapping[str, bytes]) -> Vocabulary:
        """Read ``vocabulary.txt`` (a token a line) or ``vocabulary.json`` (a list)."""
        if listed := files.get("vocabulary.json"):
            return cls(frozenset(json.loads(listed)))
        return cls(frozenset(files["vocabulary.txt"].decode("utf-8").split("\n")))

    def text(self, tokens: Sequence[str]) -> str:
        """The text of ``tokens``; special ones, such as ``<|en|>``, say nothing."""
        values = {character: byte for byte, character in byte_characters().items()}
        spelled = "".join(token for token in tokens if not token.startswith("<|"))
        return bytes(values[character] for character in spelled).decode("utf-8", "ignore")

    def tokens(self, text: str) -> list[str]:
        """``text`` in tokens, each as long as can be."""
        rest = "".join(byte_characters()[byte] for byte in text.encode("utf-8"))
        tokens = []
        while rest:
            size = next(size for size in range(len(rest), 0, -1) if rest[:size] in self.known)
            tokens.append(rest[:size])
            rest = rest[size:]
        return tokens


@cache
def byte_characters() -> dict[int, str]:
    """The character that stands for each byte: itself where it prints, else one from U+0100 on."""
    spare = count(256)
    return {
        byte: chr(byte if chr(byte).isprintable() and byte not in (32, 173) else next(spare))
        for byte in range(256)
    }


def log_mel(samples: Samples) -> Samples:
    """The spectrogram the encoder wants: float32 of shape (80, n / 160), 10 ms a column."""
    padded = np.pad(samples, _WINDOW // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP][:-1]
    window = np.hanning(_WINDOW + 1)[:-1].astype(np.float32)
    power = np.abs(np.fft.rfft(frames * window, axis=1)).astype(np.float32) ** 2
    levels = np.log10(np.maximum(mel_filters() @ power.T, 1e-10))
    floor = levels.max() - 8.0  # 80 dB below the loudest
    return np.ascontiguousarray((np.maximum(levels, floor) + 4.0) / 4.0, np.float32)


@cache
def mel_filters() -> Samples:
    """Eighty triangles on the mel scale, of equal area: float32 of shape (80, 201)."""
    edges = _mel_to_hz(np.linspace(0.0, _hz_to_mel(_TOP_HZ), _BANDS + 2))
    low, middle, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    hz = np.linspace(0.0, RATE / 2, _WINDOW // 2 + 1)[None]
    triangles = np.minimum((hz - low) / (middle - low), (high - hz) / (high - middle))
    return (np.maximum(triangles, 0.0) * 2.0 / (high - low)).astype(np.float32)


def _hz_to_mel(hz: float) -> float:
    """Slaney's scale: even steps up to 1 kHz, even ratios above."""
    return 15.0 + 27.0 * math.log(hz / 1000.0) / math.log(6.4)


def _mel_to_hz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    above = 1000.0 * np.exp((mel - 15.0) * math.log(6.4) / 27.0)
    return np.where(mel < 15.0, mel * 200.0 / 3.0, above)
