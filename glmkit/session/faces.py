"""What stands above a session and lets a person see and hear it: named here, and made up there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from glmkit.widgets.talk import Talk as Talk
    from glmkit.widgets.talk import TalkOptions as TalkOptions


class Player(Protocol):
    """Plays answers as they arrive: a loudspeaker of this machine's, or the one in a notebook."""

    def play(self, id: str, samples: bytes, /) -> None:
        """Play a piece of an answer (16-bit mono at 24 kHz) behind what is there of it."""

    def end(self, id: str, /) -> None:
        """Nothing more comes of an answer."""

    def flush(self) -> None:
        """Stop at once."""

    @property
    def playing(self) -> bool:
        """Whether something is left to be heard."""

    def close(self) -> None:
        """Play no more."""


def live_talk(session: Any, options: TalkOptions) -> Talk:
    """A live conversation on a session of either kind, to display in a notebook."""
    from glmkit.widgets.talk import Talk

    return Talk(session, **options)


def notebook_player() -> Player:
    """A player below the cell that runs."""
    from glmkit.widgets.answer_player import AnswerPlayer

    return AnswerPlayer()
