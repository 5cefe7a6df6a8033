"""One run of a script: a session of its own, its lines one after another, a row for each.

Rules
- A line that fails is a row, and the next one is said; but where the connection is gone, the
  budget used up or the key refused, the lines that are left are rows that say so.
- What is expected is checked when the turn is there: nothing of it is in any wait.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from glmkit import aio
from glmkit.auth.masking import mask
from glmkit.emulator.think.repertoire import Repertoire
from glmkit.errors import GlmError, ServiceError, YoursToFix
from glmkit.lab.expectations import checked
from glmkit.lab.interruption import BargeIn, barge_in, broken_off
from glmkit.lab.rehearsed_lines import RehearsedLine
from glmkit.lab.rehearsed_scripts import FoundScript, ReadyLine
from glmkit.media.clip import Clip
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
        if why := self.spent():  # then nobody is connected to
            return [self._tell(replace(row, error=why)) for row in rows]
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
        ended, came = "", None
        for place, row in enumerate(rows):
            row = replace(row, **about)
            ended = ended or ("" if came else self.spent())
            if ended:
                done.append(self._tell(replace(row, error=ended)))
                continue
            # what was said into the answer before is over already
            given = BargeIn(came) if came else await self._said(session, place)
            came = given.into
            done.append(self._tell(self._row_of(given.line, row, self.lines[place])))
            if session.closed and done[-1].error and not came:
                ended = text("rehearsal.not_said", why=done[-1].error)
        return done

    async def _said(self, session: Session, place: int) -> BargeIn:
        """What came of one line, and of the next where that was said into its answer."""
        ready = self.lines[place]
        try:
            await asyncio.sleep(ready.line.pause)
            if ready.frame is not None:
                await session.show(ready.frame)
            return await self._answer(session, place)
        except (ServiceError, YoursToFix) as error:
            return BargeIn(error)

    async def _answer(self, session: Session, place: int) -> BargeIn:
        ready, cut = self.lines[place], self._cut(place)
        if cut is None:
            return BargeIn(await self._saying(session, ready))
        if ready.clip is None or "audio" not in session.settings.modalities:
            return BargeIn(await broken_off(session, self._saying(session, ready), cut))
        into, options = self._spoken_into(place), self._options
        if into is None:
            return BargeIn(await session.say(ready.clip, interrupt_after=cut, **options))
        return await barge_in(session, ready.clip, cut, into, **options)

    def _saying(self, session: Session, ready: ReadyLine) -> Coroutine[Any, Any, Turn]:
        if ready.clip is None:
            return session.ask(ready.line.text, timeout=self.timeout)
        return session.say(ready.clip, **self._options)

    @property
    def _options(self) -> dict[str, Any]:
        """How every line is spoken."""
        return {"speed": self.speed, "timeout": self.timeout}

    def _cut(self, place: int) -> float | None:
        """When the line behind breaks into the answer to this one; None where none does."""
        behind = self.lines[place + 1 : place + 2]
        return behind[0].line.interrupts if behind else None

    def _spoken_into(self, place: int) -> Clip | None:
        """The sound of the line behind, where it can be said into this one's answer as it is."""
        behind = self.lines[place + 1]
        as_it_is = behind.frame is None and not behind.line.pause and self._cut(place + 1) is None
        return behind.clip if as_it_is else None

    def _row_of(self, came: Turn | GlmError, row: RehearsedLine, ready: ReadyLine) -> RehearsedLine:
        if isinstance(came, Turn):
            return self._checked(replace(row, **_of_turn(came)), came, ready)
        arrived = getattr(came, "turn", None)
        known = _of_turn(arrived) if isinstance(arrived, Turn) else {}
        return replace(row, **known, **_told(came))

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
