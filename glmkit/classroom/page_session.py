"""``PageSession``: the session behind a pupil's page, with a live talk whose face the page is.

Rules
- It is opened at the class's own address with the seat's key, so whatever holds for a pupil's
  session holds for it.
- After its end it is opened anew when it is needed: turns and trace stay, the new one is told what
  was said before, and the page says so.
- What a class says between turns (the teacher's words, too) is shown at once.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any

from glmkit import aio
from glmkit.errors import GlmError
from glmkit.session.host import WorkerThread
from glmkit.widgets.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Callable

    from glmkit.auth.seat_line import SeatLine
    from glmkit.classroom.page_mailbox import PageMailbox
    from glmkit.session.asyncio_session import Session
    from glmkit.widgets.playback import Played


class PageSession:
    """``line()`` leads to the seat from here; what is said of it goes to ``mailbox``."""

    def __init__(self, line: Callable[[], SeatLine], mailbox: PageMailbox) -> None:
        self._line, self._mailbox = line, mailbox
        self.host = PageReader(mailbox)
        self.core: Session | None = None
        """The session itself, open or closed; None before the first word."""
        self._talk: Talk | None = None
        self._say: Callable[..., None] = lambda *_, **__: None
        self._notices = ExitStack()

    @property
    def open(self) -> bool:
        """Whether something can be said in it now."""
        return self._talk is not None and self._talk.state != "closed"

    @property
    def played(self) -> list[Played]:
        """What the page has said of each answer that sounded there, since it was opened last."""
        return [] if self._talk is None else list(self._talk.played)

    async def begin(self) -> None:
        """Open it, or open it anew. Raises what ``aio.connect`` and ``Session.reset`` do."""
        self._notices.close()
        if self.core is None:
            self.core = await aio.connect(self._line().reveal())
        else:
            await self.core.reset(remember=True)
        self._notices.enter_context(self.core.line.place.shown_by(self.host))
        self._mailbox.begin_part()
        self._talk = Talk(self.core)
        self._say = self._talk.attach(self._mailbox)
        self._say("hello")

    def say(self, type: str, content: bytes = b"", /, **fields: Any) -> None:
        """To the live talk, as a page says it; to nobody where none is open."""
        if self.open:
            self._say(type, content, **fields)

    async def close(self) -> None:
        """Close it; it can be opened anew."""
        self._notices.close()
        if self.core is not None:
            with suppress(GlmError):
                await self.core.close()


class PageReader(WorkerThread):
    """Whoever carries what a page asks for: its notices are read there.

    How many are before one in the queue the page says itself.
    """

    def __init__(self, mailbox: PageMailbox) -> None:
        self._mailbox = mailbox

    def notice(self, words: str) -> None:
        """Show one line."""
        self._mailbox.tell("note", words=words)

    def status(self, words: str) -> None:
        """Show nothing: see above."""
