"""``glm.sample("joke_zh")``: the spoken samples and the pictures that come with the kit.

In a clone they are in ``data/``, in an installed package in ``glmkit/samples/``; where they come
from, and their licence, is in the README beside them.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from glmkit.errors import BadArgument
from glmkit.media.clip import Clip
from glmkit.media.made_sounds import MADE, RATE
from glmkit.media.sample_files import folder, recordings
from glmkit.media.syllables import Syllables
from glmkit.texts import Language, language, text, text_in

if TYPE_CHECKING:
    from PIL.Image import Image

_KNOWN: Final = (
    *("joke_zh", "hello_zh", "weather_zh", "story_zh", "call_zh", "two_questions_zh"),
    *("joke_en", "hello_en", "weather_en", "story_en", "call_en", "two_questions_en"),
)


class SampleNames(list[str]):
    """The names of recordings; a cell shows what each says, and plays it."""

    def _repr_mimebundle_(self, **_: Any) -> Any:
        from glmkit.cards.samples import samples_card

        return samples_card(self)


def samples() -> SampleNames:
    """The names of the recordings that come with the kit.

    A list; a cell shows what each says, and plays it.
    """
    return SampleNames(recordings())


def sample(name: str) -> Clip:
    """A recording that comes with the kit, by its name.

    ``"joke_en"``, ``"joke_zh"``, or ``"joke"`` for the one in the reader's language. Mono float32
    at 16 kHz; Mandarin has its ``syllables``. ``"cough"`` and ``"mm_hm"`` are no
    recordings but computed: what a listener lets be heard without wanting to speak.
    Raises BadArgument.
    """
    if name in MADE:
        return Clip(MADE[name](), RATE)
    name = _in_readers_language(name)
    if name not in recordings():
        known = ", ".join([*recordings(), *MADE])
        raise BadArgument(text("media.sample_unknown", name=name, known=known))
    return Clip.read(recordings()[name]).with_syllables(_syllables().get(name, ()))


def is_sample(name: str) -> bool:
    """Whether ``sample`` knows this name."""
    return name in MADE or _in_readers_language(name) in recordings()


def _in_readers_language(name: str) -> str:
    there = f"{name}_{language()}"
    return there if there in recordings() else name


def spoken_in(name: str) -> Language:
    """The language of a recording, by its name."""
    return "zh" if name.endswith("_zh") else "en"


def words_in(name: str, lang: Language) -> str:
    """What a recording says, or what that means in the other language; "" where nobody knows."""
    return text_in(lang, f"media.said_{name}") if name in _KNOWN else ""


def sentences_in(name: str) -> list[str]:
    """What a recording says, cut where it pauses."""
    words = words_in(name, spoken_in(name))
    return re.split(r"\s*…+\s*", words) if words else []


def picture(name: str) -> Image:
    """A picture that comes with the kit, by its name.

    ``"face"``, ``"room"``, ``"parcel"``, ``"heart"``, ``"homework"``, ``"ball"`` or ``"lamp"``: a
    picture of Pillow, shown by a cell and taken by ``session.show``. Raises BadArgument.
    """
    from PIL import Image

    with Image.open(picture_path(name)) as found:
        return found.copy()


def picture_path(name: str) -> Path:
    """Where such a picture is. Raises BadArgument."""
    path = folder() / f"picture_{name}.jpg"
    if not path.is_file():
        known = sorted(p.stem.removeprefix("picture_") for p in folder().glob("picture_*.jpg"))
        raise BadArgument(text("media.sample_unknown", name=name, known=", ".join(known)))
    return path


@cache
def _syllables() -> dict[str, Syllables]:
    """When each syllable is said, by recording; ``docs/time_syllables.py`` found it out."""
    found: dict[str, Syllables] = json.loads(
        (folder() / "syllables.json").read_text(encoding="utf-8")
    )
    return found
