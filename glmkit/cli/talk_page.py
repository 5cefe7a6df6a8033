"""``glmkit talk``: a conversation without Jupyter, on a page in the person's own browser."""

from __future__ import annotations

import time
import webbrowser
from typing import Any

from glmkit.cli.conversation import LOOK, conversation_held
from glmkit.cli.turns_shown import Show
from glmkit.environment.browser import browser_location
from glmkit.texts import text
from glmkit.widgets.talk import Talk


def talk_on_page(
    to: str | None = None, *, show: Show, open_browser: bool = True, **options: Any
) -> None:
    """Talk until the page is closed or Ctrl+C is pressed; in the end the turns are shown.

    ``show`` gets the lines a person reads, the page's address first. ``options`` as for
    ``conversation_held``.
    """
    with conversation_held(to, show=show, **options) as talk:
        _offer(talk, show, open_browser)
        while talk.served and not talk.session.closed:
            time.sleep(LOOK)


def _offer(talk: Talk, show: Show, open_browser: bool) -> None:
    url = talk.open_page()
    show(url)
    # elsewhere the browser that could be opened is not the person's
    here = browser_location() == "here"
    show(text("widgets.page_how") if here else talk.advice)
    show(text("widgets.page_end"))
    if here and open_browser:
        webbrowser.open(url)
