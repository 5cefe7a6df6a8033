"""Handing in: what arrives on the teacher's disk, what breaks off and goes on, what is refused."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

import glmkit as glm
from glmkit.classroom.hand_ins import HandInBounds, HandInRefused, HandIns, Upload
from glmkit.classroom.ledger import Ledger
from glmkit.classroom.running_class import RunningClass
from glmkit.media.clip import Clip
from glmkit.session.address import Address
from glmkit.session.hand_in_bundle import HandInBundle, draft, lesson_name, lesson_score
from glmkit.session.hand_in_upload import PATH, PIECE, HandInPost
from glmkit.turns.trace import Clock, Trace
from tests.bare import SECONDS
from tests.classroom.taught import taught
from tests.pictured import exchange

SEAT = "seat-07"


def noise(seconds: float, rate: int = 24_000) -> Clip:
    samples = np.random.default_rng(1).uniform(-0.5, 0.5, int(seconds * rate))
    return Clip(samples.astype(np.float32), rate)


def bundle(seconds: float = 4.0, lesson: str = "03") -> HandInBundle:
    """A session of one turn whose answer no packing makes smaller."""
    trace = Trace(Clock(1.0, 1.0), peer="class → emulator", model="glm-realtime-flash")
    trace.events = exchange(answer=noise(seconds))
    return draft(trace, f"{lesson} {seconds}", lesson, voice=True)


def post(taking: RunningClass, id: str = SEAT, **other: Any) -> HandInPost:
    key = taking.classroom.seats[id].key
    return HandInPost(replace(Address(taking.url, "class → emulator", key, seat=id), **other))


def stored(folder: Path) -> list[str]:
    """What lies in the folder of hand-ins, unfinished uploads included."""
    root = folder / "hand_ins"
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


@asynccontextmanager
async def http_at(taking: RunningClass, id: str = SEAT) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a seat that knows nothing of the kit."""
    parts = {"Authorization": f"Bearer {taking.classroom.seats[id].key.reveal()}"}
    base = f"http://127.0.0.1:{taking.port}{PATH}"
    async with httpx.AsyncClient(base_url=base, headers=parts, trust_env=False) as http:
        yield http


def test_a_lesson_of_the_course_is_known_however_it_is_written() -> None:
    """A number that the course has not is refused with those it has; own names are taken."""
    for written in ("03", "3", " ０３ "):
        assert lesson_name(written) == "03"
    for name in ("00", "13", "project_1"):
        lesson_score(lesson_name(name))
    with pytest.raises(glm.errors.BadArgument, match=r"found lesson 99.*00, 01.*13.*project_1"):
        lesson_score(lesson_name("99"))


# -- the kit in a class ------------------------------------------------------------------------


@pytest.mark.slow
async def test_a_session_is_handed_in_with_its_checks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Score, hints and turns; without the voice until its owner agrees; withdrawn, it is gone."""
    glm.hint("03-1")
    glm.check("03-1", "nonsense that nobody can read")
    async with taught(tmp_path) as taking:
        line = taking.line_of(SEAT).reveal()
        async with glm.aio.connect("class", api_key=line) as session:
            await session.say(glm.sample("joke_en"), speed=None)
            first = await session.hand_in("03")
            asked = capsys.readouterr().out
            assert ("without your voice" in asked, "May the class see" in asked) == (True, True)
            second = await session.hand_in("03", voice=True, show=True)
            assert await session.hand_in(" 03 ") == second  # nothing is new
            said = capsys.readouterr().out
            assert ("your voice" in said, "May the class" in said) == (False, False)  # only once
            assert [each.number for each in (first, second)] == [1, 2]
            assert (first.seat, first.turns, first.of > 0) == ("07 张三", 1, True)
            assert "07 张三" in repr(first)
            assert [(each.voice, each.show) for each in (first, second)] == [
                (False, False),
                (True, True),
            ]
            assert ("your teacher only" in repr(first), "the class may" in repr(second)) == (
                True,
                True,
            )
            with pytest.raises(glm.errors.BadArgument, match="found lesson 99"):
                await session.hand_in("99")
            with pytest.raises(glm.errors.BadArgument, match="show is 'yes', expected True"):
                await session.hand_in("03", show="yes")  # type: ignore[arg-type]
            with pytest.raises(glm.errors.BadArgument, match="voice is 1"):
                await session.hand_in("03", voice=1)  # type: ignore[arg-type]
            traces = [glm.Trace.load(tmp_path / f"hand_ins/{SEAT}/03-{n}.glm") for n in (1, 2)]
            assert await session.withdraw("03") == 2
            assert stored(tmp_path) == []
            assert await session.withdraw("03") == 0
    spoken = [trace.turns()[0].input for trace in traces]
    assert (spoken[0], spoken[1] is not None) == (None, True)
    assert all(trace.turns()[0].audio is not None for trace in traces)
    assert traces[0].turns()[0].user_transcript == traces[1].turns()[0].user_transcript
    assert [trace.about["hand_in"]["show"] for trace in traces] == [False, True]
    told = traces[0].about["hand_in"]
    assert (told["lesson"], told["voice"], told["tried"]["03-1"]["hints"] > 0) == (
        "03",
        False,
        True,
    )
    assert traces[0].about["who"] == "07 张三"


async def test_what_one_pupil_allows_is_not_allowed_for_the_next_at_the_same_machine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A kernel that goes on from seat to seat asks each about voice and class; both can go back."""

    async def handed(id: str, **consent: bool) -> tuple[bool, bool]:
        line = taking.line_of(id).reveal()
        async with glm.aio.connect("class", api_key=line) as session:
            await session.ask("hello")
            done = await session.hand_in("03", **consent)
        return done.voice, done.show

    async with taught(tmp_path) as taking:
        assert await handed(SEAT, voice=True, show=True) == (True, True)
        assert capsys.readouterr().out == ""
        assert await handed("seat-08") == (False, False)
        asked = capsys.readouterr().out
        assert ("without your voice" in asked, "May the class see" in asked) == (True, True)
        assert await handed(SEAT) == (True, True)
        assert await handed("seat-08") == (False, False)
        assert capsys.readouterr().out == ""


