"""The rules of a turn as a table: where it stands, and what each event that belongs to it does.

Which turn an event belongs to is the fold's business; where it belongs to another one, or can't
come at all, the state stays. An error refuses nothing where it is harmless (``is_harmless``), or
where it is about this side's commit in server VAD's place. Documented and observed alike: the
service names no states.
"""

from __future__ import annotations

from enum import Enum
from typing import Final


class State(Enum):
    """Where a turn stands."""

    OPEN = "something was sent that the service has not confirmed"
    COMMITTED = "the service took what was said, and no answer was asked for"
    ASKED = "an answer was asked for and has not begun"
    ANSWERING = "its answer is coming in"
    CALLING = "its answer ended in calls, whose outputs the model waits for"
    OVER = "nothing more is expected; what still comes is added to it"


class Step(Enum):
    """What can happen to a turn, and the event that says so."""

    COMMITTED = "input_audio_buffer.committed"
    ASKED = "response.create"
    BEGUN = "the first event of an answer"
    DONE = "response.done"
    CALLED = "response.done of a completed answer with calls that have no output"
    REFUSED = "error"
    ENDED = "glmkit.turn_ended, or glmkit.opened: its connection is gone"


def _table() -> dict[State, dict[Step, State]]:
    open_, committed, asked, answering, calling, over = State
    # fmt: off
    rows = {
        #           COMMITTED  ASKED      BEGUN      DONE       CALLED     REFUSED    ENDED
        open_:     (committed, asked,     answering, open_,     open_,     over,      over),
        committed: (committed, asked,     answering, committed, committed, over,      over),
        asked:     (asked,     asked,     answering, asked,     asked,     over,      over),
        answering: (answering, answering, answering, over,      calling,   answering, over),
        calling:   (calling,   asked,     calling,   calling,   calling,   calling,   over),
        over:      (over,      over,      over,      over,      over,      over,      over),
    }
    # fmt: on
    return {state: dict(zip(Step, row, strict=True)) for state, row in rows.items()}


NEXT: Final = _table()
