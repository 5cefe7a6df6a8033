"""What the service does differently from one report to the next, as switches.

*documented* is what the service's own pages, schema and SDK say; where they are silent it does
what helps a learner. *observed-2026-09* is what published runs with a real key saw last. *troubled*
is that, and what was reported to go wrong (``TROUBLES``), for trying a client. Every switch can
also be set alone: ``Options(text_events=False)``.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from glmkit.errors import BadArgument
from glmkit.texts import text

TextTurns = Literal["answer", "silent"]
Transcription = Literal["ready", "early", "late", "failed", "empty"]
Commit = Literal["finish", "ignore", "error"]
Flattened = Literal["error", "close"]
EmptySchemas = Literal["fail", "accept"]
Usage = Literal["zeros", "estimates"]
DefaultModel = Literal["glm-realtime-flash", "glm-realtime"]


@dataclass(frozen=True, slots=True)
class Profile:
    """One way for the service to behave within what is reported about it."""

    text_events: bool = True
    """``response.text.*`` beside the transcript."""
    part_events: bool = True
    """``response.output_item.*`` and ``response.content_part.*``."""
    conversation_created: bool = True
    """``conversation.created`` after ``session.created``."""
    call_id: bool = True
    """``call_id`` in function calls."""
    error_type: bool = True
    """``error.type`` in error events."""
    speech_fields: bool = True
    """``item_id`` and times in ``speech_started`` and ``speech_stopped``."""
    status_details: bool = True
    """``status_details`` of an answer that did not complete: why."""
    rate_limits: bool = False
    """``rate_limits.updated`` when an answer begins."""
    simple_browser: bool = False
    """``response.function_call.simple_browser`` in video calls that need a search."""
    text_turns: TextTurns = "answer"
    """What comes of a text message: an answer, or an empty one."""
    transcription: Transcription = "ready"
    """When the user's words come: when recognised, before or after the answer; or not."""
    commit_under_server_vad: Commit = "finish"
    """What a needless commit does under server VAD while somebody speaks."""
    flattened: Flattened = "error"
    """What a configuration without nested ``chat_mode`` does."""
    empty_schemas: EmptySchemas = "fail"
    """What a tool's empty ``properties`` or ``required`` does to an answer."""
    usage: Usage = "zeros"
    """Token counts of an answer."""
    default_model: DefaultModel = "glm-realtime-flash"
    """The model that is named where none was asked for: a documented one, or the alias."""


_OBSERVED = Profile(
    text_events=False,
    conversation_created=False,
    error_type=False,
    speech_fields=False,
    text_turns="silent",
    transcription="late",
    flattened="close",
    default_model="glm-realtime",
)
PROFILES: dict[str, Profile] = {
    "documented": Profile(),
    "observed-2026-09": _OBSERVED,
    "troubled": _OBSERVED,
}
#: The faults that a profile begins with: a gateway's page instead of the first connection, a first
#: answer that fails and says why, and server VAD that misses the end of speech where there are
#: tools. All were reported of the service or of the way there.
TROUBLES: dict[str, tuple[str, ...]] = {
    "troubled": ("gateway=502,times=1", "failed_reply=model_query_error,times=1", "vad_deaf=tools"),
}
SWITCHES: tuple[str, ...] = tuple(field.name for field in fields(Profile))
CHOICES: dict[str, tuple[str, ...]] = {
    "text_turns": ("answer", "silent"),
    "transcription": ("ready", "early", "late", "failed", "empty"),
    "commit_under_server_vad": ("finish", "ignore", "error"),
    "flattened": ("error", "close"),
    "empty_schemas": ("fail", "accept"),
    "usage": ("zeros", "estimates"),
    "default_model": ("glm-realtime-flash", "glm-realtime"),
}


def profile(name: str, **switches: Any) -> Profile:
    """The profile ``name`` with some switches set otherwise; None leaves one as it is."""
    if not isinstance(name, str) or name not in PROFILES:
        raise BadArgument(text("emulator.profile", found=name, known=", ".join(PROFILES)))
    changes = {key: value for key, value in switches.items() if value is not None}
    for key, value in changes.items():
        _check(key, value)
    return replace(PROFILES[name], **changes)


def _check(name: str, value: object) -> None:
    choices = CHOICES.get(name)
    if choices is None and not isinstance(value, bool):
        raise BadArgument(text("emulator.switch", name=name, found=value, expected="true, false"))
    if choices is not None and value not in choices:
        raise BadArgument(
            text("emulator.switch", name=name, found=value, expected=", ".join(choices))
        )
