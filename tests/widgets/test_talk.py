"""Live talk without a browser: what a page may say, and what becomes of it."""

from __future__ import annotations

import asyncio
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from websockets.asyncio.server import ServerConnection

import glmkit as glm
from glmkit.emulator.launch import Emulator
from glmkit.errors import BadArgument, Closed
from glmkit.media.kit_samples import picture_path
from glmkit.media.pictures import jpeg_frame
from glmkit.protocol.event_kinds import APPEND, VIDEO_FRAME
from glmkit.turns.heard_part import heard_words
from glmkit.widgets.talk import Talk
from tests.breaking_service import connecting, serving
from tests.odd_server import talking, tell

SECONDS = 30
TOOL = ("tool", "tool")  # the call, and its output


class Page:
    """A page that speaks and listens as the real one does, but plays nothing."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.heard: list[tuple[str, dict[str, Any], bytes]] = []
        talk._board.add(self)
        self.say("hello", host="127.0.0.1")

    def tell(self, type: str, buffer: bytes = b"", /, **fields: Any) -> None:
        self.heard.append((type, fields, buffer))

    def say(self, type: str, buffer: bytes = b"", **fields: Any) -> None:
        self.talk._board.heard(self, {"type": type, **fields}, [buffer] if buffer else [])

    def speak(self, clip: glm.Clip) -> None:
        for seq, chunk in enumerate(clip.chunks(100)):
            self.say("chunk", chunk, seq=seq)

    def all(self, kind: str) -> list[dict[str, Any]]:
        return [fields for type, fields, _ in self.heard if type == kind]

    def until(self, ready: Callable[[], object]) -> None:
        end = time.monotonic() + SECONDS
        while not ready():
            assert time.monotonic() < end, [each[:2] for each in self.heard[-5:]]
            time.sleep(0.01)


@pytest.fixture
def session(glm_emulator: Emulator) -> Iterator[glm.Session]:
    with glm.connect(glm_emulator.url, api_key=glm_emulator.key) as opened:
        yield opened


def test_a_warning_that_was_made_an_error_is_said(session: glm.Session) -> None:
    """Tools with server VAD warn; the page says why the microphone did not open."""

    @session.tool
    def get_time() -> str:
        """Tells the time."""
        return "noon"

    page = Page(talk := session.talk())
    page.say("open", on=True)
    page.until(lambda: talk.problem)
    assert "with tools" in str(talk.problem)
    page.until(lambda: talk.state == "ready")


@pytest.mark.slow
def test_a_held_button_is_one_say(session: glm.Session) -> None:
    """Words of both sides go to the page, the answer's sound to the page that spoke."""
    talk = session.talk()
    page, other = Page(talk), Page(talk)
    page.say("press")
    page.speak(glm.sample("joke_zh"))
    page.say("release")
    page.until(lambda: talk.state == "ready" and session.turns)
    turn = session.turns[0]
    sound = b"".join(each for kind, _, each in page.heard if kind == "play")
    assert sound == turn.audio.to_pcm() if turn.audio else False
    assert not other.all("play")
    assert {"you", "answer"} <= {said["who"] for said in other.all("said")}
    assert page.all("said")[-1]["words"].count(turn.transcript[:6]) == 1
    assert len(page.all("end")) == 1


@pytest.mark.slow
def test_a_file_is_said_as_if_it_were_spoken(session: glm.Session) -> None:
    """At its own speed; what the page is to decode interrupts nothing; Stop ends it."""
    page, spoken = Page(talk := session.talk()), glm.sample("joke_zh")
    page.say("upload", b"\0\0\0\x1cftypM4A " + bytes(64), name="phone.m4a")
    page.until(lambda: page.all("decode"))
    assert talk.state == "ready"
    page.say("upload", spoken.to_wav(), name="phone.m4a", decoded=True)
    page.until(lambda: talk.state == "ready" and session.turns)
    shown = [state["state"] for state in page.all("state")]
    assert shown == ["ready", "saying", "answering", "ready"]
    assert session.turns[0].input == spoken
    assert any(kind == "play" for kind, *_ in page.heard)
    page.say("undecoded")  # of nothing
    page.say("upload", spoken.to_wav(), name="again.wav")
    page.until(lambda: talk.state == "saying")
    page.say("halt")
    page.until(lambda: talk.state == "ready")
    assert talk.problem is None
    page.say("upload", b"no sound", name="notes.txt")
    page.until(lambda: len(page.all("decode")) == 2)
    page.say("undecoded")
    page.until(lambda: "is text" in (talk.problem or ""))


