"""Guess the number: a game over several turns, and nothing of it is kept.

The number follows from the session's id and how often a game was begun in it; how far the game has
come, from what was said since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from glmkit.emulator.think.numerals import numbers_in

MOST: Final = 100
START, RIGHT, GIVEN_UP, HINT = "guess", "guess_right", "guess_given_up", "guess_hint"
_OVER: Final = (RIGHT, GIVEN_UP)


@dataclass(frozen=True, slots=True)
class Game:
    """The game under way: its number, and what was guessed so far, oldest first."""

    secret: int
    guesses: tuple[int, ...]

    def answer(self, id: str, guess: int | None) -> tuple[str, dict[str, object]] | None:
        """The reply, by its id, to a wish (``guess_hint`` …) or a guess, and what fills it."""
        low = max((each for each in self.guesses if each < self.secret), default=0) + 1
        high = min((each for each in self.guesses if each > self.secret), default=MOST + 1) - 1
        values: dict[str, object] = {"secret": self.secret, "low": low, "high": high}
        if id in (HINT, GIVEN_UP):
            return id, values
        if guess is None:
            return None
        values |= {"guess": guess, "tries": len(self.guesses) + 1}
        if not 1 <= guess <= MOST:
            return "guess_range", values
        if guess == self.secret:
            return RIGHT, values
        return ("guess_higher" if guess < self.secret else "guess_lower"), values


def game(session: str, said: Sequence[tuple[str, str]]) -> Game | None:
    """The game under way; ``said`` are the replies told so far, by id, with the words before."""
    begun = [n for n, (id, _) in enumerate(said) if id == START]
    if not begun or any(id in _OVER for id, _ in said[begun[-1] :]):
        return None
    since = said[begun[-1] + 1 :]
    compared = [words for id, words in since if id in ("guess_higher", "guess_lower")]
    guesses = tuple(guess for words in compared if (guess := guess_in(words)) is not None)
    digest = sha256(f"{session} {len(begun)}".encode()).digest()
    return Game(1 + int.from_bytes(digest[:4], "big") % MOST, guesses)


def guess_in(words: str) -> int | None:
    """The number that was guessed; None for none."""
    whole = [each.value for each in numbers_in(words) if each.value == int(each.value)]
    return int(whole[-1]) if whole and abs(whole[-1]) < 1e9 else None
