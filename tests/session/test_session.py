"""Sessions over a real WebSocket, against the real emulator in this process."""

from __future__ import annotations

import asyncio
import pickle
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from websockets.asyncio.server import ServerConnection
from websockets.asyncio.server import serve as websocket_server

import glmkit as glm
from glmkit import aio, events
from glmkit.aio import find_address
from glmkit.auth import Key
from glmkit.emulator.options import Options
from glmkit.emulator.server.running import RunningServer, serve
from glmkit.errors import (
    BadArgument,
    BadAudio,
    Busy,
    Closed,
    ConnectFailed,
    Disconnected,
    GlmWarning,
    NoKey,
    NoSpeech,
    Refused,
    Rejected,
    TooMuch,
    TurnTimeout,
)
from glmkit.media.kit_samples import picture_path
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import PLAYED
from glmkit.protocol.tools.tool import as_tool
from glmkit.session.asyncio_session import Session
from glmkit.session.event_queue import BEHIND
from glmkit.turns.event_order import messages

KEY = Key.random()
SHORT = glm.Waits(no_speech=1)


@pytest.fixture
async def server() -> AsyncIterator[RunningServer]:
    async with await serve(Options(key=KEY, pace=0)) as running:
        yield running


@pytest.fixture
async def session(server: RunningServer) -> AsyncIterator[Session]:
    async with aio.connect(server.url, api_key=KEY) as opened:
        yield opened


@pytest.fixture
def joke() -> glm.Clip:
    return glm.sample("joke_zh")


def types(session: Session, direction: str = "client") -> list[str]:
    """The types that crossed the wire, runs of one type once."""
    found = [e.type for e in session.trace if e.direction == direction]
    return [t for n, t in enumerate(found) if n == 0 or found[n - 1] != t]


# -- opening -------------------------------------------------------------------------------


async def test_opening_waits_configures_and_keeps_the_echo(session: Session) -> None:
    """Created, then the whole configuration, then its echo."""
    assert types(session)[0] == "session.update"
    assert session.config["voice"] == "tongtong"
    assert session.config["beta_fields"]["chat_mode"] == "audio"
    assert session.peer.startswith("127.0.0.1:")
    assert not session.closed
    assert repr(session).endswith("model=glm-realtime-flash, turns=0>")


async def test_a_trace_keeps_no_key_of_the_address(server: RunningServer) -> None:
    """Typed into the query, it is neither in what is known of the trace nor in a pickle of it."""
    typed = f"{server.url}?Authorization={KEY.reveal()}"
    async with aio.connect(typed, api_key=KEY) as session:
        assert str(session.trace.about["address"]) == f"{server.url}?…"
        assert KEY.reveal().encode() not in pickle.dumps(session.trace)


async def test_connect_can_be_awaited(server: RunningServer) -> None:
    """The same object works with await and with async with."""
    session = await aio.connect(server.url, api_key=KEY)
    await session.close()
    await session.close()
    assert session.closed


async def test_a_token_opens_as_well_as_a_key(server: RunningServer) -> None:
    """A JWT made elsewhere is sent as it is."""
    token = glm.auth.make_token(KEY)
    async with aio.connect(server.url, api_key=token) as session:
        assert not session.closed


async def test_the_secret_never_crosses_the_wire(
    server: RunningServer, caplog: pytest.LogCaptureFixture
) -> None:
    """With a key, a fresh token of it is what the server sees; logs show neither."""
    caplog.set_level("DEBUG")
    async with aio.connect(server.url, api_key=KEY):
        pass
    secret = KEY.reveal().partition(".")[2]
    assert secret not in caplog.text
    assert "eyJ" not in caplog.text


async def test_a_wrong_key_is_refused_with_the_code_explained(server: RunningServer) -> None:
    """401 carries the service's code and what to do."""
    with pytest.raises(Refused, match="copy the key again") as caught:
        await aio.connect(server.url, api_key=Key.random())
    assert (caught.value.status, caught.value.code) == (401, "1002")


async def test_nothing_listening_says_so() -> None:
    """A refused connection names the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ConnectFailed, match="refused"):
        await aio.connect(f"ws://127.0.0.1:{port}", api_key=KEY)


async def test_a_name_without_an_address_says_so() -> None:
    """DNS failures are told apart."""
    with pytest.raises(ConnectFailed, match=r"cannot be resolved|no connection"):
        await aio.connect("ws://no-such-host.invalid", api_key=KEY, timeout=5)


async def test_plain_where_tls_is_expected_says_so(server: RunningServer) -> None:
    """A TLS failure is told apart."""
    with pytest.raises(ConnectFailed, match=r"secure connection|ws:// instead of wss://"):
        await aio.connect(server.url.replace("ws:", "wss:"), api_key=KEY, timeout=5)


async def test_a_server_that_never_speaks_is_given_up() -> None:
    """Every wait of opening has a deadline."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(ConnectFailed, match=r"did not answer within 0\.3 s"):
            await aio.connect(f"ws://127.0.0.1:{port}", api_key=KEY, timeout=0.3)