@pytest.mark.slow
def test_a_file_that_is_being_said_makes_room(session: glm.Session) -> None:
    """What is written meanwhile is answered at once."""
    page = Page(talk := session.talk())
    page.say("upload", (glm.sample("joke_zh") + glm.Clip.silence(20)).to_wav(), name="long.wav")
    page.until(lambda: talk.state == "saying")
    page.say("text", words="你好")
    page.until(lambda: talk.state == "ready" and session.turns)
    assert [turn.status for turn in session.turns] == ["completed"]
    assert talk.problem is None


@pytest.mark.slow
def test_the_player_says_what_was_heard(session: glm.Session) -> None:
    """Its count of samples is the turn's, and so is where the words of what was cut end."""
    talk = session.talk()
    page = Page(talk)
    page.say("text", words="你好")
    page.until(lambda: talk.state == "ready" and session.turns)
    response = session.turns[0].response_ids[0]
    page.say("heard", response=response, samples=12_000, dropped=5, underruns=1, ms=3.5)
    assert talk.underruns == 1
    assert session.turns[0].heard_seconds == 0.5
    assert talk.played[0].flush_ms == 3.5
    page.until(lambda: any("heard" in line for line in page.all("said")))
    line = next(line for line in page.all("said") if "heard" in line)
    assert line["words"][: line["heard"]] == heard_words(session.turns[0])
    assert 0 < line["heard"] < len(line["words"])


def test_a_slip_of_the_finger_says_nothing(session: glm.Session) -> None:
    """Under 0.3 s nothing is committed, and the page says why."""
    talk = session.talk()
    page = Page(talk)
    page.say("press")
    page.until(lambda: talk.state == "listening")
    page.speak(glm.Clip.silence(0.1))
    page.say("release")
    page.until(lambda: talk.state == "ready")
    assert "too short" in page.all("note")[0]["words"]
    assert not [e for e in session.trace.events if e.type == "input_audio_buffer.commit"]


@pytest.mark.slow
def test_a_tap_on_the_button_leaves_nothing_behind(session: glm.Session) -> None:
    """Pressed and let go at once, alone and into an answer: the next words are answered."""
    talk = session.talk()
    page = Page(talk)
    page.say("press")
    page.say("release", failed=True)
    page.until(lambda: talk.state == "ready")
    assert not page.all("note")
    page.say("text", words="给我讲个故事")
    page.until(lambda: page.all("end") or any(kind == "play" for kind, _, _ in page.heard))
    page.say("press")
    page.say("release")
    page.say("text", words="你好")
    page.until(lambda: talk.state == "ready")
    assert session.turns[-1].status == "completed"
    assert talk.problem is None


@pytest.mark.long
def test_what_was_written_is_shown_to_who_comes_later(session: glm.Session) -> None:
    """A reload shows both sides, in order, each line once."""
    talk = session.talk()
    page = Page(talk)
    for turns, words in enumerate(("你好", "给我讲个笑话"), 1):
        page.say("text", words=words)
        page.until(lambda turns=turns: talk.state == "ready" and len(session.turns) == turns)
    later = Page(talk)
    later.until(lambda: later.all("said"))
    lines = [(said["who"], said["words"]) for said in later.all("said")]
    assert [who for who, _ in lines] == ["you", "answer", "you", "answer"]
    assert [words for who, words in lines if who == "you"] == ["你好", "给我讲个笑话"]


