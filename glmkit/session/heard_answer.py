"""``play=True``: an answer is heard as it arrives, and the call returns when it has been heard.

Rules
- In a notebook it sounds below the cell, elsewhere from the machine's own loudspeaker.
- Where there is none, one sentence says so, once a process; the turn is had all the same.
- Whatever breaks the turn off stops the sound, too.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final

from glmkit.environment.kernel import in_kernel
from glmkit.errors import BadState, GlmError, Missing, warn
from glmkit.media.devices import SoundDevice
from glmkit.media.loudspeaker import Loudspeaker
from glmkit.media.stream_decoders import decoder
from glmkit.process_values import ProcessValue
from glmkit.protocol.event_kinds import AUDIO_DELTA
from glmkit.session.event_queue import EventQueue
from glmkit.session.faces import Player, notebook_player
from glmkit.session.host import host
from glmkit.session.line import Line

_RATE: Final = 24_000  # Hz of what is played
_LOOK: Final = 0.02  # seconds between looks whether it has been heard
_LATE: Final = 2.0  # seconds a player may take longer than what it plays
_said_missing = ProcessValue(lambda: False)


@asynccontextmanager
async def heard_as_it_comes(
    line: Line, format: str, *, play: bool
) -> AsyncIterator[Callable[[], None]]:
    """Play the answers that come on ``line`` meanwhile, in that output format, if asked to.

    It gives what stops the one that sounds; another is heard again.
    """
    player = await _player_here() if play else None
    if player is None:
        yield lambda: None
        return
    with line.queue(AUDIO_DELTA) as queue:
        listener = Listener(player, format)
        feeding = asyncio.create_task(listener.feed(queue))
        try:
            yield listener.hush
            queue.end()
            await _heard(player, await feeding)
        finally:
            feeding.cancel()
            player.flush()
            await host.get().run(player.close)


async def _player_here() -> Player | None:
    try:
        return await host.get().run(_made_player)  # type: ignore[no-any-return]
    except (Missing, BadState) as error:
        if not _said_missing.value:
            _said_missing.value = True
            warn(str(error))
        return None


def _made_player() -> Player:
    return notebook_player() if in_kernel() else Loudspeaker(SoundDevice(), rate=_RATE)


class Listener:
    """Hands answers to a player as they come, less what was hushed."""

    def __init__(self, player: Player, format: str) -> None:
        self._player, self._format = player, format
        self._sound = decoder(format)
        self._answer: object = None  # the one that comes in
        self._hushed: object = None

    async def feed(self, queue: EventQueue) -> float:
        """Play what comes until the queue ends; the seconds it lasts."""
        seconds = 0.0
        async for event in queue:
            self._turn_to(event.get("response_id"))
            if self._answer is not None and self._answer == self._hushed:
                continue
            with suppress(GlmError):  # the turn says what could not be decoded
                piece = self._sound.feed(event.payload or b"")
                if len(piece):
                    self._player.play(str(self._answer), piece.to_pcm(_RATE))
                    seconds += piece.seconds
        self._turn_to(None)
        return seconds

    def hush(self) -> None:
        """Let nothing more be heard of the answer that sounds."""
        self._hushed = self._answer
        self._player.flush()

    def _turn_to(self, answer: object) -> None:
        if answer != self._answer:
            if self._answer is not None:
                self._player.end(str(self._answer))
            self._answer, self._sound = answer, decoder(self._format)


async def _heard(player: Player, seconds: float) -> None:
    """Wait until all of it has been heard; not for a device that has stopped asking."""
    until = asyncio.get_running_loop().time() + seconds + _LATE
    while player.playing and asyncio.get_running_loop().time() < until:  # noqa: ASYNC110 - a thread's
        await asyncio.sleep(_LOOK)
