"""One run of a script: a session of its own, its lines one after another, a row for each.

Rules
- A line that fails is a row, and the next one is said; but where the connection is gone, the
  budget used up or the key refused, the lines that are left are rows that say so.
- What is expected is checked when the turn is there: nothing of it is in any wait.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from glmkit import aio
from glmkit.auth.masking import mask
from glmkit.emulator.think.repertoire import Repertoire
from glmkit.errors import GlmError, ServiceError, YoursToFix
from glmkit.lab.expectations import checked
from glmkit.lab.interruption import broken_off
from glmkit.lab.rehearsed_lines import RehearsedLine
from glmkit.lab.rehearsed_scripts import FoundScript, ReadyLine
from glmkit.session.asyncio_session import Session
from glmkit.session.budget import price
from glmkit.texts import text
from glmkit.turns.turn import Turn

_WORDS: Final = 500  # letters of an error
Tell = Callable[[RehearsedLine], None]


@dataclass(frozen=True)
class PlayedScript:
    """A script with its lines ready, and how it is played.

    ``settings``: for ``connect``; ``speed`` as for ``say``; ``timeout``: seconds a turn may take.
    ``spent``: why no more may be said, else empty; ``tell``: is given each row as it comes.
    """

    found: FoundScript
    lines: Sequence[ReadyLine]
    settings: dict[str, Any]
    speed: float | None
    timeout: float
    spent: Callable[[], str]
    tell: Tell

    async def run(self, number: int) -> list[RehearsedLine]:
        """The rows of run ``number``. Raises what is the caller's to fix before the first line."""
        rows = [self._row(number, place) for place in range(len(self.lines))]
        try:
            async with aio.connect(**self.settings) as session:
                return await self._played(session, rows)
        except ServiceError as error:
            lost = _told(error, peer=error.peer)
            return [self._tell(replace(row, **lost)) for row in rows]

    async def _played(self, session: Session, rows: list[RehearsedLine]) -> list[RehearsedLine]:
        address = session.address
        about: dict[str, Any] = {"peer": session.peer, "model": session.model}
        about |= {"switches": address.switches, "network": address.network}
        done: list[RehearsedLine] = []
        ended = ""
        for place, row in enumerate(rows):
            ended = ended or self.spent()
            if ended:
                done.append(self._tell(replace(row, error=ended, **about)))
                continue
            came = await self._line(session, place, replace(row, **about))
            done.append(self._tell(came))
            if session.closed and came.error:
                ended = text("rehearsal.not_said", why=came.error)
        return done

    async def _line(self, session: Session, place: int, row: RehearsedLine) -> RehearsedLine:
        """What came of one line."""
        ready = self.lines[place]
        following = self.lines[place + 1].line if place + 1 < len(self.lines) else None
        cut = following.interrupts if following else None
        try:
            await asyncio.sleep(ready.line.pause)
            if ready.frame is not None:
                await session.show(ready.frame)
            saying = self._saying(session, ready)
            turn = await (saying if cut is None else broken_off(session, saying, cut))
        except (ServiceError, YoursToFix) as error:
            arrived = getattr(error, "turn", None)
            known = _of_turn(arrived) if isinstance(arrived, Turn) else {}
            return replace(row, **known, **_told(error))
        return self._checked(replace(row, **_of_turn(turn)), turn, ready)

    def _saying(self, session: Session, ready: ReadyLine) -> Any:
        if ready.clip is None:
            return session.ask(ready.line.text, timeout=self.timeout)
        return session.say(ready.clip, speed=self.speed, timeout=self.timeout)

    def _checked(self, row: RehearsedLine, turn: Turn, ready: ReadyLine) -> RehearsedLine:
        said = ready.line.text
        met = checked(ready.line.expects, turn, said=said, repertoire=self._repertoire(turn))
        return replace(row, expectations=tuple(met))

    def _repertoire(self, turn: Turn) -> Repertoire | None:
        """What the answer may be of, where an emulator gave it."""
        if turn.peer != "emulator":
            return None
        instructions = str(turn.requested.get("instructions") or self.found.instructions)
        return self.found.at_hand.repertoires(instructions)[self.found.script.language]

    def _row(self, number: int, place: int) -> RehearsedLine:
        ready = self.lines[place]
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        name, model = self.found.name, str(self.settings.get("model", ""))
        return RehearsedLine(name, number, place + 1, ready.said, ready.way, model=model, date=now)

    def _tell(self, row: RehearsedLine) -> RehearsedLine:
        self.tell(row)
        return row


def _told(error: GlmError, **more: Any) -> dict[str, Any]:
    words = mask(f"{type(error).__name__}: {error}")[:_WORDS]
    return {"error": words, **{name: value for name, value in more.items() if value}}


def _of_turn(turn: Turn) -> dict[str, Any]:
    """What a row says of a turn."""
    latency, cut = turn.latency, turn.interrupted_at is not None
    sent, came = (0.0 if clip is None else clip.seconds for clip in (turn.input, turn.audio))
    return {
        "heard": turn.user_transcript,
        "answered": turn.transcript,
        "wait": latency.first[1],
        "zero": latency.zero,
        "interrupted": round(turn.heard_seconds, 2) if cut else None,
        "tools": tuple(call.name for call in turn.tool_calls),
        "status": turn.status,
        "findings": turn.explain().names,
        "input_seconds": round(sent, 3),
        "audio_seconds": round(came, 3),
        "yuan": round((sent + came) / 60 * price(turn.model, video=_video(turn)), 5),
        "date": datetime.now(UTC).isoformat(timespec="milliseconds"),
    }


def _video(turn: Turn) -> bool:
    """Whether it was in a video conversation, which costs more."""
    fields = turn.requested.get("beta_fields")
    return isinstance(fields, Mapping) and fields.get("chat_mode") == "video_passive"
