"""Limits, places and the meter by themselves: no socket, no clock."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from glmkit.classroom.limits import Limits, OpenHours, Used, denial_of
from glmkit.classroom.places import Places, QueuePlace
from glmkit.classroom.turn_meter import TurnMeter
from glmkit.errors import BadArgument
from glmkit.protocol.event import Event
from tests.bare import SECONDS
from tests.listed import check_each


def test_limits_are_numbers_that_can_be() -> None:
    """Anything else is refused before a class begins."""

    def check(name: str, found: Any) -> None:
        with pytest.raises(BadArgument, match=name):
            Limits(**{name: found})

    check_each(
        check,
        [
            (name, found)
            for name in ("yuan", "minutes", "turns")
            for found in (-1, float("nan"), "5", True, [], 10**30)
        ]
        + [("turns", 2.5)],
    )
    with pytest.raises(BadArgument, match="is no time"):
        OpenHours(begins=2.0, ends=1.0)


def test_the_seats_own_limit_is_named_first() -> None:
    """And a stop before any limit."""
    none, one = Limits(), Limits(turns=1)
    used = {"used": Used(turns=1), "used_by_all": Used(turns=1)}
    both = denial_of(seat=one, whole=one, stopped=None, **used)
    assert both is not None
    assert both.code == "class_seat_turns"
    assert denial_of(seat=none, whole=none, stopped=None, **used) is None
    stopped = denial_of(seat=one, whole=one, stopped="seat", **used)
    assert stopped is not None
    assert stopped.code == "class_stopped"


async def test_places_are_given_in_order_and_told() -> None:
    """Least served first; each is told where it stands, and how long that takes once known."""
    places, told = Places(1), dict[str, list[QueuePlace]]()

    def take(seat: str, served: float) -> asyncio.Task[float]:
        seen = told.setdefault(seat, [])
        waiting = places.take(seat, served=served, told=seen.append, within=SECONDS)
        return asyncio.create_task(waiting)

    await take("a", 0.0)
    assert await take("a", 0.0) == 0  # it has one
    much, little = take("b", 50.0), take("c", 1.0)
    await asyncio.sleep(0)
    assert [each.before for each in told["b"]] == [0, 1]
    places.give_back("a")
    await asyncio.wait_for(little, SECONDS)
    assert (places.holds("c"), much.done()) == (True, False)
    assert told["b"][-1].before == 0
    assert told["b"][-1].seconds is not None
    places.give_back("c")
    places.give_back("c")
    assert await asyncio.wait_for(much, SECONDS) > 0
    assert places.taken == 1


async def test_who_gives_up_waiting_leaves_the_queue() -> None:
    """After its patience, or where it is cancelled, also in the moment of being served."""
    places = Places(1)
    await places.take("a", served=0, told=lambda place: None, within=1)
    with pytest.raises(TimeoutError):
        await places.take("b", served=0, told=lambda place: None, within=0.01)
    leaving = asyncio.create_task(places.take("c", served=0, told=lambda p: None, within=SECONDS))
    await asyncio.sleep(0)
    places.give_back("a")
    leaving.cancel()
    await asyncio.wait([leaving])
    assert (places.taken, places.somebody_waits) == (0, False)


def _said(*events: str | dict[str, Any], server_vad: bool = False) -> tuple[TurnMeter, list[str]]:
    """A meter that was fed these events (``>`` sent), and which of them were turns."""
    meter, turns = TurnMeter(), list[str]()
    kind = "server_vad" if server_vad else "client_vad"
    session = {"model": "glm-realtime-flash", "turn_detection": {"type": kind}}
    meter.client(Event("session.update", {"session": session}))
    for each in events:
        data = each if isinstance(each, dict) else {"type": each}
        event = Event(data["type"], data)
        sent = event.direction == "client"
        if (meter.client if sent else meter.server)(event):
            turns.append(event.type)
    return meter, turns


APPEND = {"type": "input_audio_buffer.append", "audio": "AAAA" * 8_000}  # 24,000 bytes, 0.75 s
OUTPUT = {"type": "conversation.item.create", "item": {"type": "function_call_output"}}
CALL = "response.function_call_arguments.done"


def test_a_turn_counts_when_its_answer_is_asked_for() -> None:
    """Not a commit alone, not an answer to a tool's output; the service's commit under its VAD."""
    commit, create, done = "input_audio_buffer.commit", "response.create", "response.done"
    _, turns = _said(APPEND, commit, create, done, create, CALL, done, OUTPUT, create, done)
    assert turns == [create, create]
    committed = "input_audio_buffer.committed"
    _, turns = _said(APPEND, committed, done, server_vad=True)
    assert turns == [committed]


def test_what_was_begun_may_be_finished() -> None:
    """A limit strikes where something would begin, and nowhere else."""
    meter, _ = _said(APPEND)
    assert not meter.begins(Event("input_audio_buffer.commit"))
    assert not meter.begins(Event("response.create"))
    meter, _ = _said(APPEND, "response.create", CALL, "response.done", OUTPUT)
    assert not meter.begins(Event("response.create"))
    assert meter.begins(Event(APPEND["type"], APPEND))
    greeting = {"session": {"greeting_config": {"enable": True}}}
    assert meter.begins(Event("session.update", greeting))
    assert not meter.begins(Event("session.update", {"session": {}}))
    meter, _ = _said("input_audio_buffer.speech_started", server_vad=True)
    assert not meter.begins(Event(APPEND["type"], APPEND))


def test_sound_is_counted_by_its_size() -> None:
    """Both ways, in seconds, and in the price of its model."""
    delta = {"type": "response.audio.delta", "delta": "AAAA" * 16_000}
    meter, _ = _said(APPEND, "response.create", delta, "response.done")
    used = meter.take()
    assert (used.sent, used.received) == (0.75, 1.0)
    assert used.yuan == pytest.approx(1.75 / 60 * 0.18)
    assert meter.take() == Used()
    assert meter.idle
