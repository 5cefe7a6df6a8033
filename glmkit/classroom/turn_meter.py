"""``TurnMeter``: reads the events of one session and says where a turn begins, and what it took.

Rules
- A turn counts when its answer is asked for: by ``response.create``, or, under server VAD, by the
  service's own commit. An answer to a tool's output is the same turn.
- Something said is open from its first piece to that moment; under server VAD from
  speech_started to the commit. What is open may be finished whatever the limits say.
- Sound is counted in seconds by its size and format, both ways; ¥ by ``session/budget.price``.

Pure: no clock, no socket.
"""

from __future__ import annotations

from typing import Final

from glmkit.classroom.limits import Used
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import (
    APPEND,
    AUDIO_DELTA,
    SPEECH_STARTED,
    VIDEO_FRAME,
    is_call,
    is_harmless,
    is_server_vad,
    is_tool_output,
    is_user_message,
)
from glmkit.protocol.settings import answers_itself
from glmkit.session.budget import price

COMMIT, CREATE, CLEAR = "input_audio_buffer.commit", "response.create", "input_audio_buffer.clear"
_MP3_BYTES: Final = 8_000  # a second: 64 kbit/s, an estimate


class TurnMeter:
    """Feed it every event that is passed on; what is new since the last look is ``take()``n."""

    def __init__(self) -> None:
        self.server_vad = False
        self.model = ""
        self.answering = 0
        """Answers asked for or coming in."""
        self.open = False
        """Whether something was said that no answer was asked for yet."""
        self._video = False
        self._by_itself = False  # the service answers without being asked
        self._calls = 0  # that have no output yet
        self._after_tool = False
        self._used = Used()

    @property
    def idle(self) -> bool:
        """Whether nobody speaks and nothing is answered."""
        return not (self.open or self.answering or self._calls)

    def begins(self, event: Event) -> bool:
        """Whether this event of the client's would begin something new, and cost."""
        if self.open:
            return False
        if event.type == "session.update":
            return _greets(event)
        if event.type == CREATE:
            return not self._after_tool
        if self.server_vad and event.type in (APPEND, VIDEO_FRAME):
            return True
        return event.type in (APPEND, VIDEO_FRAME, COMMIT) or is_user_message(event)

    def client(self, event: Event) -> bool:
        """Count an event of the client's; whether it is a turn more."""
        kind, turn = event.type, False
        if kind == "session.update":
            self._configure(event)
        elif kind == APPEND:
            self._add(sent=event.sound_seconds or 0.0)
            self.open = self.open or not self.server_vad
        elif kind in (VIDEO_FRAME, COMMIT) or is_user_message(event):
            self.open = self.open or not self.server_vad or kind != VIDEO_FRAME
        elif kind == CLEAR:
            self.open = False
        elif is_tool_output(event):
            self._after_tool, self._calls = True, max(self._calls - 1, 0)
        elif kind == CREATE:
            turn = not self._after_tool
            self._asked(turn)
        return turn

    def server(self, event: Event) -> bool:
        """Count an event of the service's; whether it is a turn more."""
        kind = event.type
        if kind == AUDIO_DELTA:
            seconds = event.size / _MP3_BYTES if event.format == "mp3" else event.sound_seconds
            self._add(received=seconds or 0.0)
        elif kind == SPEECH_STARTED:
            self.open = True
        elif kind == "input_audio_buffer.committed" and self._by_itself:
            self._asked(turn=True)
            return True
        elif is_call(event):
            self._calls += 1
        elif kind == "response.done":
            self.answering = max(self.answering - 1, 0)
        elif kind == "error":
            self._used += Used(errors=1)
            if not is_harmless(event):
                self.answering = max(self.answering - 1, 0)
        return False

    def take(self) -> Used:
        """What was used since the last look."""
        taken, self._used = self._used, Used()
        return taken

    @property
    def pending(self) -> float:
        """Seconds of sound since the last look."""
        return self._used.sent + self._used.received

    def begin_anew(self) -> None:
        """Its connection is another one: nothing of before is answered any more."""
        self.answering, self._calls, self.open, self._after_tool = 0, 0, False, False

    def _configure(self, event: Event) -> None:
        session = event.inner("session")
        detection = session.get("turn_detection")
        self.server_vad = is_server_vad(detection)
        self._by_itself = self.server_vad and answers_itself(detection)
        self.model = str(session.get("model") or "")
        beta = session.get("beta_fields")
        self._video = isinstance(beta, dict) and beta.get("chat_mode") not in (None, "audio")

    def _asked(self, turn: bool) -> None:
        self.open = self._after_tool = False
        self.answering += 1
        self._used += Used(turns=int(turn))

    def _add(self, *, sent: float = 0.0, received: float = 0.0) -> None:
        yuan = (sent + received) / 60 * price(self.model, video=self._video)
        self._used += Used(sent=sent, received=received, yuan=yuan)


def _greets(update: Event) -> bool:
    """Whether a configuration has the service speak first (documented at either place)."""
    session = update.inner("session")
    beta = session.get("beta_fields")
    places = (session, beta if isinstance(beta, dict) else {})
    asked = [place.get("greeting_config") for place in places]
    return any(isinstance(each, dict) and bool(each.get("enable")) for each in asked)