@pytest.mark.filterwarnings("ignore:with tools")
@pytest.mark.slow
def test_each_line_is_its_turns_which_opens_as_its_card(session: glm.Session) -> None:
    """What was written, called and answered; a turn has its card, one that is not kept a word."""

    @session.tool
    def get_weather(city: str) -> str:
        """Tells the weather of a city."""
        return f"{city}: 25 °C"

    page = Page(talk := session.talk())
    for turns, words in enumerate(("你好", "北京天气怎么样？"), 1):
        page.say("text", words=words)
        page.until(lambda turns=turns: talk.state == "ready" and len(session.turns) == turns)
    assert [(t["number"], t["over"]) for t in page.all("turn")] == [
        *((0, False), (0, True), (1, False), (1, True))
    ]
    later = Page(talk)
    later.until(lambda: len(later.all("turn")) == 2 and len(later.all("said")) > 5)
    lines = [(said["turn"], said["who"]) for said in later.all("said")]
    assert lines == [(0, "you"), (0, "answer"), *((1, who) for who in ("you", *TOOL, "answer"))]
    for number in (1, 7):
        page.say("card", number=number)
    page.until(lambda: len(page.all("card")) == 2)
    cards = {card["number"]: card["html"] for card in page.all("card")}
    assert cards[7] is None
    session.ask("再见")  # in a cell
    page.until(
        lambda: [said["turn"] for said in page.all("said") if said["words"] == "再见"] == [2]
    )
    assert "北京天气怎么样？" in cards[1]
    assert "get_weather" in cards[1]


async def test_lines_of_a_connection_that_numbers_anew_are_lines_of_their_own() -> None:
    """After a reset the page shows both answers, and what it played of each is its turn's."""

    async def answer(socket: ServerConnection, event: dict[str, Any]) -> None:
        await tell(socket, "response.created", response={"id": "r"})
        said = {"response_id": "r", "delta": f"answer {event['client_timestamp']}"}
        await tell(socket, "response.audio_transcript.delta", **said)
        sound = b64encode(bytes(4800)).decode()
        await tell(socket, "response.audio.delta", response_id="r", delta=sound)
        await tell(socket, "response.done", response={"id": "r", "status": "completed"})

    async with talking({"response.create": answer}) as session:
        talk = session.talk()
        page = Page(talk)
        for turns in (1, 2):
            page.say("text", words="hi")
            async with asyncio.timeout(SECONDS):
                while not (talk.state == "ready" and len(session.turns) == turns):
                    await asyncio.sleep(0.01)
            await session.reset()
            await asyncio.sleep(0.05)
        first, second = dict.fromkeys(each["id"] for each in page.all("play"))
        for samples, id in ((1200, first), (2400, second)):
            page.say("heard", response=id, samples=samples)
        await asyncio.sleep(0.05)
    answers = {said["id"]: said["words"] for said in page.all("said") if said["who"] == "answer"}
    assert list(answers.values()) == [turn.transcript for turn in session.turns]
    assert [turn.heard_seconds for turn in session.turns] == [0.05, 0.1]


@pytest.mark.slow
@pytest.mark.parametrize("held", [True, False])
async def test_a_take_goes_on_where_the_connection_breaks(held: bool) -> None:
    """With its last second once more and no frame lost; a finished one is not sent again."""
    whole = np.random.default_rng(1).normal(0, 0.1, 32_000).astype(np.float32)
    clip, vad = glm.Clip(whole, 16_000), "client" if held else "server"
    async with serving() as service:
        async with connecting(service, reconnect=2, remember=True, vad=vad) as session:
            page = Page(talk := session.talk())
            service.break_once(APPEND, after=15)
            page.say("press" if held else "open", on=True)
            page.speak(clip)
            await until(lambda: len(service.sounds) == 2)
            page.say("release" if held else "open", on=False)
            await until(lambda: talk.state == "ready")
            first, second = map(bytes, service.sounds)
            sent = clip.to_pcm(16_000)
            assert sent.startswith(first)
            assert sent.endswith(second)
            again = (len(first) + len(second) - len(sent)) / 32_000
            assert 0.7 <= again <= 1.0  # what was on its way at the break had not come
            assert "this is a new one" in page.all("note")[0]["words"]
            if held:
                assert session.turns[-1].status == "completed"
                service.break_once("response.create")
                page.say("press")
                page.speak(clip[:0.5])
                page.say("release")
                await until(lambda: talk.problem)
                assert len(service.sounds) == 2
                page.say("text", words="hi")
                await until(lambda: talk.state == "ready" and session.turns[-1].transcript)
                assert not service.sounds[2]
                assert talk.state == "ready"


