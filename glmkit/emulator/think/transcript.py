"""A conversation of ours as the messages of a chat endpoint, and its tools."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from glmkit.emulator.think.clauses import language_of
from glmkit.emulator.think.dialogue import Heard, Output
from glmkit.emulator.think.earlier_talk import with_earlier_talk
from glmkit.emulator.think.persona import Lang, Said, SaidLine, read_persona
from glmkit.texts import language, text_in


def messages(
    heard: Heard | Sequence[Output], configuration: Mapping[str, Any], history: Sequence[Said]
) -> list[dict[str, Any]]:
    """The conversation as the endpoint wants it."""
    lang = language_for(configuration, history)
    system = [str(configuration.get("instructions") or ""), text_in(lang, "dialogue.system")]
    made: list[dict[str, Any]] = [{"role": "system", "content": "\n".join(filter(None, system))}]
    open_calls: list[str] = []
    for number, line in enumerate(history):
        _add_line(made, line, f"call_{number}", open_calls)
    if isinstance(heard, Heard):
        made.append({"role": "user", "content": _content(heard)})
    else:
        for output in heard:
            _add_line(made, SaidLine("output", output.output, output.name), "", open_calls)
    return made


def _add_line(made: list[dict[str, Any]], line: Said, call_id: str, open_calls: list[str]) -> None:
    if line.role == "call":
        function = {"name": line.name, "arguments": line.words or "{}"}
        call = {"id": call_id, "type": "function", "function": function}
        open_calls.append(call_id)
        if made[-1].get("tool_calls"):
            made[-1]["tool_calls"].append(call)
        else:
            made.append({"role": "assistant", "content": None, "tool_calls": [call]})
    elif line.role == "output":
        if open_calls:  # an output nobody asked for would be refused
            made.append(
                {"role": "tool", "tool_call_id": open_calls.pop(0), "content": line.words or "null"}
            )
    elif line.words:
        made.append({"role": line.role, "content": line.words})


def _content(heard: Heard) -> str | list[dict[str, Any]]:
    words = heard.text or ""
    if not heard.pictures:
        return words
    shown = base64.b64encode(heard.pictures[-1]).decode("ascii")
    picture = {"type": "image_url", "image_url": {"url": f"data:image/jpeg;base64,{shown}"}}
    return [{"type": "text", "text": words}, picture]


def tools(configuration: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The declared functions, nested as chat endpoints want them."""
    beta = configuration.get("beta_fields")
    video = isinstance(beta, Mapping) and beta.get("chat_mode") == "video_passive"
    declared = configuration.get("tools")
    if video or not isinstance(declared, list | tuple):
        return []
    kept = ("name", "description", "parameters")
    return [
        {"type": "function", "function": {name: each[name] for name in kept if name in each}}
        for each in declared
        if isinstance(each, Mapping) and each.get("name")
    ]


def language_for(configuration: Mapping[str, Any], history: Sequence[Said]) -> Lang:
    """The language asked for, else that of the last words, else of the instructions."""
    words = str(configuration.get("instructions") or "")
    instructions, history = with_earlier_talk(words, history)
    asked = read_persona(instructions, history).lang
    said = [line.words or "" for line in history if line.role == "user"]
    spoken = (language_of(words) for words in (*reversed(said), instructions))
    return asked or next(filter(None, spoken), None) or language()
