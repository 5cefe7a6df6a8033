"""How much of an answer was heard, in words: of one that was interrupted, up to where it was. Pure.

The words come before their sound, and nothing says which belong to which second; so they are cut
in proportion to the sound that was heard, at a word's end: an estimate, good to a word or two.
"""

from __future__ import annotations

import re
from typing import Final

from glmkit.protocol.event_kinds import AUDIO_DELTA
from glmkit.turns.explain.facts import asks_for_audio
from glmkit.turns.turn import Turn

HAN: Final = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]")
_PACE: Final = 18  # letters that a quick voice says in a second; a Chinese character is three
_BROKEN_WORD: Final = re.compile(r"[^\W\u2e80-\uffff][^\s\u2e80-\uffff]*$")


def heard_words(turn: Turn) -> str:
    """The words of the answer that were heard; all of them where it was not interrupted."""
    words, share = turn.transcript, _heard_share(turn)
    return words if share >= 1 else _upto(words, int(len(words) * share))


def unheard_words(turn: Turn) -> str:
    """The rest of the answer's words: none where it was not interrupted."""
    return turn.transcript[len(heard_words(turn)) :]


def _heard_share(turn: Turn) -> float:
    """How much of the answer was heard, from 0 to 1: by its sound, else by its having ended."""
    sound = sum(piece.seconds for piece in turn.pieces)
    if not sound:
        return 0.0 if asks_for_audio(turn) and turn.status != "completed" else 1.0
    deltas = [event for event in turn.events if event.type == AUDIO_DELTA]
    kept = len(deltas) > 1 or deltas[0].payload is not None
    whole = sound
    if turn.status != "completed" or not kept:  # the words come before their sound
        whole = max(sound, _letters(turn.transcript) / _PACE)
    if turn.interrupted_at is None and not turn.played:
        return 1.0 if turn.status == "completed" else sound / whole
    since = (turn.interrupted_at or 0.0) - turn.pieces[0].start
    heard = turn.heard_seconds if turn.played or kept else max(since, 0.0)
    return heard / whole if heard < 0.98 * whole else 1.0


def _letters(words: str) -> int:
    return len(words) + 2 * len(HAN.findall(words))


def _upto(words: str, count: int) -> str:
    """The first ``count`` characters, less a word that is broken off."""
    head, follows = words[:count], words[count : count + 1]
    inside = follows.isalnum() and not HAN.match(follows)
    return (_BROKEN_WORD.sub("", head) if inside else head).rstrip()
