"""What no client may do to the others: every limit over a real WebSocket, in a process of its own.

Each abuse is answered as documented, the emulator's memory stays bounded, and a neighbour on the
same emulator has its turns meanwhile.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from typing import Any, cast
from urllib.parse import urlsplit

import psutil
import pytest
from websockets.exceptions import InvalidStatus

from glmkit.emulator.launch import Emulator
from glmkit.emulator.server import running as server_module
from glmkit.emulator.server.running import RunningServer
from glmkit.emulator.session import shared_room
from glmkit.emulator.session.bounds import MOST_CHARACTERS
from glmkit.emulator.session.conversation import MOST_ITEMS, Conversation, read_item
from glmkit.emulator.session.input_buffer import InputBuffer
from glmkit.emulator.session.riff import PcmAudio
from glmkit.emulator.session.shared_room import SharedRoom
from glmkit.emulator.think.dialogue import Heard
from glmkit.protocol.table import SESSION, SPECS, Field
from glmkit.verify.raw_client import configuration
from tests.bare import (
    KEY,
    SECONDS,
    Bare,
    b64,
    joined,
    jpeg,
    of,
    running,
    sample,
    silence,
    talking,
    types,
    wav,
)

MOST_MB = 150
SPOKEN = sample("joke_zh")
SPEECH = SPOKEN[16_000:44_800]  # inside the sentence, without a pause
WRITTEN = {"type": "message", "content": [{"type": "input_text", "text": "hello"}]}
VIDEO = {"chat_mode": "video_passive"}
VALUES: dict[str, Any] = {
    "string": "x",
    "integer": 1,
    "number": 1.5,
    "boolean": True,
    "object": {"a": {}},
    "array": [[]],
    "null": None,
}


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    """One emulator in a process of its own, whose memory can be looked at."""
    with Emulator.start(key=KEY, pace=0, heartbeat=0, ping_timeout=4) as started:
        asyncio.run(loaded(started))
        yield started
        started.check()


async def loaded(emulator: Emulator) -> None:
    """Waits until what recognises and speaks is there, with the memory that long sounds need."""
    async with joined(cast(RunningServer, emulator)) as first:
        await first.update()
        for words in ("跟我说：春天来了，花都开了。", "Repeat after me: spring is here."):
            await first.write(words)
            await first.send("response.create")
            assert (await first.next("response.done"))["response"]["status"] == "completed"
        for _ in range(2):
            await first.ask((SPOKEN[3_200:] * 10)[: 28 * 32_000])


@asynccontextmanager
async def beside(emulator: Emulator) -> AsyncIterator[Bare]:
    """A client free to do harm; meanwhile a neighbour has turns, and nothing grows or breaks."""
    server = cast(RunningServer, emulator)  # both have a url
    process, over = psutil.Process(emulator.pid), asyncio.Event()
    grown: list[float] = []

    async def live(neighbour: Bare) -> None:
        while not (grown and over.is_set()):
            events = await neighbour.ask(SPOKEN)
            assert events[-1]["response"]["status"] == "completed"
            grown.append((process.memory_info().rss - before) / 1e6)

    async with joined(server) as neighbour:
        await neighbour.update()
        before = process.memory_info().rss
        life = asyncio.create_task(live(neighbour))
        try:
            async with joined(server) as bare:
                yield bare
                over.set()
                await asyncio.wait_for(life, SECONDS)
                bare.socket.transport.abort()  # a close would wait for what it did not read
        finally:
            life.cancel()
        assert max(grown) < MOST_MB
    emulator.check()


def errors(events: list[dict[str, Any]]) -> list[str]:
    return [event["error"]["code"] for event in of(events, "error")]


async def is_silent(bare: Bare) -> bool:
    """Whether the configuration in force is still that of written answers."""
    events = await bare.ask(SPOKEN)
    assert events[-1]["response"]["status"] == "completed"
    return not [each for each in types(events) if each.startswith("response.audio")]


# -- sound ---------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize("frames", [1, 20])
async def test_a_message_over_16_mib_is_closed_with_1009(emulator: Emulator, frames: int) -> None:
    """In one frame or in many small ones; nothing of it is kept."""
    async with beside(emulator) as bare:
        piece = "x" * (17 * 2**20 // frames)
        sending = asyncio.create_task(bare.socket.send([piece] * frames))
        await bare.closed()
        await asyncio.wait([sending])
        sending.exception()
        assert bare.socket.close_code == 1009


@pytest.mark.parametrize(
    ("format", "append"),
    [("pcm16", silence(4)), ("wav", wav(bytes(1_500_000), 192_000))],
    ids=["30 s", "10 MB"],
)
async def test_a_buffer_over_its_limit_is_an_error_once(
    emulator: Emulator, format: str, append: bytes
) -> None:
    """Then it is dropped, however much comes; a clear makes room for a turn."""
    async with beside(emulator) as bare:
        await bare.update(input_audio_format=format)
        for _ in range(60):
            await bare.append(append)
        assert errors(await bare.fence()) == ["audio_buffer_size_exceeded"]
        await bare.send("input_audio_buffer.clear")
        await bare.update()
        assert (await bare.ask(SPOKEN))[-1]["response"]["status"] == "completed"


async def test_a_turn_nobody_ends_is_an_error_once(emulator: Emulator) -> None:
    """Speech beyond the buffer under server VAD; the session goes on after a clear."""
    async with beside(emulator) as bare:
        await bare.update(turn_detection={"type": "server_vad"})
        for _ in range(10):
            await bare.append(SPEECH * 40)
        assert errors(await bare.fence()) == ["audio_buffer_size_exceeded"]
        await bare.send("input_audio_buffer.clear")
        await bare.append(SPOKEN + silence(1))
        done = await bare.next("response.done")
        assert done["response"]["status"] == "completed"


async def test_thousands_of_appends_before_any_configuration(emulator: Emulator) -> None:
    """The defaults hold: WAV files are kept up to the limit, and the rest is one error."""
    async with beside(emulator) as bare:
        append = json.dumps({"type": "input_audio_buffer.append", "audio": b64(wav(silence(0.1)))})
        for _ in range(5_000):
            await bare.socket.send(append)
        assert errors(await bare.fence()) == ["audio_buffer_size_exceeded"]


@pytest.mark.parametrize("format", ["pcm16", "wav"])
async def test_sound_of_no_length_piles_up_nowhere(format: str) -> None:
    """A WAV without samples is an error, half a sample waits for its other half."""
    async with talking() as bare:
        await bare.update(input_audio_format=format)
        await bare.next("heartbeat")
        await bare.append(wav(b"") if format == "wav" else b"\0")
        expected = ["1214"] if format == "wav" else []
        assert errors(await bare.fence()) == expected
        await bare.send("input_audio_buffer.commit")  # nothing was kept to commit
        assert (await bare.error())["code"] == "1214"


@pytest.mark.parametrize("bad", ["?", "abc", "AAAA\n", "é", "data:audio/wav;base64,AAAA"])
async def test_what_is_not_base64_is_an_error(bad: str) -> None:
    """For sound and for pictures, naming the field."""
    async with talking() as bare:
        await bare.update(beta_fields=VIDEO)
        for type, field in (("append", "audio"), ("append_video_frame", "video_frame")):
            await bare.send(f"input_audio_buffer.{type}", **{field: bad})
            error = await bare.error()
            assert (error["code"], error["param"]) == ("1214", field)


async def test_what_is_said_faster_than_understood_waits() -> None:
    """At most eight recognitions are under way; further commits are read when one is done."""
    async with talking(lenient_wav=True) as bare:
        await bare.update()
        for number in range(14):
            await bare.append(SPEECH[640 * number :])
            await bare.send("input_audio_buffer.commit")
        most = 0
        for _ in range(14):
            await bare.next("input_audio_buffer.committed")
            hearing = [each for each in asyncio.all_tasks() if each.get_name() == "hearing"]
            most = max(most, len(hearing))
        assert 0 < most <= 9  # the ninth is on its way into the list


# -- every field, every kind ---------------------------------------------------------------


def wrong(field: Field) -> dict[str, Any]:
    """A value of each JSON kind that the table does not allow for ``field``."""
    allowed = {"string" if kind in ("base64", "json") else kind for kind in field.kinds}
    allowed |= {"integer"} if "number" in allowed else set()
    return {kind: value for kind, value in VALUES.items() if kind not in allowed}


CLIENT = [spec for spec in SPECS.values() if spec.direction == "client"]


@pytest.mark.parametrize("spec", [s for s in CLIENT if s.fields], ids=lambda spec: spec.type)
async def test_every_field_of_every_event_refuses_every_wrong_kind(spec: Any) -> None:
    """One error, which names the field; null is as good as absent."""
    async with talking() as bare:
        await bare.update(beta_fields=VIDEO)
        await bare.next("heartbeat")
        for field in spec.fields:
            for kind, value in wrong(field).items():
                others = {f.name: VALUES["object"] for f in spec.fields if f is not field}
                await bare.send(spec.type, **others, **{field.name: value})
                found = [e["error"] for e in of(await bare.fence(), "error")]
                if kind == "null" and not field.required:
                    continue
                assert len(found) == 1, (field.name, kind)
                assert found[0]["code"] == ("1213" if kind == "null" else "1214")
                assert found[0]["param"] == field.name or field.name not in found[0]["message"]


@pytest.mark.parametrize("spec", CLIENT, ids=lambda spec: spec.type)
@pytest.mark.parametrize("field", ["event_id", "client_timestamp"])
async def test_the_common_fields_are_taken_in_every_kind(spec: Any, field: str) -> None:
    """Nothing depends on them: official samples send seconds, and clocks that began at boot."""
    async with talking() as bare:
        await bare.send(spec.type)
        plain = errors(await bare.fence())
        for value in VALUES.values():
            await bare.send(spec.type, **{field: value})
            assert errors(await bare.fence()) == plain


@pytest.mark.parametrize("field", SESSION, ids=lambda field: field.name)
async def test_every_field_of_a_configuration_refuses_every_wrong_kind(field: Field) -> None:
    """One error, which names it, and the configuration in force stays; null is the default."""
    async with talking() as bare:
        await bare.update(modalities=["text"])
        await bare.next("heartbeat")
        for kind, value in wrong(field).items():
            await bare.send("session.update", session=configuration(**{field.name: value}))
            came = await bare.fence()
            if kind == "null":
                assert len(of(came, "session.updated")) == 1
                await bare.update(modalities=["text"])
                continue
            [error] = [e["error"] for e in of(came, "error")]
            assert error["param"].startswith(f"session.{field.name}")
            assert of(came, "session.updated") == []
        assert await is_silent(bare)


SCHEMA = {"type": "object", "properties": {"city": {"type": "string", "description": "the city"}}}


@pytest.mark.parametrize("keyword", ["type", "description", "properties", "required", "enum"])
async def test_every_keyword_of_a_tool_refuses_every_wrong_kind(keyword: str) -> None:
    """Outside and inside; what is taken can be answered with."""
    async with talking() as bare:
        for value in VALUES.values():
            inner = {"type": "object", "properties": {"city": {"type": "string", keyword: value}}}
            for schema in ({**SCHEMA, keyword: value}, inner):
                tool = {"type": "function", "name": "weather", "description": "the weather"}
                session = configuration(modalities=["text"], tools=[{**tool, "parameters": schema}])
                await bare.send("session.update", session=session)
                answer = await bare.next("session.updated", "error")
                if answer["type"] == "error":
                    assert answer["error"]["param"].startswith("session.tools[0].parameters")
                    continue
                await bare.write("What is the weather in Paris?")
                await bare.send("response.create")
                done = await bare.next("response.done")
                assert done["response"]["status"] in ("completed", "failed")


# -- shapes --------------------------------------------------------------------------------


def deep(levels: int) -> str:
    return '{"a":' * levels + "1" + "}" * levels


PLACES = {
    "tools": ("session.update", '{"session": {"tools": [%s]}}'),
    "parameters": (
        "session.update",
        '{"session": {"tools": [{"type": "function", "name": "f", "parameters": %s}]}}',
    ),
    "transcription": ("session.update", '{"session": {"input_audio_transcription": %s}}'),
    "modalities": ("session.update", '{"session": {"modalities": [%s]}}'),
    "turn_detection": ("session.update", '{"session": {"turn_detection": {"type": %s}}}'),
    "item": ("conversation.item.create", '{"item": %s}'),
    "item type": ("conversation.item.create", '{"item": {"type": %s}}'),
    "item role": (
        "conversation.item.create",
        '{"item": {"type": "message", "role": %s, "content": []}}',
    ),
    "content": ("conversation.item.create", '{"item": {"type": "message", "content": [%s]}}'),
    "audio": ("input_audio_buffer.append", '{"audio": %s}'),
    "response": ("response.create", '{"response": %s}'),
    "type": ("%s", "{}"),
}


@pytest.mark.parametrize("place", PLACES)
async def test_deep_json_is_refused_and_changes_nothing(place: str) -> None:
    """At every depth around what a decoder and an encoder can do, and far beyond."""
    type, rest = PLACES[place]
    async with talking() as bare:
        await bare.update(modalities=["text"])
        await bare.next("heartbeat")
        for levels in (100, 500, *range(940, 1_000, 4), 100_000):
            event = json.loads(rest % '"DEEP"' if "%s" in rest else rest)
            if type == "session.update":
                event["session"] = configuration(**event["session"])
            event["type"] = "DEEP" if type == "%s" else type
            await bare.socket.send(json.dumps(event).replace('"DEEP"', deep(levels)))
            refused = len(errors(await bare.fence()))
            assert refused == 1 or (refused == 0 and place == "response")  # that is ignored
        assert await is_silent(bare)


@pytest.mark.parametrize("number", ["1" + "0" * 30, "1" + "0" * 5_000, "1e400", "NaN"])
async def test_numbers_beyond_measure_are_survived(number: str) -> None:
    """They are taken or refused; the answer to them is one event."""
    async with talking() as bare:
        await bare.update()
        await bare.next("heartbeat")
        tool = {"type": "function", "name": "f", "parameters": {"maximum": "N"}}
        for session in (
            configuration(temperature="N"),
            configuration(max_response_output_tokens="N"),
            configuration(tools=[tool]),
            configuration(turn_detection={"type": "server_vad", "silence_duration_ms": "N"}),
        ):
            event = json.dumps({"type": "session.update", "session": session})
            await bare.socket.send(event.replace('"N"', number))
            came = types(await bare.fence())
            assert came.count("error") + came.count("session.updated") == 1


async def test_words_beyond_any_context_are_1261() -> None:
    """Instructions, messages, outputs and whole events; the last good configuration holds."""
    words = "x" * (MOST_CHARACTERS + 1)
    tool = {"type": "function", "name": "f", "description": words * 20}
    output = {"type": "function_call_output", "output": words}
    async with talking() as bare:
        await bare.update(modalities=["text"], instructions=words[1:])
        for session in (configuration(instructions=words), configuration(tools=[tool])):
            await bare.send("session.update", session=session)
            assert (await bare.error())["code"] == "1261"
        await bare.write(words)
        assert (await bare.error())["code"] == "1261"
        await bare.send("conversation.item.create", item=output)
        assert (await bare.error())["code"] == "1261"
        assert await is_silent(bare)


# -- what is kept --------------------------------------------------------------------------


async def test_megabytes_of_words_are_not_kept(emulator: Emulator) -> None:
    """Each is an error, and the conversation goes on."""
    async with beside(emulator) as bare:
        await bare.update()
        for _ in range(15):  # 180 MB, were they kept
            await bare.write("x" * 12_000_000)
            assert (await bare.error())["code"] == "1261"


@pytest.mark.parametrize("id", [None, "mine"])
async def test_messages_nobody_asks_about_are_forgotten(id: str | None) -> None:
    """The oldest of too many goes, whether ids are new or one is used again."""
    part = {"type": "input_text", "text": "x" * 30_000}
    item = {"type": "message", "id": id, "content": [part]}
    async with running() as server, joined(server) as bare:
        await bare.update(modalities=["text"])
        for _ in range(MOST_ITEMS + 20):
            await bare.send("conversation.item.create", item=item)
        made = [e["item"]["id"] for e in of(await bare.fence(), "conversation.item.created")]
        for each, known in ((made[0], id is not None), (made[-1], True)):
            await bare.send("conversation.item.retrieve", item_id=each)
            answer = await bare.next("conversation.item.retrieved", "error")
            assert (answer["type"] != "error") == known
        await bare.send("conversation.item.delete", item_id=made[-1])
        await bare.next("conversation.item.deleted")
        if id is not None:  # there was but one
            await bare.send("conversation.item.retrieve", item_id=id)
            await bare.error()


def test_what_was_forgotten_waits_for_no_answer() -> None:
    """Nor does a message that another with its id replaced."""
    conversation = Conversation()
    for number in range(MOST_ITEMS + 20):
        part = {"type": "text", "text": str(number)}
        item = {"type": "message", "id": f"item{max(number, 5)}", "content": [part]}
        conversation.add(read_item(item, conversation))
    waiting = [item.words for item in conversation.take().items]
    assert waiting == [str(number) for number in range(20, MOST_ITEMS + 20)]


@pytest.mark.long
async def test_big_pictures_are_not_kept_for_ever(emulator: Emulator) -> None:
    """Ten megabytes wait for a turn, twenty stay in the conversation."""
    picture = b64(jpeg() + bytes(6_000_000))
    async with beside(emulator) as bare:
        await bare.update(beta_fields=VIDEO)
        for count in (28, *[1] * 30):  # either is more than may be kept: that wait, that stay
            for _ in range(count):
                await bare.send("input_audio_buffer.append_video_frame", video_frame=picture)
            await bare.append(SPEECH)
            await bare.send("input_audio_buffer.commit")
            await bare.next("input_audio_buffer.committed")
        await bare.send("response.create")
        assert (await bare.next("response.done"))["response"]["status"] == "completed"


# -- pictures and compression --------------------------------------------------------------


def claiming(width: int, height: int) -> bytes:
    """A small JPEG whose header claims another size."""
    small = jpeg(56, 56)
    at = small.index(b"\xff\xc0") + 5
    return small[:at] + height.to_bytes(2, "big") + width.to_bytes(2, "big") + small[at + 4 :]


@pytest.mark.parametrize(
    "bad",
    [b"GIF89a" + bytes(100), wav(SPOKEN), jpeg()[:20], claiming(65_535, 65_535), claiming(0, 9)],
    ids=["gif", "sound", "cut", "gigapixels", "nothing"],
)
async def test_what_is_no_picture_is_an_error(emulator: Emulator, bad: bytes) -> None:
    """Nothing of it is unpacked, and a good picture after it is seen."""
    async with beside(emulator) as bare:
        await bare.update(beta_fields=VIDEO)
        for _ in range(20):
            await bare.send("input_audio_buffer.append_video_frame", video_frame=b64(bad))
            error = await bare.error()
            assert (error["code"], error["param"]) == ("1214", "video_frame")
        await bare.send("input_audio_buffer.append_video_frame", video_frame=b64(jpeg()))
        assert (await bare.ask(SPOKEN))[-1]["response"]["status"] == "completed"


async def test_a_picture_that_cannot_be_unpacked_gets_an_answer() -> None:
    """Its header is well and its pixels are not: the turn is not lost."""
    broken = jpeg(560, 560)
    broken = broken[: len(broken) // 2]
    async with talking() as bare:
        await bare.update(beta_fields=VIDEO, modalities=["text"])
        await bare.send("input_audio_buffer.append_video_frame", video_frame=b64(broken))
        await bare.append(silence(0.5))
        await bare.send("input_audio_buffer.commit")
        await bare.write("What do you see?")
        await bare.send("response.create")
        assert (await bare.next("response.done"))["response"]["status"] == "completed"


async def test_compression_is_not_offered(emulator: Emulator) -> None:
    """So nothing can unfold here: a compressed frame closes its connection with 1002."""
    async with beside(emulator) as bare:
        assert bare.socket.response is not None
        assert "Sec-WebSocket-Extensions" not in bare.socket.response.headers
        bare.socket.transport.write(b"\xc1\x85\0\0\0\0" + b"\xaa\x00\x00\x00\xff")
        await bare.closed()
        assert bare.socket.close_code == 1002
    offer = {"Authorization": f"Bearer {KEY}", "Sec-WebSocket-Extensions": "permessage-deflate"}
    async with joined(cast(RunningServer, emulator), headers=offer) as bare:
        await bare.update()


# -- the door ------------------------------------------------------------------------------


async def test_who_reads_nothing_is_dropped(emulator: Emulator) -> None:
    """After ``--ping-timeout`` with something unread; until then little is kept for it."""
    async with beside(emulator) as bare:
        await bare.update()
        bare.socket.transport.pause_reading()
        sending = asyncio.create_task(ask_for_ever(bare))
        gone, _ = await asyncio.wait([bare.socket.connection_lost_waiter], timeout=SECONDS)
        bare.socket.transport.abort()
        await asyncio.wait([sending])  # it can send no more
        assert gone
        assert sending.exception() is not None


async def ask_for_ever(bare: Bare) -> None:
    """Answers without end, and megabytes of noise behind them."""
    while True:
        await bare.append(sample("story_zh"))
        await bare.send("input_audio_buffer.commit")
        await bare.send("response.create")
        await bare.send("nonsense", noise="x" * 2_000_000)


async def knock(port: int, words: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(words)
    return reader, writer


async def test_the_oldest_of_too_many_half_open_connections_is_sent_away() -> None:
    """With 408 and a sentence; whoever asks properly is let in at once."""
    async with running(connections=2) as server:
        knocked = [await knock(server.port, words) for words in (b"", b"GET /") * 40]
        async with joined(server) as bare:
            assert types(await bare.ask(wav(SPOKEN)))[-1] == "response.done"
        answer = await asyncio.wait_for(knocked[0][0].read(), SECONDS)
        assert answer.startswith(b"HTTP/1.1 408 ")
        assert json.loads(answer.partition(b"\r\n\r\n")[2])["error"]["code"] == "1302"
        for _, writer in knocked:
            writer.close()


@pytest.mark.parametrize(
    "words", [b"", b"GET /", b"GET / HTTP/1.1\r\n", b"NONSENSE\r\n\r\n", b"\x16\x03"]
)
async def test_who_never_asks_is_sent_away(monkeypatch: pytest.MonkeyPatch, words: bytes) -> None:
    """Connected, or half a request: closed after ten seconds, here after a tenth of one."""
    monkeypatch.setattr(server_module, "OPEN_SECONDS", 0.1)
    async with running() as server, joined(server) as bare:
        reader, writer = await knock(server.port, words)
        assert await asyncio.wait_for(reader.read(), SECONDS) == b""
        writer.close()
        await bare.update()


async def test_who_goes_while_much_waits_on_a_slow_line_leaves_the_place() -> None:
    """Nobody waits for room on a line that is gone."""
    async with running(connections=1, faults=["slow_link=20000"]) as server:
        async with joined(server) as bare:
            for _ in range(400):
                await bare.send("nonsense")
            bare.socket.transport.abort()
        server.faults.clear("slow_link")
        await a_place(server)


async def a_place(server: RunningServer) -> None:
    """Wait until somebody is let in."""
    async with asyncio.timeout(SECONDS):
        while True:
            with suppress(InvalidStatus):
                async with joined(server):
                    return
            await asyncio.sleep(0.05)


async def test_nothing_of_a_session_outlives_its_connection() -> None:
    """Neither the running answer nor one that waits for it, and for a transcript."""
    async with running(connections=1, transcription="early") as server:
        async with joined(server) as bare:
            await bare.update()
            await bare.write("Tell me a long story.")
            await bare.send("response.create")
            await bare.next("response.created")
            await bare.append(SPOKEN)
            await bare.send("input_audio_buffer.commit")
            await bare.send("response.create")
            await bare.fence()
            bare.socket.transport.abort()
        await a_place(server)
        assert not {task.get_name() for task in asyncio.all_tasks()} & {"response", "answer"}


async def test_a_flood_of_connections_is_refused_in_words() -> None:
    """All at once, exactly as many as there is room for get in; the others learn when to retry."""
    async with running(connections=5) as server:
        enough = asyncio.Event()

        async def come() -> int:
            try:
                async with joined(server):
                    await asyncio.wait_for(enough.wait(), SECONDS)
                    return 101
            except InvalidStatus as refused:
                response = refused.response
                assert json.loads(response.body)["error"]["code"] == "1302"
                assert int(response.headers["Retry-After"]) > 0
                return response.status_code

        coming = [asyncio.create_task(come()) for _ in range(60)]
        while sum(task.done() for task in coming) < 55:
            await asyncio.wait([t for t in coming if not t.done()], return_when="FIRST_COMPLETED")
        enough.set()
        assert Counter(await asyncio.gather(*coming)) == {101: 5, 503: 55}


@pytest.mark.parametrize(
    "line",
    [
        "GET //[/api/paas/v4/realtime HTTP/1.1",
        "GET http://[x/api/paas/v4/realtime HTTP/1.1",
        "GET /api/paas/v4/realtime?Authorization=%ff.%00 HTTP/1.1",
        "POST /api/paas/v4/realtime HTTP/1.1",
        f"GET /{'x' * 20_000} HTTP/1.1",
    ],
    ids=["brackets", "whole address", "bytes", "post", "long"],
)
async def test_a_request_that_makes_no_sense_is_refused(line: str) -> None:
    """With a status of the client's, never of the server's."""
    async with running() as server:
        host = urlsplit(server.url).netloc
        reader, writer = await knock(server.port, f"{line}\r\nHost: {host}\r\n\r\n".encode())
        status = (await asyncio.wait_for(reader.readline(), SECONDS)).split()[1]
        writer.close()
        assert status.startswith(b"4")


async def test_all_clients_together_fill_no_more_than_the_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What each may keep by itself can be too much together, until some of it goes."""
    monkeypatch.setattr(server_module, "SharedRoom", partial(SharedRoom, most=1_000_000))
    monkeypatch.setattr(shared_room, "_AGAIN", 0.0)
    async with running() as server, AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(joined(server)) for _ in range(4)]
        for client in clients:
            await client.update()
            for _ in range(10):
                await client.append(silence(1))
            await client.send("conversation.item.create", item=WRITTEN)
        for client in clients[:3]:
            await client.next("conversation.item.created")
        refused = await clients[3].next("error")
        assert refused["error"]["code"] == "1305"
        assert "1 MB" in refused["error"]["message"]
        for client in (clients[0], clients[3]):
            await client.send("input_audio_buffer.clear")
            await client.next("input_audio_buffer.cleared")
        before = len(of(clients[3].came, "error"))
        await clients[3].append(silence(1))
        await clients[3].send("conversation.item.create", item=WRITTEN)
        await clients[3].next("conversation.item.created")
        assert len(of(clients[3].came, "error")) == before


async def test_a_session_counts_what_it_keeps() -> None:
    """Sound and pictures that wait, words, and sound that is not recognised yet."""
    buffer, conversation = InputBuffer(), Conversation()
    buffer.add(PcmAudio(bytes(1_000), 16_000))
    picture = jpeg()
    buffer.add_frame(b64(picture))
    assert buffer.kept == 1_000 + len(picture)
    item = read_item(WRITTEN, conversation)
    item.hearing, item.sound_bytes = asyncio.ensure_future(asyncio.sleep(0, Heard("hi"))), 1_000
    conversation.add(item)
    assert conversation.kept == 1_000 + len("hello")
    await item.hearing
    await asyncio.sleep(0)
    buffer.clear()
    assert (buffer.kept, conversation.kept) == (0, len("hello"))
