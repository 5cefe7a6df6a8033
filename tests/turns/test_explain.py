"""Explanations: every finding is provoked through the emulator, and a good turn has none."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import warnings
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

import numpy as np
import pytest
from websockets.asyncio.server import ServerConnection
from websockets.asyncio.server import serve as serve_websocket
from websockets.http11 import Request, Response

import glmkit as glm
from glmkit import aio
from glmkit.auth import Key, make_token
from glmkit.emulator.options import Options
from glmkit.emulator.server.running import serve
from glmkit.errors import Closed, Disconnected, GlmError, Refused, ServiceError, TurnTimeout
from glmkit.explain import Explanation, explain, fact_and_cure, findings
from glmkit.media.clip import Clip
from glmkit.media.formats import INPUT_FORMATS
from glmkit.protocol.event import Event, stamped
from glmkit.protocol.event_kinds import ENDED_FOR
from glmkit.session.address import Address
from glmkit.session.asyncio_session import Session
from glmkit.session.exchange_end import MARKED_FOR
from glmkit.session.line import Line
from glmkit.session.pacing import Pace, send_paced
from glmkit.session.speech import chunked
from glmkit.session.wire import open_wire
from glmkit.texts import shell_words, text
from glmkit.texts.explain import TEXTS
from glmkit.turns.explain.all_checks import OF_A_TURN
from glmkit.turns.fold import Fold
from glmkit.turns.labels import status_name
from glmkit.turns.trace import Clock, Trace
from glmkit.turns.turn import Turn
from tests.listed import check_each

KEY = Key.random()
JOKE = glm.sample("joke_zh")
PCM = JOKE.to_pcm(16_000)
BRIEF = glm.Waits(no_speech=0.3, transcript=0.2, clean_up=0.3)

Script = Callable[[Session], Awaitable[Any]]
SCRIPTS: dict[str, tuple[dict[str, Any], dict[str, Any], Script]] = {}


def provokes(
    name: str, *, server: dict[str, Any] | None = None, **config: Any
) -> Callable[[Script], Script]:
    """The script provokes finding ``name`` on a session with ``config``."""

    def register(script: Script) -> Script:
        SCRIPTS[name] = (server or {}, config, script)
        return script

    return register


async def pieces(session: Session, sound: bytes, *, chunk: int = 3200, every: float = 0) -> None:
    for start in range(0, len(sound), chunk):
        await session.send(glm.events.append(sound[start : start + chunk]))
        if every:
            await asyncio.sleep(every)


async def over(session: Session, type: str = "response.done") -> None:
    """Wait for an event of this type, errors or not."""
    await session.line.settle(lambda: session.trace.select(type), 20)


async def commit_and_ask(session: Session) -> None:
    await session.send("input_audio_buffer.commit")
    await session.send("response.create")
    await over(session)


@provokes("nothing_committed")
async def _(session: Session) -> None:
    await session.send("input_audio_buffer.commit")
    await over(session, "error")


@provokes("too_short")
async def _(session: Session) -> None:
    await pieces(session, PCM[16_000:17_600])
    await commit_and_ask(session)


@provokes("too_quiet")
async def _(session: Session) -> None:
    await session.say(glm.Clip(JOKE.samples * 0.002, 16_000), speed=None)


@provokes("clipped")
async def _(session: Session) -> None:
    await session.say(glm.Clip(np.clip(JOKE.samples * 40, -1, 1), 16_000), speed=None)


@provokes("other_voices")
async def _(session: Session) -> None:
    await session.say(glm.sample("two_questions_zh").voices(10, seed=1), speed=None)


@provokes("wrong_rate", input_format="wav24")
async def _(session: Session) -> None:
    await session.say(iter([JOKE.to_wav()]), speed=None)


@provokes("pcm16_as_bit_depth")
async def _(session: Session) -> None:
    async def send(chunk: bytes) -> None:
        await session.send(glm.events.append(chunk))

    chunks = chunked(iter(JOKE.chunks(100, "pcm24")), "pcm16", 100)
    await send_paced(chunks, send, Pace(speed=1.5))
    await commit_and_ask(session)


@provokes("broken_wav", input_format="wav24", server={"lenient_wav": True})
async def _(session: Session) -> None:
    await pieces(session, b"RIFF\x00\x00\x00\x00WAVEjunk")
    await pieces(session, JOKE.resample(24_000).to_wav(), chunk=10**6)
    await commit_and_ask(session)


@provokes("headerless_wav", input_format="wav", server={"lenient_wav": True})
async def _(session: Session) -> None:
    await pieces(session, PCM)
    await commit_and_ask(session)


@provokes("wav_under_pcm")
async def _(session: Session) -> None:
    await pieces(session, JOKE.to_wav(), chunk=10**6)
    await commit_and_ask(session)


@provokes("upload_drift")
async def _(session: Session) -> None:
    await pieces(session, PCM, every=0.15)
    await commit_and_ask(session)


@provokes("too_many_appends")
async def _(session: Session) -> None:
    await session.say(JOKE, speed=None, chunk_ms=20)


@provokes("no_trailing_silence", vad="server")
async def _(session: Session) -> None:
    await pieces(session, JOKE[:1.2].to_pcm(16_000))
    await over(session, "input_audio_buffer.speech_started")


@provokes("vad_never_ended", vad="server", server={"faults": ("vad_deaf=always",)})
async def _(session: Session) -> None:
    await session.say(JOKE, speed=None, timeout=1)


@provokes("create_under_server_vad", vad="server")
async def _(session: Session) -> None:
    await pieces(session, PCM + bytes(48_000))
    await over(session, "input_audio_buffer.committed")
    await session.send("response.create")
    await over(session)


@provokes("commit_under_server_vad", vad="server")
async def _(session: Session) -> None:
    await pieces(session, JOKE[:1.2].to_pcm(16_000))
    await over(session, "input_audio_buffer.speech_started")
    await session.send("input_audio_buffer.commit")
    await over(session)


@provokes("response_body")
async def _(session: Session) -> None:
    await pieces(session, PCM)
    await session.send("input_audio_buffer.commit")
    await session.send("response.create", response={"modalities": ["text"]})
    await over(session)


@provokes("video_without_frame", mode="video_passive")
async def _(session: Session) -> None:
    await pieces(session, PCM)
    await session.send("input_audio_buffer.commit")
    await session.send("response.create")
    await over(session, "error")


@provokes("several_segments", vad="server")
async def _(session: Session) -> None:
    await session.say(glm.sample("two_questions_zh"), speed=None)


@provokes("unknown_tool")
async def _(session: Session) -> None:
    weather = {"type": "function", "name": "get_weather", "description": "天气 the weather"}
    place = {"type": "object", "properties": {"city": {"type": "string"}}}
    asked = {**session.settings.session(), "tools": [{**weather, "parameters": place}]}
    await session.send("session.update", session=asked)
    await session.ask("北京的天气怎么样？")


@provokes("interrupted_tool")
async def _(session: Session) -> None:
    asking: list[asyncio.Task[glm.Turn]] = []

    async def get_weather(city: str) -> None:
        """Tells the weather of a city."""
        asking[0].cancel()
        await asyncio.sleep(10)

    session.tool(get_weather)
    asking.append(asyncio.create_task(session.ask("北京的天气怎么样？")))
    await asyncio.wait(asking)


@provokes("rejected_tool_schema")
async def _(session: Session) -> None:
    tool = {"type": "function", "name": "now", "description": "The time."}
    empty = {"type": "object", "properties": {}, "required": []}
    asked = {**session.settings.session(), "tools": [{**tool, "parameters": empty}]}
    await session.send("session.update", session=asked)
    await over(session, "session.updated")
    await session.ask("你好")


@provokes("late_first_audio", server={"faults": ("late_hearing=5.2",)})
async def _(session: Session) -> None:
    await session.say(JOKE, speed=None, timeout=30)


@provokes("vad_never_began", vad="server", waits=BRIEF)
async def _(session: Session) -> None:
    await session.say(glm.Clip.tone(300, 0.5), speed=None)


@provokes("busy", server={"faults": ("late_hearing=2",)}, vad="server", waits=BRIEF)
async def _(session: Session) -> None:
    await session.say(JOKE, speed=None)


@provokes("empty_answer", server={"faults": ("empty_reply",)})
async def _(session: Session) -> None:
    await session.say(JOKE, speed=None)


@provokes("interrupted", server={"pace": 1.0})
async def _(session: Session) -> None:
    saying = asyncio.create_task(session.say(glm.sample("story_zh"), speed=None))
    await over(session, "response.audio_transcript.delta")
    await session.line.settle(lambda: session.trace.select("response.audio.delta"), 1)
    await session.cancel()
    await saying


@provokes("timed_out", server={"faults": ("stall",)})
async def _(session: Session) -> None:
    await session.say(JOKE, speed=None, timeout=0.5)


@provokes("connection_lost", server={"faults": ("cut",)})
async def _(session: Session) -> None:
    await session.say(JOKE, speed=None)


@provokes("not_recognised", server={"transcription": "failed"})
async def _(session: Session) -> None:
    await session.say(JOKE, speed=None)


@provokes("tool_choice")
async def _(session: Session) -> None:
    asked = {**session.settings.session(), "tool_choice": "auto"}
    await session.send("session.update", session=asked)
    await over(session, "error")


@provokes("flat_beta_fields")
async def _(session: Session) -> None:
    asked = {**session.settings.session(), "chat_mode": "audio"}
    await session.send("session.update", session=asked)
    await over(session, "session.updated")


@provokes("client_heartbeat")
async def _(session: Session) -> None:
    await session.send(Event("heartbeat", direction="client"))
    await over(session, "error")


@provokes("never_committed")
async def _(session: Session) -> None:
    await pieces(session, PCM)


@provokes("near_memory")
async def _(session: Session) -> None:
    for _ in range(5):
        await session.say(glm.Clip.tone(440, 25), speed=None)


@provokes("near_context")
async def _(session: Session) -> None:
    for _ in range(24):
        await session.say(glm.Clip.tone(440, 25), speed=None)


@provokes("unreadable", server={"faults": ("malformed",)})
async def _(session: Session) -> None:
    await session.say(JOKE, speed=None)


@provokes("unknown_events", server={"faults": ("unknown_event",)})
async def _(session: Session) -> None:
    await session.say(JOKE, speed=None)


@provokes("error_code")
async def _(session: Session) -> None:
    await session.send("conversation.item.delete", item_id="no such item")
    await over(session, "error")


# -- provoked by a server that misbehaves on purpose ---------------------------------------

SAID = {"response_id": "r", "output_index": 0, "content_index": 0}


def message(type: str, **fields: Any) -> str:
    return json.dumps({"type": type, **fields})


async def explained_by(
    script: Callable[[ServerConnection], Awaitable[None]],
    act: Script,
    *,
    date: str | None = None,
    api_key: Any = KEY,
    **config: Any,
) -> Explanation:
    """What is found in a session with a bare server that runs ``script`` after each update."""

    async def session_of(connection: ServerConnection) -> None:
        await connection.send(message("session.created", session={"id": "s"}))
        async for words in connection:
            data = json.loads(words)
            if data["type"] == "session.update":
                await connection.send(message("session.updated", session=data["session"]))
                await script(connection)
            elif data["type"] == "response.create":
                await calls(connection)

    def dated(_: ServerConnection, __: Request, response: Response) -> Response:
        if date is not None:
            del response.headers["Date"]
            response.headers["Date"] = date
        return response

    async with serve_websocket(session_of, "127.0.0.1", 0, process_response=dated) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with aio.connect(url, api_key=api_key, **config) as session:
            await act(session)
            return explain(session)


async def nothing(_: Any) -> None:
    """Do nothing."""


numbers = iter(range(10**6))


async def calls(connection: ServerConnection) -> None:
    """Call a tool, whatever was asked."""
    rid = f"r{next(numbers)}"
    await connection.send(message("response.created", response={"id": rid}))
    call = {"name": "again", "arguments": "{}", "response_id": rid}
    await connection.send(message("response.function_call_arguments.done", **call))
    await connection.send(message("response.done", response={"id": rid, "status": "completed"}))


async def speaks_unasked(connection: ServerConnection) -> None:
    await connection.send(message("response.created", response={"id": "r"}))
    await connection.send(message("response.audio_transcript.done", **SAID, transcript="Hello?"))
    await connection.send(message("response.done", response={"id": "r", "status": "completed"}))


async def test_an_answer_nobody_asked_for_is_explained() -> None:
    """A turn with asked=False and no greeting configured."""
    found = await explained_by(speaks_unasked, over)
    assert found.names == ("nobody_asked",)


def turn_of(*events: Event, ending: str = "", apart: float = 0.1) -> Turn:
    """A turn whose events came ``apart`` seconds; ended here with the reason ``ending``."""
    ended = [Event("glmkit.turn_ended", {"turn": 0, "reason": ending}, direction="local")]
    every = [Event("response.create"), *events, *(ended if ending else ())]
    return Turn(tuple(stamped(each, apart * n, each.format) for n, each in enumerate(every)))


def done(status: str, details: Any = None, **more: Any) -> Event:
    response = {"id": "r", "status": status, "status_details": details, **more}
    return Event("response.done", {"response": response})


def failure(error: Any) -> Event:
    return Event("error", {"error": error})


def unheard(code: str) -> Event:
    type = "conversation.item.input_audio_transcription.failed"
    return Event(type, {"error": {"code": code, "message": "\x1b[1mwhy " + "x" * 9_000}})


def sound(delta: Any, format: str = "pcm") -> Event:
    return stamped(Event("response.audio.delta", {"response_id": "r", "delta": delta}), 0, format)


BUSY = {"code": "1305", "message": "later"}
CREATED = Event("response.created", {"response": {"id": "r"}})
NO_REASON = "no error said why"
#: (turn, its first finding, what is said, what is not said)
TURNS = [
    (turn_of(done("failed")), "failed_answer", NO_REASON, "no code came"),
    (turn_of(done("failed", {"type": "failed"})), "failed_answer", NO_REASON, "None"),
    (turn_of(done("failed", {"error": BUSY})), "failed_answer", "1305, later; is busy", NO_REASON),
    (turn_of(done("failed", {"error": "words"})), "failed_answer", "words; try the", NO_REASON),
    (turn_of(done("failed", {"reason": ["odd"]})), "failed_answer", '["odd"]', NO_REASON),
    (turn_of(done("failed", "quota")), "failed_answer", "quota", NO_REASON),
    (turn_of(done("failed", error=BUSY)), "failed_answer", "1305, later; is busy", NO_REASON),
    (turn_of(done("failed", error="1305")), "failed_answer", "1305; is busy", NO_REASON),
    (
        turn_of(done("incomplete", incomplete_details={"reason": "content_filter"})),
        *("failed_answer", "content_filter; in other words", NO_REASON),
    ),
    (
        turn_of(Event("response.done", {**done("failed").data, "error": BUSY})),
        *("failed_answer", "1305, later; is busy", NO_REASON),
    ),
    (turn_of(done("failed", [BUSY])), "failed_answer", "1305, later; is busy", "no explanation"),
    (turn_of(done("failed", [BUSY, BUSY])), "failed_answer", "as failed: 1305, later\n", "{"),
    (
        turn_of(done("failed", {"error": [{"message": "one"}, "two"]})),
        *("failed_answer", "one; two; try the turn", "['"),
    ),
    (
        turn_of(done("failed", {"type": "failed", **BUSY, "code": 1305})),
        *("failed_answer", "1305, later; is busy", NO_REASON),
    ),
    (turn_of(done("failed", {"detail": "quota"})), "failed_answer", "as failed: quota", "no e"),
    (turn_of(done("failed", "failed", error=False)), "failed_answer", NO_REASON, "false"),
    (turn_of(failure(BUSY), done("failed", [BUSY])), "error_code", "later", "as failed"),
    (turn_of(done("overrun", {"reason": "x"})), "failed_answer", "overrun: x", NO_REASON),
    (
        turn_of(done("incomplete", {"reason": "max_output_tokens"})),
        *("failed_answer", "max_output_tokens; raise max_tokens; shorter", NO_REASON),
    ),
    (
        turn_of(done("incomplete", {"reason": "content_filter"})),
        *("failed_answer", "content_filter; in other words", NO_REASON),
    ),
    (turn_of(failure(BUSY), done("failed", {"error": BUSY})), "error_code", "later", NO_REASON),
    (turn_of(failure(BUSY), done("failed", {})), "error_code", "later", NO_REASON),
    (
        turn_of(failure(BUSY), done("incomplete", {"reason": "content_filter"})),
        *("error_code", "later; content_filter", NO_REASON),
    ),
    (turn_of(failure("no object")), "error_code", "error –: no object", "None"),
    (turn_of(Event("error", BUSY)), "error_code", "1305: later; is busy", "–"),
    (
        turn_of(CREATED, ending="timeout", apart=30),
        "timed_out",
        "no sound had come 30.0 s",
        "first sound took",
    ),
    (turn_of(unheard("1305"), done("completed")), "empty_answer", "why x; is busy", "understood"),
    (turn_of(unheard("asr_no_result")), "not_recognised", "understood nothing", "why x"),
    (turn_of(done("completed")), "empty_answer", "text turns were seen", "listen"),
    (
        turn_of(sound("?!"), sound("AAAA"), sound(7), done("completed")),
        "undecodable",
        "2 of 3",
        "empty",
    ),
    (turn_of(sound("AAAA", "mp3"), done("completed")), "undecodable", "1 of 1", "empty"),
]


def test_why_a_turn_ended_is_said_first_and_as_far_as_it_is_known() -> None:
    """The reason in response.done, an error's, or that none was given; never two that differ."""

    def check(turn: Turn, first: str, said: str, unsaid: str) -> None:
        found = explain(turn)
        words = repr(found)
        assert found[0].name == first, found.names
        assert all(part in words for part in said.split("; ")), words
        assert unsaid not in words, words
        assert found[0].cure
        assert "\x1b" not in words
        assert len(words) < 5_000

    check_each(check, TURNS)