async def test_an_echo_that_is_no_object_is_no_configuration() -> None:
    """A server may answer with anything: the session opens, and what was asked is missed."""

    async def odd(socket: ServerConnection) -> None:
        await socket.send('{"type": "session.created"}')
        async for _ in socket:
            await socket.send('{"type": "session.updated", "session": [1]}')

    async with websocket_server(odd, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        with pytest.warns(GlmWarning):
            session = await aio.connect(f"ws://127.0.0.1:{port}", api_key=KEY)
        assert session.config == {}
        await session.close()


async def test_a_strange_address_is_refused_before_the_first_byte() -> None:
    """to= must be one of the places that exist."""
    with pytest.raises(BadArgument, match="expected 'live'"):
        await aio.connect("http://example.org", api_key=KEY)


async def test_a_found_key_stays_here(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key in the environment is not sent to an address that is not the service's."""
    monkeypatch.setenv("ZHIPU_API_KEY", KEY.reveal())
    with pytest.raises(NoKey, match="api_key"):
        await aio.connect(server.url)


async def test_nonsense_proxies_do_not_matter_on_loopback(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proxy variables are ignored for this machine."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://nowhere.invalid:9")
    async with aio.connect(server.url, api_key=KEY) as session:
        assert not session.closed


async def test_a_proxy_that_fails_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere the proxy is used, and its failure is not blamed on the service."""
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    with pytest.raises(ConnectFailed):
        await aio.connect("wss://example.invalid/x", api_key=KEY, timeout=5)


# -- turns ---------------------------------------------------------------------------------


async def test_say_under_client_vad(session: Session, joke: glm.Clip) -> None:
    """Upload, commit, ask; the answer is sound and words."""
    turn = await session.say(joke, speed=None)
    assert types(session)[1:] == [
        "input_audio_buffer.append",
        "input_audio_buffer.commit",
        "response.create",
    ]
    assert turn.status == "completed"
    assert turn.transcript
    assert turn.audio is not None
    assert turn.audio.seconds > 1
    assert turn.input == glm.Clip.from_pcm(joke.to_pcm(16_000), 16_000)
    assert turn.latency.zero == "commit"
    assert turn.latency.first_audible is not None
    assert turn.peer == session.peer
    assert session.turns[0] == turn


async def test_every_event_is_stamped(session: Session, joke: glm.Clip) -> None:
    """client_timestamp is epoch milliseconds and never decreases."""
    await session.say(joke, speed=None)
    stamps = [e.get("client_timestamp") for e in session.trace if e.direction == "client"]
    assert all(isinstance(stamp, int) and stamp > 1.6e12 for stamp in stamps)
    assert stamps == sorted(stamps)


@pytest.mark.slow
async def test_say_under_server_vad(server: RunningServer, joke: glm.Clip) -> None:
    """The service ends the turn; no commit and no response.create of ours."""
    async with aio.connect(server.url, api_key=KEY, vad="server") as session:
        turn = await session.say(joke, speed=None)
    assert types(session)[1:] == ["input_audio_buffer.append"]
    assert turn.status == "completed"
    assert turn.latency.zero == "end of speech"
    assert turn.latency.commit is not None


async def test_an_answer_asked_for_under_server_vad(server: RunningServer, joke: glm.Clip) -> None:
    """With create_response off the turn is the service's, the asking ours: as documented."""
    vad = {"type": "server_vad", "create_response": False}
    async with aio.connect(server.url, api_key=KEY, vad=vad) as session:
        turn = await session.say(joke, speed=None)
        unanswered = messages(turn)
        await session.respond()
    [turn] = session.turns
    assert turn.transcript
    for lines in (unanswered, messages(turn)):
        assert [line.type for line in lines if line.deviates] == []


@pytest.mark.slow
async def test_a_pause_makes_two_turns_and_say_gives_the_last(server: RunningServer) -> None:
    """Earlier segments of the same clip are turns of their own."""
    async with aio.connect(server.url, api_key=KEY, vad="server") as session:
        turn = await session.say(glm.sample("two_questions_zh"), speed=None)
        asked = [t for t in session.turns if t.asked]
    assert len(asked) == 2
    assert asked[-1] == turn
    assert turn.status == "completed"


@pytest.mark.slow
async def test_silence_under_server_vad_is_an_error_that_says_what_to_do(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing heard is said within seconds, not at the deadline."""
    async with aio.connect(server.url, api_key=KEY, vad="server", waits=SHORT) as session:
        with pytest.raises(NoSpeech, match=r"no speech .* at −∞ dBFS") as caught:
            await session.say(glm.Clip.silence(0.5), speed=None)
        assert caught.value.turn is not None
        assert "input_audio_buffer.clear" in types(session)
        assert (await session.say(glm.sample("hello_en"), speed=None)).status == "completed"


async def test_what_is_too_long_is_refused_before_the_first_byte(session: Session) -> None:
    """Also where an address leads: nothing is uploaded that would be rejected in the end."""
    with pytest.raises(BadAudio, match=r"lasts 31\.0 s"):
        await session.say(glm.Clip.tone(440, 31), speed=None)
    assert "input_audio_buffer.append" not in types(session)


@pytest.mark.parametrize("given", [None, 5, [1]])
async def test_send_takes_what_an_event_can_be_made_of(session: Session, given: Any) -> None:
    """Anything else is refused, and nothing is sent."""
    with pytest.raises(BadArgument, match=rf"got {type(given).__name__}: session.send"):
        await session.send(given)
    assert types(session) == ["session.update"]


async def test_speech_that_a_reset_cut_off_takes_no_answer_away(
    server: RunningServer, joke: glm.Clip
) -> None:
    """The turn after it is finished, not taken for one that somebody spoke into."""
    async with aio.connect(server.url, api_key=KEY, vad="server") as session:
        for chunk in joke[0.3:1.5].chunks(100):
            await session.send(events.append(chunk))
        await session.line.until(lambda: session.fold.speaking, within=10)
        await session.reset()
        assert (await session.ask("你好")).status == "completed"


@pytest.mark.parametrize("words", [None, 3, b"hello"])
async def test_ask_takes_words_and_nothing_else(session: Session, words: Any) -> None:
    """The error says what it got, and what takes sound."""
    with pytest.raises(BadArgument, match=rf"got {type(words).__name__}; session.say"):
        await session.ask(words)


async def test_words_given_to_say_are_pointed_to_ask(session: Session) -> None:
    """A sentence is no file; a file's name that is misspelt stays one."""
    with pytest.raises(BadAudio, match=r"no file 你好 .*session\.ask"):
        await session.say("你好")
    with pytest.raises(BadAudio) as caught:
        await session.say("data/hello.wav")
    assert "session.ask" not in str(caught.value)


async def test_only_the_service_is_live(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An own address on this computer takes the key that was found, and costs nothing."""
    monkeypatch.setenv("ZHIPU_API_KEY", KEY.reveal())
    monkeypatch.setenv("ZHIPU_REALTIME_URL", server.url)
    for to in ("live", server.url):
        async with aio.connect(to) as session:
            assert session.peer.startswith("127.0.0.1:")
            assert session.budget.yuan is None
    monkeypatch.setenv("ZHIPU_REALTIME_URL", "wss://gateway.example.com/realtime")
    assert find_address("live", None).live
    monkeypatch.delenv("ZHIPU_REALTIME_URL")
    assert find_address("live", None).live


async def test_an_address_is_text_or_a_path() -> None:
    """A number is refused in words, as a misspelt name is; both are told of recordings."""
    for to in (8765, "", " ", "nonsense", "ws://[", "ws://127.0.0.1:port/"):
        with pytest.raises(BadArgument, match=r"expected 'live'.*x\.glm"):
            await aio.connect(to)  # type: ignore[arg-type]


@pytest.mark.parametrize("format", ["pcm", "pcm16", "pcm24", "wav", "wav24", "wav48"])
async def test_every_input_format_is_understood(
    server: RunningServer, joke: glm.Clip, format: str
) -> None:
    """Each format reaches the emulator as the same sound."""
    async with aio.connect(server.url, api_key=KEY, input_format=format) as session:
        turn = await session.say(joke, speed=None)
    assert turn.status == "completed"
    assert turn.input is not None
    assert turn.input.seconds == pytest.approx(joke.seconds, abs=0.01)


@pytest.mark.slow
async def test_mp3_answers_are_decoded(server: RunningServer, joke: glm.Clip) -> None:
    """Output as mp3 sounds like the answer's words last."""
    async with aio.connect(server.url, api_key=KEY, output_format="mp3") as session:
        turn = await session.say(joke, speed=None)
    assert turn.audio is not None
    assert turn.audio.rate == 24_000
    assert turn.audio.seconds > 1
    assert turn.audio.level > -40


@pytest.mark.parametrize("rate", [8_000, 22_050, 48_000])
async def test_other_rates_are_resampled(session: Session, joke: glm.Clip, rate: int) -> None:
    """A clip of any rate is said at 16 kHz."""
    turn = await session.say(joke.resample(rate), speed=None)
    assert turn.input is not None
    assert (turn.input.rate, turn.status) == (16_000, "completed")


@pytest.mark.parametrize(
    ("name", "rate", "channels"), [("a.wav", 22_050, 1), ("b.wav", 48_000, 2), ("c.mp3", 44_100, 1)]
)
async def test_files_of_any_kind_are_said(
    session: Session, joke: glm.Clip, tmp_path: Path, name: str, rate: int, channels: int
) -> None:
    """A 22.05 kHz file, a stereo 48 kHz file and an MP3 reach the service as 16 kHz speech."""
    sound = np.repeat(joke.resample(rate).samples[:, None], channels, axis=1)
    soundfile.write(tmp_path / name, sound, rate)
    turn = await session.say(tmp_path / name, speed=None)
    assert turn.status == "completed"
    assert turn.input is not None
    assert turn.input.rate == 16_000
    assert turn.input.seconds == pytest.approx(joke.seconds, abs=0.1)
    assert turn.input.level == pytest.approx(joke.level, abs=1)


async def test_say_takes_iterators_of_clips_and_bytes(session: Session, joke: glm.Clip) -> None:
    """A generator, an async generator, raw bytes: all are the same speech."""

    async def pieces() -> AsyncIterator[glm.Clip]:
        for start in np.arange(0, joke.seconds, 0.3):
            yield joke[float(start) : float(start) + 0.3]

    def raw() -> Iterator[bytes]:
        yield from joke.chunks(100)

    for speech in (pieces(), raw()):
        turn = await session.say(speech, speed=None)
        assert turn.input is not None
        assert turn.input.seconds == pytest.approx(joke.seconds, abs=0.01)


async def test_stream_yields_the_answer_as_it_arrives(session: Session, joke: glm.Clip) -> None:
    """What stream gives adds up to the turn's audio."""
    clips = [clip async for clip in session.stream(joke, speed=None)]
    assert len(clips) > 1
    audio = session.turns[-1].audio
    assert audio is not None
    assert sum(clip.seconds for clip in clips) == pytest.approx(audio.seconds)


async def test_leaving_a_stream_early_leaves_the_session_clean(
    server: RunningServer, joke: glm.Clip
) -> None:
    """The answer is cancelled once, and the next turn works."""
    async with aio.connect(server.url, api_key=KEY) as session:
        sound = session.stream(joke, speed=None)
        await anext(sound)
        await sound.aclose()  # type: ignore[attr-defined]
        assert (await session.say(joke, speed=None)).status == "completed"


async def test_ask_in_writing(session: Session) -> None:
    """A typed question is answered and remembered as typed."""
    turn = await session.ask("你好")
    assert (turn.user_transcript, turn.status) == ("你好", "completed")
    assert turn.latency.zero == "request"
    with pytest.raises(BadArgument, match="empty"):
        await session.ask(" ")


async def test_an_empty_answer_to_a_text_warns(joke: glm.Clip) -> None:
    """Silent text turns, which were observed, are said."""
    async with await serve(Options(key=KEY, pace=0, text_turns="silent")) as server:
        async with aio.connect(server.url, api_key=KEY) as session:
            with pytest.warns(GlmWarning, match="answer is empty"):
                turn = await session.ask("Hello")
            assert turn.transcript == ""


async def test_show_switches_to_video_and_the_frame_travels(
    session: Session, joke: glm.Clip
) -> None:
    """A picture goes up with the next speech, as a JPEG."""
    await session.show(np.zeros((100, 150, 3), np.uint8))
    assert session.config["beta_fields"]["chat_mode"] == "video_passive"
    turn = await session.say(joke, speed=None)
    frames = session.trace.select("input_audio_buffer.append_video_frame")
    assert len(frames) == 1
    assert frames[0].payload is not None
    assert frames[0].payload[:2] == b"\xff\xd8"
    assert turn.status == "completed"
    with pytest.warns(GlmWarning, match="drops the conversation"):
        await session.update(mode="audio")


async def test_update_sends_everything_again(session: Session) -> None:
    """A change is a full configuration, and the echo is kept."""
    await session.update(instructions="Be brief.")
    await session.update(voice="xiaochen")
    assert session.config["instructions"] == "Be brief."
    assert session.config["voice"] == "xiaochen"
    with pytest.raises(BadArgument, match="tool_choice"):
        await session.update(tool_choice="auto")
    with pytest.raises(BadArgument, match="did you mean voice"):
        await session.update(voise="x")


@pytest.mark.slow
async def test_greetings_are_turns_nobody_asked_for(server: RunningServer, joke: glm.Clip) -> None:
    """A greeting stands in turns with asked=False and takes nothing from the next turn."""
    async with aio.connect(server.url, api_key=KEY, greeting="欢迎！") as session:
        turn = await session.say(joke, speed=1.0)
        assert [t.asked for t in session.turns] == [False, True]
        assert session.turns[0].transcript == "欢迎！"
        assert turn.asked


# -- tools ---------------------------------------------------------------------------------


async def test_a_tool_is_called_and_its_output_spoken(server: RunningServer) -> None:
    """The model's call runs here, its output goes back, and one turn holds it all."""
    cities = []

    def get_weather(city: str) -> dict[str, object]:
        """Tells the weather of a city.

        Args:
            city: the city's name
        """
        cities.append(city)
        return {"temperature": 21}

    async with aio.connect(server.url, api_key=KEY) as session:
        session.tool(get_weather)
        turn = await session.ask("北京的天气怎么样？")
    assert cities == ["北京"]
    (call,) = turn.tool_calls
    assert (call.name, call.arguments, call.output) == (
        "get_weather",
        {"city": "北京"},
        '{"temperature": 21}',
    )
    assert len(turn.response_ids) == 2
    assert "21" in turn.transcript or "二十一" in turn.transcript


@pytest.mark.slow
async def test_a_tool_that_fails_becomes_a_sentence(server: RunningServer) -> None:
    """An exception in a tool is told to the model, not raised into the turn."""

    def get_weather(city: str) -> str:
        """Tells the weather of a city."""
        raise RuntimeError("the station is closed")

    async with aio.connect(server.url, api_key=KEY, tools=[get_weather]) as session:
        turn = await session.ask("北京的天气怎么样？")
    assert turn.status == "completed"
    assert "the station is closed" in str(turn.tool_calls[0].output)


class _Called:
    """Tells the weather of a city."""

    async def __call__(self, city: str) -> str:
        return "fine \udcff"


async def test_a_tool_may_do_what_futures_cannot_hold(server: RunningServer) -> None:
    """StopIteration is told like any error, and its own TimeoutError is not our deadline."""
    raised: list[Exception] = [StopIteration(), TimeoutError("no route")]

    def get_weather(city: str) -> str:
        """Tells the weather of a city."""
        raise raised.pop(0)

    async with aio.connect(server.url, api_key=KEY, tools=[get_weather]) as session:
        outputs = [(await session.ask("北京的天气怎么样？")).tool_calls[0].output for _ in "ab"]
    assert "StopIteration" in str(outputs[0])
    assert "TimeoutError: no route" in str(outputs[1])


async def test_a_tool_that_awaits_may_be_any_callable(server: RunningServer) -> None:
    """An object whose call is a coroutine is awaited; half a character does not end the turn."""
    tool = as_tool(_Called(), name="get_weather", description="Tells the weather of a city.")
    async with aio.connect(server.url, api_key=KEY, tools=[tool]) as session:
        turn = await session.ask("北京的天气怎么样？")
    assert turn.tool_calls[0].output == "fine �"


async def test_tools_and_pictures_exclude_each_other(server: RunningServer) -> None:
    """What the service documents is refused here with the reason."""

    def get_weather(city: str) -> str:
        """Tells the weather of a city."""
        return "fine"

    async with aio.connect(server.url, api_key=KEY, tools=[get_weather]) as session:
        with pytest.raises(BadArgument, match="audio mode only"):
            await session.show(np.zeros((28, 28, 3), np.uint8))


# -- what goes wrong -----------------------------------------------------------------------


@pytest.mark.slow
async def test_one_turn_at_a_time(session: Session, joke: glm.Clip) -> None:
    """A second say raises Busy; the first is not disturbed."""
    first = asyncio.create_task(session.say(joke))
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await session.ask("Hello")
    assert (await first).status == "completed"


async def test_two_sessions_at_once(server: RunningServer, joke: glm.Clip) -> None:
    """Sessions share nothing but the server."""
    async with (
        aio.connect(server.url, api_key=KEY) as one,
        aio.connect(server.url, api_key=KEY) as two,
    ):
        turns = await asyncio.gather(one.say(joke, speed=None), two.say(joke, speed=None))
    assert [turn.status for turn in turns] == ["completed"] * 2
    assert len(one.turns) == len(two.turns) == 1


async def test_a_closed_session_says_so_and_can_be_reset(session: Session, joke: glm.Clip) -> None:
    """Use after close is an error; reset opens again and keeps the turns."""
    await session.say(joke, speed=None)
    await session.close()
    with pytest.raises(Closed):
        await session.say(joke)
    await session.reset()
    await session.say(joke, speed=None)
    assert len(session.turns) == 2


async def test_a_close_in_mid_answer_keeps_what_arrived(joke: glm.Clip) -> None:
    """The turn in the error has the sound that came."""
    async with await serve(Options(key=KEY, faults=("cut",))) as server:
        async with aio.connect(server.url, api_key=KEY) as session:
            with pytest.raises(Disconnected) as caught:
                await session.say(joke, speed=None)
    turn = caught.value.turn
    assert turn is not None
    assert turn.status == "disconnected"
    assert turn.audio is not None
    assert session.turns[-1] == turn


@pytest.mark.slow
async def test_a_turn_past_its_deadline_is_cancelled_and_kept(joke: glm.Clip) -> None:
    """A stalled answer ends at the deadline with what arrived."""
    async with await serve(Options(key=KEY, faults=("stall",))) as server:
        async with aio.connect(server.url, api_key=KEY) as session:
            with pytest.raises(TurnTimeout, match="not over after 1 s") as caught:
                await session.say(joke, speed=None, timeout=1)
            assert "response.cancel" in types(session)
    assert caught.value.turn is not None
    assert caught.value.turn.status == "timeout"


async def test_a_cancelled_say_leaves_the_session_clean(session: Session, joke: glm.Clip) -> None:
    """Cancelling in mid-upload clears the buffer; the next turn works."""
    saying = asyncio.create_task(session.say(joke))
    while not session.trace.select("input_audio_buffer.append"):
        await asyncio.sleep(0.01)
    saying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await saying
    assert types(session)[-1] == "input_audio_buffer.clear"
    turn = await session.say(joke, speed=None)
    assert turn.input is not None
    assert turn.input.seconds == pytest.approx(joke.seconds, abs=0.01)


@pytest.mark.slow
async def test_an_answer_that_was_asked_for_and_has_not_begun_is_cancelled_too(
    joke: glm.Clip,
) -> None:
    """Interrupted between the two, a turn leaves no answer behind for the next one."""
    async with await serve(Options(key=KEY, pace=0, faults=("latency=0.3",))) as slow:
        async with aio.connect(slow.url, api_key=KEY) as session:
            saying = asyncio.create_task(session.say(joke, speed=None))
            while not session.trace.select("response.create"):
                await asyncio.sleep(0.005)
            saying.cancel()
            with pytest.raises(asyncio.CancelledError):
                await saying
            assert types(session)[-1] == "response.cancel"
            turn = await session.ask("What is two plus three?")
    assert turn.user_transcript == "What is two plus three?"
    assert "five" in turn.transcript.lower() or "5" in turn.transcript


@pytest.mark.slow
async def test_an_answer_that_server_vad_owes_is_cancelled_too() -> None:
    """Interrupted after the server's commit, and before its answer."""
    async with await serve(Options(key=KEY, pace=1, faults=("slow_link=8000",))) as slow:
        async with aio.connect(slow.url, api_key=KEY, vad="server") as session:
            saying = asyncio.create_task(session.say(glm.sample("joke_zh"), speed=None))
            while not session.trace.select("input_audio_buffer.committed"):
                await asyncio.sleep(0.005)
            saying.cancel()
            with pytest.raises(asyncio.CancelledError):
                await saying
            assert "response.cancel" in types(session)
            await session.line.settle(lambda: session.fold.answering is None, 20)
            assert session.fold.answering is None
            done = [each.inner("response") for each in session.trace.select("response.done")]
            assert [each["status"] for each in done] in ([], ["cancelled"])  # if it had begun


async def test_what_cannot_be_sent_is_not_in_the_trace(session: Session) -> None:
    """It never left; the session goes on, and can be kept."""
    with pytest.raises(BadArgument, match="cannot hold this"):
        await session.send("heartbeat", value=object())
    assert not [event for event in session.trace if event.get("value")]
    assert (await session.ask("Hello")).status == "completed"


async def test_an_update_refused_in_the_middle_of_an_answer_says_why() -> None:
    """Also while an answer runs, when errors may be about that."""
    async with await serve(Options(key=KEY, pace=1)) as server:
        async with aio.connect(server.url, api_key=KEY, timeout=5) as session:
            saying = asyncio.create_task(session.say(glm.sample("story_zh"), speed=None))
            while not session.trace.select("response.audio.delta"):
                await asyncio.sleep(0.01)
            with pytest.raises(Rejected, match="not JSON"):
                await session.update(instructions="half a character: \ud83d")
            assert await session.cancel()
            assert (await saying).status == "cancelled"


async def test_an_error_that_was_told_is_not_told_again(session: Session) -> None:
    """What comes after a refused turn begins anew."""
    with pytest.raises(Rejected):
        await session.ask("half a character: \ud83d")
    await session.clear()
    assert (await session.ask("Hello")).user_transcript == "Hello"


async def test_errors_of_the_service_are_explained_and_not_fatal(session: Session) -> None:
    """An error event answers what was sent; the session goes on."""
    with pytest.raises(Rejected, match="code") as caught:
        async with session.exchange(5) as exchange:
            await session.send("input_audio_buffer.commit")
            await exchange.until(lambda: None)
    assert caught.value.event is not None
    assert (await session.ask("你好")).status == "completed"


async def test_arrears_are_explained(joke: glm.Clip) -> None:
    """1113 comes in-band after session.update and names the cure."""
    async with await serve(Options(key=KEY, faults=("arrears",))) as server:
        with pytest.raises(Rejected, match="no balance") as caught:
            async with aio.connect(server.url, api_key=KEY) as session:
                await session.say(joke, speed=None)
    assert caught.value.code == "1113"


async def test_cancel_from_another_task_ends_the_turn(server: RunningServer) -> None:
    """A cancelled answer is a turn with that status."""
    async with await serve(Options(key=KEY, pace=1)) as slow:
        async with aio.connect(slow.url, api_key=KEY) as session:
            saying = asyncio.create_task(session.say(glm.sample("story_zh"), speed=None))
            while not session.trace.select("response.audio.delta"):
                await asyncio.sleep(0.01)
            assert await session.cancel()
            turn = await saying
            assert not await session.cancel()
    assert turn.status == "cancelled"
    assert turn.interrupted_at is not None


async def test_clear_drops_what_was_not_committed(session: Session, joke: glm.Clip) -> None:
    """After clear the next turn holds only its own sound."""
    await session.send(Event("input_audio_buffer.append", {"audio": "AAAA"}))
    await session.clear()
    turn = await session.say(joke, speed=None)
    assert turn.input is not None
    assert turn.input.seconds == pytest.approx(joke.seconds, abs=0.01)


@pytest.mark.parametrize(
    ("format", "piece", "words"),
    [
        ("wav", b"\0\0" * 80, "complete WAV"),
        ("pcm16", b"RIFF\0\0\0\0WAVE" + b"\0" * 60, "is a WAV file"),
        ("pcm16", b"\0\0\0", "even number"),
        ("pcm16", "text", "Clips or bytes"),
    ],
)
async def test_pieces_in_the_wrong_format_are_refused(
    server: RunningServer, format: str, piece: object, words: str
) -> None:
    """A headerless slice under wav, a WAV under pcm, half a sample: each is named."""
    async with aio.connect(server.url, api_key=KEY, input_format=format) as session:
        with pytest.raises(BadAudio, match=words):
            await session.say(iter([piece]), speed=None)


@pytest.mark.parametrize(("vad", "zero"), [("client", "commit"), ("server", "end of speech")])
async def test_a_turn_that_never_was_committed_names_the_zero_it_would_have_had(
    joke: glm.Clip, vad: str, zero: str
) -> None:
    """Cut off in mid-upload, it is still a turn of the VAD that was asked for."""
    async with await serve(Options(key=KEY)) as server:
        async with aio.connect(server.url, api_key=KEY, vad=vad) as session:
            saying = asyncio.create_task(session.say(joke[0.5:]))
            while len(session.trace.select("input_audio_buffer.append")) < 3:
                await asyncio.sleep(0.01)
            await server.close()
            with pytest.raises(Disconnected) as caught:
                await saying
    assert caught.value.turn is not None
    assert caught.value.turn.latency.zero == zero


@pytest.mark.parametrize(
    ("options", "words"),
    [({"chunk_ms": 5}, "10 to 1000"), ({"speed": 0}, "above 0"), ({"chunk_ms": "x"}, "10 to")],
)
async def test_wrong_paces_are_refused(
    session: Session, joke: glm.Clip, options: dict[str, object], words: str
) -> None:
    """chunk_ms and speed say what they expect."""
    with pytest.raises(BadArgument, match=words):
        await session.say(joke, **options)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"progress": True}, "progress is bool, expected a function"),
        ({"timeout": 10**400}, "timeout"),
    ],
)
async def test_what_say_is_told_is_checked(
    session: Session, joke: glm.Clip, options: dict[str, Any], words: str
) -> None:
    """Before the first byte."""
    with pytest.raises(BadArgument, match=words):
        await session.say(joke, **options)


