"""Live talk in a real notebook: heard, answered, played as it was sent, and interrupted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import glmkit as glm
from tests.browser import phone_files, spoken_microphone
from tests.browser.conftest import Open
from tests.browser.jupyter import Notebook, Server
from tests.browser.own_page import hear, says, until

SHOW = (
    "import glmkit as glm\nsession = glm.connect({})\ntalk = session.talk(processing=False)\ntalk"
)
#: Counts the pieces of answers that are handed to the loudspeaker when hardly any sound is left,
#: after which there may be a gap: they came late.
LATE = """
(() => {
  const [enough, least, rate] = [0.12, 0.06, 24000]; // s to begin with, s that are hardly any, Hz
  window.__late = 0;
  window.AudioWorkletNode = class extends AudioWorkletNode {
    constructor(context, name, options) {
      super(context, name, options);
      if (name !== "glmkit-playback") return;
      let [begun, handed] = [null, 0];
      const post = this.port.postMessage.bind(this.port);
      this.port.postMessage = (message, transfer) => {
        const now = context.currentTime;
        if (message.samples && begun !== null && handed - (now - begun) < least) {
          window.__late += 1;
          [begun, handed] = [null, 0];
        }
        handed += (message.samples?.byteLength ?? 0) / 2 / rate;
        if (handed >= enough) begun ??= now;
        post(message, transfer);
      };
    }
  };
})()
"""
TELL = "import zlib\nturn = session.turns[-1]\nplayed = talk.played[-1]\n"


def talk(page: Any, number: int = 0) -> Any:
    found = page.locator("section.glmkit").nth(number)
    found.wait_for()
    return found


def status(found: Any) -> str:
    return str(found.locator(".glmkit-status").inner_text())


def hold(notebook: Notebook, found: Any, spoken: glm.Clip) -> None:
    """The button, while something is said once it is heard."""
    found.locator(".glmkit-hold").hover()
    notebook.page.mouse.down()
    notebook.until(lambda: "Listening" in status(found))
    spoken_microphone.speak(notebook.page, spoken)
    hear(notebook.page, spoken.seconds + 0.6)
    notebook.page.mouse.up()


@pytest.mark.long
def test_a_spoken_wish_is_answered_and_played_to_the_last_sample(
    lab: Server, open_browser: Open
) -> None:
    """Push-to-talk: the words of both sides appear; what is rendered is what was sent, without a
    gap but where a piece came late."""
    checks = (
        "same = zlib.adler32(turn.audio.to_pcm()) == played.checksum\n"
        "print(turn.user_transcript, same, len(turn.audio) == played.samples, talk.underruns)\n"
        "print(round(turn.heard_seconds - turn.audio.seconds, 3), talk)"
    )
    lab.write("talk.ipynb", [SHOW.format(""), "talk", TELL + checks])
    page = open_browser(None)
    page.add_init_script(LATE)
    spoken_microphone.install(page)
    notebook = Notebook(page, lab, "talk.ipynb")
    notebook.start(0)
    found = talk(page)
    notebook.run(1)
    hold(notebook, found, glm.sample("joke_zh"))
    notebook.until(lambda: "Answering" in status(found))
    notebook.until(lambda: "Ready" in status(found))
    log = found.locator(".glmkit-log")
    assert "笑话" in log.inner_text()
    assert log.inner_text() == talk(page, 1).locator(".glmkit-log").inner_text()
    words, counted = notebook.run(2).splitlines()
    assert "笑话" in words
    *same, gaps = words.split()[-3:]
    assert same == ["True", "True"]
    assert int(gaps) <= page.evaluate("__late")
    assert counted == "0.0 <Talk ready, peer=emulator, turns=1>"


@pytest.mark.long
def test_speaking_into_an_answer_stops_it(lab: Server, open_browser: Open) -> None:
    """Open microphone: at a second utterance the page drops all that has not sounded; the turn
    knows what was heard; an interrupt of a cell meanwhile changes nothing."""
    checks = (
        "turn = next(t for t in session.turns if t.status == 'cancelled')\n"
        "flush = next(p for p in talk.played if p.flush_ms is not None)\n"
        "sent = [e.type for e in session.trace.events if e.direction == 'client']\n"
        "whole = len(turn.audio)\n"
        "print(flush.samples + flush.dropped == whole, 0 < flush.samples < whole)\n"
        "print(sent.count('response.cancel') <= 1, session.turns[-1].status)\n"
        "print(round(flush.samples / 24000, 3) == round(turn.heard_seconds, 3), flush.flush_ms)"
    )
    lab.write("barge.ipynb", [SHOW.format(""), "import time; time.sleep(60)", checks])
    page = open_browser(None)
    spoken_microphone.install(page)
    notebook = Notebook(page, lab, "barge.ipynb")
    notebook.start(0)
    found = talk(page)
    found.get_by_label("open microphone").check()
    notebook.until(lambda: "microphone is open" in status(found))
    assert "headphones" in found.inner_text()
    notebook.start(1)
    notebook.menu("Kernel", "Interrupt Kernel")
    spoken_microphone.speak(page, glm.sample("story_zh"))
    notebook.until(lambda: "Answering" in status(found))
    spoken_microphone.speak(page, glm.sample("joke_zh"))
    notebook.until(lambda: "笑话" in found.locator(".glmkit-log").inner_text())
    notebook.until(lambda: "Answering" in status(found))
    found.get_by_label("open microphone").uncheck()
    notebook.until(lambda: "Ready" in status(found))
    out = notebook.run(2)
    assert out.count("\n") == 2, out
    first, second, third = out.splitlines()
    assert first == "True True"
    assert second == "True completed"
    assert third.startswith("True"), third


def test_writing_pictures_and_stopping(lab: Server, open_browser: Open, tmp_path: Path) -> None:
    """The text box asks, a picture is queued, Interrupt and Stop end what goes on, and a second
    Talk takes over from the first."""
    lab.write("write.ipynb", [SHOW.format(""), "session.talk()", "print(talk, session.closed)"])
    page = open_browser(None)
    notebook = Notebook(page, lab, "write.ipynb")
    notebook.start(0)
    found = talk(page)
    found.get_by_label("Write instead").fill("你好，给我讲个笑话")
    page.keyboard.press("Enter")
    notebook.until(lambda: "Answering" in status(found))
    found.get_by_role("button", name="Interrupt").click()
    notebook.until(lambda: "Ready" in status(found))
    path = Path(__file__).parents[2] / "data" / "picture_ball.jpg"
    found.get_by_label("Picture…").set_input_files(path)
    notebook.until(lambda: "next thing you say" in found.locator(".glmkit-log").inner_text())
    notebook.run(1)
    notebook.until(lambda: "Closed" in status(found))
    assert "another cell" in found.inner_text()
    assert "Ready" in status(talk(page, 1))
    assert notebook.run(2).startswith("<Talk closed")


@pytest.mark.long
def test_everything_goes_out_with_the_cell_and_with_the_kernel(
    lab: Server, open_browser: Open, microphone_is_off: Any, cameras_are_off: Any
) -> None:
    """Clearing the cell, running it again and restarting the kernel each end what goes on."""
    lab.write("ends_talk.ipynb", [SHOW.format(""), "print(talk)"])
    page = open_browser(glm.sample("joke_zh") + glm.Clip.silence(60))
    notebook = Notebook(page, lab, "ends_talk.ipynb")

    def go_live() -> None:
        notebook.run(0)
        found = talk(page)
        found.get_by_role("button", name="Camera", exact=True).click()
        found.get_by_role("button", name="Camera off").wait_for()
        found.get_by_label("open microphone").check()
        notebook.until(lambda: "microphone is open" in status(found) or "Answer" in status(found))
        assert not microphone_is_off(page)
        assert not cameras_are_off(page)

    def all_is_off() -> bool:
        return bool(microphone_is_off(page) and cameras_are_off(page))

    go_live()
    notebook.cell(0).locator(".jp-InputArea").click()
    notebook.menu("Edit", "Clear Cell Output")
    notebook.until(all_is_off)
    notebook.until(lambda: notebook.run(1).startswith("<Talk ready"))
    go_live()
    notebook.run(0)  # again: the first is closed, the second is at rest
    notebook.until(all_is_off)
    assert "Ready" in status(talk(page))
    go_live()
    notebook.menu("Kernel", "Restart Kernel…")
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    notebook.until(all_is_off)
    notebook.until(lambda: "restarted" in talk(page).get_by_role("alert").inner_text())


@pytest.mark.long
def test_a_cleared_cell_falls_silent(lab: Server, open_browser: Open) -> None:
    """In the middle of an answer: what still comes of it opens no sound anew."""
    lab.write("silent.ipynb", [SHOW.format(""), "print(session.turns[0].status)"])
    page = open_browser(None)
    page.add_init_script(
        "const Real = AudioContext; window.__contexts = [];"
        "AudioContext = class extends Real {"
        "  constructor(...given) { super(...given); __contexts.push(this) } }"
    )
    notebook = Notebook(page, lab, "silent.ipynb")
    notebook.run(0)
    found = talk(page)
    found.get_by_label("Write instead").fill("给我讲个故事")
    found.get_by_label("Write instead").press("Enter")
    notebook.until(lambda: "Answering" in status(found))
    notebook.cell(0).locator(".jp-InputArea").click()
    notebook.menu("Edit", "Clear Cell Output")
    notebook.until(lambda: notebook.run(1) in ("interrupted", "cancelled"))
    page.wait_for_timeout(500)
    assert set(page.evaluate("__contexts.map(each => each.state)")) == {"closed"}


@pytest.mark.long
def test_two_conversations_on_two_sessions(lab: Server, open_browser: Open) -> None:
    """Each has its own words and its own answers; what one hears the other does not."""
    second = "other = glm.connect()\nmore = other.talk(processing=False)\nmore"
    lab.write("two.ipynb", [SHOW.format(""), second, "print(len(session.turns), len(other.turns))"])
    page = open_browser(None)
    notebook = Notebook(page, lab, "two.ipynb")
    notebook.run(0)
    notebook.run(1)
    first, other = talk(page), talk(page, 1)
    for found, words in ((first, "你好"), (other, "给我讲个笑话")):
        found.get_by_label("Write instead").fill(words)
        found.get_by_label("Write instead").press("Enter")
    notebook.until(lambda: notebook.run(2) == "1 1")
    assert "笑话" not in first.locator(".glmkit-log").inner_text()
    assert "你好" not in other.locator(".glmkit-log .glmkit-you").inner_text()


@pytest.mark.slow
def test_a_file_is_said_in_the_live_talk(open_browser: Open, tmp_path: Path) -> None:
    """One that Python reads and one of a phone's go up as if spoken; what is no sound is named."""
    files = {"spoken.wav": glm.sample("joke_zh").to_wav(), "tone.m4a": phone_files.mp4(b"M4A")}
    with glm.connect("emulator", modalities=["text"]) as session:
        live = glm.Talk(session)
        page = open_browser(None)
        page.goto(live.open_page())
        for turns, (name, data) in enumerate(files.items(), 1):
            path = tmp_path / name
            path.write_bytes(data)
            page.get_by_label("Say a file…").set_input_files(path)
            says(page, "The file is being said")
            until(lambda turns=turns: len(session.turns) == turns and live.state == "ready")
        spoken, tone = (turn.input for turn in session.turns)
        assert spoken == glm.sample("joke_zh")
        assert "笑话" in page.locator(".glmkit-log").inner_text()
        loud = np.abs(np.fft.rfft(tone.samples))
        assert np.argmax(loud) / tone.seconds == pytest.approx(phone_files.PITCH, abs=15)
        assert tone.seconds > 1.2
        sent = [e for e in session.turns[1].events if e.type == "input_audio_buffer.append"]
        assert sent[-1].at - sent[0].at > 1
        path.write_bytes(b"not sound, but words")
        page.get_by_label("Say a file…").set_input_files(path)
        says(page, "is text, expected WAV")
        live.close()


