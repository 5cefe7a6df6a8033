"""``session.update`` → the configuration in force: replaced whole, and validated.

Rules
- What is left out, or null, has its default; nothing is kept from before (observed: a patch
  would keep it). Fields we do not know are ignored (documented samples carry such).
- Any refusal leaves the configuration in force as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from glmkit.emulator.profiles import Profile
from glmkit.emulator.session.bounds import check_levels, check_words
from glmkit.emulator.session.configuration import (
    BETA,
    MODALITIES,
    Configuration,
    Greeting,
    TurnDetection,
)
from glmkit.emulator.session.refusals import (
    BAD_PARAMETER,
    MISSING,
    SERVER,
    UNKNOWN_MODEL,
    Refusal,
    illegal,
    missing,
    wrong_kind,
)
from glmkit.emulator.session.tool_schemas import checked_tools
from glmkit.events import kind_of, problems
from glmkit.media.formats import INPUT_FORMATS, OUTPUT_FORMATS
from glmkit.protocol.table import CHAT_MODES, SESSION, VOICES

_TTS_SOURCES: Final = ("e2e", "zhipu", "huoshan")
_LONGEST_GREETING: Final = 1024
_MAX_TOKENS: Final = 1024


def configure(session: Mapping[str, Any], behaviour: Profile) -> Configuration:
    """The configuration that ``session`` asks for; raises Refusal with the documented code."""
    if session.get("tool_choice"):
        raise Refusal("tool_choice", code=BAD_PARAMETER, param="session.tool_choice")
    check_levels(session, "session")
    asked = {name: value for name, value in session.items() if value is not None}
    _check_nesting(session, behaviour)
    _check_kinds(asked)
    given = {name: read(asked[field]) for field, (name, read) in _READERS.items() if field in asked}
    if "turn_detection" in session and session["turn_detection"] is None:
        given["turn_detection"] = None
    beta = _read_beta(asked.get("beta_fields", {}))
    return Configuration(**{"model": behaviour.default_model, **beta, **given})


def _check_nesting(session: Mapping[str, Any], behaviour: Profile) -> None:
    """chat_mode belongs inside beta_fields: flattened, it takes the service down (observed)."""
    beta = session.get("beta_fields")
    nested = isinstance(beta, Mapping) and beta.get("chat_mode") is not None
    flat = next((name for name in BETA if session.get(name) is not None), None)
    if nested or (flat is None and behaviour.flattened == "error"):
        return
    if behaviour.flattened == "close":
        raise Refusal(
            "flattened_closes", code="downstream_reconnect_exceeded", type=SERVER, close=1011
        )
    raise Refusal("flattened", code=MISSING, param="session.beta_fields.chat_mode", found=flat)


def _check_kinds(asked: Mapping[str, Any]) -> None:
    for field, problem in problems(asked, SESSION):
        if problem != "missing":
            expected = ", ".join(field.kinds)
            raise wrong_kind(f"session.{field.name}", found=problem, expected=expected)


def _one_of(name: str, known: tuple[str, ...]) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in known:
            raise illegal(f"session.{name}", found=value, expected=", ".join(known))
        return value

    return read


def _read_model(value: str) -> str:
    if not value.startswith("glm-realtime"):
        raise Refusal("model", code=UNKNOWN_MODEL, param="session.model", found=value[:80])
    return value


def _read_instructions(value: str) -> str:
    return check_words(value, "session.instructions")


def _read_modalities(value: list[Any]) -> tuple[str, ...]:
    if not value or any(each not in MODALITIES for each in value):
        raise illegal("session.modalities", found=value, expected=", ".join(MODALITIES))
    return tuple(dict.fromkeys(value))


def _read_temperature(value: float) -> float:
    if not 0 <= value <= 1:
        raise illegal("session.temperature", found=value, expected="0 … 1")
    return float(value)


def _read_max_tokens(value: str | int) -> str:
    number = str(value)
    if number == "inf":
        return number
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:5]) <= _MAX_TOKENS):
        expected = f'"1" … "{_MAX_TOKENS}", "inf"'
        raise illegal("session.max_response_output_tokens", found=value, expected=expected)
    return number


def _read_noise(value: Mapping[str, Any]) -> str:
    where = "input_audio_noise_reduction.type"
    kind = value.get("type")
    if not isinstance(kind, str):
        raise missing(f"session.{where}")
    return _one_of(where, ("near_field", "far_field"))(kind)


def _read_greeting(value: Mapping[str, Any]) -> Greeting:
    where = "session.greeting_config"
    enable = _field(value, where, "enable", bool, default=False)
    content = _field(value, where, "content", str, default="")
    if len(content) > _LONGEST_GREETING:
        expected = f"≤ {_LONGEST_GREETING}"
        raise illegal(f"{where}.content", found=len(content), expected=expected)
    return Greeting(enable, content)


def _read_turns(value: Mapping[str, Any]) -> TurnDetection:
    where = "session.turn_detection"
    kind = value.get("type")
    if kind is None:
        raise missing(f"{where}.type")
    if kind not in ("client_vad", "server_vad", "none"):  # "none" is the Python SDK's own
        raise illegal(f"{where}.type", found=kind, expected="client_vad, server_vad")
    chosen: dict[str, Any] = {"type": kind}
    for name, highest in (
        ("threshold", 1.0),
        ("prefix_padding_ms", 10_000),
        ("silence_duration_ms", 60_000),
    ):
        number = _field(value, where, name, (int, float), default=0.0)
        if not 0 <= number <= highest:
            raise illegal(f"{where}.{name}", found=number, expected=f"0 … {highest:g}")
        number = float(number) if name == "threshold" else int(number)
        if number:  # zeros mean nothing was chosen: the Python SDK sends them
            chosen[name] = number
    for name in ("create_response", "interrupt_response"):
        chosen[name] = _field(value, where, name, bool, default=True)
    return TurnDetection(**chosen)


def _read_beta(beta: Mapping[str, Any]) -> dict[str, Any]:
    where = "session.beta_fields"
    mode = _field(beta, where, "chat_mode", str, default="audio")
    source = _field(beta, where, "tts_source", str, default="e2e")
    found: dict[str, Any] = {
        "chat_mode": _one_of("beta_fields.chat_mode", CHAT_MODES)(mode),
        "tts_source": _one_of("beta_fields.tts_source", _TTS_SOURCES)(source),
        "auto_search": _field(beta, where, "auto_search", bool, default=True),
    }
    greeting = _field(beta, where, "greeting_config", dict, default={})  # observed place
    return {**found, "greeting": _read_greeting(greeting)} if greeting else found


def _field(
    value: Mapping[str, Any],
    where: str,
    name: str,
    kinds: type | tuple[type, ...],
    *,
    default: Any,
) -> Any:
    """A field of a nested object; absent and null are the default."""
    found = value.get(name)
    if found is None:
        return default
    if not isinstance(found, kinds) or (isinstance(found, bool) and kinds is not bool):
        expected = kind_of(default)
        raise wrong_kind(f"{where}.{name}", found=kind_of(found), expected=expected)
    return found


_READERS: Final[Mapping[str, tuple[str, Callable[[Any], Any]]]] = {
    "model": ("model", _read_model),
    "modalities": ("modalities", _read_modalities),
    "input_audio_format": (
        "input_audio_format",
        _one_of("input_audio_format", tuple(INPUT_FORMATS)),
    ),
    "output_audio_format": (
        "output_audio_format",
        _one_of("output_audio_format", tuple(OUTPUT_FORMATS)),
    ),
    "instructions": ("instructions", _read_instructions),
    "voice": ("voice", _one_of("voice", (*VOICES, "default"))),
    "temperature": ("temperature", _read_temperature),
    "max_output_tokens": ("max_tokens", _read_max_tokens),  # the Python SDK's name
    "max_response_output_tokens": ("max_tokens", _read_max_tokens),
    "turn_detection": ("turn_detection", _read_turns),
    "tools": ("tools", checked_tools),
    "input_audio_noise_reduction": ("noise_reduction", _read_noise),
    "input_audio_transcription": ("transcription", dict),
    "greeting_config": ("greeting", _read_greeting),
}
