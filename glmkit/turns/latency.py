"""``Latency``: the seconds of a turn, each stage from a zero point that is stated.

A wait for a class's place is in none of them: where it reaches past the zero point, that is later.
Under client VAD the zero is the *commit*; under server VAD the *end of speech*, the last voiced
sample sent; for a text the *request* (response.create).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from glmkit.errors import BadAudio
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import AUDIO_DELTA, is_server_vad, waited_in
from glmkit.turns.labels import reached
from glmkit.turns.sound import LastVoiced, Piece, last_voiced, moment_of

if TYPE_CHECKING:
    from glmkit.media.clip import Clip

#: The stages of a turn that are timed, in the order in which they come about.
STAGES: Final = ("commit", "created", "first_text", "first_audio", "first_audible", "done")
_AUDIBLE = 10 ** (-50 / 20)  # of full scale: -50 dBFS


@dataclass(frozen=True, slots=True)
class Latency:
    """How many seconds each stage of a turn took, and since when.

    Seconds from ``zero``; None for a stage that never came.
    ``first_audible`` is when the first sample above -50 dBFS would sound if playback began with
    the first byte. ``round_trip`` is the WebSocket's own ping, seconds. ``peer`` is whom all of
    it was measured against, ``network`` the one that was set on the way there.
    ``spoken_before``: seconds from when the last voiced sample was spoken to ``zero``.
    """

    zero: str
    commit: float | None
    created: float | None
    first_text: float | None
    first_audio: float | None
    first_audible: float | None
    done: float | None
    peer: str
    round_trip: float | None = None
    spoken_before: float | None = None
    network: str = ""

    @property
    def since_spoken(self) -> float | None:
        """Seconds from the last voiced sample, when it was *spoken*, to the first audible one.

        What filling an append costs is in it, and a silence before the commit. None where either
        is missing, and for sound that was sent faster than anybody speaks.
        """
        if self.first_audible is None or self.spoken_before is None:
            return None
        return self.first_audible + self.spoken_before

    @property
    def stages(self) -> dict[str, float]:
        """The stages that came, by name, each with its seconds from the zero point."""
        every = {name: getattr(self, name) for name in STAGES}
        return {name: seconds for name, seconds in every.items() if seconds is not None}

    @property
    def first(self) -> tuple[str, float | None]:
        """What of the answer a person had first, and when: ``audible``, or ``text`` if all was."""
        if self.first_audible is None and self.first_audio is None and self.first_text is not None:
            return "text", self.first_text
        return "audible", self.first_audible

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={seconds:.3f}" for name, seconds in self.stages.items())
        peer = reached(self.peer, self.network)
        return f"Latency(zero={self.zero!r}, {shown}, peer={peer!r})"


class Timed(Protocol):
    """What a latency is read off: a turn."""

    @property
    def events(self) -> tuple[Event, ...]: ...
    @property
    def peer(self) -> str: ...
    @property
    def network(self) -> str: ...
    @property
    def round_trip(self) -> float | None: ...
    @property
    def requested(self) -> Mapping[str, Any]: ...
    @property
    def vad(self) -> str: ...
    @property
    def audio(self) -> Clip | None: ...
    @property
    def pieces(self) -> Sequence[Piece]: ...


def latency_of(turn: Timed) -> Latency:
    """A turn's latency, read off its events."""
    voiced = _spoken(turn)
    name, zero = _zero(turn, voiced)
    spoken = None if voiced is None else voiced.spoken
    zero = _after_waiting(turn, zero)

    def since(moment: float | None) -> float | None:
        return None if moment is None or zero is None else moment - zero

    def first(*types: str) -> float | None:
        return since(_first(turn, *types))

    return Latency(
        zero=name,
        commit=first("input_audio_buffer.committed"),
        created=first("response.created"),
        first_text=first("response.audio_transcript.delta", "response.text.delta"),
        first_audio=first(AUDIO_DELTA),
        first_audible=since(_first_audible(turn)),
        done=since(_last(turn, "response.done")),
        peer=turn.peer,
        round_trip=turn.round_trip,
        spoken_before=None if zero is None or spoken is None else zero - spoken,
        network=turn.network,
    )


def _spoken(turn: Timed) -> LastVoiced | None:
    """The last voiced sample that was sent; None for what was typed, or can't be decoded."""
    with suppress(BadAudio):
        return None if _ended_by(turn) == "none" else last_voiced(turn.events)
    return None


def _zero(turn: Timed, voiced: LastVoiced | None) -> tuple[str, float | None]:
    vad = _ended_by(turn)
    if vad == "client":
        return "commit", _first(turn, "input_audio_buffer.commit")
    if vad == "server":
        if voiced is not None:
            return "end of speech", voiced.sent
        return "speech_stopped", _first(turn, "input_audio_buffer.speech_stopped")
    if (asked := _first(turn, "response.create")) is not None:
        return "request", asked
    return "response.created", _first(turn, "response.created")


def _after_waiting(turn: Timed, zero: float | None) -> float | None:
    """The zero point, later by what of a wait for a class's place came after it."""
    for event in turn.events:
        if zero is not None and (waited := waited_in(event)) is not None:
            zero += max(event.at - max(zero, event.at - waited), 0.0)
    return zero


def _ended_by(turn: Timed) -> str:
    """Who ended the turn; of sound that was never committed, who was to have ended it."""
    spoken = any(event.type == "input_audio_buffer.append" for event in turn.events)
    if turn.vad != "none" or not spoken:
        return turn.vad
    return "server" if is_server_vad(turn.requested.get("turn_detection")) else "client"


def _first(turn: Timed, *types: str) -> float | None:
    return next((e.at for e in turn.events if e.type in types), None)


def _last(turn: Timed, type: str) -> float | None:
    return next((e.at for e in reversed(turn.events) if e.type == type), None)


def audible_at(clip: Clip) -> float | None:
    """The second at which a clip's first audible sample is, above -50 dBFS; None without one."""
    for second in range(math.ceil(clip.seconds)):  # it is in the first, mostly
        loud = abs(clip[second : second + 1].samples) > _AUDIBLE
        if loud.any():
            return second + float(loud.argmax()) / clip.rate
    return None


def _first_audible(turn: Timed) -> float | None:
    audio = turn.audio
    second = None if audio is None else audible_at(audio)
    return None if second is None else moment_of(turn.pieces, second)
