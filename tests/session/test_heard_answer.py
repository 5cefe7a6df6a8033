"""``play=True`` outside of notebooks: the answer comes out of the machine's loudspeaker."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
import warnings
from collections.abc import Callable

import pytest

import glmkit as glm
from glmkit.errors import Busy, GlmWarning, TurnTimeout
from glmkit.protocol.event_kinds import AUDIO_DELTA
from tests.stand_in_device import StandInDevice, StandInPortAudio

WHO = "Who are you?"


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> StandInDevice:
    made = StandInDevice()
    monkeypatch.setitem(sys.modules, "sounddevice", StandInPortAudio(made))  # type: ignore[arg-type]
    return made


@pytest.mark.slow
def test_an_answer_is_heard_as_it_comes_and_whole(device: StandInDevice) -> None:
    """It sounds before all of it is there, and the call returns when it has been heard."""
    with glm.connect("emulator") as session:
        begun: list[bool] = []
        watching = threading.Thread(target=_note_whether_it_sounds, args=(session, device, begun))
        watching.start()
        turn = session.ask(WHO, play=True)
        watching.join()
        assert begun == [True]
        assert turn.audio is not None
        assert turn.audio.to_pcm().strip(b"\0") in device.played
        assert device.open_loudspeakers == 0


def _note_whether_it_sounds(session: glm.Session, device: StandInDevice, begun: list[bool]) -> None:
    """Look at the loudspeaker when the answer's last piece has come."""
    for event in session:
        if event.type == "response.done":
            begun.append(bool(device.played))
            return


@pytest.mark.long
async def test_whoever_awaits_hears_it_too(device: StandInDevice) -> None:
    """The same in asyncio, for a clip."""
    async with glm.aio.connect("emulator") as session:
        turn = await session.say(glm.sample("hello_en"), speed=None, play=True)
        assert turn.audio is not None
        assert turn.audio.to_pcm().strip(b"\0") in device.played


@pytest.mark.slow
async def test_what_is_broken_off_falls_silent(device: StandInDevice) -> None:
    """A cancelled call and a refused one leave no loudspeaker open, and no sound."""
    async with glm.aio.connect("emulator") as session:
        asking = asyncio.create_task(session.ask("Tell me a joke", play=True))
        await _until(lambda: len(device.played) > device.rate)  # half a second of it
        with pytest.raises(Busy):
            await session.ask(WHO, play=True)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert device.open_loudspeakers == 0
        with pytest.raises(TurnTimeout):
            await session.ask(WHO, play=True, timeout=0.01)
        assert device.open_loudspeakers == 0
        assert (await session.ask(WHO)).transcript


async def _until(ready: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not ready():
        assert time.monotonic() < until
        await asyncio.sleep(0.01)


@pytest.mark.slow
def test_without_a_loudspeaker_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once, at the line that called; the turns are had."""
    monkeypatch.setitem(sys.modules, "sounddevice", None)  # type: ignore[arg-type]
    with glm.connect("emulator") as session, warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        first, second = (session.ask(WHO, play=True) for _ in range(2))
    assert first.transcript
    assert second.transcript
    assert [each.category for each in said] == [GlmWarning]
    assert "pip install sounddevice" in str(said[0].message)
    assert said[0].filename == __file__
    assert any(event.type == AUDIO_DELTA for event in first.events)
