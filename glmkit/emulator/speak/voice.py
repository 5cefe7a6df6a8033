"""Speech: text to sound at 24 kHz, in Mandarin and English, on this machine.

::

    speak("你好，我在听。")                       # a Clip
    speak("Hello there.", voice="xiaochen")

The names of the voices are the service's; their sound is not: each name stands for a voice of our
own, so that a change of voice can be heard. Mandarin needs the weights that ``glmkit voices
install`` brings; English does not. The clauses made last are kept. All of it may be called from
any thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np

from glmkit.emulator.speak import stock
from glmkit.emulator.speak.cache import LruCache
from glmkit.emulator.speak.kokoro import RATE, Samples
from glmkit.emulator.speak.synthesis import (
    HIBARI,
    LOWER,
    SpokenSound,
    VoiceSetting,
    joined,
    make,
    raised,
)
from glmkit.emulator.speak.synthesis import ready as ready
from glmkit.emulator.think.clauses import Clause, Language, clauses_in, language_of
from glmkit.errors import BadArgument
from glmkit.media.clip import Clip
from glmkit.texts import text as sentence
from glmkit.texts import text_in

KEPT_SECONDS: Final = 300.0


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice by the service's name for it; ``voice.speak()`` lets you hear it."""

    name: str
    gender: Literal["female", "male"]
    zh: VoiceSetting = field(repr=False)
    en: VoiceSetting = field(repr=False)

    def speak(self, text: str | None = None, *, lang: Language | None = None) -> Clip:
        """What ``text``, or a sentence about this voice, sounds like in this voice."""
        own = sentence("voices.hear_me", name=self.name)
        ready_made = stock.find(own, language_of(own) or "zh", self.name) if text is None else None
        if ready_made is not None:
            return Clip(ready_made, RATE)
        return speak(text or own, lang=lang, voice=self.name)


@dataclass(frozen=True, slots=True)
class SpokenClause:
    """A clause and its sound, which ends in ``pause`` seconds of silence."""

    words: str
    language: Language
    clip: Clip = field(repr=False)
    pause: float


_VOICES: Final = {
    voice.name: voice
    for voice in (
        Voice("tongtong", "female", VoiceSetting("zf_xiaoxiao"), VoiceSetting(HIBARI)),
        Voice("xiaochen", "male", VoiceSetting("zm_yunjian"), VoiceSetting("am_michael")),
        Voice("female-tianmei", "female", VoiceSetting("zf_xiaoyi"), VoiceSetting(HIBARI, 1.07)),
        Voice(
            "male-qn-daxuesheng", "male", VoiceSetting("zm_yunxi"), VoiceSetting("am_michael", 1.07)
        ),
        Voice(
            "male-qn-jingying",
            "male",
            VoiceSetting("zm_yunjian", 0.93),
            VoiceSetting("am_michael", 0.93),
        ),
        Voice("lovely_girl", "female", VoiceSetting("zf_xiaoyi", 1.08), VoiceSetting(HIBARI, 1.15)),
        Voice(
            "female-shaonv",
            "female",
            VoiceSetting("zf_xiaoxiao", 1.07),
            VoiceSetting(HIBARI, 1.1, 1.05),
        ),
    )
}


def voices() -> list[Voice]:
    """The voices the service has; each can be heard with ``speak()``."""
    return list(_VOICES.values())


def speak(text: str, *, lang: Language | None = None, voice: str = "tongtong") -> Clip:
    """Speak a text with a synthetic voice; gives a Clip.

    24 kHz mono. Of Mandarin it has ``clip.syllables``: when each is said, by the durations that
    the voice's model gives. ``lang`` ("zh" or "en") settles what could be either, such as
    ``"12:30"``; each clause with a Chinese character is Mandarin anyway. Raises Missing when the
    weights for Mandarin
    are not in place, BadArgument for an unknown voice or language.

    >>> prompt = speak("给我讲个笑话吧。")
    """
    found = clauses_in(text, _checked(lang), quick=False)
    said = [_spoken(clause, _made(clause, _voice(voice))) for clause in found]
    if not said:
        return Clip(np.zeros(0, np.float32), RATE)
    whole = joined(SpokenSound(each.clip.samples, each.clip.syllables) for each in said)
    samples = whole.samples[: len(whole) - round(said[-1].pause * RATE)]
    return Clip(samples, RATE).with_syllables(whole.syllables)


