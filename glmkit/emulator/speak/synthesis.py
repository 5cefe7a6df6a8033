"""One clause to sound, by one of two models.

Kokoro says Mandarin, and English in its male voices; its weights are fetched (``weights/models``).
hibari-tts says English, thirty times faster than it plays; its weights are in its package, and its
reader of English words serves Kokoro too. Both are loaded at first use and may be called from any
thread. Every voice is brought to about the same loudness.

English words inside Mandarin are said by the voice's English source: a Mandarin one was not
understood (measured by recognising it again), whichever phonemes it was given. And Mandarin makes
next to no pause at a comma, so what stands between commas is spoken apart.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import soxr

from glmkit.emulator.speak import mandarin
from glmkit.emulator.speak.kokoro import RATE, Kokoro, Samples, trimmed
from glmkit.emulator.speak.text_normalisation import in_words
from glmkit.emulator.think.clauses import CLAUSE_PAUSE, HAN, Language
from glmkit.emulator.weights import models
from glmkit.environment.features import has, needs
from glmkit.media.syllables import Syllables
from glmkit.process_values import ProcessValue

HIBARI: Final = "hibari"
LOWER: Final = 0.85  # a female voice lowered to stand for a male one
_GAINS: Final = {  # dB, to about -20 dBFS while it speaks
    "zf_xiaoxiao": -5.0, "zf_xiaoyi": -3.0, "zm_yunjian": -1.0, "zm_yunxi": 0.0,
    "am_michael": 2.5, HIBARI: 4.5,
}  # fmt: skip
_PEAK: Final = 0.9
_LATIN = re.compile(r"[A-Za-z](?:[A-Za-z'’ .-]*[A-Za-z])?")
_LATIN_OR_NOT = re.compile(f"({_LATIN.pattern})")
_LETTERS = re.compile(r"\b[A-Z]{2,5}\b")  # GLM, but not JSON
_SAID_AS_WORDS: Final = frozenset(("JSON", "YAML", "RAM", "ROM", "LAN", "SIM", "PIN", "WAV", "GIF"))
#: A stop with another phrase of Chinese behind it, not one in a number. A list (、) runs on.
_BREATH: Final = re.compile(rf"(?<=[，；：])(?=[^，；：]*\w)|(?<=[{HAN}][,;:])(?=\s*\w)")
_AS_OF: Final = 24  # phonemes: shorter phrases are spoken in the manner of so long a text
_STOPS: Final = tuple(",.!?;:…—")
#: Held by whoever loads a model, or reads English: that is not made for several threads.
_one_at_a_time: ProcessValue[AbstractContextManager[Any]] = ProcessValue(
    threading.RLock, until="fork"
)


@dataclass(frozen=True, slots=True)
class VoiceSetting:
    """How a voice speaks one language: a Kokoro voice or hibari's, raised or lowered in pitch.

    ``as_of``: in the manner of a text of at least so many phonemes, where the source is Kokoro's.
    """

    source: str
    pitch: float = 1.0
    speed: float = 1.0
    as_of: int = 0


@dataclass(frozen=True, slots=True)
class SpokenSound:
    """Sound at 24 kHz, shape (n,), and when each of its syllables is said, where that is known."""

    samples: Samples
    syllables: Syllables = ()

    def __len__(self) -> int:
        return len(self.samples)


def joined(sounds: Iterable[SpokenSound]) -> SpokenSound:
    """One after another."""
    every, syllables, at = list(sounds), [], 0
    for each in every:
        syllables += [(a + at / RATE, b + at / RATE, said) for a, b, said in each.syllables]
        at += len(each)
    none = np.zeros(0, np.float32)
    return SpokenSound(np.concatenate([none, *(e.samples for e in every)]), tuple(syllables))


def ready(language: Language) -> bool:
    """Whether ``language`` can be spoken with what is on this machine."""
    if language == "en":
        return has("english")
    return has("mandarin") and models.find(models.KOKORO) is not None


def make(
    words: str, language: Language, setting: VoiceSetting, english: VoiceSetting | None = None
) -> SpokenSound:
    """What ``words`` sound like, without silence around them.

    ``english``: how English words inside Mandarin are said. Raises Missing when what it needs is
    not on this machine."""
    if language == "zh":
        needs("mandarin")
        return _mandarin(words, setting, english or VoiceSetting(HIBARI))
    if setting.source != HIBARI and ready("zh"):
        samples, _ = _by_kokoro(_english_phonemes(words), setting)
        return SpokenSound(samples)
    return SpokenSound(_by_hibari(words, setting))


def word(mandarin_word: str, setting: VoiceSetting) -> Samples:
    """A Mandarin word that others are joined to, as ``make`` says clauses.

    As it stands, without the comma that a clause gets and not in the manner of a long text: both
    draw a word alone out until nobody understands it."""
    needs("mandarin")
    samples, _ = _by_kokoro(mandarin.phonemes(mandarin_word), setting)
    return samples


def raised(samples: Samples, pitch: float) -> Samples:
    """``samples`` played faster by ``pitch``: higher, and that much shorter."""
    if pitch == 1.0 or not len(samples):
        return samples
    return np.asarray(soxr.resample(samples, RATE, RATE / pitch), np.float32)


def _mandarin(words: str, setting: VoiceSetting, english: VoiceSetting) -> SpokenSound:
    """Phrase by phrase, with pauses between."""
    words = in_words(words)
    setting = replace(setting, as_of=max(setting.as_of, _AS_OF))
    pause = SpokenSound(np.zeros(round(CLAUSE_PAUSE * RATE), np.float32))
    found: list[SpokenSound] = []
    for phrase in _phrases(words):
        found += [pause] if found else []
        for chinese, span in _spans(phrase):
            if chinese:
                found.append(_with_syllables(span, setting))
            else:
                found.append(make(_as_english(span), "en", english))
    return joined(found)


def _with_syllables(words: str, setting: VoiceSetting) -> SpokenSound:
    """Chinese, and when each syllable of it is said: by the durations that the model gave."""
    spelt = mandarin.spelt(words)
    phonemes = "".join(letters for _, letters in spelt)
    samples, edges = _by_kokoro(_open_ended(phonemes), setting)
    found, at, last = [], 0, len(samples) / RATE
    for each, letters in spelt if len(edges) else ():
        first, at = at, at + len(letters)
        if each.letters:
            begin, end = (min(max(float(edges[n]), 0.0), last) for n in (first, at))
            found.append((begin, end, mandarin.shown(each).pinyin))
    return SpokenSound(samples, tuple(found))


def _phrases(words: str) -> list[str]:
    """Mandarin between the stops where one draws breath, each with its stop."""
    found = _BREATH.split(words)
    return [phrase for phrase in found if re.search(r"\w", phrase)] or found


def _spans(phrase: str) -> list[tuple[bool, str]]:
    """Chinese (True) and English by turns; marks between them are only heard as a turn."""
    spans = [(not _LATIN.fullmatch(span), span) for span in _LATIN_OR_NOT.split(phrase)]
    return [(chinese, span) for chinese, span in spans if re.search(r"\w", span)] or [
        (True, phrase)
    ]


def _open_ended(phonemes: str) -> str:
    """With a comma, if no stop ends it: the voice swallows or repeats the end of what has none."""
    return phonemes if phonemes[-1:] in _STOPS else phonemes + ","


def _as_english(words: str) -> str:
    """WebSocket as two words, GLM letter by letter."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", words)
    return _LETTERS.sub(
        lambda found: found[0].lower() if found[0] in _SAID_AS_WORDS else ", ".join(found[0]),
        parted,
    )


