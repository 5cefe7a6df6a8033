"""Scenes of a connection that opens, is configured, and hears nonsense."""

from __future__ import annotations

from typing import Any

from glmkit.material import picture
from glmkit.verify.caller import Caller
from glmkit.verify.staging import SERVER_VAD, scene, words

VIDEO = {"chat_mode": "video_passive", "tts_source": "e2e"}
CREATED = "conversation.item.created"


@scene()
async def greeted(caller: Caller) -> None:
    """Connects and says nothing."""
    await caller.quiet()


@scene()
async def beaten(caller: Caller) -> None:
    """Waits for a heartbeat after the first."""
    await caller.quiet()
    caller.step("later")
    await caller.next("heartbeat", within=35)


@scene()
async def beating(caller: Caller) -> None:
    """Sends a heartbeat of its own."""
    await caller.quiet()
    caller.step("sent")
    await caller.send("heartbeat")
    await caller.next("error")


@scene()
async def configured(caller: Caller) -> None:
    """One update, and one that leaves things out."""
    await caller.quiet()
    caller.step("whole")
    await caller.update(voice="xiaochen", max_response_output_tokens=64)
    await caller.quiet()
    caller.step("less")
    await caller.update(voice=..., turn_detection=..., instructions=...)
    caller.step("tuned")
    await caller.update(turn_detection={**SERVER_VAD, "silence_duration_ms": 500})
    caller.step("null")
    await caller.update(turn_detection=None)
    caller.step("video")
    await caller.update(beta_fields=VIDEO)
    caller.step("default voice")
    await caller.update(voice="default", instructions="", tools=None)


REFUSED: dict[str, dict[str, Any]] = {
    "tool_choice": {"tool_choice": "auto"},
    "temperature": {"temperature": 1.2},
    "output": {"output_audio_format": "wav"},
    "model": {"model": "no-such-model"},
    "voice": {"voice": "no-such-voice"},
}


@scene()
async def misconfigured(caller: Caller) -> None:
    """Updates that should be refused, one after the other."""
    for name, fields in REFUSED.items():
        await caller.quiet()
        caller.step(name)
        await caller.update(**fields)


@scene()
async def flattened(caller: Caller) -> None:
    """chat_mode beside beta_fields instead of in it."""
    await caller.update(beta_fields=..., chat_mode="audio", tts_source="e2e")
    await caller.quiet(times=2)


@scene(query="?model=no-such-model")
async def elsewhere(caller: Caller) -> None:
    """A model nobody offers, in the address."""
    await caller.closing()


@scene(up=2, answers=1)
async def mistaken(caller: Caller) -> None:
    """Nonsense of several kinds, and then a good turn."""
    await caller.quiet()
    caller.step("unknown type")
    await caller.send("no.such.event")
    await caller.next("error")
    caller.step("no type")
    await caller.raw(b'{"event_id": "x"}')
    await caller.next("error")
    caller.step("no json")
    await caller.raw(b"hello")
    await caller.next("error")
    caller.step("frame")
    await caller.update()
    await caller.show(picture("ball").read_bytes())
    await caller.quiet()
    caller.step("empty output")
    await caller.output("")
    await caller.next("error", CREATED)
    caller.step("empty text")
    await caller.write("")
    await caller.next("error", CREATED)
    caller.step("unknown item")
    await caller.send("conversation.item.retrieve", item_id="no-such-item")
    await caller.next("error")
    caller.step("good turn")
    await caller.update()
    await caller.ask(words("hello_en"))
