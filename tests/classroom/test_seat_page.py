"""A pupil's page: who is let in, what is said there and heard, and how it ends."""

from __future__ import annotations

import asyncio
import base64
import re
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import glmkit as glm
from glmkit.auth.masking import Secret
from glmkit.classroom.core import Classroom, ClassRules
from glmkit.classroom.held_conversations import HeldConversations
from glmkit.classroom.limits import Limits
from glmkit.classroom.page_acts import PageAct, samples_shown
from glmkit.classroom.page_files import _OF_WIDGETS
from glmkit.classroom.page_mailbox import PageMailbox
from glmkit.classroom.pupil_desk import WORD
from glmkit.classroom.running_class import serve_class
from glmkit.relay.listener import ListenAt
from tests.bare import running
from tests.classroom.handed import file_of, hand_in, tried
from tests.classroom.seated import PageClient, browser_at
from tests.classroom.taught import PASSWORD, PUPILS, pupil, seat, taught, until
from tests.classroom.visiting import visiting
from tests.relay.relayed import upstream_at

BRIEF = glm.Clip.tone(300, 0.5, rate=16_000).to_wav()


# -- who is let in ----------------------------------------------------------------------------


async def test_a_line_or_a_claim_lets_in_and_nothing_else(tmp_path: Path) -> None:
    """By a cookie no script reads; what does something brings the page's word; no key is said."""
    async with taught(tmp_path) as taking, visiting(taking) as teacher:
        secret = taking.classroom.seats["seat-07"].key.reveal().rpartition(".")[2]
        async with browser_at(taking, line="ws://seat-07.wrong@a:1") as nobody:
            assert (await nobody.arrive()).status_code == 401
            assert "take your seat" in (await nobody.arrive()).json()["error"]["message"]
            for wrong in (None, 7, "", "x", f"ws://seat-08.{'x' * 18}@a:1"):
                refused = await nobody.http.post("enter", json={"line": wrong})
                assert (refused.status_code, "set-cookie" in refused.headers) == (401, False)
        async with browser_at(taking) as page:
            assert (await page.arrive()).status_code == 200
            assert page.once["name"] == "07 张三"
            assert secret not in str(page.once)
            cookie = next(iter(page.http.cookies.jar))
            assert (cookie.path, secret in str(cookie.value)) == ("/_class/talk", False)
            asked = {"do": "sample", "name": "joke_zh"}
            mine = {"tab": page.tab}
            for headers in ({}, {WORD: "x"}):
                bare = await page.http.post("do", params=mine, json=asked, headers=headers)
                assert bare.status_code == 403
            elsewhere = {WORD: page.once["token"], "Origin": "http://elsewhere.example"}
            bare = await page.http.post("do", params=mine, json=asked, headers=elsewhere)
            assert bare.status_code == 403
            left = await page.post("leave")
            assert "Max-Age=0" in left.headers["Set-Cookie"]
            assert (await page.arrive()).status_code == 401
        await teacher.act("open_claims")
        claim = {"number": "08", "name": "Li Si"}
        taken = await teacher.http.post("claim", json=claim)
        assert re.search("HttpOnly; SameSite=Strict", taken.headers["Set-Cookie"])
        assert (await teacher.http.get("talk/live?tab=tab00001")).json()["name"] == "08 Li Si"


async def test_the_page_keeps_to_itself(tmp_path: Path) -> None:
    """As strict as the teacher's: no script in it, no other host, in the reader's language."""
    async with taught(tmp_path) as taking, visiting(taking, lang="zh", inside=False) as visitor:
        answer = await visitor.http.get("talk")
        policy = answer.headers["Content-Security-Policy"]
        assert policy == (await visitor.http.get("")).headers["Content-Security-Policy"]
        assert "<title>你的座位" in answer.text
        assert "<title>Your seat" in (await visitor.http.get("talk?lang=en")).text
        for name in ("timeline.js", "timeline_scene.js", *_OF_WIDGETS):
            assert (await visitor.http.get(name)).headers["Content-Type"].startswith("text/java")
        assert (await visitor.http.get("timeline.css")).status_code == 200
        assert (await visitor.http.get("talk/nothing")).status_code == 404


