"""The emulator's front door: who is let in, what it survives, what it keeps to itself."""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed, InvalidStatus

from glmkit.emulator.faults import Faults
from glmkit.emulator.options import PATH, Options
from glmkit.emulator.server.running import RunningServer
from glmkit.errors import BadArgument
from glmkit.protocol.serving.guarded_connection import (
    Arrivals,
    GuardedConnection,
    PendingHandshakes,
)
from glmkit.turns.trace import Trace
from glmkit.verify.raw_client import configuration
from tests.bare import (
    KEY,
    SECONDS,
    b64,
    joined,
    of,
    running,
    sample,
    talking,
    types,
    wav,
)

BEARER = f"Authorization: Bearer {KEY}"


async def knock(server: RunningServer, *lines: str, path: str = PATH) -> tuple[int, dict[str, Any]]:
    """The status of an upgrade with these header lines, and the refusal's error object."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    head = [
        f"GET {path} HTTP/1.1",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        *lines,
    ]
    if not any(line.startswith("Host:") for line in lines):
        head.append(f"Host: 127.0.0.1:{server.port}")
    writer.write(("\r\n".join(head) + "\r\n\r\n").encode())
    answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), SECONDS)
    status = int(answer.split()[1])
    body = await reader.read() if status != 101 else b"{}"
    writer.close()
    return status, json.loads(body).get("error", {})


@pytest.mark.slow
def test_importing_the_server_leaves_heavy_things_out() -> None:
    """numpy, soundfile and onnxruntime are loaded after it listens, not before."""
    code = (
        "import sys, glmkit.emulator.server.running;"
        "print([n for n in ('numpy', 'soundfile', 'onnxruntime', 'soxr') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ((BEARER,), 101),
        ((f"Authorization: {KEY}",), 101),
        ((f"authorization: bearer {KEY}",), 101),
        ((BEARER, "Host: localhost:1"), 101),
        ((BEARER, "Host: [::1]:1"), 101),
        ((BEARER, "Host: evil.example"), 403),
        ((BEARER, "Host: 192.168.0.7"), 403),
        ((BEARER, "Host: 127.0.0.1.evil.example"), 403),
        ((BEARER, "Origin: https://evil.example"), 403),
        ((BEARER, "Origin: http://localhost:8888"), 403),
        ((BEARER, "Origin: null"), 403),
        ((BEARER, BEARER), 400),
        (("Authorization: Basic abc",), 401),
        (("Authorization: Bearer " + "x" * 5_000,), 401),
    ],
)
async def test_who_is_let_in(lines: tuple[str, ...], status: int) -> None:
    """Keys in their forms, this machine's names; no page and no other name unless allowed."""
    async with running() as server:
        found, error = await knock(server, *lines)
    assert found == status
    assert (status == 101) == (error == {})


async def test_allowed_pages_and_names_are_let_in() -> None:
    """--allow-origin and --allow-host."""
    page = "http://localhost:8888"
    async with running(allow_origins=[page], allow_hosts=["teacher.example"]) as server:
        assert (await knock(server, BEARER, f"Origin: {page}"))[0] == 101
        assert (await knock(server, BEARER, "Host: teacher.example:9"))[0] == 101
        assert (await knock(server, BEARER, f"Origin: {page}0"))[0] == 403


async def test_another_path_is_not_found() -> None:
    """Only the service's own path is served."""
    async with running() as server:
        status, error = await knock(server, BEARER, path="/realtime")
    assert status == 404
    assert PATH in error["message"]


async def test_any_key_takes_well_formed_keys_and_no_unknown_token() -> None:
    """A token cannot be checked without its key."""
    from tests.emulator.test_conformance import token

    async with running(any_key=True, key="") as server:
        assert (await knock(server, "Authorization: Bearer some.key"))[0] == 101
        assert (await knock(server, "Authorization: Bearer some"))[0] == 401
        assert (await knock(server, f"Authorization: Bearer {token()}"))[0] == 401


async def test_each_key_of_several_is_let_in() -> None:
    """One a pupil."""
    other = "f" * 32 + ".zyxwvutsrqponmlk"
    async with running(keys=[other]) as server:
        for key in (KEY, other):
            assert (await knock(server, f"Authorization: Bearer {key}"))[0] == 101
        mixed = f"{KEY.partition('.')[0]}.{other.partition('.')[2]}"
        assert (await knock(server, f"Authorization: Bearer {mixed}"))[0] == 401


