"""A microphone's take over a connection that breaks in the middle: it goes on on a new one.

Rules
- The last second of it that the service has not taken goes up once more, since a VAD confirms
  speech late (observed: without it the first words were cut); then what was recorded meanwhile.
- Nothing else is sent again by itself: no take that was finished, none whose turn has begun.
- After as many breaks as there are attempts, with no turn taken between them, it ends.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable

from glmkit.errors import Disconnected
from glmkit.media.clip import Clip
from glmkit.session.asyncio_session import Session
from glmkit.turns.fold import Fold

AGAIN = 1.0  # seconds that are sent once more


async def through_breaks(
    session: Session,
    send: Callable[[AsyncIterator[Clip]], Awaitable[object]],
    pieces: Callable[[], AsyncIterator[Clip]],
) -> None:
    """``send`` the pieces until they end, again where the session opens a new connection.

    ``pieces()`` goes on where the iterator before stopped. Raises as ``send`` does.
    """
    take, breaks = UnfinishedTake(session.fold), 0
    while True:
        taken = session.fold.commits
        try:
            await send(take.going_on(pieces()))
        except Disconnected:
            breaks = breaks + 1 if session.fold.commits == taken else 1
            if take.over or session.closed or breaks > session.reconnects:
                raise
        else:
            return


class UnfinishedTake:
    """What was sent of a take, as far as it may be sent again."""

    def __init__(self, fold: Fold) -> None:
        self._fold, self._taken = fold, fold.commits
        self._last: deque[Clip] = deque()
        self.over = False  # the person has let go

    async def going_on(self, pieces: AsyncIterator[Clip]) -> AsyncIterator[Clip]:
        """The last second that was sent and not taken, then the pieces."""
        self._forget_taken()
        for piece in tuple(self._last):
            yield piece
        async for piece in pieces:
            self._forget_taken()
            self._last.append(piece)
            while sum(each.seconds for each in self._last) - self._last[0].seconds >= AGAIN:
                self._last.popleft()
            yield piece
        self.over = True

    def _forget_taken(self) -> None:
        if self._fold.commits != self._taken:
            self._taken = self._fold.commits
            self._last.clear()
