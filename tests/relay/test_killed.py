"""A relay that is killed outright in mid-turn, and one that goes on in its folder."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

import glmkit as glm
from glmkit.emulator.launch import Emulator
from glmkit.relay.kept_session import KeptSession
from tests.bare import KEY, SECONDS, running
from tests.cli.processes import command, line
from tests.relay.relayed import CLIENT_KEY

ASKED = "tell me a joke"


async def replayed(path: Path) -> str:
    """What a replay of a recording answers to what was asked first."""
    async with running(replay=str(path), replay_speed=0, key=KEY) as server:
        async with glm.aio.connect(server.url, api_key=KEY) as session:
            return (await session.ask(ASKED)).transcript


async def until_written(part: Path, words: bytes) -> None:
    async with asyncio.timeout(SECONDS):
        while words not in (part / "events.jsonl").read_bytes():
            await asyncio.sleep(0.05)


def names(folder: Path, pattern: str = "*") -> set[Path]:
    return {*folder.glob(pattern)}


async def one_of(folder: Path, pattern: str, *, but: set[Path] | None = None) -> Path:
    """The one that is new there, once it is."""
    async with asyncio.timeout(SECONDS):
        while not (found := names(folder, pattern) - (but or set())):
            await asyncio.sleep(0.05)
    [path] = found
    return path


@pytest.mark.slow
async def test_what_a_killed_relay_kept_replays_and_stays(
    tmp_path: Path, glm_emulator: Emulator
) -> None:
    """What was whole is as it was; what was cut is read to its last whole event, and replays;
    the relay that is started again keeps its sessions beside both."""
    (tmp_path / "service.key").write_text(glm_emulator.key.reveal(), encoding="utf-8")
    (tmp_path / "client.key").write_text(CLIENT_KEY.reveal(), encoding="utf-8")
    words = ["relay", "--to", glm_emulator.url, "--key-file", str(tmp_path / "service.key")]
    words += ["--client-keys", str(tmp_path / "client.key")]
    words += ["--port", "0", "--save", str(folder := tmp_path / "kept")]
    with command(*words) as process:
        url = line(process)
        async with glm.aio.connect(url, api_key=CLIENT_KEY) as session:
            whole_said = (await session.ask(ASKED)).transcript
        whole = await one_of(folder, "*.glm")
        cut_session = await glm.aio.connect(url, api_key=CLIENT_KEY)
        cut_said = (await cut_session.ask(ASKED)).transcript
        part = await one_of(folder, "*.part")
        await until_written(part, b'"response.done"')
        asking = asyncio.create_task(cut_session.ask(ASKED))
        await until_written(part, b'"response.created"')
        process.kill()
        process.wait(10)
        with pytest.raises(glm.errors.GlmError):
            await asking
        await cut_session.close()
    before = whole.read_bytes()
    with (part / "events.jsonl").open("ab") as events:  # a write that the kill cut off
        events.write(b'{"at": 1, "direction": "server", "data": {"type": "resp')
    with command(*words) as process:
        async with glm.aio.connect(line(process), api_key=CLIENT_KEY) as session:
            assert (await session.ask(ASKED)).status == "completed"
        added = await one_of(folder, "*.glm", but={whole})
    assert whole.read_bytes() == before
    assert glm.Trace.load(added).turns()[0].status == "completed"
    assert (await replayed(whole), await replayed(part)) == (whole_said, cut_said)
    assert glm.Trace.load(glm.Trace.recover(part)).turns()[0].transcript == cut_said


async def test_a_name_that_is_taken_is_never_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a relay of before, whole or cut off, in the same second or with a clock set back."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    paths = list[Path]()
    for _ in range(2):  # relays that both begin to count
        kept = KeptSession(tmp_path, "guest", 1, peer="live", url="wss://example")
        assert await kept.close() is not None
        paths.append(kept.path)
    going_on = KeptSession(tmp_path, "guest", 1, peer="live", url="wss://example")
    beside = KeptSession(tmp_path, "guest", 1, peer="live", url="wss://example")
    paths += [going_on.path, beside.path]
    assert [path.stem.rpartition("-")[2] for path in paths] == ["1", "2", "3", "4"]
    assert [await each.close() for each in (going_on, beside)] == paths[2:]
    assert names(tmp_path) == {*paths}
