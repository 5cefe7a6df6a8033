"""The player in a real browser: its playhead is where the sound is, and it keeps to itself."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from glmkit.cards.player.page import page_of
from glmkit.media import mp3
from glmkit.media.clip import Clip
from glmkit.protocol.event import Event
from glmkit.turns.fold import fold_turns
from glmkit.turns.trace import Clock, Trace
from tests.browser.jupyter import Notebook, Server, serving
from tests.listed import check_each
from tests.pictured import a_trace, a_turn, exchange, voice

sync_api = pytest.importorskip("playwright.sync_api")
Page = sync_api.Page

CLICKS = (10.0, 30.0, 50.0)
NEAR = 0.03  # seconds
FRAMES = 9  # of the playhead, by which it is known where it was
#: Notes when a loud sample is on its way to the loudspeaker, by the audio context's clock, and
#: which second the playhead showed for which moment: that at which it asked, before it drew.
TAP = """
window.clicks = [];
window.shown = [];
let asked = 0;
const clock = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, "currentTime");
const get = function () { return (asked = clock.get.call(this)); };
Object.defineProperty(BaseAudioContext.prototype, "currentTime", { ...clock, get });
const worklet = `registerProcessor("tap", class extends AudioWorkletProcessor {
  process([input]) {
    const sound = input[0] ?? [];
    for (let n = 0; n < sound.length; n += 1)
      if (Math.abs(sound[n]) > 0.1 && currentFrame + n > (this.quiet ?? 0)) {
        this.port.postMessage((currentFrame + n) / sampleRate);
        this.quiet = currentFrame + n + sampleRate / 2;
      }
    return true;
  }
});`;
const connect = AudioNode.prototype.connect;
AudioNode.prototype.connect = function (to, ...rest) {
  const real = to instanceof AudioDestinationNode && to.context instanceof AudioContext;
  if (real) tap(this, to.context);
  return connect.call(this, to, ...rest);
};
async function tap(node, context) {
  const url = `data:text/javascript,${encodeURIComponent(worklet)}`;
  await context.audioWorklet.addModule(url);
  const heard = new AudioWorkletNode(context, "tap", { numberOfOutputs: 0 });
  heard.port.onmessage = ({ data }) => window.clicks.push(data);
  connect.call(node, heard);
  const timeline = document.querySelector(".glm-timeline");
  const look = () => {
    const second = Number(timeline.dataset.second);
    window.shown.push([asked - context.outputLatency, second]);
  };
  const attributeFilter = ["data-second"];
  new MutationObserver(look).observe(timeline, { attributes: true, attributeFilter });
  window.tapped = true;
}
"""


def clicking() -> Trace:
    """A trace whose one turn has a click at each of CLICKS of its minute of input."""
    samples = np.zeros(60 * 16_000, np.float32)
    for at in CLICKS:
        samples[round(at * 16_000) : round(at * 16_000) + 8] = 0.9
    trace = Trace(Clock(1.7e9, 10.0), peer="emulator", model="m")
    for event in exchange(10.0, spoken=Clip(samples, 16_000), answer=voice(1.0, 24_000)):
        trace.add(event)
    return trace


def seek(page: Page, to: float) -> None:
    """A click on the picture, as a person seeks."""
    stage = page.locator(".glm-stage")
    begin, end = (float(stage.get_attribute(f"aria-value{n}") or "") for n in ("min", "max"))
    margin, box = (end - begin) * 0.01, stage.bounding_box()
    left = 70  # where the axis begins, behind the lanes' names
    share = (to - begin + margin) / (end - begin + 2 * margin)
    stage.click(position={"x": left + share * (box["width"] - left), "y": 90})


def shown_at_click(page: Page, rate: float) -> float:
    """The second that the playhead showed when the next click sounded: by all its frames, of which
    a busy machine leaves some out."""
    page.wait_for_function("() => window.clicks.length")
    page.wait_for_function(f"() => window.shown.length > {FRAMES}")
    page.wait_for_function("() => window.shown.at(-1)[0] > window.clicks[0]")
    times, seconds = np.array(page.evaluate("window.shown")).T
    moving = seconds > seconds[0]
    begun = np.median(seconds[moving] - rate * times[moving])
    return float(begun + rate * page.evaluate("window.clicks[0]"))


def play_to_click(page: Page, near: float, rate: str = "1") -> float:
    page.locator(".glm-bar select").select_option(rate)
    seek(page, near - 0.4)
    page.evaluate("window.clicks.length = window.shown.length = 0")
    page.locator(".glm-play").click()
    found = shown_at_click(page, float(rate))
    page.locator(".glm-play").click()
    return found


def untrimmed(html: str) -> str:
    """The page as another browser would decode it: without the frame that tells of the delay."""

    def cut(found: re.Match[str]) -> str:
        data = base64.b64decode(found[1])
        head = mp3.header(data)
        assert head is not None
        return base64.b64encode(data[head.size :]).decode("ascii")

    return re.sub(r'(?<=type="text/plain">)([\w+/=]+)', cut, html)


# -- sound -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_playhead_is_where_the_sound_is(open_page: Callable[..., Page]) -> None:
    """What leaves for the loudspeaker at a moment is what the playhead shows then, after a seek,
    slower and faster, and where the decoder leaves the encoder's delay in."""
    html = page_of(clicking())
    page = tapped(open_page(html, script=TAP, bypass_csp=True))
    other = tapped(open_page(untrimmed(html), script=TAP, bypass_csp=True))
    cases = [(page, at, "1") for at in CLICKS] + [(other, at, "1") for at in CLICKS[:2]]
    check_each(_shows, [*cases, (page, 30.0, "2"), (page, 10.0, "0.5")])
    assert page.problems == other.problems == []


