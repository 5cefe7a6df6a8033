"""The spoken part of one answer: words ahead, sound at a pace, and what both leave behind.

Words and sound are two tasks: the words of a clause leave as soon as they are known, its sound
when it is made and due.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable
from contextlib import aclosing, asynccontextmanager
from typing import TYPE_CHECKING, Any

import pybase64

from glmkit.emulator.session.objects import message_item, new_id
from glmkit.emulator.session.token_counts import within
from glmkit.emulator.speak.answer_audio import SOURCES
from glmkit.emulator.turn.answer_faults import apply_faults
from glmkit.emulator.turn.audio_deltas import AudioDelta, Cutter, Pacer
from glmkit.emulator.turn.mp3_encoder import Mp3Encoder
from glmkit.emulator.turn.steady_answers import made_ahead

if TYPE_CHECKING:
    from glmkit.emulator.session.configuration import Configuration
    from glmkit.emulator.session.state import SessionState
    from glmkit.emulator.session.steady_waits import SteadyTurn
    from glmkit.emulator.speak.answer_audio import SoundSource, Spoken
    from glmkit.emulator.think.dialogue import Reply

#: A few words, or a few characters: what a transcript's delta carries.
_MORSEL = re.compile(r"(?:\s*[!-~]+){1,3}|\s*[^\s!-~]{1,4}|\s+")
_AHEAD = 4  # clauses made and not yet played: no more work than that is lost by a cancel


class SpokenMessage:
    """The message of one answer."""

    def __init__(
        self,
        session: SessionState,
        configuration: Configuration,
        response_id: str,
        steady: SteadyTurn | None = None,
    ) -> None:
        self.item_id = new_id("item")
        self.words = ""
        self.seconds = 0.0
        self.all_said = False
        """Whether every word is out: then the answer is remembered even if it is interrupted."""
        self.cut_short = False
        """Whether max_response_output_tokens ended it."""
        self.sources: set[SoundSource] = set()
        """Where the sound of its clauses came from."""
        self._session, self._configuration, self._steady = session, configuration, steady
        self._at = {"response_id": response_id, "item_id": self.item_id}
        self._id = response_id
        self._begun = False
        self._wait = 0.0  # seconds the first sound is held back, lest the rest be late
        self._pacer = Pacer(session.options.pace)
        self._since = 0.0  # loop time at which the sound may begin
        self._pieces = 0
        self._queue: asyncio.Queue[tuple[bytes, float] | None] = asyncio.Queue(_AHEAD)

    async def give(self, reply: Reply, *, before: Callable[[], Awaitable[None]]) -> None:
        """Says ``reply``, to the end; ``before`` is what stands in front of it."""
        async with self._made(reply) as parts:
            await before()
            await self._begin()
            if not self._configuration.sound:
                await self._say(parts)
                return
            async with asyncio.TaskGroup() as group:
                group.create_task(self._say(parts))
                group.create_task(self._play())

    @asynccontextmanager
    async def _made(self, reply: Reply) -> AsyncIterator[AsyncGenerator[Spoken]]:
        """Its words and sound as they are made; a steady one's are, until it is due."""
        voice, aloud = self._configuration.voice, self._configuration.sound
        spoken = self._session.pipeline.speak(reply, voice=voice, aloud=aloud)
        if self._steady is None:
            async with aclosing(spoken):
                yield spoken
            return
        async with made_ahead(spoken) as parts:
            await (self._steady.words() if aloud else self._steady.first())
            yield parts

    async def end(self, *, complete: bool) -> list[dict[str, Any]]:
        """The ``done`` events, also of a speech that was interrupted; its item."""
        item = self._item("completed" if complete else "incomplete")
        if self._writes:
            await self._send("response.text.done", text=self.words)
        if self._configuration.sound:
            await self._send("response.audio_transcript.done", transcript=self.words)
            await self._send("response.audio.done")
        if self._begun and self._session.behaviour.part_events:
            await self._send("response.content_part.done", part=self._part(self.words))
            await self._send_item("done", item)
        return [item] if self._begun else []

    @property
    def answered(self) -> str:
        """What it was: ``stock``, ``ready`` or ``synthesised`` sound, ``text``; "" for nothing."""
        if not self._configuration.sound:
            return "text" if self.words else ""
        return next((each for each in SOURCES if each in self.sources), "")

    @property
    def _writes(self) -> bool:
        """Whether ``response.text.*`` come."""
        configuration = self._configuration
        if not configuration.sound:
            return True
        return "text" in configuration.modalities and self._session.behaviour.text_events

    async def _begin(self) -> None:
        self._begun = True
        if self._session.behaviour.part_events:
            await self._send_item("added", self._item("in_progress"))
            await self._send("response.content_part.added", part=self._part(""))

    async def _say(self, spoken: AsyncGenerator[Spoken]) -> None:
        most, aloud = self._configuration.max_tokens, self._configuration.sound
        shares: deque[float] = deque()  # of each clause, in its words and in its sound
        async with aclosing(spoken) as parts:
            async for part in parts:
                self.all_said |= part.complete
                if part.words and not self.cut_short:
                    shares.append(within(most, self.words, part.words))
                    self.cut_short = shares[-1] < 1
                    await self._say_words(part.words[: round(len(part.words) * shares[-1])])
                elif part.pcm:
                    self._wait = part.begin
                    self.sources.add(part.source)
                    await self._say_sound(part.pcm, shares.popleft())
                if self.cut_short and not (shares and aloud):
                    break
        self.all_said = True
        await self._queue.put(None)

    async def _say_sound(self, pcm: bytes, share: float) -> None:
        size = round(len(pcm) * share / 2) * 2
        await self._queue.put((pcm[:size], size / 2 / self._configuration.output_rate))

    async def _say_words(self, words: str) -> None:
        words = self._joined(words)
        self.words += words
        for morsel in _MORSEL.findall(words):
            await self._say_morsel(morsel)

    async def _say_morsel(self, morsel: str) -> None:
        if self._configuration.sound:
            await self._send("response.audio_transcript.delta", delta=morsel)
        if self._writes:
            await self._send("response.text.delta", delta=morsel)
        if not self._configuration.sound:
            self._pieces += 1
            await apply_faults(self._session, self._id, self._pieces)

    async def _play(self) -> None:
        self._since = asyncio.get_running_loop().time()
        split = self._session.faults.get("split_samples") is not None
        mp3 = self._configuration.output_audio_format == "mp3"
        seed = int(self._id[-8:], 16) if self._steady is None else self._steady.cuts
        cutter = Cutter(seed, align=1 if split or mp3 else 2)
        encoder = Mp3Encoder() if mp3 else None
        while (sound := await self._queue.get()) is not None:
            data, seconds = sound
            if encoder is not None:
                data = await encoder.feed(data)
            await self._send_sound(cutter.feed(data, seconds))
        if encoder is not None:
            await self._send_sound(cutter.feed(await encoder.end(), 0.05))
        await self._send_sound(cutter.end())

    async def _send_sound(self, pieces: Iterable[AudioDelta]) -> None:
        """Each piece when it is due."""
        for piece in pieces:
            if self._steady is not None and not self._pieces:
                await self._steady.first()
                self._wait = 0.0  # it is due: pauses may follow, and are seen
            await self._pacer.wait(piece.seconds, not_before=self._since + self._wait)
            await self._send("response.audio.delta", delta=pybase64.b64encode_as_string(piece.data))
            self.seconds = self._pacer.seconds
            self._pieces += 1
            await apply_faults(self._session, self._id, self._pieces)

    def _joined(self, words: str) -> str:
        """``words`` with a blank before them where two words would run together."""
        latin = self.words[-1:].isascii() and words[:1].isascii()
        apart = not self.words or self.words[-1].isspace() or words[:1].isspace()
        return f" {words}" if latin and words and not apart else words

    def _part(self, words: str) -> dict[str, Any]:
        if self._configuration.sound:
            return {"type": "audio", "transcript": words}
        return {"type": "text", "text": words}

    def _item(self, status: str) -> dict[str, Any]:
        content = [] if status == "in_progress" else [self._part(self.words)]
        return message_item(self.item_id, "assistant", content, status=status)

    async def _send_item(self, what: str, item: dict[str, Any]) -> None:
        await self._session.sender.send(
            f"response.output_item.{what}", response_id=self._id, output_index=0, item=item
        )

    async def _send(self, type: str, **fields: Any) -> None:
        await self._session.sender.send(type, **self._at, output_index=0, content_index=0, **fields)
