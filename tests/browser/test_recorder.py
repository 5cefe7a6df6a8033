"""The recorder in real notebooks: what goes into the microphone comes out as a clip."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import glmkit as glm
from tests.browser import phone_files
from tests.browser.conftest import Open
from tests.browser.jupyter import Notebook, Server, serving
from tests.listed import check_each

SHOW = "import glmkit as glm\nrec = glm.Recorder({})\nrec"


#: Keeps what a page's microphone brings, at the place where the recorder begins to hear it: a fake
#: microphone skips when the machine is busy, and that is not the recorder's doing.
MICROPHONE = """
(() => {
  const listener = `registerProcessor("listener", class extends AudioWorkletProcessor {
    constructor() { super(); this.heard = []; }
    process([input]) {
      const channels = input.length ? input : [new Float32Array(128)];  // nothing yet
      for (let i = 0; i < channels[0].length; i++)
        this.heard.push(channels.reduce((sum, each) => sum + each[i], 0) / channels.length);
      if (this.heard.length >= 4096) this.port.postMessage(this.heard.splice(0));
      return true;
    }
  })`;
  window.__heard = [];
  const source = AudioContext.prototype.createMediaStreamSource;
  AudioContext.prototype.createMediaStreamSource = function (stream) {
    const microphone = source.call(this, stream);
    const url = URL.createObjectURL(new Blob([listener], {type: "text/javascript"}));
    window.__rate = this.sampleRate;
    this.audioWorklet.addModule(url).then(() => {
      const node = new AudioWorkletNode(this, "listener", {numberOfOutputs: 0});
      node.port.onmessage = ({data}) => window.__heard.push(data);
      microphone.connect(node);
    });
    return microphone;
  };
})()
"""


def heard_by(page: Any) -> glm.Clip:
    """What the page's microphone brought."""
    samples = page.evaluate("__heard.flat().map(each => Math.round(each * 32767))")
    return glm.Clip(np.array(samples, np.float32) / 32_767, page.evaluate("__rate"))


def spoken() -> glm.Clip:
    """Fourteen seconds of speech, the first two of them a wish for a joke."""
    names = ("joke_zh", "story_zh", "two_questions_zh", "weather_zh", "hello_en")
    clips = [glm.sample(name) for name in names]
    return sum(clips[1:], clips[0])


def likeness(recorded: glm.Clip, original: glm.Clip) -> float:
    """The correlation of the two where they fit best, to an eighth of a sample."""
    fine = 8 * recorded.rate
    long, short = original.resample(fine).samples, recorded.resample(fine).samples
    size = 1 << (len(long) + len(short)).bit_length()
    spectrum = np.fft.rfft(long, size) * np.conj(np.fft.rfft(short, size))
    lag = int(np.argmax(np.fft.irfft(spectrum, size)))
    lag = lag if lag < size // 2 else lag - size
    one, other = long[max(lag, 0) :], short[max(-lag, 0) :]
    length = min(len(one), len(other))
    return float(np.corrcoef(one[:length], other[:length])[0, 1])


def recorder(page: Any) -> Any:
    found = page.locator("section.glmkit").first
    found.wait_for()
    return found


def status(found: Any) -> str:
    return str(found.locator(".glmkit-status").first.inner_text())


@pytest.mark.long
def test_ten_seconds_arrive_whole_and_are_understood(
    lab: Server, open_browser: Open, microphone_is_off: Any
) -> None:
    """No sample is dropped, the sound is the microphone's, and say(rec.clip) is answered."""
    lab.write(
        "ten.ipynb",
        [
            SHOW.format("limit=10, processing=False"),
            "print(len(rec.clip), rec.gaps, rec.state); rec.save('ten.wav')",
            "print(glm.connect().say(rec.clip[:2.6], speed=None).user_transcript)",
        ],
    )
    page = open_browser(spoken())
    page.context.add_init_script(MICROPHONE)
    notebook = Notebook(page, lab, "ten.ipynb")
    notebook.start(0)
    found = recorder(page)
    found.get_by_role("button", name="Record").click()
    notebook.until(lambda: "left" in found.locator(".glmkit-time").inner_text())
    notebook.until(lambda: "Recorded 10.0 s" in status(found))
    assert notebook.run(1).startswith("160000 0 recorded")
    assert microphone_is_off(page)
    heard = heard_by(page)
    assert heard.seconds > 9
    assert likeness(glm.Clip.read(lab.folder / "ten.wav"), heard) >= 0.999
    assert "笑话" in notebook.run(2)