@pytest.mark.parametrize("wrong", [None, 3, glm.Clip([], 16_000)])
async def test_what_cannot_be_said_is_refused(session: Session, wrong: object) -> None:
    """Nothing, a number and an empty clip are no speech."""
    with pytest.raises(BadArgument):
        await session.say(wrong)


async def test_a_budget_refuses_the_next_turn(server: RunningServer) -> None:
    """The turn past the limit isn't begun."""
    budget = glm.Budget(turns=1)
    async with aio.connect(server.url, api_key=KEY, budget=budget) as session:
        await session.ask("你好")
        with pytest.raises(TooMuch, match="turns 1"):
            await session.ask("你好")
    assert len(session.turns) == 1


async def test_what_is_not_kept_costs_all_the_same(server: RunningServer, joke: glm.Clip) -> None:
    """The cost counts the sound that crossed the wire, whatever keep says."""
    costs = []
    for keep in ("all", "nothing"):
        async with aio.connect(server.url, api_key=KEY, keep=keep) as session:
            await session.say(joke, speed=None)
        costs.append(session.cost.seconds)
    assert costs[0] == pytest.approx(costs[1])
    assert costs[0] > joke.seconds + 1


async def test_the_bill_tells_both_ways_apart(server: RunningServer, joke: glm.Clip) -> None:
    """Seconds sent, received and in video calls, and that an emulator charges nothing."""
    async with aio.connect(server.url, api_key=KEY) as session:
        turn = await session.say(joke, speed=None)
        cost = session.cost
        assert turn.audio is not None
        assert cost.sent == pytest.approx(joke.seconds, abs=0.1)
        assert cost.received == pytest.approx(turn.audio.seconds, abs=0.01)
        assert (cost.turns, cost.video, cost.charged) == (1, 0.0, False)
        sound = cost.yuan
        spoken = cost.seconds
        await session.update(mode="video_passive")
        await session.show(picture_path("ball"))
        await session.say(joke, speed=None)
        assert cost.video == pytest.approx(cost.seconds - spoken)
        assert cost.yuan - sound == pytest.approx(cost.video / 60 * 1.2)
    assert "Nothing is charged" in repr(cost)
    assert "2026-09-26" in repr(cost)


