"""``Settings``: what a session is configured with, and the ``session`` object it becomes.

Rules
- The service replaces its whole configuration at each ``session.update`` (documented), so a
  change is always a full object: ``settings.changed(voice="xiaochen").session()``.
- What the service is known to reject is refused here, before the first byte: ``tool_choice``,
  flat beta fields, a temperature over 1, tools outside audio mode.
- Voices and models the table doesn't know only warn: what an account may use differs.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, TypedDict, Unpack

from glmkit.auth.masking import mask
from glmkit.errors import BadArgument, warn
from glmkit.media.formats import INPUT_FORMATS, OUTPUT_FORMATS
from glmkit.numeric import is_number
from glmkit.protocol.event_kinds import is_server_vad
from glmkit.protocol.table import CHAT_MODES, MODELS, VOICES
from glmkit.protocol.tools.tool import Tool, ToolSource, as_tools
from glmkit.texts import text

_VADS = {"client": "client_vad", "server": "server_vad"}
_GREETING_LIMIT = 1024  # characters, documented
_KINDS: Final[dict[str, tuple[type, ...]]] = {
    **dict.fromkeys(("model", "voice"), (str,)),
    **dict.fromkeys(("instructions", "greeting", "noise_reduction"), (str, NoneType)),
    "temperature": (float, int, NoneType),
    "auto_search": (bool, NoneType),
}
_KNOBS: Final = ("threshold", "prefix_padding_ms", "silence_duration_ms")


class OtherSettings(TypedDict, total=False):
    """The settings that ``connect`` takes beside those it names itself."""

    input_format: str
    output_format: str
    modalities: Sequence[str]
    temperature: float | None
    max_tokens: int | str
    auto_search: bool | None
    noise_reduction: str | None


class SettingsButTools(OtherSettings, total=False):
    """Any of the settings but the functions that the model may call."""

    model: str
    vad: str | Mapping[str, Any]
    voice: str
    instructions: str | None
    mode: str
    greeting: str | None


class Changes(SettingsButTools, total=False):
    """Any of the settings, each for the new value it gets."""

    tools: ToolSource | Sequence[ToolSource]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How a conversation is set up: model, voice, tools and more.

    In Python's words; ``session()`` says it in the protocol's. Documented unless marked:

    ``model``: of the service's models. ``vad``: who ends a turn: ``"client"`` (this side
    commits), ``"server"``, or a dict with ``type`` and the server VAD's knobs (``threshold``,
    ``prefix_padding_ms``, ``silence_duration_ms``). ``voice``: whose it
    answers in. ``instructions``: who the model is to be. ``mode``: ``"audio"``, or
    ``"video_passive"`` to show it pictures, which tools exclude. ``tools``: functions, ``Tool``
    values or the protocol's own dicts. ``greeting``: what it says first, at most 1024 characters.
    ``input_format``: ``pcm16`` or ``pcm`` (16 kHz), ``pcm24``, or ``wav`` (16 kHz), ``wav24``,
    ``wav48``: the number is kHz, samples have 16 bits. ``output_format``: ``pcm`` (16-bit mono,
    24 kHz) or ``mp3`` (24 kHz observed). ``modalities``: ``"text"``, ``"audio"`` or both, of the
    answer. ``temperature``: 0 to 1. ``max_tokens``: of an answer, 1 to 1024 or ``"inf"``.
    ``auto_search``: whether the service may look things up. ``noise_reduction``: ``"near_field"``
    or ``"far_field"``. None leaves a setting to the service.

    Raises BadArgument for what the service would reject, BadTool; warns (GlmWarning) of a voice or
    model that the table does not know.
    """

    model: str = "glm-realtime-flash"
    vad: str | Mapping[str, Any] = "client"
    voice: str = "tongtong"
    instructions: str | None = None
    mode: str = "audio"
    tools: tuple[Tool, ...] = ()
    greeting: str | None = None
    input_format: str = "pcm16"
    output_format: str = "pcm"
    modalities: tuple[str, ...] = ("text", "audio")
    temperature: float | None = None
    max_tokens: int | str = "inf"
    auto_search: bool | None = None
    noise_reduction: str | None = None

    if TYPE_CHECKING:  # what is given may be more than what is then held: lists, functions

        def __init__(self, **settings: Unpack[Changes]) -> None: ...

    def __post_init__(self) -> None:
        put = partial(object.__setattr__, self)
        put("tools", as_tools(self.tools))
        put("modalities", _several(self.modalities))
        put("temperature", _plain(self.temperature))
        if isinstance(self.vad, Mapping):
            put("vad", {name: _plain(each) for name, each in self.vad.items() if each is not None})
        _check(self)

    def changed(self, **changes: Unpack[Changes]) -> Settings:
        """The same settings with some replaced, by name.

        Raises BadArgument, for an unknown name with a guess, and BadTool.
        """
        check_names(changes, NAMES)
        given: dict[str, Any] = {**changes}
        new = {name: to for name, to in given.items() if not _same(getattr(self, name), to)}
        return replace(self, **new) if new else self

    @property
    def server_vad(self) -> bool:
        """Whether the service decides when a turn ends."""
        return is_server_vad(self.turn_detection)

    @property
    def turn_detection(self) -> dict[str, Any]:
        """The protocol's turn_detection object."""
        if isinstance(self.vad, Mapping):
            return dict(self.vad)
        return {"type": _VADS.get(self.vad, self.vad)}

    def __repr__(self) -> str:
        given = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self))
        return mask(f"Settings({', '.join(given)})")  # a key may stand where it does not belong

    @property
    def silence_seconds(self) -> float:
        """The silence that ends a turn under server VAD, in seconds (observed default: 768 ms)."""
        return silence_seconds(self.turn_detection)

    def session(self) -> dict[str, Any]:
        """The complete ``session`` object of a session.update."""
        beta = {"chat_mode": self.mode, "tts_source": "e2e", "auto_search": self.auto_search}
        whole = {
            "model": self.model,
            "modalities": list(self.modalities),
            "instructions": self.instructions,
            "voice": self.voice,
            "input_audio_format": self.input_format,
            "output_audio_format": self.output_format,
            "temperature": self.temperature,
            "max_response_output_tokens": str(self.max_tokens),
            "turn_detection": self.turn_detection,
            "tools": [tool.schema() for tool in self.tools] or None,
            "input_audio_noise_reduction": self.noise_reduction and {"type": self.noise_reduction},
            "greeting_config": self.greeting and {"enable": True, "content": self.greeting},
            "beta_fields": {name: value for name, value in beta.items() if value is not None},
        }
        return {name: value for name, value in whole.items() if value is not None}


