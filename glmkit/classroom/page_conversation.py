"""``PageConversation``: a pupil's conversation that is held here, for a browser that holds none.

Rules
- A session begins with the first thing that is said, and anew after whatever ended it.
- Things are done one behind the other, in the language of the page that asked. Stop comes first.
- Where no page asks for news any longer, the session is closed within ``gone_after`` seconds:
  what was under way is cancelled and counted, and the place is another's.
"""

from __future__ import annotations

import asyncio
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from glmkit.auth.masking import masked_logger
from glmkit.classroom.page_acts import (
    CONSENTS,
    MOST_SECONDS,
    PageAct,
    check_length,
    spoken_words,
)
from glmkit.classroom.page_mailbox import PageMailbox
from glmkit.classroom.page_session import PageSession
from glmkit.classroom.turn_timelines import TurnTimelines
from glmkit.errors import BadArgument, BadAudio, GlmError, GlmWarning
from glmkit.media.formats import INPUT_FORMATS
from glmkit.media.kit_samples import sample
from glmkit.session.hand_in_bundle import lesson_name
from glmkit.session.host import host
from glmkit.texts import Language, language, read_in, text, text_in
from glmkit.widgets.chosen_file import ChosenFile

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from glmkit.auth.seat_line import SeatLine
    from glmkit.media.clip import Clip
    from glmkit.session.hand_in_verbs import HandedIn

GONE: Final = 15.0  # seconds without a page: a reload comes back sooner
_log: Final = masked_logger("glmkit.classroom.page")
_MOST_WAITING: Final = 600  # things to do: more than a microphone's pieces while a place is awaited
_BEGIN: Final = frozenset(("sample", "text", "press", "file"))
"""What a session is opened for."""
_RATE: Final = INPUT_FORMATS["pcm16"]


