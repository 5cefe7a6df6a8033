"""Findings about what the client did. Each function is one; the rules are in ``all_checks``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from glmkit.protocol.event_kinds import SAID, is_call, is_tool_output, is_user_message
from glmkit.turns.explain.facts import answers_by_itself, appends, beta_fields, server_vad, was_sent
from glmkit.turns.finding import Values
from glmkit.turns.turn import Turn


def create_under_server_vad(turn: Turn) -> Iterator[Values]:
    """A response.create, though the service answers by itself."""
    asked = was_sent(turn, "response.create")
    meant = any(is_tool_output(e) or is_user_message(e) for e in turn.events)
    by_itself = server_vad(turn) and answers_by_itself(turn)
    if asked is not None and by_itself and not turn.fallback and not meant:
        yield {"at": asked.at}


def commit_under_server_vad(turn: Turn) -> Iterator[Values]:
    """A commit, though the service ends the turn."""
    sent = was_sent(turn, "input_audio_buffer.commit")
    if sent is not None and server_vad(turn) and not turn.fallback:  # there it had to be
        yield {"at": sent.at}


def response_body(turn: Turn) -> Iterator[Values]:
    """A response.create with fields in it, which were seen to be ignored."""
    for event in turn.events:
        if event.type == "response.create" and event.get("response") is not None:
            yield {"fields": ", ".join(event.inner("response")) or "{}", "at": event.at}


def video_without_frame(turn: Turn) -> Iterator[Values]:
    """Sound in video mode without a picture."""
    mode = beta_fields(turn).get("chat_mode")
    frames = any(e.type == "input_audio_buffer.append_video_frame" for e in turn.events)
    if mode == "video_passive" and appends(turn) and not frames:
        yield {}


def several_segments(turn: Turn) -> Iterator[Values]:
    """One clip that became several turns, because of its pauses."""
    for event in turn.events:
        if event.type == SAID and (event.get("segments") or 1) > 1:
            yield {"count": event.get("segments")}


def unknown_tool(turn: Turn) -> Iterator[Values]:
    """A call of a function this side does not have."""
    for event in turn.events:
        if event.type == SAID and (name := event.get("unknown_tool")):
            yield {"name": name, "known": event.get("known") or "–", "at": _called_at(turn, name)}


def interrupted_tool(turn: Turn) -> Iterator[Values]:
    """A call whose tool was not waited for: stopped, timed out, or called too often."""
    for event in turn.events:
        if event.type == SAID and (name := event.get("interrupted")):
            yield {"name": name, "at": _called_at(turn, name)}


def rejected_tool_schema(turn: Turn) -> Iterator[Values]:
    """A function's schema with an empty part, over which answers fail (observed)."""
    tools = turn.requested.get("tools")
    for tool in tools if isinstance(tools, list) else ():
        parameters = tool.get("parameters") if isinstance(tool, dict) else None
        for part in ("properties", "required"):
            if isinstance(parameters, dict) and parameters.get(part) in ({}, []):
                yield {"name": tool.get("name"), "part": part}


def _called_at(turn: Turn, name: object) -> float | None:
    """When the function of this name was last called."""
    calls = (e.at for e in reversed(turn.events) if is_call(e) and e.get("name") == name)
    return next(calls, None)


CHECKS: Final = (
    create_under_server_vad,
    commit_under_server_vad,
    response_body,
    video_without_frame,
    several_segments,
    unknown_tool,
    interrupted_tool,
    rejected_tool_schema,
)
