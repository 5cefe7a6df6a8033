"""The teacher's page in a real browser: read, worked by keyboard, and seen whole."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from glmkit.auth.masking import Secret
from glmkit.classroom.core import Classroom, ClassRules
from glmkit.classroom.limits import Limits
from glmkit.classroom.roster import Pupil
from glmkit.classroom.running_class import RunningClass, serve_class
from glmkit.relay.listener import ListenAt
from tests.browser.conftest import SHOTS
from tests.browser.held_servers import Held
from tests.browser.jupyter import SECONDS
from tests.classroom.taught import PASSWORD, PUPILS, pupil, taught
from tests.listed import check_each
from tests.relay.relayed import upstream_at

sync_api = pytest.importorskip("playwright.sync_api")
Page, expect = sync_api.Page, sync_api.expect
MANY = [Pupil(f"{n:02d}", f"{n} Maximilian Mustermann von Hohenfels") for n in range(10, 37)]
LOOKS = [(lang, scheme) for lang in ("en-GB", "zh-CN") for scheme in ("light", "dark")]


@asynccontextmanager
async def thirty(folder: Path) -> AsyncIterator[RunningClass]:
    """Thirty with limits, as wide as rows get."""
    rules = ClassRules(seat=Limits(yuan=100, turns=1000), whole=Limits(yuan=5000))
    classroom = Classroom([*PUPILS, *MANY], folder, upstream_at("ws://127.0.0.1:9/"), rules)
    for seat in classroom.seats.values():
        seat.troubles.update({"1214": 123, "class_seat_turns": 45})
        seat.last_wait = 123.4
    async with await serve_class(classroom, Secret(PASSWORD)) as taking:
        yield taking


def enter(page: Page, url: str) -> None:
    page.set_default_timeout(SECONDS * 1000)
    page.goto(url)
    page.keyboard.type(PASSWORD)  # the field has the focus
    page.keyboard.press("Enter")
    page.wait_for_selector("tbody tr")


def test_the_class_is_worked_by_keyboard(
    held: Held, open_browser: Callable[..., Any], tmp_path: Path
) -> None:
    """A pupil is seen, stopped and limited; the focus stays; names are text, and stay here."""
    taking: RunningClass = held.enter(taught(tmp_path))
    page: Page = open_browser()
    wrong, asked = [], set()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    page.on("request", lambda request: asked.add(request.url.partition("/_class/")[0]))
    enter(page, f"{taking.page}?lang=en")
    held.enter(pupil(taking))
    row = page.get_by_role("row", name="张三")
    expect(row.get_by_role("cell", name="connected", exact=True)).to_be_visible()
    expect(page.get_by_role("rowheader", name="<script>alert(1)</script>")).to_be_visible()
    expect(page.get_by_role("link", name="Hand-ins")).to_be_visible()
    stop = row.get_by_role("button", name="Stop: 07 张三")
    stop.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("07 张三 is stopped")
    expect(row.get_by_role("button", name="Allow: 07 张三")).to_be_focused()
    expect(row).to_have_attribute("data-state", "stopped")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    field = page.get_by_label("Turns", exact=True)
    field.fill("1.5")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Limits of 07 张三")).to_be_visible()
    field.fill("0")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(row.get_by_role("button", name="Limits: 07 张三")).to_be_focused()
    expect(row.locator(".turns")).to_have_text("0 of 0")
    page.get_by_label("Message to all").fill("<i>hello</i>")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_have_text(
        "the message went to the pupils who are connected: 0"
    )
    page.get_by_role("button", name="Stop the class").click()
    expect(page.get_by_text("The class is stopped.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    assert "张三" in Path(download.value.path()).read_text(encoding="utf-8-sig")
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("button", name="恢复全班")).to_be_visible()
    page.context.clear_cookies()  # as a class that was started anew knows nobody
    expect(page.get_by_role("alert")).to_contain_text("登录已失效")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_label("口令")).to_be_focused()
    assert (wrong, asked) == ([], {taking.page.removesuffix("/_class/")})


@pytest.mark.long  # one more in a real browser
def test_thirty_seats_are_seen_at_once(held: Held, browser: Any, tmp_path: Path) -> None:
    """On a projector without scrolling, on 700 px and on a phone without going sideways."""
    taking: RunningClass = held.enter(thirty(tmp_path))

    def check(lang: str, scheme: str) -> None:
        context = browser.new_context(
            locale=lang, color_scheme=scheme, viewport={"width": 1280, "height": 720}
        )
        page: Page = context.new_page()
        enter(page, taking.page)
        expect(page.locator("tbody tr")).to_have_count(30)
        expect(page.locator("html")).to_have_attribute("lang", re.compile(lang[:2]))
        size = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
        across, down = page.evaluate(size)
        page.screenshot(path=SHOTS / f"teacher_{lang}_{scheme}.png")
        assert (across, down) == (1280, 720)
        for width in (700, 360):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=SHOTS / f"teacher_{lang}_{scheme}_{width}.png", full_page=True)
            assert page.evaluate(size)[0] == width
            expect(page.locator("tbody tr").nth(3).locator("button").last).to_be_in_viewport(
                ratio=1
            )
        context.close()

    check_each(check, LOOKS)


@pytest.mark.long  # one more in a real browser
def test_a_pupil_takes_a_seat(held: Held, open_browser: Callable[..., Any], tmp_path: Path) -> None:
    """The line is there to be copied, once; the teacher sees the second try, and frees the seat.

    The teacher opens the page on the class's own machine, and reads an address for others.
    """
    everywhere = ListenAt("0.0.0.0")
    taking: RunningClass = held.enter(taught(tmp_path, at=everywhere))
    teacher, pupils = open_browser(), open_browser(dark=True)
    enter(teacher, f"http://127.0.0.1:{taking.port}/_class/?lang=en")
    pupils.goto(f"{taking.page}seat?lang=en")
    expect(pupils.get_by_text("gives out no seats at the moment")).to_be_visible()
    expect(pupils.get_by_label("Number")).to_be_hidden()
    pupils.screenshot(path=SHOTS / "claim_closed.png")
    teacher.get_by_role("button", name="Let pupils take their seats").click()
    expect(teacher.get_by_text(f"Pupils open {taking.page}seat. Taken: 0 of 3")).to_be_visible()
    expect(pupils.get_by_label("Number")).to_be_focused()  # by itself
    expect(pupils.get_by_text("gives out no seats at the moment")).to_be_hidden()

    def ask() -> None:
        pupils.goto(f"{taking.page}seat?lang=en")
        expect(pupils.get_by_label("Number")).to_be_focused()
        pupils.keyboard.type("08")
        pupils.keyboard.press("Tab")
        pupils.keyboard.type("li si")
        pupils.screenshot(path=SHOTS / "claim.png")
        pupils.keyboard.press("Enter")

    ask()
    expect(pupils.get_by_label("Your line")).to_have_value(taking.line_of("seat-08").reveal())
    chosen = pupils.evaluate("document.activeElement.selectionEnd")
    assert chosen == len(taking.line_of("seat-08").reveal())
    pupils.screenshot(path=SHOTS / "claim_line.png")
    ask()
    expect(pupils.get_by_role("alert").first).to_contain_text("this seat was taken before")
    pupils.get_by_label("Show what I type").check()
    line = pupils.get_by_label("Or speak in this browser")
    line.fill("ws://seat-08.of.nobody@a:1")
    expect(line).to_have_attribute("type", "text")
    pupils.get_by_role("button", name="Go to my seat").click()
    expect(pupils.get_by_role("alert").last).to_contain_text("this is no line of this class")
    twice = teacher.get_by_text("08 Li Si: taken, and asked for again 1 ×")
    expect(twice).to_be_visible()
    teacher.screenshot(path=SHOTS / "teacher_claims.png")
    teacher.get_by_role("button", name="Free it").click()
    expect(twice).to_be_hidden()
    teacher.get_by_role("link", name="Slips to print").click()
    expect(teacher.get_by_text(taking.line_of("seat-09").reveal())).to_be_visible()
    teacher.emulate_media(media="print")
    teacher.screenshot(path=SHOTS / "slips.png")
    teacher.emulate_media(media="screen")
    teacher.get_by_role("link", name="The class").click()
    expect(teacher.get_by_role("link", name="中文")).to_be_visible()
