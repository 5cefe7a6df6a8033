"""``Turn``: one exchange, and everything a person asks of it, read off its events.

Rules
- A Turn is frozen and holds its events, both ways, in the order in which they came; every
  property is computed from them. Which events belong to it is ``fold``'s business.
- State is keyed by (response_id, event type), never by item id (observed: they are shared).
- Every latency has a stated zero point and carries the peer it was measured against.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

from glmkit.auth.masking import their_words
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import (
    AUDIO_DELTA,
    ENDED,
    INTERRUPTED,
    PLAYED,
    SAID,
    TRANSCRIPTION,
    is_call,
    is_harmless,
    is_tool_output,
    is_user_message,
    response_id_of,
    waited_in,
)
from glmkit.texts import text, whole_characters
from glmkit.turns.labels import peer_name, reached, status_name, zero_name
from glmkit.turns.latency import Latency, latency_of
from glmkit.turns.sound import Piece, arrivals, heard_seconds, joined, playout

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from glmkit.cards.player.listen import Listening
    from glmkit.environment.looks import Theme
    from glmkit.media.clip import Clip
    from glmkit.turns.finding import Explanation

_INTERRUPTIONS = ("response.cancel", "input_audio_buffer.speech_started", "response.cancelled")


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A function the model called: name, arguments (a dict where they parse), id, output."""

    name: str
    arguments: Any
    call_id: str | None = None
    output: str | None = None

    def __repr__(self) -> str:
        held = {field.name: repr(getattr(self, field.name)) for field in fields(self)}
        return f"ToolCall({', '.join(f'{name}={their_words(held[name])}' for name in held)})"


