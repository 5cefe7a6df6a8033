"""The machine's microphones and loudspeakers, as PortAudio knows them (the extra ``mic``).

A device calls back on a thread of its own, with 16-bit little-endian mono samples and the rate
they have: where it cannot do the one that is wanted, it is used at its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol

import numpy as np

from glmkit.environment.features import needs
from glmkit.errors import BadArgument, BadState, Missing
from glmkit.media.library_noise import without_noise
from glmkit.texts import text

Take = Callable[[bytes, int], None]  # gets what was recorded, and its rate in Hz
Fill = Callable[[int, int], bytes]  # gives so many samples to be played, at that rate
Side = Literal["input", "output"]
_SIDES: Final[tuple[Side, Side]] = ("input", "output")


class Running(Protocol):
    """A device that records or plays, until it is closed."""

    def close(self) -> None:
        """Stop, after what it was given to play; no callback comes any more."""


class Device(Protocol):
    """Where sound is heard and played: ``SoundDevice``, or what stands in for one."""

    def record(self, rate: int, take: Take) -> Running:
        """Record from now on, at ``rate`` Hz or, if that cannot be, at the device's own."""

    def play(self, rate: int, fill: Fill) -> Running:
        """Play from now on what ``fill`` gives, at ``rate`` Hz or at the device's own."""


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """A device as it can be chosen: by its number, or by a part of its name."""

    number: int
    name: str
    inputs: int  # channels
    outputs: int

    def __str__(self) -> str:
        kinds = [
            text(f"media.device_{side}")
            for side, channels in zip(_SIDES, (self.inputs, self.outputs), strict=True)
            if channels
        ]
        return f"{self.number:3}  {self.name}  ({', '.join(kinds)})"


def known_devices() -> list[KnownDevice]:
    """Every device there is. Raises Missing where PortAudio is not installed."""
    return [
        KnownDevice(number, each["name"], each["max_input_channels"], each["max_output_channels"])
        for number, each in enumerate(_portaudio().query_devices())
    ]


class SoundDevice:
    """The machine's microphone and loudspeaker.

    ``chosen``: the number of a device, a part of its name, two numbers with a comma between them
    (microphone, loudspeaker), or nothing for what the system has chosen. ``needed``: the sides that
    must be there. Raises Missing where one is not or PortAudio is not installed, BadArgument for
    what is no device.
    """

    def __init__(
        self, chosen: str | int | None = None, *, needed: Sequence[Side] = ("output",)
    ) -> None:
        self._portaudio = _portaudio()
        self._numbers = dict(zip(_SIDES, _numbers(chosen), strict=True))
        for side in needed:
            self._check_there(side)

    def record(self, rate: int, take: Take) -> Running:
        """Record from now on. Raises Missing where no microphone is, BadState where it fails."""

        def heard(data: Any, *_: object) -> None:
            take(_first_channel(bytes(data), stream.channels), stream.rate)

        stream = self._open("input", rate, heard)
        return stream.begun()

    def play(self, rate: int, fill: Fill) -> Running:
        """Play from now on. Raises Missing where no loudspeaker is, BadState where it fails."""

        def wanted(data: Any, samples: int, *_: object) -> None:
            data[:] = _on_each_channel(fill(samples, stream.rate), stream.channels)

        stream = self._open("output", rate, wanted)
        return stream.begun()

    def _open(self, side: Side, rate: int, called: Callable[..., None]) -> _Stream:
        number = self._numbers[side]
        stream = {"input": "RawInputStream", "output": "RawOutputStream"}[side]
        refused: Exception | None = None
        for fitting, channels in self._formats(side, rate):
            try:
                with without_noise():
                    opened = getattr(self._portaudio, stream)(
                        samplerate=fitting,
                        channels=channels,
                        dtype="int16",
                        device=number,
                        callback=called,
                    )
            except self._portaudio.PortAudioError as error:
                refused = error
            else:
                return _Stream(opened, fitting, channels)
        raise BadState(text(f"media.failed_{side}", found=refused))

    def _check_there(self, side: Side) -> None:
        try:
            self._portaudio.query_devices(self._numbers[side], side)
        except (self._portaudio.PortAudioError, ValueError):
            raise Missing(text(f"media.absent_{side}")) from None

    def _formats(self, side: Side, rate: int) -> Iterator[tuple[int, int]]:
        """(rate, channels) worth trying, the best first."""
        self._check_there(side)
        known = self._portaudio.query_devices(self._numbers[side], side)
        own = int(known["default_samplerate"])
        for channels in (1, 2):
            yield from ((rate, channels), (own, channels))


class _Stream:
    """One stream of PortAudio's."""

    def __init__(self, stream: Any, rate: int, channels: int) -> None:
        self._stream, self.rate, self.channels = stream, rate, channels

    def begun(self) -> _Stream:
        self._stream.start()
        return self

    def close(self) -> None:
        self._stream.stop()
        self._stream.close()


def _first_channel(data: bytes, channels: int) -> bytes:
    return data if channels == 1 else np.frombuffer(data, "<i2")[::channels].tobytes()


def _on_each_channel(data: bytes, channels: int) -> bytes:
    return data if channels == 1 else np.repeat(np.frombuffer(data, "<i2"), channels).tobytes()


# -- PortAudio, and what it knows ------------------------------------------------------------


def _portaudio() -> Any:
    needs("devices")
    try:
        with without_noise():
            import sounddevice
    except OSError:
        raise Missing(text("media.no_portaudio")) from None
    return sounddevice


def _numbers(chosen: str | int | None) -> tuple[int | None, int | None]:
    """The numbers of the microphone and the loudspeaker; None is the system's choice."""
    words = "" if chosen is None else str(chosen).strip()
    if not words:
        return None, None
    microphone, _, loudspeaker = words.partition(",")
    if microphone.strip().isdecimal() and loudspeaker.strip().isdecimal():
        return _number(microphone.strip(), "input"), _number(loudspeaker.strip(), "output")
    known = _meant(words)
    return known.number if known.inputs else None, known.number if known.outputs else None


def _number(words: str, side: Side) -> int:
    known = _meant(words)
    if not (known.inputs if side == "input" else known.outputs):
        raise BadArgument(text(f"media.device_no_{side}", name=known.name))
    return known.number


def _meant(words: str) -> KnownDevice:
    """The device of that number, of that name, or the only one that has it in its name."""
    known = known_devices()
    found = [each for each in known if words == str(each.number) or words == each.name]
    found = found or [each for each in known if words.lower() in each.name.lower()]
    if len(found) != 1:
        listed = "\n".join(map(str, found or known)) or text("media.no_devices")
        why = "media.device_many" if found else "media.device_unknown"
        raise BadArgument(text(why, found=words, known=listed))
    return found[0]
