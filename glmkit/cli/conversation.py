"""Live talk from a shell: a session and its talk, until it is over or Ctrl+C is pressed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from glmkit.cli.turns_shown import Show, shown_in_the_end
from glmkit.session.blocking.blocking_session import connect
from glmkit.texts import text
from glmkit.widgets.talk import LET_GO, Talk

LOOK: Final = 0.05  # seconds between looks at what goes on


@contextmanager
def conversation_held(
    to: str | None, *, show: Show, save: Path | None = None, **options: Any
) -> Iterator[Talk]:
    """A conversation; in the end it is closed, and its turns are shown.

    ``save``: the folder for the answers' sound, or None. ``options`` as for ``connect``.
    """
    with connect(to, **options) as session, shown_in_the_end(session, show, save=save, name="talk"):
        talk = Talk(session)
        try:
            yield talk
        except KeyboardInterrupt:
            show(text("cli.talk_ending"))
        finally:
            talk.close()
            _wait_for_the_last(talk)


def _wait_for_the_last(talk: Talk) -> None:
    """What was broken off becomes a turn, too."""
    until = time.monotonic() + LET_GO
    while talk.engaged and time.monotonic() < until:
        time.sleep(LOOK)
