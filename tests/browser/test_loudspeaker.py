"""Live talk beside a loudspeaker: half-duplex keeps the answer out, and without it the echo is
heard, recognised and explained."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

import glmkit as glm
from tests.browser.conftest import Open
from tests.browser.own_page import says, until

#: The air of a room: what the page plays comes back through its microphone, 30 ms later and
#: at a third of the loudness, as long as it plays and no longer.
ROOM = """
(() => {
  const room = new AudioContext(), air = room.createMediaStreamDestination();
  const far = new DelayNode(room, { delayTime: 0.03 }), quiet = new GainNode(room, { gain: 0.33 });
  far.connect(quiet).connect(air);
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode && this.context !== room) {
      const out = this.context.createMediaStreamDestination();
      connect.call(this, out);
      room.createMediaStreamSource(out.stream).connect(far);
    }
    return connect.call(this, target, ...rest);
  };
  const devices = navigator.mediaDevices, ask = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (wanted) => {
    const voice = room.createMediaStreamSource(await ask(wanted));
    voice.connect(air);
    return air.stream;
  };
})()
"""


@pytest.fixture
def session() -> Iterator[glm.Session]:
    with glm.connect("emulator") as opened:
        yield opened


def chunks(session: glm.Session) -> list[glm.Clip]:
    """What the microphone sent, 100 ms each."""
    kind = "input_audio_buffer.append"
    return [e.clip for e in session.trace.events if e.type == kind and e.direction == "client"]


def silent_runs(sent: list[glm.Clip]) -> list[int]:
    """How long each stretch of digital silence is, in chunks."""
    runs, run = [], 0
    for each in sent:
        if np.any(each.samples):
            runs, run = ([*runs, run], 0) if run else (runs, 0)
        else:
            run += 1
    return [*runs, run] if run else runs


@pytest.mark.long
@pytest.mark.parametrize("half", [True, False], ids=["half duplex", "full duplex"])
def test_while_the_answer_plays_the_microphone_is_not_sent(
    open_browser: Open, session: glm.Session, half: bool
) -> None:
    """A tone that never stops is silence exactly while the answer sounds; then it is sent again."""
    speech = glm.sample("joke_zh")
    tone = glm.Clip.tone(440, 60, rate=16_000)
    length = len(tone.samples)
    spoken = np.concatenate([speech.samples, np.zeros(length - len(speech), np.float32)])
    talk = glm.Talk(session, processing=False)
    page = open_browser(glm.Clip(spoken + tone.samples * 0.02, 16_000))
    page.goto(talk.open_page())
    if half:
        page.get_by_label("loudspeaker").check()
    page.get_by_label("open microphone").check()
    says(page, "Answering")
    until(lambda: talk.played, page)
    count = len(chunks(session))
    until(lambda: len(chunks(session)) > count + 15, page)
    page.get_by_label("open microphone").uncheck()
    until(lambda: talk.state == "ready")
    turn = session.turns[0]
    assert turn.status == "completed"
    assert talk.played[0].samples == len(turn.audio)
    sent = chunks(session)[: count + 15]
    longest = max(silent_runs(sent), default=0) / 10
    if half:
        assert turn.audio.seconds - 0.2 <= longest <= turn.audio.seconds + 1.5
        assert all(np.any(each.samples) for each in sent[-8:])
    else:
        assert longest <= 0.2
    talk.close()


@pytest.mark.long
def test_an_answer_that_interrupts_itself_is_told_so(
    open_browser: Open, session: glm.Session
) -> None:
    """Open microphone and a loudspeaker: the answer is heard by the service and breaks off; the
    page and Python say whose voice that was, and the loudspeaker's switch goes on, so that the
    next answer is heard to its end and nothing answers itself for ever."""
    talk = glm.Talk(session, processing=False)
    page = open_browser(glm.sample("joke_zh") + glm.Clip.silence(60))
    page.add_init_script(ROOM)
    page.goto(talk.open_page())
    page.get_by_label("open microphone").check()
    says(page, "Answering")
    until(lambda: any(turn.status == "cancelled" for turn in session.turns), page)
    says(page, "interrupted itself")
    assert "headphones" in page.locator(".glmkit-log").inner_text()
    assert "interrupted itself" in (talk.problem or "")
    assert (
        session.turns[0].heard_seconds < 2
    )  # half a second, from which no word need be understood
    assert page.get_by_label("loudspeaker").is_checked()
    until(lambda: any(each.checksum for each in talk.played), page)  # played to its end
    count = len(chunks(session))
    until(lambda: len(chunks(session)) > count + 20, page)
    assert session.turns[-1].status == "completed"
    assert len(session.turns) <= 3
    page.get_by_label("open microphone").uncheck()
    talk.close()
