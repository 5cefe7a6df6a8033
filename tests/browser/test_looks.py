"""Every state of both widgets, in light and dark, English and Chinese: pictures to be looked at,
in out/screenshots; and what can be measured of them: no word sticks out, every word is legible."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

import glmkit as glm
from glmkit.widgets import assets
from tests.browser.conftest import SHOTS, Open
from tests.browser.own_page import hear, says
from tests.browser.test_cards_in_browser import UNREADABLE

#: The largest part of a word that sticks out of its box, in pixels.
OVERFLOW = """() => Math.max(0,
    ...[...document.querySelectorAll('.glmkit :is(button, p, label, span, select)')]
    .filter(each => each.clientWidth).map(each => each.scrollWidth - each.clientWidth))"""
#: What lies over something else in the same row, or outside the frame.
OVERLAPS = """() => {
  const found = [], edge = document.querySelector('.glmkit').getBoundingClientRect();
  for (const row of document.querySelectorAll('.glmkit .glmkit-row')) {
    const boxes = [...row.children].map(each => [each.textContent, each.getBoundingClientRect()])
      .filter(([, box]) => box.width);
    boxes.forEach(([words, box], at) => {
      if (box.right > edge.right || box.left < edge.left) found.push(`${words} sticks out`);
      for (const [other, there] of boxes.slice(at + 1))
        if (box.left < there.right - 1 && there.left < box.right - 1
            && box.top < there.bottom - 1 && there.top < box.bottom - 1)
          found.push(`${words} / ${other}`);
    });
  }
  return found;
}"""
PROBLEMS = (
    *("denied", "no_device", "in_use", "unplugged", "suspended", "insecure", "no_microphones"),
    *("vscode", "no_worklet", "no_picture", "no_camera", "camera_in_use", "kernel_gone", "closed"),
    *("bad_file", "too_large", "file_gone", "page_gone", "unknown"),
)
DATA = SHOTS.parents[1] / "data"
LOOKS = [(theme, lang) for theme in ("light", "dark") for lang in ("en", "zh")]


class Camera:
    """Takes pictures of a widget in one theme and language, and measures each."""

    def __init__(self, page: Any, name: str) -> None:
        self.page, self.name = page, name
        SHOTS.mkdir(parents=True, exist_ok=True)

    def take(self, state: str) -> None:
        """One state, in a file of its own."""
        (SHOTS / f"{state}.{self.name}.png").write_bytes(self.shoot(state))

    def sheet(self, state: str, pictures: list[bytes]) -> None:
        """Several states below each other in one file."""
        images = [Image.open(io.BytesIO(each)) for each in pictures]
        height = sum(each.height for each in images)
        sheet = Image.new("RGB", (max(each.width for each in images), height))
        top = 0
        for each in images:
            sheet.paste(each, (0, top))
            top += each.height
        sheet.save(SHOTS / f"{state}.{self.name}.png")

    def shoot(self, state: str, part: str = "main") -> bytes:
        assert self.page.evaluate(OVERFLOW) <= 1, state
        assert self.page.evaluate(OVERLAPS) == [], state
        assert self.page.evaluate(UNREADABLE) == [], state
        found: bytes = self.page.locator(part).screenshot()
        return found


@pytest.fixture(params=LOOKS, ids=["-".join(each) for each in LOOKS])
def look(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A theme, its name, and the sentences of a language."""
    theme, lang = request.param
    monkeypatch.setenv("GLMKIT_LANG", lang)
    return theme == "dark", f"{lang}.{theme}", assets.words()


def button(page: Any, name: str) -> Any:
    return page.locator(f"button.glmkit-{name}")


@pytest.mark.long
def test_the_recorder_in_each_state(open_browser: Open, look: Any) -> None:
    """Ready, with a stand-in, too loud, paused, too quiet, recorded, playing, and each problem."""
    dark, name, words = look
    recorder = glm.Recorder(limit=12, processing=False)
    loud = glm.Clip((glm.sample("joke_zh").samples * 8).clip(-1, 1), 16_000)
    clip = glm.Clip.silence(0.5) + loud + glm.sample("story_zh") + glm.Clip.silence(30)
    page = open_browser(clip, dark=dark)
    camera = Camera(page, name)
    page.goto(recorder.open_page())
    says(page, words["state_ready"])
    camera.take("recorder-ready")
    button(page, "record").click()
    says(page, words["clipping"])
    camera.take("recorder-clipping")
    button(page, "pause").click()
    says(page, words["state_paused"])
    camera.take("recorder-paused")
    button(page, "record").click()
    says(page, words["too_quiet"])
    camera.take("recorder-quiet")
    page.locator("summary").click()
    button(page, "stop").click()
    says(page, words["state_recorded"].partition("{")[0])
    says(page, words["clipped"])
    camera.take("recorder-recorded")
    button(page, "play").click()
    says(page, words["stop_playing"])
    camera.take("recorder-playing")
    button(page, "play").click()
    page.locator("summary").click()
    recorder._board.tell("page", url="http://127.0.0.1:1/", advice=recorder.advice)
    says(page, words["page_link"])
    camera.take("recorder-offer")
    page.set_viewport_size({"width": 400, "height": 900})
    camera.take("recorder-narrow")
    page.set_viewport_size({"width": 1100, "height": 900})
    recorder._board.tell("page", url="", advice="")
    shots = []
    for code in PROBLEMS:
        recorder._board.tell("problem", code=code, words=None)
        says(page, words[f"problem_{code}"])
        shots.append(camera.shoot(code, ".glmkit-problem"))
    camera.sheet("recorder-problems", shots)
    recorder.close()
    says(page, words["problem_closed"])
    camera.take("recorder-closed")
    refused = glm.Recorder(file="joke_zh")
    page = open_browser(None, permission="deny", dark=dark)
    camera = Camera(page, name)
    page.goto(refused.open_page())
    says(page, words["sample_loaded"].partition("{")[0])
    camera.take("recorder-stand-in")
    button(page, "record").click()
    says(page, words["problem_denied"])
    camera.take("recorder-denied")
    refused.close()