@pytest.mark.slow
def test_turns_are_scrolled_and_opened_as_their_cards(open_browser: Open) -> None:
    """By keyboard, too: the card has the focus until Escape; who reads further up stays there."""
    with glm.connect("emulator", modalities=["text"]) as session:
        page = open_browser(None)
        page.goto(glm.Talk(session).open_page())

        def ask(words: str, turns: int) -> None:
            page.get_by_label("Write instead").fill(words)
            page.keyboard.press("Enter")
            page.get_by_role("button", name=f"Turn {turns}", exact=True).wait_for()
            until(lambda: len(session.turns) == turns)

        log, card = page.locator(".glmkit-log"), page.locator(".glmkit .glm-card")
        for turns in range(1, 8):
            ask(f"Tell me joke number {turns}", turns)
        at_end = "log => log.scrollHeight - log.scrollTop - log.clientHeight < 2"
        assert log.evaluate(at_end)
        log.evaluate("log => log.scrollTop = 0")
        ask("Hello", 8)
        says(page, "Hello")
        assert log.evaluate("log => log.scrollTop") == 0
        page.get_by_role("button", name="Turn 2", exact=True).focus()
        page.keyboard.press("Enter")
        card.get_by_text("Tell me joke number 2").first.wait_for()
        assert page.locator(":focus").get_attribute("aria-label") == "Turn 2"
        page.keyboard.press("Escape")
        card.wait_for(state="detached")
        assert page.locator(":focus").inner_text() == "Turn 2"
        page.get_by_role("button", name="Turn 3", exact=True).click()
        card.get_by_text("Tell me joke number 3").first.wait_for()
        page.get_by_role("button", name="Close").click()
        card.wait_for(state="detached")


def test_a_picture_that_waits_is_seen_and_taken_back(open_browser: Open) -> None:
    """With its state, until it went; the focus goes to where the next one is chosen."""
    with glm.connect("emulator", modalities=["text"]) as session:
        page = open_browser(None)
        page.goto(glm.Talk(session).open_page())
        path = Path(__file__).parents[2] / "data" / "picture_ball.jpg"
        page.get_by_label("Picture…").set_input_files(path)
        shown = page.get_by_role("group", name="Pictures that wait")
        shown.get_by_text("goes with what you say next").wait_for()
        assert shown.locator("img").evaluate(
            "image => image.decode().then(() => image.naturalWidth)"
        )
        page.get_by_role("button", name="Take picture 1 back").press("Enter")
        shown.wait_for(state="hidden")
        assert page.locator(":focus").inner_text() == "Picture…"
        page.get_by_label("Picture…").set_input_files(path)
        shown.wait_for()
        page.get_by_label("Write instead").fill("What do you see?")
        page.keyboard.press("Enter")
        shown.wait_for(state="hidden")
        until(lambda: session.turns)
        assert session.settings.mode == "video_passive"
