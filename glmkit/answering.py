"""Answers the model's calls: runs each tool where the caller waits, and makes its output.

An output is never empty (documented): nothing becomes ``"null"``, an exception a sentence the
model can use, and so does a deadline that passed.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Mapping
from functools import partial
from typing import Any

from glmkit import events
from glmkit.calling import caller
from glmkit.errors import BadArgument
from glmkit.event import Event
from glmkit.texts import text
from glmkit.tools import Tool, call_arguments, error_text, output_text
from glmkit.turn import ToolCall


async def output_for(call: ToolCall, tools: Mapping[str, Tool]) -> Event:
    """Run the tool a call names and give the event that carries its output."""
    if call.name in tools:
        output = await _run(tools[call.name], call.arguments)
    else:
        output = text("session.no_tool", name=call.name, known=", ".join(tools) or "-")
    return events.tool_output(output, call_id=call.call_id)


async def _run(tool: Tool, arguments: Any) -> str:
    try:
        async with asyncio.timeout(tool.deadline):
            return output_text(await _result(tool, call_arguments(tool, arguments)))
    except TimeoutError:
        return text("session.tool_deadline", name=tool.name, seconds=tool.deadline)
    except BadArgument as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - whatever a learner's tool does, the model is told
        return error_text(error)


async def _result(tool: Tool, arguments: dict[str, Any]) -> Any:
    if inspect.iscoroutinefunction(tool.function):
        return await tool.function(**arguments)
    return await caller.get().run(partial(tool.function, **arguments))
