"""The page of hand-ins and the slips in a real browser: worked by keyboard, projected, printed."""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from glmkit.auth.masking import Secret
from glmkit.classroom.core import Classroom
from glmkit.classroom.running_class import RunningClass, serve_class
from glmkit.classroom.slips import seat_address
from tests.browser.conftest import SHOTS
from tests.browser.held_servers import Held
from tests.browser.test_teacher_page import LOOKS, MANY, enter
from tests.classroom.handed import WORDS, file_of, hand_in, tried
from tests.classroom.taught import PASSWORD, PUPILS, taught
from tests.listed import check_each
from tests.relay.relayed import upstream_at

sync_api = pytest.importorskip("playwright.sync_api")
Page, expect = sync_api.Page, sync_api.expect
LONG = ("What is a token, and why does it not last for ever? " * 4, WORDS[1] * 6)


@asynccontextmanager
async def handed(folder: Path) -> AsyncIterator[RunningClass]:
    """A class of three: two hand-ins that may be shown, and one that may not."""
    async with taught(folder) as taking:
        await hand_in(taking, file_of(tried(1, 2), show=True, words=("<b>no</b>", WORDS[1])))
        await hand_in(taking, file_of(tried(2, 2), show=True), "05")
        await hand_in(taking, file_of(tried(0, 2), lesson="05"), "05", "seat-08")
        yield taking


@asynccontextmanager
async def thirty(folder: Path) -> AsyncIterator[RunningClass]:
    """Thirty pupils with fourteen lessons each, as wide as cells get."""
    classroom = Classroom([*PUPILS, *MANY], folder, upstream_at("ws://127.0.0.1:9/"))
    async with await serve_class(classroom, Secret(PASSWORD)) as taking:
        content = file_of(tried(12, 12, tries=3, opened=3), show=True, words=LONG)
        for id in classroom.seats:
            for lesson in range(14):
                await hand_in(taking, content, f"{lesson:02d}", id)
        yield taking


def inside(page: Page, taking: RunningClass, *, lang: str = "en", path: str = "hand-ins") -> None:
    """Past the password, at another page of the class."""
    enter(page, f"{taking.page}?lang={lang}")
    page.goto(f"{taking.page}{path}?lang={lang}")


def overflow(page: Page) -> list[int]:
    """Pixels of the page beyond the window, across and down."""
    shown = "document.documentElement"
    size = f"[{shown}.scrollWidth - innerWidth, {shown}.scrollHeight - innerHeight]"
    found: list[int] = page.evaluate(size)
    return found


@pytest.mark.slow
def test_a_turn_is_projected_by_keyboard_and_vanishes_when_withdrawn(
    held: Held, open_browser: Callable[..., Any], tmp_path: Path
) -> None:
    """Arrows, Enter, sound, the name as the teacher likes, Esc back to the cell; nothing leaves."""
    taking: RunningClass = held.enter(handed(tmp_path))
    page: Page = open_browser()
    wrong, asked = [], set()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: said.type == "error" and wrong.append(said.text))
    page.on("request", lambda request: asked.add(request.url.partition("/_class/")[0]))
    inside(page, taking)
    first = page.get_by_role("button", name="07 张三, lesson 03: 1 of 2 right, tries: 2")
    expect(first).to_have_text("1/2·2")
    column, head = "it => it.closest('td, th').cellIndex", page.get_by_role("columnheader")
    assert first.evaluate(column) == head.filter(has_text="Lesson 03").evaluate(column)
    first.focus()
    page.keyboard.press("ArrowRight")
    second = page.get_by_role("button", name="07 张三, lesson 05")
    expect(second).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="08 Li Si · lesson 05")
    dialog.get_by_text("has not allowed this").wait_for()
    expect(dialog.get_by_role("button", name="Show turn")).to_have_count(0)
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    expect(first).to_be_focused()
    cell = first.element_handle()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="07 张三 · lesson 03")
    dialog.get_by_text("03-1 right (try 1)").wait_for()
    # opened again before the page is told that it was closed
    cell.evaluate("it => { document.querySelector('dialog.hand-in').close(); it.click(); }")
    dialog.get_by_text("03-1 right (try 1)").wait_for()
    dialog.get_by_role("button", name="Show turn 1 to the class").press("Enter")
    shown = page.get_by_role("dialog", name="A turn for the class")
    shown.get_by_text("<b>no</b>").wait_for()
    expect(shown.get_by_role("heading", name="A pupil")).to_be_visible()
    assert shown.get_by_text("张三").count() == 0
    page.keyboard.press("Enter")  # the button has the focus
    playing = re.compile(r"^(0\.[3-9]|[1-9])")
    expect(shown.locator(".glm-timeline")).to_have_attribute("data-second", playing)
    shown.get_by_role("button", name="Show the name").press("Enter")
    expect(shown.get_by_role("heading", name="07 张三")).to_be_visible()
    page.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="Show turn 1 to the class").click()
    shown.locator(".glm-play").wait_for()
    held.do(taking.hand_ins.withdraw("seat-07", "03"))
    expect(shown).to_be_hidden()
    expect(page.get_by_role("status").filter(has_text="was withdrawn")).to_be_visible()
    expect(first).to_have_count(0)
    expect(page.get_by_text("<b>no</b>")).to_have_count(0)
    assert (wrong, asked) == ([], {taking.page.removesuffix("/_class/")})