async def until(ready: Callable[[], object]) -> None:
    async with asyncio.timeout(SECONDS):
        while not ready():
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("limit", [0, -1, 3601, float("nan"), "10 s", None])
def test_a_limit_that_no_press_could_keep_is_refused(session: glm.Session, limit: Any) -> None:
    """As the recorder's."""
    with pytest.raises(BadArgument, match="limit="):
        Talk(session, limit=limit)


@pytest.mark.parametrize("wrong", [5, None, glm])
def test_what_is_no_session_is_refused(wrong: Any) -> None:
    """With what to give instead."""
    with pytest.raises(BadArgument, match=r"what glm.connect\(\) returned"):
        Talk(wrong)


@pytest.mark.slow
def test_errors_are_shown_and_the_talk_goes_on(session: glm.Session) -> None:
    """What is no picture is said in the page; the next words are answered."""
    talk = session.talk()
    page = Page(talk)
    page.say("picture", b"not a picture", following=False)
    page.until(lambda: page.all("note"))
    assert talk.problem
    page.say("text", words="你好")
    page.until(lambda: session.turns)


@pytest.mark.slow
def test_pictures_go_with_what_is_written_and_with_the_open_microphone() -> None:
    """A file with the next words, what the camera sees with each, once it is on."""
    photo = picture_path("ball").read_bytes()
    with glm.connect("emulator", modalities=["text"]) as session:
        page = Page(talk := session.talk())
        page.say("picture", photo, following=False)
        page.say("text", words="What do you see?")
        page.until(lambda: talk.state == "ready" and len(session.turns) == 1)
        page.say("look", on=True)
        page.until(lambda: page.all("looking"))
        page.say("text", photo, words="And now?")
        page.until(lambda: talk.state == "ready" and len(session.turns) == 2)
        page.say("picture", photo, following=False)
        page.say("open", on=True)
        page.speak(glm.sample("hello_en") + glm.Clip.silence(1))
        page.until(lambda: len(session.turns) == 3)
        assert [turn.status for turn in session.turns] == ["completed"] * 3
        frame = jpeg_frame(photo)
        shown = session.trace.select(VIDEO_FRAME)
        assert [event.payload for event in shown] == [frame] * 3
        assert talk.problem is None


@pytest.mark.slow
def test_what_a_camera_sees_goes_with_its_sound() -> None:
    """Right behind the chunk that it came ahead of, however long it takes to make it ready, and in
    a turn that is over by then; of another page, or of what is no picture, nothing goes."""
    photo, chunks = picture_path("ball").read_bytes(), [*glm.sample("hello_en").chunks(100)]
    with glm.connect("emulator", modalities=["text"]) as session:
        page, other = Page(talk := session.talk()), Page(talk)
        page.say("look", on=True)
        page.until(lambda: page.all("looking"))
        page.say("press")
        for seq, chunk in enumerate(chunks):
            if seq in (0, 5):
                page.say("picture", photo, following=True)
            if seq == 3:
                page.say("picture", b"no picture", following=True)
                other.say("picture", photo, following=True)
            page.say("chunk", chunk, seq=seq)
        page.say("release")
        page.until(lambda: talk.state == "ready" and session.turns)
        sent = [e.type for e in session.trace.events if e.type in (APPEND, VIDEO_FRAME)]
        shown = [n for n, type in enumerate(sent) if type == VIDEO_FRAME]
        assert shown == [1, 7]  # behind the first chunk and the sixth
        assert session.turns[0].status == "completed"
        assert len(page.all("note")) == 1


