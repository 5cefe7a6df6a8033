"""A class as it is held: thirty pupils in three processes, three lessons, everything that happens.

One seat is stopped, one has used what it may, the class is killed and begun anew once, all hand in.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.bare import KEY, running
from tests.browser.conftest import SHOTS
from tests.browser.held_servers import Held
from tests.browser.test_teacher_page import enter
from tests.classroom.taught import PASSWORD
from tests.classroom.visiting import Visitor
from tests.cli.processes import ROOT, command, free_port, line
from tests.listed import check_each

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect
pytestmark = [pytest.mark.browser, pytest.mark.long]
NAMES = [(f"{n:02d}", f"小明{n}") for n in range(1, 30)] + [("30", "<b>O'Hara</b>")]
STOPPED, OVER = "05", "17"
A_MINUTE = 0.18  # ¥, of a flash model's sound (list price)
Found = dict[str, dict[str, Any]]  # what came of it, by the pupil's number


class Tens:
    """Three processes of ten pupils."""

    def __init__(self, stack: ExitStack) -> None:
        self.said = ""
        """What the kit told the pupils in their cells."""
        self._processes = [stack.enter_context(ten(NAMES[n : n + 10])) for n in (0, 10, 20)]

    def all(self, **told: object) -> Found:
        """What came of it, by the pupil's number."""
        for process in self._processes:
            process.stdin.write(json.dumps(told) + "\n")
            process.stdin.flush()
        found: list[dict[str, Any]] = []
        for process in self._processes:
            answer = json.loads(process.stdout.readline())
            found += answer["pupils"]
            self.said += answer["said"]
        return {each.pop("number"): each for each in found}


@contextmanager
def ten(roster: Sequence[tuple[str, str]]) -> Iterator[Any]:
    """A process of ten."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.browser.ten_pupils"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(roster) + "\n")
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=10)


def class_words(folder: Path, url: str) -> list[str]:
    """The command of a class of thirty with five places."""
    roster = "".join(f'{number},"{name}"\n' for number, name in NAMES)
    (folder / "class.csv").write_text(roster, encoding="utf-8-sig")
    (folder / "paid.key").write_text(KEY, encoding="utf-8")
    words = ["class", str(folder / "class.csv"), "--to", url]
    words += ["--key-file", str(folder / "paid.key"), "--host", "127.0.0.1"]
    words += ["--port", str(free_port()), "--seats-json", str(folder / "seats.json")]
    return [*words, "--keep", str(folder / "kept")]


class Teacher:
    """At the class's page without a browser: acts and reads."""

    def __init__(self, page: str, held: Held) -> None:
        self.page, self._held = page, held

    def _visited(self, doing: Callable[[Visitor], Any]) -> Any:
        async def visit() -> Any:
            async with httpx.AsyncClient(base_url=self.page, trust_env=False, timeout=60) as http:
                visitor = Visitor(http)
                assert (await visitor.login()).status_code == 200
                await visitor.live()
                return await doing(visitor)

        return self._held.do(visit())

    def act(self, do: str, **more: object) -> None:
        """Decide something."""
        answer = self._visited(lambda visitor: visitor.act(do, **more))
        assert answer.status_code == 200, answer.text

    def seats(self) -> Found:
        """The table of the page, by number."""
        found = self._visited(lambda visitor: visitor.live())
        return {each["number"]: each for each in found["seats"]}

    def table(self) -> list[list[str]]:
        """The table as a spreadsheet gets it."""
        answer = self._visited(lambda visitor: visitor.http.get("class.csv"))
        return list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))))


class Counted:
    """What pupils counted of their own turns."""

    def __init__(self) -> None:
        self.seconds = {number: 0.0 for number, _ in NAMES}
        self.turns = dict.fromkeys(self.seconds, 0)

    def add(self, found: Found) -> None:
        """A turn that the class refused never reached the service."""
        for number, each in found.items():
            if "heard" in each:
                self.seconds[number] += each["sent"] + each["received"]
                self.turns[number] += 1

    def check(self, seats: Found) -> None:
        """The table is right to the second and the fen."""

        def check(number: str) -> None:
            seat, seconds = seats[number], self.seconds[number]
            assert seat["turns"] == self.turns[number]
            assert seat["minutes"] * 60 == pytest.approx(seconds, abs=0.5)
            assert seat["yuan"] == pytest.approx(seconds / 60 * A_MINUTE, abs=0.005)

        check_each(check, [(number,) for number in self.seconds])


def failed(found: Found) -> dict[str, str]:
    return {number: each["error"] for number, each in found.items() if each.get("error")}


def check_the_table(rows: list[list[str]], counted: Counted) -> None:
    """The spreadsheet says the same, and names are no formulas in it."""
    head, *seats = rows
    assert (len(seats), head[1:3]) == (30, ["number", "name"])
    assert [row[2] for row in seats] == [name for _, name in NAMES]
    assert sum(int(row[3]) for row in seats) == sum(counted.turns.values())