def test_every_control_does_its_work(lab: Server, open_browser: Open, tmp_path: Path) -> None:
    """Pause, resume, play, clear, upload, the space bar, the picker; and both of two views."""
    lab.write("keys.ipynb", [SHOW.format(""), "rec", "print(rec)"])
    page = open_browser(spoken())
    notebook = Notebook(page, lab, "keys.ipynb")
    notebook.start(0)
    found = recorder(page)
    notebook.run(1)
    second = page.locator("section.glmkit").nth(1)
    second.wait_for()
    key = lambda name: found.get_by_role("button", name=name, exact=True)  # noqa: E731
    key("Record").click()
    notebook.until(lambda: "Recording" in status(found))
    assert "Recording" in status(second)
    notebook.until(lambda: found.get_by_role("meter").get_attribute("aria-valuenow") != "-60")
    key("Pause").click()
    notebook.until(lambda: status(found) == "Paused.")
    key("Resume").click()
    notebook.until(lambda: "Recording" in status(found))
    found.locator("summary").click()
    options = found.locator("select option").all_inner_texts()
    assert len(options) > 1  # with the names that only permission brings
    assert any("Fake" in each for each in options)
    page.wait_for_timeout(400)
    key("Stop").click()
    notebook.until(lambda: "Recorded" in status(found) and "Recorded" in status(second))
    assert "Recorder recorded" in notebook.run(2)
    key("Play").click()
    key("Stop playing").wait_for()
    key("Stop playing").click()
    key("Clear").click()
    notebook.until(lambda: "Ready" in status(found))
    assert "Recorder ready" in notebook.run(2)
    key("Record").focus()
    page.keyboard.down("Space")
    notebook.until(lambda: "Recording" in status(found))
    page.wait_for_timeout(400)
    page.keyboard.up("Space")
    notebook.until(lambda: "Recorded" in status(found))
    path = glm.sample("hello_en").write(tmp_path / "hello.flac")
    found.locator("input[type=file]").set_input_files(path)
    notebook.until(lambda: status(found) == "hello.flac is loaded.")
    seconds = round(glm.sample("hello_en").seconds, 1)
    assert f"recorded, {seconds} s" in notebook.run(2)


@pytest.mark.long
def test_a_file_too_large_for_one_message_is_uploaded(
    lab: Server, open_browser: Open, tmp_path: Path
) -> None:
    """Jupyter breaks a connection off at 10 MiB a message; a minute and a half in stereo is more.
    What nobody could mean as a voice is refused in the page."""
    lab.write("large.ipynb", [SHOW.format(""), "print(rec)"])
    page = open_browser(None)
    notebook = Notebook(page, lab, "large.ipynb")
    notebook.run(0)
    found = recorder(page)
    path = glm.Clip.tone(440, 130, rate=48_000).write(tmp_path / "large.wav")
    assert path.stat().st_size > 12e6
    found.locator("input[type=file]").set_input_files(path)
    notebook.until(lambda: status(found) == "large.wav is loaded.")
    assert notebook.run(1) == "<Recorder recorded, 130.0 s, 16000 Hz>"
    huge = tmp_path / "huge.wav"
    with huge.open("wb") as file:
        file.truncate(65 << 20)
    found.locator("input[type=file]").set_input_files(huge)
    notebook.until(lambda: "larger than 64 MB" in found.get_by_role("alert").inner_text())


@pytest.mark.long
def test_a_minute_of_recording_outlives_a_busy_kernel_and_costs_no_memory(
    lab: Server, open_browser: Open
) -> None:
    """60 s with a blocking cell in the middle: nothing is lost, the page says why it waits."""
    lab.write(
        "minute.ipynb",
        [SHOW.format("limit=60"), "import time; time.sleep(4)", "print(len(rec.clip), rec.gaps)"],
    )
    page = open_browser(spoken(), args=("--enable-precise-memory-info",))
    notebook = Notebook(page, lab, "minute.ipynb")
    notebook.start(0)
    found = recorder(page)
    found.get_by_role("button", name="Record").click()
    notebook.until(lambda: "Recording" in status(found))
    notebook.start(1)
    page.wait_for_timeout(12_000)
    early = memory(page)
    notebook.until(lambda: "Recorded 60.0 s" in status(found), 90)
    assert memory(page) - early < 12e6  # the recording itself is 2 MB, and another copy
    assert notebook.run(2) == "960000 0"


