"""docs/other-languages.md: the page of tests/recipes/browser, in a real browser."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from glmkit.auth.tokens import make_token
from glmkit.emulator.launch import Emulator
from tests.bare import DATA
from tests.browser.own_page import says

RECIPE = Path(__file__).parents[1] / "recipes" / "browser"


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, and logs nothing."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def origin() -> Iterator[str]:
    """Where the recipe's folder is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(RECIPE)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.slow
def test_the_page_writes_speaks_and_keeps_the_answer(
    open_browser: Callable[..., Any], origin: str
) -> None:
    """With a token in the address, from a page that the emulator was told of."""
    with Emulator.start(pace=0, allow_origins=(origin,)) as emulator:
        page = open_browser()
        page.goto(f"{origin}/talk.html")
        page.get_by_label("Address").fill(emulator.url)
        page.get_by_label("Token").fill(make_token(emulator.key).reveal())
        page.get_by_label("Question").set_input_files(str(DATA / "joke_en.wav"))
        page.get_by_role("button", name="Talk").click()
        says(page, "answer.wav")
        shown = page.inner_text("#said")
        seconds = page.evaluate(
            "new Promise(done => { const a = document.getElementById('answer');"
            " a.readyState ? done(a.duration) : a.onloadedmetadata = () => done(a.duration) })"
        )
        assert emulator.check() == []
    assert "2" in shown
    assert "joke" in shown.lower()
    assert seconds > 1