def _english_phonemes(words: str) -> str:
    """The phonemes of English, in the alphabet that both models share."""
    with _one_at_a_time.value:
        return " ".join(_hibari().phonemize(words))


def _by_kokoro(phonemes: str, setting: VoiceSetting) -> tuple[Samples, Samples]:
    """The sound, and the second of it at which each phoneme begins, see ``Kokoro``."""
    # the speed asked for makes up for what the change of pitch does to it
    speed = setting.speed / setting.pitch
    said, edges = _kokoro().synthesise(phonemes, setting.source, speed, as_of=setting.as_of)
    samples = _leveled(raised(said, setting.pitch), _GAINS[setting.source])
    return samples, edges / np.float32(setting.pitch)


def _by_hibari(words: str, setting: VoiceSetting) -> Samples:
    pitch = setting.pitch if setting.source == HIBARI else setting.pitch * LOWER
    with _one_at_a_time.value:
        said = _hibari()(words, speed=setting.speed / pitch, seed=0)
    return _leveled(raised(trimmed(said), pitch), _GAINS[HIBARI])


def _leveled(samples: Samples, gain: float) -> Samples:
    louder = samples * np.float32(10 ** (gain / 20))
    return louder * np.float32(min(1.0, _PEAK / max(np.abs(louder).max(initial=0.0), 1e-9)))


def _kokoro() -> Kokoro:
    with _one_at_a_time.value:
        return _loaded(models.require(models.KOKORO))


@cache
def _loaded(folder: Path) -> Kokoro:
    return Kokoro(folder)


@cache
def _hibari() -> Any:
    needs("english")
    from hibari import Hibari

    return Hibari(threads=1)  # the voice inside the package: the others would be fetched