def saying(
    text: str, *, lang: Language | None = None, voice: str = "tongtong", anew: bool = False
) -> Iterator[SpokenClause]:
    """Say ``text`` clause by clause, each made when it is asked for: never without a sound.

    What is ready-made comes as it is. While the weights are missing, Mandarin that is not
    ready-made is put together from pieces, or else a ready sentence says that it cannot be
    spoken. ``anew``: of what was made before nothing is taken, and nothing is kept."""
    chosen = _voice(voice)
    found = _to_say(text, lang, chosen)
    return (_spoken(clause, _at_hand_or_made(clause, chosen, anew)) for clause in found)


def instantly(
    text: str, *, lang: Language | None = None, voice: str = "tongtong", anew: bool = False
) -> list[SpokenClause] | None:
    """What ``saying`` gives, if it costs next to nothing; None if some of it must be made."""
    chosen, found = _voice(voice), []
    for clause in _to_say(text, lang, chosen):
        sound = _at_hand(clause, chosen, anew)
        if sound is None:
            return None
        found.append(_spoken(clause, sound))
    return found


def warm(language: Language) -> None:
    """Load what ``language`` needs, so that the first clause does not wait for it."""
    speak("好。" if language == "zh" else "Good.")


def _checked(lang: Language | None) -> Language | None:
    if lang not in (None, "zh", "en"):
        raise BadArgument(sentence("voices.unknown_language", found=lang))
    return lang


def _voice(name: str) -> Voice:
    if name not in _VOICES:
        raise BadArgument(sentence("voices.unknown_voice", found=name, expected=", ".join(_VOICES)))
    return _VOICES[name]


def _spoken(clause: Clause, sound: SpokenSound) -> SpokenClause:
    whole = joined([sound, SpokenSound(np.zeros(round(clause.pause * RATE), np.float32))])
    clip = Clip(whole.samples, RATE).with_syllables(whole.syllables)
    return SpokenClause(clause.words, clause.language, clip, clause.pause)


def _made(clause: Clause, voice: Voice, anew: bool = False) -> SpokenSound:
    kept = None if anew else _KEPT.get(_key(clause, voice.name))
    if kept is None:
        setting = voice.zh if clause.language == "zh" else voice.en
        kept = make(clause.words, clause.language, setting, voice.en)
        if not anew:
            _KEPT.put(_key(clause, voice.name), kept)
    return kept


def _key(clause: Clause, voice: str) -> tuple[str, str, str]:
    return voice, clause.language, clause.words.strip()


# ── ready-made ───────────────────────────────────────────────────────────────────────────────


def _to_say(text: str, lang: Language | None, voice: Voice) -> tuple[Clause, ...]:
    """``text`` as one clause if it is ready-made as a whole, else cut into clauses."""
    language = lang or language_of(text) or "zh"
    found = clauses_in(text, lang, quick=False)
    whole = stock.has(text, language) or stock.has(text, language, voice.name)
    return (Clause(text, language, found[-1].pause),) if whole else found


def _at_hand_or_made(clause: Clause, voice: Voice, anew: bool) -> SpokenSound:
    at_hand = _at_hand(clause, voice, anew)
    return _made(clause, voice, anew) if at_hand is None else at_hand


def _at_hand(clause: Clause, voice: Voice, anew: bool) -> SpokenSound | None:
    """What is in stock, or was made before, or a makeshift where nothing can be made."""
    own = stock.find(clause.words, clause.language, voice.name)
    if own is not None:
        return SpokenSound(own)
    if ready(clause.language):
        return None if anew else _KEPT.get(_key(clause, voice.name))
    found = stock.find(clause.words, clause.language)
    return SpokenSound(raised(_makeshift(clause) if found is None else found, _likeness(voice)))


def _makeshift(clause: Clause) -> Samples:
    found = stock.put_together(clause.words) if clause.language == "zh" else None
    if found is None:
        found = stock.find(text_in(clause.language, "voices.not_spoken"), clause.language)
    return np.zeros(0, np.float32) if found is None else found


def _likeness(voice: Voice) -> float:
    """How far the usual ready-made voice is raised to stand for ``voice``."""
    if voice.name == stock.VOICE:
        return 1.0
    return voice.zh.pitch * (LOWER if voice.gender == "male" else 1.05)


_KEPT: Final = LruCache[tuple[str, str, str], SpokenSound](round(KEPT_SECONDS * RATE))
