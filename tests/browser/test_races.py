"""Quick fingers: what is pressed while the browser asks, loads or ends something."""

from __future__ import annotations

from typing import Any

import pytest

import glmkit as glm
from tests.browser.conftest import Open
from tests.browser.own_page import hear, says, status, until

#: A browser that takes as long to ask as a person to answer, and as long to load.
SLOW = """(() => {
  const wait = () => new Promise(done => setTimeout(done, 700));
  const devices = navigator.mediaDevices, ask = devices.getUserMedia.bind(devices);
  devices.getUserMedia = (wanted) => ask(wanted).then(given => wait().then(() => given));
  const add = AudioWorklet.prototype.addModule;
  AudioWorklet.prototype.addModule = function (url) { return add.call(this, url).then(wait) };
})()"""
#: The twenty seconds after which the microphone goes off take two here.
IMPATIENT = """(() => {
  const real = setTimeout;
  window.setTimeout = (act, ms, ...rest) => real(act, ms === 20000 ? 2000 : ms, ...rest);
})()"""
PRESS = "() => document.querySelector('.glmkit-record').click()"
TRACKS = "__tracks.map(each => each.readyState)"


def test_record_stop_record_while_the_browser_asks(open_browser: Open) -> None:
    """The first press is over, the second one records; nothing is said to have failed."""
    recorder = glm.Recorder(processing=False)
    page = open_browser(glm.sample("joke_zh") + glm.Clip.silence(30))
    page.add_init_script(SLOW)
    page.goto(recorder.open_page())
    page.wait_for_selector(".glmkit-record")
    for _ in range(3):
        page.evaluate(PRESS)
    says(page, "Recording. Speak.")
    hear(page, 0.5)
    page.get_by_role("button", name="Stop", exact=True).click()
    says(page, "Recorded ")
    until(lambda: recorder.state == "recorded")
    recorded = status(page)  # with its seconds, of which a busy machine makes more
    page.evaluate(PRESS)
    page.wait_for_timeout(1000)  # asked, and now loading
    page.evaluate(PRESS)
    page.wait_for_timeout(1000)
    assert status(page) == recorded  # the one before is still there
    assert page.get_by_role("alert").count() == 0
    assert recorder.problem is None
    assert set(page.evaluate(TRACKS)) == {"ended"}
    recorder.close()


def test_clearing_from_python_clears_the_page(open_browser: Open, microphone_is_off: Any) -> None:
    """What was recorded, and what is being recorded: then the microphone goes out."""
    recorder = glm.Recorder(processing=False)
    page = open_browser(glm.sample("joke_zh") + glm.Clip.silence(30))
    page.goto(recorder.open_page())
    for ended in (True, False):
        page.get_by_role("button", name="Record", exact=True).click()
        says(page, "Recording. Speak.")
        hear(page, 0.3)
        if ended:
            page.get_by_role("button", name="Stop", exact=True).click()
            says(page, "Recorded")
        recorder.clear()
        says(page, "Ready. Press Record")
        assert page.locator(".glmkit-time").inner_text() == "0:00.0"
        assert microphone_is_off(page)
        assert recorder.state == "ready"
    recorder.close()


@pytest.fixture
def session() -> Any:
    with glm.connect("emulator") as opened:
        yield opened


def test_who_lets_go_to_answer_the_browser_can_then_talk_on(
    open_browser: Open, session: glm.Session, microphone_is_off: Any
) -> None:
    """The microphone goes off after the last press, not after the first, and nobody is called too
    quiet for having been silent in between."""
    talk = glm.Talk(session, processing=False)
    page = open_browser(glm.sample("joke_zh") + glm.Clip.silence(60))
    for script in (SLOW, IMPATIENT):
        page.add_init_script(script)
    page.goto(talk.open_page())
    page.locator(".glmkit-hold").hover()
    page.mouse.down()
    page.wait_for_timeout(200)
    page.mouse.up()
    page.wait_for_timeout(1600)
    page.mouse.down()
    says(page, "Listening")
    assert page.locator(".glmkit-hint").first.inner_text() == ""
    hear(page, 2.5)
    assert status(page).startswith("Listening")
    assert not microphone_is_off(page)
    page.mouse.up()
    until(lambda: session.turns, page)
    until(lambda: microphone_is_off(page), page)
    talk.close()


#: Somebody who has the pointer over the switch before Python has answered the page's greeting.
EAGER = """new MutationObserver((_, observer) => {
  const box = document.querySelector('.glmkit input[type=checkbox]');
  if (box) { observer.disconnect(); box.click() }
}).observe(document, { childList: true, subtree: true })"""


def test_the_open_microphone_stays_open_for_the_quickest(
    open_browser: Open, session: glm.Session
) -> None:
    """That Python was ready before it was opened does not close it."""
    talk = glm.Talk(session, processing=False)
    page = open_browser(glm.sample("joke_zh") + glm.Clip.silence(60))
    page.add_init_script(EAGER)
    page.goto(talk.open_page())
    says(page, "The microphone is open")
    until(lambda: session.turns, page)
    assert page.get_by_label("open microphone").is_checked()
    talk.close()


def test_enter_after_the_limit_begins_anew(open_browser: Open, session: glm.Session) -> None:
    """One press of the key, not two."""
    talk = glm.Talk(session, processing=False, limit=1)
    page = open_browser(glm.sample("joke_zh") + glm.Clip.silence(60))
    page.goto(talk.open_page())
    page.locator(".glmkit-hold").focus()
    page.keyboard.press("Enter")
    says(page, "Listening")
    until(lambda: talk.state == "ready" and session.turns, page)
    page.keyboard.press("Enter")
    says(page, "Listening")
    talk.close()


def test_an_answer_quicker_than_the_loudspeaker_is_heard_whole(
    open_browser: Open, session: glm.Session
) -> None:
    """It comes while the first write's playback still loads; nothing of it is dropped."""
    talk = glm.Talk(session, processing=False)
    page = open_browser(None)
    page.add_init_script(SLOW.replace("700", "2500"))
    page.goto(talk.open_page())
    says(page, "Ready")
    page.get_by_role("textbox").fill("你好")
    page.keyboard.press("Enter")
    until(lambda: talk.played, page)
    assert talk.played[-1].flush_ms is None
    assert talk.played[-1].samples == len(session.turns[0].audio)
    talk.close()
