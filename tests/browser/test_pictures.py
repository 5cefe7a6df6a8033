"""Pictures in live talk: a file, the camera and the screen go along at the chosen rate."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import glmkit as glm
from glmkit.media.pictures import jpeg_frame
from tests.browser.conftest import Open
from tests.browser.own_page import hear, says, until

PICTURE = Path(__file__).parents[2] / "data" / "picture_ball.jpg"
FRAME = "input_audio_buffer.append_video_frame"
CHUNK = "input_audio_buffer.append"


@pytest.fixture
def session() -> Iterator[glm.Session]:
    with glm.connect("emulator") as opened:
        yield opened


def sent(session: glm.Session, kind: str) -> list[glm.Event]:
    return [e for e in session.trace.events if e.type == kind and e.direction == "client"]


def seen(event: glm.Event) -> Image.Image:
    """The picture in a frame, decoded to its last pixel."""
    image = Image.open(io.BytesIO(event.payload))
    image.load()
    return image


def chunks_with_a_picture(session: glm.Session) -> list[int]:
    """Which chunks of the sound a picture stands right behind: their numbers."""
    kinds = [e.type for e in session.trace.events if e.direction == "client"]
    behind = [n for n, kind in enumerate(kinds) if kind == FRAME]
    assert {kinds[n - 1] for n in behind} <= {CHUNK}
    return [kinds[:n].count(CHUNK) - 1 for n in behind]


def is_kept(session: glm.Session, rate: int) -> bool:
    """Whether from the first picture on one went with every so manieth chunk."""
    found = chunks_with_a_picture(session)
    return found == [*range(found[0], found[-1] + 1, 10 // rate)]


def speak(page: Any, seconds: float, enough: Callable[[], object] = lambda: True) -> None:
    """Hold the button while so much sound is heard, and until there is enough."""
    page.locator(".glmkit-hold").hover()
    page.mouse.down()
    says(page, "Listening")
    hear(page, seconds)
    until(enough, page)
    page.mouse.up()


@pytest.mark.long
@pytest.mark.parametrize("rate", [1, 2])
def test_the_camera_sends_pictures_at_the_chosen_rate(
    open_browser: Open, session: glm.Session, cameras_are_off: Any, rate: int
) -> None:
    """Only while there is sound; each a JPEG of the documented kind; Stop puts the camera out."""
    talk = glm.Talk(session, processing=False)
    page = open_browser(glm.sample("joke_zh") + glm.Clip.silence(60))
    page.goto(talk.open_page())
    page.get_by_label("pictures a second").select_option(str(rate))
    page.get_by_role("button", name="Camera").click()
    until(lambda: session.settings.mode == "video_passive")
    page.get_by_role("button", name="Camera off").wait_for()
    page.wait_for_timeout(1500)
    assert not sent(session, FRAME)  # nobody speaks
    speak(page, 3, lambda: len(sent(session, FRAME)) > 3)
    until(lambda: session.turns)
    frames = sent(session, FRAME)
    assert is_kept(session, rate), chunks_with_a_picture(session)
    for image in map(seen, frames):
        assert (image.format, image.width % 28, image.height % 28) == ("JPEG", 0, 0)
        assert image.info.get("progressive") is None
    assert len({frame.payload for frame in frames}) > 1  # the fake camera's clock runs
    assert session.turns[0].status == "completed"
    page.get_by_role("button", name="Stop", exact=True).click()
    page.get_by_role("button", name="Camera", exact=True).wait_for()
    assert cameras_are_off(page)
    until(lambda: talk.state == "ready")
    speak(page, 1)
    until(lambda: len(session.turns) > 1)
    assert len(sent(session, FRAME)) == len(frames)
    talk.close()


@pytest.mark.long
def test_the_screen_and_a_file_go_along(
    open_browser: Open, session: glm.Session, cameras_are_off: Any
) -> None:
    """The screen instead of the camera, ended by the browser's own bar; then one picture."""
    talk = glm.Talk(session, processing=False)
    page = open_browser(glm.sample("joke_zh") + glm.Clip.silence(60))
    page.goto(talk.open_page())
    page.get_by_role("button", name="Camera").click()
    page.get_by_label("What the camera sees").wait_for()
    page.get_by_role("button", name="Screen").click()
    page.get_by_label("What the screen shows").wait_for()
    assert page.evaluate("__eyes.map(each => each.readyState)") == ["ended", "live"]
    speak(page, 2, lambda: len(sent(session, FRAME)) > 2)
    until(lambda: session.turns)
    frames = sent(session, FRAME)
    assert is_kept(session, 1), chunks_with_a_picture(session)
    assert all(seen(frame).format == "JPEG" for frame in frames)
    page.evaluate("__eyes[1].stop(); __eyes[1].dispatchEvent(new Event('ended'))")
    page.get_by_role("button", name="Screen", exact=True).wait_for()
    assert cameras_are_off(page)
    until(lambda: talk.state == "ready")
    page.get_by_label("Picture…").set_input_files(PICTURE)
    says(page, "next thing you say")
    speak(page, 1)
    until(lambda: len(session.turns) > 1)
    last = sent(session, FRAME)[len(frames) :]
    assert len(last) == 1
    assert last[0].payload == jpeg_frame(PICTURE)
    assert [turn.status for turn in session.turns] == ["completed", "completed"]
    talk.close()


