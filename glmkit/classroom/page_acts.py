"""``PageAct``: what a pupil does on the page, read from what came and checked. Pure but for sound.

::

    {"do": "sample", "name": "joke_zh"}       {"do": "text", "words": "…"}
    {"do": "press"}  {"do": "release"}        the microphone; its pieces come by themselves
    {"do": "interrupt"}  {"do": "stop"}       the answer; whatever goes on
    {"do": "heard", "response": "…", …}       how much of an answer has sounded
    {"do": "undecoded"}                       the browser cannot read the file, either
    {"do": "hand_in", "lesson": "03", "voice": true, "show": false}
    {"do": "withdraw", "lesson": "03"}
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from glmkit.auth.masking import their_words
from glmkit.emulator.speak.voice import ready, speak
from glmkit.emulator.think.clauses import language_of
from glmkit.errors import BadArgument
from glmkit.media.kit_samples import sample, samples, spoken_in, words_in
from glmkit.texts import Language, language, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from glmkit.media.clip import Clip

ACTS: Final = (
    "sample",
    "text",
    "press",
    "release",
    "interrupt",
    "stop",
    "heard",
    "undecoded",
    "hand_in",
    "withdraw",
)
CONSENTS: Final = ("voice", "show")
"""What a pupil says with each hand-in: may the teacher hear it, may the class see it."""
MOST_SECONDS: Final = 30.0  # of what is said at once (documented, under client VAD)
MOST_BYTES: Final = 8 * 2**20  # of a recording
MOST_LETTERS: Final = 300


@dataclass(frozen=True, slots=True)
class PageAct:
    """One thing done, with what goes with it, in the language of the page."""

    kind: str
    lang: Language
    fields: Mapping[str, Any] = field(default_factory=dict)
    content: bytes = field(default=b"", repr=False)


def read_act(body: Mapping[str, Any], lang: Language) -> PageAct:
    """What a page asks for. Raises BadArgument."""
    kind = body.get("do")
    if not isinstance(kind, str) or kind not in ACTS:
        found = their_words(kind, 40)
        raise BadArgument(text("pupil_page.no_act", found=found, known=", ".join(ACTS)))
    fields = {name: value for name, value in body.items() if name != "do"}
    if kind == "text":
        fields["words"] = _words(fields.get("words"))
    if kind == "sample":
        _check_sample(fields.get("name"))
    if kind == "hand_in" and not all(isinstance(fields.get(each), bool) for each in CONSENTS):
        raise BadArgument(text("pupil_page.consent"))
    return PageAct(kind, lang, fields)


@cache
def samples_shown(lang: Language) -> tuple[tuple[str, str], ...]:
    """The recordings a page offers, (name, words): in its language, short enough for one turn."""
    return tuple(
        (name, words_in(name, lang) or name)
        for name in samples()
        if spoken_in(name) == lang and sample(name).seconds <= MOST_SECONDS
    )


def check_length(clip: Clip) -> Clip:
    """The clip, if it may be said at once. Raises BadArgument."""
    if not 0 < clip.seconds <= MOST_SECONDS:
        found = f"{clip.seconds:.1f}"
        raise BadArgument(text("pupil_page.length", found=found, most=f"{MOST_SECONDS:.0f}"))
    return clip


def spoken_words(words: str) -> Clip | None:
    """A sentence in the kit's own voice; None where this machine has none for it."""
    lang = language_of(words) or language()
    return speak(words, lang=lang) if ready(lang) else None


def _words(found: object) -> str:
    words = found.strip() if isinstance(found, str) else ""
    if not 0 < len(words) <= MOST_LETTERS:
        raise BadArgument(text("pupil_page.words", found=len(words), most=MOST_LETTERS))
    return words


def _check_sample(found: object) -> None:
    if not isinstance(found, str) or found not in samples():
        raise BadArgument(text("pupil_page.no_sample", found=their_words(found, 40)))
