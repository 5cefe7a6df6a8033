"""``ChosenFile``: a sound file that a person chose in a page: read here, else decoded there.

Rules
- The page hands over the file as it is (``upload``). What Python cannot read is asked for again
  (``decode``): the page answers with what its browser decoded, as a WAV file (``upload`` with
  ``decoded``), or that it cannot, either (``undecoded``).
- What neither can read is refused in the words of the first reading, which name it and a way out.
"""

from __future__ import annotations

from glmkit.errors import GlmError
from glmkit.media.clip import Clip
from glmkit.widgets.switchboard import Channel, Message


class ChosenFile:
    """The file that is being handed over, its sound to be had at ``rate`` Hz."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._unread: GlmError | None = None  # why the file at hand cannot be read here

    def sound(self, face: Channel, message: Message, buffer: bytes) -> Clip | None:
        """The sound in what a page handed over; None while its browser tries.

        Raises BadAudio for what neither reads. Takes as long as reading takes; from any thread.
        """
        if message["type"] == "undecoded":
            self._refuse()
        elif (clip := self._read(message, buffer)) is not None:
            return clip
        else:
            face.tell("decode")
        return None

    def _read(self, message: Message, buffer: bytes) -> Clip | None:
        try:
            return Clip.read(buffer).resample(self._rate)
        except GlmError as error:
            if message.get("decoded"):
                raise
            self._unread = error
        return None

    def _refuse(self) -> None:
        error, self._unread = self._unread, None
        if error is not None:
            raise error
