"""The functions a model called: name, arguments, result."""

from __future__ import annotations

import json
from typing import Any, Final

from glmkit.cards.frame import chip, quiet, row, safe, say
from glmkit.turns.turn import ToolCall

ROOM: Final = 24_000  # bytes of all calls
_MOST: Final = 8  # calls that are shown
_BRIEF: Final = 160  # bytes of arguments or a result in a line


def tool_table(calls: tuple[ToolCall, ...], *, room: int = ROOM) -> str:
    """The calls, a row each; their arguments and results in at most ``room`` bytes."""
    if not calls:
        return ""
    each = min(3_000, room // (2 * min(len(calls), _MOST)))
    heads = "".join(
        f'<th scope="col">{say(f"cards.tool_{name}")}</th>'
        for name in ("name", "arguments", "result")
    )
    more = quiet(say("cards.more", count=len(calls) - _MOST)) if len(calls) > _MOST else ""
    return (
        f'<table class="glm-tools"><caption class="glm-aside">{say("cards.tools")}</caption>'
        f"<thead><tr>{heads}</tr></thead>"
        f"<tbody>{''.join(_call(call, each) for call in calls[:_MOST])}</tbody></table>{more}"
    )


def tool_lines(calls: tuple[ToolCall, ...]) -> str:
    """The calls, each in a line: what was asked, and what came of it."""
    return "".join(
        row(_name(c), _code(c.arguments, _BRIEF), "→", _result(c, _BRIEF)) for c in calls[:_MOST]
    )


def _call(call: ToolCall, room: int) -> str:
    arguments, result = _code(call.arguments, room), _result(call, room)
    return f"<tr><td>{_name(call)}</td><td>{arguments}</td><td>{result}</td></tr>"


def _name(call: ToolCall) -> str:
    return chip(f"⚙&nbsp;{safe(call.name, 120)}", "tool")


def _result(call: ToolCall, room: int) -> str:
    return say("cards.unanswered") if call.output is None else _code(_parsed(call.output), room)


def _parsed(output: object) -> Any:
    try:
        return json.loads(output) if isinstance(output, str) else output
    except (ValueError, RecursionError):
        return output


def _code(value: object, room: int) -> str:
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return f'<code dir="auto">{safe(words, room)}</code>'
