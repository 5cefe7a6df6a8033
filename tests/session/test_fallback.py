"""``fallback="commit"``: what server VAD leaves undone is done, said, and never done twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection

import glmkit as glm
from glmkit import aio
from glmkit.emulator.launch import Emulator
from glmkit.errors import BadArgument, Disconnected, GlmWarning, NeverEnded, NoSpeech, ServiceError
from glmkit.session.open_microphone import answer_now, live
from tests.bare import KEY, running
from tests.listed import check_each
from tests.odd_server import Answer, answered, talking, tell

VAD = {"type": "server_vad", "silence_duration_ms": 100}
SPEECH = glm.Clip.silence(0.3) + glm.Clip.tone(200, 0.5) + glm.Clip.silence(0.2)
SPOKEN = glm.sample("joke_zh")


def waits(*, vain: bool = False) -> glm.Waits:
    """Short where it is ``vain`` to wait; else a busy machine gets its time."""
    return glm.Waits(fallback=0.2, after_fallback=0.5 if vain else 20, transcript=0.1)


TOLD = pytest.mark.filterwarnings("ignore:server VAD did not end")


async def begin(socket: ServerConnection, event: dict[str, Any]) -> None:
    """Hear speech begin with the first append."""
    if not hasattr(socket, "heard"):
        socket.heard = True  # type: ignore[attr-defined]
        await tell(socket, "input_audio_buffer.speech_started")


async def take(socket: ServerConnection, event: dict[str, Any]) -> None:
    await tell(socket, "input_audio_buffer.speech_stopped")
    await tell(socket, "input_audio_buffer.committed", item_id="i")


async def answer(socket: ServerConnection, event: dict[str, Any]) -> None:
    await answered(socket, "r", "Hello")


async def take_and_answer(socket: ServerConnection, event: dict[str, Any]) -> None:
    await take(socket, event)
    await answer(socket, event)


async def take_and_answer_late(socket: ServerConnection, event: dict[str, Any]) -> None:
    """The end of the turn was on its way when the commit came, which is then one too many."""
    await take(socket, event)
    await refuse(socket, event)
    await answer(socket, event)


async def refuse(socket: ServerConnection, event: dict[str, Any]) -> None:
    await tell(socket, "error", error={"code": "1214", "message": "nothing to commit"})


async def clear(socket: ServerConnection, event: dict[str, Any]) -> None:
    await tell(socket, "input_audio_buffer.cleared")


HEARD: dict[str, Answer] = {"input_audio_buffer.append": begin, "input_audio_buffer.clear": clear}
COMMIT, CREATE = "input_audio_buffer.commit", "response.create"
QUIET = glm.Clip.silence(1)
#: What the service does with a commit, and the rest: (answers, session, clip), and what comes of
#: it: (status, requests for an answer, the first finding).
CASES: dict[str, tuple[dict[str, Answer], Any, glm.Clip, tuple[str, int, str]]] = {
    "answers itself": (
        *({**HEARD, COMMIT: take_and_answer}, VAD, SPEECH),
        ("completed", 0, "vad_never_ended"),
    ),
    "had ended it already": (
        *({**HEARD, COMMIT: take_and_answer_late}, VAD, SPEECH),
        ("completed", 0, "error_code"),
    ),
    "waits to be asked": (
        *({**HEARD, COMMIT: take, CREATE: answer}, VAD, SPEECH),
        ("completed", 1, "vad_never_ended"),
    ),
    "is not to answer": (
        *({**HEARD, COMMIT: take}, {**VAD, "create_response": False}, SPEECH),
        ("unanswered", 0, "vad_never_ended"),
    ),
    "never answers": (
        *({**HEARD, COMMIT: take}, VAD, SPEECH),
        ("vad_never_ended", 1, "vad_never_ended"),
    ),
    "ignores it": ((HEARD, VAD, SPEECH, ("vad_never_ended", 0, "vad_never_ended"))),
    "refuses it": (
        *({**HEARD, COMMIT: refuse}, VAD, SPEECH),
        ("vad_never_ended", 0, "error_code"),
    ),
    "heard nothing, and takes it": (
        *({COMMIT: take_and_answer}, VAD, SPEECH),
        ("completed", 0, "vad_never_began"),
    ),
    "heard nothing, and refuses it": (
        *({COMMIT: refuse, "input_audio_buffer.clear": clear}, VAD, SPEECH),
        ("no_speech", 0, "error_code"),
    ),
    "heard nothing in a silence": (
        *({"input_audio_buffer.clear": clear, COMMIT: take_and_answer}, VAD, QUIET),
        ("no_speech", 0, "vad_never_began"),
    ),
}
ENDED_IN = {"vad_never_ended": NeverEnded, "no_speech": NoSpeech}


@pytest.mark.slow
@TOLD
def test_a_commit_in_server_vads_place_ends_in_an_answer_or_in_words(tmp_path: Path) -> None:
    """Asked for only what was taken; the mark stays in the recording, and explains itself."""

    async def check(name: str) -> None:
        answers, vad, clip, (status, asked, finding) = CASES[name]
        async with talking(answers, vad=vad) as session:
            error = None
            try:
                await session.say(clip, speed=None, timeout=5, fallback="commit")
            except ServiceError as raised:
                error = raised
            await session.save(tmp_path / "s.glm")
        [turn] = session.turns if status != "unanswered" else session.trace.turns()
        assert turn.status == (status if status != "unanswered" else "in_progress")
        assert type(error) is ENDED_IN.get(status, type(None))
        sent = [event.type for event in session.trace.select(direction="client")]
        assert (sent.count(CREATE), sent.count(COMMIT)) == (asked, clip is not QUIET)
        assert turn.fallback == (None if clip is QUIET else "commit")
        assert turn.explain().names[0] == finding
        assert not [found for found in turn.explain().names if found.endswith("_server_vad")]
        if error is not None:
            assert error.turn == turn
            assert "input_audio_buffer.clear" in sent or asked
            assert glm.explain(error).names[0].startswith("vad_never_")
            assert "vad='client'" in str(error)
        assert glm.Trace.load(tmp_path / "s.glm").turns()[0].fallback == turn.fallback

    check_each(lambda name: asyncio.run(check(name)), [(name,) for name in CASES])


async def test_a_connection_that_ends_meanwhile_is_what_ended_the_turn() -> None:
    """Not server VAD."""

    async def hang_up(socket: ServerConnection, event: dict[str, Any]) -> None:
        socket.transport.abort()

    async with talking({**HEARD, COMMIT: hang_up}, vad=VAD) as session:
        with pytest.raises(Disconnected):
            await session.say(SPEECH, speed=None, fallback="commit")
    assert [turn.status for turn in session.turns] == ["disconnected"]


#: What a commit does to a server VAD that is deaf, and how a turn then ends.
FREED = {"finish": "completed", "ignore": "vad_never_ended", "error": "vad_never_ended"}


@TOLD
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:with tools")
@pytest.mark.parametrize("commit", FREED)
async def test_a_deaf_server_vad_is_freed_where_a_commit_does(commit: str) -> None:
    """Whatever became of it, the session goes on; where server VAD hears, nothing is committed."""
    brief = waits(vain=commit == "ignore")
    async with running(
        faults=["vad_deaf=always,times=1"], commit_under_server_vad=commit
    ) as server:
        async with aio.connect(server.url, api_key=KEY, vad="server", waits=brief) as session:
            with suppress(NeverEnded):
                await session.say(SPOKEN, speed=None, fallback="commit")
            assert (await session.say(SPOKEN, speed=None)).fallback is None
    assert [turn.status for turn in session.turns] == [FREED[commit], "completed"]
    assert len(session.trace.select(COMMIT, direction="client")) == 1
    assert session.turns[0].fallback == "commit"
    assert session.turns[:] == session.trace.turns()


@pytest.mark.long
def test_both_faces_say_once_that_they_fell_back() -> None:
    """say and stream, in a session of cells; the second time nothing is said."""
    with Emulator.start(faults=("vad_deaf=always",)) as server:
        with glm.connect(
            server.url, api_key=server.key, vad="server", waits=waits(), keep="events"
        ) as session:
            with pytest.warns(GlmWarning, match="this side committed it instead"):
                turn = session.say(SPOKEN, speed=None, fallback="commit")
            assert list(session.stream(SPOKEN, speed=None, fallback="commit"))
    assert [turn.fallback for turn in session.turns] == ["commit", "commit"]
    late = {"late_first_audio"}  # a busy machine is
    assert {*turn.explain().names} - late == {"vad_never_ended"}
    assert "committed here" in str(turn._repr_mimebundle_()["text/html"])


async def test_under_client_vad_it_means_nothing_and_other_words_are_refused() -> None:
    """There this side commits anyway; what is no fallback is refused before anything is sent."""
    async with talking({COMMIT: take, CREATE: answer}) as session:
        turn = await session.say(SPEECH, speed=None, fallback="commit")
        assert (turn.status, turn.fallback) == ("completed", None)
        before = len(session.trace)
        for wrong in ("clear", "", True, 5.0):
            with pytest.raises(BadArgument, match="fallback"):
                await session.say(SPEECH, speed=None, fallback=wrong)  # type: ignore[arg-type]
        assert len(session.trace) == before


async def microphone(clip: glm.Clip, closed: asyncio.Event) -> AsyncIterator[glm.Clip]:
    """A clip, and silence for as long as it is open."""
    for chunk in clip.chunks(100):
        yield glm.Clip.from_pcm(chunk, 16_000)
    while not closed.is_set():
        yield glm.Clip.silence(0.02)
        await asyncio.sleep(0.02)


@pytest.mark.slow
@pytest.mark.parametrize("commit", FREED)
async def test_an_open_microphone_is_answered_now(commit: str) -> None:
    """When asked to, once for each time somebody speaks; then the microphone goes on."""
    closed, brief = asyncio.Event(), waits(vain=commit == "ignore")
    async with running(
        faults=["vad_deaf=always,times=1"], commit_under_server_vad=commit
    ) as server:
        async with aio.connect(server.url, api_key=KEY, vad="server", waits=brief) as session:
            await answer_now(session)  # where nothing goes on, it does nothing
            open_one = asyncio.create_task(live(session, microphone(SPOKEN, closed)))
            await session.line.until(lambda: session.fold.speaking, within=5)
            while session.fold.appends < 10 * SPOKEN.seconds + 10:  # what is said is over
                await asyncio.sleep(0.02)
            with suppress(NeverEnded):
                await answer_now(session)
            await answer_now(session)
            await session.line.until(lambda: session.turns, within=5)
            closed.set()
            await asyncio.wait_for(open_one, 10)
    [turn] = session.turns
    assert (turn.status, turn.fallback) == (FREED[commit], "commit")
    assert len(session.trace.select(COMMIT, direction="client")) == 1
