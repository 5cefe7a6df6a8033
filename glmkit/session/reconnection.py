"""``Reconnection``: a new line in place of one that broke, where that was asked for.

Rules
- A line is replaced when somebody next needs one, not before: nobody pays for an idle night.
- Only a line that the other side or the network ended: not one that was closed here, and none
  that ended with an error of the account, the model or the key, which would come again.
- So many attempts a break, with growing pauses, and a deadline for all of them
  (``Waits.reconnect``). Then it stays broken, until ``reset()``.
- Nothing is sent again by itself: a turn is charged.
- The emulator of this process, where it has ended, is looked for once, also unasked, as soon as
  somebody was told that it has.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from glmkit.errors import Closed, Disconnected, ServiceError
from glmkit.session.address import Address
from glmkit.session.backoff import attempted, may_pass
from glmkit.session.line import Line
from glmkit.texts import text


class Reconnection:
    """``attempts``: a break, 0 for none. ``remember``: tell the new line what was said."""

    def __init__(self, attempts: int, *, remember: bool) -> None:
        self.attempts, self.remember = attempts, remember
        self._given_up: Line | None = None
        self._going_on: asyncio.Task[None] | None = None

    def follows(self, line: Line, address: Address) -> bool:
        """Whether a new line may take the place of this one."""
        wanted = self.attempts > 0 or (line.told and address.movable)
        return wanted and line.lost and line is not self._given_up

    def then(self, address: Address) -> str:
        """What comes after a break, in words."""
        if not self.attempts and not address.movable:
            return text("session.then_reset")
        memory = text("session.next_remembers" if self.remember else "session.next_forgets")
        return text("session.then_next" if self.attempts else "session.then_found", memory=memory)

    async def bring(self, line: Line, opened: Callable[[], Awaitable[None]], within: float) -> None:
        """Have a new line opened in place of ``line``; who comes while that goes on waits for it.

        Raises Disconnected where no attempt succeeded, what would come again as it is, and Closed
        where the session is closed meanwhile.
        """
        if self._going_on is not None:
            await asyncio.wait([self._going_on])
            return
        attempts = attempted(opened, times=self.attempts or 1, within=within)
        self._going_on = task = asyncio.create_task(attempts, name="glmkit reconnection")
        try:
            await asyncio.wait([task])
        finally:
            self._going_on = None
            await _ended(task)
        if task.cancelled():
            raise Closed(text("session.closed"))
        if (error := task.exception()) is not None:
            self._given_up = line
            raise self._in_vain(line, error)

    def _in_vain(self, line: Line, error: BaseException) -> BaseException:
        if not (self.attempts and isinstance(error, ServiceError) and may_pass(error)):
            return error
        tried = {"attempts": self.attempts, "ended": line.ending, "why": error}
        words = text("session.not_reconnected", **tried)
        found = Disconnected(words, peer=error.peer, turn=line.fold.partial())
        found.__cause__ = error
        return found

    def stop(self) -> None:
        """Try no more; from any thread."""
        if self._going_on is not None:
            self._going_on.get_loop().call_soon_threadsafe(self._going_on.cancel)


async def _ended(task: asyncio.Task[None]) -> None:
    if not task.done():
        task.cancel()
        await asyncio.wait([task])
