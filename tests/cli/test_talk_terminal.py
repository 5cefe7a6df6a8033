"""`glmkit talk --mic`: a conversation by a device, keys and a screen, against the emulator."""

from __future__ import annotations

import io
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import psutil
import pytest

from glmkit.cli.screen import Screen
from glmkit.cli.talk_terminal import talk_in_terminal
from glmkit.media.clip import Clip
from glmkit.media.kit_samples import sample
from tests.media.test_devices import NULL, needs_portaudio
from tests.stand_in_device import StandInDevice

if TYPE_CHECKING:
    import pexpect

SECONDS = 60


class Conversation:
    """One that goes on in a thread, with a key to press; what it shows is in ``lines``."""

    def __init__(self, device: StandInDevice, folder: Path, *, hands_free: bool = False) -> None:
        self.device, self.folder = device, folder
        self.lines: list[str] = []
        read, self._key = os.pipe()
        sys.stdin = os.fdopen(read, encoding="utf-8")
        self.thread = threading.Thread(
            target=talk_in_terminal,
            args=("emulator",),
            kwargs={
                "show": self.lines.append,
                "device": device,
                "hands_free": hands_free,
                "save": folder,
            },
            daemon=True,
        )
        self.thread.start()

    def press(self) -> None:
        os.write(self._key, b"\n")

    def until(self, ready: Callable[[], object]) -> None:
        end = time.monotonic() + SECONDS
        while not ready():
            assert time.monotonic() < end, self.lines
            time.sleep(0.01)

    def speak(self) -> None:
        """Press, let the microphone hear its clip, and press again."""
        self.press()
        self.until(lambda: self.device.open_microphones)
        self.until(lambda: self.device.to_come <= 0)
        self.press()
        self.until(lambda: not self.device.open_microphones)

    def end(self) -> list[Clip]:
        """End it; the answers it saved."""
        os.close(self._key)
        self.thread.join(SECONDS)
        assert not self.thread.is_alive()
        assert (self.device.open_microphones, self.device.open_loudspeakers) == (0, 0)
        return [Clip.read(line) for line in self.lines if line.endswith(".wav")]


@contextmanager
def conversation(
    device: StandInDevice, folder: Path, *, hands_free: bool = False
) -> Iterator[Conversation]:
    before = sys.stdin
    try:
        yield Conversation(device, folder, hands_free=hands_free)
    finally:
        sys.stdin.close()
        sys.stdin = before


def likeness(played: Clip, answer: Clip) -> float:
    """The correlation of an answer with what was played, at the one delay that fits best."""
    answer = answer.resample(played.rate)
    size = 1 << (len(played) + len(answer)).bit_length()
    spectra = np.fft.rfft(played.samples, size) * np.conj(np.fft.rfft(answer.samples, size))
    at = int(np.argmax(np.fft.irfft(spectra, size)[: len(played)]))
    piece = played.samples[at : at + len(answer)]
    return float(np.corrcoef(piece, answer.samples[: len(piece)])[0, 1])


