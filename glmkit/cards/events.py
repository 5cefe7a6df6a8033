"""The card of one event: which way it went, what it means, its fields, its sound or picture."""

from __future__ import annotations

import base64
import json
from typing import Any, Final

from glmkit.cards.frame import Bundle, bundle, card, chip, in_terminal, quiet, row, safe, say
from glmkit.cards.players import player
from glmkit.errors import GlmError
from glmkit.events import spec_of
from glmkit.protocol.event import Event
from glmkit.protocol.table import PAYLOADS
from glmkit.texts import language, text

_FIELDS: Final = 30_000  # bytes of all fields
_STRING: Final = 1_500  # letters of one string
_PICTURE: Final = 120_000  # bytes of a picture that is shown
_DEEPEST: Final = 12  # levels of nesting that are shown
MEANINGS: Final = {"client": "input", "server": "response", "local": "silence"}
ARROWS: Final = {"client": "→", "server": "←", "local": "•"}


def event_card(event: Event) -> Bundle:
    """One message: its type, direction and fields, base64 as a player or a picture."""
    if in_terminal():
        return {}
    fields = safe(json.dumps(trimmed(event), ensure_ascii=False, indent=1), _FIELDS)
    body = f'<pre class="glm-json" dir="auto">{fields}</pre>'
    parts = _head(event), _meaning(event), body, _sound(event), _picture(event)
    return bundle(repr(event), card("event", say("cards.event"), *parts))


def direction_chip(event: Event) -> str:
    """Which way the event went."""
    way = event.direction
    return chip(f"{ARROWS[way]} {say(f'cards.way_{way}')}", MEANINGS[way])


def trimmed(event: Event) -> dict[str, Any]:
    """The event's fields without what is long: base64 in a few words, strings and depth cut."""
    plain = event.without_payload()  # whose data is the fields alone
    shown = {name: _trimmed(value, _DEEPEST) for name, value in plain.data.items()}
    if event.size:
        shown[PAYLOADS[event.type]] = event.describe_payload()
    return shown


def _trimmed(value: Any, deep: int) -> Any:
    if isinstance(value, str):
        return value if len(value) <= _STRING else f"{value[:_STRING]}… ({len(value)})"
    if isinstance(value, dict) and value:
        return {k: _trimmed(v, deep - 1) for k, v in value.items()} if deep else "{…}"
    if isinstance(value, list) and value:
        return [_trimmed(each, deep - 1) for each in value] if deep else "[…]"
    return value


def _head(event: Event) -> str:
    return row(direction_chip(event), f'<b dir="auto">{safe(event.type, 300)}</b>')


def _meaning(event: Event) -> str:
    spec = spec_of(event)
    if spec is None:
        return "" if event.direction == "local" else quiet(say("cards.unknown_event"))
    words = spec.zh if language() == "zh" else spec.en
    return quiet(say("cards.meaning", words=words, source=text(f"cards.reference_{spec.source}")))


def _sound(event: Event) -> str:
    try:
        clip = event.clip
    except GlmError as error:
        return quiet(say("cards.undecodable", why=error))
    return player(clip, say("cards.play_event"), room=150_000, whole="event.clip")


def _picture(event: Event) -> str:
    jpeg = event.payload or b""
    if not event.type.endswith("video_frame") or jpeg[:2] != b"\xff\xd8":
        return ""
    if len(jpeg) > _PICTURE:
        return quiet(say("cards.big_picture"))
    data = base64.b64encode(jpeg).decode("ascii")
    return f'<img alt="{say("cards.picture")}" src="data:image/jpeg;base64,{data}">'
