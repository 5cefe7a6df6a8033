"""The recorder without a browser: what stands in, what is refused, what a page may send."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

import glmkit as glm
from glmkit.errors import BadArgument, BadState
from glmkit.widgets.recorder import Recorder
from glmkit.widgets.take import Take


class Page:
    """A page that says what it is told to, and keeps what it hears."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self.heard: list[tuple[str, dict[str, Any], bytes]] = []
        recorder._board.add(self)

    def tell(self, type: str, buffer: bytes = b"", /, **fields: Any) -> None:
        self.heard.append((type, fields, buffer))

    def say(self, type: str, buffer: bytes = b"", **fields: Any) -> None:
        self.recorder._board.heard(self, {"type": type, **fields}, [buffer] if buffer else [])

    def record(self, clip: glm.Clip, *, lose: tuple[int, ...] = ()) -> None:
        self.say("hello", host="127.0.0.1")
        self.say("start", take=1, rate=16_000)
        chunks = list(clip.chunks(100))
        for seq, chunk in enumerate(chunks):
            if seq not in lose:
                self.say("chunk", chunk, take=1, seq=seq)
        self.say("stop", take=1, chunks=len(chunks), samples=len(clip), gaps=0)


def test_what_a_page_records_is_the_clip(tmp_path: Path) -> None:
    """Chunk by chunk, to the last sample; another view is shown it."""
    recorder, spoken = Recorder(), glm.sample("joke_zh")
    page, other = Page(recorder), Page(recorder)
    assert recorder.state == "ready"
    page.record(spoken)
    assert recorder.clip == spoken
    assert (recorder.state, recorder.gaps) == ("recorded", 0)
    assert glm.Clip.read(recorder.save(tmp_path / "said.wav")) == spoken
    assert [(kind, sound) for kind, _, sound in other.heard] == [("sound", spoken.to_pcm())]
    recorder.clear()
    assert recorder.state == "ready"


def test_a_large_file_comes_in_parts() -> None:
    """A message too large for the way is put together here, one face not with another's."""
    recorder, spoken = Recorder(), glm.sample("joke_zh")
    page, other = Page(recorder), Page(recorder)
    data = spoken.to_wav()
    page.say("part", data[:9000])
    other.say("part", b"something else")
    page.say("part", data[9000:30_000])
    page.say("upload", data[30_000:], name="joke.wav")
    assert recorder.clip == spoken
    page.say("upload", data, name="joke.wav")  # nothing is left of the parts
    assert recorder.problem is None


def test_what_python_cannot_read_the_browser_decodes() -> None:
    """A phone's file is asked for again as WAV; where the page can't either, it is named."""
    recorder, spoken = Recorder(), glm.sample("joke_zh")
    page = Page(recorder)
    page.say("undecoded")  # of nothing
    assert recorder.problem is None
    phone = b"\0\0\0\x1cftypM4A \0\0\0\0" + bytes(64)
    page.say("upload", phone, name="New Recording 7.m4a")
    assert recorder.state == "ready"
    assert [kind for kind, *_ in page.heard] == ["decode"]
    page.say("upload", spoken.to_wav(), name="New Recording 7.m4a", decoded=True)
    assert recorder.clip == spoken
    page.say("upload", phone, name="x.m4a")
    page.say("undecoded")
    assert recorder.state == "recorded"  # what was there stays
    assert "M4A" in (recorder.problem or "")
    assert page.heard[-1][1]["code"] == "bad_file"
    page.say("upload", phone, name="x.m4a", decoded=True)  # and not once more
    assert recorder.state == "recorded"  # what was there stays
    assert page.heard[-1][0] == "problem"


def test_a_chunk_that_never_came_is_counted() -> None:
    """The page says how many it sent; late and double ones are no loss."""
    recorder = Recorder()
    Page(recorder).record(glm.sample("joke_zh"), lose=(3, 4))
    assert recorder.gaps == 2
    take = Take(16_000)
    for seq, samples in ((1, b"\2\0"), (0, b"\1\0"), (1, b"\2\0")):
        take.add(seq, samples)
    assert (take.pcm, take.missing(2)) == (b"\1\0\2\0", 0)


def test_a_file_stands_in_and_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A path, a clip or a sample's name; one line, once; a recording takes its place."""
    recorder = Recorder(file="hello_en")
    assert recorder.clip == recorder.clip == glm.sample("hello_en")
    assert capsys.readouterr().out.count("hello_en") == 1
    path = glm.sample("joke_en").write(tmp_path / "mine.wav")
    assert Recorder(file=path).clip == glm.sample("joke_en")
    assert Recorder(file="joke").clip == glm.sample("joke_en")  # in the reader's language
    assert Recorder(file=glm.sample("joke_zh")).clip == glm.sample("joke_zh")
    Page(recorder).record(glm.sample("joke_zh"))
    assert recorder.clip == glm.sample("joke_zh")


def test_without_a_browser_the_sample_stands_in(capsys: pytest.CaptureFixture[str]) -> None:
    """Run All goes on; where a page shows the recorder, an empty one is refused instead."""
    recorder = Recorder()
    assert recorder.clip == glm.sample("joke_zh")
    assert "No browser shows this recorder" in capsys.readouterr().out
    page = Page(recorder)
    page.say("hello")
    with pytest.raises(BadState, match="press Record"):
        _ = recorder.clip
    page.say("start", rate=16_000)
    with pytest.raises(BadState, match="still going on"):
        _ = recorder.clip


def test_a_failure_in_the_page_is_said_in_python() -> None:
    """With the same words as in the widget."""
    recorder = Recorder()
    page = Page(recorder)
    page.say("hello")
    page.say("problem", code="denied")
    assert recorder.state == "failed"
    with pytest.raises(BadState, match="may not use the microphone"):
        _ = recorder.clip
    page.say("upload", b"not sound", name="notes.txt")
    page.say("undecoded")
    assert recorder.state == "failed"
    assert page.heard[-1][:2][0] == "problem"


def test_an_uploaded_file_is_the_clip() -> None:
    """Whatever its rate, it comes at the recorder's."""
    recorder = Recorder()
    Page(recorder).say("upload", glm.Clip.tone(440, 0.5, rate=44_100).to_wav(), name="tone.wav")
    assert (recorder.clip.rate, recorder.clip.seconds) == (16_000, 0.5)


async def test_waiting_ends() -> None:
    """With the recording, with what stands in where nobody looks, or with the deadline."""
    recorder = Recorder()
    page = Page(recorder)
    waiting = asyncio.create_task(recorder.wait())
    await asyncio.sleep(0)
    page.record(glm.sample("joke_en"))
    assert await waiting == glm.sample("joke_en")
    assert await asyncio.wait_for(Recorder().wait(0.05), 10) == glm.sample("joke_zh")
    shown = Recorder()
    Page(shown).say("hello")
    with pytest.raises(BadState, match=r"within 0\.05 s"):
        await shown.wait(0.05)


@pytest.mark.parametrize(
    "wrong",
    [
        *({"rate": rate} for rate in (100, "16 kHz", 16_000.5)),
        *({"limit": limit} for limit in (0, "10 s", None)),
        {"file": "no such file.wav"},
    ],
)
def test_wrong_arguments_are_refused(wrong: dict[str, Any]) -> None:
    """Before anything is shown."""
    with pytest.raises(BadArgument):
        Recorder(**wrong)