@pytest.mark.slow
def test_what_is_said_is_heard_and_what_is_answered_is_played(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All of the answer without a gap, also by a device that has a rate of its own."""
    device = StandInDevice([sample("hello_en")], rate=44_100)
    with conversation(device, tmp_path) as held:
        held.until(lambda: device.open_loudspeakers)
        held.speak()
        held.until(lambda: device.played and device.silent_for > 1)
        (answer,) = held.end()
    assert likeness(Clip.from_pcm(device.played, device.rate), answer) > 0.99
    assert "Hello! Who are you?" in held.lines[0]  # the words of the sample, whole
    shown = capsys.readouterr().out
    assert "you:     Hello! Who are you?\nanswer:  " in shown
    assert "\r" not in shown  # no meter where no terminal is


@pytest.mark.long
def test_pressing_again_interrupts_and_holding_is_one_press(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first answer stops, the second is played whole, bit for bit; a held key is one press."""
    device = StandInDevice([sample("joke_en"), sample("hello_en")])
    with conversation(device, tmp_path) as held:
        held.until(lambda: device.open_loudspeakers)
        held.speak()
        held.until(lambda: len(device.played) > 2 * device.rate)  # a second of it
        held.press()
        held.until(lambda: device.open_microphones)
        while device.to_come > 0:
            held.press()
            time.sleep(0.05)
        held.until(lambda: not device.open_microphones)
        held.until(lambda: device.silent_for < 0.1)
        held.until(lambda: device.silent_for > 1)
        first, second = held.end()
    assert second.to_pcm().strip(b"\0") in device.played
    assert first.to_pcm()[: 2 * device.rate].strip(b"\0") in device.played
    assert first.to_pcm().strip(b"\0") not in device.played
    assert any("interrupted after" in line for line in held.lines)
    assert capsys.readouterr().out.count("about this was not heard: ") == 1


@pytest.mark.long
def test_an_open_microphone_is_interrupted_by_speaking(tmp_path: Path) -> None:
    """Two turns by voice alone: the second one is spoken into the answer to the first."""
    pause = Clip.silence(3.0)
    speech = sample("joke_en") + pause + sample("hello_en") + Clip.silence(1.0)
    device = StandInDevice([speech])
    with conversation(device, tmp_path, hands_free=True) as held:
        held.until(lambda: device.open_microphones)
        held.until(lambda: device.to_come <= 0)
        held.until(lambda: device.silent_for > 2)
        first, second = held.end()
    assert likeness(Clip.from_pcm(device.played, 24_000), second) > 0.99
    assert first.to_pcm().strip(b"\0") not in device.played


def test_the_line_that_changes_leaves_the_conversation_alone() -> None:
    """It stands where no sentence is unfinished, and is overwritten in the width it had."""
    out = io.StringIO()
    out.isatty = lambda: True  # type: ignore[method-assign]
    screen = Screen(out)
    screen.status("● 说话")
    screen.said("you", "1", "Hi")
    screen.status("● not now")
    screen.said("answer", "2", "Good")
    screen.said("you", "1", "Hi")
    screen.said("answer", "2", "Good day")
    screen.note("a note")
    screen.said("answer", "2", "Good day, you\x1b[2J")
    screen.finish()
    assert out.getvalue() == (
        "\r● 说话\r      \ryou:     Hi\nanswer:  Good day\n· a note\nanswer:  , you\n"
    )


# -- keys, in a terminal of their own ------------------------------------------------------


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[pexpect.spawn[str]]:
    """`glmkit talk --mic` over a null device, in a shell that then says how its terminal is."""
    import pexpect

    config = tmp_path / "asound.conf"
    config.write_text(NULL, encoding="utf-8")
    command = f"'{sys.executable}' -m glmkit talk --mic; echo status $?"
    shell = pexpect.spawn(
        "sh",
        ["-c", f"trap : INT; stty -a > before; {command}; stty -a > after; echo given back"],
        cwd=tmp_path,
        env={**os.environ, "ALSA_CONFIG_PATH": str(config), "GLMKIT_TO": "emulator"},
        encoding="utf-8",
        timeout=SECONDS,
    )
    shell.expect("Enter or space: speak")
    yield shell
    shell.close(force=True)


@pytest.mark.slow
@needs_portaudio
@pytest.mark.parametrize("end", ["\x03", "\x04", "q", ""], ids=["Ctrl+C", "Ctrl+D", "q", "SIGTERM"])
def test_a_terminal_is_given_back_as_it_was(
    terminal: pexpect.spawn[str], tmp_path: Path, end: str
) -> None:
    """A key is heard at once, without Enter; whatever ends it, the status is 0."""
    terminal.send(" ")
    terminal.expect("Enter or space: done")
    if end:
        terminal.send(end)
    else:
        (process,) = psutil.Process(terminal.pid).children()
        process.terminate()
    terminal.expect("status 0")
    terminal.expect("given back")
    before, after = ((tmp_path / name).read_text() for name in ("before", "after"))
    assert before == after