@pytest.mark.parametrize("format", INPUT_FORMATS)
def test_silence_is_as_long_as_its_format_makes_it(format: str) -> None:
    """0.60 s after the speech are 0.60 s at 16, 24 and 48 kHz, bare or in WAV files."""
    sound = Clip.tone(220, 1.0) + Clip.silence(0.6)
    trace = Trace(Clock(1.7e9, 0.0), peer="emulator", model="m")
    for number, chunk in enumerate(sound.chunks(100, format)):
        trace.add(stamped(glm.events.append(chunk), number / 10, format))
    trace.add(Event("input_audio_buffer.speech_started", at=2.0))
    [found] = [f for f in explain(trace) if f.name == "no_trailing_silence"]
    assert "only 0.60 s of silence" in found.fact
    for chunk in Clip.silence(1.0).chunks(1000, format):
        trace.add(stamped(glm.events.append(chunk), 2.1, format))
    assert "no_trailing_silence" not in explain(trace).names


@pytest.mark.filterwarnings("ignore::glmkit.errors.GlmWarning")
async def test_a_configuration_that_is_not_what_was_asked_is_explained() -> None:
    """The echo is compared with what was asked, field by field."""

    async def otherwise(connection: ServerConnection) -> None:
        await connection.send(message("session.updated", session={"voice": "another"}))
        await speaks_unasked(connection)

    found = await explained_by(otherwise, over)
    assert "voice is 'another' at the service, but 'tongtong' was asked" in repr(found)