NAMES = tuple(field.name for field in fields(Settings))


def check_names(names: Iterable[str], known: Sequence[str]) -> None:
    """Raise BadArgument, with a guess, for the first of ``names`` that is not ``known``."""
    for name in names:
        if name == "tool_choice":
            raise BadArgument(text("protocol.tool_choice"))
        if name not in known:
            near = difflib.get_close_matches(name, known, 1) or [", ".join(known)]
            raise BadArgument(text("protocol.unknown", name=name, near=near[0]))


def answers_itself(turn_detection: object) -> bool:
    """Whether the service answers a turn it took without being asked (``create_response``)."""
    found = turn_detection if isinstance(turn_detection, Mapping) else {}
    return found.get("create_response") is not False


def silence_seconds(turn_detection: object) -> float:
    """The silence that ends a turn under server VAD, in seconds (observed default: 768 ms)."""
    found = turn_detection if isinstance(turn_detection, Mapping) else {}
    milliseconds = found.get("silence_duration_ms")
    return float(milliseconds) / 1000 if is_number(milliseconds) else 0.768


def differences(asked: Any, echoed: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Each (path, asked, echoed) where the service's echo is not what was asked of it."""
    if isinstance(asked, Mapping) and isinstance(echoed, Mapping):
        for name, value in asked.items():
            yield from differences(value, echoed.get(name), f"{path}.{name}" if path else name)
    elif path == "model":
        return  # observed: the echo names an alias whatever was asked
    elif asked != echoed and not (path == "turn_detection" and echoed is None):
        yield path, asked, echoed


def _several(names: Any) -> tuple[Any, ...]:
    return tuple(names) if isinstance(names, Iterable) and not isinstance(names, str) else (names,)


def _same(one: object, other: object) -> bool:
    """Whether a setting stays as it is; arrays, say, are no settings, and ``==`` to none."""
    return type(one) is type(other) and one == other


def _plain(number: Any) -> Any:
    """A number of numpy's as one of Python's; an array stays what it is, and is refused."""
    return number.item() if getattr(number, "size", None) == 1 else number


def _check(settings: Settings) -> None:
    for name, kinds in _KINDS.items():
        _check_kind(name, getattr(settings, name), kinds)
    _check_vad(settings.vad)
    one_of("mode", settings.mode, CHAT_MODES)
    one_of("input_format", settings.input_format, tuple(INPUT_FORMATS))
    one_of("output_format", settings.output_format, tuple(OUTPUT_FORMATS))
    for modality in settings.modalities or ("",):
        one_of("modalities", modality, ("text", "audio"))
    _check_numbers(settings)
    if settings.greeting is not None and not 0 < len(settings.greeting) <= _GREETING_LIMIT:
        raise BadArgument(text("protocol.greeting", found=len(settings.greeting)))
    if settings.tools and settings.mode != "audio":
        raise BadArgument(text("protocol.tools_mode", mode=settings.mode))
    _known("voice", settings.voice, VOICES)
    _known("model", settings.model, MODELS)


def _check_vad(vad: object) -> None:
    if isinstance(vad, Mapping):
        one_of("vad['type']", vad.get("type"), tuple(_VADS.values()))
        for name in _KNOBS:
            _check_kind(f"vad[{name!r}]", vad.get(name), (float, int, NoneType))
    elif not (isinstance(vad, str) and vad in _VADS.values()):
        one_of("vad", vad, tuple(_VADS))


def _check_kind(name: str, value: object, kinds: tuple[type, ...]) -> None:
    fits = isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))
    if not fits:
        expected = ", ".join("None" if kind is NoneType else kind.__name__ for kind in kinds)
        found = type(value).__name__
        raise BadArgument(text("protocol.kind", name=name, found=found, expected=expected))


def _check_numbers(settings: Settings) -> None:
    if settings.temperature is not None and not 0 <= settings.temperature <= 1:
        raise BadArgument(text("protocol.temperature", found=settings.temperature))
    tokens = str(settings.max_tokens)
    if tokens != "inf" and not (tokens.isdecimal() and 1 <= int(tokens) <= 1024):
        raise BadArgument(text("protocol.max_tokens", found=settings.max_tokens))


def one_of(name: str, found: object, expected: tuple[str, ...]) -> None:
    """Raise BadArgument unless ``found`` is one of the expected words."""
    if not (isinstance(found, str) and found in expected):
        allowed = ", ".join(expected)
        raise BadArgument(text("protocol.one_of", name=name, found=found, expected=allowed))


def _known(name: str, found: str, known: tuple[str, ...]) -> None:
    if found not in known and found != "default":
        words = text("protocol.unheard_of", name=name, found=found, known=", ".join(known))
        warn(words)
