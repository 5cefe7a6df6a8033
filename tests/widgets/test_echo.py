"""An answer that interrupts itself is recognised by its own words."""

from __future__ import annotations

import numpy as np
import pytest

import glmkit as glm
from glmkit.widgets.echo import is_echo, is_same_sound

ANSWER = "麦克风去看医生，说：大夫，我老是听见自己的声音。医生说：别担心，那只是回声。"


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ("麦克风去看医生", True),
        ("大夫我老是听见自己的声音", True),
        ("等一下", False),
        ("医生", False),  # too short to say
        ("今天北京的天气怎么样", False),
        ("", False),
    ],
)
def test_an_echo_is_told_from_an_interruption(heard: str, expected: bool) -> None:
    """By how much of what was heard stands in the answer."""
    assert is_echo(heard, ANSWER) is expected
    assert not is_echo(heard, "")


def room(sound: glm.Clip, *, reverberation: float) -> glm.Clip:
    """What a microphone hears of a loudspeaker: late, quieter, blurred by the walls, with noise."""
    chance = np.random.default_rng(1)
    decay = np.exp(-6.9 * np.arange(4800) / 4800) * 0.15 * reverberation
    walls = chance.standard_normal(4800) * decay
    walls[0] += 1
    heard = np.convolve(sound.samples, walls) * 0.3
    before, after = np.zeros(20_000), np.zeros(14_000)
    blurred = np.concatenate([before, heard, after])
    noise = chance.standard_normal(len(blurred)) * 0.1 * heard.std()
    return glm.Clip((blurred + noise).astype(np.float32), sound.rate)


@pytest.mark.parametrize("seconds", [0.35, 1.0, 2.5])
@pytest.mark.parametrize("reverberation", [0.5, 2.0])
def test_half_a_second_of_echo_is_recognised_by_its_sound(
    seconds: float, reverberation: float
) -> None:
    """Where no word was understood: the answer's last piece is in what the microphone heard."""
    answer = glm.sample("story_zh")[0.3 : 0.3 + seconds]
    assert is_same_sound(room(answer, reverberation=reverberation), answer.resample(24_000))


def test_other_voices_are_no_echo() -> None:
    """Somebody who speaks into an answer is not taken for it; silence and nothing neither."""
    answer = glm.sample("call_zh")[0.2:1.4].resample(24_000)
    for name in ("joke_zh", "joke_en", "hello_en", "weather_zh", "two_questions_zh"):
        said = room(glm.sample(name), reverberation=1)
        assert not is_same_sound(said, answer)
    assert not is_same_sound(glm.Clip.silence(3), answer)
    assert not is_same_sound(None, answer)
    assert not is_same_sound(said, None)
    assert not is_same_sound(said, answer[:0.1])
