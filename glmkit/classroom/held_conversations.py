"""``HeldConversations``: the conversations of pupils whose page is in a browser, one a seat."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from glmkit.classroom.page_conversation import GONE, PageConversation

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from glmkit.auth.seat_line import SeatLine


class HeldConversations:
    """``line_here`` gives the line that leads from this machine to a seat's id.

    ``withdraw`` takes a seat's hand-ins of a lesson back, and says how many.

    ``gone_after``: seconds without a page, after which its session is closed.
    """

    def __init__(
        self,
        line_here: Callable[[str], SeatLine],
        withdraw: Callable[[str, str], Awaitable[int]],
        *,
        gone_after: float = GONE,
    ) -> None:
        self._line_here, self._withdraw, self._gone_after = line_here, withdraw, gone_after
        self._held: dict[str, PageConversation] = {}

    def of(self, seat: str) -> PageConversation:
        """A seat's; a new one, with no session yet, for whoever comes first."""
        if seat not in self._held:
            self._held[seat] = PageConversation(
                lambda: self._line_here(seat),
                partial(self._withdraw, seat),
                gone_after=self._gone_after,
            )
        return self._held[seat]

    def told_by_teacher(self, words: str) -> int:
        """A word of the teacher's, for the pages whose pupil has no session; how many they are."""
        return sum(each.told_by_teacher(words) for each in self._held.values())

    async def close(self) -> None:
        """End them all."""
        held, self._held = self._held, {}
        await asyncio.gather(*(each.close() for each in held.values()))
