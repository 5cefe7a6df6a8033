"""``Sight``: the pictures of one Talk: chosen files, and what a camera or the screen shows.

Rules
- A chosen one goes with whatever is said or written next, and can be taken back until then.
- A camera's goes with the sound it comes ahead of (documented: with sound), in that order however
  long it takes; and one with what is written.
- What is said while a picture is made ready waits for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from glmkit.errors import GlmError
from glmkit.media.pictures import jpeg_frame
from glmkit.session.asyncio_session import Session
from glmkit.widgets.switchboard import Channel
from glmkit.widgets.thumbnails import Faces, Thumbnails


class Sight:
    """What goes along to be seen, for one Talk; on the loop."""

    def __init__(self, core: Session, faces: Faces) -> None:
        self._core = core
        self._preparing = asyncio.Lock()
        self.thumbnails = Thumbnails(core, faces)

    async def ready(self) -> None:
        """Wait for a picture that is being made ready."""
        async with self._preparing:
            pass

    async def show(self, picture: bytes) -> None:
        """A chosen picture goes with what is said next. Raises BadPicture, and as tools do."""
        async with self._preparing:
            await self._core.show_next(picture)

    def open(self, face: Channel) -> Coroutine[Any, Any, None]:
        """A camera is on; to be awaited: the conversation has pictures from now on, or it is
        closed again. Raises as ``update``."""
        self._core.pictures.camera = True
        return self._switch(face)

    async def _switch(self, face: Channel) -> None:
        try:
            if self._core.settings.mode != "video_passive":
                await self._core.update(mode="video_passive")
        except GlmError:
            self.close()
            face.tell("look_away")
            raise
        face.tell("looking")

    async def see(self, picture: bytes) -> None:
        """What a camera sees now goes with the next sound or words. Raises BadPicture."""
        self._core.pictures.view = await asyncio.to_thread(jpeg_frame, picture)

    def forget(self) -> None:
        """What a camera saw before is no longer so."""
        self._core.pictures.view = None

    def close(self) -> None:
        """The camera is off."""
        self._core.pictures.look_away()
