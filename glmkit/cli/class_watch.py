"""What happens at a class's emulator, as lines on stderr: who, by the roster, and what, in words.

Rules
- A line an event that a teacher can act on; ``frames`` adds one for each message either way.
- Nobody waits for the lines: a thread writes them, and where nobody reads stderr they are lost.
- Who somebody is, the key says by which they were let in: a name where the roster has one, else
  the address. No key and no token is ever shown.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TextIO

from glmkit.auth.masking import their_words
from glmkit.texts import text
from glmkit.texts.layout.text_width import pad, shorten

if TYPE_CHECKING:
    from glmkit.emulator.log import SessionLog

_SAID: Final = 60  # columns of what somebody said
_NAME: Final = 12
_WAITING: Final = 1_000  # lines
_LAST_SECONDS: Final = 1.0
_ARROWS: Final = {"in": ">", "out": "<", "note": "·"}
#: Events that are a line, by way and type, and the sentence of each.
_SENTENCES: Final = {
    ("note", "began"): "connected",
    ("note", "ended"): "gone",
    ("note", "refused"): "refused",
    ("note", "fault"): "fault",
    ("in", "conversation.item.create"): "wrote",
    ("out", "input_audio_buffer.speech_started"): "speaks",
    ("out", "conversation.item.input_audio_transcription.completed"): "said",
    ("out", "response.audio_transcript.done"): "answered",
    ("out", "response.text.done"): "answered_in_writing",
    ("out", "response.function_call_arguments.done"): "called",
    ("out", "response.cancelled"): "cancelled",
    ("out", "error"): "error",
}


class ClassWatch:
    """Writes a line for each event that a server's log is told; give it to ``serve(watch=…)``.

    ``names``: what an account is called. ``frames``: whether every message has a line, too.
    """

    def __init__(
        self, out: TextIO, *, names: Mapping[str, str] | None = None, frames: bool = False
    ) -> None:
        self._out, self._names, self._frames = out, names or {}, frames
        self._sounding: set[str] = set()  # sessions whose sound comes and was said to
        self._lines: queue.Queue[str | None] = queue.Queue(_WAITING)
        self._thread = threading.Thread(target=self._write, name="glmkit lines", daemon=True)
        self._thread.start()

    def __call__(self, session: SessionLog, way: str, type: str, detail: Mapping[str, Any]) -> None:
        """One event of a session."""
        if words := self._words(session, way, type, detail):
            self._put(session, words)
        if self._frames and way != "note":
            known = [f"{name}={their_words(value, 120)}" for name, value in _flat(detail).items()]
            self._put(session, f"{_ARROWS[way]} {their_words(type)}  {', '.join(known)}".rstrip())

    def close(self) -> None:
        """Write what waits, for a second at the most."""
        try:
            self._lines.put(None, timeout=_LAST_SECONDS)
        except queue.Full:
            return
        self._thread.join(_LAST_SECONDS)

    def _words(self, session: SessionLog, way: str, type: str, detail: Mapping[str, Any]) -> str:
        """The sentence about an event; "" for what is no news."""
        if (way, type) == ("in", "input_audio_buffer.append"):
            return self._sound_came(session)
        if type in ("input_audio_buffer.commit", "ended"):
            self._sounding.discard(session.id)
        name = _SENTENCES.get((way, type))
        if name is None:
            return ""
        about = {**_flat(detail), "peer": session.peer}
        shown = {key: shorten(their_words(value), _SAID) for key, value in about.items()}
        return text(f"watch.{name}", **{"code": "", "message": "", "transcript": "", **shown})

    def _sound_came(self, session: SessionLog) -> str:
        if session.id in self._sounding:
            return ""
        self._sounding.add(session.id)
        return text("watch.sends")

    def _put(self, session: SessionLog, words: str) -> None:
        who = self._names.get(session.account) or session.peer.rpartition(":")[0]
        clock = time.strftime("%H:%M:%S")
        with suppress(queue.Full):  # nobody reads them
            self._lines.put_nowait(f"{clock}  {pad(shorten(who, 30), _NAME)}  {words}\n")

    def _write(self) -> None:
        while (line := self._lines.get()) is not None:
            try:
                self._out.write(line)
                self._out.flush()
            except (OSError, ValueError):
                return  # nobody reads stderr any more


def _flat(detail: Mapping[str, Any]) -> dict[str, str]:
    """What is known of an event, an error's own fields among it: each by itself, to be masked."""
    error = detail.get("error")
    inside = error if isinstance(error, dict) else {}
    every = {name: value for name, value in detail.items() if name != "error"} | inside
    return {
        name: f"{value:.0f}" if isinstance(value, float) else str(value)
        for name, value in every.items()
    }
