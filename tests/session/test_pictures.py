"""Pictures go with whatever is said next; where one is missing, nothing is sent."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

import glmkit as glm
from glmkit import events
from glmkit.aio import Session
from glmkit.auth import Key
from glmkit.emulator.options import Options
from glmkit.emulator.server.running import serve
from glmkit.errors import BadState, GlmWarning, NoSpeech
from glmkit.media.kit_samples import picture_path
from glmkit.media.pictures import jpeg_frame
from glmkit.protocol.event_kinds import VIDEO_FRAME
from glmkit.session.open_microphone import live
from tests.listed import check_each

Way = Callable[[Session], Awaitable[object]]
KEY = Key.random()
HELLO = glm.sample("hello_en")


@asynccontextmanager
async def connected(**options: Any) -> AsyncIterator[Session]:
    """A session that answers in writing, at once."""
    async with await serve(Options(key=KEY, pace=0)) as server:
        given = {"modalities": ["text"], "waits": glm.Waits(no_speech=2, late_segment=0.1)}
        async with glm.aio.connect(server.url, api_key=KEY, **given, **options) as session:
            yield session


@pytest.fixture
async def session() -> AsyncIterator[Session]:
    async with connected() as opened:
        yield opened


def sent(session: Session) -> list[str]:
    """What was sent after the newest configuration."""
    found = [e.type for e in session.trace if e.direction == "client"]
    return found[len(found) - found[::-1].index("session.update") :]


async def _say(session: Session) -> None:
    await session.say(HELLO, speed=None)


async def _ask(session: Session) -> None:
    await session.ask("What do you see?")


async def _respond(session: Session) -> None:
    await session.respond()


async def _written_by_hand(session: Session) -> None:
    await session.send(events.user_message("What do you see?"))
    await session.respond()


async def _stream(session: Session) -> None:
    async for _ in session.stream(HELLO, speed=None):
        pass


async def _heard(session: Session) -> None:
    await session.update(vad="server")
    await session.say(HELLO, speed=None)


async def _live(session: Session) -> None:
    await session.update(vad="server")
    await live(session, iter([HELLO, glm.Clip.silence(1)]))


WAYS = (_say, _ask, _respond, _written_by_hand, _stream, _heard, _live)


@pytest.mark.slow
def test_a_picture_goes_with_whatever_is_said_next() -> None:
    """Once, before the request; and the service has one from then on."""

    async def shown(way: Way) -> None:
        async with connected() as session:
            await session.show(picture_path("ball"))
            await way(session)
            assert [turn.status for turn in session.turns] == ["completed"]
            assert sent(session).count(VIDEO_FRAME) == 1
            assert not session.trace.select("error")
            await session.ask("And now?")
            assert sent(session).count(VIDEO_FRAME) == 1

    check_each(lambda way: asyncio.run(shown(way)), [(way,) for way in WAYS])


def test_without_a_picture_nothing_is_sent() -> None:
    """It is refused here, in words with what to do."""

    async def missing(way: Way) -> None:
        async with connected() as session:
            await session.ask("Hello")
            await session.update(mode="video_passive")
            with pytest.raises(BadState, match=r"show\(picture\)"):
                await way(session)
            assert {"conversation.item.create"} >= set(sent(session))  # by hand

    check_each(lambda way: asyncio.run(missing(way)), [(way,) for way in WAYS])


async def test_a_picture_sent_by_hand_counts(session: Session) -> None:
    """Whoever sends events knows what is missing."""
    await session.update(mode="video_passive")
    await session.send(events.append_video_frame(jpeg_frame(picture_path("ball"))))
    assert (await session.ask("What do you see?")).status == "completed"


async def test_a_picture_belongs_to_the_typed_question_it_goes_with(session: Session) -> None:
    """It stands first among the turn's events, also where the trace is folded again."""
    await session.show(picture_path("ball"))
    turn = await session.ask("What do you see?")
    sent = [event.type for event in turn.events if event.direction == "client"]
    assert sent == [VIDEO_FRAME, "conversation.item.create", "response.create"]
    assert session.trace.turns()[-1].events == turn.events
    again = await session.ask("And now?")
    assert VIDEO_FRAME not in [event.type for event in again.events]


@pytest.mark.slow
async def test_a_picture_of_a_turn_that_was_given_up_goes_with_the_next(session: Session) -> None:
    """The service drops it with the sound; what it took once is not sent again."""
    await session.update(vad="server")
    await session.show(picture_path("ball"))
    with pytest.raises(NoSpeech):
        await session.say(glm.Clip.silence(0.5), speed=None)
    await session.say(HELLO, speed=None)
    assert sent(session).count(VIDEO_FRAME) == 2
    await session.say(HELLO, speed=None)
    assert sent(session).count(VIDEO_FRAME) == 2
    await session.reset()
    with pytest.raises(BadState, match="nothing was shown"):
        await session.ask("And now?")


async def test_what_waits_outlives_a_reset_but_not_the_video_mode(session: Session) -> None:
    """A new connection is shown it; where there is no video any more, nothing is."""
    await session.show(picture_path("ball"))
    await session.reset()
    await session.ask("What do you see?")
    assert sent(session)[0] == VIDEO_FRAME
    await session.show(picture_path("ball"))
    with pytest.warns(GlmWarning, match="drops the conversation"):
        await session.update(mode="audio")
    await session.ask("What do you see?")
    assert VIDEO_FRAME not in sent(session)


async def test_a_picture_shown_while_sound_goes_up_goes_at_once(session: Session) -> None:
    """Behind the next chunk of a voice that is still speaking."""
    await session.update(mode="video_passive")
    await session.show(picture_path("ball"))

    async def voice() -> AsyncIterator[glm.Clip]:
        yield HELLO
        await session.show(picture_path("ball"))
        yield glm.Clip.silence(0.3)

    turn = await session.say(voice(), speed=None)
    assert turn.status == "completed"
    kinds = [kind for kind, _ in itertools.groupby(sent(session))]
    assert kinds[:4] == ["input_audio_buffer.append", VIDEO_FRAME] * 2


async def test_a_picture_taken_back_in_time_leaves_no_trace(session: Session) -> None:
    """The mode is switched with the picture, not before; tools exclude one at once."""
    before = len(session.trace)
    await session.show_next(picture_path("ball"))
    await session.show_next(picture_path("lamp"))
    for frame in session.pictures.waiting:
        session.take_back(frame)
    assert (len(session.trace), session.settings.mode) == (before, "audio")
    await session.show_next(picture_path("ball"))
    await session.say(HELLO, speed=None)
    assert session.config["beta_fields"]["chat_mode"] == "video_passive"
    assert sent(session)[:2] == ["input_audio_buffer.append", VIDEO_FRAME]
    assert session.pictures.waiting == session.pictures.on_their_way == ()
