"""Recognition: what was said, in Mandarin or English, offline.

Rules
- Only what the speech detector calls speech is recognised: silence and noise give no text. What
  little of them passes is dropped where the model itself doubts (``no_speech`` and ``logprob``).
- Chinese comes out in simplified characters, with Chinese punctuation, in words that make sense
  (``homophones``).
- ``names`` are preferred where they sound alike: people, places, words of a tool's description.
- What only repeats itself is not understood: ``unclear``, without text (``whisper``).
- One piece at a time, in one worker thread of low priority: sound that is being sent never waits
  for it. Whose piece is next, ``fair_queue`` knows. What nobody waits for any more is given up at
  the next piece.

The weights are found by ``weights/models``, never fetched here; ``Recogniser.available()`` says
whether they are there.
"""

from __future__ import annotations

import asyncio
import math
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from glmkit.emulator.hear.fair_queue import NOBODY, FairQueue, Owner, Steps, finished
from glmkit.emulator.hear.homophones import respelt
from glmkit.emulator.hear.whisper import RATE, Guess, Lang, Samples, Whisper
from glmkit.emulator.threads import patient
from glmkit.emulator.weights import models
from glmkit.environment.features import has
from glmkit.media.voice_activity import silero

if TYPE_CHECKING:
    from numpy.typing import NDArray

THREADS = 2
_SPEECH = 0.5  # probability at which a frame counts as speech
_SPEECH_FRAMES = 4
_MARGIN = int(0.3 * RATE)  # kept around speech
_NO_SPEECH, _DOUBT = 0.6, -1.0
_PIECE = 28 * RATE  # longest piece of a long utterance
_CUT = 20 * RATE  # earliest place to cut one
_HALVED, _SPARSE = 8.0, 1.5  # seconds; tokens a second, of which speech has 3 to 6

_CHINESE_MARKS = dict(zip(",.?!;:", "，。？！；：", strict=True))
_MARK_AFTER_CHINESE = re.compile(r"(?<=[\u3400-\u9fff])\s*([,.?!;:])\s*")
# 著 is 着 in simplified characters, but where it means to write, or well known: opencc leaves both.
_ZHE = re.compile("(?<![显卓昭土编原名论专巨译遗拙大合])著(?![名作者述称书录])")


@dataclass(frozen=True, slots=True)
class Recognition:
    """What was said in ``seconds`` of audio; without speech ``text`` is empty, ``lang`` None."""

    text: str
    lang: Lang | None
    confidence: float
    """0 to 1: the geometric mean of the tokens' probabilities."""
    seconds: float
    unclear: bool = False
    """Whether somebody spoke, and it was not understood."""


class Recogniser:
    """Recognition for every session of a server; the model is loaded at the first use."""

    def __init__(self, folder: Path | None = None, *, threads: int = THREADS) -> None:
        self._folder, self._threads = folder, threads
        self._model: Whisper | None = None
        self._loading = threading.Lock()
        self._pool = patient(1, "ears")
        self._queue = FairQueue(self._pool)

    @staticmethod
    def available(folder: Path | None = None) -> bool:
        """Whether its packages are installed and the weights in place (in ``folder``, or where
        ``weights/models`` looks)."""
        return has("recognition") and models.find(models.WHISPER, folder=folder) is not None

    async def load(self) -> None:
        """Load the model now, in the worker thread; raises Missing without weights."""
        await asyncio.get_running_loop().run_in_executor(self._pool, self._loaded)

    def expected_wait(self, owner: Owner = NOBODY) -> float:
        """How many seconds what ``owner`` says now would wait for what others said."""
        return self._queue.expected_wait(owner)

    def start(
        self,
        samples: Samples,
        *,
        names: Sequence[str] = (),
        lang: Lang | None = None,
        owner: Owner = NOBODY,
    ) -> asyncio.Future[Recognition]:
        """Begin recognition in the worker thread; ``cancel()`` the result when it is void."""
        return asyncio.wrap_future(
            self._queue.put(self.steps(samples, names=names, lang=lang), owner)
        )

    def recognise(
        self, samples: Samples, *, names: Sequence[str] = (), lang: Lang | None = None
    ) -> Recognition:
        """What ``samples``, float32 of shape (n,) at 16 kHz, say; blocks.

        ``lang`` is found out when None. Raises Missing without weights.
        """
        return finished(self.steps(samples, names=names, lang=lang))

    def steps(
        self, samples: Samples, *, names: Sequence[str] = (), lang: Lang | None = None
    ) -> Steps[Recognition]:
        """The work of ``recognise``, a piece of the utterance a step."""
        seconds = len(samples) / RATE
        model, speech = self._loaded(), voiced(samples)
        guesses: list[Guess] = []
        for piece in pieces(speech):
            guesses += yield from _guesses(model, piece, lang or _first_lang(guesses), names)
        said = [guess for guess in guesses if believable(guess)]
        lang = lang or _first_lang(said)
        if not said or lang is None:
            unclear = any(guess.looped for guess in guesses)
            return Recognition("", None, 0.0, seconds, unclear)
        words = (" " if lang == "en" else "").join(guess.text for guess in said)
        doubt = sum(guess.logprob for guess in said) / len(said)
        text = in_house_style(words, lang)
        if lang == "zh":
            text = respelt(text, names=names)
        return Recognition(text, lang, math.exp(min(0.0, doubt)), seconds)

    def close(self) -> None:
        """Drop what waits and end the worker thread."""
        self._queue.close()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _loaded(self) -> Whisper:
        with self._loading:
            if self._model is None:
                folder = models.require(models.WHISPER, folder=self._folder)
                self._model = Whisper.load(folder, threads=self._threads)
            return self._model