def memory(page: Any) -> float:
    """Bytes of JavaScript, after a collection."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    return float(page.evaluate("performance.memory.usedJSHeapSize"))


@pytest.mark.long
def test_the_microphone_goes_out_with_the_kernel_and_with_the_cell(
    lab: Server, open_browser: Open, microphone_is_off: Any
) -> None:
    """A restart in mid-recording says so; clearing the cell ends what it recorded."""
    lab.write("ends.ipynb", [SHOW.format("")])
    page = open_browser(spoken())
    notebook = Notebook(page, lab, "ends.ipynb")
    notebook.start(0)
    found = recorder(page)
    found.get_by_role("button", name="Record").click()
    notebook.until(lambda: "Recording" in status(found))
    restart(notebook)
    notebook.until(lambda: microphone_is_off(page))
    notebook.until(lambda: "restarted" in found.get_by_role("alert").inner_text())
    notebook.await_idle()
    notebook.start(0)
    notebook.until(
        lambda: page.locator("section.glmkit .glmkit-problem:not([hidden])").count() == 0
    )
    found = recorder(page)
    found.get_by_role("button", name="Record").click()
    notebook.until(lambda: "Recording" in status(found))
    notebook.cell(0).locator(".jp-InputArea").click()
    notebook.menu("Edit", "Clear Cell Output")
    notebook.until(lambda: microphone_is_off(page))


@pytest.mark.long
def test_a_reload_in_mid_recording_keeps_what_came(
    lab: Server, open_browser: Open, microphone_is_off: Any
) -> None:
    """The page goes and the kernel stays: the recording ends there, and can be used and followed
    by another."""
    lab.write("reload.ipynb", [SHOW.format(""), "print(rec.state, rec.clip.seconds > 0.5)"])
    page = open_browser(spoken())
    notebook = Notebook(page, lab, "reload.ipynb")
    notebook.run(0)
    found = recorder(page)
    found.get_by_role("button", name="Record").click()
    notebook.until(lambda: found.locator(".glmkit-time").inner_text() >= "0:01")
    page.on("dialog", lambda dialog: dialog.accept())  # "leave without saving?"
    page.reload()
    page.wait_for_selector(".jp-CodeCell")
    notebook.await_idle()
    assert notebook.run(1) == "recorded True"
    notebook.run(0)
    found = recorder(page)
    found.get_by_role("button", name="Record").click()
    notebook.until(lambda: "Recording" in status(found))
    assert not microphone_is_off(page)


def restart(notebook: Notebook) -> None:
    notebook.menu("Kernel", "Restart Kernel…")
    notebook.page.get_by_role("button", name="Confirm Kernel Restart").click()


@pytest.mark.long
@pytest.mark.parametrize(
    ("problem", "options", "host"),
    [
        ("may not use the microphone", {"permission": "deny"}, "127.0.0.1"),
        ("No microphone was found", {"without": "--use-fake-device-for-media-stream"}, "127.0.0.1"),
        (
            "plain http from another machine",
            {"args": ("--host-resolver-rules=MAP nb.example 127.0.0.1",)},
            "nb.example",
        ),
    ],
    ids=["denied", "no device", "insecure"],
)
def test_each_failure_has_its_own_words(
    lab: Server, open_browser: Open, problem: str, options: dict[str, Any], host: str
) -> None:
    """In the widget and in Python, with a way out beside it."""
    name = f"fails_{len(problem)}.ipynb"
    lab.write(
        name,
        [SHOW.format(""), "try: rec.clip\nexcept glm.GlmError as e: print(rec.state, e)"],
    )
    page = open_browser(None, **options)
    notebook = Notebook(page, lab, name, host)
    notebook.start(0)
    found = recorder(page)
    found.get_by_role("button", name="Record").click()
    notebook.until(lambda: problem in found.get_by_role("alert").inner_text())
    printed = notebook.run(1)
    assert printed.startswith("failed")
    assert problem in printed
    if host != "127.0.0.1":
        found.get_by_role("button", name="Open a page of its own").click()
        notebook.until(lambda: "Forward port" in found.inner_text())


@pytest.mark.long
def test_it_works_in_notebook_7_and_on_ipykernel_6(
    open_browser: Open, older_kernel: Path, tmp_path: Path
) -> None:
    """The older kernel delivers between cells; waiting inside one is refused, not endless."""
    with serving("notebook", tmp_path / "notebook", older_kernel) as server:
        cells = [
            SHOW.format(""),
            "await rec.wait()",
            "import ipykernel\nprint(ipykernel.__version__, rec)",
        ]
        server.write("old.ipynb", cells, kernel="ipykernel6")
        page = open_browser(spoken())
        notebook = Notebook(page, server, "old.ipynb")
        notebook.start(0)
        found = recorder(page)
        assert "ipykernel 6 delivers nothing" in notebook.run(1)
        found.get_by_role("button", name="Record").click()
        notebook.until(lambda: "Recording" in status(found))
        page.wait_for_timeout(1000)
        found.get_by_role("button", name="Stop", exact=True).click()
        notebook.until(lambda: "Recorded" in status(found))
        version, _, rest = notebook.run(2).partition(" ")
        assert version.startswith("6.")
        assert "Recorder recorded" in rest


@pytest.mark.long
def test_it_works_in_voila(open_browser: Open, tmp_path: Path, microphone_is_off: Any) -> None:
    """A page of widgets without cells records, too."""
    pytest.importorskip("voila")
    with serving("voila", tmp_path / "voila") as server:
        server.write("page.ipynb", [SHOW.format("")])
        page = open_browser(spoken())
        page.set_default_timeout(90_000)
        page.goto(server.address("page.ipynb"))
        found = recorder(page)
        found.get_by_role("button", name="Record").click()
        page.wait_for_function("() => document.body.innerText.includes('Recording. Speak.')")
        page.wait_for_timeout(500)
        found.get_by_role("button", name="Stop", exact=True).click()
        page.wait_for_function("() => document.body.innerText.includes('Use rec.clip')")
        assert microphone_is_off(page)


def test_waiting_in_a_cell_gives_the_clip(lab: Server, open_browser: Open) -> None:
    """On ipykernel 7 `await rec.wait()` goes on while the person records."""
    lab.write(
        "wait.ipynb", [SHOW.format("limit=1"), "clip = await rec.wait()\nprint(clip.seconds)"]
    )
    page = open_browser(spoken())
    notebook = Notebook(page, lab, "wait.ipynb")
    notebook.start(0)
    found = recorder(page)
    notebook.start(1)
    found.get_by_role("button", name="Record").click()
    notebook.until(lambda: notebook.printed(1) == "1.0")


@pytest.mark.slow
def test_a_phones_file_is_decoded_in_the_page(open_browser: Open, tmp_path: Path) -> None:
    """Each kind that this browser decodes: its tone is there, at the recorder's rate; what it does
    not is named."""
    recorder = glm.Recorder()
    page = open_browser(None)
    page.goto(recorder.open_page())
    refused = page.get_by_role("alert").get_by_text("expected WAV, MP3")

    def choose(name: str, data: bytes) -> None:
        path = tmp_path / name
        path.write_bytes(data)
        page.locator("input[type=file]").set_input_files(path)

    def check(name: str, data: bytes) -> None:
        choose(name, data)
        page.get_by_text(f"{name} is loaded.").wait_for(timeout=10_000)
        clip = recorder.clip
        assert (clip.rate, clip.seconds > 1) == (16_000, True)
        loud = np.abs(np.fft.rfft(clip.samples))
        assert np.argmax(loud) / clip.seconds == pytest.approx(phone_files.PITCH, abs=15)

    check_each(check, phone_files.every(page))
    choose("x.m4a", b"\0\0\0\x1cftypM4A \0\0\0\0" + bytes(64))
    refused.wait_for()


def test_a_clipped_take_is_said_to_be(open_browser: Open) -> None:
    """Of a file as of a recording, where more than a peak is at full scale; not after Clear."""
    recorder, spoken = glm.Recorder(), glm.sample("joke_zh")
    page = open_browser(None)
    page.goto(recorder.open_page())
    said = page.get_by_text("Parts of it are clipped")
    cut, whole = spoken.samples * 8, spoken.samples / np.abs(spoken.samples).max()
    sounds = {"cut.wav": (cut.clip(-1, 1), True), "whole.wav": (whole, False)}

    def check(name: str) -> None:
        samples, clipped = sounds[name]
        data = glm.Clip(samples, 16_000).to_wav()
        file = {"name": name, "mimeType": "audio/wav", "buffer": data}
        page.locator("input[type=file]").set_input_files(files=[file])
        page.get_by_text(f"{name} is loaded.").wait_for()
        assert said.is_visible() == clipped
        page.get_by_role("button", name="Clear").click()
        said.wait_for(state="hidden")

    check_each(check, [(name,) for name in sounds])
    recorder.close()


@pytest.mark.long
def test_in_notebook_7_no_key_reaches_the_notebook(open_browser: Open, tmp_path: Path) -> None:
    """Recorder and live talk: what deletes a cell elsewhere deletes none while they have the focus,
    on whatever of them it is."""
    talk = 'glm.connect(to="emulator").talk()'
    with serving("notebook", tmp_path / "notebook") as server:
        server.write("keys.ipynb", [SHOW.format(""), talk, "1"])
        notebook = Notebook(open_browser(), server, "keys.ipynb")
        notebook.run(0)
        notebook.run(1)
        page = notebook.page
        page.wait_for_function("() => document.querySelectorAll('section.glmkit').length === 2")

        def kept(widget: int, part: str) -> None:
            page.locator("section.glmkit").nth(widget).locator(part).first.focus()
            for key in ("d", "d", "x"):
                page.keyboard.press(key)
            page.evaluate("new Promise(requestAnimationFrame)")
            assert page.locator(".jp-Notebook .jp-Cell").count() == 3

        check_each(kept, [(n, part) for n in (0, 1) for part in ("button:enabled", "summary")])
