"""Whose turn it is in one session: what was said becomes an item, an item gets its answer.

Rules
- A commit makes an item at once; what was said in it is recognised meanwhile, and its transcript
  comes when it is ready (or early, late, failed, empty: a switch).
- One answer runs at a time. Another that is asked for meanwhile waits for its turn, unless it
  brings nothing new: then the running answer is its answer, so that nothing is answered twice.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from websockets.exceptions import ConnectionClosed

from glmkit.emulator.session.conversation import Item, Prompt
from glmkit.emulator.session.objects import audio_item, message_item, new_id
from glmkit.emulator.session.refusals import BUSY, Refusal
from glmkit.emulator.turn.response import Reason, Response
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.emulator.session.input_buffer import InputBuffer, Utterance
    from glmkit.emulator.session.state import SessionState
    from glmkit.emulator.think.dialogue import Heard

T = TypeVar("T")

_MOST_WAITING = 8
_LATE_SECONDS = 10.0
_TRANSCRIPTION = "conversation.item.input_audio_transcription"


class TurnQueue:
    """The turns of one session."""

    def __init__(self, session: SessionState, input_buffer: InputBuffer) -> None:
        self._session, self._input_buffer = session, input_buffer
        self._guess: tuple[int, int, asyncio.Task[Heard]] | None = None
        self._response: Response | None = None
        self._waiting: deque[Response] = deque()
        self._tasks: set[asyncio.Task[Any]] = set()

    async def aclose(self) -> None:
        """End everything that still runs or waits: the connection is gone."""
        self._waiting.clear()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def greet(self, words: str) -> None:
        """Say ``words`` unasked."""
        self._start(Response(self._session, Prompt(()), greeting=words))

    async def commit(
        self,
        utterance: Utterance,
        *,
        id: str | None = None,
        span: tuple[int, int] | None = None,
        ended_at: float | None = None,
    ) -> None:
        """Make an item of what was said; ``span`` are its samples where the server heard them.

        ``ended_at`` is when its last voiced sample came, by the loop's clock; None for now.
        """
        session = self._session
        item = Item(audio_item(id or new_id("item")), "user", pictures=utterance.pictures)
        item.seconds = utterance.seconds
        item.sound_bytes = sum(len(piece.pcm) for piece in utterance.pieces)
        zero = session.heard_at if ended_at is None else ended_at
        item.steady = session.steady_turn(zero, *(piece.pcm for piece in utterance.pieces))
        item.hearing = self._hearing(utterance, span)
        previous = session.conversation.add(item)
        where = {"item_id": item.id, "previous_item_id": previous}
        await session.sender.send("input_audio_buffer.committed", **where)
        await session.sender.send(
            "conversation.item.created", previous_item_id=previous, item=item.json
        )
        self._spawn(self._transcribe(item), "transcribe")

    async def create_response(self, *, asked_at: float | None = None) -> None:
        """Answer what waits for an answer; ``asked_at`` is when the client said so, if it did."""
        session = self._session
        running = self._response is not None and not self._response.stopping
        if running and not session.conversation.waits:
            session.log.note("response.create brings nothing new: the running answer is its answer")
            return
        if len(self._waiting) >= _MOST_WAITING:
            raise Refusal("too_many_answers", code="1302", most=_MOST_WAITING)
        prompt = session.conversation.take()
        if session.configuration.video and (frames := self._input_buffer.take_frames()):
            prompt = self._shown(prompt, frames)
        if session.configuration.video and not self._sees(prompt):
            raise Refusal("no_frame", code="video_model_query_error")
        nothing = not prompt.items and not prompt.ignored
        if nothing and not session.conversation.reads and session.configuration.server_vad:
            return  # observed: nothing at all
        self._start(Response(session, prompt, asked_at=asked_at))

    def cancel(self, reason: Reason = "client_cancelled") -> bool:
        """End the running answer and forget those that wait; whether there was one."""
        self._waiting.clear()
        if self._response is None:
            return False
        self._response.stop(reason)
        return True

    # -- hearing ---------------------------------------------------------------------------

    def _hearing(self, utterance: Utterance, span: tuple[int, int] | None) -> asyncio.Task[Heard]:
        """The recognition of ``utterance``: the guess begun in its silence, if it fits."""
        guess, self._guess = self._guess, None
        if guess is None:
            return self._hear(utterance)
        if guess[:2] == span:
            return guess[2]
        guess[2].cancel()
        return self._hear(utterance)

    def _hear(self, utterance: Utterance) -> asyncio.Task[Heard]:
        session = self._session
        configuration = session.configuration.echo(session.id)
        sound = replace(utterance, pictures=())  # they are big, and go with the item
        late = session.faults.number("late_hearing")
        hearing = session.pipeline.hear(sound, configuration, owner=session.owner, late=late)
        return self._spawn(hearing, "hearing")

    def guess(self, utterance: Utterance, span: tuple[int, int]) -> None:
        """Begin to recognise what may be all that will be said; ``span`` are its samples."""
        self._guess = (*span, self._hear(utterance))

    def drop_guess(self) -> None:
        """What was begun is void: speech goes on, or was forgotten."""
        if self._guess is not None:
            self._guess[2].cancel()
            self._guess = None

    async def _transcribe(self, item: Item) -> None:
        """Tell what was heard, when the switch says."""
        assert item.hearing is not None
        await asyncio.wait([item.hearing])
        if item.hearing.cancelled():
            return
        error = item.hearing.exception()
        heard = None if error else item.hearing.result()
        item.words = heard.text if heard else None
        mode = self._session.behaviour.transcription
        if mode == "late":
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(item.answered.wait(), _LATE_SECONDS)
        elif item.steady is not None:
            await item.steady.transcript()
        words = {"empty": "", "failed": None}.get(mode, item.words or None)
        self._session.log.note("heard", item_id=item.id, source=heard.source if heard else "")
        if words is None:
            busy = heard is not None and heard.source == "busy"
            reason = text("voices.too_busy" if busy else "emulator.no_words")
            await self._tell_no_transcript(item.id, BUSY if busy else "asr_no_result", reason)
        else:
            await self._tell_transcript(item.id, words, heard)
        item.transcribed.set()

    async def _tell_transcript(self, item_id: str, words: str, heard: Heard | None) -> None:
        looked_up = heard is not None and heard.source == "known sample"
        known = {"emulator": text("emulator.known_sample")} if looked_up else {}
        await self._session.sender.send(
            f"{_TRANSCRIPTION}.completed",
            item_id=item_id,
            content_index=0,
            transcript=words,
            **known,
        )

    async def _tell_no_transcript(self, item_id: str, code: str, reason: str) -> None:
        error = {"type": "ASR_ERROR", "code": code, "message": reason}
        await self._session.sender.send(
            f"{_TRANSCRIPTION}.failed", item_id=item_id, content_index=0, error=error
        )

    # -- answering -------------------------------------------------------------------------

    def _start(self, response: Response) -> None:
        if self._response is None:
            self._response = response
            self._spawn(self._answer(response), "response")
        else:
            self._waiting.append(response)

    async def _answer(self, response: Response) -> None:
        try:
            await response.run()
        finally:
            self._response = None
            if self._waiting:
                self._start(self._waiting.popleft())

    def _shown(self, prompt: Prompt, frames: tuple[bytes, ...]) -> Prompt:
        """The prompt with pictures that came without sound: with its question, or as all of it."""
        if not prompt.items:
            self._session.conversation.add(Item(message_item(new_id("item"), "user", []), "user"))
            prompt = replace(self._session.conversation.take(), ignored=prompt.ignored)
        (prompt.question or prompt.items[-1]).pictures += frames
        return prompt

    def _sees(self, prompt: Prompt) -> bool:
        """Whether a picture came with this turn or an earlier one."""
        items = (*self._session.conversation.before(prompt), *prompt.items)
        return any(item.pictures for item in items)

    def _spawn(self, work: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._over)
        return task

    def _over(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if not isinstance(error, ConnectionClosed):
            self._session.problems.problem(task.get_name(), error)
