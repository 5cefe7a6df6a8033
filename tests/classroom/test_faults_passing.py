"""What goes wrong on the way of a class: at the service, at the pupil, in what is said."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed, InvalidStatus

import glmkit as glm
from glmkit.auth.tokens import make_token
from glmkit.classroom.core import ClassRules
from glmkit.classroom.limits import Limits
from glmkit.classroom.roster import MOST, Pupil
from glmkit.classroom.running_class import RunningClass
from glmkit.errors import ConnectFailed
from glmkit.relay.listener import MOST_MESSAGE, ListenAt
from glmkit.relay.upstream import OPENING
from glmkit.verify.raw_client import open_socket
from tests.bare import SECONDS, Bare, sample
from tests.classroom.taught import pupil, seat, taught, until
from tests.classroom.test_hand_in import bundle, post
from tests.own_certificate import own_certificate

CLIP = sample("joke_en")


@asynccontextmanager
async def before(
    folder: Path, answer: Callable[[ServerConnection], Awaitable[None]], **more: Any
) -> AsyncIterator[RunningClass]:
    """A class before a server that does what ``answer`` does."""
    async with serve(answer, "127.0.0.1", 0, max_size=None, compression=None) as server:
        url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        async with taught(folder, url=url, **more) as taking:
            yield taking


async def _ready(bare: Bare) -> None:
    await bare.next("session.created")
    await bare.update()


# -- the pupil's side -------------------------------------------------------------------------


async def test_who_is_lost_in_mid_answer_leaves_a_place_and_is_counted(tmp_path: Path) -> None:
    """A laptop that is shut: the next one is served, and what was heard is in the ledger."""
    rules = ClassRules(places=1)
    async with taught(tmp_path, rules, pace=1) as taking, pupil(taking, "seat-07") as lost:
        await _ready(lost)
        async with pupil(taking, "seat-08") as waiting, asyncio.timeout(SECONDS):
            await lost.append(CLIP)
            await lost.send("input_audio_buffer.commit")
            await lost.send("response.create")
            await lost.next("response.audio.delta")
            lost.socket.transport.abort()
            await waiting.next("session.created")
            used = taking.classroom.seats["seat-07"].used
            assert (used.turns, used.received > 0, used.held > 0) == (1, True, True)
            assert not seat(taking, "seat-07")["connected"]


@pytest.mark.long
async def test_whoever_leaves_leaves_no_session_at_the_service(tmp_path: Path) -> None:
    """Cut off at any moment while answers come: else an account's places would run out."""
    there, parted = set[ServerConnection](), asyncio.Event()

    async def flood(socket: ServerConnection) -> None:
        there.add(socket)
        with suppress(ConnectionClosed):
            while True:
                await socket.send("x" * 1_000)
        there.discard(socket)
        parted.set()

    async with before(tmp_path, flood) as taking, asyncio.timeout(4 * SECONDS):
        for moment in range(30):
            async with pupil(taking) as bare:
                for _ in range(1 + moment % 5):
                    await bare.socket.recv()
                bare.socket.transport.abort()
        while there:
            parted.clear()
            await parted.wait()


async def test_of_a_message_the_largest_passes_and_a_larger_one_ends_its_session(
    tmp_path: Path,
) -> None:
    """Sixteen megabytes and a byte: close 1009, at the one who sent it, who may come again."""

    async def echo(socket: ServerConnection) -> None:
        async for message in socket:
            await socket.send(f"{len(message)}")

    async with before(tmp_path, echo, rules=ClassRules(places=1)) as taking:
        for more in (0, 1):
            # AttributeError: a transport that closes with its last bytes, see session/wire
            with suppress(ConnectionClosed, AttributeError):
                async with pupil(taking) as bare:
                    await bare.socket.send("x" * (MOST_MESSAGE + more))
                    got = await asyncio.wait_for(bare.socket.recv(), SECONDS)
                    assert (more, got) == (0, f"{MOST_MESSAGE}")
            assert bare.socket.close_code == (1009 if more else 1000)
            await until(taking, lambda: taking.classroom.places.taken == 0)
        async with pupil(taking, "seat-08") as other:
            await other.socket.send("")
            assert await asyncio.wait_for(other.socket.recv(), SECONDS) == "0"


