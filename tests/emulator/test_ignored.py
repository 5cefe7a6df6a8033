"""What a client gives and nothing reads is no error, and is named: by check(), in the log."""

from __future__ import annotations

from typing import Any

import pytest

import glmkit as glm
from glmkit.auth.tokens import make_token
from glmkit.emulator.launch import Emulator
from glmkit.emulator.session.unread_fields import ignored
from tests.bare import KEY, Bare, joined, of, running
from tests.listed import check_each

BETA = {"chat_mode": "audio"}
#: The session that OpenAI's clients have sent since its API left the beta.
NEWER = {
    "type": "realtime",
    "instructions": "Be brief.",
    "output_modalities": ["audio"],
    "audio": {
        "input": {
            "format": {"type": "audio/pcm", "rate": 24_000},
            "turn_detection": {"type": "semantic_vad", "eagerness": "low"},
            "transcription": {"model": "whisper-1", "language": "zh"},
            "noise_reduction": None,
        },
        "output": {"voice": "marin", "speed": 1.1, "format": {"type": "audio/pcmu"}},
    },
    "tracing": "auto",
    "truncation": {"type": "retention_ratio", "retention_ratio": 0.8},
    "include": [],
}
UNREAD = {
    "session.output_modalities": "session.modalities",
    "session.audio.input.format": "session.input_audio_format",
    "session.audio.input.turn_detection": "session.turn_detection",
    "session.audio.input.transcription.model": "",
    "session.audio.input.transcription.language": "",
    "session.audio.output.voice": "session.voice",
    "session.audio.output.speed": "",
    "session.audio.output.format": "session.output_audio_format",
    "session.tracing": "",
    "session.truncation.type": "",
    "session.truncation.retention_ratio": "",
}


def message(*content: dict[str, Any]) -> dict[str, Any]:
    return {"item": {"type": "message", "role": "user", "content": list(content)}}


SAID = {"type": "input_text", "text": "你好"}
CASES: list[tuple[str, dict[str, Any], list[str]]] = [
    ("session.update", {"session": {}}, []),
    ("session.update", {"session": {"type": "realtime", "prompt": None, "include": []}}, []),
    ("session.update", {"session": {"type": "transcription"}}, ["session.type"]),
    (
        "session.update",
        {"session": {"beta_fields": {**BETA, "fps": 2}}},
        ["session.beta_fields.fps"],
    ),
    ("session.update", {"session": {"chat_mode": "audio"}}, ["session.chat_mode"]),
    (
        "session.update",
        {"session": {"turn_detection": {"type": "server_vad", "idle_timeout_ms": 0}}},
        ["session.turn_detection.idle_timeout_ms"],
    ),
    (
        "session.update",
        {"session": {"tools": [{"name": "f"}, {"name": "g", "strict": False}]}},
        ["session.tools[1].strict"],
    ),
    (
        "session.update",
        {"session": {"input_audio_transcription": {"language": "en"}}},
        ["session.input_audio_transcription.language"],
    ),
    ("session.update", {"session": {}, "priority": 1, "event_id": "e"}, ["priority"]),
    ("input_audio_buffer.append", {"audio": "", "client_timestamp": 1}, []),
    ("input_audio_buffer.append", {"audio": "", "delta": "x"}, ["delta"]),
    ("input_audio_buffer.commit", {"final": True}, ["final"]),
    ("conversation.item.create", message(SAID), []),
    (
        "conversation.item.create",
        {**message(SAID, {"type": "input_audio", "audio": "AAAA"}), "previous_item_id": "root"},
        ["item.content[1].audio", "previous_item_id"],
    ),
    ("response.create", {"response": {"modalities": None, "tools": []}}, []),
    (
        "response.create",
        {"response": {"instructions": "hi", "audio": {"output": {"voice": "marin"}}}},
        ["response.instructions", "response.audio.output.voice"],
    ),
    ("response.cancel", {"response_id": "resp_1"}, ["response_id"]),
]


def test_what_nothing_reads_is_named_by_its_path() -> None:
    """Unknown fields, and known ones without effect, of every event; never what is empty."""

    def names(type: str, fields: dict[str, Any], expected: list[str]) -> None:
        assert list(ignored({"type": type, **fields})) == expected

    check_each(names, CASES)


def test_openais_newer_session_is_told_what_asks_for_the_same_here() -> None:
    """Field by field, where there is one."""
    assert ignored({"type": "session.update", "session": NEWER}) == UNREAD


def test_written_messages_are_named_where_they_have_no_effect() -> None:
    """As was observed; a function's output is read all the same."""
    output = {"item": {"type": "function_call_output", "output": "1"}}
    create = {"type": "conversation.item.create"}
    assert list(ignored({**create, **message(SAID)}, writing=False)) == ["item.content"]
    assert not ignored({**create, **output}, writing=False)


def test_a_million_fields_are_named_in_part() -> None:
    """A client cannot fill the log with names."""
    session = {f"field{n}": 1 for n in range(100_000)}
    assert len(ignored({"type": "session.update", "session": session})) < 100


def test_a_mode_that_is_not_nested_is_told_where_it_belongs() -> None:
    """It is refused where it stands alone, and without effect beside a nested one."""
    flat = {"type": "session.update", "session": {"chat_mode": "audio", "beta_fields": BETA}}
    assert ignored(flat) == {"session.chat_mode": "session.beta_fields.chat_mode"}


async def test_openais_newer_session_is_taken_and_noted_once() -> None:
    """The update is answered, what is known in it is obeyed, and the log says what was not."""
    async with running() as server, joined(server) as bare:
        for _ in range(2):
            await bare.send("session.update", session=NEWER)
            told = await bare.next("session.updated")
        assert not of(bare.came, "error")
        [session] = server.log()
        found = {row["field"]: row["instead"] for row in server.ignored()}
    assert told["session"]["instructions"] == "Be brief."
    assert told["session"]["voice"] == "tongtong"
    assert found == UNREAD
    [note] = [row[3] for row in session["events"] if row[1:3] == ["note", "ignored"]]
    assert note == {"event": "session.update", "fields": list(UNREAD)}


async def test_what_is_named_shows_no_key_and_no_end() -> None:
    """A field's name is whatever a client made it, and there may be any number."""
    token = make_token(glm.auth.Key.parse(KEY)).reveal()

    async def filled(bare: Bare) -> None:
        for n in range(40):
            await bare.update(
                **{f"{n}.{i}": 1 for i in range(30)}, **{token: 1, KEY: 1, "x" * 9_999: 1}
            )
        await bare.fence()

    async with running() as server, joined(server) as bare:
        await filled(bare)
        shown = str(server.ignored()) + str(server.log())
    assert KEY not in shown
    assert token not in shown
    assert len(shown) < 100_000


@pytest.mark.slow
def test_check_says_what_was_ignored() -> None:
    """A sentence a field with what to write; the kit's own session needs none."""
    with Emulator.start() as emulator:
        with glm.connect(to=emulator.url, api_key=emulator.key) as session:
            session.ask("你好")
            assert emulator.check() == []
            session.send({"type": "session.update", "session": NEWER})
            session.ask("你好")
            found = emulator.check()
        assert "session.update: session.audio.output.voice" in str(found)
        assert "session.voice" in next(each for each in found if "output.voice" in each)
        assert len(found) == len(UNREAD)
        emulator.reset()
        assert emulator.check() == []
