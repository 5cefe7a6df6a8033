"""Every state of both widgets, in light and dark: pictures to be looked at, in out/screenshots."""

from __future__ import annotations

from typing import Any

import pytest

import glmkit as glm
from browser.conftest import SHOTS, Open

SECONDS = 60_000  # ms
#: The largest part of a word that sticks out of its box, in pixels.
OVERFLOW = """() => Math.max(0, ...[...document.querySelectorAll('.glmkit button, .glmkit p')]
    .map(each => each.scrollWidth - each.clientWidth))"""


def says(page: Any, words: str) -> None:
    page.wait_for_function(
        "words => document.body.innerText.includes(words)", arg=words, timeout=SECONDS
    )


class Camera:
    """Takes a picture of a widget in one theme, and sees that no word sticks out."""

    def __init__(self, page: Any, theme: str) -> None:
        self.page, self.theme = page, theme
        SHOTS.mkdir(parents=True, exist_ok=True)

    def take(self, name: str) -> None:
        picture = self.page.screenshot(path=SHOTS / f"{name}.{self.theme}.png")
        assert len(picture) > 5000
        assert self.page.evaluate(OVERFLOW) <= 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_recorder_in_each_state(open_browser: Open, theme: str) -> None:
    """Ready, too loud, paused, too quiet, recorded, refused."""
    recorder = glm.Recorder(limit=12, processing=False)
    loud = glm.Clip((glm.sample("joke_zh").samples * 8).clip(-1, 1), 16_000)
    clip = glm.Clip.silence(0.5) + loud + glm.sample("story_zh") + glm.Clip.silence(30)
    page = open_browser(clip, dark=theme == "dark")
    camera = Camera(page, theme)
    page.goto(recorder.open_page())
    camera.take("recorder-ready")
    page.get_by_role("button", name="Record", exact=True).click()
    says(page, "too loud")
    camera.take("recorder-clipping")
    page.get_by_role("button", name="Pause", exact=True).click()
    camera.take("recorder-paused")
    page.get_by_role("button", name="Resume", exact=True).click()
    says(page, "too quiet")
    camera.take("recorder-quiet")
    page.locator("summary").click()
    page.get_by_role("button", name="Stop", exact=True).click()
    says(page, "Recorded")
    camera.take("recorder-recorded")
    recorder.close()
    refused = glm.Recorder()
    page = open_browser(None, permission="deny", dark=theme == "dark")
    page.goto(refused.open_page())
    page.get_by_role("button", name="Record", exact=True).click()
    says(page, "may not use the microphone")
    Camera(page, theme).take("recorder-denied")
    refused.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_talk_in_each_state(
    open_browser: Open, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ready, listening, answering with a tool, interrupted, open microphone, closed."""
    if theme == "dark":
        monkeypatch.setenv("GLMKIT_LANG", "zh")
    ready, listening, answering = (
        ("就绪", "正在听", "正在回答") if theme == "dark" else ("Ready", "Listening", "Answering")
    )
    with glm.connect("emulator") as session:

        @session.tool
        def get_weather(city: str) -> str:
            """Tells the weather of a city."""
            return f"{city}: 25 °C"

        talk = glm.Talk(session, processing=False)
        page = open_browser(glm.sample("weather_zh") + glm.Clip.silence(60), dark=theme == "dark")
        camera = Camera(page, theme)
        page.goto(talk.open_page())
        says(page, ready)
        camera.take("talk-ready")
        page.locator(".glmkit-hold").hover()
        page.mouse.down()
        says(page, listening)
        page.wait_for_timeout(2800)
        camera.take("talk-listening")
        page.mouse.up()
        says(page, answering)
        says(page, "get_weather")
        camera.take("talk-answering")
        page.locator(".glmkit-interrupt").click()
        says(page, ready)
        page.locator("input[type=checkbox]").first.check()
        says(page, "麦克风已打开" if theme == "dark" else "microphone is open")
        camera.take("talk-open")
        talk.close()
        says(page, "已关闭" if theme == "dark" else "Closed")
        camera.take("talk-closed")
        assert [call.name for call in session.turns[0].tool_calls] == ["get_weather"]
