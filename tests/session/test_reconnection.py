"""Connections that break: what the next one is told, when it is opened, and when it is not."""

from __future__ import annotations

import _thread
import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

import glmkit as glm
from glmkit.errors import BadArgument, Closed, Disconnected, Rejected
from glmkit.protocol.event_kinds import OPENED
from glmkit.session.asyncio_session import Session
from glmkit.session.blocking.background_loop import loop_thread
from tests.breaking_service import NAMED, OWN, Service, connecting, serving
from tests.listed import check_each
from tests.odd_server import KEY, QUICK


async def broken(session: Session, service: Service) -> None:
    """A break in the middle of a turn."""
    service.break_once("response.create")
    with pytest.raises(Disconnected) as caught:
        await session.ask("And then?")
    assert caught.value.turn.user_transcript == "And then?"


def remembered(session: Session) -> list[int | None]:
    return [event.get("remembered") for event in session.trace.select(OPENED)]


async def test_a_reset_that_remembers_tells_what_was_said(capsys: Any) -> None:
    """In the instructions, without the history of before; settings and config stay one's own."""
    async with serving() as service, connecting(service, greeting="Welcome!") as session:
        await session.ask("My name is Anna.")
        await session.reset(remember=True)
        await session.ask("I am twelve.")
        await session.reset(remember=True)
        await session.update(voice="xiaochen")
        first, second, third = service.sessions
        for each in (second, third, service.updates[-1]):
            assert each["instructions"].startswith(OWN)
            assert each["instructions"].endswith(OWN)
            assert each["instructions"].count("My name is Anna.") == 1
            assert "greeting_config" not in each
        assert third["instructions"].count("I am twelve.") == 1
        assert {**second, "instructions": 0} == {
            name: value for name, value in {**first, "instructions": 0}.items()
            if name != "greeting_config"
        }  # fmt: skip
        assert session.settings.instructions == session.config["instructions"] == OWN
        assert remembered(session) == [None, 1, 2]
        assert session.cost.turns == 2
    assert capsys.readouterr().out.count("told in its instructions") == 2


async def test_a_reset_forgets_and_says_so(capsys: Any) -> None:
    """Also for the resets after it; and it says nothing where there was nothing to forget."""
    async with serving() as service, connecting(service) as session:
        await session.reset()
        assert capsys.readouterr().out == ""
        await session.ask("My name is Anna.")
        await session.reset()
        assert "remembers nothing" in capsys.readouterr().out
        await session.reset(remember=True)
        assert [each["instructions"] for each in service.sessions] == [OWN] * 4
        assert remembered(session) == [None, 0, 0, 0]


@pytest.mark.parametrize("remember", [True, False])
async def test_a_broken_connection_is_replaced_when_it_is_needed(
    remember: bool, capsys: Any, tmp_path: Any
) -> None:
    """The turn that was under way ends with what arrived; the next one works, and sends itself."""
    async with serving() as service:
        async with connecting(service, reconnect=2, remember=remember) as session:
            await session.ask("My name is Anna.")
            await broken(session, service)
            await asyncio.sleep(0.05)
            assert len(service.sessions) == 1  # nobody needs one yet
            assert not session.closed
            assert (await session.ask("Who am I?")).transcript == NAMED
            told = service.sessions[-1]["instructions"]
            assert ("My name is Anna." in told) == remember
            assert remembered(session) == [None, 2 if remember else 0]
            assert [turn.status for turn in session.turns] == [
                "completed", "disconnected", "completed",
            ]  # fmt: skip
            said = capsys.readouterr().out
            assert said.count("The connection had ended (1006") == 1
            assert ("remembers nothing" in said) != remember
            path = await session.save(tmp_path / "x.glm")
    assert [e.get("remembered") for e in glm.Trace.load(path).select(OPENED)] == (
        [None, 2 if remember else 0]
    )


@pytest.mark.slow
async def test_whatever_needs_the_line_has_it_mended() -> None:
    """Not only turns."""

    async def stream(session: Session) -> None:
        async for _ in session.stream(glm.Clip.tone(300, 0.3), speed=None):
            pass

    needs: list[Callable[[Session], Any]] = [
        lambda session: session.update(voice="xiaochen"),
        lambda session: session.send("input_audio_buffer.clear"),
        lambda session: session.respond(),
        stream,
    ]
    async with serving() as service, connecting(service, reconnect=1) as session:
        for number, need in enumerate(needs, 2):
            await broken(session, service)
            await need(session)
            assert len(service.sessions) == number