def tapped(page: Page) -> Page:
    """The page, once its sound is listened to."""
    page.locator(".glm-play").click()
    page.wait_for_function("() => window.tapped")
    page.locator(".glm-play").click()
    return page


def _shows(page: Page, at: float, rate: str) -> None:
    found = play_to_click(page, at, rate)
    assert found == pytest.approx(at, abs=NEAR)


# -- what a person does ----------------------------------------------------------------------


@pytest.mark.slow
def test_keys_and_pointers(open_page: Callable[..., Page]) -> None:
    """Each key does what the list of keys says, and nothing of it leaves the player."""
    page = open_page(turns_page(a_turn()))
    page.evaluate("window.left = 0; addEventListener('keydown', () => { window.left += 1 })")
    seek(page, 0.5)  # which takes the focus
    check_each(_does, [(page, *each) for each in KEYS])
    assert page.evaluate("window.left") == 0
    assert page.problems == []


#: Keys one after the other, and what then is true: of the second shown, or of the page.
KEYS: tuple[tuple[str, str], ...] = (
    ("Home", "second === 0"),
    ("ArrowRight", "second === 1"),
    ("ArrowLeft", "second === 0"),
    ("Shift+ArrowRight", "second === 0.1 && told.includes('input_audio_buffer.append')"),
    ("End", "second === 3.5 && value.includes('3.50')"),
    ("Home", "second === 0"),
    (" ", "playing && second > 0"),
    (" ", "!playing"),
    ("]", "rate === '1.25'"),
    ("[", "rate === '1'"),
    ("l", "looping"),
    ("l", "!looping"),
    ("Escape", "!told.includes('selected')"),
)
STATE = """new Function("expected", `
  const timeline = document.querySelector(".glm-timeline");
  const said = (part) => timeline.querySelector(part).textContent;
  const second = Number(timeline.dataset.second);
  const told = said(".glm-told");
  const value = timeline.querySelector(".glm-stage").getAttribute("aria-valuetext");
  const rate = timeline.querySelector("select").value;
  const playing = said(".glm-play").includes("Pause");
  const loop = [...timeline.querySelectorAll("button")].find((b) => b.textContent === "Loop");
  const looping = loop.ariaPressed === "true";
  return eval(expected);`)"""


