"""The configuration: what session.update may say, what is refused and with which code."""

from __future__ import annotations

from typing import Any

import pytest

from glmkit.emulator.profiles import PROFILES, Profile, profile
from glmkit.emulator.session.configuration import Configuration
from glmkit.emulator.session.refusals import Refusal
from glmkit.emulator.session.session_update import configure
from glmkit.errors import BadArgument

AUDIO = {"chat_mode": "audio"}
TOOL = {"type": "function", "name": "f", "description": "d"}


def made(**session: Any) -> Configuration:
    return configure({"beta_fields": AUDIO, **session}, Profile())


def refusal(**session: Any) -> Refusal:
    with pytest.raises(Refusal) as found:
        made(**session)
    return found.value


def test_an_empty_update_is_the_default() -> None:
    """Nothing said is the configuration of session.created."""
    assert configure({}, Profile()) == Configuration("glm-realtime-flash")


def test_what_the_official_browser_client_sends_is_taken() -> None:
    """Null tools, null turn_detection, empty instructions and voice default are fine."""
    found = made(
        turn_detection=None,
        instructions="",
        output_audio_format="pcm",
        input_audio_format="wav",
        tools=None,
        voice="default",
        beta_fields={"chat_mode": "audio", "tts_source": "e2e"},
    )
    assert found.echo("x")["turn_detection"] is None
    assert found.instructions == ""
    assert found.voice == "default"
    assert not found.server_vad


def test_what_the_official_python_client_sends_is_taken() -> None:
    """Its nulls are absences and its zeros are defaults."""
    zeros = {"threshold": 0.0, "prefix_padding_ms": 0, "silence_duration_ms": 0}
    found = made(
        model=None,
        voice=None,
        tool_choice=None,
        temperature=None,
        max_output_tokens=None,
        input_audio_transcription=None,
        turn_detection={"type": "server_vad", **zeros},
    )
    assert found == made(turn_detection={"type": "server_vad"})
    assert found.turns.silence_duration_ms == 768


def test_server_vad_is_echoed_with_its_numbers() -> None:
    """The knobs are honoured and shown, the threshold as a float."""
    asked = {"type": "server_vad", "threshold": 1, "silence_duration_ms": 500}
    echo = made(turn_detection=asked).echo("x")["turn_detection"]
    assert echo["silence_duration_ms"] == 500
    assert isinstance(echo["threshold"], float)
    assert echo["create_response"] is echo["interrupt_response"] is True


@pytest.mark.parametrize(
    ("session", "code"),
    [
        ({"model": "gpt-4o"}, "1211"),
        ({"model": 1}, "1214"),
        ({"voice": "nobody"}, "1214"),
        ({"temperature": 1.2}, "1214"),
        ({"temperature": True}, "1214"),
        ({"temperature": "0.5"}, "1214"),
        ({"max_response_output_tokens": 0}, "1214"),
        ({"max_response_output_tokens": "1025"}, "1214"),
        ({"max_response_output_tokens": "-1"}, "1214"),
        ({"max_response_output_tokens": "٣"}, "1214"),
        ({"input_audio_format": "mp3"}, "1214"),
        ({"output_audio_format": "wav"}, "1214"),
        ({"modalities": []}, "1214"),
        ({"modalities": ["video"]}, "1214"),
        ({"modalities": [["text"]]}, "1214"),
        ({"instructions": ["be brief"]}, "1214"),
        ({"turn_detection": "server_vad"}, "1214"),
        ({"turn_detection": {}}, "1213"),
        ({"turn_detection": {"type": "semantic_vad"}}, "1214"),
        ({"turn_detection": {"type": ["server_vad"]}}, "1214"),
        ({"turn_detection": {"type": "server_vad", "threshold": 2}}, "1214"),
        ({"turn_detection": {"type": "server_vad", "silence_duration_ms": "1"}}, "1214"),
        ({"turn_detection": {"type": "server_vad", "create_response": 1}}, "1214"),
        ({"input_audio_noise_reduction": {}}, "1213"),
        ({"input_audio_noise_reduction": {"type": "loud"}}, "1214"),
        ({"greeting_config": {"enable": True, "content": "x" * 1025}}, "1214"),
        ({"beta_fields": {"chat_mode": "video"}}, "1214"),
        ({"beta_fields": {"chat_mode": "audio", "auto_search": "True"}}, "1214"),
        ({"beta_fields": []}, "1214"),
        ({"tool_choice": "auto"}, "1210"),
        ({"tools": "f"}, "1214"),
        ({"tools": [1]}, "1214"),
        ({"tools": [{**TOOL, "type": "tool"}]}, "1214"),
        ({"tools": [{"type": "function"}]}, "1213"),
        ({"tools": [{"type": "function", "function": TOOL}]}, "1214"),
        ({"tools": [{**TOOL, "parameters": []}]}, "1214"),
        ({"tools": [TOOL, TOOL]}, "1214"),
    ],
)
def test_a_bad_field_is_refused_with_its_code(session: dict[str, Any], code: str) -> None:
    """Each refusal has the documented code, names the field and says what is wrong."""
    found = refusal(**session)
    [field] = session
    assert found.code == code
    assert found.param is not None
    assert found.param.startswith(f"session.{field}")
    assert str(found)


def test_a_threshold_of_another_kind_is_told_what_it_should_be() -> None:
    """A number, as 0.5 is one."""
    asked = {"type": "server_vad", "threshold": "0.5"}
    assert "string, expected number" in str(refusal(turn_detection=asked))


def test_max_tokens_may_be_an_integer() -> None:
    """The Go SDK sends an integer; the echo is a string."""
    assert made(max_response_output_tokens=7).echo("x")["max_response_output_tokens"] == "7"


def test_flattened_chat_mode_is_refused_or_takes_the_service_down() -> None:
    """The documented profile says what is wrong, the observed one closes."""
    with pytest.raises(Refusal) as told:
        configure({"chat_mode": "audio"}, PROFILES["documented"])
    assert (told.value.code, told.value.close) == ("1213", None)
    with pytest.raises(Refusal) as down:
        configure({"chat_mode": "audio"}, PROFILES["observed-2026-09"])
    assert (down.value.code, down.value.close) == ("downstream_reconnect_exceeded", 1011)


def test_a_greeting_may_stand_in_either_place() -> None:
    """greeting_config is read at the top level and inside beta_fields."""
    greeting = {"enable": True, "content": "你好"}
    top = made(greeting_config=greeting)
    inside = made(beta_fields={**AUDIO, "greeting_config": greeting})
    assert top == inside
    assert top.echo("x")["greeting_config"] == greeting


def test_video_is_echoed_with_what_the_server_sets() -> None:
    """fps and the picture's size are the server's to say."""
    beta = made(beta_fields={"chat_mode": "video_passive"}).echo("x")["beta_fields"]
    assert (beta["fps"], beta["image_size_x"]) == (2, 1120)


def test_a_profile_is_changed_by_single_switches() -> None:
    """Each switch can be set alone; a misspelt value is answered with the choices."""
    changed = profile("observed-2026-09", text_events=True, transcription=None)
    assert changed.text_events
    assert changed.transcription == "late"
    with pytest.raises(BadArgument, match="early"):
        profile("documented", transcription="sometimes")
    with pytest.raises(BadArgument, match="observed-2026-09"):
        profile("real")
