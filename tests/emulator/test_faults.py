"""What goes wrong on purpose: each fault strikes where its name says, and can be taken back."""

from __future__ import annotations

import asyncio
import itertools
import json
from typing import get_args

import pytest
from websockets.exceptions import ConnectionClosedError, InvalidStatus

import glmkit as glm
from glmkit import aio
from glmkit.emulator.faults import TABLE, Faults, Name, listing
from glmkit.emulator.server.running import RunningServer
from glmkit.errors import (
    BadArgument,
    Disconnected,
    GlmError,
    Refused,
    Rejected,
    ServiceError,
    TurnTimeout,
)
from glmkit.verify.raw_client import configuration
from tests.bare import (
    KEY,
    SECONDS,
    Bare,
    joined,
    of,
    running,
    sample,
    sound,
    talking,
    types,
)

SPOKEN = sample("joke_en")


async def begin(bare: Bare) -> None:
    """Ask for an answer."""
    await bare.update()
    await bare.append(SPOKEN)
    await bare.send("input_audio_buffer.commit")
    await bare.send("response.create")


async def refusal(server: RunningServer) -> tuple[int, str]:
    with pytest.raises(InvalidStatus) as found:
        async with joined(server):
            pass
    response = found.value.response
    return response.status_code, json.loads(response.body)["error"]["code"]


def test_the_table_has_every_fault() -> None:
    """The table and the names agree."""
    assert set(TABLE) == set(get_args(Name))


async def test_unauthorized_refuses_with_the_chosen_code_as_often_as_said() -> None:
    """401 before the upgrade; ``times`` counts."""
    async with running() as server:
        server.faults.set("unauthorized", value="1003", times=1)
        assert await refusal(server) == (401, "1003")
        async with joined(server):
            assert server.faults.active() == {}


async def test_busy_refuses_with_429() -> None:
    """Too many requests."""
    async with running(faults=["busy"]) as server:
        assert await refusal(server) == (429, "1302")
        server.faults.clear("busy")
        async with joined(server):
            pass


async def test_bad_model_is_1234_and_1003() -> None:
    """Whatever the address says; the error blames the fault, not the address."""
    async with running(faults=["bad_model"]) as server, joined(server, greeted=False) as bare:
        error = await bare.error()
        assert error["code"] == "1234"
        assert "bad_model" in error["message"]
        with pytest.raises(ConnectionClosedError):
            await bare.any()
        assert bare.socket.close_code == 1003


async def test_who_is_turned_away_over_a_bad_line_leaves_no_task_behind() -> None:
    """The task that plays the line ends with every session, also with one that never began."""
    async with running(faults=["latency=0.01"]) as server:
        async with joined(server, query="?model=other", greeted=False) as bare:
            await bare.error()
            (line,) = (task for task in asyncio.all_tasks() if task.get_name() == "detour")
        async with asyncio.timeout(SECONDS):
            await asyncio.wait([line])


@pytest.mark.slow
async def test_a_slow_line_that_is_cut_holds_nobody() -> None:
    """Whoever waits for room on it is let go when the client is; the server closes at once."""
    async with running(faults=["latency=60"]) as server:
        async with joined(server, greeted=False) as bare:
            for _ in range(300):  # more than the line takes
                await bare.send("response.cancel")
            async with asyncio.timeout(SECONDS):
                await server.close()


async def test_arrears_also_refuse_answers() -> None:
    """1113 to session.update and to response.create, in band."""
    async with talking(faults=["arrears"]) as bare:
        await bare.send("response.create")
        assert (await bare.error())["code"] == "1113"
        await bare.send("session.update", session=configuration())
        assert (await bare.error())["code"] == "1113"


async def test_reconnect_exceeded_closes_after_the_update() -> None:
    """The backend's route died."""
    async with talking(faults=["reconnect_exceeded"]) as bare:
        await bare.send("session.update", session=configuration())
        assert (await bare.error())["code"] == "downstream_reconnect_exceeded"
        with pytest.raises(ConnectionClosedError):
            await bare.any()


async def test_no_heartbeat_stops_heartbeats() -> None:
    """Also in the middle of a session."""
    async with running(heartbeat=0.02) as server, joined(server) as bare:
        await bare.next("heartbeat")
        server.faults.set("no_heartbeat")
        await bare.fence()
        mark = len(bare.came)
        for _ in range(10):
            await bare.update()
            await asyncio.sleep(0.01)
        assert "heartbeat" not in types(bare.came[mark:])


async def test_rate_limit_is_an_error_over_so_many_appends() -> None:
    """Not below."""
    async with talking(faults=["rate_limit=5"]) as bare:
        await bare.update()
        await bare.fence()
        for _ in range(5):
            await bare.append(bytes(320))
        assert await bare.fence() == []
        await bare.append(bytes(320))
        assert (await bare.error())["code"] == "rate_limit_error"


