"""The teacher's page: who is let in, what it shows and when, what it decides."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from glmkit.auth.masking import Secret, mask
from glmkit.classroom import page_files
from glmkit.classroom.class_csv import csv_of
from glmkit.classroom.core import Classroom
from glmkit.classroom.page_files import STATIC
from glmkit.classroom.roster import Pupil
from glmkit.classroom.teacher_desk import _PAGES, _TOPICS, TOKEN
from glmkit.classroom.teacher_visits import LASTS, MOST, TeacherVisits
from glmkit.plots.drawing.page_colours import colours_of
from glmkit.plots.drawing.palette import THEMES
from glmkit.texts import Language
from tests.bare import SECONDS
from tests.classroom.taught import PASSWORD, pupil, seat, taught, until
from tests.classroom.visiting import visiting
from tests.listed import check_each
from tests.relay.relayed import upstream_at

# -- who is let in ----------------------------------------------------------------------------


async def test_the_password_opens_the_page_and_nothing_else_does(tmp_path: Path) -> None:
    """By a cookie no script reads and no other site sends; leaving ends it; no secret is said."""
    async with taught(tmp_path) as taking, visiting(taking, inside=False) as visitor:
        assert (await visitor.http.get("live")).status_code == 401
        assert (await visitor.http.get("class.csv")).status_code == 401
        for wrong in ("", "wrong", None, 7, ["x"], "😀"):
            refused = await visitor.login(wrong)
            assert (refused.status_code, "set-cookie" in refused.headers) == (401, False)
            assert "terminal" in refused.json()["error"]["message"]
        let_in = await visitor.login()
        cookie = let_in.headers["Set-Cookie"]
        assert "HttpOnly; SameSite=Strict" in cookie
        assert "Path=/_class/" in cookie
        found = await visitor.live()
        value = cookie.partition("=")[2].partition(";")[0]
        assert value not in mask(f"{value} {found['token']}")
        shown = str({**found, "token": ""})
        for each in taking.classroom.seats.values():
            assert each.key.reveal().rpartition(".")[2] not in shown
        left = await visitor.http.post("logout", headers={TOKEN: visitor.token})
        assert left.status_code == 200
        visitor.http.cookies.set("glmkit_class_" + str(taking.port), value)
        assert (await visitor.http.get("live")).status_code == 401


async def test_other_pages_decide_nothing(tmp_path: Path) -> None:
    """Without the token, from another origin, by another host name, or as a form: refused."""
    async with taught(tmp_path) as taking, visiting(taking) as visitor:
        right, stop = {TOKEN: visitor.token}, {"do": "stop_all"}
        own = {"Origin": taking.page.removesuffix("/_class/")}

        async def refused(expected: int, path: str = "act", **asked: Any) -> None:
            asked = {"json": stop, **asked}
            answer = await visitor.http.post(path, **asked)
            assert (answer.status_code, "error" in answer.json()) == (expected, True)

        await refused(403)
        await refused(403, headers={TOKEN: "x"})
        await refused(403, headers={**right, "Origin": "http://elsewhere.example"})
        await refused(403, headers={**right, "Origin": "null"})
        await refused(403, headers={**right, "Origin": "http://[half"})
        await refused(403, "login", json={"password": PASSWORD}, headers={"Origin": "http://a.b"})
        await refused(421, headers={**right, "Host": f"elsewhere.example:{taking.port}"})
        await refused(421, headers={**right, "Host": "[half"})
        await refused(400, headers=right, json=None, data=stop)
        assert taking.classroom.snapshot()["class"]["stopped"] is False
        done = await visitor.http.post("act", json=stop, headers={**right, **own})
        assert done.json() == {"words": "the whole class is stopped"}
        for path in ("act", "logout", "login"):
            assert (await visitor.http.get(path)).status_code == 405
        assert (await visitor.http.post("live")).status_code == 405
        assert (await visitor.http.get("../_class/../seats.json")).status_code == 404


@pytest.mark.slow
async def test_guessed_passwords_are_slowed(tmp_path: Path) -> None:
    """As wrong keys are; the teacher beside them comes in at once."""
    async with taught(tmp_path) as taking, visiting(taking, inside=False) as visitor:
        tries = asyncio.gather(*(visitor.login("wrong") for _ in range(80)))
        async with visiting(taking) as teacher:
            assert (await teacher.live())["class"]["stopped"] is False
        assert {answer.status_code for answer in await tries} == {401, 429}


def test_a_visit_ends_by_itself() -> None:
    """After its time, and where there are too many, the oldest; none shows its secrets."""
    visits = TeacherVisits()
    first, *others = (visits.begin(now=float(n)) for n in range(MOST + 1))
    assert visits.find(first.cookie, now=10.0) is None
    assert visits.find(others[0].cookie, now=10.0) is others[0]
    assert visits.find(Secret(""), now=10.0) is None
    assert visits.find(others[0].cookie, now=1.0 + LASTS) is None
    assert others[0].token.reveal() not in repr(others)


# -- what it shows ----------------------------------------------------------------------------


async def test_the_page_waits_for_what_is_new(tmp_path: Path) -> None:
    """A view comes when something is otherwise, and says what is; the same one is held."""
    async with taught(tmp_path) as taking, visiting(taking) as visitor:
        before = await visitor.live()
        waiting = asyncio.create_task(visitor.live(before["mark"]))
        for _ in range(3):  # meanwhile others are answered
            assert (await visitor.http.get("class.csv")).status_code == 200
        assert not waiting.done()
        async with pupil(taking) as bare:
            await bare.next("session.created")
            found = await waiting
            while not found["seats"][0]["has_place"]:
                found = await visitor.live(found["mark"])
            assert found["seats"][0]["connected"] is True
            assert found["class"]["connected"] == 1
        assert found["behind"] == "the emulator answers"
        await until(taking, lambda: not seat(taking)["connected"])


async def test_what_went_wrong_is_named_for_the_reader(tmp_path: Path) -> None:
    """Most frequent first; codes of the class, of the service, of nobody, and none at all."""
    async with taught(tmp_path) as taking:
        first, second, _ = taking.classroom.seats.values()
        first.troubles.update({"class_seat_turns": 2, "None": 1})
        second.troubles.update({"class_seat_turns": 3, "1214": 4, "<b>": 2})
        async with visiting(taking) as english, visiting(taking, lang="zh-CN") as chinese:
            found = (await english.live())["troubles"]
            assert [(each["code"], each["count"]) for each in found] == [
                ("class_seat_turns", 5),
                ("1214", 4),
                ("<b>", 2),
                ("", 1),
            ]
            assert found[0]["words"] == "the seat's turns are used up"
            assert found[3]["words"] == "no code came with it"
            assert (await chinese.live())["troubles"][0]["words"] == "座位的轮数已用完"


async def test_the_page_keeps_to_itself(tmp_path: Path) -> None:
    """No script in it, no other host, no name; in the reader's language, or the one asked for."""
    async with taught(tmp_path) as taking, visiting(taking, lang="zh", inside=False) as visitor:
        answer = await visitor.http.get("")
        assert answer.status_code == 200
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'; script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert '<html lang="zh-Hans">' in answer.text
        assert "张三" not in answer.text
        assert '<html lang="en">' in (await visitor.http.get("", params={"lang": "en"})).text
        assert '<html lang="zh-Hans">' in (await visitor.http.get("", params={"lang": "x"})).text
        for path in sorted(STATIC.iterdir()):
            asked = await visitor.http.get(path.name)
            assert asked.text == path.read_text(encoding="utf-8")
            assert re.findall(r"https?://|innerHTML|insertAdjacent|eval\(", asked.text) == []