@pytest.mark.long
def test_the_open_microphone_has_eyes_too(
    open_browser: Open, session: glm.Session, cameras_are_off: Any
) -> None:
    """Under server VAD pictures flow with the sound, also while the answer plays."""
    talk = glm.Talk(session, processing=False)
    page = open_browser(glm.sample("joke_zh") + glm.Clip.silence(60))
    page.goto(talk.open_page())
    page.get_by_role("button", name="Camera").click()
    until(lambda: session.settings.mode == "video_passive")
    page.get_by_label("open microphone").check()
    says(page, "Answering")
    until(lambda: session.turns and len(sent(session, FRAME)) > 2, page)
    assert is_kept(session, 1), chunks_with_a_picture(session)
    page.goto("about:blank")
    until(lambda: not talk.served or talk.state == "ready", page)
    talk.close()


def test_what_is_written_takes_along_what_the_camera_sees(
    open_browser: Open, session: glm.Session, cameras_are_off: Any
) -> None:
    """One picture a time, of that moment; a file that was chosen goes along first."""
    talk = glm.Talk(session)
    page = open_browser(None)
    page.goto(talk.open_page())
    page.get_by_label("Picture…").set_input_files(PICTURE)
    page.get_by_label("Write instead").fill("What do you see?")
    page.keyboard.press("Enter")
    until(lambda: session.turns and talk.state == "ready")
    page.get_by_role("button", name="Camera").click()
    page.get_by_label("What the camera sees").wait_for()
    page.get_by_label("Write instead").fill("And now?")
    page.keyboard.press("Enter")
    until(lambda: len(session.turns) > 1)
    file, camera = sent(session, FRAME)
    assert file.payload == jpeg_frame(PICTURE)
    assert seen(camera).size != seen(file).size
    assert [turn.status for turn in session.turns] == ["completed", "completed"]
    assert talk.problem is None
    talk.close()


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("No camera was found", {"without": "--use-fake-device-for-media-stream"}),
        ("could not be opened", {"permission": "deny"}),
    ],
    ids=["no camera", "denied"],
)
def test_a_camera_that_cannot_be_had_is_said(
    open_browser: Open, session: glm.Session, words: str, options: dict[str, Any]
) -> None:
    """In the page and in Python; the conversation goes on without it."""
    talk = glm.Talk(session)
    page = open_browser(None, **options)
    page.goto(talk.open_page())
    page.get_by_role("button", name="Camera").click()
    page.get_by_role("alert").get_by_text(words).wait_for()
    until(lambda: words in (talk.problem or ""))
    assert page.get_by_role("button", name="Camera").get_attribute("aria-pressed") == "false"
    page.get_by_label("Write instead").fill("你好")
    page.keyboard.press("Enter")
    until(lambda: session.turns)
    talk.close()


def test_tools_and_pictures_exclude_each_other(
    open_browser: Open, session: glm.Session, cameras_are_off: Any
) -> None:
    """The service offers tools in audio mode only: it is said once, and the camera goes out."""

    @session.tool
    def get_weather(city: str) -> str:
        """Tells the weather of a city."""
        return f"{city}: 25 °C"

    talk = glm.Talk(session)
    page = open_browser(None)
    page.goto(talk.open_page())
    page.get_by_role("button", name="Camera").click()
    says(page, "tools")
    page.get_by_role("button", name="Camera", exact=True).wait_for()
    assert cameras_are_off(page)
    assert page.locator(".glmkit-note.glmkit-said").count() == 1
    talk.close()
