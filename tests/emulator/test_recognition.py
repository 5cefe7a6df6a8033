"""What is recognised, and what is not."""

from __future__ import annotations

import asyncio
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
import soxr
from numpy.typing import NDArray

from glmkit.emulator.hear.fair_queue import Owner, Steps
from glmkit.emulator.hear.recognition import (
    Recogniser,
    Recognition,
    believable,
    in_house_style,
    pieces,
    voiced,
)
from glmkit.emulator.hear.whisper import RATE, Guess
from glmkit.emulator.speak import restock, synthesis
from glmkit.emulator.speak.stock import find, put_together
from glmkit.emulator.speak.voice import speak
from glmkit.emulator.weights import models
from glmkit.errors import Missing
from tests.listed import check_each

DATA = Path(__file__).parents[2] / "data"
DEADLINE = 60
SAID = {
    "joke_zh": "给我讲个笑话吧",
    "weather_zh": "今天北京的天气怎么样",
    "story_zh": "给我讲个长一点的故事",
    "two_questions_zh": "你叫什么名字今天星期几",
    "joke_en": "tell me a joke please",
    "hello_en": "hello who are you",
}

TWISTERS = (
    "四是四，十是十，十四是十四，四十是四十。",
    "吃葡萄不吐葡萄皮，不吃葡萄倒吐葡萄皮。",
    "She sells sea shells by the sea shore.",
)

Samples = NDArray[np.float32]


def sample(name: str) -> Samples:
    samples, rate = soundfile.read(DATA / f"{name}.wav", dtype="float32")
    assert rate == RATE
    return samples


def words(text: str) -> str:
    return re.sub(r"[^\w ]", "", text).lower()


@pytest.fixture(scope="module")
def ears() -> Iterator[Recogniser]:
    if not Recogniser.available():
        pytest.skip("the weights of whisper-base are not in place")
    ears = Recogniser()
    yield ears
    ears.close()


@pytest.mark.voices
@pytest.mark.parametrize("name", SAID)
def test_the_samples_are_understood(ears: Recogniser, name: str) -> None:
    """Each sample's words and language are found, Chinese in simplified characters."""
    heard = ears.recognise(sample(name))
    assert words(heard.text) == SAID[name]
    assert heard.lang == name[-2:]
    assert heard.confidence > 0.5
    assert heard.seconds == len(sample(name)) / RATE


@pytest.mark.voices
def test_words_joined_from_single_ones_are_understood(ears: Recogniser) -> None:
    """A date and a time of which no sentence is in stock can be followed, if not admired."""
    for said, found in (
        ("今天是2026年，星期三", "今天.*年.*星期三"),
        ("现在是下午2点", "现在.*下午.*点"),
    ):
        joined = put_together(said)
        assert joined is not None
        assert re.search(found, ears.recognise(soxr.resample(joined, 24_000, RATE)).text)


@pytest.mark.voices
def test_words_spoken_anew_are_as_those_in_stock() -> None:
    """So that speaking everything again leaves joined numbers understandable: not drawn out."""

    def alike(word: str) -> None:
        stored = find(word, "zh")
        assert stored is not None
        assert len(synthesis.word(word, restock.ALONE)) == pytest.approx(len(stored), rel=0.05)

    check_each(alike, [("三",), ("点",), ("星期三",), ("下午",)])


@pytest.mark.voices
def test_names_are_preferred(ears: Recogniser) -> None:
    """A name that is expected is written as expected."""
    assert "张三" in ears.recognise(sample("call_zh"), names=["张三"]).text


@pytest.mark.voices
def test_a_single_word_is_written_once(ears: Recogniser) -> None:
    """A short word comes out once, not again and again."""
    word = sample("weather_zh")[: int(0.75 * RATE)]
    assert words(ears.recognise(word).text) == "今天"