async def test_endless_calls_are_stopped_and_explained() -> None:
    """After eight rounds of calls the turn ends, and says why."""

    def again() -> str:
        """Does it again."""
        return "more"

    async def ask(session: Session) -> None:
        await session.ask("go")

    found = await explained_by(nothing, ask, tools=[again])
    assert "too_many_rounds" in found.names


async def test_a_clock_that_is_off_is_explained() -> None:
    """The server's Date header against this computer's clock."""
    found = await explained_by(nothing, nothing, date="Mon, 01 Jan 2024 00:00:00 GMT")
    assert found.names == ("clock_skew",)


async def test_a_token_about_to_expire_is_explained() -> None:
    """A token given by hand is not renewed, so its end is told."""
    found = await explained_by(nothing, nothing, api_key=make_token(KEY, ttl=30))
    assert found.names == ("token_expiring",)


async def test_sound_before_the_configuration_is_explained() -> None:
    """A line used by hand, in the blog script's order."""
    async with await serve(Options(key=KEY)) as server:
        trace, fold = Trace(Clock(0, 0), peer="x", model="y"), Fold()
        address = Address(server.url, "x", make_token(KEY))
        wire = await open_wire(address, None, timeout=5)
        line = Line(wire, trace=trace, fold=fold, address=address)
        await line.send(glm.events.append(PCM))
        await line.close()
    assert "not_configured" in explain(trace).names


