"""A session's configuration: a frozen value with the service's defaults, and its echo.

``turn_detection`` null stays null in the echo: the official browser client obeys the echo. The
echo names ``tool_choice``, which nobody may send: the official Python models demand it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from glmkit.emulator.think.default_instructions import INSTRUCTIONS
from glmkit.media.formats import INPUT_FORMATS, OUTPUT_FORMATS

FPS: Final = 2
IMAGE_SIDE: Final = 1120
MODALITIES: Final = ("text", "audio")
BETA: Final = ("chat_mode", "tts_source", "auto_search")


@dataclass(frozen=True, slots=True)
class TurnDetection:
    """Who ends a turn. The numbers matter under server VAD only; zeros were made defaults."""

    type: str = "client_vad"
    threshold: float = 0.85
    prefix_padding_ms: int = 96
    silence_duration_ms: int = 768
    create_response: bool = True
    interrupt_response: bool = True

    def echo(self) -> dict[str, Any]:
        """The object as session.updated shows it."""
        if self.type != "server_vad":
            return {"type": self.type}
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Greeting:
    """What the service says by itself when the session begins."""

    enable: bool = False
    content: str = ""


@dataclass(frozen=True, slots=True)
class Configuration:
    """A whole configuration; session.created shows the defaults, and the profile's model."""

    model: str
    modalities: tuple[str, ...] = MODALITIES
    input_audio_format: str = "wav"
    output_audio_format: str = "pcm"
    instructions: str = INSTRUCTIONS
    voice: str = "tongtong"
    temperature: float = 0.8
    max_tokens: str = "inf"
    turn_detection: TurnDetection | None = TurnDetection()
    tools: tuple[Mapping[str, Any], ...] = ()
    noise_reduction: str | None = None
    transcription: Mapping[str, Any] | None = None
    chat_mode: str = "audio"
    tts_source: str = "e2e"
    auto_search: bool = True
    greeting: Greeting | None = None

    @property
    def server_vad(self) -> bool:
        """Whether the server ends turns."""
        return self.turn_detection is not None and self.turn_detection.type == "server_vad"

    @property
    def turns(self) -> TurnDetection:
        """Turn detection with null as what it means: client VAD."""
        return self.turn_detection or TurnDetection()

    @property
    def video(self) -> bool:
        """Whether frames belong to turns."""
        return self.chat_mode != "audio"

    @property
    def sound(self) -> bool:
        """Whether answers are spoken."""
        return "audio" in self.modalities

    @property
    def input_rate(self) -> int:
        """Samples per second of raw input, in Hz."""
        return INPUT_FORMATS[self.input_audio_format]

    @property
    def output_rate(self) -> int:
        """Samples per second of answers, in Hz."""
        return OUTPUT_FORMATS[self.output_audio_format]

    def echo(self, session_id: str) -> dict[str, Any]:
        """The session object of session.created and session.updated."""
        return {
            "id": session_id,
            "object": "realtime.session",
            "model": self.model,
            "modalities": list(self.modalities),
            "instructions": self.instructions,
            "voice": self.voice,
            "input_audio_format": self.input_audio_format,
            "output_audio_format": self.output_audio_format,
            "input_audio_transcription": self.transcription,
            "turn_detection": self.turn_detection and self.turn_detection.echo(),
            "tools": list(self.tools),
            "tool_choice": "auto",
            "temperature": self.temperature,
            "max_response_output_tokens": self.max_tokens,
            "beta_fields": self._beta(),
            **self._noise_reduction(),
            **self._greeting(),
        }

    def _beta(self) -> dict[str, Any]:
        fields: dict[str, Any] = {name: getattr(self, name) for name in BETA}
        if self.video:
            fields |= {"fps": FPS, "image_size_x": IMAGE_SIDE, "image_size_y": IMAGE_SIDE}
        return fields

    def _noise_reduction(self) -> dict[str, Any]:
        """Not null where there is none: an object is documented."""
        if self.noise_reduction is None:
            return {}
        return {"input_audio_noise_reduction": {"type": self.noise_reduction}}

    def _greeting(self) -> dict[str, Any]:
        if self.greeting is None:
            return {}
        return {
            "greeting_config": {"enable": self.greeting.enable, "content": self.greeting.content}
        }
