"""``Talk``: a live conversation in one cell; the cell returns at once.

::

    session.talk()      # hold the button, speak, let go; or switch the open microphone on

Rules
- Push-to-talk is one ``say``, streamed while the person speaks; the open microphone is ``live``
  under server VAD. Everything is in ``session.turns`` and ``session.trace``.
- The page stops playing at once when it is interrupted and reports how many samples had
  sounded; the turn then knows what was heard (``turn.heard``, ``turn.unheard``).
- One Talk a session: a second one closes the first.
"""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass
from typing import Any, Literal

from glmkit import blocking, events
from glmkit.audio import Clip
from glmkit.errors import Closed, GlmError
from glmkit.event import Event
from glmkit.living import live
from glmkit.making import Open
from glmkit.session import Session as Core
from glmkit.signs import PLAYED
from glmkit.specs import INPUT_FORMATS
from glmkit.texts import text
from glmkit.video import jpeg_frame
from glmkit.widgets.channel import Channel, Message
from glmkit.widgets.shown import Shown
from glmkit.widgets.watch import Watch

State = Literal["ready", "listening", "answering", "open", "closed"]
SHORTEST = 0.3  # seconds: anything shorter was a slip of the finger
LET_GO = 3.0  # seconds an interrupted turn may take to end
ANSWER_RATE = 24_000  # Hz


@dataclass(frozen=True, slots=True)
class Played:
    """What the page reported about one answer: samples at 24 kHz that sounded or were dropped.

    ``checksum`` is the Adler-32 of the 16-bit samples rendered; ``flush_ms`` how long stopping
    took in the page (None where nothing was interrupted).
    """

    response_id: str
    samples: int
    dropped: int = 0
    underruns: int = 0
    checksum: int | None = None
    flush_ms: float | None = None


