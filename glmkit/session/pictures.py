"""``Pictures``: what was shown, until the service has taken it.

Rules
- They go with whatever is said next: behind the next chunk of sound, or before written words or a
  bare request. The service takes them with a commit or a request (documented).
- What was sent but never taken, because the turn was given up, goes with the next one again.
- What still waits can be taken back.
- Of a camera only the newest picture waits: an older one shows what is no longer so.
- A video conversation needs a picture, with this turn or an earlier one of the same connection
  (documented: else video_model_query_error). Without one nothing is sent at all.
"""

from __future__ import annotations

from collections.abc import Callable

from glmkit.errors import BadState
from glmkit.protocol.settings import Settings
from glmkit.texts import text


class Pictures:
    """The JPEG frames of one session, on their way.

    ``view``: what a camera sees now. ``camera``: whether one is on, which will send more.
    ``seen``: whether the service, on this connection, has a picture already. ``watchers`` are
    called whenever what waits or is on its way has changed.
    """

    def __init__(self) -> None:
        self.view: bytes | None = None
        self.camera = self.seen = False
        self._waiting: list[bytes] = []
        self._sent: list[bytes] = []  # of those that were shown, and not yet taken
        self.watchers: set[Callable[[], None]] = set()
        self._under_way = False  # something was sent, shown or seen by a camera

    @property
    def waiting(self) -> tuple[bytes, ...]:
        """Those that go with whatever is said next."""
        return tuple(self._waiting)

    @property
    def on_their_way(self) -> tuple[bytes, ...]:
        """Those that were sent, and not taken yet."""
        return tuple(self._sent)

    def show(self, frame: bytes) -> None:
        """Let a frame go with whatever is said next."""
        self._waiting.append(frame)
        self._changed()

    def take_back(self, frame: bytes) -> None:
        """Let a frame that waits go nowhere; one that does not wait any more has gone."""
        self._waiting = [each for each in self._waiting if each is not frame]
        self._changed()

    def look_away(self) -> None:
        """The camera is off; what it saw last is nobody's business any more."""
        self.camera, self.view = False, None

    @property
    def there(self) -> bool:
        """Whether there is a picture to see, was one, or will be."""
        known = self.seen or self._under_way or self.camera
        return bool(known or self._waiting or self.view)

    def check(self, settings: Settings) -> None:
        """Raise BadState where the service would miss a picture."""
        if settings.mode == "video_passive" and not self.there:
            raise BadState(text("session.no_picture"))

    def take(self) -> bytes | None:
        """The next frame to be sent, or None."""
        if self._waiting:
            self._sent.append(frame := self._waiting.pop(0))
        elif self.view is not None:
            frame, self.view = self.view, None
        else:
            return None
        self._under_way = True
        self._changed()
        return frame

    # -- what became of those that were sent -------------------------------------------------

    def taken(self) -> None:
        """They are part of the conversation."""
        self.seen |= self._under_way
        self.refused()

    def given_back(self) -> None:
        """The service dropped them: they go with what is said next."""
        self._waiting[:0] = self._sent
        self.refused()

    def refused(self) -> None:
        """The service would not have them, and never will."""
        self._sent, self._under_way = [], False
        self._changed()

    # -- where nothing was seen yet ----------------------------------------------------------

    def begin_again(self) -> None:
        """On a new connection: it has seen nothing."""
        self.given_back()
        self.seen = False

    def clear(self) -> None:
        """Forget all of them: there is no video conversation any more."""
        self._waiting.clear()
        self.view, self.seen = None, False
        self.refused()

    def _changed(self) -> None:
        for watcher in [*self.watchers]:
            watcher()
