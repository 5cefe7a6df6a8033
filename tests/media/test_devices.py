"""The machine's own devices, through PortAudio: what is chosen, and what is said where none is."""

from __future__ import annotations

import ctypes.util
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from glmkit.errors import BadArgument, BadState, Missing
from glmkit.media.devices import SoundDevice, known_devices
from tests.listed import check_each

NULL = "pcm.!default { type null }\nctl.!default { type null }\n"
needs_portaudio = pytest.mark.skipif(
    sys.platform != "linux" or ctypes.util.find_library("portaudio") is None,
    reason="ALSA's null plugin and the system's PortAudio (libportaudio2) are Linux's",
)


class PortAudio:
    """What the package sounddevice offers, with devices that do one format each."""

    class PortAudioError(Exception):
        pass

    def __init__(self, *devices: tuple[str, int, int, int]) -> None:
        self.devices = [
            {
                "name": name,
                "max_input_channels": inputs,
                "max_output_channels": outputs,
                "default_samplerate": float(rate),
            }
            for name, inputs, outputs, rate in devices
        ]

    def query_devices(self, number: int | None = None, kind: str = "") -> Any:
        if not kind:
            return self.devices
        channels = f"max_{kind}_channels"
        if number is not None and not self.devices[number][channels]:
            raise ValueError(number)
        there = self.devices if number is None else [self.devices[number]]
        found = next((each for each in there if each[channels]), None)
        if found is None:
            raise self.PortAudioError("Error querying device -1")
        return found

    def RawInputStream(self, **asked: Any) -> Any:  # noqa: N802 - its name there
        return self._stream("input", **asked)

    def RawOutputStream(self, **asked: Any) -> Any:  # noqa: N802 - its name there
        return self._stream("output", **asked)

    def _stream(
        self, kind: str, *, samplerate: int, channels: int, dtype: str, device: Any, callback: Any
    ) -> Any:
        known = self.query_devices(device, kind)
        if (samplerate, channels) != (known["default_samplerate"], known[f"max_{kind}_channels"]):
            raise self.PortAudioError("Invalid sample rate")
        self.callback = callback
        return SimpleNamespace(start=bool, stop=bool, close=bool)


@pytest.fixture
def portaudio(monkeypatch: pytest.MonkeyPatch) -> PortAudio:
    offered = PortAudio(
        ("USB headset", 1, 0, 48_000),
        ("Speakers (USB)", 0, 2, 44_100),
        ("Monitor", 0, 8, 48_000),
    )
    monkeypatch.setitem(sys.modules, "sounddevice", offered)  # type: ignore[arg-type]
    return offered


def test_a_device_is_used_at_its_own_rate_and_channels(portaudio: PortAudio) -> None:
    """Mono comes from it and goes to it, with the rate that it has; what it refuses is said."""
    heard: list[tuple[bytes, int]] = []
    device = SoundDevice("0,1")
    device.record(16_000, lambda data, rate: heard.append((data, rate)))
    portaudio.callback(b"abcd", 2, None, None)
    assert heard == [(b"abcd", 48_000)]
    device.play(24_000, lambda count, rate: b"ab" * count)
    wanted = bytearray(8)
    portaudio.callback(wanted, 2, None, None)
    assert wanted == b"abababab"
    with pytest.raises(BadState, match="Invalid sample rate"):
        SoundDevice("monitor").play(24_000, lambda count, rate: b"")


def test_a_device_is_chosen_by_number_or_name(portaudio: PortAudio) -> None:
    """What is none, or could be several, is answered with what there is."""
    assert [str(each) for each in known_devices()][1] == "  1  Speakers (USB)  (loudspeaker)"
    for chosen in (None, "", 1, "1", "speakers", "0, 1"):
        SoundDevice(chosen)
    check_each(_is_refused, [("9", "Monitor"), ("usb", "more than one"), ("1,0", "no microphone")])
    del portaudio.devices[1:]
    with pytest.raises(Missing, match="no loudspeaker"):
        SoundDevice()
    with pytest.raises(Missing, match="no loudspeaker"):
        SoundDevice("headset")
    portaudio.devices.clear()
    with pytest.raises(Missing, match=r"no microphone.*glmkit talk"):
        SoundDevice(needed=("input",))


def _is_refused(chosen: str, said: str) -> None:
    with pytest.raises(BadArgument, match=said):
        SoundDevice(chosen)


@pytest.mark.slow
def test_without_a_device_or_the_extra_the_page_is_offered(tmp_path: Path) -> None:
    """In a terminal, one line says what is missing and the exact command that needs it not."""
    files = {
        "sitecustomize": "if os.environ['LACKS'] == 'a': sys.modules['sounddevice'] = None",
        "sounddevice": "raise OSError('PortAudio')",
    }
    for name, code in files.items():
        (tmp_path / f"{name}.py").write_text(f"import os, sys\n{code}\n", encoding="utf-8")
    check_each(
        _offers_the_page,
        [
            (tmp_path, "a", "en", "pip install sounddevice"),
            (tmp_path, "b", "en", "libportaudio2"),
            (tmp_path, "a", "zh", "pip install sounddevice"),
        ],
    )


def _offers_the_page(folder: Path, lacks: str, lang: str, said: str) -> None:
    paths = os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = _python("-m", "glmkit", "talk", "--mic", PYTHONPATH=paths, LACKS=lacks, GLMKIT_LANG=lang)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr
    assert done.stderr.strip().endswith("glmkit talk")


def _python(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


_BOTH_WAYS = """
import threading
from glmkit.media.devices import SoundDevice
from glmkit.media.loudspeaker import Loudspeaker
from glmkit.media.microphone import Microphone
heard, sounded = threading.Event(), threading.Event()
device = SoundDevice("default", needed=("input", "output"))
microphone = Microphone(device, 16_000, lambda piece: heard.set())
microphone.open()
loudspeaker = Loudspeaker(device, sounded=lambda of: print(of.samples) or sounded.set())
loudspeaker.play("one", bytes(48_000))
loudspeaker.end("one")
print(heard.wait(20), sounded.wait(20))
microphone.close(), loudspeaker.close()
"""


@pytest.mark.slow
@needs_portaudio
def test_portaudio_itself_records_and_plays(tmp_path: Path) -> None:
    """Over ALSA's null device: streams open, call back, and close."""
    config = tmp_path / "asound.conf"
    config.write_text(NULL, encoding="utf-8")
    done = _python("-c", _BOTH_WAYS, ALSA_CONFIG_PATH=str(config))
    assert (done.stdout.split(), done.stderr) == (["24000", "True", "True"], "")
    listed = _python("-m", "glmkit", "talk", "--mic", "--device", ALSA_CONFIG_PATH=str(config))
    assert listed.stdout.splitlines()[0].split() == ["0", "default", "(microphone,", "loudspeaker)"]