@pytest.mark.filterwarnings("ignore::glmkit.errors.GlmWarning")
@pytest.mark.long
def test_the_talk_in_each_state(open_browser: Open, look: Any) -> None:
    """Ready, listening, answering with a tool, interrupted, open microphone, refused, seeing,
    closed."""
    dark, name, words = look
    with glm.connect("emulator") as session:

        @session.tool
        def get_weather(city: str) -> str:
            """Tells the weather of a city."""
            return f"{city}: 25 °C"

        talk = glm.Talk(session, processing=False)
        page = open_browser(glm.sample("weather_zh") + glm.Clip.silence(60), dark=dark)
        camera = Camera(page, name)
        page.goto(talk.open_page())
        says(page, words["talk_ready"])
        camera.take("talk-ready")
        page.locator(".glmkit-hold").hover()
        page.mouse.down()
        says(page, words["talk_listening"])
        hear(page, 2.8)
        camera.take("talk-listening")
        page.mouse.up()
        says(page, words["talk_playing"])
        says(page, "get_weather")
        page.wait_for_timeout(1000)
        camera.take("talk-answering")
        button(page, "interrupt").click()
        says(page, words["talk_ready"])
        camera.take("talk-interrupted")
        page.locator("input[type=checkbox]").first.check()
        says(page, words["talk_open"])
        camera.take("talk-open")
        page.locator("input[type=checkbox]").first.uncheck()
        says(page, words["talk_ready"])
        button(page, "camera").click()  # not with tools: a note says so
        page.locator(".glmkit-said.glmkit-note").wait_for()
        camera.take("talk-note")
        talk.close()
        says(page, words["talk_closed"])
        camera.take("talk-closed")
        assert [call.name for call in session.turns[0].tool_calls] == ["get_weather"]


@pytest.mark.long
def test_the_talk_with_eyes_and_without_ears(open_browser: Open, look: Any) -> None:
    """The camera's picture in the page; a microphone that is denied; a narrow window."""
    dark, name, words = look
    with glm.connect("emulator") as session:
        talk = glm.Talk(session)
        page = open_browser(None, dark=dark)
        camera = Camera(page, name)
        page.goto(talk.open_page())
        button(page, "camera").click()
        page.wait_for_function("() => document.querySelector('video')?.videoWidth > 0")
        camera.take("talk-camera")
        page.set_viewport_size({"width": 400, "height": 900})
        page.locator("summary").click()
        camera.take("talk-narrow")
        talk.close()
        refused = glm.Talk(session)
        page = open_browser(None, permission="deny", dark=dark)
        page.goto(refused.open_page())
        button(page, "hold").focus()
        page.keyboard.press("Space")
        says(page, words["problem_denied"])
        assert page.locator(".glmkit-said").count() == 0  # that it was let go at once is no fault
        Camera(page, name).take("talk-denied")
        refused.close()


@pytest.mark.long
def test_the_talks_turns_pictures_and_files(open_browser: Open, look: Any) -> None:
    """A picture that waits, a turn's card, a file being said; narrow and projected, too."""
    dark, name, words = look
    with glm.connect("emulator", modalities=["text"]) as session:
        talk = glm.Talk(session)
        page = open_browser(None, dark=dark)
        camera = Camera(page, name)
        page.goto(talk.open_page())
        session.ask("Hello" if name.startswith("en") else "你好")
        page.locator("input[accept='image/*']").set_input_files(DATA / "picture_ball.jpg")
        page.locator("figure").wait_for()
        page.locator(".glmkit-turn-key").click()
        page.locator(".glm-card").wait_for()
        for state, width in (("talk-turn", 1100), ("talk-narrow", 400), ("talk-projected", 1920)):
            page.set_viewport_size({"width": width, "height": 900})
            camera.take(f"{state}-card")
        button(page, "clear").click()
        camera.take("talk-projected-pictures")
        page.set_viewport_size({"width": 400, "height": 900})
        page.get_by_label(words["say_file"]).set_input_files(DATA / "joke_zh.wav")
        says(page, words["talk_saying"].partition("{")[0])
        camera.take("talk-narrow-saying")
        talk.close()
