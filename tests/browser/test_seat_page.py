"""A pupil's page in a real browser: spoken, typed, chosen and uploaded, heard and seen."""

from __future__ import annotations

import re
import socket
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import glmkit as glm
from glmkit.classroom.running_class import RunningClass
from glmkit.turns.turn import Turn
from tests.browser import phone_files
from tests.browser.conftest import SHOTS
from tests.browser.held_servers import Held
from tests.browser.own_page import until
from tests.browser.test_teacher_page import LOOKS
from tests.classroom.taught import taught
from tests.listed import check_each

sync_api = pytest.importorskip("playwright.sync_api")
Page, expect = sync_api.Page, sync_api.expect
SIZES = ((360, 740), (1280, 720))


def enter(page: Page, taking: RunningClass, *, at: str = "") -> None:
    """By the address of a slip, whose line does not stay in the browser's bar."""
    page.set_default_timeout(60_000)
    page.goto(f"{at or taking.page}seat?lang=en#{taking.line_of('seat-07').reveal()}")
    page.wait_for_selector(".panel")
    assert "#" not in page.url


def turn_after(taking: RunningClass, page: Page, number: int) -> Turn:
    """The turn of this number, once it is over and the page has heard it out."""
    talk = taking.talks.of("seat-07").session

    def heard() -> bool:
        return len(talk.played) > number and talk.played[number].checksum is not None

    until(heard, page)
    assert talk.core is not None
    return talk.core.turns[number]