class Talk(Shown):
    """A live conversation on ``session``, to display in a notebook.

    ``page``: offer a page in the person's own browser first. ``processing``: the browser's echo
    cancellation, noise suppression and gain. ``limit``: seconds one press of the button may
    last (the service takes 30 under client VAD).
    """

    def __init__(
        self,
        session: blocking.Session | Core,
        *,
        page: bool = False,
        processing: bool = True,
        limit: float = 30.0,
    ) -> None:
        carried = isinstance(session, blocking.Session)
        self._core: Core = session.core if isinstance(session, blocking.Session) else session
        rate = INPUT_FORMATS[self._core.settings.input_format]
        switches = dict.fromkeys(("echo", "noise", "gain"), processing)
        options = {"kind": "talk", "rate": rate, "limit": limit, "switches": switches}
        loop = None if carried else asyncio.get_running_loop()
        super().__init__(options, page=page, loop=loop)
        self.session = session
        self._rate = rate
        self._by: Channel | None = None  # the face that is used: answers sound there
        self._queue: asyncio.Queue[Clip | None] = asyncio.Queue()
        self._spoken = 0.0  # seconds since the button was pressed
        self._running: asyncio.Task[None] | None = None
        self._phase: State = "ready"
        self._before: Any = None  # the vad to go back to when the open microphone is closed
        self._watch = Watch(self._core, self)
        self.played: list[Played] = []
        self._sounded: dict[str, int] = {}
        _replace(self._core, self)
        self._loop.call_soon_threadsafe(self._watch.start)

    @property
    def state(self) -> State:
        """``ready``, ``listening``, ``answering``, ``open`` (microphone) or ``closed``."""
        self._settled()
        return self._phase

    @property
    def underruns(self) -> int:
        """How often playing ran dry in the middle of an answer."""
        self._settled()
        return max((each.underruns for each in self.played), default=0)

    def close(self) -> None:
        """End the conversation in every view; the session stays open. Twice is once."""
        self._loop.call_soon_threadsafe(self.end)
        self._settled()

    def __repr__(self) -> str:
        return f"<Talk {self._phase}, peer={self._core.peer}, {len(self._core.turns)} turns>"

    # -- what the person does --------------------------------------------------------------

    def _on_hello(self, face: Channel, message: Message, buffer: bytes) -> None:
        self._arrived(face, message)
        face.tell("state", state=self._phase, peer=self._core.peer, model=self._core.model)
        self._watch.retell(face)

    def _on_press(self, face: Channel, message: Message, buffer: bytes) -> None:
        self._by, self._spoken = face, 0.0
        self._queue = asyncio.Queue()
        self._begin(self._say(self._queue), "listening")

    def _on_chunk(self, face: Channel, message: Message, buffer: bytes) -> None:
        if face is self._by:
            piece = Clip.from_pcm(buffer[: len(buffer) // 2 * 2], self._rate)
            self._spoken += piece.seconds
            self._queue.put_nowait(piece)
        face.tell("got", seq=message.get("seq"))

    def _on_release(self, face: Channel, message: Message, buffer: bytes) -> None:
        if self._spoken < SHORTEST and self._phase == "listening":
            if self._running is not None:
                self._running.cancel()
            self._board.tell("note", words=text("widgets.too_short"))
            return
        self._queue.put_nowait(None)
        if self._phase == "listening":
            self._become("answering")

    def _on_open(self, face: Channel, message: Message, buffer: bytes) -> None:
        self._by = face
        if message.get("on"):
            self._queue = asyncio.Queue()
            self._begin(self._listen(self._queue), "open")
        else:
            self._queue.put_nowait(None)

    def _on_text(self, face: Channel, message: Message, buffer: bytes) -> None:
        words = str(message.get("words") or "").strip()
        if words:
            self._by = face
            self._board.tell("said", who="you", id=f"text {id(message)}", words=words)
            self._begin(self._ask(words), "answering")

    def _on_interrupt(self, face: Channel, message: Message, buffer: bytes) -> None:
        self._keep(self._guarded(self._cancel()))

    def _on_halt(self, face: Channel, message: Message, buffer: bytes) -> None:
        self._board.tell("flush")
        if self._running is not None:
            self._running.cancel()

    def _on_picture(self, face: Channel, message: Message, buffer: bytes) -> None:
        self._keep(self._guarded(self._show(buffer, following=bool(message.get("following")))))

    def _on_gone(self, face: Channel, message: Message, buffer: bytes) -> None:
        """The page with the microphone went: end what it was saying."""
        if face is self._by:
            self._queue.put_nowait(None)

    def _on_heard(self, face: Channel, message: Message, buffer: bytes) -> None:
        played = Played(
            str(message.get("response")),
            int(message.get("samples") or 0),
            int(message.get("dropped") or 0),
            int(message.get("underruns") or 0),
            message.get("checksum"),
            message.get("ms"),
        )
        self.played.append(played)
        self._sounded[played.response_id] = played.samples
        turn = self._turn_of(played.response_id)
        if turn is not None and not self._core.closed:
            samples = sum(self._sounded.get(each, 0) for each in turn.turn.response_ids)
            fields = {"response_id": played.response_id, "seconds": samples / ANSWER_RATE}
            self._core.line.mark(Event(PLAYED, fields, direction="local"))

    def _turn_of(self, response_id: str) -> Open | None:
        return self._core._fold._by_response.get(response_id)

    # -- what then happens -----------------------------------------------------------------

    def _begin(self, work: Coroutine[Any, Any, None], phase: State) -> None:
        """Start something after what still runs has been interrupted and has ended."""
        before = self._running
        self._running = self._loop.create_task(self._after(before, work, phase))

    async def _after(
        self, before: asyncio.Task[None] | None, work: Coroutine[Any, Any, None], phase: State
    ) -> None:
        try:
            if before is not None and not before.done():
                self._board.tell("flush")
                await self._let_go(before)
            self._become(phase)
            await self._guarded(work)
        finally:
            work.close()
            if self._running is asyncio.current_task() and self._phase != "closed":
                self._become("ready")

    async def _let_go(self, task: asyncio.Task[None]) -> None:
        if self._phase != "open":
            await self._guarded(self._cancel())
        if self._phase == "open" or self._core._fold.current is not None:
            task.cancel()  # nothing ran that could be cancelled: it is still asking
        await asyncio.wait([task], timeout=LET_GO)

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        """Whatever the kit says went wrong is shown in the page, and kept in ``problem``."""
        try:
            await work
        except GlmError as error:
            self.problem = str(error)
            self._board.tell("note", words=str(error))

    async def _say(self, queue: asyncio.Queue[Clip | None]) -> None:
        await self._core.say(_pieces(queue))

    async def _ask(self, words: str) -> None:
        await self._core.ask(words)

    async def _listen(self, queue: asyncio.Queue[Clip | None]) -> None:
        before = self._core.settings.vad
        if not self._core.settings.server_vad:
            await self._core.update(vad="server")
        try:
            await live(self._core, _pieces(queue))
        finally:
            if self._core.settings.vad != before and not self._core.closed:
                await self._core.update(vad=before)

    async def _cancel(self) -> None:
        await self._core.cancel()

    async def _show(self, picture: bytes, *, following: bool) -> None:
        core = self._core
        if not following:
            await core.show(picture)
            self._board.tell("note", words=text("widgets.picture_queued"))
            return
        if core.settings.mode != "video_passive":
            await core.update(mode="video_passive")
        if self._phase in ("listening", "open"):  # a frame goes with sound (documented)
            frame = await asyncio.to_thread(jpeg_frame, picture)
            await core.line.send(events.append_video_frame(frame))

    # -- what the watch sees ---------------------------------------------------------------

    @property
    def engaged(self) -> bool:
        """Whether this conversation is what the session is doing: then answers sound here."""
        return self._running is not None and not self._running.done()

    def tell(self, type: str, buffer: bytes = b"", /, **fields: Any) -> None:
        """Tell every page."""
        self._board.tell(type, buffer, **fields)

    def sound(self, response_id: str, samples: bytes) -> None:
        """Let the page that is used play a piece of an answer."""
        if self._by is not None:
            self._by.tell("play", samples, id=response_id)

    def end(self, words: str = "") -> None:
        """Close, with a reason where there is one; on the loop."""
        if self._phase == "closed":
            return
        self._phase = "closed"
        if self._running is not None:
            self._running.cancel()
        self._watch.stop()
        if words:
            self.problem = words
            self._board.tell("note", words=words)
        self._shut()

    def _become(self, phase: State) -> None:
        self._phase = phase
        self._board.tell("state", state=phase, peer=self._core.peer, model=self._core.model)


async def _pieces(queue: asyncio.Queue[Clip | None]) -> AsyncIterator[Clip]:
    while (piece := await queue.get()) is not None:
        yield piece


_talks: weakref.WeakKeyDictionary[Core, weakref.ref[Talk]] = weakref.WeakKeyDictionary()


def _replace(core: Core, talk: Talk) -> None:
    """One conversation a session: the older view of it says where it went."""
    if core.closed:
        raise Closed(text("session.closed"))
    known = _talks.get(core)
    before = None if known is None else known()
    if before is not None:
        before._loop.call_soon_threadsafe(before.end, text("widgets.moved"))
    _talks[core] = weakref.ref(talk)
