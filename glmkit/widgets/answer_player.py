"""``AnswerPlayer``: an answer sounds below its cell while the cell still waits for the rest of it.

Rules
- Nothing that the page says is waited for: while a cell runs, a kernel may hold it back. How long
  there is something to hear is told by the clock.
- What is to be played is the widget's state, not a message to it: a page that is still loading the
  widget would miss a message, and finds all of its state.
- In the end the usual player takes the widget's place, for whoever listens again, saves or
  exports. Where a notebook is run unattended there is only that one.
"""

from __future__ import annotations

import time
from typing import Any, Final

from glmkit.environment.features import needs
from glmkit.environment.kernel import nobody_types
from glmkit.media.clip import Clip
from glmkit.widgets import assets
from glmkit.widgets.playback import ANSWER_RATE

_AHEAD: Final = 0.3  # seconds until the page sounds the first piece: its prebuffer, and the way


class AnswerPlayer:
    """A ``session.faces.Player`` in the notebook whose cell runs; made and closed in its thread."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._ended = self._stops = 0  # answers of which nothing more comes; times it was flushed
        self._over_at = float("-inf")  # when the last piece will have been heard
        self._face: Any = None
        self._shown: Any = None
        if not nobody_types():
            self._show()

    def _show(self) -> None:
        needs("widgets")
        from glmkit.widgets.anywidget_face import make_face

        self._face = make_face(assets.options(kind="answer"), lambda *_: None)
        self._shown = _displayed(self._face, display_id=True)

    def play(self, id: str, samples: bytes) -> None:
        """Play a piece of an answer behind what is there."""
        name = f"piece{len(self._pieces)}"
        self._pieces.append(samples)
        self._put(**{name: samples}, pieces=len(self._pieces))
        begins = max(self._over_at, time.monotonic() + _AHEAD)
        self._over_at = begins + len(samples) / 2 / ANSWER_RATE

    def end(self, id: str) -> None:
        """Nothing more comes of an answer: a short one need not wait for more."""
        self._ended += 1
        self._put(ended=self._ended)

    def flush(self) -> None:
        """Stop at once."""
        if self.playing:
            self._stops += 1
            self._put(stopped=self._stops)
            self._over_at = float("-inf")

    @property
    def playing(self) -> bool:
        """Whether something is left to be heard, by the clock."""
        return self._face is not None and time.monotonic() < self._over_at

    def close(self) -> None:
        """Put the usual player in the widget's place; or show it, where there was none."""
        clip = Clip.from_pcm(b"".join(self._pieces), ANSWER_RATE)
        if self._shown is not None:
            self._shown.update(clip) if len(clip) else self._shown.update(_NOTHING, raw=True)
            self._face.close()
        elif len(clip):
            _displayed(clip)

    def _put(self, **state: Any) -> None:
        if self._face is not None:
            self._face.put(**state)


_NOTHING: Final = {"text/plain": ""}


def _displayed(what: object, **options: Any) -> Any:
    from IPython import display

    show: Any = display.display  # which has no types
    return show(what, **options)
