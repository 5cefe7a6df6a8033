"""``Shown``: what recorder and talk share: a face in the notebook, and a page when asked for."""

from __future__ import annotations

import asyncio
import concurrent.futures
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from glmkit.cards.frame import safe
from glmkit.environment.browser import page_advice
from glmkit.environment.features import needs
from glmkit.environment.forks import Birthplace
from glmkit.errors import BadArgument, BadState
from glmkit.numeric import is_number
from glmkit.process_values import ProcessValue
from glmkit.session.blocking.background_loop import loop_thread
from glmkit.texts import text
from glmkit.widgets import assets
from glmkit.widgets.exported_still import display_behind
from glmkit.widgets.page import Page
from glmkit.widgets.switchboard import Channel, Message, Switchboard

HOP = 5.0  # seconds the loop may take to get to us


def check_limit(limit: object) -> None:
    """Raise BadArgument for what is no length of a recording, in seconds."""
    if not (is_number(limit) and 0 < limit <= 3600):
        raise BadArgument(text("widgets.limit", found=limit))


class Shown:
    """A widget that shows itself, as often as it is displayed, and can have a page of its own."""

    def __init__(
        self,
        options: dict[str, Any],
        *,
        page: bool,
        loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self._process = Birthplace("widgets.forked")
        self._serving = loop or loop_thread().loop
        self._options = assets.options(**options)
        self._board = Switchboard(self._loop, self._take)
        self._face: Any = None
        self._page: Page | None = None
        self._page_first = page
        self._host = ""  # how the notebook's address names its machine
        self.problem: str | None = None

    @property
    def _loop(self) -> asyncio.AbstractEventLoop:
        """The loop that serves it. Raises BadState in a fork, where it does not run."""
        self._process.check()
        return self._serving

    def close(self) -> None:
        """Put the microphone out, in every view and in the page; twice is once."""
        if self._process.here:
            self._loop.call_soon_threadsafe(self._end)
            self._settled()

    def _end(self) -> None:
        """Close, on the loop."""
        self._shut()

    # -- showing ---------------------------------------------------------------------------

    def _ipython_display_(self) -> None:
        from IPython.display import display

        data, metadata = self._repr_mimebundle_()
        display(data, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]
        words = text(f"widgets.exported_{self._options['kind']}")
        display_behind({"text/html": f"<p>{safe(words)}</p>", "text/plain": words})

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        if self._face is None:
            needs("widgets")
            from glmkit.widgets.anywidget_face import make_face

            self._face = make_face(self._options, self._board.heard)
            self._board.add(self._face)
        bundle = self._face._repr_mimebundle_(**options)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        data["text/plain"] = repr(self)  # what a front end without widgets shows
        return data, metadata

    def attach(self, face: Channel) -> Callable[..., None]:
        """Let another face take part, a terminal's for one: it is told what every page is told.

        What it says goes through the function this gives: ``say(type, buffer=b"", **fields)``, from
        any thread, with the messages of ``static/talk.js``.
        """
        self._board.add(face)

        def say(type: str, buffer: bytes = b"", /, **fields: Any) -> None:
            self._board.heard(face, {"type": type, **fields}, [buffer] if buffer else [])

        return say

    def open_page(self) -> str:
        """Serve the page for the browser on this machine; its address, which holds a token."""
        future = asyncio.run_coroutine_threadsafe(self._opened_page(), self._loop)
        return future.result(HOP)

    @property
    def served(self) -> bool:
        """Whether its page is there to be opened or used."""
        return self._page is not None

    @property
    def advice(self) -> str:
        """How to reach the page from where the person is."""
        port = 0 if self._page is None else self._page.port
        return page_advice(
            port, host=self._host, instead=f"widgets.instead_{self._options['kind']}"
        )

    async def _opened_page(self) -> str:
        if self._page is None:
            self._page = Page(self._options, self._board.heard, self._page_gone)
            self._board.add(self._page)
        return await self._page.open()

    def _page_gone(self) -> None:
        if self._page is not None:
            self._board.remove(self._page)
            self._page = None
            self._board.tell("page", url="", advice="")

    async def _offer_page(self) -> None:
        url = await self._opened_page()
        self._board.tell_others(self._page, "page", url=url, advice=self.advice)

    def _shut(self) -> None:
        """Close the faces: the microphone's light goes out with them."""
        self._board.tell("closed")
        if self._page is not None:
            self._keep(self._page.close())

    # -- listening -------------------------------------------------------------------------

    def _take(self, face: Channel, message: Message, buffer: bytes) -> None:
        """What a face said; on the loop."""
        kind = str(message.get("type"))
        answer = getattr(self, f"_on_{kind}", None)
        if answer is not None:
            answer(face, message, buffer)

    def _on_page(self, face: Channel, message: Message, buffer: bytes) -> None:
        self._keep(self._offer_page())

    def _on_problem(self, face: Channel, message: Message, buffer: bytes) -> None:
        """A page says what went wrong, or (without a code) that it is over."""
        code = message.get("code")
        if code is None:
            self.problem = None
            return
        known = f"problem_{code}" in self._options["words"]
        self.problem = text(f"widgets.ui_problem_{code if known else 'unknown'}")

    def _arrived(self, face: Channel, message: Message) -> None:
        """A face says hello: offer it the page if that was asked for."""
        self._host = str(message.get("host") or "")
        if self._page_first and face is not self._page:
            self._keep(self._offer_page())

    def _keep(self, coroutine: Any) -> None:
        """Run something on the loop and keep a hand on it until it is over."""
        task = self._loop.create_task(coroutine)
        tasks = _tasks.value
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    def _settled(self) -> None:
        """Return when everything that has arrived has been taken."""
        with suppress(RuntimeError):
            if asyncio.get_running_loop() is self._loop:
                return
        future: concurrent.futures.Future[None] = concurrent.futures.Future()
        self._loop.call_soon_threadsafe(future.set_result, None)
        try:
            future.result(HOP)
        except TimeoutError:
            raise BadState(text("widgets.loop_stalled", seconds=HOP)) from None


_tasks: ProcessValue[set[asyncio.Task[Any]]] = ProcessValue(set, until="fork")
