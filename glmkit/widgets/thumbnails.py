"""``Thumbnails``: the pictures of a session that have not gone yet, as the page shows them.

Each is told once with its bytes, then by its number: ``waiting`` (goes with whatever is said
next, can be taken back), ``going`` (sent, and not taken yet by the service; it waits again where
what it went with was given up), ``gone``.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Literal, Protocol

from glmkit.session.asyncio_session import Session
from glmkit.widgets.switchboard import Channel

Going = Literal["waiting", "going", "gone"]


class Faces(Protocol):
    """Whoever tells every page."""

    def tell(self, type: str, buffer: bytes = b"", /, **fields: object) -> None:
        """Tell every page."""


@dataclass(slots=True)
class _Thumbnail:
    number: int
    frame: bytes
    state: Going


class Thumbnails:
    """What waits, and what became of it, for one Talk; on the loop."""

    def __init__(self, core: Session, faces: Faces) -> None:
        self._core, self._faces = core, faces
        self._shown: list[_Thumbnail] = []
        self._numbers = itertools.count(1)

    def start(self) -> None:
        """Begin to follow."""
        self._core.pictures.watchers.add(self._look)
        self._look()

    def stop(self) -> None:
        """Follow no more."""
        self._core.pictures.watchers.discard(self._look)

    def retell(self, face: Channel) -> None:
        """Tell a face that is new what there is."""
        for each in self._shown:
            face.tell("picture", each.frame, number=each.number, state=each.state)

    def take_back(self, number: int) -> None:
        """Let one that waits go nowhere."""
        for each in self._shown:
            if each.number == number:
                self._core.take_back(each.frame)
                return

    def _look(self) -> None:
        pictures = self._core.pictures
        found: dict[int, tuple[bytes, Going]]  # by the frames' identity: two may be equal
        found = {id(frame): (frame, "going") for frame in pictures.on_their_way}
        found |= {id(frame): (frame, "waiting") for frame in pictures.waiting}
        for each in self._shown:
            _, state = found.pop(id(each.frame), (b"", "gone"))
            if state != each.state:
                each.state = state
                self._faces.tell("picture", number=each.number, state=state)
        new = [_Thumbnail(next(self._numbers), *each) for each in found.values()]
        for each in new:
            self._faces.tell("picture", each.frame, number=each.number, state=each.state)
        self._shown = [*(each for each in self._shown if each.state != "gone"), *new]
