"""What goes wrong with microphones and sound: said in the page and in Python, with a way out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import glmkit as glm
from glmkit.emulator.launch import Emulator
from glmkit.errors import BadState
from tests.browser import spoken_microphone
from tests.browser.conftest import Open
from tests.browser.own_page import hear, says, status, until

#: What a browser does when another program holds the device: no switch makes the fake one busy.
BUSY = """
() => {
  window.__free = navigator.mediaDevices.getUserMedia;
  navigator.mediaDevices.getUserMedia = async () => {
    throw new DOMException("Could not start audio source", "NotReadableError");
  };
}
"""
#: What a browser does when the device is pulled out: its track ends by itself, and says so.
UNPLUG = "() => { __tracks.at(-1).stop(); __tracks.at(-1).dispatchEvent(new Event('ended')) }"
#: Without this switch a page has no sound before a click.
MUTED = "--autoplay-policy=no-user-gesture-required"
A_SECOND = "(() => document.querySelector('.glmkit-time').innerText >= '0:01')"


@pytest.fixture
def recorder() -> Iterator[glm.Recorder]:
    made = glm.Recorder(processing=False)
    yield made
    made.close()


@pytest.fixture
def talk() -> Iterator[Any]:
    with glm.connect("emulator") as session:
        made = glm.Talk(session, processing=False)
        yield made
        made.close()


class Script:
    """Runs code in a page as no person's doing: what Playwright evaluates counts as a gesture."""

    def __init__(self, page: Any) -> None:
        self.cdp = page.context.new_cdp_session(page)

    def __call__(self, expression: str) -> Any:
        given = {"expression": expression, "userGesture": False, "returnByValue": True}
        return self.cdp.send("Runtime.evaluate", given)["result"].get("value")

    def says(self, words: str) -> None:
        until(lambda: words in (self("document.body.innerText") or ""))


def problem(page: Any) -> str:
    return str(page.locator(".glmkit-problem").inner_text())


UNREADABLE = """() => {
    File.prototype.arrayBuffer = () => Promise.reject(new DOMException('', 'NotReadableError'));
}"""


def test_a_file_that_is_gone_is_said(
    open_browser: Open, recorder: glm.Recorder, talk: glm.Talk
) -> None:
    """Chosen, and then moved or unplugged: in the recorder and in the conversation."""
    path = Path(glm.__file__).parents[1] / "data" / "joke_zh.wav"
    choosers = ((recorder, "Upload…"), (talk, "Picture…"), (talk, "Say a file…"))
    for widget, chooser in choosers:
        page = open_browser(None)
        page.goto(widget.open_page())
        page.evaluate(UNREADABLE)
        page.get_by_label(chooser).set_input_files(path)
        says(page, "cannot be read any more")
        until(lambda widget=widget: "cannot be read any more" in (widget.problem or ""))


def test_a_microphone_in_use(open_browser: Open, recorder: glm.Recorder) -> None:
    """In the page, in rec.state, by rec.wait() and by rec.clip; once it is free, it records."""
    page = open_browser(glm.sample("joke_zh") + glm.Clip.silence(30))
    page.goto(recorder.open_page())
    page.evaluate(BUSY)
    page.get_by_role("button", name="Record", exact=True).click()
    says(page, "another program may be using it")
    assert status(page) == "No recording."
    until(lambda: recorder.state == "failed")
    assert "another program" in (recorder.problem or "")
    with pytest.raises(BadState, match="another program"):
        _ = recorder.clip
    with pytest.raises(BadState, match="another program"):
        waited(recorder)
    page.evaluate("() => { navigator.mediaDevices.getUserMedia = __free }")
    page.get_by_role("button", name="Record", exact=True).click()
    says(page, "Recording. Speak.")
    assert problem(page) == ""
    page.get_by_role("button", name="Stop", exact=True).click()
    says(page, "Recorded")
    until(lambda: recorder.state == "recorded")
    assert recorder.problem is None


def waited(recorder: glm.Recorder) -> glm.Clip:
    """``await rec.wait()``, from a thread without a loop of its own."""
    import asyncio
    import threading

    found: list[Any] = []

    def run() -> None:
        try:
            found.append(asyncio.run(recorder.wait(5)))
        except BadState as error:
            found.append(error)

    thread = threading.Thread(target=run)  # Playwright's loop runs in this one
    thread.start()
    thread.join(30)
    if isinstance(found[0], BadState):
        raise found[0]
    clip: glm.Clip = found[0]
    return clip


