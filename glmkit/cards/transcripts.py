"""The words of a turn: who said what, and of an interrupted answer what nobody heard."""

from __future__ import annotations

from typing import Final

from glmkit.auth.masking import mask
from glmkit.cards.frame import chip, quiet, row, safe, say
from glmkit.errors import BadAudio
from glmkit.turns.heard_part import heard_words
from glmkit.turns.turn import Turn

ROOM: Final = 6_000  # bytes of a transcript's beginning, and of its rest
_BRIEF: Final = 600  # letters of it that are shown at once


def question_of(turn: Turn, *, room: int = ROOM) -> str:
    """What the service understood, or what was typed."""
    return _spoken(turn.user_transcript, len(turn.user_transcript), room)


def answer_of(turn: Turn, *, room: int = ROOM) -> str:
    """What was answered; what was not heard of it is struck out."""
    try:
        heard = heard_words(turn)
    except BadAudio:  # nothing says how long it lasted
        heard = turn.transcript
    return _spoken(turn.transcript, len(heard), room)


def interruption_of(turn: Turn) -> str:
    """How many seconds of an interrupted answer were heard, and how many were not."""
    heard, unheard = turn.heard, turn.unheard
    if turn.interrupted_at is None or heard is None:
        return ""
    left = unheard.seconds if unheard is not None else 0.0
    return row(chip(say("cards.interrupted", heard=heard.seconds, unheard=left), "error"))


def _spoken(words: str, heard: int, room: int) -> str:
    """Words as they are, the first ``heard`` of their letters as heard; long ones unfold."""
    if not words:
        return quiet(say("cards.no_words"))
    masked = mask(words)  # before it is cut: a key may lie across a cut
    upto = heard if masked == words else heard * len(masked) // len(words)
    brief = len(masked) if len(masked) <= _BRIEF * 4 // 3 else _BRIEF
    shown = _marked(masked[:brief], upto, room)
    if not (rest := masked[brief:]):
        return shown
    summary = f"<summary>{say('cards.rest', letters=len(rest))}</summary>"
    return f"{shown}<details>{summary}{_marked(rest, max(upto - brief, 0), room)}</details>"


def _marked(words: str, heard: int, room: int) -> str:
    shown = safe(words[:heard], room)
    if unheard := words[heard:]:
        said = say("cards.unheard_words")
        label = f'<span class="glm-unseen">{said}</span>'
        shown += f'<del title="{said}">{label}{safe(unheard, room)}</del>'
    return f'<div class="glm-words" dir="auto">{shown}</div>'