@pytest.mark.long  # one more in a real browser
def test_thirty_pupils_and_a_turn_are_seen_whole(held: Held, browser: Any, tmp_path: Path) -> None:
    """The table and a turn fit a projector, in each language and theme; 700 px go not sideways."""
    taking: RunningClass = held.enter(thirty(tmp_path))

    def check(lang: str, scheme: str) -> None:
        size = {"width": 1280, "height": 720}
        context = browser.new_context(locale=lang, color_scheme=scheme, viewport=size)
        page: Page = context.new_page()
        inside(page, taking, lang=lang[:2])
        expect(page.locator("button.score")).to_have_count(30 * 14)
        page.screenshot(path=SHOTS / f"hand_ins_{lang}_{scheme}.png")
        assert overflow(page) == [0, 0]
        cut = "each => each.filter(one => one.scrollWidth > one.clientWidth).length"
        assert page.eval_on_selector_all("button.score", cut) == 0
        page.locator("button.score").first.click()
        page.locator("dialog .line").first.wait_for()
        page.screenshot(path=SHOTS / f"hand_in_{lang}_{scheme}.png")
        page.locator("dialog li button").first.click()
        page.locator(".glm-play").wait_for()
        for width, height in ((1280, 720), (1920, 1080)):
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=SHOTS / f"projected_{lang}_{scheme}_{width}.png")
            assert page.locator(".projection").evaluate("it => it.scrollHeight - innerHeight") <= 0
        page.keyboard.press("Escape")
        page.set_viewport_size({"width": 700, "height": 900})
        page.screenshot(path=SHOTS / f"hand_ins_{lang}_{scheme}_700.png")
        assert overflow(page)[0] == 0
        context.close()

    check_each(check, LOOKS)


#: Whether each group of letters that is typed stands on one line.
_GROUPS_WHOLE = """each => each.every(({ firstChild: words }) =>
    [...words.data.matchAll(/\\S+/g)].every(({ 0: group, index }) => {
        const range = new Range();
        range.setStart(words, index);
        range.setEnd(words, index + group.length);
        return range.getClientRects().length === 1;
    }))"""


@pytest.mark.slow
def test_the_codes_of_slips_lead_to_the_seats(held: Held, browser: Any, tmp_path: Path) -> None:
    """Read off the picture, on a dark screen and on paper; no slip is cut by the end of a page."""
    taking: RunningClass = held.enter(thirty_of_nothing(tmp_path))
    expected = [
        seat_address(taking.line_of(id), lang="zh").reveal() for id in taking.classroom.seats
    ]
    context = browser.new_context(color_scheme="dark", viewport={"width": 1000, "height": 700})
    page: Page = context.new_page()
    inside(page, taking, lang="zh", path="slips")
    slips = page.locator(".slips img")  # they come in parts
    expect(slips).to_have_count(len(expected), timeout=30_000)
    for media in ("screen", "print"):
        page.emulate_media(media=media, color_scheme="dark")
        picture = page.screenshot(path=SHOTS / f"slips_{media}.png", full_page=True)
        codes = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
        assert sorted(code.text for code in codes) == sorted(expected)
    ground = Image.open(io.BytesIO(picture)).convert("RGB").getpixel((2, 2))
    assert ground == (255, 255, 255)  # paper, not the screen's dark
    whole = "each => each.every(one => getComputedStyle(one).breakInside === 'avoid')"
    assert page.eval_on_selector_all(".slips section", whole)
    for width in range(680, 820, 20):  # A4, with more or less of a margin
        page.set_viewport_size({"width": width, "height": 1000})
        assert page.eval_on_selector_all(".slips .typed", _GROUPS_WHOLE)
    printed = page.pdf(path=SHOTS / "slips.pdf", format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) in range(2, 6)
    context.close()


@asynccontextmanager
async def thirty_of_nothing(folder: Path) -> AsyncIterator[RunningClass]:
    """Thirty pupils who have handed in nothing."""
    classroom = Classroom([*PUPILS, *MANY], folder, upstream_at("ws://127.0.0.1:9/"))
    async with await serve_class(classroom, Secret(PASSWORD)) as taking:
        yield taking