async def test_a_full_server_says_so() -> None:
    """Over the limit of connections: 503, a sentence, and when to try again."""
    async with running(connections=1) as server, joined(server):
        with pytest.raises(InvalidStatus) as refusal:
            async with joined(server):
                pass
        assert refusal.value.response.status_code == 503
        assert "Retry-After" in refusal.value.response.headers
    async with running(connections=1) as server:
        for _ in range(3):  # a place is free again after each
            async with joined(server):
                pass


def test_other_machines_are_let_in_only_with_a_key() -> None:
    """Binding beyond loopback needs an explicit key; --any-key is none."""
    for switches in ({}, {"any_key": True}):
        with pytest.raises(BadArgument, match="key"):
            Options(host="0.0.0.0", **switches)
    assert Options(host="0.0.0.0", key=KEY).reachable
    assert not Options(host="::1").reachable


def test_options_cross_the_pipe_and_hide_their_keys() -> None:
    """JSON and back is the same; no key in the repr."""
    options = Options(key=KEY, keys=("a.b",), faults=("cut,after=2",), text_events=False)
    assert Options.from_json(json.loads(json.dumps(options.to_json()))) == options
    assert KEY not in repr(options)
    assert not options.behaviour.text_events


@pytest.mark.parametrize(
    "bad",
    [
        *({"port": -1}, {"port": 1.5}, {"heartbeat": "often"}, {"pace": True}, {"key": "no dot"}),
        *({"usage": "guess"}, {"profile": []}, {"host": None}, {"host": ""}, {"replay": 5}),
        *({"any_key": object()}, {"keys": 5}, {"keys": [None]}, {"allow_hosts": None}),
        *({"faults": [1]}, {"faults": {"latency": 0.2}}, {"dialogue": None}),
    ],
)
def test_a_switch_that_cannot_be_is_refused(bad: dict[str, Any]) -> None:
    """Each names what it found."""
    with pytest.raises(BadArgument):
        Options(**{"key": KEY, **bad})


async def test_no_key_is_ever_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Not by websockets at DEBUG, not in the sessions' log, not in a refusal."""
    caplog.set_level(logging.DEBUG)
    async with running() as server:
        async with joined(server, query=f"?Authorization={KEY}") as bare:
            await bare.update()
        await knock(server, f"Authorization: Bearer {KEY}x")
        log = json.dumps(server.log())
    secret = KEY.partition(".")[2]
    assert "GET /api/paas" in caplog.text
    assert secret not in "\n".join(r.getMessage() for r in caplog.records if "client" not in r.name)
    assert secret not in log


async def test_the_log_tells_a_session_in_rows() -> None:
    """Events both ways with times; appends in a row share one."""
    async with running() as server:
        async with joined(server) as bare:
            await bare.update()
            for _ in range(5):
                await bare.append(bytes(3200))
            await bare.fence()
        [session] = server.log()
        json.dumps(session)
    appends = [row for row in session["events"] if row[2] == "input_audio_buffer.append"]
    assert [row[1] for row in appends] == ["in"]
    assert appends[0][3]["count"] == 5
    first, last = appends[0][0], appends[0][3]["until"]
    assert first <= last
    assert [round(first, 4), round(last, 4)] == [first, last]
    sent = [row[2] for row in session["events"] if row[1] == "out"]
    assert sent[:3] == ["heartbeat", "session.created", "conversation.created"]


async def test_a_binary_frame_is_an_event_too() -> None:
    """The documentation allows them; what is no UTF-8 there is an error."""
    async with talking() as bare:
        await bare.socket.send(json.dumps({"type": "input_audio_buffer.clear"}).encode())
        await bare.next("input_audio_buffer.cleared")
        await bare.socket.send(b'{"type": "\xff"}')
        assert (await bare.error())["code"] == "invalid_event"


async def test_text_that_is_not_utf_8_disturbs_nobody() -> None:
    """It is an error or a close, and other sessions go on."""
    async with running() as server, joined(server) as bare, joined(server) as other:
        await bare.socket.send(b'{"type": "\xff"}', text=True)
        assert (await bare.error())["code"] == "invalid_event"
        await other.update()


