"""What may have been meant, likeliest first, and how sure that has to be."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from glmkit.emulator.think.question import Question
from glmkit.emulator.think.repertoire import Match, Repertoire, ReplyKey

LEAST: Final = 0.37  # as like as this must be what is meant
LIKELY: Final = 0.45
FOLLOWS: Final = 0.5
RATHER: Final = 0.65
CLEAR: Final = 0.8
SURE: Final = 0.85


def matches(question: Question, *beside: ReplyKey) -> list[Match]:
    """What the words may mean, likeliest first; ``beside``: follow-ups that hold here, too."""
    told = question.last_told
    after = question.heard_in.after(told.key) if told else ()
    return _found(question.heard_in, question.words, (*after, *beside))


def likeliest(question: Question) -> Match | None:
    """What the words mean most likely; None where they are like nothing."""
    return next(iter(matches(question)), None)


def clearly_wants(question: Question) -> str:
    """The reply that was clearly asked for, by its id; empty for none."""
    best = likeliest(question)
    return best.key.reply if best and best.score >= CLEAR and not best.key.path else ""


def gaps_of(repertoire: Repertoire, words: str, id: str) -> Mapping[str, str]:
    """What stands in the gaps of ``words`` as a wish for the reply of this id."""
    found = (each for each in _found(repertoire, words, ()) if each.key == ReplyKey(id))
    return next((each.gaps for each in found), {})


@lru_cache(256)
def _found(repertoire: Repertoire, words: str, after: tuple[ReplyKey, ...]) -> list[Match]:
    return repertoire.nearest(words, after=after)