def test_pictures_that_wait_are_seen_and_can_be_taken_back() -> None:
    """Each with its state, by whoever looks; without any there is no video conversation."""
    with glm.connect("emulator", modalities=["text"]) as session:
        page = Page(talk := session.talk())

        def states(page: Page) -> list[tuple[int, str]]:
            return [(each["number"], each["state"]) for each in page.all("picture")]

        page.say("picture", picture_path("ball").read_bytes(), following=False)
        page.until(lambda: page.all("note"))
        later = Page(talk)
        later.until(lambda: later.all("picture"))
        (frame,) = (data for kind, _, data in later.heard if kind == "picture")
        assert frame == jpeg_frame(picture_path("ball"))
        page.say("take_back", number=1)
        page.say("take_back", number=7)  # which there is none of
        page.say("text", words="你好")
        page.until(lambda: talk.state == "ready" and session.turns)
        assert session.settings.mode == "audio"
        assert not session.trace.select(VIDEO_FRAME)
        page.say("picture", picture_path("ball").read_bytes(), following=False)
        page.until(lambda: len(page.all("picture")) == 3)
        page.say("text", words="What do you see?")
        page.until(lambda: talk.state == "ready" and len(session.turns) == 2)
        seen = [(1, "waiting"), (1, "gone"), (2, "waiting"), (2, "going"), (2, "gone")]
        assert (states(page), states(later)) == (seen, [(1, "waiting"), *seen[1:]])
        assert [event.payload for event in session.trace.select(VIDEO_FRAME)] == [frame]
        session.show(picture_path("ball"))  # in a cell
        page.until(lambda: states(page)[-1] == (3, "waiting"))
        assert talk.problem is None


def test_what_is_refused_is_said_once(session: glm.Session) -> None:
    """A missing picture in the kit's words; what the service refuses, too, instead of in its."""
    session.update(mode="video_passive")
    page = Page(talk := session.talk())
    page.say("text", words="What do you see?")
    page.until(lambda: talk.state == "ready" and page.all("note"))
    page.say("look", on=True)  # a camera that shows nothing
    page.say("text", words="And now?")
    page.until(lambda: talk.state == "ready" and "video_model" in (talk.problem or ""))
    lines = {said["id"]: said["words"] for said in page.all("said") if said["who"] == "note"}
    assert list(lines.values()) == [talk.problem]
    assert len(page.all("note")) == 1


@pytest.mark.slow
def test_who_wants_the_answer_now_gets_it_on_the_open_microphone() -> None:
    """Where server VAD misses the end: the page knows who speaks, and once they do, ends it."""
    waits = glm.Waits(fallback=0.2, after_fallback=20)
    with Emulator.start(faults=("vad_deaf=always,times=1",)) as server:
        with glm.connect(server.url, api_key=server.key, waits=waits) as session:
            page = Page(talk := session.talk())
            page.say("answer_now")  # nothing is open: it means nothing
            page.say("open", on=True)
            page.until(lambda: talk.state == "open")
            page.speak(glm.sample("joke_zh") + glm.Clip.silence(2))
            page.until(lambda: page.all("speaking")[-1]["on"])
            sound = "input_audio_buffer.append"
            page.until(lambda: len(session.trace.select(sound, direction="client")) > 30)
            page.say("answer_now")
            page.until(lambda: session.turns)
            assert [told["on"] for told in page.all("speaking")] == [False, True, False]
            assert talk.problem is None
    assert (session.turns[0].status, session.turns[0].fallback) == ("completed", "commit")


@pytest.mark.slow
def test_one_talk_a_session(session: glm.Session) -> None:
    """A second one closes the first; the session outlives both; a closed one has none."""
    first = session.talk()
    page = Page(first)
    second = Talk(session)
    page.until(lambda: first.state == "closed")
    assert "another cell" in (first.problem or "")
    assert page.all("closed") == [{}]
    second.close()
    second.close()
    assert second.state == "closed"
    assert session.ask("你好").status == "completed"
    session.close()
    with pytest.raises(Closed):
        session.talk()
