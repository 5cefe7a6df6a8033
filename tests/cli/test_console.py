"""What a shell says of its own: in a terminal its words break between words, in a pipe nowhere."""

from __future__ import annotations

import io
import sys
import warnings
from collections.abc import Iterator

import pytest

from glmkit.cli.commands import main
from glmkit.cli.console import agreed, say
from glmkit.cli.emulator import main as emulator_main
from glmkit.cli.seat.words_given import main as starter_main
from glmkit.errors import GlmWarning
from glmkit.texts.layout.text_width import width_of
from tests.listed import check_each


class Terminal(io.StringIO):
    """A stderr that somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def own_warnings() -> Iterator[None]:
    """What a command does with warnings ends with it."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        yield


def looked_at(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal of 48 columns, from now on: between its fixtures and itself, pytest puts stderr
    back."""
    monkeypatch.setenv("COLUMNS", "48")
    made = Terminal()
    monkeypatch.setattr(sys, "stderr", made)
    return made


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_wrong_breaks_between_words(monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    """An error of the kit, a warning, and words that are no command: no line is too wide, no word
    is cut, and nothing is lost."""
    monkeypatch.setenv("GLMKIT_LANG", lang)
    terminal = looked_at(monkeypatch)
    assert main(["view", "a recording that is nowhere.glm"]) == 2
    warnings.warn("a sentence about what was not as it was asked, " * 3, GlmWarning, stacklevel=1)
    with pytest.raises(SystemExit):
        main(["nonsense"])
    lines = terminal.getvalue().splitlines()
    assert max(map(width_of, lines)) <= 48
    assert len(lines) > 9
    whole = " ".join(terminal.getvalue().split())
    assert "a recording that is nowhere.glm" in whole
    assert whole.count("a sentence about what was not as it was asked,") == 3
    assert "nonsense" in whole


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_servers_and_starters_say_breaks_between_words(
    monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    """The emulator's own refusals, a stick's, what was agreed to; and what stdout says."""
    monkeypatch.setenv("GLMKIT_LANG", lang)
    refused = [
        lambda: emulator_main(["--key-file", "a file of keys that was taken away.txt"]),
        lambda: starter_main(["instal", "the", "course", "at", "this", "very", "seat", "please"]),
        lambda: int(not agreed("an offer in words, " * 5, already=True, unattended=True)) + 2,
    ]

    def check(number: int) -> None:
        terminal = looked_at(monkeypatch)
        assert refused[number]() == 2
        lines = terminal.getvalue().splitlines()
        assert len(lines) > 1
        assert max(map(width_of, lines)) <= 48, lines

    check_each(check, [(number,) for number in range(len(refused))])


def test_what_was_asked_for_breaks_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """On stdout, where that is a terminal."""
    monkeypatch.setenv("COLUMNS", "48")
    monkeypatch.setattr(sys, "stdout", made := Terminal())
    say("a sentence that somebody asked for, " * 3)
    assert max(map(len, made.getvalue().splitlines())) <= 48


def test_a_pipe_gets_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """So that whoever searches a log finds the whole of it."""
    assert main(["view", "a recording that is nowhere.glm"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert len(said) > 60
