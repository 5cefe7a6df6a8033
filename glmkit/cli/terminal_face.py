"""``TerminalFace``: live talk's face in a terminal, as ``static/talk.js`` is its face in a page.

Rules
- Sound goes to the loudspeaker at once, on whatever thread it comes; all else waits for ``show``,
  which the thread that reads the keys calls: nothing that writes to a terminal can hold up a call.
- The microphone is open only while it is listened to.
- A key that is held down repeats itself: the end of speech is when no further key comes for a
  moment. So it may be held like a button, or pressed once to begin and once to end.
"""

from __future__ import annotations

import queue
import time
from typing import Any, Final

from glmkit.auth.masking import their_words
from glmkit.cli.keys import END
from glmkit.cli.screen import Screen
from glmkit.errors import GlmError
from glmkit.media.clip import Clip
from glmkit.media.devices import Device
from glmkit.media.formats import INPUT_FORMATS
from glmkit.media.loudspeaker import Loudspeaker, Sounded
from glmkit.media.microphone import Microphone
from glmkit.session.one_turn import LONGEST_CLIENT_TURN
from glmkit.texts import text
from glmkit.widgets.talk import SHORTEST, Talk

REPEAT: Final = 0.2  # seconds between two keys that a keyboard sends while one is held down
_ROOM: Final = 0.3  # seconds that what was played is in the room, and in the microphone
_LONGEST: Final = 300  # bytes of what was not heard
_BARS: Final = 20
_QUIETEST: Final = -60.0  # dBFS


class TerminalFace:
    """Speaks and plays on ``device``, writes to ``screen``; ``hands_free``: the open microphone."""

    def __init__(self, talk: Talk, device: Device, screen: Screen, *, hands_free: bool) -> None:
        self._screen, self._hands_free = screen, hands_free
        self._told: queue.SimpleQueue[tuple[str, dict[str, Any]]] = queue.SimpleQueue()
        self._state = ""
        self.over = False
        self._cut: set[str] = set()  # answers whose unheard words were told
        self._half = False  # nothing is heard while it answers
        self._sounded_at = float("-inf")  # when the loudspeaker was last known to play
        self._level = float("-inf")
        self._spoken = 0.0  # seconds of this press
        self._pressed_at = float("-inf")
        self._ending = False  # a key came while it was spoken: the end, unless it is held down
        self._loudspeaker = Loudspeaker(device, sounded=self._sounded)
        rate = INPUT_FORMATS[talk.session.settings.input_format]
        self._microphone = Microphone(device, rate, self._heard)
        self._say = talk.attach(self)
        self._say("hello")

    def close(self) -> None:
        """Microphone and loudspeaker off."""
        self._microphone.close()
        self._loudspeaker.close()
        self._screen.finish()

    # -- what talk tells; on any thread ------------------------------------------------------

    def tell(self, type: str, buffer: bytes = b"", /, **fields: Any) -> None:
        """Take what every page is told."""
        if type == "play":
            self._loudspeaker.play(fields["id"], buffer)
        elif type == "end":
            self._loudspeaker.end(fields["id"])
        elif type == "flush":
            self._loudspeaker.flush()
        else:
            self._told.put((type, fields))

    def show(self) -> None:
        """Show what was told, and what goes on."""
        while not self._told.empty():
            type, fields = self._told.get()
            if type == "state":
                self._become(fields["state"])
            elif type == "said":
                self._screen.said(fields["who"], fields["id"], fields["words"])
                self._note_unheard(**fields)
            elif type == "note":
                self._screen.note(fields["words"])
            elif type == "half":
                self._half = True
            elif type == "closed":
                self.over = True
        self._screen.status(self._status())

    def _note_unheard(self, *, id: str, words: str, heard: int | None = None, **_: Any) -> None:
        """Say once what nobody heard of an interrupted answer: a terminal cannot take it back."""
        if heard is not None and words[heard:] and id not in self._cut:
            self._cut.add(id)
            said = their_words(words[heard:], _LONGEST)
            self._screen.note(text("cli.talk_unheard", words=said))

    def _become(self, state: str) -> None:
        if state == "ready" and self._state == "open":
            self._microphone.close()  # an error ended it, and was told
        if state in ("ready", "listening"):
            self._screen.finish()
        self._state = state

    def _status(self) -> str:
        if self._microphone.on:
            name = "open" if self._hands_free else "listening"
            return text(f"cli.talk_{name}", meter=_meter(self._level))
        if self._loudspeaker.playing or self._state == "answering":
            return text("cli.talk_answering")
        return text("cli.talk_closed" if self._hands_free else "cli.talk_ready")

    # -- what the person does ----------------------------------------------------------------

    def press(self, key: str) -> None:
        """A key, or ``""`` where none came: then what was begun may be due to end."""
        if key in (END, "q", "Q"):
            self.over = True
        elif key.isspace():
            self._main_key()
        elif key in ("l", "L"):
            self._half = not self._half
            self._screen.note(text("cli.talk_half" if self._half else "cli.talk_full"))
        due = self._ending and time.monotonic() - self._pressed_at >= REPEAT
        at_length = self._spoken >= LONGEST_CLIENT_TURN
        if not self._hands_free and self._microphone.on and (due or at_length):
            self.fall_silent()

    def _main_key(self) -> None:
        before, self._pressed_at = self._pressed_at, time.monotonic()
        if not self._microphone.on:
            if self._pressed_at - before >= REPEAT:
                self.speak()
        elif self._hands_free:
            self._loudspeaker.flush()
            self._say("interrupt")
        else:
            self._ending = True

    def speak(self) -> None:
        """Begin to speak; what sounds is interrupted."""
        self._spoken, self._ending, self._level = 0.0, False, float("-inf")
        self._loudspeaker.flush()
        self._say("open", on=True) if self._hands_free else self._say("press")
        try:
            self._microphone.open()
        except GlmError as error:
            self._say("open", on=False) if self._hands_free else self._say("release", failed=True)
            self._screen.note(str(error))

    def fall_silent(self) -> None:
        """Speak no more: the turn is over."""
        self._microphone.close()
        too_short = self._spoken < SHORTEST
        self._say("release", failed=too_short)
        if too_short:
            self._screen.note(text("cli.talk_too_short"))

    # -- on the device's thread --------------------------------------------------------------

    def _heard(self, piece: Clip) -> None:
        if self._half and self._is_audible():
            piece = Clip.silence(piece.seconds, piece.rate)
        self._level = piece.level
        self._spoken += piece.seconds
        self._say("chunk", piece.to_pcm())

    def _is_audible(self) -> bool:
        """Whether an answer sounds, or has only just left the loudspeaker."""
        now = time.monotonic()
        if self._loudspeaker.playing:
            self._sounded_at = now
        return now - self._sounded_at < _ROOM

    def _sounded(self, of: Sounded) -> None:
        self._sounded_at = time.monotonic()
        stopped = {"ms": 0.0} if of.stopped else {}
        self._say(
            "heard",
            response=of.id,
            samples=of.samples,
            dropped=of.dropped,
            underruns=of.underruns,
            **stopped,
        )


def _meter(level: float) -> str:
    bars = round(_BARS * min(max(1 - level / _QUIETEST, 0.0), 1.0))
    return "█" * bars + "░" * (_BARS - bars)