async def test_of_n_turns_no_more_pass_however_fast_they_are_asked_for(tmp_path: Path) -> None:
    """Twenty requests in one go, and two tabs in turn: of a seat's three, three are answered."""
    rules = ClassRules(seat=Limits(turns=3))
    async with taught(tmp_path, rules) as taking:
        for _ in range(2):
            async with pupil(taking) as bare:
                await _ready(bare)
                for _ in range(10):
                    await bare.write("hello")
                    await bare.send("response.create")
                await bare.fence()
                await bare.fence()
        assert seat(taking)["turns"] == 3
        assert seat(taking)["troubles"]["class_seat_turns"] >= 17


@pytest.mark.parametrize("hours", [-2, -0.01, 0.01, 2])
async def test_a_pupils_clock_that_goes_wrong_is_let_in_or_told_so(
    tmp_path: Path, hours: float
) -> None:
    """Half a minute is nothing, nor is a clock ahead; two hours behind is named as what it is."""
    async with taught(tmp_path) as taking:
        key = taking.classroom.seats["seat-07"].key
        token = make_token(key, now=time.time() + 3600 * hours).reveal()
        try:
            async with open_socket(taking.url, {"Authorization": f"Bearer {token}"}) as socket:
                await Bare(socket).next("session.created")
        except InvalidStatus as refused:
            assert hours == -2
            error = json.loads(refused.response.body)["error"]
            assert (error["code"], "clock" in error["message"]) == ("1003", True)


# -- the service's side --------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "said"), [("zh-CN", "拒绝连接"), ("en", "nothing listens at")])
async def test_why_the_service_is_not_reached_is_in_the_pupils_language(
    tmp_path: Path, lang: str, said: str
) -> None:
    """Whatever the teacher's computer speaks."""
    async with taught(tmp_path, url="ws://127.0.0.1:9/") as taking:
        async with pupil(taking, **{"Accept-Language": lang}) as bare:
            assert said in (await bare.error())["message"]


@pytest.mark.slow
async def test_a_service_that_takes_the_call_and_says_nothing_is_told(tmp_path: Path) -> None:
    """The handshake's deadline strikes for each pupil, and the places are free again."""

    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(say_nothing, "127.0.0.1", 0) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with taught(tmp_path, url=url) as taking:
            async with pupil(taking) as one, pupil(taking, "seat-08") as other:
                for bare in (one, other):
                    said = await bare.error()
                    assert said["code"] == "upstream_unreachable"
                    assert f"did not answer within {OPENING:g}" in said["message"]
                    await bare.closed()
            await until(taking, lambda: taking.classroom.places.taken == 0)


async def test_a_service_slower_than_the_pupil_holds_up_this_one_alone(tmp_path: Path) -> None:
    """What waits is bounded, nothing is lost or out of order, and others go on beside it."""
    read, going_on = list[int](), asyncio.Event()

    async def read_slowly(socket: ServerConnection) -> None:
        async for message in socket:
            if message == "quick":
                await socket.send("answer")
                continue
            await going_on.wait()
            read.append(int(message[:4]))
            await socket.send(message[:4])

    async with before(tmp_path, read_slowly) as taking:
        async with pupil(taking) as slow, pupil(taking, "seat-08") as other:
            sent = 0

            async def send() -> None:
                nonlocal sent
                for number in range(400):
                    await slow.socket.send(f"{number:04d}" + "x" * 200_000)
                    sent += 1

            sending = asyncio.create_task(send())
            seen = -1
            while seen != sent:  # until nothing moves any more
                seen = sent
                await asyncio.sleep(0.2)
            assert sent < 300
            await other.socket.send("quick")
            assert await asyncio.wait_for(other.socket.recv(), SECONDS) == "answer"
            going_on.set()
            got = [int(await asyncio.wait_for(slow.socket.recv(), SECONDS)) for _ in range(400)]
            await sending
    assert got == read == list(range(400))


