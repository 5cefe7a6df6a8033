"""Server VAD in one session: turns that nobody commits.

Rules
- Silence that has lasted ends a turn: ``speech_stopped``, the commit, and the answer unless
  ``create_response`` is false. Speech while an answer runs ends that, unless
  ``interrupt_response`` is false.
- A client's own commit ends the turn of whoever is speaking, once; with nobody speaking it is an
  error, so that nothing is answered twice.
- The fault ``vad_deaf`` makes it miss the end of a turn, as was reported of the service; a commit
  frees it where one does at all.
- Recognition begins at 192 ms of silence, and again if speech goes on.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from glmkit.emulator.session.input_buffer import too_much
from glmkit.emulator.session.objects import new_id
from glmkit.emulator.session.refusals import ILLEGAL, SERVER, Refusal

if TYPE_CHECKING:
    from glmkit.emulator.session.input_buffer import InputBuffer, Utterance
    from glmkit.emulator.session.riff import PcmAudio
    from glmkit.emulator.session.state import SessionState
    from glmkit.emulator.turn.speech_detection import SpeechDetection
    from glmkit.emulator.turn.turn_queue import TurnQueue
    from glmkit.media.voice_activity.segments import SegmentEvent


class ServerVad:
    """Ends turns by what is heard; does nothing before the first sound under server VAD."""

    def __init__(self, session: SessionState, input_buffer: InputBuffer, turns: TurnQueue) -> None:
        self._session, self._input_buffer, self._turns = session, input_buffer, turns
        self._listening: SpeechDetection | None = None
        self._heard_ms = 0  # by listenings before this one
        self._item_id = ""  # of the speech that goes on
        self._told_full = False

    @property
    def kept(self) -> int:
        """The bytes of sound that are still here."""
        return 0 if self._listening is None else self._listening.kept

    def close(self) -> None:
        """Stop listening; what was not committed is forgotten."""
        if self._listening is not None:
            self._heard_ms += self._listening.milliseconds
            self._listening.close()
            self._listening = None
        self._told_full = False
        self._turns.drop_guess()

    async def settled(self) -> None:
        """Waits until everything heard has been judged, and what followed from it is done."""
        if self._listening is not None:
            await self._listening.settled()

    async def listen(self, sound: PcmAudio) -> None:
        """Hear some sound."""
        listening = self._listening or await self._listen()
        await listening.feed(sound, came_at=self._session.heard_at)
        if listening.task.done():
            self.close()
            raise Refusal("deaf", code="500", type=SERVER)
        if listening.full and not self._told_full:
            self._told_full = True
            raise too_much()

    async def commit(self) -> None:
        """A client's own commit: ends the turn if somebody speaks."""
        mode = self._session.behaviour.commit_under_server_vad
        await self.settled()
        listening = self._listening
        if mode == "ignore":
            return
        if mode == "error" or listening is None or not listening.speaking:
            raise Refusal("nothing_spoken", code=ILLEGAL)
        at_ms, utterance = self._heard_ms + listening.milliseconds, listening.current()
        self.close()
        await self._ended(at_ms, utterance, ended_at=self._session.heard_at)

    async def _listen(self) -> SpeechDetection:
        stream = await self._session.pipeline.listen()
        from glmkit.emulator.turn.speech_detection import SpeechDetection  # loaded by now

        turns = self._session.configuration.turns
        self._listening = SpeechDetection(stream, turns, self._on_heard, goes_deaf=self._goes_deaf)
        return self._listening

    def _goes_deaf(self) -> bool:
        """Whether the end of the speech that begins will be missed."""
        fault = self._session.faults.get("vad_deaf")
        tools = bool(self._session.configuration.tools)
        if fault is None or not (tools or fault.value == "always"):
            return False
        return self._session.faults.strike("vad_deaf") is not None

    async def _on_heard(self, noticed: SegmentEvent) -> None:
        from glmkit.media.voice_activity.segments import Resumed, SilenceSoFar, Started

        assert self._listening is not None
        if isinstance(noticed, Started):
            await asyncio.sleep(self._session.faults.number("late_hearing"))
            await self._began(self._heard_ms + noticed.at_ms)
        elif isinstance(noticed, SilenceSoFar):
            utterance = self._listening.utterance(noticed.first, noticed.last)
            self._turns.guess(utterance, (noticed.first, noticed.last))
        elif isinstance(noticed, Resumed):
            self._turns.drop_guess()
        else:
            utterance = self._listening.utterance(noticed.first, noticed.last)
            span, at_ms = (noticed.first, noticed.last), self._heard_ms + noticed.at_ms
            spoken = self._listening.ended_at(*span)
            await self._ended(at_ms, utterance, ended_at=spoken, span=span)

    async def _began(self, at_ms: int) -> None:
        self._item_id = new_id("item")
        await self._tell("started", audio_start_ms=at_ms)
        if self._session.configuration.turns.interrupt_response:
            self._turns.cancel("turn_detected")

    async def _ended(
        self,
        at_ms: int,
        utterance: Utterance,
        *,
        ended_at: float,
        span: tuple[int, int] | None = None,
    ) -> None:
        await self._tell("stopped", audio_end_ms=at_ms)
        self._told_full = False
        utterance = replace(utterance, pictures=self._input_buffer.take().pictures)
        await self._turns.commit(utterance, id=self._item_id, span=span, ended_at=ended_at)
        if self._session.configuration.turns.create_response:
            await self._answer()

    async def _tell(self, what: str, **at: int) -> None:
        where: dict[str, Any] = {**at, "item_id": self._item_id}
        if not self._session.behaviour.speech_fields:
            where = {}
        await self._session.sender.send(f"input_audio_buffer.speech_{what}", **where)

    async def _answer(self) -> None:
        try:
            await self._turns.create_response()
        except Refusal as refusal:
            await self._session.sender.send_error(refusal, None)