# -- the whole -----------------------------------------------------------------------------


#: Provoked findings that are about no moment: the whole sound, its pace, a configuration.
OF_THE_WHOLE = {
    *("too_short", "too_quiet", "clipped", "wrong_rate", "pcm16_as_bit_depth", "upload_drift"),
    *("headerless_wav", "wav_under_pcm", "video_without_frame", "several_segments"),
    *("vad_never_began", "rejected_tool_schema", "near_memory", "near_context", "unknown_events"),
    "other_voices",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SCRIPTS)
async def test_a_finding_is_provoked_through_the_emulator(name: str) -> None:
    """The session in which it happened names it, with a fact and a cure in both languages."""
    options, config, script = SCRIPTS[name]
    async with await serve(Options(**{"key": KEY, "pace": 0, **options})) as server:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", glm.errors.GlmWarning)
            timeout = 40 if "latency" in str(options) else 15
            async with aio.connect(server.url, api_key=KEY, timeout=timeout, **config) as session:
                with suppress(GlmError):
                    await script(session)
    found = next(each for each in explain(session) if each.name == name)
    assert (found.at is None) == (name in OF_THE_WHOLE)
    assert found.at in {None, *(event.at for event in session.trace)}


def test_every_finding_is_provoked() -> None:
    """At least 25, and none without a test."""
    elsewhere = {
        *("nobody_asked", "too_many_rounds", "clock_skew", "token_expiring", "not_configured"),
        *(
            "failed_answer",
            "too_large",
            "other_configuration",
            "error",
            "no_first_audio",
            "recognition_failed",
            "undecodable",
        ),
    }
    assert set(findings()) == set(SCRIPTS) | elsewhere
    assert len(findings()) >= 25


