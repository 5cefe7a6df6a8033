"""``Turns``: a conversation, turn by turn. To code it is a list that nobody changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, overload

from glmkit.auth.masking import their_words
from glmkit.errors import BadAudio
from glmkit.texts import text
from glmkit.texts.layout.text_width import shorten
from glmkit.turns.labels import peer_name, status_name, zero_name
from glmkit.turns.turn import Turn

_MOST: Final = 12  # turns that are printed, of the beginning and of the end
_COLUMNS: Final = 26  # of what either said


class Turns(Sequence[Turn]):
    """Turns in their order, equal to a list of the same; a slice of them is Turns, too.

    A cell shows the conversation, a terminal a line a turn. What a session has of them grows.
    """

    def __init__(self, turns: Sequence[Turn] = ()) -> None:
        self._turns = turns

    @overload
    def __getitem__(self, index: int) -> Turn: ...
    @overload
    def __getitem__(self, index: slice) -> Turns: ...
    def __getitem__(self, index: int | slice) -> Turn | Turns:
        found = self._turns[index]
        return found if isinstance(found, Turn) else Turns(found)

    def __len__(self) -> int:
        return len(self._turns)

    def __iter__(self) -> Iterator[Turn]:
        return iter(self._turns)

    def __eq__(self, other: object) -> bool:
        return [*self] == [*other] if isinstance(other, Turns | list) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # as a list has none: it may grow

    def __add__(self, other: Turns | list[Turn]) -> Turns:
        return Turns([*self, *other]) if isinstance(other, Turns | list) else NotImplemented

    def __radd__(self, other: list[Turn]) -> Turns:
        return Turns([*other, *self]) if isinstance(other, list) else NotImplemented

    def _repr_mimebundle_(self, **_: Any) -> Any:
        from glmkit.cards.conversations import conversation_card

        return conversation_card(self)

    def __repr__(self) -> str:
        if not self:
            return text("turns.none_yet")
        numbers = [*range(len(self))]
        shown = numbers if len(self) <= _MOST else numbers[: _MOST // 2] + numbers[-_MOST // 2 :]
        lines = [_line(number + 1, self[number]) for number in shown]
        if left_out := len(numbers) - len(shown):
            lines.insert(_MOST // 2, text("turns.left_out", count=left_out))
        return "\n".join(lines)


def _line(number: int, turn: Turn) -> str:
    """Who said what, and how long it took from when against whom."""
    you, answer = (_brief(words) for words in (turn.user_transcript, turn.transcript))
    status, peer = status_name(turn.status), peer_name(turn.reached)
    return text(
        "turns.in_a_line",
        number=number,
        you=you,
        answer=answer,
        wait=wait_of(turn),
        peer=peer,
        status=status,
    )


def wait_of(turn: Turn) -> str:
    """How long the answer took, and since when, in words."""
    try:
        _, seconds = turn.latency.first
    except BadAudio:  # without its sound a turn has no latency
        return "–"
    if seconds is None:
        return "–"
    waited = text("turns.seconds", seconds=seconds)
    return text("turns.wait", seconds=waited, zero=zero_name(turn.latency.zero))


def _brief(words: str) -> str:
    return shorten(their_words(words), _COLUMNS) or "–"