def is_as_played(taking: RunningClass, turn: Turn, number: int) -> bool:
    """Whether the page has sounded each sample of the answer, as it is."""
    report = taking.talks.of("seat-07").session.played[number]
    assert turn.audio is not None
    sound = turn.audio.to_pcm(24_000)
    return (report.samples, report.checksum) == (len(sound) // 2, zlib.adler32(sound))


@pytest.mark.long
def test_a_pupil_without_a_notebook_holds_a_conversation(
    held: Held,
    open_browser: Callable[..., Any],
    microphone_is_off: Callable[[Any], bool],
    tmp_path: Path,
) -> None:
    """A recording, a sentence, files and the microphone; each answer sounds to its last sample."""
    taking: RunningClass = held.enter(taught(tmp_path))
    page: Page = open_browser()
    wrong, asked = [], set()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("request", lambda request: asked.add(request.url.partition("/_class/")[0]))
    enter(page, taking)
    page.get_by_label("A recording of the kit").select_option(label="Tell me a joke, please.")
    page.get_by_role("button", name="Say this one").click()
    assert is_as_played(taking, turn_after(taking, page, 0), 0)
    page.get_by_label("Type a sentence").fill("Hello<b>")
    page.keyboard.press("Enter")
    assert is_as_played(taking, turn_after(taking, page, 1), 1)
    expect(page.get_by_text("Hello<b>")).to_be_visible()
    page.get_by_label("Upload a recording").set_input_files(
        {"name": "a.wav", "mimeType": "audio/wav", "buffer": glm.Clip.tone(300, 1).to_wav()}
    )
    assert turn_after(taking, page, 2).input.seconds == pytest.approx(1, abs=0.01)
    webm = phone_files.recorded(page, "audio/webm")
    page.get_by_label("Upload a recording").set_input_files(
        {"name": "a.webm", "mimeType": "audio/webm", "buffer": webm}
    )
    turn = turn_after(taking, page, 3)
    assert turn.input.seconds == pytest.approx(phone_files.SECONDS, abs=0.3)
    page.get_by_role("button", name="Hold to speak").hover()
    page.mouse.down()
    expect(page.get_by_role("status")).to_have_text("Speak now")
    page.wait_for_timeout(1200)
    page.mouse.up()
    spoken = turn_after(taking, page, 4)
    assert spoken.input.level > -60
    assert is_as_played(taking, spoken, 4)
    until(lambda: microphone_is_off(page), page)
    page.locator(".turn").first.get_by_text("Timeline and findings").click()
    expect(page.locator(".turn").first.locator(".glm-timeline canvas").first).to_be_visible()
    page.screenshot(path=SHOTS / "pupil.png", full_page=True)
    page.get_by_text("Hand in this conversation").click()
    page.get_by_role("button", name="Hand in without it").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose the lesson first")
    expect(page.get_by_label("Lesson")).to_be_focused()
    page.get_by_label("Lesson").select_option("03")
    page.get_by_label("The class may see and hear").check()
    page.get_by_role("button", name="Hand in without it").click()
    page.get_by_text("without your voice, the class may see it").wait_for()
    page.reload()
    expect(page.locator(".turn")).to_have_count(5)
    expect(page.get_by_text("Hello<b>")).to_be_visible()
    assert (wrong, asked) == ([], {taking.page.removesuffix("/_class/")})


@pytest.mark.long  # one more in a real browser
def test_a_page_says_what_has_ended_it(
    held: Held, open_browser: Callable[..., Any], tmp_path: Path
) -> None:
    """Another tab, a limit, the teacher's stop, the class's end: each in words, with a way on."""
    taking: RunningClass = held.enter(taught(tmp_path))
    page: Page = open_browser()
    enter(page, taking)
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector(".panel")
    expect(page.get_by_role("alert")).to_contain_text("another tab")
    page.get_by_role("button", name="Go on here").click()
    expect(other.get_by_role("alert")).to_contain_text("another tab")
    other.close()
    held.do(taking.classroom.limit("seat-07", turns=0))
    expect(page.get_by_role("status")).to_contain_text("limit is reached")
    page.get_by_label("A recording of the kit").select_option(label="Tell me a joke, please.")
    page.get_by_role("button", name="Say this one").click()
    expect(page.get_by_text("your seat has had its 0 turns")).to_be_visible(timeout=60_000)
    held.do(taking.classroom.message("<i>look</i>"))
    expect(page.get_by_text("your teacher says: <i>look</i>")).to_be_visible()
    held.do(taking.classroom.stop("seat-07"))
    expect(page.get_by_role("status")).to_contain_text("stopped")
    expect(page.get_by_text("your teacher has stopped this seat")).to_be_visible()
    for name in ("Hold to speak", "Say it", "Say this one"):
        expect(page.get_by_role("button", name=name)).to_be_disabled()
    held.do(taking.classroom.allow("seat-07"))
    expect(page.get_by_role("button", name="Hold to speak")).to_be_enabled()
    page.get_by_role("button", name="Leave this browser").click()
    expect(page.get_by_role("heading", name="Take your seat")).to_be_visible()
    page.goto(f"{taking.page}talk?lang=en")
    expect(page.get_by_role("link", name="Take your seat")).to_be_visible()
    enter(page, taking)
    held.do(taking.close())
    expect(page.get_by_text("The class does not answer")).to_be_visible()


@pytest.mark.long  # one more in a real browser
def test_a_file_that_is_no_recording_is_refused_in_a_pupils_words(
    held: Held, open_browser: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Empty, large, text, a video without sound, and what is only too long: each for what it is."""
    taking: RunningClass = held.enter(taught(tmp_path))
    page: Page = open_browser()
    enter(page, taking)
    field, alert = page.get_by_label("Upload a recording"), page.get_by_role("alert")

    def choose(name: str, content: bytes) -> None:
        field.set_input_files({"name": name, "mimeType": "audio/wav", "buffer": content})

    choose("a.wav", b"")
    expect(alert).to_have_text("This file is empty: choose another one.")
    choose("a.wav", bytes(9 * 2**20))
    expect(alert).to_contain_text("This file has 9 MB")
    for name, content in (("a.txt", b"hello\n" * 99), ("a.mp4", phone_files.mp4(b"isom")[:300])):
        before = page.locator(".note").count()
        choose(name, content)
        expect(page.locator(".note")).to_have_count(before + 1)
        expect(page.locator(".note").last).to_contain_text("finds sound in this file")
    monkeypatch.setattr(phone_files, "_FRAMES", round(270 * 48_000 / 1024))
    if page.evaluate("document.createElement('audio').canPlayType('audio/aac') !== ''"):
        choose("a.m4a", phone_files.mp4(b"M4A"))
        expect(alert).to_contain_text("at most 30 s can be said at once")
    core = taking.talks.of("seat-07").session.core
    assert core is None or not core.turns


@pytest.mark.long  # one more in a real browser
def test_a_page_over_plain_http_says_that_it_has_no_microphone(
    held: Held, open_browser: Callable[..., Any], tmp_path: Path
) -> None:
    """And plays answers all the same, to the last sample, without a worklet."""
    taking: RunningClass = held.enter(taught(tmp_path))
    name = socket.gethostname().lower()
    page: Page = open_browser(args=(f"--host-resolver-rules=MAP {name} 127.0.0.1",))
    enter(page, taking, at=taking.page.replace("127.0.0.1", name))
    assert (
        page.evaluate("[isSecureContext, 'audioWorklet' in AudioContext.prototype]") == [False] * 2
    )
    expect(page.get_by_text("No microphone here")).to_contain_text("--certfile")
    expect(page.get_by_role("button", name="Hold to speak")).to_have_count(0)
    page.get_by_label("Type a sentence").fill("Hello!")
    page.keyboard.press("Enter")
    assert is_as_played(taking, turn_after(taking, page, 0), 0)


@pytest.mark.long  # one more in a real browser
def test_a_page_fits_phones_and_projectors(held: Held, browser: Any, tmp_path: Path) -> None:
    """In both languages, light and dark, with an open timeline: nothing goes sideways."""
    taking: RunningClass = held.enter(taught(tmp_path))

    def check(lang: str, scheme: str) -> None:
        context = browser.new_context(locale=lang, color_scheme=scheme)
        page: Page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{taking.page}seat#{taking.line_of('seat-07').reveal()}")
        page.wait_for_selector(".panel")
        expect(page.locator("html")).to_have_attribute("lang", re.compile(lang[:2]))
        if not page.locator(".turn").count():
            page.locator("#sentence").fill("你好")
            page.keyboard.press("Enter")
        page.locator(".turn summary").first.click()
        page.wait_for_selector(".glm-timeline canvas")
        page.locator(".hand-in summary").click()
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=SHOTS / f"pupil_{lang}_{scheme}_{width}.png", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth") == width
        context.close()

    check_each(check, LOOKS)