def _guesses(
    model: Whisper, piece: Samples, lang: Lang | None, names: Sequence[str]
) -> Steps[list[Guess]]:
    """The guesses for ``piece``.

    Where a sentence comes twice the model may stop at the first: a long piece that gave little
    text is tried again in two halves.
    """
    guess = yield from model.guess(piece, lang=lang, prompt=_prompt(names))
    yield
    seconds = len(piece) / RATE
    if seconds < _HALVED or guess.looped or guess.tokens > seconds * _SPARSE:
        return [guess]
    middle = len(piece) // 3 + _quietest(piece[len(piece) // 3 : -len(piece) // 3])
    first = yield from _guesses(model, piece[:middle], guess.lang, names)
    return first + (yield from _guesses(model, piece[middle:], guess.lang, names))


def _first_lang(guesses: Sequence[Guess]) -> Lang | None:
    return guesses[0].lang if guesses else None


def voiced(samples: Samples) -> Samples:
    """``samples`` from a little before the first speech to a little after the last; or nothing."""
    chances = silero.probabilities(samples, RATE)
    frames = np.flatnonzero(chances >= _SPEECH)
    if len(frames) < _SPEECH_FRAMES:
        return samples[:0]
    first, last = int(frames[0]) * silero.FRAME, int(frames[-1] + 1) * silero.FRAME
    return samples[max(0, first - _MARGIN) : last + _MARGIN]


def pieces(samples: Samples) -> Iterator[Samples]:
    """``samples`` in pieces of at most 28 s, cut where it is quietest."""
    while len(samples) > _PIECE:
        cut = _CUT + _quietest(samples[_CUT:_PIECE])
        yield samples[:cut]
        samples = samples[cut:]
    if len(samples):
        yield samples


def _quietest(samples: Samples) -> int:
    """The middle of the quietest 0.2 s."""
    size = RATE // 5
    energy: NDArray[np.float64] = np.cumsum(samples.astype(np.float64) ** 2)
    return int(np.argmin(energy[size:] - energy[:-size])) + size // 2


def believable(guess: Guess) -> bool:
    """Whether there is text and the model does not itself think that nobody spoke."""
    return bool(guess.text) and not (guess.no_speech > _NO_SPEECH and guess.logprob < _DOUBT)


def in_house_style(said: str, lang: Lang) -> str:
    """Chinese in simplified characters with Chinese punctuation; English as it is."""
    if lang == "en":
        return said
    simplified: str = _ZHE.sub("着", _opencc().convert(said))
    return _MARK_AFTER_CHINESE.sub(lambda found: _CHINESE_MARKS[found[1]], simplified)


def _prompt(names: Sequence[str]) -> str:
    return "，".join(names) + "。" if names else ""


@cache
def _opencc() -> Any:
    import opencc

    return opencc.OpenCC("t2s")
