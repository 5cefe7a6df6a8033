"""A pupil's page over the links that a school has: encrypted by a certificate of the teacher's own,
slow, and gone for a while."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import glmkit as glm
from glmkit.classroom.running_class import RunningClass
from glmkit.relay.listener import ListenAt
from tests.browser.held_servers import Held
from tests.browser.test_seat_page import enter, is_as_played, turn_after
from tests.classroom.taught import taught
from tests.own_certificate import own_certificate

sync_api = pytest.importorskip("playwright.sync_api")
Page, expect = sync_api.Page, sync_api.expect
THIRD_GENERATION = {  # as Chromium's own "3G" was
    "offline": False,
    "latency": 300,  # ms
    "downloadThroughput": 750_000 / 8,
    "uploadThroughput": 250_000 / 8,
}
PATIENCE = 60_000  # ms


def hold(page: Page, seconds: float) -> None:
    """Speak for so long, once the page says so."""
    page.get_by_role("button", name="Hold to speak").hover()
    page.mouse.down()
    expect(page.get_by_role("status")).to_have_text("Speak now", timeout=PATIENCE)
    page.wait_for_timeout(1000 * seconds)
    page.mouse.up()


@pytest.mark.long  # one more in a real browser
def test_a_page_over_tls_hears_the_microphone(
    held: Held,
    open_browser: Callable[..., Any],
    microphone_is_off: Callable[[Any], bool],
    tmp_path: Path,
) -> None:
    """By a certificate that nobody vouches for: what is spoken is a turn, its answer sounds."""
    made = own_certificate(tmp_path)
    at = ListenAt(certfile=made.cert, keyfile=made.key)
    taking: RunningClass = held.enter(taught(tmp_path / "class", at=at))
    page: Page = open_browser(glm.sample("joke_en"), args=("--ignore-certificate-errors",))
    enter(page, taking)
    assert page.url.startswith("https://")
    assert page.evaluate("isSecureContext")
    hold(page, 1.2)
    turn = turn_after(taking, page, 0)
    assert turn.input is not None
    assert turn.input.level > -60
    assert is_as_played(taking, turn, 0)
    assert microphone_is_off(page)


@pytest.mark.long  # one more in a real browser
def test_a_page_over_a_slow_link_says_what_it_waits_for(
    held: Held, open_browser: Callable[..., Any], tmp_path: Path
) -> None:
    """Over 3G the page says that it loads, speech arrives whole, the answer sounds to its last
    sample; where the link is gone that is said, and so is that it is back."""
    taking: RunningClass = held.enter(taught(tmp_path))
    page: Page = open_browser()
    link = page.context.new_cdp_session(page)
    link.send("Network.enable")
    link.send("Network.emulateNetworkConditions", THIRD_GENERATION)
    page.set_default_timeout(PATIENCE)
    page.goto(f"{taking.page}seat?lang=en", wait_until="commit")
    expect(page.get_by_text("Loading …")).to_be_visible()
    enter(page, taking)
    page.get_by_label("Type a sentence").fill("Hello!")
    page.keyboard.press("Enter")
    assert is_as_played(taking, turn_after(taking, page, 0), 0)
    hold(page, 3)
    spoken = turn_after(taking, page, 1)
    assert spoken.input is not None
    assert spoken.input.seconds >= 2.5
    assert is_as_played(taking, spoken, 1)
    link.send("Network.emulateNetworkConditions", {**THIRD_GENERATION, "offline": True})
    expect(page.get_by_text("The class does not answer")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Hold to speak").hover()
    page.mouse.down()
    page.mouse.up()
    expect(page.get_by_text("The class does not answer")).to_be_visible()
    link.send("Network.emulateNetworkConditions", THIRD_GENERATION)
    expect(page.get_by_text("The class answers again")).to_be_visible(timeout=PATIENCE)
