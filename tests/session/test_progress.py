"""What is drawn while sound is on its way."""

from __future__ import annotations

import sys
from io import StringIO
from typing import Any

import pytest
from tqdm.std import tqdm

import glmkit as glm
from glmkit.errors import Disconnected
from glmkit.plots.drawing.palette import THEMES, contrast
from glmkit.session.blocking import progress_bar
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


@pytest.mark.slow
@pytest.mark.parametrize("vad", ["client", "server"])
def test_a_bar_ends_exactly_full_and_goes(
    vad: Any, closed: list[tuple[float, float, bool]]
) -> None:
    """Whatever the length in samples."""
    with glm.connect("emulator", vad=vad, modalities=["text"]) as session:
        session.say(glm.sample("weather_zh"), speed=None, timeout=20)
    # whatever the machine is busy with, a line that says what is waited for may come, too
    assert {(n == total, stays) for n, total, stays in closed} == {(True, False)}


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


def test_a_bar_is_seen_on_any_page_and_read_in_both_languages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its colour reaches 3:1 on both grounds of ours and of JupyterLab; no unit stays English."""
    grounds = (*(theme.ground for theme in THEMES.values()), "#ffffff", "#111111")
    assert all(contrast(progress_bar._COLOUR, ground) >= 3 for ground in grounds)
    for lang, shown in (("en", ("sending", "1.0/3.0 s")), ("zh", ("发送中", "1.0/3.0 秒"))):
        monkeypatch.setenv("GLMKIT_LANG", lang)
        with StringIO() as written:
            monkeypatch.setattr(sys, "stderr", written)
            bar = progress_bar.ProgressBar(3.0)
            bar.show(1.0)
            bar._bar.refresh()
            words = written.getvalue().rsplit("\r", 1)[-1].strip()
            assert (words.split()[0], " ".join(words.split()[-2:])) == shown
            bar.close()


def test_no_bar_is_drawn_beside_a_callback(closed: list[tuple[float, float, bool]]) -> None:
    """Who takes the progress draws it, too; and hears of the end."""
    told: list[tuple[float, float]] = []
    with glm.connect("emulator", modalities=["text"]) as session:
        session.say(glm.Clip.tone(300, 2.5), speed=None, progress=lambda *at: told.append(at))
    assert not closed
    assert told[-1] == (2.5, 2.5)


@pytest.mark.slow
def test_a_long_wait_says_what_is_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    """Spoken or written, at a prompt; in a script nothing is drawn. The line goes with the wait."""

    def seen(drawn: bool) -> list[int]:
        draw_progress(drawn)
        said = []
        for turn in (
            lambda: session.ask("Hello!"),
            lambda: session.say(glm.sample("hello"), speed=None),
        ):
            turn()
            said.append(capsys.readouterr().err.count("waiting for the emulator's answer"))
        return said

    with (
        glm.Emulator.start(steady=True, wait=1.5) as emulator,
        glm.connect(emulator.url, api_key=emulator.key, modalities=["text"]) as session,
    ):
        assert all(seen(drawn=True))
        assert not any(seen(drawn=False))
