"""One answer, from ``response.created`` to ``response.done``.

Rules
- ``created`` comes first and ``done`` last, always and once, whatever happens in between. Words
  come ahead of their sound; the order within each event type is kept (documented).
- Nothing spoken is a message: words as transcript (and as text where that modality is on), sound
  at a pace. A function call is an item without sound.
- ``stop`` ends it within milliseconds: ``response.cancelled``, the ``done`` of what was open,
  ``response.done`` with status cancelled (observed order). An answer whose text was complete
  is remembered whole, another not at all (observed).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from websockets.exceptions import ConnectionClosed

from glmkit.emulator.session.conversation import Item, Prompt
from glmkit.emulator.session.objects import (
    Status,
    call_item,
    json_text,
    message_item,
    new_id,
    response,
    usage,
)
from glmkit.emulator.session.refusals import SERVER, Refusal
from glmkit.emulator.session.token_counts import audio_tokens, text_tokens
from glmkit.emulator.session.tool_schemas import broken_tool
from glmkit.emulator.turn.spoken_message import SpokenMessage
from glmkit.emulator.turn.steady_answers import steady_turn_of
from glmkit.errors import GlmError
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.emulator.session.state import SessionState
    from glmkit.emulator.think.dialogue import Call, Heard, Reply

Reason = Literal["client_cancelled", "turn_detected"]


class Response:
    """One answer of a session to a prompt."""

    def __init__(
        self,
        session: SessionState,
        prompt: Prompt,
        *,
        greeting: str | None = None,
        asked_at: float | None = None,
    ) -> None:
        self.id = new_id("resp")
        self._session, self._prompt, self._greeting = session, prompt, greeting
        self._configuration = session.configuration
        self._steady = steady_turn_of(session, prompt, asked_at=asked_at, greeting=greeting)
        self._speech = SpokenMessage(session, self._configuration, self.id, self._steady)
        self._heard_by = ""
        self._output: list[dict[str, Any]] = []
        self._spoken = False
        self._calls = 0
        self._reason: Reason | None = None
        self._work: asyncio.Task[None] | None = None

    @property
    def stopping(self) -> bool:
        """Whether it was told to stop."""
        return self._reason is not None

    def stop(self, reason: Reason) -> None:
        """End it; ``run`` returns when its last event is out."""
        if self._reason is None:
            self._reason = reason
            if self._work is not None:
                self._work.cancel()

    async def run(self) -> None:
        """The whole answer. Raises ConnectionClosed when the connection ended in the middle."""
        await self._begin()
        self._work = asyncio.create_task(self._answer(), name="answer")
        self._work.add_done_callback(lambda work: work.cancelled() or work.exception())
        if self._reason is not None:
            self._work.cancel()
        try:
            await asyncio.wait([self._work])
        finally:
            self._work.cancel()
        await self._end(self._work)
        for item in self._prompt.items:
            item.answered.set()

    async def _begin(self) -> None:
        if self._session.behaviour.transcription == "early":
            for item in self._prompt.items:
                if item.hearing is not None:
                    await item.transcribed.wait()
        made = response(self.id, "in_progress", tokens=usage())
        await self._session.sender.send("response.created", response=made)
        if self._session.behaviour.rate_limits:
            await self._send_rate_limits()

    async def _answer(self) -> None:
        if self._session.faults.strike("empty_reply"):
            return
        if fault := self._session.faults.strike("failed_reply"):
            raise Refusal("on_purpose", name="failed_reply", code=str(fault.value), type=SERVER)
        self._check_tools()
        reply = await self._reply()
        if reply is None:
            return
        if reply.clauses:  # of a lazy one nobody can tell whether it is empty
            self._spoken = True
            await self._speech.give(reply, before=partial(self._search, reply.inner_search))
        elif self._steady is not None:
            await self._steady.first()
        for call in reply.calls:
            await self._call(call)

    def _check_tools(self) -> None:
        if self._session.behaviour.empty_schemas == "accept" or self._configuration.video:
            return
        if broken := broken_tool(self._configuration.tools):
            raise Refusal("broken_tool", code="422", tool=broken[0], field=broken[1])

    async def _reply(self) -> Reply | None:
        """What to say; None for nothing."""
        from glmkit.emulator.think.dialogue import Output, Reply

        if self._greeting is not None:
            return Reply((self._greeting,), "en" if self._greeting.isascii() else "zh")
        question, outputs = self._prompt.question, self._prompt.outputs
        if self._prompt.ignored:
            return None
        await _heard(self._prompt)
        before = self._session.conversation.before(self._prompt)
        given = [Output(item.words or "", item.name) for item in outputs]
        heard = question_heard(question, before)
        self._heard_by = "" if given else heard.source
        return await self._session.pipeline.reply(
            given or heard,
            configuration=self._configuration.echo(self._session.known_as),
            history=before,
            owner=self._session.owner,
        )

    async def _search(self, words: str | None) -> None:
        """The service's own search, around an honest nothing; in video only where switched on."""
        if words is None:
            return
        if self._configuration.video:
            await self._browse(words)
            return
        if not self._configuration.auto_search:
            return
        query = {"response_id": self.id, "name": "search"}
        kind = "response.function_call.inner_tool"
        arguments = json_text({"query": words})
        await self._session.sender.send(kind, **query, arguments=arguments)
        result = text("emulator.no_search")
        await self._session.sender.send(f"{kind}.result", **query, result=result)

    async def _browse(self, words: str) -> None:
        if self._session.behaviour.simple_browser:
            described = {"beta_fields": {"simple_browser": {"description": words}}}
            kind = "response.function_call.simple_browser"
            await self._session.sender.send(
                kind, response_id=self.id, name="simple_browser", session=described
            )

    async def _call(self, call: Call) -> None:
        item_id = new_id("item")
        call_id = new_id("call") if self._session.behaviour.call_id else None
        arguments = json_text(call.arguments)
        at = {"response_id": self.id, "output_index": self._calls + self._spoken}
        self._calls += 1
        begun = call_item(item_id, call.name, "", call_id, status="in_progress")
        await self._part("response.output_item.added", **at, item=begun)
        with_id = {} if call_id is None else {"call_id": call_id}
        done = call_item(item_id, call.name, arguments, call_id, status="completed")
        self._session.conversation.add(Item(done, "call", arguments, call.name), waiting=False)
        self._output.append(done)
        await self._session.sender.send(
            "response.function_call_arguments.done",
            **at,
            item_id=item_id,
            **with_id,
            name=call.name,
            arguments=arguments,
        )
        await self._part("response.output_item.done", **at, item=done)

    async def _part(self, type: str, **fields: Any) -> None:
        if self._session.behaviour.part_events:
            await self._session.sender.send(type, **fields)

    async def _end(self, work: asyncio.Task[None]) -> None:
        status, details = await self._status(work)
        if not self._session.behaviour.status_details:
            details = None
        if status == "cancelled":
            stopped = {"id": self.id, "object": "realtime.response", "status": status}
            await self._session.sender.send("response.cancelled", response=stopped)
        if self._spoken or (status == "cancelled" and not self._calls):
            self._output += await self._speech.end(complete=status in ("completed", "incomplete"))
            self._remember()
        tokens = self._usage()
        self._note_how()
        made = response(self.id, status, tokens=tokens, output=self._output, details=details)
        await self._session.sender.send("response.done", response=made)

    def _note_how(self) -> None:
        """Log what an event doesn't show: where the sound came from, how the question was heard."""
        facts: dict[str, Any] = {"answered": self._speech.answered, "understood": self._heard_by}
        if self._steady is not None:
            late = round(self._steady.late, 3)
            facts |= {"wait": round(self._steady.wait, 4), "late": late}
        self._session.problems.answered(self.id, facts)
        self._session.log.note("answered", response_id=self.id, **facts)

    async def _status(self, work: asyncio.Task[None]) -> tuple[Status, dict[str, Any] | None]:
        if work.cancelled():
            return "cancelled", {"type": "cancelled", "reason": self._reason or "turn_detected"}
        error = _only(work.exception())
        if error is None and self._speech.cut_short:
            return "incomplete", {"type": "incomplete", "reason": "max_output_tokens"}
        if error is None:
            return "completed", None
        if isinstance(error, ConnectionClosed):
            raise error
        if isinstance(error, GlmError):
            error = Refusal("no_answer", code="model_query_error", type=SERVER, reason=error)
        if not isinstance(error, Refusal):
            self._session.problems.problem("answer", error)
            error = Refusal("internal", code="500", type=SERVER, kind=type(error).__name__)
        shown = await self._session.sender.send_error(error)
        return "failed", {"type": "failed", "error": shown}

    def _remember(self) -> None:
        if self._speech.all_said:
            item_id, words = self._speech.item_id, self._speech.words
            kept = message_item(item_id, "assistant", [{"type": "text", "text": words}])
            self._session.conversation.add(Item(kept, "assistant", words), waiting=False)

    def _usage(self) -> dict[str, Any]:
        if self._session.behaviour.usage == "zeros":
            return usage()
        return estimate(self._prompt, self._speech)

    async def _send_rate_limits(self) -> None:
        limit = {"name": "requests", "limit": 5, "remaining": 4, "reset_seconds": 1.0}
        await self._session.sender.send("rate_limits.updated", rate_limits=[limit])