async def test_empty_reply_is_created_and_done() -> None:
    """And nothing in between."""
    async with talking(faults=["empty_reply"]) as bare:
        await begin(bare)
        done = await bare.next("response.done")
    inside = [t for t in bare.types() if t.startswith("response.")]
    assert inside == ["response.created", "response.done"]
    assert done["response"]["status"] == "completed"


async def test_failed_reply_is_an_error_and_done_failed() -> None:
    """With the chosen code; the next answer is well."""
    async with talking(faults=["failed_reply=1301,times=1"]) as bare:
        await begin(bare)
        assert (await bare.error())["code"] == "1301"
        assert (await bare.next("response.done"))["response"]["status"] == "failed"
        events = await bare.ask(SPOKEN)
    assert events[-1]["response"]["status"] == "completed"


@pytest.mark.parametrize(("fault", "code"), [("close_1011,after=2", 1011), ("cut,after=2", 1006)])
async def test_the_connection_ends_mid_answer(fault: str, code: int) -> None:
    """By a close frame, or without one, after the second piece of sound."""
    async with talking(faults=[fault]) as bare:
        await begin(bare)
        await bare.closed()
        assert bare.socket.close_code == code
    assert len(of(bare.came, "response.audio.delta")) <= 2
    assert "response.done" not in bare.types()


async def test_stall_leaves_the_session_open() -> None:
    """The answer goes silent; a cancel still ends it."""
    async with talking(faults=["stall,after=2,times=1"]) as bare:
        await begin(bare)
        await bare.next("response.audio.delta")
        await bare.next("response.audio.delta")
        await bare.fence()
        await bare.send("response.cancel")
        assert (await bare.next("response.done"))["response"]["status"] == "cancelled"
    assert len(of(bare.came, "response.audio.delta")) == 2


async def test_malformed_sends_what_is_no_json() -> None:
    """Once, in the middle of an answer."""
    async with talking(faults=["malformed,times=1"]) as bare:
        await begin(bare)
        with pytest.raises(json.JSONDecodeError):
            await bare.next("response.done")
        assert (await bare.next("response.done"))["response"]["status"] == "completed"


async def test_unknown_event_sends_one_nobody_knows() -> None:
    """A tolerant client goes on."""
    async with talking(faults=["unknown_event,times=1"]) as bare:
        await begin(bare)
        await bare.next("response.done")
    assert "response.emulator.unheard_of" in bare.types()


async def test_split_samples_cuts_deltas_inside_samples() -> None:
    """Each delta is odd, the whole is even."""
    async with talking(faults=["split_samples"]) as bare:
        await begin(bare)
        await bare.next("response.done")
    sizes = [len(sound([e])) for e in of(bare.came, "response.audio.delta")]
    assert any(size % 2 for size in sizes)
    assert sum(sizes) % 2 == 0


async def test_latency_and_jitter_keep_the_order() -> None:
    """Everything comes later, in order."""
    async with running() as server, joined(server) as bare:
        server.faults.set("latency", value=0.15)
        server.faults.set("jitter", value=0.05)
        loop = asyncio.get_running_loop()
        began = loop.time()
        await bare.update()
        assert loop.time() - began >= 0.15
        events = await bare.ask(SPOKEN)
    assert events[-1]["response"]["status"] == "completed"
    assert order_is_kept(events)


async def test_slow_link_takes_its_time() -> None:
    """So many bytes a second."""
    async with talking(faults=["slow_link=20000"]) as bare:
        loop = asyncio.get_running_loop()
        began = loop.time()
        await bare.fence()  # session.created and the rest: more than 1 kB
        assert loop.time() - began > 0.01


async def test_duplicate_repeats_only_what_adds_nothing_up() -> None:
    """No delta and no response.done comes twice; a copy has its original's id."""
    async with talking(faults=["duplicate"]) as bare:
        await begin(bare)
        await bare.next("response.done")
    counts = {t: bare.types().count(t) for t in set(bare.types())}
    assert counts["session.updated"] == counts["input_audio_buffer.committed"] == 2
    assert counts["response.created"] == counts["response.done"] == 1
    ids = [e["event_id"] for e in of(bare.came, "response.audio_transcript.delta")]
    assert len(ids) == len(set(ids))
    assert len({e["event_id"] for e in of(bare.came, "session.updated")}) == 1


async def test_reorder_stays_within_the_documented_freedom() -> None:
    """Types change places; within a type, and created and done, the order stays."""
    async with talking() as bare:
        await begin(bare)
        await bare.next("response.done")
    async with talking(faults=["reorder"]) as mixed:
        await begin(mixed)
        await mixed.next("response.done")
    events = [e for e in mixed.came if e["type"].startswith("response.")]
    assert events[0]["type"] == "response.created"
    assert events[-1]["type"] == "response.done"
    plain = [e["type"] for e in bare.came if e["type"].startswith("response.")]
    assert types(events) != plain
    assert order_is_kept(events)