@dataclass(frozen=True, repr=False)
class Turn:
    """One question and its answer: words, sound, times.

    Folded from ``events``. ``asked`` is False for answers nobody asked for (a greeting, "are you
    still there"). ``peer`` is ``live``, ``emulator``, ``replay`` or an address; ``switches`` are
    those that an emulator was started with, in words, and ``network`` is the condition that was
    set on the way there (``glm.lab.network``), by its name. ``requested`` is the configuration
    that was asked for when it began, ``config`` the one the service echoed. ``cut_in``: of an
    interrupted answer, once that is known, the appends of the next turn, whose voice broke into
    this one.
    """

    events: tuple[Event, ...]
    peer: str = "?"
    model: str = "?"
    asked: bool = True
    round_trip: float | None = None
    requested: Mapping[str, Any] = field(default_factory=dict)
    config: Mapping[str, Any] = field(default_factory=dict)
    switches: str = ""
    network: str = ""
    cut_in: tuple[Event, ...] = field(default=(), compare=False)

    @property
    def reached(self) -> str:
        """The peer, and the network that was set on the way there: what figures name."""
        return reached(self.peer, self.network)

    # -- who said what ---------------------------------------------------------------------

    @cached_property
    def user_transcript(self) -> str:
        """What the service's recogniser understood, or the text that was typed."""
        for event in reversed(self.events):
            if event.type == TRANSCRIPTION:
                return whole_characters(str(event.get("transcript") or ""))
        return whole_characters(" ".join(_typed(self.events)))

    @cached_property
    def transcript(self) -> str:
        """What the answer says: audio_transcript.done, else text.done, else the joined deltas."""
        words = (self._words_of(response) for response in self.response_ids)
        return " ".join(word for word in words if word)

    def _words_of(self, response_id: str) -> str:
        mine = [e for e in self.events if e.get("response_id") == response_id]
        for kind, name in (("audio_transcript", "transcript"), ("text", "text")):
            whole = [e.get(name) for e in mine if e.type == f"response.{kind}.done"]
            deltas = [e.get("delta") for e in mine if e.type == f"response.{kind}.delta"]
            if words := (whole and whole[-1]) or "".join(d for d in deltas if isinstance(d, str)):
                return whole_characters(str(words))
        return ""

    @cached_property
    def response_ids(self) -> tuple[str, ...]:
        """The answers of this turn in order: one, and one more for each round of tool calls."""
        ids = (response_id_of(event) for event in self.events if event.direction == "server")
        return tuple(dict.fromkeys(i for i in ids if i))

    @cached_property
    def tool_calls(self) -> tuple[ToolCall, ...]:
        """The functions the model called, with the outputs that were sent back."""
        outputs = [e.inner("item") for e in self.events if is_tool_output(e)]
        return tuple(
            ToolCall(
                whole_characters(str(e.get("name"))),
                _parsed(e.get("arguments")),
                e.get("call_id"),
                _output(outputs[n]) if n < len(outputs) else None,
            )
            for n, e in enumerate(e for e in self.events if is_call(e))
        )

    # -- sound -----------------------------------------------------------------------------

    @property
    def input(self) -> Clip | None:
        """The sound that was sent, or None. Mono float32 at the input format's rate."""
        return joined(e for e in self.events if e.type == "input_audio_buffer.append")

    @property
    def audio(self) -> Clip | None:
        """The answer's sound, all of it, or None. Mono float32, 24 kHz (documented for pcm)."""
        return joined(self._deltas())

    @property
    def heard(self) -> Clip | None:
        """The part of ``audio`` that had sounded when the answer was interrupted, or all of it."""
        audio = self.audio
        return audio if audio is None else audio[: self.heard_seconds]

    @property
    def unheard(self) -> Clip | None:
        """The part of ``audio`` that came but was interrupted before it could sound, or None."""
        audio = self.audio
        if audio is None or self.interrupted_at is None or self.heard_seconds >= audio.seconds:
            return None
        return audio[self.heard_seconds :]

    @cached_property
    def played(self) -> bool:
        """Whether a player said how much of the answer sounded; else that is arithmetic."""
        return any(event.type == PLAYED for event in self.events)

    @cached_property
    def heard_seconds(self) -> float:
        """Seconds of the answer heard: the player's report, else the playout's arithmetic."""
        for event in reversed(self.events):
            if event.type == PLAYED:
                return float(event.get("seconds") or 0.0)
        until = float("inf") if self.interrupted_at is None else self.interrupted_at
        return heard_seconds(self.pieces, until)

    @cached_property
    def interrupted_at(self) -> float | None:
        """When the answer was interrupted (``perf_counter`` seconds), or None."""
        begun = False
        for event in self.events:
            if event.type == "response.done":
                begun = False
            elif response_id_of(event):
                begun = True
            if event.type == INTERRUPTED or (begun and event.type in _INTERRUPTIONS):
                return event.at
        return None

    @cached_property
    def pieces(self) -> list[Piece]:
        """When each delta of the answer's sound came and would have sounded."""
        return playout(arrivals(list(self._deltas())))

    def _deltas(self) -> Iterator[Event]:
        return (event for event in self.events if event.type == AUDIO_DELTA)

    # -- how it went -----------------------------------------------------------------------

    @cached_property
    def status(self) -> str:
        """``completed``, ``cancelled``, ``failed``, ``incomplete``; ``timeout`` or another local
        reason if the turn was ended here; ``in_progress`` before its end."""
        last = "in_progress"
        for event in self.events:
            if event.type == "response.done":
                last = whole_characters(str(event.inner("response").get("status") or "completed"))
            elif event.type == ENDED and event.get("reason"):
                return whole_characters(str(event.get("reason")))
        return "failed" if last == "in_progress" and self.errors else last

    @cached_property
    def errors(self) -> tuple[Event, ...]:
        """The ``error`` events that came during this turn, less "nothing to cancel"."""
        return tuple(e for e in self.events if e.type == "error" and not is_harmless(e))

    @cached_property
    def usage(self) -> dict[str, Any]:
        """The service's own count of tokens (documented; zeros so far)."""
        done = [e for e in self.events if e.type == "response.done"]
        usage = done[-1].inner("response").get("usage") if done else None
        return dict(usage) if isinstance(usage, dict) else {}

    @cached_property
    def vad(self) -> str:
        """Who ended the user's turn: ``client``, ``server``, or ``none`` (a text, a greeting)."""
        types = {event.type for event in self.events}
        if "input_audio_buffer.commit" in types:
            return "client"
        return "server" if "input_audio_buffer.committed" in types else "none"

    @cached_property
    def fallback(self) -> str | None:
        """``commit`` where this side committed in server VAD's place, or None."""
        found = (event.get("fallback") for event in self.events if event.type == SAID)
        return next((str(each) for each in found if each), None)

    @cached_property
    def waited_for_place(self) -> float:
        """Seconds for which it waited for a place of a class; ``latency`` holds none of them."""
        return sum(waited_in(event) or 0.0 for event in self.events)

    @cached_property
    def latency(self) -> Latency:
        """Seconds from the zero point to each stage, with the peer they were measured against."""
        return latency_of(self)

    def explain(self) -> Explanation:
        """What went wrong or looks suspicious, in words, with what to do."""
        from glmkit.turns.explain.all_checks import explanation_of

        return explanation_of(self)

    def cer(self, said: str) -> float:
        """The character error rate of ``user_transcript`` beside the words that were ``said``.

        Both as ``glmkit.lab.scores`` writes them alike. Raises BadArgument, Missing.
        """
        from glmkit.lab.scores import cer

        return cer(said, self.user_transcript)

    def wer(self, said: str) -> float:
        """The word error rate of ``user_transcript``; each Chinese character is a word."""
        from glmkit.lab.scores import wer

        return wer(said, self.user_transcript)

    def plot(self, *, ax: Axes | None = None, theme: Theme | None = None) -> Axes:
        """Draw both voices on one time axis; the axes. As ``plots.waveform``."""
        from glmkit import plots

        return plots.waveform(self, ax=ax, theme=theme)

    def listen(self) -> Listening:
        """The turn as a cell shows it to be seen and heard: a playhead that moves with the sound,
        over both voices and the events."""
        from glmkit.cards.player.listen import Listening

        return Listening(self)

    def __str__(self) -> str:
        """Who said what, and how long it took against whom, in three lines."""
        latency = self.latency
        stage, seconds = latency.first
        lines = (
            text("turns.you", words=their_words(self.user_transcript) or "–"),
            text("turns.answer", words=their_words(self.transcript) or "–"),
            text(
                f"turns.latency_{stage}",
                seconds="–" if seconds is None else text("turns.seconds", seconds=seconds),
                zero=zero_name(latency.zero),
                peer=peer_name(self.reached),
                status=status_name(self.status),
            ),
        )
        return "\n".join(lines)

    def _repr_mimebundle_(self, **_: Any) -> Any:
        from glmkit.cards.turns import turn_card

        return turn_card(self)

    def __repr__(self) -> str:
        said = f"{_brief(self.user_transcript)} → {_brief(self.transcript)}"
        return f"<Turn {said}, {their_words(self.status, 64)}, peer={self.reached}>"


def _typed(events: tuple[Event, ...]) -> Iterator[str]:
    for event in filter(is_user_message, events):
        content = event.inner("item").get("content")
        for part in content if isinstance(content, list) else ():
            if isinstance(part, dict) and part.get("text"):
                yield str(part["text"])


def _output(item: dict[str, Any]) -> str | None:
    output = item.get("output")
    return whole_characters(output) if isinstance(output, str) else output


def _parsed(arguments: object) -> Any:
    try:
        found = json.loads(arguments) if isinstance(arguments, str) else arguments
        return json.loads(whole_characters(json.dumps(found, ensure_ascii=False)))
    except (ValueError, RecursionError):
        return whole_characters(arguments) if isinstance(arguments, str) else arguments


def _brief(words: str) -> str:
    shown = their_words(words)
    return repr(shown if len(shown) <= 30 else f"{shown[:29]}…")
