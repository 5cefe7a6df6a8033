"""Answers the model's calls: runs each tool where the caller waits, and makes its output.

An output is never empty (documented): nothing becomes ``"null"``, an exception a sentence the
model can use, and so does a deadline that passed.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from glmkit import events
from glmkit.protocol.event import Event
from glmkit.protocol.tools.tool import Tool, call_arguments, error_text, output_text
from glmkit.session.host import host
from glmkit.texts import text, whole_characters
from glmkit.turns.turn import ToolCall


async def output_for(call: ToolCall, tools: Mapping[str, Tool]) -> Event:
    """Run the tool a call names and give the event that carries its output."""
    if call.name in tools:
        output = await _run(tools[call.name], call.arguments)
    else:
        output = text("session.no_tool", name=call.name, known=", ".join(tools) or "-")
    # file names, too, may hold half characters
    return events.tool_output(whole_characters(output), call_id=call.call_id)


async def _run(tool: Tool, arguments: Any) -> str:
    limit = asyncio.timeout(tool.deadline)
    try:
        async with limit:
            return output_text(await _result(tool, call_arguments(tool, arguments)))
    except Exception as error:  # noqa: BLE001 - whatever a learner's tool does, the model is told
        if limit.expired() and isinstance(error, TimeoutError):
            return text("session.tool_deadline", name=tool.name, seconds=tool.deadline)
        return error_text(error)


async def _result(tool: Tool, arguments: dict[str, Any]) -> Any:
    function = partial(tool.function, **arguments)
    if inspect.iscoroutinefunction(tool.function):
        return await function()
    result, error = await host.get().run(partial(_outcome, function))
    if error is not None:
        raise error
    return await result if inspect.iscoroutine(result) else result


def _outcome(function: Callable[[], Any]) -> tuple[Any, Exception | None]:
    """What a function returns or raises, as values: futures take no StopIteration."""
    try:
        return function(), None
    except Exception as error:  # noqa: BLE001 - raised again where it is awaited
        return None, error
