"""What single events say: which answer they belong to, and what kind of thing happened.

Turns, the fold, findings and figures read events by these and nothing else. Local marks stand in
a trace and are never sent: they hold what only this side knows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from glmkit.numeric import is_number
from glmkit.protocol.event import Event
from glmkit.texts import text

APPEND = "input_audio_buffer.append"
SPEECH_STARTED = "input_audio_buffer.speech_started"
AUDIO_DELTA = "response.audio.delta"
VIDEO_FRAME = "input_audio_buffer.append_video_frame"
TRANSCRIPTION = "conversation.item.input_audio_transcription.completed"
#: Local marks: recorded in the trace, never sent.
OPENED, SAID = "glmkit.opened", "glmkit.said"
INTO = "spoken_into"  # said of a turn: somebody speaks while its answer is heard
ENDED, PLAYED = "glmkit.turn_ended", "glmkit.played"
#: What this side may end a turn for, and a turn's status then.
ENDED_FOR: Final = (
    *("timeout", "disconnected", "too_large", "no_speech", "vad_never_ended", "busy"),
    *("rounds", "unanswered", "interrupted"),
)
UPLOADED = "glmkit.uploaded"  # nothing more is sent with this turn
INTERRUPTED = "glmkit.interrupted"  # an answer that had come whole and still sounded
ROUND_TRIP, RAISED = "glmkit.round_trip", "glmkit.raised"
_A_DAY: Final = 86_400.0  # seconds
_STATUS: Final = re.compile(r"401|403|429|5\d\d")  # HTTP's, which codes were seen to be
#: What a mark's fields are; null is as good as absent, and a number is finite.
_MARKED: Final[dict[str, type | tuple[type, ...]]] = {
    **dict.fromkeys(("turn", "segments", "remembered"), int),
    **dict.fromkeys(("reason", "why", "words", "response_id", "date"), str),
    **dict.fromkeys(("unknown_tool", "known", "interrupted", "fallback"), str),
    **dict.fromkeys(("seconds", "speed", "epoch", "token_seconds_left"), (int, float)),
}


def is_sound_mark(event: Event) -> bool:
    """Whether a local mark has fields that can be used: a file's may have been made by anybody."""
    given = {name: event.get(name) for name in _MARKED if event.get(name) is not None}
    finite = all(math.isfinite(each) for each in given.values() if isinstance(each, float))
    return finite and all(isinstance(each, _MARKED[name]) for name, each in given.items())


def response_id_of(event: Event) -> str | None:
    """The answer an event belongs to, or None."""
    found = event.get("response_id")
    if found is None and event.type.startswith("response."):
        found = event.inner("response").get("id")
    return found if isinstance(found, str) else None


def is_call(event: Event) -> bool:
    """Whether the event is the model calling a function."""
    return event.type == "response.function_call_arguments.done"


def waited_in(event: Event) -> float | None:
    """The seconds that a wait for a place of a class took, where this event ends one, or None."""
    said = event.inner("glmkit").get("place") if event.type == "heartbeat" else None
    seconds = said.get("waited") if isinstance(said, Mapping) else None
    return float(seconds) if is_number(seconds) and 0 <= seconds < _A_DAY else None


def is_tool_output(event: Event) -> bool:
    """Whether the event is a function's output on its way to the model."""
    return _item_type(event) == "function_call_output"


def is_user_message(event: Event) -> bool:
    """Whether the event is a text the user typed."""
    return _item_type(event) == "message"


def is_server_vad(turn_detection: object) -> bool:
    """Whether a configuration's ``turn_detection`` leaves the end of turns to the service."""
    return isinstance(turn_detection, Mapping) and turn_detection.get("type") == "server_vad"


def error_of(event: Event) -> dict[str, Any]:
    """What an ``error`` event says (documented: its object ``error``).

    Where a text stands there, that is the message; where nothing does, the event says it itself.
    """
    found = event.get("error")
    if found is None:
        return {name: event.get(name) for name in ("code", "message")}
    return found if isinstance(found, dict) else {"message": found}


def is_harmless(event: Event) -> bool:
    """Whether an ``error`` only says that there was nothing to cancel (observed codes)."""
    return str(error_of(event).get("code")) in {
        "response_cancel_not_active",
        "stop_task_error",
    }


def meaning(code: object, status: int | None = None) -> str:
    """What an error code of the service's, or of a class's, means, with what to do.

    Where it says nothing, what the HTTP ``status`` does; some codes are such a status themselves.
    """
    as_status = code if _STATUS.fullmatch(str(code)) else None
    of_class = ("class",) if str(code).startswith("class_") else ()
    for name in (code, *of_class, *_status_names(as_status), *_status_names(status)):
        with suppress(KeyError):
            return text(f"codes.{name}")
    return text("codes.none" if code in (None, "") else "codes.unknown")


def _status_names(status: object) -> tuple[str, ...]:
    return () if status is None else (f"http_{status}", f"http_{str(status)[0]}xx")


def _item_type(event: Event) -> str | None:
    return event.inner("item").get("type") if event.type == "conversation.item.create" else None
