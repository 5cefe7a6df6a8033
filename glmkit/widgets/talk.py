"""``Talk``: a live conversation in one cell; the cell returns at once.

::

    session.talk()      # hold the button, speak, let go; or switch the open microphone on

Rules
- Push-to-talk is one ``say``, streamed while the person speaks; the open microphone is ``live``
  under server VAD, with a button for who wants the answer now. Everything is in
  ``session.turns`` and ``session.trace``.
- A sound file that is chosen in the page is said as if it were spoken, at its own speed.
- Pictures go with whatever is said or written next, and can be taken back until then; a camera's
  go with the sound, while there is some, and one with what is written.
- The page stops playing at once when it is interrupted and reports how many samples had
  sounded; the turn then knows what was heard (``turn.heard``, ``turn.unheard``).
- Where a connection breaks and the session reconnects, an unfinished take goes on on the new one.
- One Talk a session: a second one closes the first.
"""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import AsyncIterator, Callable, Coroutine, Set
from functools import partial
from typing import Any, Final, Literal, TypedDict

from glmkit.errors import BadArgument, Closed, GlmError, GlmWarning, Rejected
from glmkit.media.clip import Clip
from glmkit.media.formats import INPUT_FORMATS
from glmkit.process_values import ProcessValue
from glmkit.session.asyncio_session import Session as Core
from glmkit.session.blocking import blocking_session as blocking
from glmkit.session.host import WorkerThread, host
from glmkit.session.open_microphone import answer_now, live
from glmkit.session.unfinished_take import through_breaks
from glmkit.texts import text
from glmkit.turns.labels import peer_name
from glmkit.widgets.chosen_file import ChosenFile
from glmkit.widgets.playback import Played, Reports, read_report
from glmkit.widgets.sight import Sight
from glmkit.widgets.switchboard import Channel, Message, Switchboard
from glmkit.widgets.talk_watcher import Watch
from glmkit.widgets.turn_cards import card_of
from glmkit.widgets.widget import Shown, check_limit

__all__ = ["Played", "Talk"]

State = Literal["ready", "listening", "saying", "answering", "open", "closed"]
GOING_UP: Final = ("listening", "saying", "open")  # sound is
Work = Callable[[], Coroutine[Any, Any, None]]
Heard = Clip | bytes | None  # a piece of sound, what a camera sees with it, the end
SHORTEST = 0.3  # seconds: anything shorter was a slip of the finger
LET_GO = 3.0  # seconds an interrupted turn may take to end


class TalkOptions(TypedDict, total=False):
    """How a live conversation is shown and heard; see ``Talk``."""

    page: bool
    processing: bool
    limit: float