@pytest.mark.parametrize("paused", [False, True], ids=["recording", "paused"])
def test_a_microphone_unplugged_in_mid_recording(
    open_browser: Open,
    recorder: glm.Recorder,
    microphone_is_off: Any,
    capsys: pytest.CaptureFixture[str],
    paused: bool,
) -> None:
    """What came before is the recording, to the last sample sent; a line in Python says why."""
    page = open_browser(glm.sample("story_zh") + glm.Clip.silence(30))
    page.goto(recorder.open_page())
    page.get_by_role("button", name="Record", exact=True).click()
    says(page, "Recording. Speak.")
    page.wait_for_function(A_SECOND)
    if paused:
        page.get_by_role("button", name="Pause", exact=True).click()
        says(page, "Paused.")
    page.evaluate(UNPLUG)
    says(page, "went away in mid-recording")
    says(page, "Recorded ")
    assert microphone_is_off(page)
    until(lambda: recorder.problem)
    assert recorder.state == "recorded"
    assert recorder.gaps == 0
    assert recorder.clip.seconds >= 1
    given = page.evaluate("__chunks")  # tenths of a second, the last of which may be shorter
    assert given - 1 < 10 * recorder.clip.seconds <= given
    assert recorder.clip.level > -60
    assert capsys.readouterr().out.count("went away in mid-recording") == 1
    assert waited(recorder) == recorder.clip
    page.get_by_role("button", name="Record", exact=True).click()  # and once more
    says(page, "Recording. Speak.")
    assert problem(page) == ""
    until(lambda: recorder.state == "recording" and recorder.problem is None)


def test_a_page_without_a_click_is_told_so(open_browser: Open, recorder: glm.Recorder) -> None:
    """The autoplay rule suspends what would play: the page and Python say it, and a click lets it
    go on. A page with an open microphone is exempt, so recording needs none."""
    page = open_browser(glm.sample("joke_zh") + glm.Clip.silence(30), without=MUTED)
    script = Script(page)
    page.goto(recorder.open_page())
    script.says("Ready")
    script("document.querySelector('.glmkit-record').click()")  # a script's click is no person's
    script.says("Recording. Speak.")
    until(lambda: script(A_SECOND + "()"))
    script("document.querySelector('.glmkit-stop').click()")
    until(lambda: recorder.state == "recorded")
    script("location.reload()")
    script.says("Recorded")
    script("document.querySelector('.glmkit-play').click()")
    script.says("holds sound back")
    until(lambda: "holds sound back" in (recorder.problem or ""))
    assert recorder.clip.seconds >= 1
    page.get_by_role("button", name="Enable sound").click()
    page.get_by_role("alert").wait_for(state="hidden")
    until(lambda: recorder.problem is None)
    page.get_by_role("button", name="Play", exact=True).wait_for()  # it has played to its end


def test_sound_that_stops_in_mid_recording_comes_back(
    open_browser: Open, recorder: glm.Recorder
) -> None:
    """Systems suspend sound for a call or for sleep: what goes on is said, and a click resumes."""
    page = open_browser(glm.sample("joke_zh") + glm.Clip.silence(30), without=MUTED)
    page.add_init_script(
        "const Real = AudioContext; window.__contexts = [];"
        "AudioContext = class extends Real {"
        "  constructor(...given) { super(...given); __contexts.push(this) } }"
    )
    page.goto(recorder.open_page())
    page.get_by_role("button", name="Record", exact=True).click()
    says(page, "Recording. Speak.")
    page.evaluate(
        "() => { __contexts[0].resume = () => new Promise(() => {}); __contexts[0].suspend() }"
    )
    says(page, "holds sound back")
    until(lambda: recorder.problem)
    assert recorder.state == "recording"
    with pytest.raises(BadState, match="holds sound back"):
        _ = recorder.clip
    page.evaluate("() => { delete __contexts[0].resume }")
    page.locator("main").click(position={"x": 1, "y": 1})  # anywhere
    page.get_by_role("alert").wait_for(state="hidden")
    until(lambda: recorder.problem is None)
    page.get_by_role("button", name="Stop", exact=True).click()
    until(lambda: recorder.state == "recorded")