@pytest.mark.slow
async def test_a_good_session_has_nothing_to_explain() -> None:
    """Nothing to say says so."""
    async with await serve(Options(key=KEY)) as server:
        async with aio.connect(server.url, api_key=KEY) as session:
            turn = await session.say(JOKE)
    for subject in (turn, session, session.trace):
        found = explain(subject)
        assert [f for f in found if f.name != "not_recognised"] == []
    assert "Nothing" in repr(Explanation())


async def test_an_error_is_explained_with_its_code() -> None:
    """401 and what it means; and the turn inside an error."""
    async with await serve(Options(key=KEY)) as server:
        with pytest.raises(Refused) as caught:
            await aio.connect(server.url, api_key=Key.random())
    (finding,) = explain(caught.value)
    assert "1002" in finding.fact
    assert "copy the key" in finding.cure
    assert "copy the key" not in finding.fact


def kit_errors() -> Iterator[tuple[GlmError, str]]:
    """(error, what must be in its cure) of the kit's own errors, raised for real."""
    closed = Closed(text("session.closed"))
    calls: list[tuple[Callable[[], Any], str]] = [
        (lambda: glm.Clip.read("none.wav"), "check the name"),
        (lambda: glm.Clip.read(b""), "download it again"),
        (lambda: glm.Clip.read(b"words, words"), "the right file"),
        (lambda: glm.connect("nonsense"), "'live', 'zai', 'emulator'"),
        (lambda: glm.connect("ws://127.0.0.1:1/"), "api_key="),
        (lambda: glm.connect("ws://127.0.0.1:1/", api_key=KEY), "check the address"),
        (lambda: glm.connect("live"), "use_key()"),
        (lambda: glm.connect("emulator", vad="semantic"), "client, server"),
        (lambda: make_token(KEY, ttl=0), "above 0"),
        (lambda: glm.Trace.load("none.glm"), "check the name"),
    ]
    for call, cure in calls:
        with pytest.raises(GlmError) as caught:
            call()
        yield caught.value, cure
    yield closed, "session.reset()"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_kits_own_errors_are_explained(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each in its own words, the fact and the cure apart, and nothing said twice."""
    monkeypatch.setenv("GLMKIT_LANG", lang)
    for error, cure in kit_errors():
        (finding,) = explain(error)
        assert finding.fact, error
        assert finding.cure, error
        assert lang == "zh" or cure in finding.cure
        assert len(finding.fact) + len(finding.cure) >= len(str(error)) - 3
        assert finding.cure not in finding.fact


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("a b c: d", "a b c"),
        ("x.wav: 0 bytes, expected a sound: save it again", "x.wav: 0 bytes, expected a sound"),
        ("ttl is 0, expected more", "ttl is 0"),
        ("vad is 'x', expected one of: a, b", "vad is 'x'"),
        ("会话已关闭：请重新打开", "会话已关闭"),
        ("密钥两端有引号，请去掉引号", "密钥两端有引号"),
        ("很短的一段声音.wav：没有采样。请重新录制", "很短的一段声音.wav：没有采样"),
        ("ttl 是 0，应为大于 0 的秒数", "ttl 是 0"),
        ("nothing more to say", "nothing more to say"),
    ],
)
def test_a_sentence_is_parted_where_the_cure_begins(sentence: str, fact: str) -> None:
    """Behind what was expected, and not at a file's name or the head of a list."""
    assert fact_and_cure(sentence)[0] == fact


@pytest.mark.slow
async def test_memory_is_that_of_the_newest_connection() -> None:
    """A new one is told what was said, as the finding says, and is far from the limit."""
    async with await serve(Options(key=KEY, pace=0)) as server:
        async with aio.connect(server.url, api_key=KEY) as session:
            for _ in range(5):
                await session.say(glm.Clip.tone(440, 25), speed=None)
            [found] = [each for each in explain(session) if each.name == "near_memory"]
            assert "session.reset(remember=True)" in found.cure
            await session.reset(remember=True)
            assert "near_memory" not in explain(session).names


async def test_a_call_between_turns_that_failed_is_in_the_session() -> None:
    """An update without an answer, and a clear: the session's own explanation has both."""
    updates = itertools.count()

    async def once(connection: ServerConnection) -> None:
        await connection.send(message("session.created", session={"id": "s"}))
        async for words in connection:
            data = json.loads(words)
            if data["type"] == "session.update" and next(updates) == 0:
                await connection.send(message("session.updated", session=data["session"]))

    async with serve_websocket(once, "127.0.0.1", 0) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with aio.connect(url, api_key=KEY, timeout=0.1) as session:
            for call in (partial(session.update, voice="xiaochen"), session.clear):
                with pytest.raises(ServiceError):
                    await call()
            found = explain(session)
    assert [each.name for each in found] == ["error", "error"]
    assert "session.updated did not come" in found[0].fact
    assert "cleared did not come" in found[1].fact


async def test_nothing_is_said_to_have_come_that_did_not() -> None:
    """Of a silent server's answer to the cancel, an opening that was cut off, and an update."""

    async def silent(connection: ServerConnection) -> None:
        if not opens.pop(0):
            return
        await connection.send(message("session.created", session={"id": "s"}))
        async for words in connection:
            data = json.loads(words)
            if data["type"] == "session.update" and updates.pop(0):
                await connection.send(message("session.updated", session=data["session"]))
            elif data["type"] == "session.update":
                return
            elif data["type"] == "response.cancel":
                await connection.send(message("error", error={"code": "odd", "message": "no"}))

    opens, updates = [True, False], [True, False]
    async with serve_websocket(silent, "127.0.0.1", 0) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with aio.connect(url, api_key=KEY) as session:
            with pytest.raises(TurnTimeout) as late:
                await session.ask("Hello", timeout=0.05)
            with pytest.raises(Disconnected) as cut:
                await session.update(voice="xiaochen")
        with pytest.raises(Disconnected) as unopened:
            await aio.connect(url, api_key=KEY)
    found = explain(late.value)
    assert found[0].fact == "the turn was ended at its deadline; nothing had come for it"
    (ended,) = explain(cut.value)
    assert "no turn was under way" in ended.cure
    (ended,) = explain(unopened.value)
    assert "before the session was ready" in ended.fact
    assert "error.turn" not in ended.cure
    assert "session.reset()" not in ended.cure


@pytest.mark.slow
async def test_a_timeout_names_what_came_before_this_side_gave_up() -> None:
    """Not the end that its own cancel brought about."""
    async with await serve(Options(key=KEY, pace=0.1)) as server:  # far from over when we give up
        async with aio.connect(server.url, api_key=KEY) as session:
            with pytest.raises(TurnTimeout) as caught:
                await session.say(glm.sample("story_zh"), speed=None, timeout=4)
    found = {finding.name: finding for finding in explain(caught.value)}
    assert "error" not in found
    assert caught.value.turn is not None
    assert "response.done" in [event.type for event in caught.value.turn.events]
    assert "response.done" not in found["timed_out"].fact
    assert "came was response." in found["timed_out"].fact


async def test_a_cut_connection_is_not_explained_with_the_services_codes() -> None:
    """1001 of a WebSocket is no 1001 of the service's."""
    async with await serve(Options(key=KEY, pace=0, faults=("cut",))) as server:
        async with aio.connect(server.url, api_key=KEY) as session:
            with pytest.raises(Disconnected) as caught:
                await session.say(JOKE, speed=None)
    found = {finding.name: finding for finding in explain(caught.value)}
    assert "in the middle: 1006" in found["connection_lost"].fact
    assert "error_code" not in found


@pytest.mark.parametrize(("facts", "drifted"), [({"segments": 2}, True), ({"speed": 2}, False)])
def test_a_note_hides_drift_only_where_it_was_meant(facts: dict[str, Any], drifted: bool) -> None:
    """A speed that was asked for is no clock gone wrong; any other note leaves the finding."""
    trace = Trace(Clock(0, 0), peer="x", model="y")
    for number in range(20):
        trace.add(stamped(glm.events.append(bytes(3200)), number * 0.15, "pcm16"))
    trace.add(stamped(glm.events.commit(), 3.0, None))
    trace.add(Event("glmkit.said", {"turn": 0, **facts}, direction="local"))
    [turn] = trace.turns()
    assert ("upload_drift" in [finding.name for finding in turn.explain()]) is drifted


def test_what_came_from_outside_is_escaped() -> None:
    """A hostile message cannot put markup into the page."""
    trace = Trace(Clock(0, 0), peer="x", model="y")
    error = {"code": "<b>", "message": "<img src=x onerror=alert(1)>"}
    trace.add(Event("error", {"error": error}, direction="server"))
    page = explain(trace)._repr_html_()
    assert "<img" not in page
    assert "&lt;img" in page


#: Findings about a turn that nothing a command sends can provoke.
NOT_OF_A_FILE = {
    "nothing_committed",
    "wrong_rate",
    "pcm16_as_bit_depth",
    "broken_wav",
    "headerless_wav",
    "wav_under_pcm",
    "create_under_server_vad",
    "commit_under_server_vad",
    "response_body",
    "video_without_frame",
    "rejected_tool_schema",
    "nobody_asked",
}


_VALUES = ("todo", "why", "name", "known", "part", "what", "at", "unheard")
ANY = dict.fromkeys(_VALUES, "–")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_shell_is_told_what_to_type(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """Of what ``glmkit talk`` may find, no cure names what to write in Python."""
    monkeypatch.setenv("GLMKIT_LANG", language)
    assert set(findings()) > NOT_OF_A_FILE
    heads = [f"explain.{check.__name__}_" for check in OF_A_TURN]
    told = tuple(head for head in heads if head[8:-1] not in NOT_OF_A_FILE)
    with shell_words():
        cures = [text(key, **ANY) for key in TEXTS if key.startswith(told)]
    python = re.compile(r"\w=|\w\(|(?:session|turn|glm|Clip)\.|silence_duration_ms")
    assert [cure for cure in cures if python.search(cure)] == []


@pytest.mark.parametrize(("lang", "busy"), [("en", "other side busy"), ("zh", "对端繁忙")])
def test_whatever_ends_a_turn_has_a_name(
    monkeypatch: pytest.MonkeyPatch, lang: str, busy: str
) -> None:
    """No card and no figure shows the word of a mark, and each error that ends one has its own."""
    monkeypatch.setenv("GLMKIT_LANG", lang)
    reasons = {*ENDED_FOR, *MARKED_FOR.values(), "failed"}
    names = {reason: status_name(reason) for reason in reasons}
    assert len(set(names.values())) == len(reasons)
    assert not [name for name in names.values() if "_" in name]
    assert names["busy"] == busy
    assert set(MARKED_FOR.values()) <= set(ENDED_FOR)
