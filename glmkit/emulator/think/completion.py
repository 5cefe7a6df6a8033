"""What a chat endpoint sends: one piece of a completion after another, checked as it comes.

An endpoint is anybody's program. What is not of the documented shape is ``NoCompletion``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import msgspec

from glmkit.emulator.think.dialogue import Call


class NoCompletion(ValueError):
    """Not what a chat endpoint may send; its text is what came instead."""


class Function(msgspec.Struct, frozen=True):
    """A piece of a call: a name, and some of the arguments' JSON."""

    name: str | None = None
    arguments: str | dict[str, Any] | None = None


class ToolCallDelta(msgspec.Struct, frozen=True):
    """A piece of the call at ``index``."""

    index: int | None = None
    function: Function | None = None


class Delta(msgspec.Struct, frozen=True):
    """What one chunk adds, or the whole message where nothing is streamed."""

    content: str | None = None
    tool_calls: Sequence[ToolCallDelta] | None = None


class _Choice(msgspec.Struct, frozen=True):
    delta: Delta | None = None
    message: Delta | None = None


class _Chunk(msgspec.Struct, frozen=True):
    choices: Sequence[_Choice] | None = None
    error: Any = None


def delta_in(payload: str) -> Delta | None:
    """What a chunk adds; None where it only counts tokens. Raises NoCompletion."""
    try:
        chunk = msgspec.convert(json.loads(payload), _Chunk)
    except (ValueError, RecursionError, msgspec.ValidationError):
        raise NoCompletion(payload) from None
    if chunk.choices:
        choice = chunk.choices[0]
        return choice.delta or choice.message
    if chunk.error is not None:
        raise NoCompletion(str(chunk.error))
    return None


class Gathered:
    """Function calls, put together from the pieces of a stream."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}
        self._arguments: dict[int, str] = {}

    def add(self, pieces: Sequence[ToolCallDelta]) -> None:
        """Some more of them."""
        for place, piece in enumerate(pieces):
            index = place if piece.index is None else piece.index
            function = piece.function or Function()
            self._names[index] = self._names.get(index) or function.name or ""
            said = function.arguments or ""
            said = said if isinstance(said, str) else json.dumps(said)
            self._arguments[index] = self._arguments.get(index, "") + said

    def calls(self) -> list[Call]:
        """The calls, whole. Raises NoCompletion where the arguments of one are no object."""
        return [
            Call(name, _object(self._arguments[index]))
            for index, name in sorted(self._names.items())
        ]


def _object(words: str) -> dict[str, Any]:
    try:
        found = json.loads(words or "{}")
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise NoCompletion(words)
    return found