def test_the_blocking_session_hands_in_and_says_where_there_is_no_class(
    glm_emulator: Any,
) -> None:
    """Outside a class the error names what to do; so does a lesson that cannot be one."""
    with glm.connect(glm_emulator.url, api_key=glm_emulator.key) as session:
        with pytest.raises(glm.errors.BadState, match=r"session\.save\(\"03\.glm\""):
            session.hand_in("03")
        with pytest.raises(glm.errors.BadState, match="only a class"):
            session.withdraw("03")
        for wrong in ("", "../03", "a/b", "03-1", "第三课", "x" * 21, 3, None, "<script>"):
            with pytest.raises(glm.errors.BadArgument, match="expected a lesson"):
                session.hand_in(wrong)  # type: ignore[arg-type]


# -- an upload that breaks ---------------------------------------------------------------------


@asynccontextmanager
async def breaking(port: int, after: int) -> AsyncIterator[tuple[str, list[int]]]:
    """An address in front of a port that breaks for good once so many bytes came; its count."""
    came = [0]

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there = await asyncio.open_connection("127.0.0.1", port)
            back = asyncio.create_task(_pump(there[0], writer))
            while came[0] < after and (data := await reader.read(4_096)):
                came[0] += len(data)
                there[1].write(data)
            if came[0] < after:
                await back
            back.cancel()
            there[1].close()
        finally:
            writer.close()

    async with await asyncio.start_server(carry, "127.0.0.1", 0) as server:
        yield f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/", came


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(4_096):
        writer.write(data)
        await writer.drain()


@pytest.mark.slow
async def test_an_upload_that_broke_goes_on_where_it_broke(tmp_path: Path) -> None:
    """The error says how far it came; the second call sends the rest, and it is one hand-in."""
    sent = bundle()
    async with taught(tmp_path) as taking:
        async with breaking(taking.port, after=2 * PIECE + 9_000) as (url, _):
            with pytest.raises(glm.errors.ConnectFailed, match=r"\d\d% of lesson 03") as broke:
                await post(taking, url=url).send(sent, within=1.5)
            assert "hand_in" in str(broke.value)
        async with breaking(taking.port, after=10**9) as (url, came):
            done = await post(taking, url=url).send(sent, within=SECONDS)
        assert came[0] < len(sent.content) - PIECE
        assert (done["number"], done["bytes"]) == (1, len(sent.content))
        assert await post(taking).send(sent, within=SECONDS) == done  # it knows that it has it
    assert stored(tmp_path) == [f"{SEAT}/03-1.glm"]
    assert (tmp_path / f"hand_ins/{SEAT}/03-1.glm").read_bytes() == sent.content
    async with taught(tmp_path) as taking:  # and after a restart
        assert await post(taking).send(sent, within=SECONDS) == done


async def test_two_tabs_hand_in_beside_each_other(tmp_path: Path) -> None:
    """Neither undoes the other's upload; each has a number of its own."""
    one, two = bundle(4.0), bundle(5.0)
    async with taught(tmp_path) as taking:
        found = await asyncio.gather(*(post(taking).send(b, within=SECONDS) for b in (one, two)))
        assert sorted(each["number"] for each in found) == [1, 2]
    assert stored(tmp_path) == [f"{SEAT}/03-1.glm", f"{SEAT}/03-2.glm"]


