"""Both widgets without a pointer and without eyes: every control is reached, named, announced."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

import glmkit as glm
from tests.browser import spoken_microphone
from tests.browser.conftest import Open
from tests.browser.own_page import hear, says, until

#: The controls a person can use now, by what they are called.
CONTROLS = """() => [...document.querySelectorAll(
    '.glmkit :is(button, input:not([type=file]), select, summary, [tabindex])')]
    .filter(each => !each.disabled && each.checkVisibility()).length"""
FOCUSED = """() => { const here = document.activeElement;
    return here === document.body ? null : [...document.querySelectorAll('*')].indexOf(here) }"""
LIVE = """() => [...document.querySelectorAll('.glmkit [role]')].map(each =>
    [each.getAttribute('role'), each.getAttribute('aria-label'), each.getAttribute('aria-live')])"""


def reached(page: Any) -> int:
    """How many controls the Tab key comes to before it leaves the page."""
    page.locator("section.glmkit").click(position={"x": 2, "y": 2})
    page.evaluate("() => { document.activeElement.blur(); getSelection().removeAllRanges() }")
    found: set[int] = set()
    while True:
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUSED)
        if here is None or here in found:
            return len(found)
        found.add(here)


def unnamed(page: Any) -> list[str]:
    """The controls that a screen reader could not call by a name."""
    lines = str(page.locator("main").aria_snapshot()).splitlines()
    controls = [
        each.strip()
        for each in lines
        if re.match(r"- (button|checkbox|combobox|textbox|meter|img|log)\b", each.strip())
    ]
    assert controls
    return [each for each in controls if not re.search(r'"[^"]+"', each)]


@pytest.fixture
def session() -> Any:
    with glm.connect("emulator") as opened:
        yield opened


def both(session: glm.Session) -> list[Callable[[], Any]]:
    return [lambda: glm.Recorder(file="joke_zh"), lambda: glm.Talk(session, processing=False)]


@pytest.mark.parametrize("which", [0, 1], ids=["recorder", "talk"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_control_is_reached_and_named(
    open_browser: Open,
    session: glm.Session,
    monkeypatch: pytest.MonkeyPatch,
    which: int,
    language: str,
) -> None:
    """With the Tab key alone; and what changes is in a region that a screen reader reads out."""
    monkeypatch.setenv("GLMKIT_LANG", language)
    widget = both(session)[which]()
    page = open_browser(None)
    page.goto(widget.open_page())
    page.locator("summary").click()
    assert unnamed(page) == []
    assert reached(page) >= page.evaluate(CONTROLS) > 4
    roles = {role: (label, live) for role, label, live in page.evaluate(LIVE)}
    assert roles["status"][1] == "polite"
    assert "alert" in roles
    assert roles["meter"][0]
    assert page.locator("section.glmkit").get_attribute("aria-label")
    widget.close()


@pytest.mark.long
def test_talking_by_keyboard(open_browser: Open, session: glm.Session) -> None:
    """The space bar talks as long as it is held; Enter begins and, pressed again, ends."""
    talk = glm.Talk(session, processing=False)
    page = open_browser(None)
    spoken_microphone.install(page)
    page.goto(talk.open_page())
    hold = page.locator(".glmkit-hold")
    hold.focus()
    page.keyboard.press("Enter")
    says(page, "Listening")
    assert hold.get_attribute("aria-pressed") == "true"
    spoken_microphone.speak(page, glm.sample("joke_zh"))
    hear(page, 2.5)
    page.keyboard.press("Enter")
    until(lambda: session.turns)
    assert "笑话" in session.turns[0].user_transcript
    assert hold.get_attribute("aria-pressed") == "false"
    page.keyboard.down("Space")
    says(page, "Listening")
    page.keyboard.press("Tab")  # who leaves the button lets it go
    page.locator(".glmkit-hold[aria-pressed=false]").wait_for()
    page.keyboard.up("Space")
    talk.close()
