"""Settings: the whole configuration each time, and what the service rejects refused here."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from glmkit import aio
from glmkit.errors import BadArgument, BadTool, GlmWarning
from glmkit.events import problems
from glmkit.protocol.event import Event
from glmkit.protocol.settings import Settings, differences
from glmkit.protocol.table import SESSION


def weather(city: str) -> str:
    """Tells the weather of a city."""
    return city


def test_the_session_object_is_whole_and_as_the_table_says() -> None:
    """Every required field is there, nested where the service wants it nested."""
    session = Settings(tools=(weather,), greeting="Hello", noise_reduction="near_field").session()
    assert list(problems(session, SESSION)) == []
    assert session["beta_fields"] == {"chat_mode": "audio", "tts_source": "e2e"}
    assert session["turn_detection"] == {"type": "client_vad"}
    assert session["max_response_output_tokens"] == "inf"
    assert session["greeting_config"] == {"enable": True, "content": "Hello"}
    assert session["tools"][0]["name"] == "weather"
    assert "tool_choice" not in session
    assert Event("session.update", {"session": session}).to_json()


def test_what_is_not_set_is_left_to_the_service() -> None:
    """No instructions, no temperature, no tools: the service's own defaults hold."""
    assert not {"instructions", "temperature", "tools", "greeting_config"} & set(
        Settings().session()
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"tool_choice": "auto"}, "tool_choice"),
        ({"voise": "x"}, "did you mean voice"),
        ({"vad": "semantic"}, "'semantic', expected one of: client, server$"),
        ({"vad": None}, "expected one of: client, server$"),
        ({"vad": {"type": "server"}}, "'server', expected one of: client_vad, server_vad$"),
        ({"mode": "video"}, "video_passive"),
        ({"input_format": "pcm8"}, "pcm16"),
        ({"output_format": "wav"}, "expected one of"),
        ({"modalities": ("video",)}, "expected one of"),
        ({"modalities": ()}, "expected one of"),
        ({"temperature": 1.2}, "0 to 1"),
        ({"temperature": "hot"}, "temperature is of type str, expected one of: float, int, None"),
        ({"temperature": True}, "of type bool"),
        ({"temperature": np.linspace(0, 1, 3)}, "temperature is of type ndarray"),
        ({"mode": np.array(["audio", "video"])}, "mode is array"),
        ({"vad": np.array([1, 2])}, "vad is array"),
        ({"instructions": 5}, "instructions is of type int, expected one of: str, None"),
        ({"greeting": 5}, "greeting is of type int"),
        ({"voice": None}, "voice is of type NoneType, expected one of: str"),
        ({"auto_search": "yes"}, "auto_search is of type str"),
        ({"vad": {"type": "server_vad", "threshold": "x"}}, r"vad\['threshold'\] is of type str"),
        ({"modalities": 5}, "expected one of: text, audio"),
        ({"tools": 5}, "a tool is a function"),
        ({"max_tokens": 0}, "1 to 1024"),
        ({"max_tokens": 2000}, "1 to 1024"),
        ({"greeting": ""}, "1 to 1024"),
        ({"greeting": "x" * 1025}, "1 to 1024"),
        ({"tools": (weather,), "mode": "video_passive"}, "audio mode only"),
    ],
)
def test_what_the_service_rejects_is_refused_here(changes: dict[str, Any], words: str) -> None:
    """Before the first byte, with what was expected."""
    with pytest.raises(BadArgument, match=words):
        Settings().changed(**changes)


def test_what_is_meant_is_taken() -> None:
    """Numbers of numpy's, one word for a list of one, a function for a list of one."""
    knobs = {"type": "server_vad", "silence_duration_ms": np.int64(500), "threshold": None}
    settings = Settings().changed(
        temperature=np.float32(0.5), vad=knobs, modalities="text", tools=weather
    )
    session = settings.session()
    assert Event("session.update", {"session": session}).to_json()
    assert session["temperature"] == 0.5
    assert session["turn_detection"] == {"type": "server_vad", "silence_duration_ms": 500}
    assert session["modalities"] == ["text"]
    assert [tool["name"] for tool in session["tools"]] == ["weather"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"keep": "some"}, "keep is 'some', expected one of: all, events, nothing"),
        ({"transcript_grace": -1}, "transcript_grace is -1, expected a number, 0 or more"),
        ({"transcript_grace": "long"}, "transcript_grace is <str …>"),
        ({"waits": 3}, "waits is of type int, expected Waits"),
        ({"replay_speed": None}, "replay_speed is None"),
    ],
)
def test_options_of_a_connection_are_checked(options: dict[str, Any], words: str) -> None:
    """Before the first byte, too."""
    with pytest.raises(BadArgument, match=words):
        aio.connect("emulator", **options)


@pytest.mark.parametrize("changes", [{"voice": "bob"}, {"model": "glm-5-realtime"}])
def test_what_the_documentation_does_not_have_only_warns(changes: dict[str, str]) -> None:
    """What an account may use differs; the warning points at this line."""
    with pytest.warns(GlmWarning, match="not in the documentation") as caught:
        Settings().changed(**changes)
    assert caught[0].filename == __file__


def test_server_vad_takes_its_knobs() -> None:
    """A dict passes through, and its silence is known."""
    settings = Settings(vad={"type": "server_vad", "silence_duration_ms": 500})
    assert settings.server_vad
    assert settings.silence_seconds == 0.5
    assert Settings(vad="server").silence_seconds == 0.768


def test_differences_are_found_in_depth_but_for_the_models_alias() -> None:
    """Only what was asked is compared; the echo may say more, and names an alias."""
    asked = {"model": "glm-realtime-flash", "voice": "a", "beta_fields": {"chat_mode": "audio"}}
    echoed = {"model": "glm-realtime", "voice": "b", "beta_fields": {"chat_mode": "video"}, "x": 1}
    assert list(differences(asked, echoed)) == [
        ("voice", "a", "b"),
        ("beta_fields.chat_mode", "audio", "video"),
    ]


def test_two_tools_of_one_name_are_refused() -> None:
    """The model could not tell them apart, whichever way they come."""

    def weather() -> str:
        """Looks out of the window."""
        return "sunny"

    other = {"type": "function", "name": "weather", "description": "Asks somebody."}
    with pytest.raises(BadTool, match="two tools are called 'weather'"):
        Settings(tools=(weather, other))  # type: ignore[arg-type]
    with pytest.raises(BadTool, match="two tools are called 'weather'"):
        aio.connect("emulator", tools=[weather, other])