def test_an_answer_that_may_not_sound_waits_for_a_click(open_browser: Open, talk: Any) -> None:
    """Live talk on a page nobody clicked in: the answer is kept and plays after a key."""
    page = open_browser(None, without=MUTED)
    script = Script(page)
    page.goto(talk.open_page())
    script.says("Ready")
    script(
        "{ const box = document.querySelector('input[type=text]');"
        "box.value = '你好'; box.nextSibling.click() }"
    )
    script.says("holds sound back")
    until(lambda: talk.session.turns)
    until(lambda: "holds sound back" in (talk.problem or ""))
    assert not talk.played
    page.locator(".glmkit-status").click()
    page.get_by_role("alert").wait_for(state="hidden")
    until(lambda: talk.played, page)
    assert talk.played[-1].samples == len(talk.session.turns[0].audio)
    assert talk.problem is None


def test_live_talk_without_a_microphone(open_browser: Open, talk: Any) -> None:
    """In use: it is said once, without the reproach that the button was let go too soon."""
    page = open_browser(None)
    page.goto(talk.open_page())
    page.evaluate(BUSY)
    page.locator(".glmkit-hold").hover()
    page.mouse.down()
    says(page, "another program may be using it")
    page.mouse.up()
    until(lambda: talk.state == "ready" and "another program" in (talk.problem or ""))
    assert page.locator(".glmkit-said").count() == 0
    page.get_by_label("open microphone").click()
    page.wait_for_function("() => !document.querySelector('input[type=checkbox]').checked")
    until(lambda: talk.state == "ready")
    page.get_by_label("Write instead").fill("你好")
    page.keyboard.press("Enter")
    until(lambda: talk.session.turns)


@pytest.mark.long
def test_a_microphone_unplugged_in_mid_sentence(
    open_browser: Open, talk: Any, microphone_is_off: Any
) -> None:
    """What was said until then is sent and answered."""
    page = open_browser(None)
    spoken_microphone.install(page)
    page.goto(talk.open_page())
    page.locator(".glmkit-hold").hover()
    page.mouse.down()
    says(page, "Listening")
    spoken_microphone.speak(page, glm.sample("joke_zh"))
    hear(page, 2.5)
    page.evaluate(UNPLUG)
    says(page, "went away in mid-recording")
    assert microphone_is_off(page)
    until(lambda: talk.session.turns)
    assert "笑话" in talk.session.turns[0].user_transcript
    assert "went away" in (talk.problem or "")


@pytest.mark.slow
def test_who_is_never_heard_to_end_has_a_button(open_browser: Open) -> None:
    """On the open microphone, while somebody speaks: the answer comes, and the microphone stays."""
    with (
        Emulator.start(faults=("vad_deaf=always,times=1",)) as server,
        glm.connect(server.url, api_key=server.key) as session,
    ):
        talk = glm.Talk(session, processing=False)
        page = open_browser(glm.sample("joke_zh") + glm.Clip.silence(60))
        page.goto(talk.open_page())
        says(page, "Ready")
        button = page.get_by_role("button", name="Answer now")
        assert button.is_hidden()
        page.get_by_label("open microphone").check()
        until(button.is_enabled, page)
        hear(page, 1.5)
        button.click()
        until(lambda: session.turns, page)
        assert (session.turns[0].fallback, talk.state) == ("commit", "open")
        assert button.is_disabled()
        page.get_by_label("open microphone").uncheck()
        until(button.is_hidden, page)


def test_vs_code_is_offered_the_page_first(open_browser: Open, recorder: glm.Recorder) -> None:
    """Its notebooks have no microphone: that is said before anybody presses, here and in Python."""
    page = open_browser(None)
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => document.body.classList.add('vscode-body'))"
    )
    page.goto(recorder.open_page())
    says(page, "VS Code gives notebooks no microphone")
    page.get_by_role("button", name="Open a page of its own").wait_for()
    until(lambda: recorder.state == "failed")
    with pytest.raises(BadState, match="VS Code"):
        _ = recorder.clip