def _does(page: Page, key: str, expected: str) -> None:
    page.keyboard.press(key)
    page.wait_for_function(f"() => ({STATE})({expected!r})")


#: Every second that the playhead then shows.
FOLLOW = """() => {
  const timeline = document.querySelector(".glm-timeline");
  window.seconds = [];
  new MutationObserver(() => window.seconds.push(Number(timeline.dataset.second)))
    .observe(timeline, { attributes: true, attributeFilter: ["data-second"] });
}"""


@pytest.mark.slow
def test_a_selection_is_looped(open_page: Callable[..., Page]) -> None:
    """A drag selects; L plays it again and again; Escape lets it go."""
    page = open_page(turns_page(a_turn()))
    box = page.locator(".glm-stage").bounding_box()
    page.mouse.move(box["x"] + 300, box["y"] + 90)
    page.mouse.down()
    page.mouse.move(box["x"] + 360, box["y"] + 90, steps=3)
    page.mouse.up()
    told = page.locator(".glm-told")
    begin, end = map(float, re.findall(r"\d\.\d\d", told.inner_text())[:2])
    page.keyboard.press("l")
    page.locator(".glm-stage").focus()
    page.evaluate(FOLLOW)
    page.keyboard.press(" ")
    page.wait_for_function(
        "() => window.seconds.filter((at, n) => at < window.seconds[n - 1]).length > 1"
    )
    seconds = page.evaluate("window.seconds")  # it went back, and once more
    assert all(begin - 0.01 <= at <= end + 0.01 for at in seconds[1:])
    page.keyboard.press("Escape")
    page.wait_for_function(
        f"() => document.querySelector('.glm-timeline').dataset.second > {end + 0.2}"
    )


@pytest.mark.slow
def test_what_cannot_be_heard_is_there(open_page: Callable[..., Page]) -> None:
    """An interrupted answer ends where it was interrupted; a turn without sound, one that cannot
    be decoded and one without events have a player each; a long silence can be skipped."""
    check_each(_plays_to_its_end, [(open_page, name, html) for name, html in odd_pages().items()])


def odd_pages() -> dict[str, str]:
    text = [e for e in exchange(answer=None) if "audio" not in e.type]
    bad = Event("input_audio_buffer.append", {"audio": "AAAA"}, format="pcm16", at=10.0)
    broken = [bad, *exchange(answer=voice(0.5, 24_000))]  # three bytes are no samples
    return {
        "interrupted": turns_page(a_turn(cancel=1.0)),
        "written": turns_page(fold_turns(text, peer="emulator", model="m")[0]),
        "undecodable": turns_page(fold_turns(broken, peer="emulator", model="m")[0]),
        "a silence": page_of(a_trace(2, pause=1_800.0)),
        "nothing": page_of(Trace(Clock(1.7e9, 10.0), peer="emulator", model="m")),
    }


def _plays_to_its_end(open_page: Callable[..., Page], name: str, html: str) -> None:
    page = open_page(html, bypass_csp=True)  # for the test's own questions
    if name == "a silence":
        page.get_by_role("button", name="Skip silence").click()
        seek(page, 900.0)
    page.locator(".glm-play").click()
    end = float(page.locator(".glm-stage").get_attribute("aria-valuemax") or "")
    ended = f"() => document.querySelector('.glm-timeline').dataset.second >= {end - 0.01}"
    page.wait_for_function(ended)
    assert page.problems == []


# -- where it stands -------------------------------------------------------------------------


