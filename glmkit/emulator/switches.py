"""``EmulatorSwitches``: the switches of ``Emulator.start`` by name, for whoever types them in."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypedDict

from glmkit.auth.masking import Secret


class EmulatorSwitches(TypedDict, total=False):
    """What each switch takes; what it does and what it is without being named: see ``Options``."""

    host: str
    port: int
    key: str | Secret
    keys: Sequence[str | Secret]
    any_key: bool
    allow_origins: str | Sequence[str]
    allow_hosts: str | Sequence[str]
    lenient_ms: bool
    heartbeat: float
    connections: int
    sessions_per_key: int
    idle_close: float
    ping_timeout: float
    pace: float
    lenient_wav: bool
    dialogue: str
    scripts: Sequence[str | os.PathLike[str]]
    replay: str | os.PathLike[str]
    replay_speed: float
    strict: bool
    steady: bool
    wait: float
    jitter: float
    seed: int
    profile: str
    text_events: bool | None
    part_events: bool | None
    conversation_created: bool | None
    call_id: bool | None
    error_type: bool | None
    speech_fields: bool | None
    status_details: bool | None
    rate_limits: bool | None
    simple_browser: bool | None
    text_turns: str | None
    transcription: str | None
    commit_under_server_vad: str | None
    flattened: str | None
    empty_schemas: str | None
    usage: str | None
    default_model: str | None
    faults: str | Sequence[str]