@pytest.mark.parametrize("value", [None, 1, True, "x", [], {}])
@pytest.mark.parametrize("field", ["type", "role", "content", "output", "call_id", "id"])
async def test_every_field_of_an_item_survives_every_type(field: str, value: object) -> None:
    """An item is created or refused; the server never stumbles."""
    part = {"type": "input_text", "text": "hello"}
    whole = {"type": "message", "role": "user", "content": [part]}
    output = {"type": "function_call_output", "output": "1", "call_id": "c"}
    async with talking() as bare:
        for item in (whole, output):
            await bare.send("conversation.item.create", item={**item, field: value})
            came = types(await bare.fence())
            assert came.count("error") + came.count("conversation.item.created") == 1


async def test_half_a_character_is_said_as_it_came() -> None:
    """An output whose JSON spells half a pair is answered, to the end."""
    async with talking() as bare:
        await bare.update(modalities=["text"])
        item = {"type": "function_call_output", "output": r'"a \ud83d"'}
        await bare.send("conversation.item.create", item=item)
        await bare.send("response.create")
        assert (await bare.next("response.done"))["response"]["status"] == "completed"
        assert "\ud83d" in of(bare.came, "response.text.done")[0]["text"]


async def test_an_idle_session_is_closed() -> None:
    """Where the switch says so; heartbeats of the server's do not count."""
    async with talking(idle_close=0.2, heartbeat=0.05) as bare:
        await bare.closed()
        assert bare.socket.close_code == 1000


async def test_the_official_samples_files_are_a_stream_to_send(tmp_path: Path) -> None:
    """JSON lines, blank lines, comments: read, sent line by line, and answered."""
    spoken = sample("joke_zh")
    appends = [
        {
            "type": "input_audio_buffer.append",
            "audio": b64(wav(spoken[at : at + 6_400])),
            "delta": "",
        }
        for at in range(0, len(spoken), 6_400)
    ]
    update = {"type": "session.update", "session": configuration(input_audio_format="wav")}
    lines = ["// a turn", json.dumps(update), "", *map(json.dumps, appends)]
    lines += ['{"type": "input_audio_buffer.commit"}', "", '{"type": "response.create"}']
    file = tmp_path / "Audio.ClientVad.Input"
    file.write_text("\n".join(lines), encoding="utf-8")
    async with talking() as bare:
        for event in Trace.load(file):
            await bare.socket.send(event.to_json(), text=True)
        done = await bare.next("response.done")
    assert done["response"]["status"] == "completed"
    assert of(bare.came, "error") == []


SWITCHED = {
    "text_events": {"response.text.delta", "response.text.done"},
    "part_events": {
        f"response.{part}.{what}"
        for part in ("output_item", "content_part")
        for what in ("added", "done")
    },
    "conversation_created": {"conversation.created"},
}


@pytest.mark.parametrize("switch", SWITCHED)
@pytest.mark.parametrize("on", [True, False])
async def test_events_that_some_report_and_some_do_not_are_switched(switch: str, on: bool) -> None:
    """One switch alone: exactly its events come, or do not."""
    async with talking(**{switch: on}) as bare:
        await bare.update()
        await bare.ask(sample("joke_zh"))
    every = set().union(*SWITCHED.values())
    assert every & set(bare.types()) == every - (set() if on else SWITCHED[switch])


@pytest.mark.parametrize("on", [True, False])
async def test_fields_that_some_report_and_some_do_not_are_switched(on: bool) -> None:
    """error.type, and what speech events carry beside their id and type."""
    async with talking(error_type=on, speech_fields=on) as bare:
        await bare.update(turn_detection={"type": "server_vad"})
        await bare.append(sample("joke_zh") + bytes(32_000))
        await bare.next("response.done")
        await bare.send("nonsense")
        assert ("type" in await bare.error()) == on
    for what in ("started", "stopped"):
        [event] = of(bare.came, f"input_audio_buffer.speech_{what}")
        assert (event.keys() == {"event_id", "type"}) != on


async def test_closing_ends_sessions_and_may_be_repeated() -> None:
    """Open sessions are closed with 1001."""
    async with running() as server, joined(server) as bare:
        await server.close()
        await server.close()
        await bare.closed()
        assert bare.socket.close_code == 1001