@pytest.mark.slow
def test_a_page_works_without_a_network(open_page: Callable[..., Page]) -> None:
    """It plays where nothing can be fetched, asks for nothing, and its policy lets nothing pass:
    no other script and no request."""
    evil = "</script><img src='http://x.example/a'><script>window.harmed = 1</script>"
    trace = a_trace(2, peer=evil)
    for event in exchange(40.0, words=(evil, evil), name=evil):
        trace.add(event)
    page = open_page(page_of(trace, evil), offline=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(".glm-play").click()
    passed = "enough => document.querySelector('.glm-timeline').dataset.second > enough"
    page.wait_for_function(passed, arg=0.3)
    for each in page.locator(".glm-timeline summary").all():
        each.click()
    assert evil in page.locator(".glm-turns").inner_text()
    assert page.evaluate("window.harmed") is None
    assert page.locator("img, iframe, main script").count() == 0
    blocked = page.evaluate("fetch('data:,x').then(() => 'fetched', () => 'blocked')")
    assert (blocked, asked, page.problems) == ("blocked", [], [])


@pytest.mark.slow
def test_many_cards_on_a_page(open_page: Callable[..., Page]) -> None:
    """The first player is open, the others are folded above their figures; the code is there once,
    and one plays at a time."""
    cards = "".join(html(a_turn()) for _ in range(3))
    page = open_page(f"<!doctype html><meta charset=utf-8>{cards}")
    folds = page.locator(".glm-player > details")
    page.wait_for_function("() => document.querySelector('.glm-timeline')")
    assert [fold.evaluate("e => e.open") for fold in folds.all()] == [True, False, False]
    assert [each.is_visible() for each in page.locator("img.glm-light").all()] == [
        False,
        True,
        True,
    ]
    assert page.evaluate("Object.keys(window.glmkitPlayers).length") == 1
    folds.nth(1).locator("summary").first.click()
    for number in (0, 1):
        page.locator(".glm-play").nth(number).click()
    shown = page.locator(".glm-play").all_inner_texts()
    assert ["Pause" in each for each in shown] == [False, True]


@pytest.mark.slow
def test_without_scripts_the_card_is_whole(open_page: Callable[..., Page]) -> None:
    """Figure and both players are seen, and nothing of the timeline."""
    plain = f"<!doctype html><meta charset=utf-8>{html(a_turn())}"
    page = open_page(plain, java_script_enabled=False)
    assert page.locator("img.glm-light").is_visible()
    assert page.locator("audio").count() == 2
    assert page.locator(".glm-timeline").count() == 0
    assert "application/json" not in page.locator("body").inner_text()


@pytest.mark.slow
def test_in_jupyterlab_no_key_reaches_the_notebook(open_browser: Any, lab: Server) -> None:
    """Space plays; what deletes cells elsewhere deletes none while the player has the focus."""
    lab.write("player.ipynb", ["from tests.pictured import a_turn\na_turn()", "1", "2"])
    notebook = Notebook(open_browser(), lab, "player.ipynb")
    notebook.run(0)
    page = notebook.page
    page.locator(".glm-stage").click(position={"x": 100, "y": 90})
    for key in (" ", "d", "d", "x", "a"):
        page.keyboard.press(key)
    page.wait_for_function("() => document.querySelector('.glm-timeline').dataset.second > 0.3")
    assert page.locator(".jp-Notebook .jp-Cell").count() == 3


@pytest.mark.long
def test_it_plays_in_notebook_7(open_browser: Any, tmp_path: Path) -> None:
    """As in JupyterLab: sound, playhead and keys; no key reaches the cells."""
    with serving("notebook", tmp_path / "notebook") as server:
        server.write("player.ipynb", ["from tests.pictured import a_turn\na_turn()", "1"])
        notebook = Notebook(open_browser(), server, "player.ipynb")
        notebook.run(0)
        page = notebook.page
        page.locator(".glm-stage").click(position={"x": 100, "y": 90})
        for key in (" ", "d", "d", "x"):
            page.keyboard.press(key)
        page.wait_for_function("() => document.querySelector('.glm-timeline').dataset.second > 0.3")
        assert page.locator(".jp-Notebook .jp-Cell").count() == 2
        assert page.locator(".glm-timeline").count() == 1


def turns_page(turn: Any) -> str:
    """A turn's player alone, as a notebook shows it."""
    shown = turn.listen()._repr_mimebundle_()["text/html"]
    return f"<!doctype html><meta charset=utf-8><body>{shown}"


def html(turn: Any) -> str:
    whole: str = turn._repr_mimebundle_()["text/html"]
    return whole
