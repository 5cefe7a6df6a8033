"""What a relay keeps: a recording of each session that folds, replays and holds no key."""

from __future__ import annotations

import asyncio
import json
import os
import zipfile
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

import glmkit as glm
from glmkit.relay.kept_session import KeptSession
from tests.bare import KEY, SECONDS, running
from tests.relay.relayed import CLIENT_KEY, bare_guest, guest, relayed

CLIP = "joke_en"


def names(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern))


def lines_of(part: Path) -> bytes:
    return (part / "events.jsonl").read_bytes()


async def _recorded(folder: Path) -> tuple[Path, glm.Turn]:
    async with relayed(save=folder) as relay:
        async with glm.aio.connect(relay.url, api_key=CLIENT_KEY, voice="xiaochen") as session:
            turn = await session.say(glm.sample(CLIP), speed=None)
        while not (found := names(folder, "*.glm")):  # until it is packed
            await asyncio.sleep(0.02)
    return found[0], turn


async def test_a_session_is_kept_and_replays(tmp_path: Path) -> None:
    """The same turn is read back, against the service; a replay of it answers the same again."""
    async with asyncio.timeout(60):
        path, turn = await _recorded(tmp_path)
    trace = glm.Trace.load(path)
    [kept] = trace.turns()
    assert (trace.peer, kept.latency.peer) == ("emulator", "emulator")
    assert (trace.model, trace.about["who"]) == ("glm-realtime-flash", CLIENT_KEY.id)
    assert (kept.transcript, kept.status) == (turn.transcript, "completed")
    assert kept.audio is not None
    assert turn.audio is not None
    assert kept.audio.to_pcm() == turn.audio.to_pcm()
    async with running(replay=str(path), replay_speed=0, key=KEY) as server:
        async with glm.aio.connect(server.url, api_key=KEY, voice="xiaochen") as session:
            again = await session.say(glm.sample(CLIP), speed=None)
    assert again.transcript == turn.transcript
    assert names(tmp_path, "*.part") == []


async def test_a_recording_holds_no_key(tmp_path: Path) -> None:
    """Neither the client's nor the service's, in none of its parts."""
    async with asyncio.timeout(60):
        path, _ = await _recorded(tmp_path)
    with zipfile.ZipFile(path) as pack:
        held = b"".join(pack.read(name) for name in pack.namelist())
    for key in (KEY, CLIENT_KEY.reveal()):
        assert key.rpartition(".")[2].encode() not in held


async def test_a_recording_that_is_cut_off_can_be_read(tmp_path: Path) -> None:
    """What a killed relay leaves is a part, which loads with its model."""
    kept = KeptSession(tmp_path, "guest", 1, peer="live", url="wss://example/path?key=x")
    kept.take('{"type":"session.update","session":{"model":"glm-realtime-air"}}', "client")
    [part] = names(tmp_path, "*.part")
    while b"session.update" not in lines_of(part):
        await asyncio.sleep(0.05)
    trace = glm.Trace.load(part)
    assert (trace.peer, trace.model) == ("live", "glm-realtime-air")
    assert await kept.close() == kept.path


@pytest.mark.slow
async def test_many_that_leave_at_once_are_packed_two_at_a_time(tmp_path: Path) -> None:
    """All are whole in the end, and a class that is over takes the room of two of them."""
    most = 0
    async with relayed(save=tmp_path) as relay, asyncio.timeout(60):
        async with AsyncExitStack() as stack:
            guests = [await stack.enter_async_context(bare_guest(relay)) for _ in range(8)]
            for each in guests:
                await each.update()
                await each.append(os.urandom(100_000))
                await each.send("input_audio_buffer.clear")
            for each in guests:
                await each.next("input_audio_buffer.cleared")
        while len(names(tmp_path, "*.glm")) < 8:
            most = max(most, len(names(tmp_path, ".*.tmp")))
            await asyncio.sleep(0.001)
    assert 1 <= most <= 2
    assert names(tmp_path, "*.part") == []


async def test_a_relay_that_cannot_record_passes_nothing_on(tmp_path: Path) -> None:
    """Whoever asked for recordings is not left without them unnoticed."""
    place = tmp_path / "kept"
    place.write_bytes(b"")
    async with relayed(save=place) as relay, guest(relay) as socket:
        error = json.loads(await asyncio.wait_for(socket.recv(), SECONDS))["error"]
        assert error["code"] == "upstream_not_kept"
        assert "kept" in error["message"]
        await asyncio.wait_for(socket.wait_closed(), SECONDS)
