"""The fold alone on random walks: whatever comes, in whatever order, it makes turns of it."""

from __future__ import annotations

from random import Random

import pytest

from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import ENDED, OPENED, PLAYED, ROUND_TRIP, SAID
from glmkit.turns.fold import Fold, fold_turns
from glmkit.turns.open_turn import Open
from tests.hostile.drawn_events import (
    ANSWERS,
    CLIENT,
    IDS,
    SERVER,
    batches,
    event,
    failing,
    one,
    random_of,
)

SEEDS = batches(2_500, ordinary=10_000)
LONGEST = 30  # events
_MARKS = (OPENED, SAID, ENDED, PLAYED, ROUND_TRIP)


@pytest.mark.slow
@pytest.mark.parametrize("seeds", SEEDS)
def test_random_walks_fold_into_turns(seeds: range) -> None:
    """No exception; the same turns again; a turn keeps its number, and each event comes once."""
    walks = {seed: _walk(random_of("fold", seed)) for seed in seeds}
    found = {seed: _folded(events) for seed, events in walks.items()}
    failures = {seed: f"{what}\n{walks[seed]}" for seed, what in found.items() if what}
    if failures:
        pytest.fail(failing(failures, "random_walks"), pytrace=False)


def _walk(random: Random) -> list[Event]:
    """Events both ways and local marks, a little apart."""
    return [_step(random, number / 10) for number in range(random.randrange(LONGEST))]


def _step(random: Random, at: float) -> Event:
    way = one(random, (5, "answer"), (3, "server"), (4, "client"), (1, "local"))
    if way == "local":
        mark = {"turn": random.choice((None, -1, 0, 1, 2, 99)), "reason": "timeout", "seconds": 0.1}
        fields = {**mark, "response_id": random.choice(IDS)}
        return Event(random.choice(_MARKS), fields, direction="local", at=at)
    drawn = event(random, {"answer": ANSWERS, "server": SERVER, "client": CLIENT}[way])
    direction = "client" if way == "client" else "server"
    return Event(str(drawn.get("type", "unreadable")), drawn, direction=direction, at=at)


def _folded(events: list[Event]) -> str:
    """What is wrong with the turns of a walk, or nothing."""
    fold, numbered = Fold(), list[Open]()
    try:
        for each in events:
            fold.feed(each)
            if fold.opened[: len(numbered)] != numbered:
                return "a turn has moved"
            numbered = list(fold.opened)
        turns = [each.turn for each in fold.opened]
        if turns != fold_turns(events):
            return "folded again it is not the same"
        kept = [each for turn in turns for each in turn.events]
        # speech interrupts one turn and begins another: those marks are of both
        once = [id(each) for each in kept if ".speech_" not in each.type]
        return "" if len(once) == len(set(once)) else "an event is in two turns"
    except Exception as error:  # noqa: BLE001 - none of them should be here
        return repr(error)