@pytest.mark.voices
@pytest.mark.parametrize("level_db", [-50, -30, -10])
@pytest.mark.parametrize("seconds", [0.5, 3.0])
def test_noise_gives_no_text(ears: Recogniser, seconds: float, level_db: int) -> None:
    """Noise is not written down as something, not even with a name expected."""
    noise = np.random.default_rng(1).standard_normal(int(seconds * RATE)) * 10 ** (level_db / 20)
    heard = ears.recognise(noise.astype(np.float32), names=["张三"])
    assert (heard.text, heard.lang, heard.confidence) == ("", None, 0.0)


@pytest.mark.voices
@pytest.mark.parametrize("count", [0, 1, 100, 5 * RATE])
def test_silence_gives_no_text(ears: Recogniser, count: int) -> None:
    """Silence of any length, none included, gives no text."""
    assert ears.recognise(np.zeros(count, np.float32)).text == ""


@pytest.mark.voices
def test_silence_around_speech_changes_nothing(ears: Recogniser) -> None:
    """A question in the middle of 20 s of silence is the same question."""
    quiet = np.zeros(10 * RATE, np.float32)
    heard = ears.recognise(np.concatenate([quiet, sample("weather_zh"), quiet]))
    assert words(heard.text) == SAID["weather_zh"]


@pytest.mark.voices
def test_more_than_half_a_minute_is_understood(ears: Recogniser) -> None:
    """In 40 s of speech, longer than the model's window, no sentence is lost."""
    names = ["weather_zh", "joke_zh", "story_zh"] * 6
    heard = ears.recognise(np.concatenate([sample(name) for name in names]))
    assert heard.seconds > 40
    for name in names:
        assert words(heard.text).count(SAID[name]) >= 5


@pytest.mark.voices
async def test_what_is_cancelled_is_dropped(ears: Recogniser) -> None:
    """Recognition begun too early is cancelled; what is asked next is answered."""
    early = [ears.start(sample("weather_zh")[:RATE]) for _ in range(3)]
    for begun in early:
        begun.cancel()
    heard = await asyncio.wait_for(ears.start(sample("joke_en")), DEADLINE)
    assert words(heard.text) == SAID["joke_en"]
    assert all(begun.cancelled() for begun in early)


@pytest.mark.voices
@pytest.mark.long
def test_an_utterance_is_heard_step_by_step(ears: Recogniser) -> None:
    """What takes long stops between its pieces, so that others can be heard meanwhile."""
    minute = np.concatenate([sample(name) for name in ["weather_zh", "joke_zh", "story_zh"] * 8])
    steps = ears.steps(minute)
    assert sum(1 for _ in steps) > 2


@pytest.mark.voices
@pytest.mark.slow
async def test_nobody_waits_for_the_end_of_something_long(ears: Recogniser) -> None:
    """What is short has its turn between the steps of what is long and came before, be that
    a tongue-twister without end or noise behind a word."""
    spoken = speak(TWISTERS[0])
    twister = np.tile(soxr.resample(spoken.samples, spoken.rate, RATE), 9)[: 20 * RATE]
    noise = np.random.default_rng(2).standard_normal(20 * RATE).astype(np.float32) / 30
    words = sample("hello_en")
    for long in (twister, np.concatenate([words, noise, words])):
        ended: list[str] = []
        bad = ears.start(long.astype(np.float32), owner=Owner("class", "bad"))
        good = ears.start(words, owner=Owner("class", "good"))
        bad.add_done_callback(lambda _, ended=ended: ended.append("bad"))
        good.add_done_callback(lambda _, ended=ended: ended.append("good"))
        await asyncio.wait([good, bad], timeout=DEADLINE)
        assert ended == ["good", "bad"]


@pytest.mark.voices
@pytest.mark.slow
def test_a_tongue_twister_is_heard_or_not_understood(ears: Recogniser) -> None:
    """Where the model only repeats itself there is no text, and it is said that it is unclear."""

    def heard(words: str) -> None:
        said = speak(words)
        found = ears.recognise(soxr.resample(said.samples, said.rate, RATE))
        assert found.unclear is (not found.text), found
        assert not re.search(r"(.+?)\1{4}", found.text), found

    check_each(heard, [(words,) for words in TWISTERS])


