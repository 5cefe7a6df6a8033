"""Two of the course's words asked for together."""

from __future__ import annotations

from tests.emulator.test_dialogue import talk
from tests.listed import check_each

#: What was asked, and a piece of each explanation.
COMPARED = (
    ("JWT和令牌是一回事吗", "三段", "通行证"),
    ("采样率和比特率有什么区别", "采样多少次", "多少比特"),
    ("我总把 VAD 跟打断搞混", "静音", "停下"),
    ("密钥和令牌分不清", "secret", "通行证"),
    ("比较一下延迟和抖动", "延迟", "抖动"),
    ("is a bit rate the same thing as a sample rate", "bits", "samples"),
    ("what's the difference between tokens and keys", "pass", "proves"),
    ("how do jitter and latency differ", "jitter", "latency"),
    ("I keep confusing PCM and WAV", "PCM", "WAV"),
)


def test_both_are_explained() -> None:
    """Whichever way they are compared, in either language."""

    def explained(words: str, *pieces: str) -> None:
        said = talk().hear(words)
        assert all(each.lower() in said.lower() for each in pieces), said

    check_each(explained, COMPARED)


def test_what_is_no_word_of_the_course_is_not_compared() -> None:
    """Nor is a question about the emulator itself."""
    assert "准备好的" in talk().hear("你和真正的模型有什么区别")
    assert "采样" not in talk().hear("苹果和梨有什么区别")