class Talk(Shown):
    """A live conversation by microphone, to show in a notebook.

    It speaks on ``session``. ``page``: offer a page in the person's own browser first.
    ``processing``: the browser's echo cancellation, noise suppression and gain. ``limit``: seconds
    one press of the button may last (the service takes 30 under client VAD).
    """

    def __init__(
        self,
        session: blocking.Session | Core,
        *,
        page: bool = False,
        processing: bool = True,
        limit: float = 30.0,
    ) -> None:
        check_limit(limit)
        if not isinstance(session, blocking.Session | Core):
            raise BadArgument(text("widgets.no_session", found=type(session).__name__))
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
        self._queue: asyncio.Queue[Heard] = asyncio.Queue()
        self._chosen = ChosenFile(rate)
        self._spoken = 0.0  # seconds since the button was pressed
        self._working: set[asyncio.Task[None]] = set()  # the newest, and what it lets go
        self._phase: State = "ready"
        self._before: Any = None  # the vad to go back to when the open microphone is closed
        self._watch = Watch(self._core, self)
        self._page_host = PageHost(self._board)
        self._sight = Sight(self._core, self)
        self.played = Reports()
        _replace(self._core, self)
        self._loop.call_soon_threadsafe(self._start)

    def _start(self) -> None:
        self._watch.start()
        self._sight.thumbnails.start()

    @property
    def state(self) -> State:
        """``ready``, ``listening``, ``saying`` (a file), ``answering``, ``open`` (microphone) or
        ``closed``."""
        self._settled()
        return self._phase

    @property
    def underruns(self) -> int:
        """How often playing ran dry in the middle of an answer."""
        self._settled()
        return max((each.underruns for each in self.played), default=0)

    def close(self) -> None:
        """End the conversation in every view; the session stays open. Twice is once."""
        super().close()

    def _end(self) -> None:
        self.end()

    def __repr__(self) -> str:
        peer = self._core.trace.reached
        return f"<Talk {self._phase}, peer={peer}, turns={len(self._core.turns)}>"

    # -- what the person does --------------------------------------------------------------

    def _on_hello(self, face: Channel, message: Message, buffer: bytes) -> None:
        self._arrived(face, message)
        face.tell("state", **self._shown)
        self._watch.retell(face)
        self._sight.thumbnails.retell(face)

    def _on_press(self, face: Channel, message: Message, buffer: bytes) -> None:
        self._by, self._spoken = face, 0.0
        self._sight.forget()  # what the last press saw
        self._queue = asyncio.Queue()
        self._begin(partial(self._say, self._queue), "listening")

    def _on_chunk(self, face: Channel, message: Message, buffer: bytes) -> None:
        if face is self._by:
            piece = Clip.from_pcm(buffer[: len(buffer) // 2 * 2], self._rate)
            self._spoken += piece.seconds
            self._queue.put_nowait(piece)
        face.tell("got", seq=message.get("seq"))

    def _on_release(self, face: Channel, message: Message, buffer: bytes) -> None:
        """Let go; ``failed``: the microphone did, and the page has said so."""
        if self._spoken < SHORTEST:
            self._give_up()
            if not message.get("failed"):
                self._board.tell("note", words=text("widgets.too_short"))
            return
        self._queue.put_nowait(None)
        if self._phase == "listening":
            self._become("answering")

    def _on_open(self, face: Channel, message: Message, buffer: bytes) -> None:
        self._by = face
        if message.get("on"):
            self._queue = asyncio.Queue()
            self._begin(partial(self._listen, self._queue), "open")
        else:
            self._queue.put_nowait(None)

    def _on_text(self, face: Channel, message: Message, buffer: bytes) -> None:
        words = str(message.get("words") or "").strip()
        if words:
            self._by = face
            self._watch.wrote(words)
            self._begin(partial(self._ask, words, buffer), "answering")

    def _on_upload(self, face: Channel, message: Message, buffer: bytes) -> None:
        self._keep(self._guarded(self._read_file(face, message, buffer)))

    _on_undecoded = _on_upload

    def _on_interrupt(self, face: Channel, message: Message, buffer: bytes) -> None:
        self._keep(self._guarded(self._cancel()))

    def _on_answer_now(self, face: Channel, message: Message, buffer: bytes) -> None:
        """Server VAD has not ended what was said: the person does, on the open microphone."""
        if self._phase == "open":
            self._keep(self._guarded(answer_now(self._core)))

    def _on_halt(self, face: Channel, message: Message, buffer: bytes) -> None:
        self._board.tell("flush")
        self._give_up()

    def _on_picture(self, face: Channel, message: Message, buffer: bytes) -> None:
        """A chosen one, or (``following``) what a camera sees with the sound that comes next."""
        if not message.get("following"):
            self._keep(self._guarded(self._show(buffer)))
        elif face is self._by:
            self._queue.put_nowait(buffer)

    def _on_take_back(self, face: Channel, message: Message, buffer: bytes) -> None:
        self._sight.thumbnails.take_back(int(message.get("number") or 0))

    def _on_look(self, face: Channel, message: Message, buffer: bytes) -> None:
        if message.get("on"):
            self._keep(self._guarded(self._sight.open(face)))
        else:
            self._sight.close()

    def _on_card(self, face: Channel, message: Message, buffer: bytes) -> None:
        self._keep(self._show_card(face, int(message.get("number") or 0)))

    def _on_gone(self, face: Channel, message: Message, buffer: bytes) -> None:
        """The page with the microphone went: end what it was saying."""
        if face is self._by:
            self._queue.put_nowait(None)
            self._sight.close()

    def _on_heard(self, face: Channel, message: Message, buffer: bytes) -> None:
        self.played.take(self._core, read_report(message))

    # -- what then happens -----------------------------------------------------------------

    def _begin(self, work: Work, phase: State) -> None:
        """Start something after what still runs has been interrupted and has ended."""
        if self._phase == "closed":
            return
        self.problem = None
        task = self._loop.create_task(self._after(frozenset(self._working), work, phase))
        self._working.add(task)
        task.add_done_callback(self._over)

    async def _after(self, before: Set[asyncio.Task[None]], work: Work, phase: State) -> None:
        if any(not task.done() for task in before):
            self._board.tell("flush")
            await self._let_go(before)
        self._become(phase)
        await self._sight.ready()  # what was shown just now goes with it
        await self._guarded(work())

    def _over(self, task: asyncio.Task[None]) -> None:
        """Something has ended, or was given up before it began."""
        self._working.discard(task)
        if not self._working and self._phase != "closed":
            self._become("ready")

    def _give_up(self) -> None:
        """End what goes on, however far it is; on the loop."""
        for task in self._working:
            task.cancel()

    async def _let_go(self, tasks: Set[asyncio.Task[None]]) -> None:
        going_up = self._phase in GOING_UP
        if not going_up:
            await self._guarded(self._cancel())
        if going_up or self._core.fold.current is not None:
            for task in tasks:
                task.cancel()  # nothing ran that could be cancelled: it is still asking
        await asyncio.wait(tasks, timeout=LET_GO)

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        """Whatever the kit says went wrong is shown in the page, and kept in ``problem``.

        A warning, too, where somebody made errors of them: else the page would only fall silent.
        """
        host.set(self._page_host)
        try:
            await work
        except (GlmError, GlmWarning) as error:
            self.problem = str(error)
            if isinstance(error, Rejected) and error.event is not None:
                self._watch.refused(error.event, str(error))
            else:
                self._board.tell("note", words=str(error))

    async def _say(self, queue: asyncio.Queue[Heard]) -> None:
        await through_breaks(self._core, self._core.say, partial(self._pieces, queue))

    async def _read_file(self, face: Channel, message: Message, buffer: bytes) -> None:
        """What goes on is not interrupted before there is something to say."""
        clip = await asyncio.to_thread(self._chosen.sound, face, message, buffer)
        if clip is not None:
            self._by = face
            self._begin(partial(self._say_file, clip), "saying")

    async def _say_file(self, clip: Clip) -> None:
        def said(seconds: float, total: float) -> None:
            if seconds > total - 0.01 and self._phase == "saying":
                self._become("answering")

        await self._core.say(clip, progress=said)

    async def _ask(self, words: str, picture: bytes) -> None:
        if picture:
            await self._sight.see(picture)
        await self._core.ask(words)

    async def _listen(self, queue: asyncio.Queue[Heard]) -> None:
        before = self._core.settings.vad
        if not self._core.settings.server_vad:
            await self._core.update(vad="server")
        try:
            await through_breaks(
                self._core, partial(live, self._core), partial(self._pieces, queue)
            )
        finally:
            if self._core.settings.vad != before and not self._core.closed:
                await self._core.update(vad=before)

    async def _cancel(self) -> None:
        await self._core.cancel()

    async def _show(self, picture: bytes) -> None:
        await self._sight.show(picture)
        self._board.tell("note", words=text("widgets.picture_queued"))

    async def _pieces(self, queue: asyncio.Queue[Heard]) -> AsyncIterator[Clip]:
        """The sound of a queue to its end; a picture is made ready before the sound behind it."""
        while (heard := await queue.get()) is not None:
            if isinstance(heard, Clip):
                yield heard
            else:
                await self._guarded(self._sight.see(heard))

    async def _show_card(self, face: Channel, number: int) -> None:
        face.tell("card", number=number, html=await card_of(self._core, number))

    # -- what the watch sees ---------------------------------------------------------------

    @property
    def engaged(self) -> bool:
        """Whether this conversation is what the session is doing: then answers sound here."""
        return bool(self._working)

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
        self._sight.close()
        self._give_up()
        self._watch.stop()
        self._sight.thumbnails.stop()
        if words:
            self.problem = words
            self._board.tell("note", words=words)
        self._shut()

    def _become(self, phase: State) -> None:
        self._phase = phase
        self._board.tell("state", **self._shown)

    @property
    def _shown(self) -> dict[str, str]:
        """What every view shows at its head."""
        peer, model = peer_name(self._core.trace.reached), self._core.model
        return {"state": self._phase, "peer": peer, "model": model}


class PageHost(WorkerThread):
    """Whoever carries what a page asks for: its notices are read there, not in some cell."""

    def __init__(self, board: Switchboard) -> None:
        self._board = board

    def notice(self, words: str) -> None:
        """Show one line in every view."""
        self._board.tell("note", words=words)


Talks = weakref.WeakKeyDictionary[Core, "weakref.ref[Talk]"]
_talks: ProcessValue[Talks] = ProcessValue(weakref.WeakKeyDictionary, until="fork")


def _replace(core: Core, talk: Talk) -> None:
    """One conversation a session: the older view of it says where it went."""
    core.check_process()
    if core.closed:
        raise Closed(text("session.closed"))
    known = _talks.value.get(core)
    before = None if known is None else known()
    if before is not None:
        before._loop.call_soon_threadsafe(before.end, text("widgets.moved"))
    _talks.value[core] = weakref.ref(talk)
