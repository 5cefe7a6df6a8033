"""What a listener lets be heard without wanting to speak: "mm-hm", a cough.

Rules
- A sound that is known is found by its sound: the kit's two (``glm.sample("mm_hm")``,
  ``glm.sample("cough")``), and those that one names.
- Else only what was said *into* an answer can be a backchannel, and only where all that was
  understood is such a word: said into silence, 好的 and "yes" are answers.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from glmkit.errors import BadArgument
from glmkit.media.clip import Clip
from glmkit.media.kit_samples import sample
from glmkit.media.likeness import Low, best_match, lowered
from glmkit.texts import text

Kind = Literal["backchannel", "noise"]
_ALIKE: Final = 0.7
_LONGER: Final = 1.5  # times as long: then more was said than that
#: Words that only say "I am listening", as they are understood, without punctuation.
FILLERS: Final = frozenset(
    (
        *("嗯", "嗯嗯", "嗯哼", "哦", "哦哦", "噢", "喔", "啊", "呃", "唔"),
        *("对", "对对", "对对对", "是", "是的", "好", "好的", "好好", "行"),
        *("mm", "mmhm", "mhm", "mhmm", "mmhmm", "hm", "hmm", "uhhuh", "uh", "huh", "ah", "oh"),
        *("yeah", "yep", "yes", "right", "ok", "okay", "isee", "sure"),
    )
)


@dataclass(frozen=True, slots=True, eq=False)
class KnownSound:
    """A sound that should be let pass, and what it is."""

    kind: Kind
    low: Low
    seconds: float


def known_sounds(backchannels: object = (), noises: object = ()) -> list[KnownSound]:
    """The kit's own, and those one names: clips. Raises BadArgument."""
    named: list[tuple[Kind, Clip]] = [("backchannel", sample("mm_hm")), ("noise", sample("cough"))]
    named += [("backchannel", clip) for clip in _clips("backchannels", backchannels)]
    named += [("noise", clip) for clip in _clips("noises", noises)]
    return [_known(kind, clip) for kind, clip in named]


def _clips(name: str, given: object) -> list[Clip]:
    found = [given] if isinstance(given, Clip) else given
    if not isinstance(found, Iterable) or isinstance(found, str | bytes):
        raise BadArgument(text("lab.manners_clips", name=name, found=type(given).__name__))
    clips = list(found)
    for clip in clips:
        if not isinstance(clip, Clip) or not clip.voiced_spans():
            found = repr(clip) if isinstance(clip, Clip) else type(clip).__name__
            raise BadArgument(text("lab.manners_clips", name=name, found=found))
    return clips


def _known(kind: Kind, clip: Clip) -> KnownSound:
    spans = clip.voiced_spans(gap=0.5)
    sound = clip[spans[0][0] : spans[-1][1]]
    return KnownSound(kind, lowered(sound.samples, sound.rate), sound.seconds)


def kind_of(sound: Clip, known: Iterable[KnownSound], said: str | None) -> Kind | None:
    """What an utterance is, where it should be let pass; None where the person wants to speak.

    ``said``: what was understood of what was said into an answer; None where that says nothing.
    """
    low = lowered(sound.samples, sound.rate)
    for each in known:
        fits = sound.seconds <= each.seconds * _LONGER + 0.1
        if fits and best_match(low, each.low).alike >= _ALIKE:
            return each.kind
    return "backchannel" if said and is_filler(said) else None


def is_filler(words: str) -> bool:
    """Whether words, as they were understood, only say that somebody listens."""
    plain = unicodedata.normalize("NFKC", words).lower()
    letters = "".join(each for each in plain if unicodedata.category(each)[0] in "LN")
    return letters in FILLERS
