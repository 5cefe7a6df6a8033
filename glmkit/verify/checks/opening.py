"""Statements 7 to 21, and others of their kind: greeting, configuration, and wrong events.

Scenes of a connection that opens, is configured, and hears nonsense.
"""

from __future__ import annotations

import json
from typing import Any, Final

from glmkit.media.kit_samples import picture_path
from glmkit.verify.evidence import Evidence
from glmkit.verify.raw_client import configuration
from glmkit.verify.scene import SERVER_VAD, plays, words
from glmkit.verify.scene_client import ASKED, SceneClient
from glmkit.verify.statement import client_vad, completed, echo, error, refused, states

VIDEO = {"chat_mode": "video_passive", "tts_source": "e2e"}
CREATED = "conversation.item.created"
PLUS = "glm-realtime-plus"
FORMATS = ("input_audio_format", "output_audio_format")


@plays()
async def greeted(client: SceneClient) -> None:
    """Connects and says nothing."""
    await client.quiet()


@plays()
async def beaten(client: SceneClient) -> None:
    """Waits for a heartbeat after the first."""
    await client.quiet()
    client.step("later")
    await client.next("heartbeat", within=35)


@plays()
async def beating(client: SceneClient) -> None:
    """Sends a heartbeat of its own."""
    await client.quiet()
    client.step("sent")
    await client.send("heartbeat")
    await client.next("error")


@plays()
async def configured(client: SceneClient) -> None:
    """One update, and one that leaves things out."""
    await client.quiet()
    client.step("whole")
    await client.update(voice="xiaochen", max_response_output_tokens=64)
    await client.quiet()
    client.step("less")
    await client.update(voice=..., turn_detection=..., instructions=...)
    client.step("tuned")
    await client.update(turn_detection={**SERVER_VAD, "silence_duration_ms": 500})
    client.step("null")
    await client.update(turn_detection=None)
    client.step("video")
    await client.update(beta_fields=VIDEO)
    client.step("default voice")
    await client.update(voice="default", instructions="", tools=None)


REFUSED: dict[str, dict[str, Any]] = {
    "tool_choice": {"tool_choice": "auto"},
    "temperature": {"temperature": 1.2},
    "output": {"output_audio_format": "wav"},
    "model": {"model": "no-such-model"},
    "voice": {"voice": "no-such-voice"},
}


@plays()
async def misconfigured(client: SceneClient) -> None:
    """Updates that should be refused, one after the other."""
    for name, fields in REFUSED.items():
        await client.quiet()
        client.step(name)
        await client.update(**fields)


@plays()
async def flattened(client: SceneClient) -> None:
    """chat_mode beside beta_fields instead of in it."""
    await client.update(beta_fields=..., chat_mode="audio", tts_source="e2e")
    await client.quiet(times=2)


@plays(query="?model=no-such-model")
async def elsewhere(client: SceneClient) -> None:
    """A model nobody offers, in the address."""
    await client.closing()


@plays()
async def with_plus(client: SceneClient) -> None:
    """The model that some accounts have, in the configuration."""
    await client.update(model=PLUS)


@plays(query="?model=glm-realtime-plus")
async def plus_elsewhere(client: SceneClient) -> None:
    """The same in the address."""
    await client.closing()


@plays(up=2, answers=1)
async def mistaken(client: SceneClient) -> None:
    """Nonsense of several kinds, and then a good turn."""
    await client.quiet()
    client.step("unknown type")
    await client.send("no.such.event")
    await client.next("error")
    client.step("no type")
    await client.raw(b'{"event_id": "x"}')
    await client.next("error")
    client.step("no json")
    await client.raw(b"hello")
    await client.next("error")
    client.step("frame")
    await client.update()
    await client.show(picture_path("ball").read_bytes())
    await client.quiet()
    client.step("empty output")
    await client.output("")
    await client.next("error", CREATED)
    client.step("empty text")
    await client.write("")
    await client.next("error", CREATED)
    client.step("unknown item")
    await client.send("conversation.item.retrieve", item_id="no-such-item")
    await client.next("error")
    client.step("deleted unknown")
    await client.send("conversation.item.delete", item_id="no-such-item")
    await client.next("error")
    client.step("good turn")
    await client.update()
    await client.ask(words("hello_en"))


# -- what they show --------------------------------------------------------------------------


@states("7", "greeted")
def _unasked(e: Evidence) -> str:
    both = {"heartbeat", "session.created"} <= set(e.types())
    return e.need(both, ", ".join(e.types()) or "-")