# -- who is at the door ----------------------------------------------------------------------------


@pytest.mark.long
async def test_ten_thousand_wrong_tokens_keep_nobody_out(tmp_path: Path) -> None:
    """Beside a flood of them a pupil speaks and another one comes in; nothing is left behind."""
    answered = dict[int, int]()
    async with taught(tmp_path) as taking:
        wrong = iter(range(10_000))

        async def flood() -> None:
            for number in wrong:
                key = f"seat-07.{number:018d}"
                header = {"Authorization": f"Bearer {key}"}
                try:  # late or not: the wrong ones are made to wait
                    async with open_socket(taking.url, header, patience=10 * SECONDS):
                        pass
                except InvalidStatus as refused:
                    status = refused.response.status_code
                    answered[status] = answered.get(status, 0) + 1

        flooding = [asyncio.create_task(flood()) for _ in range(50)]
        turns = 0
        async with pupil(taking) as bare:
            await _ready(bare)
            while not all(task.done() for task in flooding):
                async with pupil(taking, "seat-08") as other:
                    await other.next("session.created")
                assert (await bare.ask(CLIP))[-1]["type"] == "response.done"
                turns += 1
                await asyncio.sleep(0.5)
        await asyncio.gather(*flooding)
    assert set(answered) == {401, 429}
    assert (sum(answered.values()), turns > 1) == (10_000, True)


async def test_the_largest_roster_is_a_class(tmp_path: Path) -> None:
    """Two hundred seats, some of whose names are scripts or as long as may be, each its own."""
    names = (
        "<img src=x onerror=alert(1)>",
        "'; DROP TABLE seats; --",
        "王" * 60,
        "a\u0301🙂",
        "=1+1",
    )
    pupils = [Pupil(f"{n}", f"{names[n % len(names)]}") for n in range(MOST)]
    async with taught(tmp_path, pupils=pupils) as taking:
        for id in ("seat-0", "seat-1", "seat-2", f"seat-{MOST - 1}"):
            line = taking.line_of(id).reveal()
            async with glm.aio.connect("class", api_key=line) as session:
                assert session.address.seat.startswith(f"{id[5:]} {names[int(id[5:]) % 5]}"[:30])
        shown = taking.classroom.snapshot()["seats"]
        assert [each["name"] for each in shown] == [each.name for each in pupils]
        assert len({each.key.reveal() for each in taking.classroom.seats.values()}) == MOST


# -- over TLS ----------------------------------------------------------------------------------


@pytest.mark.slow
async def test_a_class_with_a_certificate_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has not got it is told what to do; who names it speaks, and hands in over https."""
    made = own_certificate(tmp_path)
    async with taught(
        tmp_path / "class", at=ListenAt(certfile=made.cert, keyfile=made.key)
    ) as taking:
        line = taking.line_of("seat-07").reveal()
        assert taking.url.startswith("wss://")
        with pytest.raises(ConnectFailed, match=r"SSL_CERT_FILE.*class\.pem"):
            await glm.aio.connect("class", api_key=line)
        with pytest.raises(ConnectFailed, match="SSL_CERT_FILE"):
            await post(taking).send(bundle(), within=1.0)
        monkeypatch.setenv("SSL_CERT_FILE", str(made.cert))
        async with glm.aio.connect("class", api_key=line) as session:
            assert (await session.ask("hello")).status == "completed"
            done = await session.hand_in("03")
        assert (done.number, done.seat) == (1, "07 张三")
        assert (await post(taking, "seat-08").send(bundle(), within=SECONDS))["number"] == 1
