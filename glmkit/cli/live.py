"""``glmkit live``: a conversation without Jupyter, on a page in the person's own browser."""

from __future__ import annotations

import time
import webbrowser
from collections.abc import Callable, Sequence
from typing import Any

from glmkit.environment import browser_location
from glmkit.session.blocking.blocking_session import connect
from glmkit.texts import text
from glmkit.turns.turn import Turn
from glmkit.widgets.talk import Talk

LOOK = 0.2  # seconds between looks at whether it is over


def run_live(
    to: str | None = None,
    *,
    show: Callable[[str], object],
    open_browser: bool = True,
    **options: Any,
) -> Sequence[Turn]:
    """Talk until the page is closed or Ctrl+C is pressed; the turns.

    ``show`` gets the lines a person reads, the page's address first. ``options`` as for
    ``connect``.
    """
    with connect(to, **options) as session:
        talk = Talk(session)
        url = talk.open_page()
        show(url)
        here = (
            browser_location() == "here"
        )  # else the browser that could be opened is not the person's
        show(text("widgets.live_how") if here else talk.advice)
        show(text("widgets.live_end"))
        if here and open_browser:
            webbrowser.open(url)
        try:
            while talk.served and not session.closed:
                time.sleep(LOOK)
        except KeyboardInterrupt:
            show(text("widgets.live_ending"))
        finally:
            talk.close()
        for turn in session.turns:
            show(str(turn))
        return list(session.turns)