async def test_cancelling_frees_the_recogniser() -> None:
    """What is void is not gone on with, and the next begins."""
    began, go_on, over = threading.Event(), threading.Event(), list[str]()

    class Long(Recogniser):
        def steps(self, samples: Samples, **_: Any) -> Steps[Recognition]:
            try:
                began.set()
                go_on.wait(DEADLINE)
                yield
                return Recognition("all of it", None, 0.0, 0.0)
            finally:
                over.append("closed")

    ears = Long()
    void = ears.start(np.zeros(0, np.float32))
    assert await asyncio.to_thread(began.wait, DEADLINE / 4)
    void.cancel()
    await asyncio.sleep(0)
    go_on.set()
    heard = await asyncio.wait_for(ears.start(np.zeros(0, np.float32)), DEADLINE)
    assert heard.text == "all of it"
    assert over == ["closed", "closed"]
    ears.close()


@pytest.mark.voices
async def test_a_folder_with_a_chinese_name_is_fine(ears: Recogniser, tmp_path: Path) -> None:
    """The model loads from a folder the user gives, whatever its name."""
    folder = tmp_path / "课程 资料" / models.WHISPER
    shutil.copytree(models.require(models.WHISPER), folder)
    mine = Recogniser(folder.parent)
    await asyncio.wait_for(mine.load(), DEADLINE)
    assert words(mine.recognise(sample("joke_zh")).text) == SAID["joke_zh"]
    mine.close()


def test_without_weights_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No weights: not available, and recognising says what to do."""
    monkeypatch.delenv("GLMKIT_MODELS", raising=False)
    monkeypatch.setenv("GLMKIT_CACHE", str(tmp_path))
    assert not Recogniser.available()
    with pytest.raises(Missing, match="glmkit voices install"):
        Recogniser().recognise(sample("joke_zh"))


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("給我講個笑話吧", "给我讲个笑话吧"),
        ("你叫什麼名字?今天星期幾,對吧?", "你叫什么名字？今天星期几，对吧？"),
        ("早上7.5 度", "早上7.5 度"),
        ("用 Python, 好嗎? 好.", "用 Python, 好吗？好。"),
    ],
)
def test_chinese_is_written_as_in_china(written: str, wanted: str) -> None:
    """Characters are simplified; marks after one become Chinese ones, others stay."""
    assert in_house_style(written, "zh") == wanted


def test_english_is_left_alone() -> None:
    """English keeps its marks and spaces."""
    assert in_house_style("Hello. Who are you?", "en") == "Hello. Who are you?"


@pytest.mark.parametrize(
    ("text", "no_speech", "logprob", "kept"),
    [
        ("Hello.", 0.1, -0.2, True),
        ("Stop.", 0.9, -0.4, True),
        ("I'm going", 0.5, -1.8, True),
        ("I'm going", 0.8, -1.8, False),
        ("", 0.1, -0.1, False),
    ],
)
def test_doubt_of_two_kinds_is_needed(
    text: str, no_speech: float, logprob: float, kept: bool
) -> None:
    """Text is dropped when the model doubts both that somebody spoke and what was said."""
    assert believable(Guess(text, "en", logprob, no_speech)) is kept


def test_long_audio_is_cut_where_it_is_quiet() -> None:
    """Pieces are at most 28 s, join to the whole, and meet in a pause."""
    sound = np.ones(70 * RATE, np.float32)
    pause = slice(24 * RATE, 25 * RATE)
    sound[pause] = 0
    cut = list(pieces(sound))
    assert [len(piece) <= 28 * RATE for piece in cut] == [True] * len(cut)
    np.testing.assert_array_equal(np.concatenate(cut), sound)
    assert pause.start <= len(cut[0]) <= pause.stop
    assert list(pieces(sound[:0])) == []


def test_only_speech_is_kept() -> None:
    """Of 10 s with speech in the middle, the speech and 0.3 s around it are left."""
    quiet, speech = np.zeros(4 * RATE, np.float32), sample("joke_zh")
    kept = voiced(np.concatenate([quiet, speech, quiet]))
    assert 1.2 * RATE < len(kept) < len(speech) + 0.6 * RATE
    assert len(voiced(quiet)) == 0
