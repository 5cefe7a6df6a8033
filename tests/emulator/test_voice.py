"""What is spoken: the clauses, and the sound itself."""

from __future__ import annotations

import re
import threading
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from glmkit.emulator.speak import stock, synthesis
from glmkit.emulator.speak.kokoro import VOICES as FILES
from glmkit.emulator.speak.kokoro import giving_durations, style
from glmkit.emulator.speak.restock import wanted
from glmkit.emulator.speak.voice import instantly, saying, speak, voices
from glmkit.emulator.think.clauses import clauses_in, language_of
from glmkit.emulator.weights import models
from glmkit.errors import BadArgument, Missing
from glmkit.protocol.table import VOICES

Samples = NDArray[np.float32]


@pytest.fixture
def no_weights(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("GLMKIT_MODELS", raising=False)
    monkeypatch.setenv("GLMKIT_CACHE", str(tmp_path))


@pytest.fixture
def weights() -> None:
    if models.find(models.KOKORO) is None:
        pytest.skip("the weights of kokoro are not in place")


def pitch(samples: Samples) -> float:
    """The median fundamental of voiced frames, in Hz, by autocorrelation."""
    found = []
    for at in range(0, len(samples) - 1920, 960):
        frame = samples[at : at + 1920] - samples[at : at + 1920].mean()
        if frame.std() > 0.03:
            alike = np.correlate(frame, frame, "full")[1919:] / (frame @ frame)
            lag = 50 + int(alike[50:320].argmax())
            if alike[lag] > 0.5:
                found.append(24_000 / lag)
    return float(np.median(found))


@pytest.mark.parametrize(
    "text",
    [
        "从前有一座山，山上有一座庙，庙里有一个老和尚在给小和尚讲故事。讲的什么呢？",
        "Hello! Dr. Smith paid $3.50 at 12:30. Was it “cheap”? Yes.",
        "今天12:30开会，OK，谢谢。Then he said: how are you today, my friend?",
        "啊" * 200,
        "",
        "\n。，\n",
    ],
)
def test_clauses_are_the_text(text: str) -> None:
    """Nothing of the text is lost, and cutting a clause again gives the clause."""
    for quick in (True, False):
        found = clauses_in(text, quick=quick)
        assert "".join(clause.words for clause in found).strip() == text.strip()
    for clause in found:
        assert [clause.words] == [again.words for again in clauses_in(clause.words, quick=False)]


def test_clauses_begin_short_and_keep_numbers_whole() -> None:
    """The first clause is short, a stop inside a number or a title is none."""
    first, second = clauses_in("从前有一座山，山上有一座庙，庙里有一个老和尚在讲故事。")
    assert (first.words, second.language) == ("从前有一座山，", "zh")
    assert [clause.words for clause in clauses_in("Dr. Smith paid $3.50. OK?")] == [
        "Dr. Smith paid $3.50. ",
        "OK?",
    ]


def test_language_is_that_of_most_letters() -> None:
    """Chinese text with an English name in it is Chinese; digits alone are neither."""
    found = [language_of(text) for text in ("我用 Python", "I like 北京 a lot", "12:30")]
    assert found == ["zh", "en", None]


def test_the_documented_voices_are_there() -> None:
    """Each name the service documents has a voice, and each voice its files."""
    assert [voice.name for voice in voices()] == list(VOICES)
    for voice in voices():
        for sound in (voice.zh, voice.en):
            if sound.source != synthesis.HIBARI:
                assert style(sound.source).shape == (160, 256)
    assert "Apache License" in (FILES / "LICENSE").read_text(encoding="utf-8")


def test_wrong_names_are_said() -> None:
    """An unknown voice or language lists what there is, before anything is made."""
    with pytest.raises(BadArgument, match="tongtong, xiaochen"):
        speak("hello", voice="alloy")
    with pytest.raises(BadArgument, match='"zh", "en" or None'):
        speak("hello", lang="fr")  # type: ignore[arg-type]


@pytest.mark.usefixtures("no_weights")
def test_english_needs_no_weights() -> None:
    """English is spoken by what comes with the package, a male voice lower than a female."""
    words = "I can hear you, and I can speak to you."
    female, male = (speak(words, voice=name) for name in ("tongtong", "xiaochen"))
    assert female.rate == 24_000
    assert 2 < female.seconds < 4
    assert pitch(male.samples) < 0.92 * pitch(female.samples)
    assert np.array_equal(female.samples, speak(words).samples)


@pytest.mark.usefixtures("no_weights")
def test_missing_weights_are_said() -> None:
    """Mandarin without its weights is an error that names the command and the size."""
    with pytest.raises(Missing, match=r"glmkit voices install.*63 MB"):
        speak("你好。")


@pytest.mark.usefixtures("no_weights")
def test_the_emulator_speaks_without_weights() -> None:
    """Ready clauses come as they are, numbers from pieces, and the rest is said to be missing."""
    (ready,) = saying(wanted()["intro.zh"][0])
    assert 1 < ready.clip.seconds < 3
    (pieced,) = saying("现在是下午三点二十分。")
    assert stock.put_together("现在是下午三点二十分") is not None
    assert 1.5 < pieced.clip.seconds < 5
    (unspoken,) = saying("西瓜又大又甜。")
    (other,) = saying("火车很快。")
    assert np.array_equal(unspoken.clip.samples, other.clip.samples)
    assert instantly("西瓜又大又甜。") is not None


@pytest.mark.slow
def test_everything_fixed_is_ready_made() -> None:
    """Each fixed text of the dialogue has its sound, no more and no less: make it again if not."""
    want = {
        (stock.voice_in(name), stock.language_in(name), words)
        for name, said in wanted().items()
        for words in said
    }
    have = set(stock.spans())
    assert have == want, "python -m glmkit.emulator.speak.restock"
    for voice, language, words in sorted(have):
        samples = stock.find(words, language, voice)
        assert samples is not None
        assert len(samples) > 2400, words
        assert 0.05 < np.abs(samples).max() <= 1, words


@pytest.mark.voices
@pytest.mark.usefixtures("weights")
def test_mandarin_is_understood() -> None:
    """What is said in Mandarin can be recognised, at an even level and without silence around."""
    from glmkit.emulator.hear.recognition import Recogniser

    if not Recogniser.available():
        pytest.skip("the weights of whisper-base are not in place")
    clip = speak("今天北京的天气怎么样？")
    assert clip.rate == 24_000
    assert -24 < clip.level < -16
    assert clip.voiced_spans(gap=1)[0][0] < 0.1
    ears = Recogniser()
    heard = ears.recognise(clip.resample(16_000).samples)
    ears.close()
    assert re.sub(r"\W", "", heard.text) == "今天北京的天气怎么样"


@pytest.mark.usefixtures("no_weights")
def test_every_voice_is_met_without_waiting() -> None:
    """What a voice says first is ready-made in its own sound: the notice, and its name."""
    for voice in voices():
        assert 2 < voice.speak().seconds < 7
        for language in ("zh", "en"):
            (notice,) = wanted()[f"intro.{language}"][:1]
            assert stock.find(notice, language, voice.name) is not None


@pytest.mark.voices
@pytest.mark.usefixtures("weights")
def test_a_comma_is_a_pause() -> None:
    """Inside a clause, too, as long as a listener expects; not in a number, nor in a list."""
    clip = speak("他高兴地说，我们走吧。", voice="xiaochen")
    (pause,) = [after[0] - before[1] for before, after in pairwise(clip.voiced_spans(gap=0.15))]
    assert 0.18 < pause < 0.32
    assert synthesis._phrases("三，四，") == ["三，", "四，"]
    assert synthesis._phrases("苹果、香蕉：3,500。") == ["苹果、香蕉：", "3,500。"]


def test_english_in_mandarin_is_parted() -> None:
    """It goes to the English voice, a name of two words as two, letters one by one."""
    spans = synthesis._spans("用 GLM 写，好。")
    assert spans == [(True, "用 "), (False, "GLM"), (True, " 写，好。")]
    written = ("GLM", "WebSocket", "JSON file", "Python")
    assert [synthesis._as_english(words) for words in written] == [
        "G, L, M", "Web Socket", "json file", "Python",
    ]  # fmt: skip


@pytest.mark.voices
@pytest.mark.usefixtures("weights")
@pytest.mark.parametrize(
    ("said", "words"),
    [("我们用 GLM 的 API。", "GLM API"), ("用 Python 写 WebSocket。", "Python WebSocket")],
)
def test_english_in_mandarin_is_understood(said: str, words: str) -> None:
    """Letters and words can be recognised again."""
    from glmkit.emulator.hear.recognition import Recogniser

    if not Recogniser.available():
        pytest.skip("the weights of whisper-base are not in place")
    ears = Recogniser()
    heard = ears.recognise(speak(said).resample(16_000).samples, lang="zh").text
    ears.close()
    squeezed = re.sub(r"\W", "", heard).lower()
    assert all(word.lower() in squeezed for word in words.split()), heard


@pytest.mark.voices
@pytest.mark.usefixtures("weights")
def test_voices_sound_different() -> None:
    """A male voice is lower than a female one, and a change of pitch leaves the pace alone."""
    words = "我听到你说话了。"
    clips = [speak(words, voice=name) for name in ("tongtong", "xiaochen", "male-qn-jingying")]
    heights = [pitch(clip.samples) for clip in clips]
    assert all(lower < 0.97 * higher for higher, lower in pairwise(heights))
    assert clips[2].seconds == pytest.approx(clips[1].seconds, rel=0.15)


@pytest.mark.voices
@pytest.mark.usefixtures("weights")
def test_threads_may_speak_at_once() -> None:
    """Two threads get what one would have got, mixed languages included."""
    words = ("我用 Python 写程序。", "It works.")
    made: dict[str, Samples] = {}
    threads = [
        threading.Thread(target=lambda w=w: made.update({w: speak(w).samples})) for w in words
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert all(np.array_equal(made[w], speak(w).samples) for w in words)


@pytest.mark.voices
@pytest.mark.usefixtures("weights")
def test_mandarin_knows_when_each_syllable_is_said() -> None:
    """As said, phrase by phrase, in order, where there is sound; English has none."""
    clip = speak("你好，我叫 Tom。给我讲个笑话吧。")
    said = [each[2] for each in clip.syllables]
    assert said[:4] == ["ní", "hǎo", "wǒ", "jiào"]
    assert len(said) == 11
    edges = [at for start, end, _ in clip.syllables for at in (start, end)]
    assert edges == sorted(edges)
    assert 0 <= edges[0] < edges[-1] <= clip.seconds
    assert all(clip[start:end].level > -45 for start, end, _ in clip.syllables)
    raised = speak("你好。", voice="lovely_girl")
    assert [each[2] for each in raised.syllables] == ["ní", "hǎo"]
    assert raised.syllables[-1][1] <= raised.seconds
    assert speak("Hello there.").syllables == ()


def test_another_export_of_the_model_is_left_as_it_is() -> None:
    """Only a graph that has the durations is asked for them."""
    assert giving_durations(b"another graph") == b"another graph"
    known = b"..../encoder/Clip_output_0...."
    assert giving_durations(known).startswith(known)
    assert giving_durations(known).endswith(b"/encoder/Clip_output_0")
