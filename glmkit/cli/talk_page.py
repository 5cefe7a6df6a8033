"""``glmkit talk``: a conversation without Jupyter, on a page in the person's own browser."""

from __future__ import annotations

import time
import webbrowser
from pathlib import Path
from typing import Any

from glmkit.cli.turns_shown import Show, shown_in_the_end
from glmkit.environment import browser_location
from glmkit.session.blocking.blocking_session import Session, connect
from glmkit.texts import text
from glmkit.widgets.talk import Talk

LOOK = 0.2  # seconds between looks at whether it is over


def talk_on_page(
    to: str | None = None,
    *,
    show: Show,
    open_browser: bool = True,
    save: Path | None = None,
    **options: Any,
) -> None:
    """Talk until the page is closed or Ctrl+C is pressed; in the end the turns are shown.

    ``show`` gets the lines a person reads, the page's address first. ``save``: the folder for the
    answers' sound, or None. ``options`` as for ``connect``.
    """
    with connect(to, **options) as session, shown_in_the_end(session, show, save=save, name="talk"):
        talk = Talk(session)
        try:
            _offer(talk, show, open_browser)
            _wait(talk, session)
        except KeyboardInterrupt:
            show(text("widgets.page_ending"))
        finally:
            talk.close()


def _offer(talk: Talk, show: Show, open_browser: bool) -> None:
    url = talk.open_page()
    show(url)
    # elsewhere the browser that could be opened is not the person's
    here = browser_location() == "here"
    show(text("widgets.page_how") if here else talk.advice)
    show(text("widgets.page_end"))
    if here and open_browser:
        webbrowser.open(url)


def _wait(talk: Talk, session: Session) -> None:
    while talk.served and not session.closed:
        time.sleep(LOOK)