@states("8", "greeted")
def _created(e: Evidence) -> str:
    session = e.first("session.created").inner("session")
    mode = (session.get("beta_fields") or {}).get("chat_mode")
    right = session.get("id") and session.get("model") and mode == "audio"
    return e.need(right, f"chat_mode {mode}; {', '.join(sorted(session))}")


@states("9", "greeted")
def _conversation(e: Evidence) -> str:
    made = e.first("conversation.created").inner("conversation").get("object")
    return e.need(made == "realtime.conversation", str(made))


@states("10", "beaten", "later")
def _beats(e: Evidence) -> str:
    return e.first("heartbeat").type


# -- configuration ---------------------------------------------------------------------------


@states("12", "configured", "whole")
def _echoed(e: Evidence) -> str:
    count, echoed = len(e.of("session.updated")), echo(e)
    asked = {**configuration(**ASKED), "voice": "xiaochen"}
    other = [n for n in ("voice", "instructions", *FORMATS) if echoed.get(n) != asked[n]]
    seen = f"session.updated × {count}, voice {echoed.get('voice')}"
    return e.need(count == 1 and not other, ", other ".join([seen, *other]))


@states("13", "configured")
def _reset(e: Evidence) -> str:
    created = e.first("session.created").inner("session")
    echoed = echo(e.part("less"))
    shown = [name for name in ("voice", "instructions") if name in created]
    other = [name for name in shown if echoed.get(name) != created[name]]
    seen = ", other ".join([f"voice {echoed.get('voice')}", *other])
    return e.need(echoed.get("voice") != "xiaochen" and not other, seen)


@states("17", "configured", "whole")
def _tokens(e: Evidence) -> str:
    echoed = echo(e).get("max_response_output_tokens")
    return e.need(echoed == "64", json.dumps(echoed))


@states("57", "configured", "video")
def _fps(e: Evidence) -> str:
    beta = echo(e).get("beta_fields") or {}
    return e.need(beta.get("fps"), f"fps {beta.get('fps')}")


@states("15", "flattened")
def _flat(e: Evidence) -> str:
    code, ending = e.error().get("code"), "" if e.closed is None else f", closed {e.closed}"
    right = e.closed is None or code == "downstream_reconnect_exceeded"
    return e.need(right and not e.of("session.updated"), f"error {code}{ending}")


def _elsewhere(e: Evidence) -> str:
    code = str(e.error().get("code"))
    return e.need(code == "1234" and e.closed == 1003, f"error {code}, closed {e.closed}")


# -- events nobody should send ---------------------------------------------------------------


@states("18", "mistaken", "unknown type")
def _unknown(e: Evidence) -> str:
    seen = error(e)
    return e.need(e.closed is None, seen)


@states("19", "mistaken", "no type")
def _typeless(e: Evidence) -> str:
    error = e.error()
    found = (error.get("type"), error.get("code"))
    return e.need(found == ("invalid_request_error", "invalid_event"), f"{found[0]}, {found[1]}")


@states("59", "mistaken", "frame")
def _frame(e: Evidence) -> str:
    seen = error(e) if e.of("error") else "nothing"
    return e.need(e.closed is None, seen)


@states("68", "mistaken")
def _no_item(e: Evidence) -> str:
    return f"{error(e.part('unknown item'))}, {error(e.part('deleted unknown'))}"


def _no_message(e: Evidence) -> str:
    return e.need(not e.of(CREATED), error(e))


@states("21", "spoken", "appended")
def _stray(e: Evidence) -> str:
    return e.need(not e.of("error"), "no error")


SCENES: Final = (
    greeted,
    beaten,
    beating,
    configured,
    misconfigured,
    flattened,
    elsewhere,
    with_plus,
    plus_elsewhere,
    mistaken,
)
STATEMENTS: Final = (
    _unasked,
    _created,
    _conversation,
    _beats,
    _echoed,
    _reset,
    _tokens,
    _fps,
    states("14", "misconfigured", "tool_choice")(refused),
    states("16", "configured", "null")(client_vad),
    _flat,
    states("67", "elsewhere")(_elsewhere),
    states("91", "with_plus")(lambda e: f"model {echo(e).get('model')}"),
    states("91a", "plus_elsewhere")(_elsewhere),
    states("11", "beating", "sent")(error),
    states("20", "mistaken", "no json")(error),
    states("49", "mistaken", "empty output")(_no_message),
    states("50", "mistaken", "empty text")(_no_message),
    states("60", "mistaken", "good turn")(completed),
    _unknown,
    _typeless,
    _frame,
    _no_item,
    _stray,
)
