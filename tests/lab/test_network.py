"""Networks in front of a peer: what they do to bytes, and what they leave as it is."""

from __future__ import annotations

import asyncio
import hashlib
import socket
import ssl
import struct
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path

import pytest

import glmkit as glm
from glmkit.errors import BadArgument, BadState, ConnectFailed, NoKey
from glmkit.lab.network_conditions import CONDITIONS, Direction, condition
from glmkit.lab.network_link import Network
from glmkit.lab.shaping import Shaping
from glmkit.texts import text_in
from glmkit.turns.fold import fold_turns
from glmkit.turns.labels import peer_name, reached
from glmkit.turns.trace import Trace
from tests.bare import KEY, running
from tests.listed import check_each
from tests.pictured import a_trace, exchange, voice, words_on

# -- arithmetic ----------------------------------------------------------------------------


def test_bytes_take_their_bandwidth_and_their_delay() -> None:
    """Ten pieces of 125 bytes at 10 kbit/s, sent at once: a tenth of a second each, then 0.3 s."""
    shaping = Shaping(Direction(delay=0.3, bandwidth=10_000), "seed")
    found = [shaping.arrival(5.0, 125) for _ in range(10)]
    assert found == pytest.approx([5.3 + 0.1 * n for n in range(1, 11)])
    assert shaping.arrival(60.0, 0) == pytest.approx(60.3)  # a line that was idle begins anew


def test_nothing_overtakes_what_is_late() -> None:
    """Jitter delays, up to its most, and the order stays; the same seed is the same network."""
    line = Direction(delay=0.1, jitter=0.05)
    found, again = ([Shaping(line, seed).arrival(0.0, 9) for seed in "abcdefgh"] for _ in range(2))
    assert found == again
    assert len(set(found)) == 8
    assert all(0.1 <= at <= 0.15 for at in found)
    shaping = Shaping(line, "a")
    order = [shaping.arrival(n / 1000, 9) for n in range(200)]
    assert order == sorted(order)


def test_nothing_passes_in_a_stall() -> None:
    """Stalls come about as often as is set, and what was sent in one arrives at its end."""
    shaping = Shaping(Direction(stall=0.5, stall_every=2.0), "seed")
    late = [at - sent for sent in (n / 100 for n in range(100_000))
            if (at := shaping.arrival(sent, 1)) > sent]  # fmt: skip
    assert max(late) <= 0.5
    assert len(late) / 100_000 == pytest.approx(0.5 / 2.5, rel=0.15)


def test_a_condition_is_named_and_changed_by_name() -> None:
    """For both directions, or for one; its name says so; its numbers say where they come from."""
    assert all(each.source for each in CONDITIONS.values())
    changed = condition("4G", {"delay": 0.1, "up_bandwidth": 200_000})
    assert (changed.up.delay, changed.down.delay) == (0.1, 0.1)
    assert (changed.up.bandwidth, changed.down.bandwidth) == (200_000, 12e6)
    assert changed.name == "4g (delay=0.1, up_bandwidth=200000)"
    fast = condition("wifi-noon", {"up_bandwidth": 1e6, "down_bandwidth": 1_234_567.5}).name
    assert fast == "wifi-noon (up_bandwidth=1000000, down_bandwidth=1234567.5)"
    never = condition("5g-edge", {"stall": 0}).up
    assert (never.stall, condition("4g", {"stall": 1, "stall_every": 9}).up.stall) == (0, 1)
    assert condition("unshaped", {"bandwidth": None}).up.bandwidth is None


def test_what_is_no_network_is_refused() -> None:
    """With what there is."""

    def refused(words: str, make: Callable[[], object]) -> None:
        with pytest.raises(BadArgument, match=words):
            make()

    network = glm.lab.network
    odd: dict[str, Callable[[], object]] = {
        "satellite": lambda: network("6g"),
        "expected one of": lambda: network(None),  # type: ignore[arg-type]
        "up_delay": lambda: network("4g", speed=3),
        "delay is -1": lambda: network("4g", delay=-1),
        "up_jitter is nan": lambda: network("4g", up_jitter=float("nan")),
        "bandwidth is 0": lambda: network("4g", bandwidth=0),
        "delay is None": lambda: network("4g", delay=None),
        "stall is 1, and": lambda: network("4g", stall=1),
        "stall_every is 3, and": lambda: network("4g", up_stall_every=3),
        "of type|to .* is 'int'": lambda: network("4g", to=5),  # type: ignore[arg-type]
        "seed is 'x'": lambda: network("4g", seed="x"),  # type: ignore[arg-type]
        "one network at a time": lambda: network("4g", to=line),  # type: ignore[arg-type]
    }
    with network("4g") as line:
        check_each(refused, odd.items())


# -- bytes ---------------------------------------------------------------------------------