class PageConversation:
    """The conversation of one seat; ``line()`` gives the line that leads to it from here.

    ``withdraw(lesson)`` takes its hand-ins back, with a session or without.
    """

    def __init__(
        self,
        line: Callable[[], SeatLine],
        withdraw: Callable[[str], Awaitable[int]],
        *,
        gone_after: float = GONE,
    ) -> None:
        self._withdraw, self._gone_after = withdraw, gone_after
        self._now = asyncio.get_running_loop().time
        self.mailbox, self.timelines = PageMailbox(), TurnTimelines()
        self.session = PageSession(line, self.mailbox)
        self.run = secrets.token_hex(8)
        """Another one after the class was started anew: what was said before is gone then."""
        self.tab = ""
        """The tab that shows it; another one that comes takes it over."""
        self.doing = ""
        """``opening``: it waits for the class to let it begin; ``preparing``: for its own voice, or
        a file; else nothing."""
        self._file = ChosenFile(_RATE)
        self._spoken = 0.0  # seconds since the microphone's button was pressed
        self._acts: asyncio.Queue[PageAct] = asyncio.Queue(_MOST_WAITING)
        self._current: asyncio.Task[None] | None = None
        self._seen_at, self._lang = self._now(), language()
        self._tasks = [
            asyncio.create_task(self._work(), name="pupil's page"),
            asyncio.create_task(self._watch_page(), name="pupil's page seen"),
        ]

    def seen(self, lang: Language) -> None:
        """A page is there, in this language."""
        self._seen_at, self._lang = self._now(), lang

    def told_by_teacher(self, words: str) -> bool:
        """A word of the teacher's, where a page is there and no session that would be told it."""
        there = bool(self.tab) and self._now() - self._seen_at < self._gone_after
        if unheard := there and not self.session.open:
            said = text_in(self._lang, "session.class_says", words=words)
            self.mailbox.tell("note", words=said)
        return unheard

    def do(self, act: PageAct) -> None:
        """Have something done, soon; what comes of it is told. Raises BadArgument."""
        if act.kind == "stop":
            self.stop()
        elif act.kind in ("heard", "interrupt"):  # nothing waits for these
            self._pass_on(act)
        elif self._acts.full():
            raise BadArgument(text("pupil_page.busy"))
        else:
            self._acts.put_nowait(act)

    def stop(self) -> None:
        """End whatever goes on, and forget what was to follow."""
        while not self._acts.empty():
            self._acts.get_nowait()
        if self._current is not None:
            self._current.cancel()
        self.session.say("halt")

    async def close(self) -> None:
        """End the session, and do nothing more."""
        for task in self._tasks:
            task.cancel()
        await self._end()

    async def _end(self) -> None:
        self.stop()
        await asyncio.sleep(0)  # what stops is told on the loop
        await self.session.close()

    async def _watch_page(self) -> None:
        """Close the session of a page that is gone; whoever comes back may begin anew."""
        while True:
            quiet = self._now() - self._seen_at
            if quiet < self._gone_after:
                await asyncio.sleep(self._gone_after - quiet)
                continue
            if self.doing or self.session.open:
                await self._end()
            await asyncio.sleep(self._gone_after)

    # -- one thing behind the other ---------------------------------------------------------------

    async def _work(self) -> None:
        while True:
            act = await self._acts.get()
            with read_in(act.lang):
                self._current = asyncio.create_task(self._carried_out(act), name=act.kind)
            await asyncio.wait({self._current})
            done, self._current = self._current, None
            if not done.cancelled() and (error := done.exception()) is not None:
                self._failed(error, act)

    def _failed(self, error: BaseException, act: PageAct) -> None:
        """Something that nobody foresaw: the page says so, the log what it was."""
        _log.error("a pupil's page: %s", act.kind, exc_info=error)
        with read_in(act.lang):
            self.mailbox.tell("note", words=text("pupil_page.failed", what=type(error).__name__))

    async def _carried_out(self, act: PageAct) -> None:
        host.set(self.session.host)
        try:
            if act.kind in _BEGIN and not self.session.open:
                with self._does("opening"):
                    await self.session.begin()
            with self._does("preparing" if act.kind in ("text", "file") else ""):
                await self._carry_out(act)
        except (GlmError, GlmWarning) as error:
            self.mailbox.tell("note", words=str(error))

    @contextmanager
    def _does(self, what: str) -> Iterator[None]:
        """Meanwhile the page says so."""
        self.doing = what
        self.mailbox.ring()
        try:
            yield
        finally:
            self.doing = ""
            self.mailbox.ring()

    async def _carry_out(self, act: PageAct) -> None:
        if act.kind == "sample":
            self._say_clip(sample(str(act.fields["name"])))
        elif act.kind == "text":
            await self._say_words(str(act.fields["words"]))
        elif act.kind in ("file", "undecoded"):
            await self._say_file(act)
        elif act.kind == "hand_in":
            await self._hand_in(act)
        elif act.kind == "withdraw":
            await self._take_back(act)
        else:
            self._pass_on(act)

    # -- what is said -----------------------------------------------------------------------------

    def _pass_on(self, act: PageAct) -> None:
        """To the live talk, which knows what to do."""
        fields = dict(act.fields)
        if act.kind == "heard":
            fields["response"] = self.mailbox.own_name(str(fields.get("response")))
        if act.kind == "press":
            self._spoken = 0.0
        self._spoken += len(act.content) / 2 / _RATE
        if not act.content or self._spoken <= MOST_SECONDS:  # the page lets go by itself
            self.session.say(act.kind, act.content, **fields)

    async def _say_words(self, words: str) -> None:
        """In the kit's own voice, where there is one here; else in writing."""
        clip = await asyncio.to_thread(spoken_words, words)
        if clip is None or not len(clip):
            self.mailbox.tell("note", words=text("pupil_page.written"))
            self.session.say("text", words=words)
        else:
            self.mailbox.tell("note", words=text("pupil_page.spoken", words=words))
            self._say_clip(clip)

    async def _say_file(self, act: PageAct) -> None:
        """What can be read here; else the browser is asked to read it (``decode``)."""
        message = {"type": "undecoded" if act.kind == "undecoded" else "upload", **act.fields}
        try:
            clip = await asyncio.to_thread(self._file.sound, self.mailbox, message, act.content)
        except GlmError as error:  # whose words are for who has a notebook
            raise BadAudio(text("pupil_page.unread_file")) from error
        if clip is not None:
            self._say_clip(clip)

    def _say_clip(self, clip: Clip) -> None:
        said = check_length(clip).resample(_RATE)
        self.session.say("upload", said.to_wav(), decoded=True)

    async def _hand_in(self, act: PageAct) -> None:
        session, lesson = self.session.core, lesson_name(str(act.fields.get("lesson")))
        if session is None or not session.turns:
            raise BadArgument(text("pupil_page.nothing_to_hand_in"))
        may = {name: bool(act.fields.get(name)) for name in CONSENTS}
        self.mailbox.tell("note", words=_receipt(await session.hand_in(lesson, **may)))

    async def _take_back(self, act: PageAct) -> None:
        """Also what was handed in before this session, or from a notebook."""
        count = await self._withdraw(lesson_name(str(act.fields.get("lesson"))))
        self.mailbox.tell("note", words=text("pupil_page.withdrawn", count=count))


def _receipt(done: HandedIn) -> str:
    voice = text("hand_in.with_voice" if done.voice else "hand_in.without_voice")
    show = text("hand_in.for_class" if done.show else "hand_in.not_for_class")
    values = {"lesson": done.lesson, "number": done.number, "turns": done.turns}
    values |= {"voice": voice, "show": show}
    return text("pupil_page.handed_in", time=f"{done.at:%H:%M:%S}", **values)
