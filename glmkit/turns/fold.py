"""``Fold``: sorts events, in whatever order they come, into turns. Pure: no clock, no socket.

Rules
- It sees both directions, so a trace folded again gives the same turns as the live session.
- A turn opens with the client's commit, with the server's own (server VAD), with a
  response.create that has nothing to attach to, or with an answer that nobody asked for.
- An answer belongs to the oldest turn that waits for one by response.create, else to the
  newest turn that server VAD committed and nothing answered, else it opens a turn of its own.
  Commits closer than any silence can be are a burst: their answers come in order.
- What an event does to the turn it belongs to stands in ``state``. What comes when it is over is
  still added to it. What is in no turn yet is ``uncommitted``'s business, which turns go on that of
  ``opened_turns``.
- Pictures that no commit took belong to the next request (documented: it takes them, too).
- What was sent and never committed becomes a turn when a mark ends it. A commit in server VAD's
  place is a try: the error that refuses it ends no turn.
- Silence sent behind a turn that server VAD had committed belongs to that turn, once a mark says
  that nothing more was sent with it.
- A new connection awaits nothing of the one before it, and its ids are its own.
- An event costs the same however many turns there were; with ``keep="nothing"`` only the last
  few turns are held.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import (
    APPEND,
    AUDIO_DELTA,
    ENDED,
    OPENED,
    PLAYED,
    ROUND_TRIP,
    UPLOADED,
    is_call,
    is_harmless,
    is_tool_output,
    is_user_message,
    response_id_of,
    waited_in,
)
from glmkit.turns.open_turn import Context, Keep, Open, OverTurns
from glmkit.turns.opened_turns import OpenedTurns
from glmkit.turns.state import Step
from glmkit.turns.turn import Turn
from glmkit.turns.turn_sequence import Turns
from glmkit.turns.uncommitted import Uncommitted, in_order


class Fold:
    """Feed it every event, both ways; read ``turns``."""

    def __init__(
        self,
        *,
        peer: str = "?",
        model: str = "?",
        keep: Keep = "all",
        switches: str = "",
        network: str = "",
    ) -> None:
        self.context = Context(peer, model, keep, switches, network)
        self.round_trip: float | None = None
        self.asked: dict[str, Any] = {}  # the configuration last asked for
        self._echo: dict[str, Any] = {}  # the configuration last echoed
        self._update_answered = True  # by an echo, or by an error
        self.appends = 0  # of the client
        self.received_sound = 0  # bytes, kept or not
        self.commits = 0  # of the service
        self.last_committed: Open | None = None
        self._uncommitted = Uncommitted(keep)
        self._turns = OpenedTurns()
        self._committing: list[Open] = []  # client commits the server has not confirmed
        self._waiting: list[Open] = []  # turns that asked for an answer, oldest first
        self._messages: list[Event] = []  # typed texts not yet asked about
        self._responses: dict[str, Open] = {}  # by the ids of this connection
        self._items: dict[str, Open] = {}

    @property
    def turns(self) -> Turns:
        """The turns that are over, in order; a live view."""
        return Turns(OverTurns(self.opened))

    def feed(self, event: Event) -> Open | None:
        """Put one event where it belongs; the turn it went to, or None."""
        if event.type == AUDIO_DELTA:  # the hot path
            self.received_sound += event.size
            response_id = event.get("response_id")
            known = self._responses.get(response_id) if isinstance(response_id, str) else None
            return self._with(known or self._answered(event), event)
        if event.direction == "client":
            return self._sent(event)
        return self._marked(event) if event.direction == "local" else self._received(event)

    # -- what the client sent ----------------------------------------------------------------

    def _sent(self, event: Event) -> Open | None:
        kind = event.type
        if kind.startswith("input_audio_buffer.append"):
            self.appends += kind == APPEND
            self._uncommitted.append(event)
        elif kind == "input_audio_buffer.clear":
            self._uncommitted.clear()
        elif kind == "input_audio_buffer.commit":
            return self._commit(event)
        elif kind == "response.create":
            return self._ask(event)
        elif kind == "response.cancel":
            return self._add(self.answering or self.current, event)
        elif kind == "session.update":
            self.asked, self._update_answered = event.inner("session"), False
        elif is_tool_output(event):
            return self._output(event)
        elif is_user_message(event):
            self._messages.append(event)
        return None

    def _commit(self, event: Event) -> Open:
        turn = self._open(self._uncommitted.take())
        self._committing.append(turn)
        return self._with(turn, event)

    def _ask(self, event: Event) -> Open:
        turn = self._turns.askable
        if turn is None:
            turn = self._open(in_order([*self._uncommitted.take_shown(), *self._messages]))
            self._messages = []
        self._turns.step(turn, Step.ASKED)
        self._waiting.append(turn)
        return self._with(turn, event)

    def _output(self, event: Event) -> Open | None:
        turn = self._turns.called
        if turn is not None:
            turn.outputs += 1
        return self._add(turn, event)

    # -- what the server sent ----------------------------------------------------------------

    def _received(self, event: Event) -> Open | None:
        kind = event.type
        if response_id_of(event) is not None and not kind.startswith("conversation."):
            return self._answer(event)
        if kind == "input_audio_buffer.committed":
            return self._committed(event)
        if kind == "input_audio_buffer.cleared":
            self._uncommitted.speaking = False  # also if it began while the clear was under way
        if kind.endswith(".speech_stopped") and self._committing:
            return self._with(self._committing[0], event)  # what a commit made it say
        if kind.startswith("input_audio_buffer.speech_"):
            self._uncommitted.heard(event)
            return self._add(self.answering, event)
        if kind.startswith("conversation.item."):
            return self._item(event)
        if kind == "session.updated":
            self._echo, self._update_answered = event.inner("session"), True
        if kind == "heartbeat":
            return self._noticed(event)
        return self._error(event) if kind == "error" else None

    def _noticed(self, event: Event) -> Open | None:
        """Put the end of a wait for a place of a class to the turn that waited."""
        if waited_in(event) is None:
            return None
        if self.current is None and self.uncommitted:
            self.uncommitted.append(event)
        return self._add(self.current, event)

    def _item(self, event: Event) -> Open | None:
        """Put an item's event to the turn it belongs to: by its id, or as a typed text's echo."""
        item_id = event.inner("item").get("id") or event.get("item_id")
        turn = self._items.get(item_id) if isinstance(item_id, str) else None
        typed = event.type.endswith(".created") and event.inner("item").get("role") == "user"
        if turn is None and typed:
            if self._messages:
                self._messages.append(event)
            elif self._waiting:
                turn = self._waiting[-1]
        return self._add(turn, event)

    def _committed(self, event: Event) -> Open:
        asked = self._committing
        turn = asked.pop(0) if asked else self._open(self._uncommitted.take())
        self._uncommitted.speaking = False
        self.commits, self.last_committed = self.commits + 1, turn
        self._turns.step(turn, Step.COMMITTED)
        turn.item_id, turn.committed_at = str(event.get("item_id")), event.at
        self._items[turn.item_id] = turn
        return self._with(turn, event)

    def _answer(self, event: Event) -> Open:
        response_id = response_id_of(event) or ""
        turn = self._responses.get(response_id) or self._answered(event)
        self._with(turn, event)
        if is_call(event):
            turn.calls += 1
        elif event.type == "response.done" and turn.response_id == response_id:
            completed = event.inner("response").get("status") == "completed"
            calls = completed and turn.unanswered_calls > 0
            self._turns.end_answer(turn)
            self._turns.step(turn, Step.CALLED if calls else Step.DONE)
        return turn

    def _answered(self, event: Event) -> Open:
        """The turn a new answer belongs to."""
        response_id = response_id_of(event) or ""
        turn = self._waiting.pop(0) if self._waiting else self._turns.unanswered
        turn = turn or self._open([], asked=False)
        self._turns.begin_answer(turn, response_id)
        self._responses[response_id] = turn
        return turn

    def _error(self, event: Event) -> Open | None:
        self._update_answered = True
        turn = self.current
        if turn is None:
            self._uncommitted.errors.append(event)
        elif turn.takes(Step.REFUSED) and not is_harmless(event) and not turn.outlives_refusal:
            self._end(turn, Step.REFUSED)
        return self._add(turn, event)

    # -- local marks -------------------------------------------------------------------------

    def _marked(self, event: Event) -> Open | None:
        if event.type == OPENED:
            self._begin_anew()
        if event.type == ROUND_TRIP:
            self.round_trip = event.get("seconds")
        turn = self._turns.numbered(event.get("turn"))
        if turn is None and event.type == ENDED and event.get("turn") == self.next_number:
            turn = self._open(self._uncommitted.take_unfinished()) if self.unfinished else None
        if turn is None and event.type == PLAYED:
            turn = self._responses.get(event.get("response_id") or "")
        if turn is not None and event.type == UPLOADED and not self.speaking:
            turn.insert(self._uncommitted.take())
        if turn is not None and event.type == ENDED:
            self._end(turn, Step.ENDED)
        if turn is not None and event.get("fallback"):
            turn.fell_back = True
        return self._add(turn, event)

    def _begin_anew(self) -> None:
        self._echo = {}
        self._uncommitted.forget()
        self._committing, self._waiting, self._messages = [], [], []
        self._responses, self._items = {}, {}
        self._turns.end_all()

    # -- what there is -----------------------------------------------------------------------

    @property
    def opened(self) -> list[Open]:
        """Every turn so far, oldest first; with ``keep="nothing"`` the last few."""
        return self._turns.every

    @property
    def uncommitted(self) -> list[Event]:
        """Appends and speech marks that are in no turn yet."""
        return self._uncommitted.events

    @property
    def speaking(self) -> bool:
        """Whether server VAD hears somebody: between speech_started and the commit it leads to."""
        return self._uncommitted.speaking

    @property
    def config(self) -> dict[str, Any]:
        """The configuration last echoed; empty while an update waits for what is said to it."""
        return self._echo if self._update_answered else {}

    def of_response(self, id: str) -> Open | None:
        """The turn a response belongs to, or None."""
        return self._responses.get(id)

    def of_item(self, id: str) -> Open | None:
        """The turn in which the person said an item, or None."""
        return self._items.get(id)

    @property
    def next_number(self) -> int:
        """The number of the turn that will be opened next."""
        return self._turns.next_number

    @property
    def unfinished(self) -> list[Event]:
        """What was sent and not committed, also where it was cleared last."""
        return self._uncommitted.unfinished

    @property
    def current(self) -> Open | None:
        """The newest turn that is not over, or None."""
        return self._turns.current

    @property
    def answering(self) -> Open | None:
        """The turn whose answer is coming in (of several, the last to begin), or None."""
        return self._turns.answering

    @property
    def awaits_outputs(self) -> Open | None:
        """The turn that waits for the output of a call (of several, the last), or None."""
        return self._turns.awaits_outputs

    @property
    def awaiting(self) -> Sequence[Open]:
        """The turns that asked for an answer which has not begun, oldest first."""
        return tuple(self._waiting)

    def partial(self) -> Turn:
        """What has arrived for the turn at hand, as a Turn, even before it was committed."""
        if self.current is not None:
            return self.current.turn
        return self.said_so_far

    @property
    def said_so_far(self) -> Turn:
        """What was sent and is not committed, as a Turn, with the errors that came meanwhile."""
        return Turn(
            (*self._uncommitted.events, *self._uncommitted.errors),
            peer=self.context.peer,
            model=self.context.model,
            switches=self.context.switches,
            network=self.context.network,
            round_trip=self.round_trip,
            requested=self.asked,
            config=self.config,
        )

    def _open(self, events: list[Event], *, asked: bool = True) -> Open:
        turn = Open(
            self.context, self.next_number, asked=asked, requested=self.asked, config=self.config
        )
        turn.events += events
        if self.opened:
            self.opened[-1].break_into([event for event in events if event.type == APPEND])
        self._uncommitted.errors = []
        self._turns.add(turn)
        if self.context.keep == "nothing":
            self._let_go()
        return turn

    def _let_go(self) -> None:
        """Hold the last few turns only."""
        for gone in self._turns.let_go():
            self._responses = {id: t for id, t in self._responses.items() if t is not gone}
            self._items = {id: t for id, t in self._items.items() if t is not gone}
            self._committing = [t for t in self._committing if t is not gone]

    def _end(self, turn: Open, step: Step) -> None:
        self._turns.step(turn, step)
        self._committing = [t for t in self._committing if t is not turn]
        self._waiting = [t for t in self._waiting if t is not turn]

    def _with(self, turn: Open, event: Event) -> Open:
        turn.add(event, round_trip=self.round_trip)
        return turn

    def _add(self, turn: Open | None, event: Event) -> Open | None:
        return None if turn is None else self._with(turn, event)


def folded(
    events: Sequence[Event],
    *,
    peer: str = "?",
    model: str = "?",
    switches: str = "",
    network: str = "",
) -> Fold:
    """A whole trace."""
    fold = Fold(peer=peer, model=model, switches=switches, network=network)
    for event in events:
        fold.feed(event)
    return fold


def fold_turns(
    events: Sequence[Event],
    *,
    peer: str = "?",
    model: str = "?",
    switches: str = "",
    network: str = "",
) -> Turns:
    """The turns of a whole trace, those that never ended included."""
    fold = folded(events, peer=peer, model=model, switches=switches, network=network)
    return Turns([turn.turn for turn in fold.opened])