def question_heard(question: Item | None, before: Sequence[Item]) -> Heard:
    """What the user said last: spoken, typed or nothing. In video it sees what was shown last."""
    from glmkit.emulator.think.dialogue import Heard

    if question is None:
        return Heard(text("emulator.first_word"), source="typed")
    if question.hearing is None:
        shown_only = question.pictures and not question.words
        words = text("emulator.first_look") if shown_only else question.words
        heard = Heard(words, source="typed", pictures=question.pictures)
    elif question.hearing.cancelled() or question.hearing.exception() is not None:
        heard = Heard(None, seconds=question.seconds, source="measured")
    else:
        heard = question.hearing.result()
    return replace(heard, pictures=_shown([*before, question]))


def _shown(items: Sequence[Item]) -> tuple[bytes, ...]:
    """The pictures last shown, behind the one before them: so can be said what changed."""
    shown = [item.pictures for item in items if item.pictures]
    earlier = shown[-2][-1:] if len(shown) > 1 else ()
    return (*earlier, *shown[-1]) if shown else ()


def estimate(prompt: Prompt, speech: SpokenMessage) -> dict[str, Any]:
    """Rough token counts of one exchange."""
    typed = [item.words or "" for item in prompt.items if item.hearing is None]
    return usage(
        text_in=sum(map(text_tokens, typed)),
        audio_in=audio_tokens(sum(item.seconds for item in prompt.items)),
        text_out=text_tokens(speech.words),
        audio_out=audio_tokens(speech.seconds),
    )


async def _heard(prompt: Prompt) -> None:
    """Waits until all that was said in ``prompt`` is recognised, or is known not to be."""
    tasks = [item.hearing for item in prompt.items if item.hearing is not None]
    if tasks:
        await asyncio.wait(tasks)


def _only(error: BaseException | None) -> BaseException | None:
    """The one error in a group."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