async def test_without_reconnect_it_stays_broken() -> None:
    """And the error says what would have bridged it."""
    async with serving() as service, connecting(service) as session:
        await broken(session, service)
        for _ in range(2):
            with pytest.raises(Disconnected, match=r"connect\(reconnect=3, remember=True\)"):
                await session.ask("hi")
        assert session.closed
        assert len(service.sessions) == 1


async def test_attempts_have_an_end() -> None:
    """So many, then Disconnected with the reason, and no more until a reset."""
    async with serving() as service, connecting(service, reconnect=2) as session:
        await broken(session, service)
        service.break_at = lambda kind: kind == "session.update"
        before = len(service.sounds)
        with pytest.raises(Disconnected, match=r"attempts: 2"):
            await session.ask("hi")
        assert len(service.sounds) == before + 2
        assert session.closed
        with pytest.raises(Disconnected):
            await session.ask("hi")
        assert len(service.sounds) == before + 2
        service.break_at = lambda kind: False
        await session.reset(remember=True)
        assert (await session.ask("hi")).transcript == NAMED


async def test_what_would_come_again_is_not_tried_again() -> None:
    """An account without money, a model that is not there."""
    async with serving() as service, connecting(service, reconnect=5) as session:
        await broken(session, service)
        service.refuse, before = "1113", len(service.sounds)
        with pytest.raises(Rejected, match="1113"):
            await session.ask("hi")
        assert len(service.sounds) == before + 1


async def test_closing_ends_the_waiting_at_once() -> None:
    """Whoever waits for a new connection is told that the session is closed."""
    async with serving() as service, connecting(service, reconnect=1000) as session:
        await broken(session, service)
        service.break_at = lambda kind: kind == "session.update"
        waiting = asyncio.create_task(session.ask("hi"))
        while len(service.sounds) < 3:
            await asyncio.sleep(0.01)
        async with asyncio.timeout(5):
            await session.close()
            with pytest.raises(Closed):
                await waiting
        tried = len(service.sounds)
        with pytest.raises(Closed):
            await session.ask("hi")
        assert session.closed
        assert len(service.sounds) <= tried + 1


async def test_all_attempts_together_have_a_deadline() -> None:
    """``Waits.reconnect``, however many there may be; cancelling ends them, too."""
    waits = glm.Waits(reconnect=0.3, transcript=0.1, clean_up=0.2)
    async with serving() as service:
        async with connecting(service, reconnect=1000, waits=waits) as session:
            await broken(session, service)
            service.mute, asking = True, asyncio.create_task(session.ask("hi"))
            while not service.updates[1:]:
                await asyncio.sleep(0.01)
            asking.cancel()
            with suppress(asyncio.CancelledError):
                await asking
            assert not session.closed  # it was only interrupted
            service.mute, service.break_at = False, lambda kind: kind == "session.update"
            async with asyncio.timeout(5):
                with pytest.raises(Disconnected):
                    await session.ask("hi")


@pytest.mark.slow
def test_a_cell_that_waits_for_a_new_connection_can_be_interrupted() -> None:
    """And closed from another thread; the next call, or a reset, goes on."""
    serves = serving()
    service = loop_thread().carry(serves.__aenter__())
    session = glm.connect(service.url, api_key=KEY, reconnect=1000, waits=QUICK)
    try:
        for end in (_thread.interrupt_main, session.close):
            service.break_once("response.create")
            with pytest.raises(Disconnected):
                session.ask("hi")
            service.break_at = lambda kind: kind == "session.update"
            threading.Timer(0.5, end).start()
            with pytest.raises((KeyboardInterrupt, Closed)):
                session.ask("hi")
            service.break_at = lambda kind: False
            if end == session.close:
                session.reset(remember=True)
            assert session.ask("hi").transcript == NAMED
    finally:
        session.close()
        loop_thread().carry(serves.__aexit__(None, None, None))


def test_odd_numbers_are_refused() -> None:
    """Before anything is sent."""

    def check(options: dict[str, Any]) -> None:
        with pytest.raises(BadArgument, match=next(iter(options))):
            glm.connect("emulator", **options)

    wrong = [{"reconnect": odd} for odd in (-1, 1.5, "2", True, None)]
    check_each(check, [(each,) for each in (*wrong, {"remember": 1}, {"remember": None})])
