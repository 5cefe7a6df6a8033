"""What one session consists of: shared by those who read its events and those who answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from glmkit.emulator.session.configuration import Configuration
from glmkit.emulator.session.conversation import Conversation

if TYPE_CHECKING:
    from websockets.asyncio.server import ServerConnection

    from glmkit.emulator.faults import Faults
    from glmkit.emulator.hear.fair_queue import Owner
    from glmkit.emulator.log import Log, SessionLog
    from glmkit.emulator.options import Options
    from glmkit.emulator.pipeline import SpeechPipeline
    from glmkit.emulator.profiles import Profile
    from glmkit.emulator.session.event_sender import EventSender
    from glmkit.emulator.session.shared_room import SharedRoom
    from glmkit.emulator.session.steady_waits import SteadyTurn, SteadyWaits


@dataclass(slots=True, eq=False)
class SessionState:
    """One session's parts; ``configuration`` is replaced whole by session.update."""

    id: str
    owner: Owner
    socket: ServerConnection
    sender: EventSender
    log: SessionLog
    problems: Log
    options: Options
    behaviour: Profile
    faults: Faults
    pipeline: SpeechPipeline
    room: SharedRoom
    configuration: Configuration
    conversation: Conversation
    steady: SteadyWaits | None = None
    """How long answers wait, where they begin when they are due."""
    heard_at: float = 0.0
    """When the client last sent something, by the loop's clock."""
    _answers: int = field(default=0, init=False)

    @property
    def known_as(self) -> str:
        """Its id to the dialogue: the same for every session of a steady emulator."""
        return self.id if self.steady is None else self.steady.session_id

    def steady_turn(self, zero: float, *said: bytes) -> SteadyTurn | None:
        """When the answer to what was said is due, from ``zero``; None where it need not wait."""
        if self.steady is None:
            return None
        self._answers += 1
        return self.steady.turn(zero, said, self.configuration.echo(""), self._answers)

    async def messages(self) -> AsyncIterator[bytes]:
        """What the client sends, until it leaves or says nothing for ``--idle-close`` seconds.

        Raises ConnectionClosed when the client is gone.
        """
        receive, clock = self.socket.recv, asyncio.get_running_loop().time
        self.heard_at = clock()
        # not a deadline a message: that costs a tenth of what reading does
        watch = asyncio.create_task(self._close_when_idle(clock), name="idle")
        try:
            while True:
                message = await receive(decode=False)
                self.heard_at = clock()
                yield message
        finally:
            watch.cancel()

    async def _close_when_idle(self, clock: Callable[[], float]) -> None:
        idle = self.options.idle_close
        while idle and (left := self.heard_at + idle - clock()) > 0:  # noqa: ASYNC110 - no event
            await asyncio.sleep(left)
        if idle:
            self.log.note("idle", seconds=idle)
            await self.socket.close(1000, "idle")
