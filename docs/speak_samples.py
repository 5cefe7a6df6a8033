"""Recordings said by the kit's own voices: ``python docs/speak_samples.py`` writes them.

0.3 s of silence, the sentences, a pause of 1.7 s between them, all at one level. The older ones
beside them were made once from the same models, by hand. Needs ``glmkit voices install``.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from glmkit.emulator.speak.voice import speak
from glmkit.media.clip import Clip

DATA = Path(__file__).parents[1] / "data"
RATE, LEVEL, BEFORE, AFTER, BETWEEN = 16_000, -22.5, 0.3, 0.2, 1.7
#: Name → its sentences and the voice.
SAID = {
    "hello_zh": (("你好！你叫什么名字？",), "tongtong"),
    "weather_en": (("What is the weather like in Beijing today?",), "xiaochen"),
    "story_en": (("Tell me a longer story, please.",), "tongtong"),
    "call_en": (("Make a call to Peter.",), "tongtong"),
    "two_questions_en": (("What is your name?", "What day is it today?"), "tongtong"),
}


def main() -> None:
    """Write every one of them."""
    for name, (sentences, voice) in SAID.items():
        recorded(sentences, voice).write(DATA / f"{name}.wav")


def recorded(sentences: tuple[str, ...], voice: str) -> Clip:
    """The sentences as one recording."""
    whole = Clip.silence(BEFORE, rate=RATE)
    for n, sentence in enumerate(sentences):
        said = speak(sentence, voice=voice).resample(RATE)
        begin, end = said.voiced_spans(gap=0.6)[0][0], said.voiced_spans(gap=0.6)[-1][1]
        whole += said[max(begin - 0.02, 0) : end + 0.05]
        whole += Clip.silence(BETWEEN if n + 1 < len(sentences) else AFTER, rate=RATE)
    louder = 10 ** ((LEVEL - whole.level) / 20)
    return Clip(np.clip(whole.samples * louder, -0.95, 0.95), RATE)


if __name__ == "__main__":
    main()
