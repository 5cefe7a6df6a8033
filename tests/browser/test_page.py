"""The kit's own page in a real browser: the same widgets without Jupyter."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import glmkit as glm
from tests.browser import spoken_microphone
from tests.browser.conftest import Open
from tests.browser.jupyter import Notebook, Server
from tests.browser.own_page import hear, says, until


def test_the_page_records_for_python(open_browser: Open, microphone_is_off: Any) -> None:
    """What is spoken into it is the recorder's clip; when the recorder closes, so does it."""
    recorder = glm.Recorder(limit=3, processing=False)
    page = open_browser(glm.sample("joke_zh") + glm.Clip.silence(10))
    page.goto(recorder.open_page())
    page.get_by_role("button", name="Record", exact=True).click()
    says(page, "Recorded 3.0 s")
    assert (len(recorder.clip), recorder.gaps) == (48_000, 0)
    assert recorder.clip.voiced_spans()
    page.reload()
    says(page, "Recorded 3.0 s")  # it is shown what Python has
    recorder.close()
    says(page, "is closed")
    assert page.evaluate("navigator.mediaDevices !== undefined")


def test_a_page_that_goes_in_mid_recording_leaves_what_it_had(open_browser: Open) -> None:
    """Closing the tab is an end like any other: nothing that had come is lost, nothing waits."""
    recorder = glm.Recorder(processing=False)
    page = open_browser(glm.sample("joke_zh") + glm.Clip.silence(10))
    page.goto(recorder.open_page())
    page.get_by_role("button", name="Record", exact=True).click()
    page.wait_for_function("() => document.querySelector('.glmkit-time').innerText >= '0:01'")
    page.goto("about:blank")
    until(lambda: recorder.state == "recorded", page)
    assert recorder.clip.seconds >= 0.9
    assert recorder.gaps == 0
    recorder.close()


OFFER = (
    "import glmkit as glm\nsession = glm.connect()\n"
    "talk = session.talk(page=True, processing=False)\ntalk"
)


@pytest.mark.long
def test_a_notebook_offers_the_page_and_follows_what_is_said_there(
    lab: Server, open_browser: Open
) -> None:
    """page=True, for talk and recorder: a link, no alarm; what is said or recorded there is in
    both; when the page has gone, another is offered."""
    record = "rec = glm.Recorder(page=True, processing=False)\nrec"
    tell = "print(session.turns[0].user_transcript, talk.played[0].samples > 0, rec)"
    lab.write("offer.ipynb", [OFFER, record, tell])
    page = open_browser(None)
    spoken_microphone.install(page)
    notebook = Notebook(page, lab, "offer.ipynb")
    notebook.run(0)
    notebook.run(1)
    talk, recorder = (page.locator("section.glmkit").nth(number) for number in (0, 1))
    for widget in (talk, recorder):
        widget.get_by_text("opens in your own browser").wait_for()
        assert widget.get_by_role("alert").count() == 0
    own = opened(page, talk)
    assert own.get_by_role("link").count() == 0  # it is the page
    own.locator(".glmkit-hold").hover()
    own.mouse.down()
    says(own, "Listening")
    spoken_microphone.speak(own, glm.sample("joke_zh"))
    hear(own, 2.6)
    own.mouse.up()
    says(own, "Answering")
    says(own, "Ready")
    assert "笑话" in talk.locator(".glmkit-log").inner_text()
    own.close()
    own = opened(page, recorder)
    own.get_by_role("button", name="Record", exact=True).click()
    hear(own, 1.5)
    own.get_by_role("button", name="Stop", exact=True).click()
    says(own, "Recorded")
    notebook.until(lambda: "Recorded" in recorder.inner_text())
    own.close()
    said, heard, rest = notebook.run(2).split(" ", 2)
    assert "笑话" in said
    assert (heard, rest[:18]) == ("True", "<Recorder recorded")
    for widget in (talk, recorder):
        widget.get_by_role("button", name="Open a page of its own").wait_for()
        assert widget.get_by_role("link").count() == 0
    talk.get_by_role("button", name="Open a page of its own").click()
    opened(page, talk).close()


def opened(page: Any, widget: Any) -> Any:
    """The page behind a widget's link."""
    with page.context.expect_page() as found:
        widget.get_by_role("link", name="Open the page").click()
    says(found.value, "Ready")
    return found.value


def test_a_page_that_was_left_behind_says_so(open_browser: Open) -> None:
    """Opened once more, it is the newer one that counts; no cell and no kernel is spoken of."""
    recorder = glm.Recorder()
    page = open_browser(None)
    page.goto(recorder.open_page())
    says(page, "Ready")
    newer = page.context.new_page()
    newer.goto(recorder.open_page())
    says(newer, "Ready")
    says(page, "no longer connected")
    recorder.close()


def test_the_page_speaks_chinese(open_browser: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the reader's language, to the last label."""
    monkeypatch.setenv("GLMKIT_LANG", "zh")
    recorder = glm.Recorder()
    page = open_browser(None)
    page.goto(recorder.open_page())
    page.get_by_role("button", name="录音", exact=True).wait_for()
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    labels = page.locator("button").all_inner_texts()
    assert not [each for each in labels if each.isascii()]
    recorder.close()


@pytest.mark.long
def test_glmkit_live_is_a_conversation_without_jupyter(open_browser: Open, tmp_path: Path) -> None:
    """The command prints its address, talks on that page, and ends when the page does."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "glmkit", "live", "--to", "emulator", "--no-open"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, encoding="utf-8"
    ) as running:
        assert running.stdout is not None
        address = running.stdout.readline().strip()
        page = open_browser(None)
        spoken_microphone.install(page)
        page.goto(address)
        page.locator("summary").click()
        for name in ("echo cancellation", "noise suppression", "automatic gain"):
            page.get_by_label(name).uncheck()
        page.locator(".glmkit-hold").focus()
        page.keyboard.down("Space")
        says(page, "Listening")
        spoken_microphone.speak(page, glm.sample("joke_zh"))
        hear(page, 2.6)
        page.keyboard.up("Space")
        says(page, "Answering")
        page.get_by_role("button", name="Interrupt").click()
        says(page, "Ready")
        page.goto("about:blank")
        words, _ = running.communicate(timeout=60)
    assert running.returncode == 0
    assert "笑话" in words
