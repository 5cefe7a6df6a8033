"""``Recorder``: record a voice in the notebook, and use it in the next cell.

::

    rec = glm.Recorder()            # one cell shows it …
    rec
    turn = session.say(rec.clip)    # … the next uses what was recorded

Where nobody recorded anything (Run All, no browser) a file stands in, and it says so.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Literal

from glmkit.environment.kernel import kernel_major
from glmkit.errors import BadArgument, BadState, GlmError
from glmkit.media.clip import Clip
from glmkit.media.kit_samples import is_sample, sample
from glmkit.media.source import existing_path
from glmkit.numeric import is_number
from glmkit.session.host import write_line
from glmkit.texts import text
from glmkit.widgets.chosen_file import ChosenFile
from glmkit.widgets.switchboard import Channel, Message
from glmkit.widgets.take import Take
from glmkit.widgets.widget import Shown, check_limit

State = Literal["ready", "recording", "paused", "recorded", "failed"]
STAND_IN = "joke_zh"  # the kit's own recording, where no other is named
_SHOWING = 5.0  # seconds until we say that no page shows this recorder
RATES = (8_000, 48_000)


class Recorder(Shown):
    """Records your voice in a notebook and gives it as a Clip.

    One channel of 16 bits at ``rate`` Hz. ``limit``: seconds, counted down (the service takes 30
    under client VAD). ``file``: a path, a Clip or a sample's name that stands in until something is
    recorded. ``page``: offer a page in the person's own browser first. ``processing``: the
    browser's echo cancellation, noise suppression and automatic gain, which the widget can switch
    one by one.

    >>> rec = Recorder(limit=10)
    >>> rec.clip.seconds
    """

    def __init__(
        self,
        *,
        rate: int = 16_000,
        limit: float = 30.0,
        file: Clip | str | os.PathLike[str] | None = None,
        page: bool = False,
        processing: bool = True,
    ) -> None:
        if not (is_number(rate) and RATES[0] <= rate <= RATES[1] and rate == int(rate)):
            raise BadArgument(text("widgets.rate", found=rate))
        check_limit(limit)
        self._file = None if file is None else _stand_in(file)
        self._file_name = text("widgets.a_clip") if isinstance(file, Clip) else str(file)
        switches = dict.fromkeys(("echo", "noise", "gain"), processing)
        options = {"kind": "recorder", "rate": rate, "limit": limit, "switches": switches}
        super().__init__(options, page=page)
        self.rate, self.limit = rate, limit
        self._state: State = "ready"
        self._current: Take | None = None
        self._by: Channel | None = None  # the face that records
        self._clip: Clip | None = None
        self._uploaded: str | None = None
        self._chosen = ChosenFile(rate)
        self._met = asyncio.Event()  # some page has shown this recorder
        self._ended = asyncio.Event()  # something was recorded, or failed
        self._said: set[str] = set()

    # -- what there is ---------------------------------------------------------------------

    @property
    def state(self) -> State:
        """``ready``, ``recording``, ``paused``, ``recorded`` or ``failed`` (see ``problem``)."""
        self._settled()
        return self._state

    @property
    def clip(self) -> Clip:
        """What was recorded or uploaded, else what stands in for it.

        A recording that was cut short (the microphone was unplugged) is given, too, and a line
        says so. Raises BadState while the recording goes on, and where there is nothing.
        """
        self._settled()
        if self._clip is not None:
            if self.problem is not None:  # it was cut short, or is the one before
                self._say_once(self.problem)
            return self._clip
        if self._state in ("recording", "paused"):
            raise BadState(self.problem or text("widgets.still_recording"))
        return self._substitute()

    @property
    def gaps(self) -> int:
        """How many pieces of the last recording were lost on the way (0 is normal)."""
        self._settled()
        return 0 if self._current is None else self._current.gaps

    async def wait(self, timeout: float = 60) -> Clip:
        """Wait until something is recorded and give it; ``timeout`` in seconds.

        Raises BadState where it would block what it waits for (ipykernel 6 delivers nothing
        while a cell runs), where no page shows the recorder, and after the timeout.
        """
        if self._clip is None:
            major = kernel_major()
            if major is not None and major < 7 and self._page is None:
                raise BadState(text("widgets.wait_blocks"))
            if not await self._happens(self._met, min(_SHOWING, timeout)):
                return self._substitute()
            if not await self._happens(self._ended, timeout):
                raise BadState(self.problem or text("widgets.wait_timeout", seconds=timeout))
        return self.clip

    async def _happens(self, event: asyncio.Event, seconds: float) -> bool:
        waiting = asyncio.run_coroutine_threadsafe(event.wait(), self._loop)
        try:
            async with asyncio.timeout(seconds):
                await asyncio.wrap_future(waiting)
        except TimeoutError:
            return False
        finally:
            waiting.cancel()
        return True

    def _substitute(self) -> Clip:
        if self._file is not None:
            name, seconds = self._file_name, self._file.seconds
            self._say_once(text("widgets.stands_in", file=name, seconds=seconds))
            return self._file
        if self._met.is_set():
            raise BadState(self.problem or text("widgets.nothing_recorded"))
        found = sample(STAND_IN)
        self._say_once(text("widgets.nobody_recorded", file=STAND_IN, seconds=found.seconds))
        return found

    def _say_once(self, words: str) -> None:
        if words not in self._said:
            self._said.add(words)
            write_line(words)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the clip to a .wav, .flac, .ogg or .mp3 file; gives its path."""
        return self.clip.write(path)

    def clear(self) -> None:
        """Forget what was recorded."""
        self._loop.call_soon_threadsafe(self._forget)
        self._board.tell("cleared")
        self._settled()

    def __repr__(self) -> str:
        seconds = "" if self._clip is None else f", {self._clip.seconds:.1f} s"
        return f"<Recorder {self._state}{seconds}, {self.rate} Hz>"

    # -- what the page says ----------------------------------------------------------------

    def _on_hello(self, face: Channel, message: Message, buffer: bytes) -> None:
        self._met.set()
        self._arrived(face, message)
        if self._clip is not None:
            self._show(face, self._clip, "recorded", self._uploaded)
        elif self._file is not None:
            self._show(face, self._file, "ready", self._file_name)

    def _show(self, face: Channel, clip: Clip, state: State, source: str | None) -> None:
        face.tell("sound", clip.to_pcm(self.rate), state=state, source=source)

    def _on_start(self, face: Channel, message: Message, buffer: bytes) -> None:
        self._forget()
        self._said.clear()
        self._by, self._current = face, Take(int(message.get("rate") or self.rate))
        self._state = "recording"

    def _on_chunk(self, face: Channel, message: Message, buffer: bytes) -> None:
        seq = int(message.get("seq") or 0)
        if self._current is not None and face is self._by:
            self._current.add(seq, buffer)
        face.tell("got", seq=seq)

    def _on_pause(self, face: Channel, message: Message, buffer: bytes) -> None:
        self._state = "paused"

    def _on_resume(self, face: Channel, message: Message, buffer: bytes) -> None:
        self._state = "recording"

    def _on_stop(self, face: Channel, message: Message, buffer: bytes) -> None:
        take = self._current
        if take is None or face is not self._by:
            return
        lost = take.missing(int(message.get("chunks") or 0))
        take.gaps = lost + int(message.get("gaps") or 0)
        self._have(face, take.clip, None)

    def _on_gone(self, face: Channel, message: Message, buffer: bytes) -> None:
        """A page went in mid-recording: what had come is the recording."""
        if face is self._by and self._state in ("recording", "paused") and self._current:
            self._have(face, self._current.clip, None)

    def _on_upload(self, face: Channel, message: Message, buffer: bytes) -> None:
        try:
            clip = self._chosen.sound(face, message, buffer)
        except GlmError as error:
            self.problem = str(error)
            face.tell("problem", code="bad_file", words=self.problem)
            self._failed()
            return
        if clip is not None:
            self._forget()
            self._have(None, clip, str(message.get("name")))

    _on_undecoded = _on_upload

    def _have(self, face: Channel | None, clip: Clip, name: str | None) -> None:
        self._clip, self._uploaded = clip, name
        self._state, self.problem = "recorded", None
        self._ended.set()
        data = clip.to_pcm(self.rate)
        self._board.tell_others(face, "sound", data, state="recorded", source=name)

    def _on_clear(self, face: Channel, message: Message, buffer: bytes) -> None:
        self._forget()
        self._board.tell_others(face, "cleared")

    def _on_problem(self, face: Channel, message: Message, buffer: bytes) -> None:
        super()._on_problem(face, message, buffer)
        if self.problem is not None and not message.get("kept"):
            self._failed()

    def _failed(self) -> None:
        """Nothing came of it; what was recorded before, or goes on, stays."""
        if self._state not in ("recording", "paused", "recorded"):
            self._state = "failed"
            self._ended.set()

    def _forget(self) -> None:
        self._clip = self._current = self._by = self._uploaded = self.problem = None
        self._state = "ready"
        self._ended.clear()


def _stand_in(file: Clip | str | os.PathLike[str]) -> Clip:
    if isinstance(file, str):
        path = existing_path(file)
        if is_sample(path.stem) and not path.exists():
            return sample(path.stem)
    return Clip.read(file)