def look(browser: Any, page: str) -> str:
    """The teacher sees all thirty, who handed in, and one turn projected; what the pages hold."""
    held = []

    def check(lang: str, projected: str) -> None:
        context = browser.new_context(locale=lang, viewport={"width": 1280, "height": 720})
        shown = context.new_page()
        enter(shown, page)
        expect(shown.locator("tbody tr")).to_have_count(30)
        assert "<b>O'Hara</b>" in shown.inner_text("body")
        held.append(shown.content())
        shown.screenshot(path=SHOTS / f"whole_class_{lang}.png")
        shown.goto(f"{page}hand-ins")
        cells = shown.get_by_role("button", name=re.compile("06"))
        expect(cells).to_have_count(30)
        cells.nth(1).click()
        shown.get_by_role("dialog").get_by_role("button", name=projected).click()
        shown.locator(".projection .glm-play").wait_for()
        held.append(shown.content())
        shown.screenshot(path=SHOTS / f"whole_class_projected_{lang}.png")
        context.close()

    check_each(check, [("en-GB", "Show turn 1 to the class"), ("zh-CN", "给全班放第 1 轮")])
    return "".join(held)


def check_nothing_says_the_key(folder: Path, said: str) -> None:
    """The paid key stands in its own file alone: no ledger, hand-in, page or word has it."""
    secret = KEY.rpartition(".")[2]
    assert secret not in said
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "paid.key"]
    assert {path.suffix for path in files} >= {".glm", ".json", ".sqlite"}
    for path in files:
        assert secret.encode() not in unpacked(path), path


def unpacked(path: Path) -> bytes:
    """A file's bytes; those of what is in it, where it is a zip."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as bundle:
        return b"".join(bundle.read(name) for name in bundle.namelist())


def before_the_kill(teacher: Teacher, tens: Tens, counted: Counted) -> list[Found]:
    """Seats are taken and two lessons held; one seat is stopped, one has had its turn."""
    teacher.act("open_claims")
    claimed = tens.all(do="claim", page=teacher.page)
    assert {each["status"] for each in claimed.values()} == {200}
    assert len({each["line"] for each in claimed.values()}) == 30
    teacher.act("limit", seat=f"seat-{OVER}", turns=1)
    first = tens.all(do="lesson", lesson="01", sample="joke_zh", hand_in=False)
    assert failed(first) == {}
    counted.add(first)
    teacher.act("stop", seat=f"seat-{STOPPED}")
    second = tens.all(do="lesson", lesson="03", sample="weather_zh", hand_in=False)
    assert set(failed(second)) == {STOPPED, OVER}
    assert "had its 1 turns" in second[OVER]["error"]
    counted.add(second)
    counted.check(teacher.seats())
    assert set(tens.all(do="hold")) == {"01", "11", "21"}
    return [first, second]


def after_the_kill(teacher: Teacher, tens: Tens, counted: Counted) -> Found:
    """What was decided and counted still holds; who kept a session goes on in it; all hand in."""
    found = teacher.seats()
    counted.check(found)
    assert found[STOPPED]["stopped"] is True
    teacher.act("allow", seat=f"seat-{STOPPED}")
    third = tens.all(do="lesson", lesson="06", sample="joke_zh", hand_in=True)
    assert set(failed(third)) == {OVER}
    assert {each["handed_in"] for each in third.values()} == {1}
    counted.add(third)
    counted.check(teacher.seats())
    check_the_table(teacher.table(), counted)
    return third


def test_a_class_of_thirty(
    held: Held, browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every pupil is served, told and counted; nothing says the paid key."""
    monkeypatch.setenv("GLMKIT_CLASS_PASSWORD", PASSWORD)
    service, counted, said = held.enter(running()), Counted(), ""
    words = class_words(tmp_path, service.url)
    with ExitStack() as stack:
        tens = Tens(stack)
        with command(*words) as process:
            assert line(process).startswith("ws://127.0.0.1:")
            teacher = Teacher(line(process), held)
            lessons = before_the_kill(teacher, tens, counted)
            process.kill()
            said += "".join(process.communicate(timeout=10))
        with command(*words) as process:
            assert [line(process), line(process)][1] == teacher.page
            lessons.append(after_the_kill(teacher, tens, counted))
            said += look(browser, teacher.page)
            process.terminate()
            said += "".join(process.communicate(timeout=30))
    peers = {each["peer"] for lesson in lessons for each in lesson.values() if "heard" in each}
    assert peers == {f"class → 127.0.0.1:{service.port}"}
    assert "waiting for a place of the class" in tens.said
    check_nothing_says_the_key(tmp_path, said + tens.said + json.dumps(lessons))