async def test_what_was_counted_and_had_no_name_yet_gets_it(tmp_path: Path) -> None:
    """As a kill leaves it between the ledger and the file's name; a row without file is none."""
    sent = bundle()
    part = tmp_path / f"hand_ins/{SEAT}/.{sent.sha256}.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(sent.content)
    size = len(sent.content)
    upload = Upload("03", sent.sha256, size)
    with Ledger(tmp_path) as ledger:
        await ledger.hand_in((7.0, SEAT, "03-1", f"hand_ins/{SEAT}/03-1.glm", size, sent.sha256))
        await ledger.hand_in((8.0, SEAT, "03-2", f"hand_ins/{SEAT}/03-2.glm", size, "0" * 64))
    with Ledger(tmp_path) as ledger:
        hand_ins = HandIns(tmp_path, ledger)
        done = (await hand_ins.look(SEAT, upload))["done"]
        assert (done["number"], done["at"]) == (1, 7.0)
        assert [each.name for each in hand_ins.of(SEAT)] == ["03-1"]
    assert stored(tmp_path) == [f"{SEAT}/03-1.glm"]


# -- what is refused -----------------------------------------------------------------------------


async def test_each_bound_refuses_in_words(tmp_path: Path) -> None:
    """The size of one, before a byte of it comes; number and bytes of a seat; room on the disk."""
    sent = bundle()
    size = len(sent.content)
    free = shutil.disk_usage(tmp_path).free
    cases = [
        (HandInBounds(), Upload("03", sent.sha256, 10_000_001), "at most 10.0 MB"),
        (HandInBounds(), Upload("03", sent.sha256, 0), "at most 10.0 MB"),
        (HandInBounds(number=1), Upload("04", "0" * 64, size), "1 times"),
        (HandInBounds(bytes=size + 9), Upload("04", "0" * 64, size), "more than"),
        (HandInBounds(free=2 * free), Upload("04", "0" * 64, size), "no room"),
    ]
    with Ledger(tmp_path) as ledger:
        await HandIns(tmp_path, ledger).take(SEAT, Upload("03", sent.sha256, size), 0, sent.content)
        for bounds, upload, words in cases:
            kept = HandIns(tmp_path, ledger, bounds)
            asked = replace(upload, sha256="1" * 64)
            with pytest.raises(HandInRefused, match=words):
                await kept.look(SEAT, asked)
        many = HandIns(tmp_path, ledger)
        for number in range(5):
            asked = Upload("03", f"{number:064x}", size)
            assert (await many.take(SEAT, asked, 0, b"PK"))["offset"] == 2
    assert len([name for name in stored(tmp_path) if name.endswith(".part")]) == 3


async def test_what_is_no_hand_in_is_refused(tmp_path: Path) -> None:
    """Names with slashes, bytes that are others or too many or no recording, queries, methods."""
    content = b"PK, and then nothing"
    about = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": str(len(content))}
    async with taught(tmp_path) as taking, http_at(taking) as http:

        async def put(name: str, body: bytes = content, **query: str) -> httpx.Response:
            return await http.put(name, params={**about, "offset": "0", **query}, content=body)

        for name in ("..%2F..%2Fx", "a%2Fb", "%2e%2e", "a b", "x" * 21, "03-1", "", "A"):
            assert (await put(name)).status_code in (400, 401), name
        for query in ({"bytes": "-1"}, {"bytes": "²"}, {"sha256": "x"}, {"offset": "9" * 20}):
            assert (await put("03", **query)).status_code == 400, query
        assert (await put("03")).status_code == 422
        assert (await put("03", content + b"!")).status_code == 400
        other = await put("03", content[::-1])
        assert other.json() == {"offset": 0, "done": None}
        wrong = await put("03", offset="7")
        assert (wrong.status_code, wrong.json()["offset"]) == (200, 0)
        assert (await put("03", bytes(PIECE + 1), bytes="99999")).status_code == 413
        assert (await http.post("03", params=about)).status_code == 405
        assert (await http.get("03", params={**about, "bytes": "99000000"})).status_code == 413
    assert stored(tmp_path) == []


async def test_a_seat_that_was_stopped_or_is_gone_hands_in_nothing(tmp_path: Path) -> None:
    """In the reader's words; a class that is stopped as a whole takes what was done in it."""
    sent = bundle()
    async with taught(tmp_path) as taking:
        await taking.classroom.stop(SEAT)
        with pytest.raises(glm.errors.Refused, match="stopped this seat") as stopped:
            await post(taking).send(sent, within=SECONDS)
        assert (stopped.value.status, stopped.value.code) == (403, "class_stopped")
        await taking.classroom.stop_all()
        await post(taking, "seat-08").send(sent, within=SECONDS)
        seats = taking.classroom.seats
        stranger = replace(
            Address(taking.url, "class → emulator", seats["seat-09"].key), seat="seat-09"
        )
        del seats["seat-09"]
        with pytest.raises(glm.errors.Refused) as unknown:
            await HandInPost(stranger).send(sent, within=SECONDS)
        assert unknown.value.status == 401
        assert seats[SEAT].key.reveal().rpartition(".")[2] not in f"{stopped.value}{unknown.value}"
    assert stored(tmp_path) == ["seat-08/03-1.glm"]