@asynccontextmanager
async def echo(tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """A server that sends back what it gets, and ends when the other side does."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while piece := await reader.read(65_536):
            writer.write(piece)
            await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0, ssl=tls) as server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["unshaped", "4g"])
async def test_bytes_pass_whole_and_the_end_after_them(name: str) -> None:
    """A megabyte each way is the same at the other end, and takes no less than the line does."""
    sent = hashlib.sha512(b"a").digest() * (1_000_000 // 64)
    async with echo() as host:
        with glm.lab.network(name, jitter=0, delay=0.02) as line:
            opened = await asyncio.open_connection(*await line.near_end(f"ws://{host}"))
            reader, writer = opened
            begun = asyncio.get_running_loop().time()
            writer.write(sent)
            writer.write_eof()
            got = await asyncio.wait_for(reader.read(-1), 30)
            took = asyncio.get_running_loop().time() - begun
            writer.close()
    assert hashlib.sha256(got).digest() == hashlib.sha256(sent).digest()
    bandwidth = line.condition.up.bandwidth
    assert took >= (0.08 if bandwidth is None else 0.08 + 8e6 / bandwidth)  # two round trips


async def test_a_far_end_that_goes_away_is_gone_here() -> None:
    """And closing the line ends what is open over it."""
    async with echo() as host:
        line = glm.lab.network("unshaped")
        reader, writer = await asyncio.open_connection(*await line.near_end(f"ws://{host}"))
        writer.write(b"still here")
        assert await asyncio.wait_for(reader.read(10), 5) == b"still here"
        await asyncio.to_thread(line.close)
        with pytest.raises(ConnectionError):
            assert await asyncio.wait_for(reader.read(1), 5) == b""
            raise ConnectionResetError  # an end is an end, with a reset or without
        writer.close()
    with pytest.raises(BadState, match=r"glm\.lab\.network"):
        await line.near_end(f"ws://{host}")


async def test_a_far_end_that_resets_leaves_no_word_and_no_work(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Also where more was sent than the line holds: its near end is cut off, and that is all."""

    async def cut_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        at_once = struct.pack("ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
        writer.transport.abort()

    async with await asyncio.start_server(cut_off, "127.0.0.1", 0) as server:
        host = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        with glm.lab.network("unshaped", up_bandwidth=4e6) as line:
            reader, writer = await asyncio.open_connection(*await line.near_end(f"ws://{host}"))
            writer.write(bytes(4_000_000))
            with suppress(ConnectionError):
                assert await asyncio.wait_for(reader.read(1), 20) == b""
            writer.close()
    assert caplog.records == []


# -- sessions ------------------------------------------------------------------------------


@pytest.mark.slow
async def test_the_peer_stays_what_it_is_and_the_network_stands_beside_it(tmp_path: Path) -> None:
    """In the turn, the trace, its file, and a row of the lab."""
    async with running(pace=0) as emulator:
        with glm.lab.network("4g", to=emulator.url) as line:
            async with glm.aio.connect(line, api_key=KEY) as session:
                turn = await session.ask("hi")
                await session.save(tmp_path / "x.glm")
    assert (turn.network, turn.peer) == ("4g", session.peer)
    assert turn.latency.first_text is not None
    assert turn.latency.first_text >= 0.055
    assert session.trace.about["network"] == "4g"
    assert [each.network for each in Trace.load(tmp_path / "x.glm").turns()] == ["4g"]
    table = glm.lab.repeat(lambda: turn, 1, warm_up=0)
    assert list(table["network"]) == ["4g"]
    assert list(glm.lab.summary(table, "first_text")["network"]) == ["4g"]


@pytest.mark.slow
def test_the_network_stands_in_every_title_and_note() -> None:
    """Whatever shows a time says over which network it was measured, and still whose it is not."""
    [turn] = fold_turns(exchange(answer=voice(1.0, 24_000)), peer="emulator", network="4g")
    trace = a_trace(2)
    trace.about["network"] = "4g"
    table = glm.lab.repeat(lambda: turn, 3, warm_up=0)
    plots = glm.plots

    def named(shown: str) -> None:
        assert "emulator over 4g" in shown

    check_each(
        named,
        [
            (str(turn),),
            (repr(trace.turns()),),
            *((" ".join(words_on(figure)),) for figure in (
                plots.waveform(turn), plots.timeline(turn), plots.timeline(trace),
                plots.sequence(trace), plots.latency(table), plots.latency(trace),
            )),
            *((thing._repr_mimebundle_()["text/html"],) for thing in (turn, trace, trace.turns())),
        ],
    )  # fmt: skip
    assert "仿真器（经 4g 网络）" in peer_name(
        reached("emulator", "4g"), say=partial(text_in, "zh")
    )


async def test_a_connection_that_breaks_is_made_again_over_the_line() -> None:
    """As without one."""
    async with running(pace=0) as emulator:
        with glm.lab.network("unshaped", to=emulator.url) as line:
            async with glm.aio.connect(line, api_key=KEY) as session:
                await session.reset()
                assert (await session.ask("hi")).network == "unshaped"


async def test_where_nobody_is_the_error_is_that_of_the_far_end() -> None:
    """Refused, and not merely cut off by the line."""
    async with echo() as host:
        pass
    with (
        glm.lab.network("unshaped", to=f"ws://{host}") as line,
        pytest.raises(ConnectFailed, match="refused"),
    ):
        await glm.aio.connect(line, api_key=KEY)


@pytest.fixture
def self_signed(tmp_path: Path) -> ssl.SSLContext:
    """A server's certificate that nobody vouches for."""
    files = tmp_path / "key.pem", tmp_path / "cert.pem"
    options = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    names = ["-keyout", str(files[0]), "-out", str(files[1]), "-subj", "/CN=localhost"]
    subprocess.run(["openssl", "req", "-x509", *options, *names], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files[1], files[0])
    return context


async def test_the_far_hosts_certificate_is_checked_and_a_found_key_stays_here(
    self_signed: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line changes neither: TLS is between both ends, and an address is the far host's."""
    async with echo(self_signed) as host:
        with glm.lab.network("unshaped", to=f"wss://{host}") as line:
            with pytest.raises(ConnectFailed, match="certificate"):
                await glm.aio.connect(line, api_key=KEY)
            monkeypatch.setenv("ZHIPU_API_KEY", KEY)
            with pytest.raises(NoKey):
                await glm.aio.connect(line)


def test_a_line_is_shown_by_what_it_does() -> None:
    """And by no address or key."""
    with glm.lab.network("3g", to="wss://user:secret@far.example") as line:
        assert isinstance(line, Network)
        assert repr(line) == (
            "<network 3g: 300 ms there and back, 0.768 Mbit/s up, 1.6 Mbit/s down>"
        )
