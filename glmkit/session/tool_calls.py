"""Answers the model's calls: runs each tool where the caller waits, and makes its output.

An output is never empty (documented): nothing becomes ``"null"``, an exception a sentence the
model can use, and so does a deadline that passed. One that is long warns whoever wrote the tool;
one that no conversation could hold is cut.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Mapping
from contextlib import aclosing
from functools import partial
from typing import Any

from glmkit import events
from glmkit.auth.masking import their_words
from glmkit.errors import warn
from glmkit.protocol.event import Event
from glmkit.protocol.tools.output import LONG, MOST, error_text, output_text, within_context
from glmkit.protocol.tools.plain_values import MOST_ITEMS
from glmkit.protocol.tools.tool import Tool, call_arguments
from glmkit.session.host import host
from glmkit.texts import text, whole_characters
from glmkit.turns.turn import ToolCall

_NAME = 80  # bytes of a name that the model made up


async def output_for(call: ToolCall, tools: Mapping[str, Tool]) -> Event:
    """Run the tool a call names and give the event that carries its output."""
    name = their_words(call.name, _NAME)
    if call.name in tools:
        output = await _run(tools[call.name], call.arguments)
    else:
        output = text("session.no_tool", name=name, known=", ".join(tools) or "-")
    return events.tool_output(
        _sendable(output, their_words(call.name, _NAME)), call_id=call.call_id
    )


def interrupted_output(call: ToolCall) -> Event:
    """The output of a call whose tool was not waited for: an answer is still owed to it."""
    return events.tool_output(
        text("session.tool_interrupted", name=their_words(call.name, _NAME)), call_id=call.call_id
    )


def _sendable(output: str, name: str) -> str:
    data = whole_characters(output).encode("utf-8")  # file names, too, may hold halves
    if len(data) > LONG:
        kind = "cut" if len(data) > MOST else "long"
        facts = {"name": name, "size": len(data) / 1000, "most": MOST // 1000}
        warn(text(f"session.tool_{kind}", **facts))
    return within_context(data.decode("utf-8"))


async def _run(tool: Tool, arguments: Any) -> str:
    limit = asyncio.timeout(tool.deadline)
    try:
        async with limit:
            return await _output(tool, call_arguments(tool, arguments))
    except asyncio.CancelledError as error:
        task = asyncio.current_task()
        if task is None or task.cancelling():
            raise  # the turn is given up
        return error_text(error)  # the tool's own doing
    except Exception as error:  # noqa: BLE001 - whatever a learner's tool does, the model is told
        if limit.expired() and isinstance(error, TimeoutError):
            return text("session.tool_deadline", name=tool.name, seconds=tool.deadline)
        return error_text(error)


async def _output(tool: Tool, arguments: dict[str, Any]) -> str:
    function = partial(tool.function, **arguments)
    if inspect.iscoroutinefunction(tool.function):
        result = await function()
    else:
        result = await _where_it_waits(partial(_told, function))
        if not _is_async(result):
            return str(result)
        result = await _awaited(result)
    return str(await _where_it_waits(partial(output_text, result)))


def _told(function: Callable[[], Any]) -> Any:
    """What a function gives, in words: a generator runs on the thread that made it."""
    result = function()
    return result if _is_async(result) else output_text(result)


def _is_async(result: Any) -> bool:
    return inspect.iscoroutine(result) or inspect.isasyncgen(result)


async def _awaited(result: Any) -> Any:
    if inspect.iscoroutine(result):
        return await result
    items = []
    async with aclosing(result):
        async for item in result:
            items.append(item)
            if len(items) >= MOST_ITEMS:
                break
    return items


async def _where_it_waits(function: Callable[[], Any]) -> Any:
    """Run a function in the thread that waits; futures take no StopIteration, so as values."""
    result, error = await host.get().run(partial(_outcome, function))
    if isinstance(error, StopIteration):  # which no coroutine can raise
        return error_text(error)
    if error is not None:
        raise error
    return result


def _outcome(function: Callable[[], Any]) -> tuple[Any, Exception | None]:
    try:
        return function(), None
    except Exception as error:  # noqa: BLE001 - raised again where it is awaited
        return None, error