def test_every_word_of_a_page_is_there() -> None:
    """What the scripts of a page ask for by name, in both languages: no id is shown instead."""
    asks = re.compile(r"\bsay\(\s*([^()]*)")

    def check(entry: str, topic: str, lang: Language) -> None:
        found = page_files.page(lang, entry=entry, topic=topic).body.decode()
        words = json.loads(found.partition('id="words">')[2].partition("</script>")[0])
        written = "".join(path.read_text(encoding="utf-8") for path in scripts_of(entry))
        asked = asks.findall(written)
        names = {name for each in asked for name in re.findall(r'"([a-z]\w*)"', each)}
        assert len(names) > 3
        assert names - words.keys() == set()

    pages = [(entry, _TOPICS.get(name, "teacher_page")) for name, entry in _PAGES.items()]
    pages.append(("pupil.js", "pupil_page"))
    check_each(check, [(*each, lang) for each in pages for lang in ("en", "zh")])


def scripts_of(entry: str, found: tuple[Path, ...] = ()) -> tuple[Path, ...]:
    """A page's scripts, by what imports what; those of other folders have words of their own."""
    path = STATIC / entry
    if path in found or not path.is_file():
        return found
    found = (*found, path)
    for each in re.findall(r'from "\./(\w+\.js)"', path.read_text(encoding="utf-8")):
        found = scripts_of(each, found)
    return found


def test_the_page_has_the_colours_of_the_figures() -> None:
    """Each colour of its style sheet is one of the palette's, by the same name."""
    sheet = (STATIC / "class.css").read_text(encoding="utf-8")
    light, dark = sheet.split("prefers-color-scheme: dark", 1)

    def check(theme: str, written: str) -> None:
        known = colours_of(THEMES[theme])  # type: ignore[index]
        found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", written))
        assert len(found) > 10
        assert found.pop("wash") == known["silence-wash"]
        assert found.items() <= known.items()

    check_each(check, [("light", light), ("dark", dark)])


# -- what it decides --------------------------------------------------------------------------


