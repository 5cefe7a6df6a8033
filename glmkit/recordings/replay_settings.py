"""What a recording says about how to talk to it: where it is, and its session's settings.

A replay answers what was said then, so a session that replays is configured as the recorded one
was, but for what its caller asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from glmkit.errors import GlmError
from glmkit.media import pasted_paths
from glmkit.media.source import existing_path
from glmkit.protocol.settings import Settings
from glmkit.recordings.bundle import PART, load

SUFFIX: Final = ".glm"
_DEFAULTS = Settings()


def recording_at(to: str) -> Path | None:
    """The file ``to`` names if it is meant for a recording, whether it exists or not."""
    named = pasted_paths.plain(to)
    if "://" in named:
        return None
    if named.endswith((SUFFIX, SUFFIX + PART)):
        return existing_path(to)
    return Path(named) if Path(named).is_file() else None


def recorded_settings(path: Path, given: Settings) -> Settings:
    """The recording's settings, with those of ``given`` that are not the defaults."""
    asked = load(path).select("session.update", direction="client")
    found = _read(asked[0].inner("session")) if asked else {}
    own = {
        each.name: getattr(given, each.name)
        for each in fields(Settings)
        if getattr(given, each.name) != getattr(_DEFAULTS, each.name)
    }
    try:
        return _DEFAULTS.changed(**found).changed(**own)
    except GlmError:  # settings of another kit, which this one would not send
        return given


def _read(session: Mapping[str, Any]) -> dict[str, Any]:
    """The protocol's ``session`` object in the words of ``Settings``."""
    beta = _inner(session, "beta_fields")
    greeting = _inner(session, "greeting_config")
    found = {
        "model": session.get("model"),
        "vad": session.get("turn_detection"),
        "voice": session.get("voice"),
        "instructions": session.get("instructions"),
        "mode": beta.get("chat_mode"),
        "tools": tuple(session.get("tools") or ()),
        "greeting": greeting.get("content") if greeting.get("enable") else None,
        "input_format": session.get("input_audio_format"),
        "output_format": session.get("output_audio_format"),
        "modalities": session.get("modalities"),
        "temperature": session.get("temperature"),
        "max_tokens": session.get("max_response_output_tokens"),
        "auto_search": beta.get("auto_search"),
        "noise_reduction": _inner(session, "input_audio_noise_reduction").get("type"),
    }
    return {name: value for name, value in found.items() if value is not None}


def _inner(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = data.get(name)
    return value if isinstance(value, Mapping) else {}
