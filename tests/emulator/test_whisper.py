"""The parts of recognition that need no weights: spectrogram, vocabulary, windows."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from glmkit.emulator.hear import whisper
from glmkit.emulator.hear.fair_queue import finished
from tests.listed import check_each


def test_filters_are_slaneys() -> None:
    """The mel filters are the ones librosa computes for Whisper's numbers."""
    import librosa.filters  # takes seconds

    expected = librosa.filters.mel(sr=16_000, n_fft=400, n_mels=80)
    np.testing.assert_allclose(whisper.mel_filters(), expected, atol=1e-6)


def test_spectrogram_shows_a_tone_in_its_band() -> None:
    """A second of 1 kHz is 100 columns whose loudest band holds 1 kHz."""
    tone = np.sin(2 * np.pi * 1_000 * np.arange(16_000) / 16_000).astype(np.float32)
    columns = whisper.log_mel(tone)
    assert columns.shape == (80, 100)
    assert columns.dtype == np.float32
    assert set(columns[:, 5:95].argmax(axis=0)) <= set(
        np.flatnonzero(whisper.mel_filters()[:, 25])  # the spectrum's line of 1 kHz
    )


def test_quiet_parts_are_cut_at_80_db() -> None:
    """The spectrogram spans two units, 80 dB, below its loudest point."""
    sound = np.concatenate([np.zeros(8_000), np.ones(8_000)]).astype(np.float32)
    columns = whisper.log_mel(sound)
    assert columns.max() - columns.min() == pytest.approx(2.0)


def test_every_byte_has_a_character_of_its_own() -> None:
    """The byte alphabet has 256 printable characters, ASCII letters for themselves."""
    characters = whisper.byte_characters()
    assert len(set(characters.values())) == 256
    assert all(character.isprintable() and character != " " for character in characters.values())
    assert characters[ord("a")] == "a"
    assert characters[32] == "Ġ"


@pytest.mark.parametrize("text", ["给张三打个电话。", "What's up?", "café\n", ""])
def test_text_survives_its_tokens(text: str) -> None:
    """Text in tokens and back is the same text, whatever the vocabulary covers."""
    single = frozenset(whisper.byte_characters().values())
    words = whisper.Vocabulary(single | {"What", "Ġup"})
    assert words.text(words.tokens(text)) == text


def test_the_longest_token_wins() -> None:
    """Text becomes as few tokens as the vocabulary allows from the left."""
    words = whisper.Vocabulary(frozenset([*"abc", "ab", "abc"]))
    assert words.tokens("abcab") == ["abc", "ab"]


def test_special_tokens_say_nothing() -> None:
    """Tokens that steer the model, and a character cut in half, leave no text."""
    words = whisper.Vocabulary(frozenset(whisper.byte_characters().values()))
    assert words.text(["<|zh|>", *words.tokens("好"), words.tokens("好")[0], "<|en|>"]) == "好"


def test_both_kinds_of_vocabulary_file_are_read() -> None:
    """A list in JSON or a token a line give the same vocabulary."""
    listed = whisper.Vocabulary.of({"vocabulary.json": json.dumps(["a", "Ġb"]).encode("utf-8")})
    assert listed == whisper.Vocabulary.of({"vocabulary.txt": "a\nĠb".encode()})


@pytest.mark.parametrize(
    ("seconds", "window"), [(0.3, 8), (7, 8), (7.1, 10), (15, 16), (28, 30), (60, 30)]
)
def test_windows_are_as_short_as_is_safe(seconds: float, window: float) -> None:
    """A window is the utterance and a second, in steps of 2 s, from 8 to 30 s."""
    assert whisper.window_seconds(seconds) == window


class Scripted:
    """A model that writes what it is told to, one line a decoding, and keeps what was asked."""

    def __init__(self, *lines: str) -> None:
        self.lines, self.asked = list(lines), list[dict[str, Any]]()

    def encode(self, features: object) -> object:
        return features

    def generate(self, features: object, prompts: list[list[str]], **options: Any) -> list[Any]:
        self.asked.append(options)
        alphabet = whisper.byte_characters()
        tokens = [alphabet[byte] for byte in self.lines.pop(0).encode("utf-8")]
        kept = tokens[: min(options["max_length"] // 2, options["max_length"] - len(prompts[0]))]
        return [SimpleNamespace(sequences=[kept], scores=[-0.2], no_speech_prob=0.0)]


def test_a_loop_is_decoded_twice_and_then_not_understood() -> None:
    """What repeats itself is tried once more: then it is right, or said so again, or no text."""
    loop, twice, said = "四是" * 300, "123加456等于多少" * 2, "123加456等于多少？"
    laughter = "哈哈哈哈。"

    def heard(what: str, wanted: str, *script: str) -> None:
        model = Scripted(*script)
        words = whisper.Vocabulary(frozenset(whisper.byte_characters().values()))
        steps = whisper.Whisper(model, words).guess(np.zeros(16_000 * 8, np.float32), lang="zh")
        guess = finished(steps)
        assert (guess.text, guess.looped) == (wanted, not wanted), what
        assert not model.lines, "decoded less often than it had to be"
        assert all(options["max_length"] <= 2 * (12 + 6 * 8) for options in model.asked)

    check_each(
        heard,
        [
            ("said once", said, said),
            ("a doubling that goes", said, twice, said),
            ("a loop that stays", "", loop, loop),
            ("another loop", "", loop, "十" * 900),
            ("laughter", laughter, laughter, laughter),
        ],
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("123加456等于多少123加456等于多少", True),
        ("She sells sea shells. She sells sea shells.", True),
        ("时时时时时时", True),
        ("四是四，十是十，十四是十四，四十是四十。", False),
        ("给我讲个笑话吧，讲个好笑的笑话。", False),
        ("", False),
    ],
)
def test_repetition_is_told_from_what_is_alike(text: str, found: bool) -> None:
    """A span that comes twice, or a syllable four times; not a tongue-twister well heard."""
    assert whisper.repeats(text) is found