@pytest.mark.slow  # a second of its own
async def test_one_tab_has_the_seat(tmp_path: Path) -> None:
    """The newest; the one before is told, and may take it back; the lines are there again."""
    async with taught(tmp_path) as taking, browser_at(taking) as page:
        await page.arrive()
        await page.do("hand_in", lesson="03", voice=True, show=False)
        await page.until(lambda: page.words("note"))
        held, other = asyncio.create_task(page.look()), PageClient(page.http, "tab00002")
        await other.arrive()
        assert [line["words"] for line in other.once["lines"]] == page.words("note")
        moved = await held
        assert (moved.status_code, "another tab" in moved.text) == (409, True)
        assert (await page.do("sample", name="joke_zh")).status_code == 409
        assert (await page.arrive()).status_code == 200
        for tab in ("", "x", "T" * 12, "<script>"):
            page.tab = tab
            assert (await page.arrive()).status_code == 409


# -- what is said -----------------------------------------------------------------------------


@pytest.mark.slow  # a recording takes as long as it sounds
async def test_a_recording_is_said_and_the_answer_heard(tmp_path: Path) -> None:
    """Its sound comes piece by piece and is the turn's own; the ledger counts it as any turn."""
    async with taught(tmp_path) as taking, browser_at(taking, lang="zh") as page:
        await page.arrive()
        assert [name for name, _ in page.once["samples"]] == [n for n, _ in samples_shown("zh")]
        assert (await page.upload(BRIEF)).status_code == 200
        await page.until(lambda: page.over)
        told = [each for each in page.told if each["type"] == "play"]
        assert len(told) > 1
        heard = b"".join(base64.b64decode(each["sound"]) for each in told)
        session = taking.talks.of("seat-07").session.core
        assert session is not None
        turn = session.turns[0]
        assert turn.audio is not None
        assert heard == turn.audio.to_pcm(24_000)
        report = {"response": told[0]["id"], "samples": len(heard) // 2, "checksum": 7}
        await page.do("heard", **report)
        assert page.words("answer") == [turn.transcript]
        assert seat(taking)["turns"] == 1
        assert page.seat["turns"] == 1
        shown = await page.http.get("turn", params={"tab": page.tab, "number": 0})
        while not (found := shown.json()):
            shown = await page.http.get("turn", params={"tab": page.tab, "number": 0})
        assert found["scene"]["peer"] == "班级 → 仿真器"
        assert len(found["scene"]["turns"]) == 1
        assert len(found["sounds"]) == 2
        assert all(re.search("[一-鿿]", fact) for fact, _ in found["findings"])
        assert (await page.http.get("turn", params={"tab": page.tab, "number": 9})).is_error
        await page.do("hand_in", lesson="03", voice=False, show=True)
        await page.until(lambda: taking.hand_ins.of("seat-07", "03"))
        handed = glm.Trace.load(taking.hand_ins.of("seat-07", "03")[0].path)
        assert handed.about["hand_in"]["voice"] is False
        assert handed.about["hand_in"]["show"] is True
        await page.until(lambda: page.was_told("可以给全班看"))
        assert not page.was_told("show=True")  # what a notebook is told
        assert handed.turns()[0].input is None or not np.any(handed.turns()[0].input.samples)
        await page.do("withdraw", lesson="03")
        await page.until(lambda: not taking.hand_ins.of("seat-07", "03"))


async def test_what_is_typed_is_written_where_no_voice_is(tmp_path: Path) -> None:
    """And the page says which: this machine has no models here."""
    async with taught(tmp_path) as taking, browser_at(taking, lang="zh") as page:
        await page.arrive()
        await page.do("text", words="你好")
        await page.until(lambda: page.over)
        assert page.was_told("已作为文字发送")
        assert page.words("you") == ["你好"]
        assert page.words("answer")


@pytest.mark.slow  # a second of its own
async def test_a_microphones_pieces_are_one_turn(tmp_path: Path) -> None:
    """From press to release, also those that came before the session was open."""
    async with taught(tmp_path) as taking, browser_at(taking) as page:
        await page.arrive()
        await page.do("press")
        sound = glm.Clip.tone(300, 1.0, rate=16_000).to_pcm()
        for at in range(0, len(sound), 8_000):
            await page.post("sound", content=sound[at : at + 8_000])
        await page.do("release")
        await page.until(lambda: page.over)
        session = taking.talks.of("seat-07").session.core
        assert session is not None
        assert session.turns[0].input is not None
        assert session.turns[0].input.seconds == pytest.approx(1.0, abs=0.01)


async def test_what_cannot_be_said_is_refused_in_words(tmp_path: Path) -> None:
    """Whatever comes: no session is opened for it, and the page goes on."""
    wrong: list[dict[str, Any]] = [
        {"do": None},
        {"do": "explode"},
        {"do": ["text"]},
        *({"do": "text", "words": words} for words in ("", "  ", "x" * 301, None, 7)),
        *({"do": "sample", "name": name} for name in ("", "../x", None, 7, "cough")),
        *({"do": "hand_in", "lesson": "03", "voice": v, "show": True} for v in (None, "yes", 1)),
        *({"do": "hand_in", "lesson": "03", "voice": True, "show": s} for s in (None, "no", 0)),
    ]
    async with taught(tmp_path) as taking, browser_at(taking) as page:
        await page.arrive()
        for each in wrong:
            answer = await page.do(each.pop("do"), **each)
            assert (answer.status_code, bool(answer.json()["error"]["message"])) == (400, True)
        pieces = [{"at": 0, "bytes": 9_000_000}, {"at": 5, "bytes": 9}, {"at": "-1", "bytes": 9}]
        for query in [*pieces, {"at": 0, "bytes": 0}, {"at": 0, "bytes": "NaN"}, {"at": 0}]:
            assert (await page.post("file", params=query, content=b"12")).status_code == 400
        assert seat(taking)["connected"] is False
        assert (await page.upload(b"no sound at all")).status_code == 200
        await page.until(lambda: any(each["type"] == "decode" for each in page.told))
        await page.do("undecoded")
        await page.until(lambda: page.words("note"))
        assert "neither the class nor this browser finds sound" in page.words("note")[-1]
        await page.upload(glm.Clip.silence(31, rate=8_000).to_wav())
        await page.until(lambda: "31.0 s" in page.words("note")[-1])
        for lesson in ("../03", ""):
            await page.do("hand_in", lesson=lesson, voice=True, show=False)
            await page.do("withdraw", lesson=lesson)
        await page.until(lambda: len(page.words("note")) > 5)
        assert seat(taking)["turns"] == 0


async def test_a_hand_in_of_before_is_taken_back_without_a_session(tmp_path: Path) -> None:
    """Also from another place, also after the teacher has stopped the seat."""
    async with taught(tmp_path) as taking, browser_at(taking) as page:
        await hand_in(taking, file_of(tried(1, 2), show=True))
        await taking.classroom.stop("seat-07")
        await page.arrive()
        await page.do("withdraw", lesson="03")
        await page.until(lambda: page.was_told("hand-ins of this lesson: 1"))
        assert not taking.hand_ins.of("seat-07", "03")
        assert seat(taking)["connected"] is False


# -- limits, and ends ---------------------------------------------------------------------------


async def test_limits_and_the_teachers_words_reach_the_page(tmp_path: Path) -> None:
    """The next turn is refused in words; a message comes at once; a stop ends it in mid-turn."""
    rules = ClassRules(seat=Limits(turns=1))
    async with taught(tmp_path, rules) as taking, browser_at(taking) as page:
        await page.arrive()
        assert await taking.classroom.message("good morning") == 1
        await page.until(lambda: page.was_told("good morning"))
        await page.do("text", words="你好")
        await page.until(lambda: page.over and page.seat["turns"] == 1)
        assert page.seat["denied"] == "class_seat_turns"
        await page.do("text", words="再说一遍")
        await page.until(lambda: page.was_told("your seat has had its 1 turns"))
        await taking.classroom.message("look <b>here</b>")
        await page.until(lambda: page.was_told("look <b>here</b>"))
        await taking.classroom.limit("seat-07", turns=None)
        await page.do("press")
        await page.until(lambda: page.told[-1].get("state") == "listening")
        await taking.classroom.stop("seat-07")
        await page.until(lambda: page.told[-1].get("state") == "closed" and page.seat["stopped"])
        assert page.was_told("your teacher has stopped this seat")
        assert page.was_told("begins a new one")
        notes = len(page.words("note"))
        await page.do("text", words="还在吗")
        await page.until(lambda: len(page.words("note")) > notes)
        assert "stopped" in page.words("note")[-1]
        await taking.classroom.allow("seat-07")
        done = len(page.over)
        await page.do("text", words="现在呢")
        await page.until(lambda: len(page.over) > done)
        assert page.was_told("what was said before")


async def test_a_long_answer_reaches_the_page_in_parts() -> None:
    """None takes a slow network longer than a page waits; all of it comes, in order, once."""
    mailbox = PageMailbox()
    for number in range(60):
        mailbox.tell("play", bytes(24_000), id=f"{number}")
    mailbox.tell("play", bytes(300_000), id="large")
    mailbox.tell("end", id="large")
    await asyncio.sleep(0)
    newest, parts = 0, list[list[dict[str, Any]]]()
    while (answered := mailbox.after(newest))[1]:
        newest, found = answered
        parts.append(found)
    sizes = [sum(len(told.get("sound", "")) for told in part) for part in parts]
    assert [len(part) for part in parts] == [4] * 15 + [1, 1]
    assert [size for size in sizes if size > 128 * 1024] == [400_000]
    names = [told["id"] for part in parts for told in part]
    assert names == [*(f"0:{number}" for number in range(60)), "0:large", "0:large"]
    assert newest == mailbox.newest


async def test_who_waits_sees_how_many_are_before(tmp_path: Path) -> None:
    """And may stop waiting; a notebook that takes the seat ends the page's session in words."""
    async with taught(tmp_path, ClassRules(places=1)) as taking:
        async with pupil(taking, "seat-08") as other, browser_at(taking) as page:
            await other.next("session.created")
            await page.arrive()
            await page.do("text", words="你好")
            await page.until(lambda: page.seat["before"] == 0)
            assert page.seat["doing"] == "opening"
            await page.do("stop")
            await page.until(lambda: page.seat["before"] is None and not page.seat["connected"])
            await page.do("text", words="你好")
            await page.until(lambda: page.seat["before"] == 0)
            await other.socket.close()
            await page.until(lambda: page.over)
            async with pupil(taking) as notebook:
                await notebook.next("session.created")
                await page.until(lambda: page.was_told("another tab or notebook"))


@pytest.mark.slow  # a second of its own
async def test_a_page_that_is_gone_gives_its_place_back(tmp_path: Path) -> None:
    """In mid-turn, too: what was under way is counted; who comes back goes on."""
    async with taught(tmp_path) as taking:
        held = HeldConversations(taking.talks._line_here, taking.hand_ins.withdraw, gone_after=1.5)
        conversation = held.of("seat-07")
        conversation.do(PageAct("press", "en"))
        conversation.do(PageAct("chunk", "en", {}, b"\1\1" * 16_000))
        await until(taking, lambda: seat(taking)["connected"])
        await until(taking, lambda: not seat(taking)["connected"])
        await until(taking, lambda: seat(taking)["minutes"] > 0)
        conversation.seen("en")
        conversation.do(PageAct("text", "en", {"words": "你好"}))
        await until(taking, lambda: seat(taking)["connected"])
        await held.close()
        await until(taking, lambda: not seat(taking)["connected"])


async def test_a_class_that_starts_anew_lets_the_same_browsers_in(tmp_path: Path) -> None:
    """By the cookie of before: it is a token of a key that lasts; the page can tell it is anew."""
    runs, cookies = [], []
    async with running() as server:
        for _ in range(2):
            classroom = Classroom(PUPILS, tmp_path, upstream_at(server.url))
            async with await serve_class(classroom, Secret(PASSWORD)) as taking:
                async with browser_at(taking) as page:
                    if cookies:
                        page.http.cookies.clear()
                        page.http.cookies.set(f"glmkit_seat_{taking.port}", cookies[0])
                        page.seat, page._newest = {"mark": "x"}, 7
                        assert (await page.look()).status_code == 200  # as if nothing had been
                    assert (await page.arrive()).status_code == 200
                    cookies.append(next(iter(page.http.cookies.jar)).value)
                    runs.append(page.once["run"])
    assert runs[0] != runs[1]


async def test_a_page_over_tls_speaks_by_a_way_inside(tmp_path: Path) -> None:
    """Whatever name its certificate has; the cookie then comes over TLS alone."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    options = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    names = ["-keyout", str(key), "-out", str(certificate), "-subj", "/CN=elsewhere.example"]
    make = ["openssl", "req", "-x509", *options, *names]
    await asyncio.to_thread(subprocess.run, make, check=True, capture_output=True)
    at = ListenAt(certfile=certificate, keyfile=key)
    async with running() as server:
        classroom = Classroom(PUPILS, tmp_path / "class", upstream_at(server.url))
        async with (
            await serve_class(classroom, Secret(PASSWORD), at=at) as taking,
            browser_at(taking, verify=False) as page,
        ):
            await page.arrive()
            assert next(iter(page.http.cookies.jar)).secure
            await page.do("text", words="你好")
            await page.until(lambda: page.over)
