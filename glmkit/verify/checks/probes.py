"""The probes: what the sources say differently, asked of a server.

A probe *holds* where the server does what is documented; where it differs, what was seen says
how. The sentences are ``verify.dNN``.
"""

from __future__ import annotations

from typing import Final

from glmkit.verify.checks.opening import CREATED
from glmkit.verify.checks.speaking import COMMITTED, SPEECH, TRANSCRIPTION
from glmkit.verify.evidence import Evidence
from glmkit.verify.statement import client_vad, echo, error, refused, states


@states("D2", "spoken", "created")
def _text_events(e: Evidence) -> str:
    count = len(e.starting("response.text."))
    return e.need(count, f"response.text.* × {count}")


@states("D5", "endless", "commit")
def _commit(e: Evidence) -> str:
    count, errors = len(e.of(COMMITTED)), len(e.of("error"))
    return e.need(count + errors == 1, f"committed × {count}, error × {errors}")


@states("D10", "as_mp3")
def _mp3(e: Evidence) -> str:
    sound = b"".join(event.payload or b"" for event in e.of("response.audio.delta"))
    right = sound[:3] == b"ID3" or (sound[:1] == b"\xff" and sound[1:2] >= b"\xe0")
    return e.need(right, f"{len(sound)} B, {sound[:4].hex()}")


@states("D14", "spoken", "created")
def _raw(e: Evidence) -> str:
    return f"response.done {e.done().get('status')}"


@states("D16", "configured", "tuned")
def _tuned(e: Evidence) -> str:
    detection = echo(e).get("turn_detection") or {}
    found = detection.get("silence_duration_ms")
    return e.need(found == 500, f"silence_duration_ms {found}")


@states("D19", "listened")
def _unstamped(e: Evidence) -> str:
    count = len(e.of(f"{SPEECH}stopped"))
    return e.need(count, f"speech_stopped × {count}")


@states("D24", "called", "call")
def _call_id(e: Evidence) -> str:
    found = e.first("response.function_call_arguments.done").get("call_id")
    return e.need(found, "call_id" if found else "no call_id")


@states("D26", "spoken", "created")
def _usage(e: Evidence) -> str:
    responses = e.first("response.created").inner("response"), e.done()
    found = [(response.get("usage") or {}).get("total_tokens") for response in responses]
    return e.need(found == [0, 0], f"total_tokens {found[0]}, {found[1]}")


@states("D27", "mistaken", "unknown type")
def _error_type(e: Evidence) -> str:
    found = e.error().get("type")
    return e.need(found, f"error.type {found}")


@states("D28", "spoken", "created")
def _item_id(e: Evidence) -> str:
    deltas = e.of("response.audio.delta")
    count = sum(event.get("item_id") is not None for event in deltas)
    return e.need(deltas and count == len(deltas), f"item_id {count} / {len(deltas)}")


@states("D29", "spoken", "created")
def _parts(e: Evidence) -> str:
    count = len(e.starting("response.output_item.")), len(e.starting("response.content_part."))
    return e.need(all(count), f"output_item.* × {count[0]}, content_part.* × {count[1]}")


@states("D30", "welcomed")
def _greeting(e: Evidence) -> str:
    count = len(e.of("response.audio.delta"))
    return e.need(count, f"audio.delta × {count}")


@states("D31", "in_files", "whole")
def _body(e: Evidence) -> str:
    return e.need(not e.of("error"), f"response.done {e.done().get('status')}")


@states("D33", "written")
def _items(e: Evidence) -> str:
    made = e.part("item").first(CREATED).inner("item").get("id")
    retrieved = e.part("retrieved").first("conversation.item.retrieved")
    deleted = e.part("deleted").first("conversation.item.deleted")
    same = (retrieved.inner("item").get("id"), deleted.get("item_id")) == (made, made)
    seen = f"{retrieved.type}, {deleted.type}, {'=' if same else '≠'} item_id"
    return e.need(same, f"{seen}; then {error(e.part('gone'))}")


@states("D37a", "configured", "default voice")
def _default_voice(e: Evidence) -> str:
    return f"voice {echo(e).get('voice')}"


@states("D40", "listened")
def _speech_fields(e: Evidence) -> str:
    event = e.first(f"{SPEECH}started")
    found = [name for name in ("audio_start_ms", "item_id") if event.get(name) is not None]
    return e.need(len(found) == 2, ", ".join(found) or "type")


@states("D43", "spoken", "committed")
def _early_words(e: Evidence) -> str:
    count = len(e.starting(TRANSCRIPTION))
    return e.need(count, f"{TRANSCRIPTION}* × {count}")


@states("D44", "flattened")
def _stays(e: Evidence) -> str:
    return e.need(e.closed is None, error(e))


STATEMENTS: Final = (
    states("D1", "in_files", "headerless")(error),
    states("D15", "configured", "less")(client_vad),
    _text_events,
    _commit,
    _mp3,
    states("D11", "misconfigured", "output")(refused),
    states("D22", "misconfigured", "temperature")(refused),
    states("D36", "misconfigured", "model")(refused),
    states("D37", "misconfigured", "voice")(refused),
    _raw,
    _tuned,
    _unstamped,
    _call_id,
    _usage,
    _error_type,
    _item_id,
    _parts,
    _greeting,
    _body,
    _items,
    _default_voice,
    _speech_fields,
    _early_words,
    _stays,
)