def order_is_kept(events: list[dict[str, object]]) -> bool:
    """Whether transcript deltas come in the order that makes the transcript."""
    said = "".join(str(e["delta"]) for e in of(events, "response.audio_transcript.delta"))
    [done] = of(events, "response.audio_transcript.done")
    return said == done["transcript"]


async def test_the_log_shows_that_a_fault_struck() -> None:
    """A learner can see that it was on purpose."""
    async with running(faults=["unknown_event"]) as server, joined(server) as bare:
        await begin(bare)
        await bare.next("response.done")
        rows = list(itertools.chain(*(session["events"] for session in server.log())))
    assert ["note", "fault"] in [row[1:3] for row in rows]
    assert KEY.partition(".")[2] not in json.dumps(rows)


def test_unknown_faults_are_answered_with_the_list() -> None:
    """Setting and clearing alike."""
    faults = Faults()
    for call in (faults.set, faults.clear):
        with pytest.raises(BadArgument, match="latency"):
            call("gravity")
        with pytest.raises(BadArgument, match="latency"):
            call([])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (f"latency={10**400}", "cannot be a setting of fault 'latency'"),
        ("latency,times=2", "'latency' has no setting times, expected value"),
        ("cut=3", "'cut' has no setting value, expected after, times"),
        ("reconnect_exceeded=0.5", "'reconnect_exceeded' has no setting value"),
        ("reorder,after=2", "'reorder' takes no settings, found after"),
        ("busy,times=abc", "'abc' cannot be a setting of fault 'busy'"),
        ("stall,after=1.5", "'1.5' cannot be a setting of fault 'stall'"),
    ],
)
def test_a_setting_that_would_do_nothing_is_refused(words: str, said: str) -> None:
    """By the fault's own name, with what it does take."""
    with pytest.raises(BadArgument) as found:
        Faults.parse([words])
    assert said in str(found.value)


