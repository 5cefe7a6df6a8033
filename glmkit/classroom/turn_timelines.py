"""``TurnTimelines``: a turn as the player draws and plays it, with what was found, as JSON.

Rules
- It takes as long as drawing takes, so it is made beside what goes on, once for each language, and
  whoever asks before it is there is told to ask again.
- One is made at a time: whoever asks for many takes no thread that others wait for.
- The few that were asked for last are kept; the others, made or not, are let go.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from glmkit.cards.player.markup import scene_data
from glmkit.cards.player.scene import scene_of
from glmkit.cards.player.sounds import notebook_sounds
from glmkit.texts import Language, read_in

if TYPE_CHECKING:
    from glmkit.session.asyncio_session import Session
    from glmkit.turns.turn import Turn

_HELD: Final = 5.0  # seconds, less than a listener gives a request
_KEPT: Final = 4
Timeline = dict[str, Any]
_Asked = tuple[int, Language, int]


class TurnTimelines:
    """The timelines of one session's turns."""

    def __init__(self) -> None:
        self._made: dict[_Asked, asyncio.Task[Timeline]] = {}
        self._one = asyncio.Lock()

    async def of(self, session: Session, number: int, lang: Language) -> Timeline | None:
        """A turn's, ``{}`` while it is being made; None for a turn that is not kept.

        ``scene`` and ``sounds`` are what the player takes; ``findings``: pairs of fact and cure.
        """
        opened = next((each for each in session.fold.opened if each.number == number), None)
        if opened is None:
            return None
        asked = number, lang, len(opened.events)
        if asked not in self._made:
            with read_in(lang):
                drawing = self._drawn_alone(opened.turn)
                self._made[asked] = asyncio.create_task(drawing, name="timeline")
            while len(self._made) > _KEPT:
                self._made.pop(next(iter(self._made))).cancel()
        task = self._made[asked]
        await asyncio.wait({task}, timeout=_HELD)
        return task.result() if task.done() and not task.cancelled() else {}

    async def _drawn_alone(self, turn: Turn) -> Timeline:
        async with self._one:
            return await asyncio.to_thread(_drawn, turn)


def _drawn(turn: Turn) -> Timeline:
    scene = scene_of(turn)
    track = notebook_sounds(scene.pieces)
    return {
        "scene": scene_data(scene, track),
        "sounds": [sound.data for sound in track.encoded if sound.data],
        "findings": [[each.fact, each.cure] for each in turn.explain()],
    }