async def test_a_seat_is_stopped_allowed_and_limited(tmp_path: Path) -> None:
    """A pupil who is there is ended; the sentence is in the teacher's language."""
    async with taught(tmp_path) as taking, visiting(taking, lang="zh") as visitor:
        async with pupil(taking) as bare:
            await bare.next("session.created")
            told = await visitor.act("message", words=" 看这里 <b>\ud83d ")
            assert told.json() == {"words": "消息已发给在线的 1 人"}
            while "glmkit" not in (notice := await bare.next("heartbeat")):
                pass
            assert notice["glmkit"]["message"].startswith("看这里 <b>")
            stopped = await visitor.act("stop", seat="seat-07")
            assert stopped.json() == {"words": "已停用 07 张三"}
            assert (await bare.error())["code"] == "class_stopped"
            await bare.closed()
        assert seat(taking)["stopped"] is True
        assert (await visitor.act("allow", seat="seat-07")).status_code == 200
        assert seat(taking)["stopped"] is False
        limits = {"yuan": 1.5, "minutes": None, "turns": 3.0}
        assert (await visitor.act("limit", seat="seat-07", **limits)).status_code == 200
        assert seat(taking)["limits"] == {"yuan": 1.5, "minutes": None, "turns": 3}
        assert (await visitor.act("limit", seat="seat-07", minutes=0)).status_code == 200
        assert seat(taking)["limits"] == {"yuan": 1.5, "minutes": 0, "turns": 3}
        assert (await visitor.act("stop_all")).status_code == 200
        assert (await visitor.act("allow_all")).json() == {"words": "全班已恢复"}


async def test_a_ledger_that_fails_is_no_fault_of_the_pages(tmp_path: Path) -> None:
    """What cannot be written is answered with 500 and the reason, not as a wrong request."""
    async with taught(tmp_path) as taking, visiting(taking) as visitor:
        taking.classroom.ledger._database.execute("DROP TABLE decisions")
        answer = await visitor.act("stop", seat=next(iter(taking.classroom.seats)))
        assert answer.status_code == 500
        assert "ledger" in answer.json()["error"]["message"]


async def test_what_cannot_be_decided_is_refused_in_words(tmp_path: Path) -> None:
    """Whatever comes: nothing of it is done, and the ledger goes on."""
    wrong: list[dict[str, Any]] = [
        {"do": None},
        {"do": "explode"},
        {"do": ["stop"]},
        {"do": "stop"},
        {"do": "stop", "seat": "seat-99"},
        {"do": "allow", "seat": {"seat-07": 1}},
        *({"do": "message", "words": words} for words in ("", "  ", "x" * 501, None, 7)),
        *({"do": "limit", "seat": "seat-07", "yuan": x} for x in (-1, "2", True, [], 1e9)),
        {"do": "limit", "seat": "seat-07", "minutes": "NaN"},
        *({"do": "limit", "seat": "seat-07", "turns": x} for x in (1.5, 10**30, -1)),
    ]
    async with taught(tmp_path) as taking, visiting(taking) as visitor:
        before = taking.classroom.snapshot()
        for each in wrong:
            answer = await visitor.act(each.pop("do"), **each)
            assert answer.status_code == 400, each
            assert answer.json()["error"]["message"]
        headers = {TOKEN: visitor.token, "Content-Type": "application/json"}
        for raw in (b"", b"[", b"[]", b"[" * 60_000, b'{"do":"limit","seat":"seat-07","yuan":NaN}'):
            answer = await visitor.http.post("act", content=raw, headers=headers)
            assert answer.status_code == 400
        large = await visitor.http.post("act", content=b" " * 70_000, headers=headers)
        assert large.status_code == 413
        assert taking.classroom.snapshot() == {
            **before,
            "now": pytest.approx(before["now"], abs=99),
        }
        assert (await visitor.act("limit", seat="seat-07", turns=1)).status_code == 200


# -- the file ---------------------------------------------------------------------------------


async def test_the_class_is_downloaded_for_a_spreadsheet(tmp_path: Path) -> None:
    """With its mark and its peer; a name that looks like a formula is text."""
    async with taught(tmp_path) as taking, visiting(taking, lang="zh") as visitor:
        await taking.classroom.limit("seat-08", yuan=2)
        answer = await visitor.http.get("class.csv")
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="class-20')
        assert answer.content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert [row["姓名"] for row in rows] == ["张三", "Li Si", "<script>alert(1)</script>"]
        assert (rows[1]["金额上限（元）"], rows[1]["由谁回答"]) == ("2", "仿真器")
    names = [Pupil("1", "=1+1"), Pupil("-2", "@x"), Pupil("3", 'O\'Hara, "Al"')]
    classroom = Classroom(names, tmp_path / "other", upstream_at("ws://127.0.0.1:9/"))
    written = csv_of(classroom, "en")
    await classroom.close()
    rows = list(csv.DictReader(io.StringIO(written.removeprefix("\ufeff"))))
    assert [row["name"] for row in rows] == ["'=1+1", "'@x", 'O\'Hara, "Al"']
    assert rows[1]["number"] == "'-2"


async def test_scripts_have_the_status_by_password(tmp_path: Path) -> None:
    """HTTP's Basic opens the status alone, not what decides."""
    async with taught(tmp_path) as taking:
        right = httpx.BasicAuth("teacher", PASSWORD)
        async with httpx.AsyncClient(trust_env=False, timeout=SECONDS, auth=right) as http:
            assert (await http.get(f"{taking.page}status")).json()["peer"] == "emulator"
            assert (
                await http.post(f"{taking.page}act", json={"do": "stop_all"})
            ).status_code == 401
