"""The card of ``glm.samples()``: what each recording says, what that means, and how it sounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from glmkit.cards.frame import ROOM, Bundle, bundle, card, in_terminal, quiet, row, safe, say
from glmkit.cards.players import player
from glmkit.media.kit_samples import sample, spoken_in, words_in
from glmkit.texts import Language

_OTHER: Final[dict[Language, Language]] = {"en": "zh", "zh": "en"}


def samples_card(names: Sequence[str]) -> Bundle:
    """Each recording with its name, its words, their translation, its seconds and a player."""
    if in_terminal():
        return {}
    label, room = say("cards.samples"), ROOM * 3 // 4 // max(len(names), 1)
    shown = "".join(_sample(name, room) for name in names)
    body = f'<div class="glm-voices">{shown}</div>'
    parts = row(f"<b>{label}</b>"), body, quiet(say("cards.samples_more"))
    return bundle(repr(names), card("samples", label, *parts))


def _sample(name: str, room: int) -> str:
    clip, lang = sample(name), spoken_in(name)
    seconds = f'<span class="glm-aside">{say("cards.seconds", seconds=clip.seconds)}</span>'
    head = row(f"<b><code>{safe(name, 200)}</code></b>", seconds)
    words = _words(words_in(name, lang), lang, "glm-words")
    meaning = _words(words_in(name, _OTHER[lang]), _OTHER[lang], "glm-quiet")
    sound = player(
        clip, say("cards.play_sample", name=name), room=room, whole=f"glm.sample({name!r})"
    )
    return f'<div class="glm-voice glm-of-input">{head}{words}{meaning}{sound}</div>'


def _words(words: str, lang: Language, kind: str) -> str:
    return f'<div class="{kind}" lang="{lang}">{safe(words)}</div>' if words else ""
