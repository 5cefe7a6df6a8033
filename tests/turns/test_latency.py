"""When the wait began: with the sample that was sent, and with the one that was spoken."""

from __future__ import annotations

import base64

import numpy as np
import pytest

from glmkit.media.clip import Clip
from glmkit.protocol.event import Event
from glmkit.turns.fold import fold_turns
from glmkit.turns.turn import Turn
from tests.pictured import server, voice

SPOKEN = 1.25  # seconds of voice, then silence


def turn(chunk_ms: int, *, vad: str, speed: float = 1.0) -> Turn:
    """One in which 1.25 s are spoken, then 0.75 s nothing; it is answered at second 3."""
    sound = Clip.tone(440, SPOKEN, rate=16_000) + Clip.silence(2.0 - SPOKEN, rate=16_000)
    settings = {"turn_detection": {"type": "server_vad"} if vad == "server" else None}
    events = [Event("session.update", {"session": settings}, direction="client", at=9.0)]
    at = 10.0
    for chunk in sound.chunks(chunk_ms):
        at += len(chunk) / 32_000 / speed
        data = {"audio": base64.b64encode(chunk).decode()}
        append = Event("input_audio_buffer.append", data, direction="client", at=at, format="pcm16")
        events.append(append)
    if vad == "client":
        events.append(Event("input_audio_buffer.commit", {}, direction="client", at=at))
    events.append(server("input_audio_buffer.committed", at + 0.01, item_id="i"))
    events.append(server("response.created", at + 0.02, response={"id": "r"}))
    sounding = base64.b64encode(voice(1.0, 24_000).to_pcm()).decode()
    events.append(server("response.audio.delta", 13.0, response_id="r", delta=sounding))
    events.append(server("response.done", 13.1, response={"id": "r", "status": "completed"}))
    [found] = fold_turns(events, peer="emulator", model="m")
    return found


@pytest.mark.parametrize("vad", ["client", "server"])
@pytest.mark.parametrize("chunk_ms", [20, 100, 400])
def test_what_filling_a_chunk_costs_is_counted_since_it_was_spoken(chunk_ms: int, vad: str) -> None:
    """Whatever the chunks and the VAD: from second 11.25, when the last voiced sample was."""
    latency = turn(chunk_ms, vad=vad).latency
    audible = latency.first_audible
    assert audible is not None
    first = 13.0 + float(np.argmax(abs(voice(1.0, 24_000).samples) > 10 ** (-50 / 20))) / 24_000
    assert latency.since_spoken == pytest.approx(first - 10.0 - SPOKEN, abs=0.03)  # a frame
    assert latency.zero == ("commit" if vad == "client" else "end of speech")
    if (chunk_ms, vad) == (400, "server"):  # sent at 11.6 only
        assert latency.since_spoken - audible == pytest.approx(0.35, abs=0.03)


def test_what_nobody_spoke_meanwhile_has_no_such_time() -> None:
    """Sound sent faster than anybody speaks, and text."""
    assert turn(100, vad="client", speed=8.0).latency.since_spoken is None
    typed = [
        Event("response.create", {}, direction="client", at=1.0),
        server("response.created", 1.1, response={"id": "r"}),
        server("response.text.delta", 1.2, response_id="r", delta="hi"),
        server("response.done", 1.3, response={"id": "r", "status": "completed"}),
    ]
    [found] = fold_turns(typed, peer="emulator", model="m")
    assert found.latency.since_spoken is None
