"""What one session consists of: shared by those who read its events and those who answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from glmkit.emulator.session.configuration import Configuration
from glmkit.emulator.session.conversation import Conversation

if TYPE_CHECKING:
    from websockets.asyncio.server import ServerConnection

    from glmkit.emulator.faults import Faults
    from glmkit.emulator.log import Log, SessionLog
    from glmkit.emulator.options import Options
    from glmkit.emulator.pipeline import SpeechPipeline
    from glmkit.emulator.profiles import Profile
    from glmkit.emulator.session.event_sender import EventSender


@dataclass(slots=True, eq=False)
class SessionState:
    """One session's parts; ``configuration`` is replaced whole by session.update."""

    id: str
    socket: ServerConnection
    sender: EventSender
    log: SessionLog
    problems: Log
    options: Options
    behaviour: Profile
    faults: Faults
    pipeline: SpeechPipeline
    configuration: Configuration = field(default_factory=Configuration)
    conversation: Conversation = field(default_factory=Conversation)

    async def messages(self) -> AsyncIterator[bytes]:
        """What the client sends, until it leaves or says nothing for ``--idle-close`` seconds.

        Raises ConnectionClosed when the client is gone.
        """
        receive, idle = self.socket.recv, self.options.idle_close
        while not idle:  # a deadline a message costs a tenth of what reading does
            yield await receive(decode=False)
        try:
            while True:
                async with asyncio.timeout(idle):
                    message = await receive(decode=False)
                yield message
        except TimeoutError:
            self.log.note("idle", seconds=idle)
            await self.socket.close(1000, "idle")