@pytest.mark.parametrize(("lang", "word"), [("en", "the line is dead"), ("zh", "断线")])
def test_the_list_says_what_each_fault_does(
    lang: str, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line each, in the reader's language; what is set is marked, with its settings."""
    monkeypatch.setenv("GLMKIT_LANG", lang)
    faults = Faults.parse(["cut,after=2", "latency=0.5"])
    lines = listing("ws://here", faults.active()).splitlines()
    assert "ws://here" in lines[0]
    rows = {line[2:].split()[0]: line for line in lines[3:]}
    assert rows.keys() == TABLE.keys()
    assert [name for name, row in rows.items() if row.startswith("●")] == ["cut", "latency"]
    assert "after=2, times=None" in rows["cut"]
    assert word in rows["cut"]
    assert "value=0.5" in rows["latency"]
    assert "value='1302', times=None" in rows["busy"]


# -- what our own session makes of each ----------------------------------------------------

#: Fault → how it is set, what it raises, and the code that the error tells.
FATAL: dict[str, tuple[str, type[GlmError], str | None]] = {
    "unauthorized": ("unauthorized=1003", Refused, "1003"),
    "busy": ("busy", Refused, "1302"),
    "gateway": ("gateway=503", Refused, None),
    "bad_model": ("bad_model", Rejected, "1234"),
    "arrears": ("arrears", Rejected, "1113"),
    "reconnect_exceeded": (
        "reconnect_exceeded", Rejected, "downstream_reconnect_exceeded",
    ),
    "rate_limit": ("rate_limit=5", Rejected, "rate_limit_error"),
    "close_1011": ("close_1011,after=2", Disconnected, "1011"),
    "cut": ("cut,after=2", Disconnected, "1006"),
    "stall": ("stall,after=2", TurnTimeout, None),
}  # fmt: skip
#: Fault → how it is set: the turn ends, and nothing of it is lost.
MILD: dict[str, str] = {
    "no_heartbeat": "no_heartbeat",
    "late_hearing": "late_hearing=0.2",
    "malformed": "malformed,times=1",
    "unknown_event": "unknown_event",
    "split_samples": "split_samples",
    "latency": "latency=0.05",
    "jitter": "jitter=0.02",
    "slow_link": "slow_link=5000000",
    "duplicate": "duplicate",
    "reorder": "reorder",
}
#: Fault → the status of the turn, which has no words.
EMPTY: dict[str, str] = {"empty_reply": "completed", "failed_reply": "failed"}


def test_our_session_meets_every_fault() -> None:
    """No fault of the table is left out below."""
    assert FATAL.keys() | MILD.keys() | EMPTY.keys() | {"vad_deaf"} == TABLE.keys()


@pytest.mark.slow
@pytest.mark.parametrize("fault", FATAL)
async def test_our_session_names_what_ends_it(fault: str) -> None:
    """The error is of its kind, tells the code, and carries what arrived."""
    setting, kind, code = FATAL[fault]
    async with running(faults=[setting]) as server:
        with pytest.raises(kind) as found:
            async with aio.connect(server.url, api_key=KEY) as session:
                await session.say(glm.sample("joke_en"), speed=None, timeout=2)
    error = found.value
    assert isinstance(error, ServiceError)
    assert code is None or str(error.code) == code
    if fault in ("close_1011", "cut", "stall"):
        assert error.turn is not None
        assert error.turn.audio is not None


@pytest.mark.slow
@pytest.mark.parametrize("fault", MILD)
async def test_our_session_loses_nothing_to(fault: str) -> None:
    """Words and sound are those of an undisturbed turn."""
    turns = []
    for faults in ([], [MILD[fault]]):
        async with running(faults=faults) as server:
            async with aio.connect(server.url, api_key=KEY) as session:
                turns.append(await session.say(glm.sample("joke_en"), speed=None))
    plain, struck = turns
    assert struck.status == "completed"
    assert struck.transcript == plain.transcript != ""
    assert struck.audio is not None
    assert struck.audio == plain.audio


@pytest.mark.parametrize("fault", EMPTY)
async def test_our_session_ends_a_turn_without_words(fault: str) -> None:
    """It is a turn, and the next one is well."""
    async with running(faults=[f"{fault},times=1"]) as server:
        async with aio.connect(server.url, api_key=KEY) as session:
            turn = await session.say(glm.sample("joke_en"), speed=None)
            assert (turn.status, turn.transcript) == (EMPTY[fault], "")
            assert (await session.ask("Hello")).status == "completed"


def get_time() -> str:
    """What time it is."""
    return "noon"


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:with tools")
async def test_server_vad_that_goes_deaf_misses_one_end_and_a_commit_frees_it() -> None:
    """Only where tools are declared, unless it always is; client VAD is spared."""
    joke = glm.sample("joke_en")
    async with running(faults=["vad_deaf,times=1"]) as server:
        async with aio.connect(server.url, api_key=KEY, vad="server") as session:
            assert (await session.say(joke, speed=None)).status == "completed"
            session.tool(get_time)
            with pytest.raises(TurnTimeout, match="never said that you stopped"):
                await session.say(joke, speed=None, timeout=1)
            assert (await session.say(joke, speed=None)).status == "completed"
            server.faults.set("vad_deaf", times=1)
            await session.send(glm.events.append((joke + glm.Clip.silence(2)).to_pcm()))
            async with session.exchange(10) as exchange:
                await exchange.until(lambda: session.fold.speaking)
                await exchange.commit()
                assert await exchange.until(lambda: exchange.last_segment, within=5)
            server.faults.set("vad_deaf")
            await session.update(vad="client")
            assert (await session.say(joke, speed=None)).status == "completed"


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:with tools", "ignore:server VAD did not end")
async def test_the_troubled_profile_goes_wrong_as_was_reported_and_then_goes_on() -> None:
    """A gateway's page, a server VAD that is deaf beside tools, a failed answer: each explained."""
    waits = glm.Waits(fallback=0.3, after_fallback=20, transcript=0.1)
    with_tools = {"vad": "server", "tools": [get_time], "waits": waits}
    async with running(profile="troubled") as server:
        with pytest.raises(Refused, match=r"502.*not the service"):
            await aio.connect(server.url, api_key=KEY)
        async with aio.connect(server.url, api_key=KEY, **with_tools) as session:
            for _ in range(2):
                await session.say(glm.sample("joke_zh"), speed=None, fallback="commit")
    assert [turn.status for turn in session.turns] == ["failed", "completed"]
    assert [turn.fallback for turn in session.turns] == ["commit", "commit"]
    done = session.trace.select("response.done")[0].inner("response")
    assert done["status_details"]["error"]["code"] == "model_query_error"
    assert server.faults.active().keys() == {"vad_deaf"}


async def test_a_fault_of_ones_own_is_set_instead_of_the_profiles() -> None:
    """The last word is the person's; the switches beside it, too."""
    own = {"faults": ["gateway=503"], "status_details": False, "text_turns": "answer"}
    async with running(profile="troubled", **own) as server:
        for _ in range(2):
            with pytest.raises(Refused, match="503"):
                await aio.connect(server.url, api_key=KEY)
        server.faults.clear("gateway")
        async with aio.connect(server.url, api_key=KEY, modalities=["text"]) as session:
            assert (await session.ask("Hello")).status == "failed"
            assert (await session.ask("Hello")).status == "completed"
    done = session.trace.select("response.done")[0].inner("response")
    assert "status_details" not in done
