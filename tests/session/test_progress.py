"""What is drawn while sound is on its way."""

from __future__ import annotations

from typing import Any

import pytest
from tqdm.std import tqdm

import glmkit as glm
from glmkit.errors import Disconnected
from glmkit.session.blocking.blocking_session import draw_progress, loop_thread
from tests.breaking_service import KEY, serving


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, float, bool]]:
    """How each bar stood when it was taken away: (n, total, does it stay)."""
    found: list[tuple[float, float, bool]] = []
    close = tqdm.close

    def seen(bar: tqdm[object]) -> None:
        if not bar.disable:
            found.append((bar.n, bar.total, bar.leave))
        close(bar)

    monkeypatch.setattr(tqdm, "close", seen)
    draw_progress(True)
    return found


@pytest.mark.parametrize("vad", ["client", "server"])
def test_a_bar_ends_exactly_full_and_goes(
    vad: Any, closed: list[tuple[float, float, bool]]
) -> None:
    """Whatever the length in samples."""
    with glm.connect("emulator", vad=vad, modalities=["text"]) as session:
        session.say(glm.sample("weather_zh"), speed=None, timeout=20)
    assert [(n == total, stays) for n, total, stays in closed] == [(True, False)]


def test_a_bar_of_what_broke_off_goes_too(closed: list[tuple[float, float, bool]]) -> None:
    """In a notebook one that was left half full would stay, in red."""
    serves = serving()
    service = loop_thread().carry(serves.__aenter__())
    try:
        with glm.connect(service.url, api_key=KEY) as session, pytest.raises(Disconnected):
            service.break_once("input_audio_buffer.append", after=5)
            session.say(glm.Clip.tone(300, 3), speed=None)
    finally:
        loop_thread().carry(serves.__aexit__(None, None, None))
    assert [(n == total, stays) for n, total, stays in closed] == [(True, False)]


def test_no_bar_is_drawn_beside_a_callback(closed: list[tuple[float, float, bool]]) -> None:
    """Who takes the progress draws it, too; and hears of the end."""
    told: list[tuple[float, float]] = []
    with glm.connect("emulator", modalities=["text"]) as session:
        session.say(glm.Clip.tone(300, 2.5), speed=None, progress=lambda *at: told.append(at))
    assert not closed
    assert told[-1] == (2.5, 2.5)
