"""Statements 46 to 58: what is not spoken: functions, texts and pictures."""

from __future__ import annotations

import json

from glmkit.verify.evidence import Evidence
from glmkit.verify.scenes.not_spoken import PHONE
from glmkit.verify.stating import states


@states("46", "called", "call")
def _call(e: Evidence) -> str:
    call = e.first("response.function_call_arguments.done")
    name, arguments = call.get("name"), call.get("arguments")
    right = name == PHONE["name"] and isinstance(json.loads(str(arguments)), dict)
    return e.need(right, f"{name}({arguments})")


@states("48", "called", "answer")
def _second(e: Evidence) -> str:
    return e.need(e.of("response.audio.delta"), f"response.done {e.done().get('status')}")


@states("51", "written", "answer")
def _text_turn(e: Evidence) -> str:
    words = [str(event.get("transcript")) for event in e.of("response.audio_transcript.done")]
    seen = f"response.done {e.done().get('status')}, {len(''.join(words))}"
    return e.need("".join(words), seen)


@states("58", "seen", "blind")
def _blind(e: Evidence) -> str:
    code = e.error().get("code")
    return e.need(code == "video_model_query_error", f"error {code}")