async def test_a_client_that_vanishes_mid_answer_leaves_nothing_behind() -> None:
    """Its tasks end; the next client is served."""
    async with running(pace=1) as server:
        before = asyncio.all_tasks()
        async with joined(server) as bare:
            await bare.update()
            await bare.append(sample("joke_zh"))
            await bare.send("input_audio_buffer.commit")
            await bare.send("response.create")
            await bare.next("response.audio.delta")
            bare.socket.transport.abort()
        async with joined(server) as bare:
            await bare.update()
        left = {t for t in asyncio.all_tasks() - before if t.get_name() in ("response", "answer")}
        if left:
            assert not (await asyncio.wait(left, timeout=SECONDS))[1]


@pytest.mark.slow
async def test_a_client_that_leaves_and_reads_on_has_ended_the_connection() -> None:
    """The socket closes with the last byte that was waiting: the end is one like any other."""
    ended = asyncio.get_running_loop().create_future()

    async def talk(socket: ServerConnection) -> None:
        await socket.recv()
        try:
            while True:
                await socket.send(bytes(100_000))
        except Exception as error:  # noqa: BLE001 - it is looked at below
            ended.set_result(error)

    guarded = partial(
        GuardedConnection, PendingHandshakes(most=1, patience=SECONDS), Arrivals(), "/_none"
    )
    async with serve(talk, "127.0.0.1", 0, create_connection=guarded) as server:
        port = server.sockets[0].getsockname()[1]
        async with connect(
            f"ws://127.0.0.1:{port}", proxy=None, compression=None, max_queue=None
        ) as client:
            client.transport.pause_reading()
            await client.send("begin")
            await asyncio.sleep(1)  # by then what is sent waits
            client.transport.write_eof()
            await asyncio.sleep(0.1)  # it is seen before anything is read
            client.transport.resume_reading()
            assert isinstance(await asyncio.wait_for(ended, SECONDS), ConnectionClosed)


async def test_messages_that_are_never_finished_count_for_all_clients() -> None:
    """Whoever fills most is dropped; others go on, and nothing of who left is counted."""
    arrivals, taken = Arrivals(most=1_000_000), list[int]()

    async def take(socket: ServerConnection) -> None:
        async for message in socket:
            taken.append(len(message))

    async def unfinished(pieces: int) -> AsyncIterator[str]:
        for _ in range(pieces):
            yield "q" * 50_000
        await asyncio.sleep(SECONDS)

    handshakes = PendingHandshakes(most=9, patience=SECONDS)
    guarded = partial(GuardedConnection, handshakes, arrivals, "/_none")
    async with serve(take, "127.0.0.1", 0, create_connection=guarded) as server:
        address = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with (
            connect(address, proxy=None, compression=None) as little,
            connect(address, proxy=None, compression=None) as much,
        ):
            sending = [
                asyncio.create_task(little.send(unfinished(1))),
                asyncio.create_task(much.send(unfinished(30))),
            ]
            await asyncio.wait_for(much.wait_closed(), SECONDS)
            async with connect(address, proxy=None, compression=None) as third:
                for _ in range(10):
                    await third.send("q" * 50_000)
                async with asyncio.timeout(SECONDS):
                    while len(taken) < 10:
                        await asyncio.sleep(0.01)
            for each in sending:
                each.cancel()
            assert little.close_code is None
        await asyncio.sleep(0.1)
    assert taken == [50_000] * 10
    assert arrivals.together == 0


@pytest.mark.slow
async def test_a_thousand_appends_before_any_configuration() -> None:
    """They are heard with the defaults: headerless bytes are an error each, and no more."""
    async with talking() as bare:
        for _ in range(1_000):
            await bare.send("input_audio_buffer.append", audio="AAAA")
        assert len(of(await bare.fence(), "error")) == 1_000
        await bare.send("session.update", session=configuration())
        await bare.next("session.updated")


def test_faults_are_words_on_the_command_line() -> None:
    """``name``, ``name=value``, ``name,times=1``; dashes are taken."""
    faults = Faults.parse(["latency=0.5", "cut,after=2,times=1", "close-1011"])
    assert faults.number("latency") == 0.5
    assert faults.active()["cut"] == {"after": 2, "times": 1}
    assert faults.strike("cut")
    assert faults.strike("cut") is None
    faults.clear("latency")
    faults.clear()
    assert faults.active() == {}
    for bad in ("gravity", "latency=long", "cut,after=0", "cut,size=2"):
        with pytest.raises(BadArgument):
            Faults.parse([bad])
