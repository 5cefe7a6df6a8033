"""``Watch``: follows every event of a session and tells the page what a person wants to see.

It reads; it never sends. What the page shows is kept, so that a view that comes later (a second
display, a reload) shows the same conversation: the turns, each with the lines that were said in
it, and what belongs to none.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from functools import partial
from typing import Any, Protocol

from glmkit.errors import GlmError
from glmkit.media.stream_decoders import decoder
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import (
    AUDIO_DELTA,
    PLAYED,
    TRANSCRIPTION,
    error_of,
    is_call,
    is_harmless,
    is_tool_output,
)
from glmkit.session.asyncio_session import Session
from glmkit.texts import text
from glmkit.turns.heard_part import unheard_words
from glmkit.turns.open_turn import Open
from glmkit.turns.turn import Turn
from glmkit.widgets.echo import is_echo, is_same_sound
from glmkit.widgets.event_batches import EventBatches
from glmkit.widgets.playback import Reports
from glmkit.widgets.switchboard import Channel

_LOOK = 0.01  # seconds between two looks whether there is a new connection, which none announces
KEPT = 200  # lines of the conversation
LATE = 8  # turns back that an event may belong to
_WORDS = ("response.audio_transcript.delta", "response.text.delta")


class Watched(Protocol):
    """The conversation that is told what crosses the wire."""

    played: Reports
    problem: str | None

    @property
    def engaged(self) -> bool:
        """Whether it is what the session is doing."""

    def tell(self, type: str, buffer: bytes = b"", /, **fields: Any) -> None:
        """Tell every page."""

    def sound(self, response_id: str, samples: bytes) -> None:
        """Let the page play a piece of an answer."""

    def end(self, words: str = "") -> None:
        """Close, with a reason where there is one."""


class Watch:
    """What crosses the wire, for one Talk."""

    def __init__(self, core: Session, talk: Watched) -> None:
        self._core, self._talk = core, talk
        self._task: asyncio.Task[None] | None = None
        self._sounds: dict[str, Any] = {}  # a decoder for each answer
        self._lines: dict[str, dict[str, Any]] = {}  # the conversation, by id; turns, too
        self._going: list[Open] = []  # turns that are not over
        self._newest = -1  # the number of the last turn that was told
        self._written = ""  # the line that waits for its turn to be asked
        self._kinds: dict[str, str] = {}  # which of the two carries an answer's words
        self._batches = EventBatches(lambda events: talk.tell("events", events=events))
        self._interrupted: Open | None = None  # the turn whose answer was broken into
        self._number = itertools.count()  # for lines that have no id of their own
        self._connection = 0  # the service's ids are a connection's own
        self._halved = False  # an echo has switched the page to half-duplex
        self._speaking = False  # somebody, as far as the page knows

    def start(self) -> None:
        """Begin to follow; on the loop."""
        self._newest = self._core.fold.next_number - 1
        self._task = asyncio.get_running_loop().create_task(self._follow())

    def stop(self) -> None:
        """Follow no more."""
        if self._task is not None:
            self._task.cancel()

    def retell(self, face: Channel) -> None:
        """Tell a face that is new what has been said so far."""
        for line in self._lines.values():
            face.tell("said" if "words" in line else "turn", **line)
        face.tell("speaking", on=self._speaking)

    def wrote(self, words: str) -> None:
        """The person wrote instead of speaking."""
        self._written = f"text {next(self._number)}"
        self._say("you", self._written, words)

    def refused(self, event: Event, words: str) -> None:
        """An error that refused what was said, in words with what to do: instead of its own."""
        self._lines.pop(_line_of(event), None)
        self._say("note", _line_of(event), words)

    async def _follow(self) -> None:
        try:
            await self._read()
        except GlmError as error:
            self._talk.end(str(error))
        else:
            self._talk.end(text("widgets.session_over"))

    async def _read(self) -> None:
        while not self._core.closed:
            line = self._core.line
            self._connection += 1
            with line.queue() as queue:
                async for event in queue:
                    self._saw(event)
            self._cut_off()
            while self._core.line is line and not self._core.closed:  # noqa: ASYNC110 - see there
                await asyncio.sleep(_LOOK)

    def _saw(self, event: Event) -> None:
        self._batches.add(event)
        self._look_for_turns()
        self._look_who_speaks()
        kind = event.type
        if kind == AUDIO_DELTA:
            self._sound(event)
        elif kind in ("response.audio.done", "response.done"):
            self._ended(event)
        elif kind in _WORDS:
            self._spoke(event)
        elif kind == TRANSCRIPTION:
            self._understood(event)
        elif kind == "input_audio_buffer.speech_started":
            self._broken_into()
        elif is_call(event):
            id = f"call {self._named(event.get('call_id'))}"
            self._say("tool", id, _call(event), self._turn_of(event))
        elif is_tool_output(event):
            words = f"→ {event.inner('item').get('output')}"
            self._say("tool", f"output {next(self._number)}", words, self._turn_of(event))
        elif kind == "response.create":
            self._asked(event)
        elif kind == "error" and not is_harmless(event) and _line_of(event) not in self._lines:
            words = str(error_of(event).get("message"))
            self._say("note", _line_of(event), words, self._turn_of(event))
        if kind in (PLAYED, "response.done"):
            self._part_heard(event)

    # -- turns -----------------------------------------------------------------------------

    def _look_for_turns(self) -> None:
        """Tell of a turn when it is opened and when it is over."""
        opened = self._core.fold.opened
        new = [*itertools.takewhile(lambda turn: turn.number > self._newest, reversed(opened))]
        for turn in reversed(new):
            self._newest = turn.number
            self._going.append(turn)
            self._tell_turn(turn)
        for turn in [turn for turn in self._going if turn.over]:
            self._going.remove(turn)
            self._tell_turn(turn)

    def _tell_turn(self, turn: Open) -> None:
        told = self._keep(f"turn {turn.number}", {"number": turn.number})
        told["over"] = turn.over
        self._talk.tell("turn", **told)

    def _turn_of(self, event: Event) -> Open | None:
        """The turn an event that was just seen belongs to, or None."""
        found = self._core.fold.of_response(str(event.get("response_id")))
        last = reversed(self._core.fold.opened[-LATE:])
        return found or next((turn for turn in last if _holds(turn, event)), None)

    def _asked(self, event: Event) -> None:
        """What was written, here or in a cell, has its turn once that is asked for."""
        turn = self._turn_of(event)
        if turn is None or self._has_words(turn):
            return
        words, here = turn.turn.user_transcript, self._lines.get(self._written)
        if here is not None and here["words"] == words:
            self._say("you", self._written, "", turn)
        elif words:
            self._say("you", f"text {next(self._number)}", words, turn)

    def _has_words(self, turn: Open) -> bool:
        """Whether the page has what the person said in it, or will have what was understood."""
        lines = (each for each in self._lines.values() if each.get("turn") == turn.number)
        spoken = any(each.type == TRANSCRIPTION for each in turn.events)
        return spoken or any(each["who"] == "you" for each in lines)

    def _look_who_speaks(self) -> None:
        """Tell when server VAD has heard speech begin, and when that has led to something."""
        if (speaking := self._core.fold.speaking) != self._speaking:
            self._speaking = speaking
            self._talk.tell("speaking", on=speaking)

    # -- sound -----------------------------------------------------------------------------

    def _sound(self, event: Event) -> None:
        if not self._talk.engaged or not event.payload:
            return
        response = self._named(event.get("response_id"))
        if response not in self._sounds:
            self._sounds[response] = decoder(self._core.settings.output_format)
            if (turn := self._core.fold.of_response(str(event.get("response_id")))) is not None:
                self._talk.played.expect(response, turn)
        try:
            clip = self._sounds[response].feed(event.payload)
        except GlmError as error:
            self._say("note", f"sound {response}", str(error))
            return
        if len(clip):
            self._talk.sound(response, clip.to_pcm(24_000))

    def _ended(self, event: Event) -> None:
        response = self._named(event.get("response_id") or event.inner("response").get("id"))
        if self._sounds.pop(response, None) is not None:
            self._talk.tell("end", id=response)

    def _cut_off(self) -> None:
        """The connection is gone: nothing more comes of the answers that were coming in."""
        for response in self._sounds:
            self._talk.tell("end", id=response)
        self._sounds.clear()

    def _broken_into(self) -> None:
        """Somebody speaks: the page stops playing, unless the person asked for no interruption."""
        answering = self._core.fold.answering
        if self._core.settings.turn_detection.get("interrupt_response") is False:
            return
        over = (turn for turn in reversed(self._core.fold.opened) if turn.over)
        self._interrupted = answering or next(over, None)  # which may still sound
        self._talk.tell("flush")

    def _part_heard(self, event: Event) -> None:
        """Tell how many letters of an interrupted answer were heard: an estimate by its seconds."""
        last = reversed(self._core.fold.opened[-LATE:])
        turn = next(filter(partial(_is_of, event), last), None)
        if turn is None or not (turn.turn.interrupted_at or self._talk.played.cut(turn)):
            return
        said = [line for line in self._lines.values() if line.get("who") == "answer"]
        lines = [line for line in said if line["turn"] == turn.number]
        try:
            unheard = len(unheard_words(turn.turn))
        except GlmError:  # its sound cannot be decoded, and nothing says how long it lasted
            return
        for line in lines[-1:]:
            line["heard"] = max(len(line["words"]) - unheard, 0)
            self._talk.tell("said", **line)

    # -- words -----------------------------------------------------------------------------

    def _understood(self, event: Event) -> None:
        words = str(event.get("transcript") or "")
        spoken = self._core.fold.of_item(str(event.get("item_id")))
        self._say("you", self._named(event.get("item_id")), words, spoken)
        broken, self._interrupted = self._interrupted, None
        if broken is not None and spoken is not broken and self._talk.played.cut(broken):
            self._explain_echo(event, words, broken.turn, spoken)

    def _explain_echo(self, event: Event, words: str, broken: Turn, spoken: Open | None) -> None:
        sound = None if spoken is None else spoken.turn.input
        if not is_echo(words, broken.transcript) and not is_same_sound(sound, broken.heard):
            return
        advice = self._without_echo()
        said = (
            text("widgets.echo", words=words, advice=advice)
            if words
            else text("widgets.echo_wordless", advice=advice)
        )
        self._talk.problem = said
        self._say("note", f"echo {self._named(event.get('item_id'))}", said)

    def _without_echo(self) -> str:
        """Half-duplex at the first echo, or it would answer itself for ever; whoever then
        switches that off keeps it off, and is only advised."""
        if self._halved:
            return text("widgets.echo_again")
        self._halved = True
        self._talk.tell("half")
        return text("widgets.echo_halved")

    def _spoke(self, event: Event) -> None:
        """Add to an answer's words; they come twice, as transcript and as text (observed)."""
        response = self._named(event.get("response_id"))
        if self._kinds.setdefault(response, event.type) == event.type:
            turn = self._core.fold.of_response(str(event.get("response_id")))
            self._say("answer", response, str(event.get("delta") or ""), turn)

    def _say(self, who: str, id: str, words: str, turn: Open | None = None) -> None:
        line = self._keep(id, {"who": who, "id": id, "words": "", "turn": None})
        line["words"] += words
        if turn is not None:
            line["turn"] = turn.number
        self._talk.tell("said", **line)

    def _keep(self, id: str, line: dict[str, Any]) -> dict[str, Any]:
        """The line of this id, a new one if there is none yet; the oldest give way."""
        kept = self._lines.setdefault(id, line)
        while len(self._lines) > KEPT:
            self._lines.pop(next(iter(self._lines)))
        return kept

    def _named(self, id: object) -> str:
        """What the page knows something of this connection by."""
        return str(id) if self._connection == 1 else f"{self._connection}/{id}"


def _holds(turn: Open, event: Event) -> bool:
    return any(each is event for each in reversed(turn.events))


def _is_of(event: Event, turn: Open) -> bool:
    """Whether an event is about this turn: a mark names its number, an answer is in it."""
    return turn.number == event.get("turn") or _holds(turn, event)


def _line_of(error: Event) -> str:
    return f"error {error.at}"


def _call(event: Event) -> str:
    arguments = event.get("arguments")
    words = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
    return f"{event.get('name')}({words})"