# -- watching ------------------------------------------------------------------------------


async def test_iterating_shows_every_event(session: Session) -> None:
    """Both directions, in order, from a queue of one's own."""
    seen = []

    async def watch() -> None:
        async for event in session:
            seen.append(event)
            if event.type == "response.done":
                return

    watching = asyncio.create_task(watch())
    await asyncio.sleep(0)
    await session.ask("你好")
    await asyncio.wait_for(watching, 5)
    assert [seen[0].type, seen[-1].type] == ["conversation.item.create", "response.done"]
    assert (
        seen
        == list(session.trace)[
            -len(seen)
            - (
                len(session.trace) - session.trace.events.index(seen[-1]) - 1
            ) : session.trace.events.index(seen[-1]) + 1
        ]
    )


@pytest.mark.slow
async def test_a_slow_iterator_ends_alone(session: Session) -> None:
    """Falling behind is an error in that iterator; the session goes on."""
    slow = aiter(session)
    for _ in range(BEHIND + 1):
        session.line.mark(Event(PLAYED, {"seconds": 0.1}, direction="local"))
    with pytest.raises(TooMuch, match="behind"):
        while True:
            await asyncio.wait_for(anext(slow), 5)
    assert (await session.ask("谢谢")).status == "completed"


async def test_the_trace_folds_into_the_same_turns(session: Session, joke: glm.Clip) -> None:
    """What the trace gives again is what the session gave."""
    await session.say(joke, speed=None)
    await session.ask("谢谢")
    again = session.trace.turns()
    assert [t.transcript for t in again] == [t.transcript for t in session.turns]
    assert [t.events for t in again] == [t.events for t in session.turns]


async def test_progress_is_a_callback_of_the_core(session: Session, joke: glm.Clip) -> None:
    """progress(done, total) rises to the whole."""
    told: list[tuple[float, float]] = []
    await session.say(joke, speed=None, progress=lambda *at: told.append(at))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == pytest.approx(told[-1][1])
