"""Every statement about the service that the local server must keep, by its number.

A client of ``websockets`` alone talks to a real server over a real WebSocket. Where a statement
is about the real service's timing, the test uses a switch instead of waiting.
"""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
import time
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosedError, InvalidStatus

from glmkit.emulator.options import Options
from tests.bare import (
    KEY,
    SECONDS,
    Bare,
    b64,
    configuration,
    joined,
    jpeg,
    of,
    running,
    sample,
    silence,
    sound,
    talking,
    types,
    wav,
)

ID, SECRET = KEY.split(".")
SPOKEN = sample("joke_zh")
SERVER_VAD = {"type": "server_vad"}
PHONE = {
    "type": "function",
    "name": "phoneCall",
    "description": "拨打电话给指定的联系人",
    "parameters": {
        "type": "object",
        "properties": {"contact_name": {"type": "string", "description": "联系人姓名"}},
        "required": ["contact_name"],
    },
}


def token(*, secret: str = SECRET, seconds: float = 600, alg: str = "HS256", id: str = ID) -> str:
    """A token signed by hand: no code of the kit's."""
    now = time.time()
    header = {"alg": alg, "sign_type": "SIGN"}
    claims = {"api_key": id, "exp": int(now + seconds), "timestamp": int(now * 1000)}
    parts = [_url64(json.dumps(part).encode()) for part in (header, claims)]
    hashed = "sha512" if alg == "HS512" else "sha256"
    signature = hmac.digest(secret.encode(), ".".join(parts).encode(), hashed)
    return ".".join([*parts, "" if alg == "none" else _url64(signature)])


def _url64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


async def refused(headers: dict[str, str], query: str = "") -> tuple[int, dict[str, Any]]:
    """The status and the error object of a refused upgrade."""
    async with running() as server:
        with pytest.raises(InvalidStatus) as refusal:
            async with joined(server, headers=headers, query=query):
                pass
    response = refusal.value.response
    assert response.headers["Content-Type"].startswith("application/json")
    return response.status_code, json.loads(response.body)["error"]


# -- 1 to 11: the door ---------------------------------------------------------------------


async def test_01_a_key_in_the_header_is_let_in() -> None:
    """An upgrade with ``Bearer <key>`` gives a WebSocket."""
    async with running() as server, joined(server, headers={"Authorization": f"Bearer {KEY}"}):
        pass


async def test_02_a_token_in_the_header_is_let_in() -> None:
    """An upgrade with a token signed HS256 with the secret gives a WebSocket."""
    async with running() as server, joined(server, headers={"Authorization": f"Bearer {token()}"}):
        pass


async def test_03_an_expired_token_is_1003() -> None:
    """``exp`` is in seconds; past it the upgrade is a 401 with code 1003."""
    status, error = await refused({"Authorization": f"Bearer {token(seconds=-1)}"})
    assert (status, error["code"]) == (401, "1003")


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer "}], ids=["none", "empty"])
async def test_04_no_authorization_is_1001(headers: dict[str, str]) -> None:
    """Without Authorization, or an empty one, there is no WebSocket but a 401 with code 1001."""
    status, error = await refused(headers)
    assert (status, error["code"]) == (401, "1001")
    assert error["message"]


@pytest.mark.parametrize(
    "bad",
    [
        token(secret="another secret of"),
        token(id="f" * 32),
        token(alg="none"),
        token(alg="HS512"),
        f"{ID}.QRSTUVWXYZABCDEF",
        "nonsense",
    ],
    ids=["signature", "id", "none", "HS512", "secret", "nonsense"],
)
async def test_05_a_bad_signature_or_key_is_refused(bad: str) -> None:
    """A bad signature, id, algorithm or secret is a 401 with a code of the 1000 series."""
    status, error = await refused({"Authorization": f"Bearer {bad}"})
    assert (status, error["code"]) == (401, "1002")
    assert bad not in error["message"]


@pytest.mark.parametrize("given", [KEY, token()], ids=["key", "token"])
async def test_06_authorization_in_the_query_is_let_in(given: str) -> None:
    """``?Authorization=`` takes a key or a token, without Bearer."""
    async with running() as server, joined(server, headers={}, query=f"?Authorization={given}"):
        pass


async def test_07_heartbeat_and_session_created_come_unasked() -> None:
    """Both arrive though the client sent nothing."""
    async with running() as server, joined(server, greeted=False) as bare:
        await bare.next("session.created")
        assert "heartbeat" in bare.types() or await bare.next("heartbeat")


async def test_08_session_created_shows_id_and_defaults() -> None:
    """session.created carries the id and the defaults, beta_fields among them."""
    async with talking() as bare:
        session = bare.came[-1]["session"]
    assert session["id"].startswith("sess")
    assert session["object"] == "realtime.session"
    assert session["model"] == "glm-realtime"
    assert session["modalities"] == ["text", "audio"]
    assert session["beta_fields"]["chat_mode"] == "audio"


async def test_09_conversation_created_names_its_object() -> None:
    """conversation.created has conversation.object realtime.conversation."""
    async with talking() as bare:
        made = await bare.next("conversation.created")
    assert made["conversation"]["object"] == "realtime.conversation"


async def test_10_heartbeats_recur() -> None:
    """Heartbeats come again and again, every so many seconds: 30 unless chosen otherwise."""
    assert Options(key=KEY).heartbeat == 30
    async with talking(heartbeat=0.05) as bare:
        for _ in range(3):
            await bare.next("heartbeat")


async def test_11_a_client_heartbeat_is_an_error() -> None:
    """A client may not send heartbeats."""
    async with talking() as bare:
        await bare.send("heartbeat")
        assert (await bare.error())["code"] == "1210"


# -- 12 to 21: configuration and events ----------------------------------------------------


async def test_12_an_update_is_echoed_once() -> None:
    """A valid session.update gives exactly one session.updated with what is now in force."""
    async with talking() as bare:
        await bare.send(
            "session.update", session=configuration(voice="xiaochen", instructions="Be brief.")
        )
        came = await bare.fence()
    [updated] = of(came, "session.updated")
    assert updated["session"]["voice"] == "xiaochen"
    assert updated["session"]["instructions"] == "Be brief."
    assert updated["session"]["input_audio_format"] == "pcm16"


async def test_13_what_is_left_out_returns_to_its_default() -> None:
    """A later session.update replaces the whole configuration."""
    async with talking() as bare:
        created = bare.came[-1]["session"]
        await bare.update(voice="xiaochen", turn_detection=SERVER_VAD)
        await bare.send("session.update", session={"beta_fields": {"chat_mode": "audio"}})
        session = (await bare.next("session.updated"))["session"]
    assert session == created


async def test_14_tool_choice_refuses_the_whole_update() -> None:
    """session.update with tool_choice is an error and changes nothing."""
    async with talking() as bare:
        await bare.update(modalities=["text"])
        await bare.send("session.update", session=configuration(tool_choice="auto"))
        assert (await bare.error())["code"] == "1210"
        events = await bare.ask(SPOKEN)
    assert not of(events, "session.updated")
    assert not of(events, "response.audio.delta")  # still written answers only


async def test_15_flattened_beta_fields_close_the_connection() -> None:
    """Without nested chat_mode the observed service errs and closes."""
    async with talking(profile="observed-2026-09") as bare:
        flat = configuration(chat_mode="audio")
        del flat["beta_fields"]
        await bare.send("session.update", session=flat)
        assert (await bare.error())["code"] == "downstream_reconnect_exceeded"
        with pytest.raises(ConnectionClosedError):
            await bare.any()


@pytest.mark.parametrize("absent", [False, True], ids=["null", "absent"])
async def test_16_turn_detection_null_is_client_vad(absent: bool) -> None:
    """Null turn_detection stays null in the echo and means client VAD; so does none at all."""
    async with talking() as bare:
        await bare.update(turn_detection=SERVER_VAD)
        asked = configuration(turn_detection=None)
        if absent:
            del asked["turn_detection"]
        await bare.send("session.update", session=asked)
        session = (await bare.next("session.updated"))["session"]
        assert session["turn_detection"] == ({"type": "client_vad"} if absent else None)
        await bare.append(silence(1))
        events = await bare.ask(SPOKEN + silence(1))
    assert "input_audio_buffer.speech_started" not in types(events)


async def test_17_max_tokens_echo_as_a_string() -> None:
    """max_response_output_tokens is "inf" by default and a string always."""
    async with talking() as bare:
        assert bare.came[-1]["session"]["max_response_output_tokens"] == "inf"
        session = await bare.update(max_response_output_tokens=64)
    assert session["max_response_output_tokens"] == "64"


async def test_18_an_unknown_event_is_an_error_and_the_socket_stays() -> None:
    """An event no client can send is answered by an error."""
    async with talking() as bare:
        await bare.send("transcription_session.update")
        assert (await bare.error())["code"] == "1210"
        await bare.update()


async def test_19_an_event_without_type_is_invalid() -> None:
    """No ``type``: error type invalid_request_error, code invalid_event."""
    async with talking() as bare:
        await bare.socket.send('{"event_id": "x"}')
        error = await bare.error()
    assert (error["type"], error["code"]) == ("invalid_request_error", "invalid_event")


async def test_20_text_that_is_not_json_is_an_error() -> None:
    """Any text is survived."""
    async with talking() as bare:
        for message in ("", "hello", "[1]", "null", "[" * 100_000, '{"type": 1}'):
            await bare.socket.send(message)
            assert (await bare.error())["code"] == "invalid_event"
        await bare.update()


async def test_21_unknown_fields_are_ignored() -> None:
    """A stray field in an event, in the session or in a tool's schema does no harm."""
    async with talking() as bare:
        tool = {**PHONE, "parameters": {**PHONE["parameters"], "$schema": "x"}}
        await bare.send("session.update", session=configuration(stray=1, tools=[tool]), delta="")
        await bare.next("session.updated")
        await bare.send("input_audio_buffer.append", audio=b64(SPOKEN), delta="")
        assert bare.came[-1]["type"] != "error"
        assert of(await bare.fence(), "error") == []


# -- 22 to 27: the input buffer ------------------------------------------------------------


async def test_22_append_is_not_acknowledged() -> None:
    """Nothing answers an append."""
    async with talking() as bare:
        await bare.update()
        await bare.next("heartbeat")
        await bare.append(SPOKEN)
        assert await bare.fence() == []


async def test_23_under_client_vad_appends_cause_nothing() -> None:
    """Speech and silence without a commit cause no speech event and no answer."""
    async with talking() as bare:
        await bare.update()
        await bare.next("heartbeat")
        await bare.append(SPOKEN + silence(2))
        assert await bare.fence() == []


async def test_24_a_commit_makes_an_item() -> None:
    """committed, then conversation.item.created with the same id."""
    async with talking() as bare:
        await bare.update()
        await bare.append(SPOKEN)
        await bare.send("input_audio_buffer.commit")
        committed = await bare.next("input_audio_buffer.committed")
        item = (await bare.next("conversation.item.created"))["item"]
    assert item["id"] == committed["item_id"]
    assert (item["status"], item["role"], item["type"]) == ("completed", "user", "message")
    assert item["content"][0]["type"] == "input_audio"


async def test_25_committing_nothing_is_an_error() -> None:
    """An empty buffer is not committed."""
    async with talking() as bare:
        await bare.update()
        await bare.send("input_audio_buffer.commit")
        await bare.error()
        assert "input_audio_buffer.committed" not in bare.types()


async def test_26_a_commit_alone_gets_no_answer() -> None:
    """Under client VAD there is no response before response.create."""
    async with talking() as bare:
        await bare.update()
        await bare.append(SPOKEN)
        await bare.send("input_audio_buffer.commit")
        await bare.next(
            "conversation.item.input_audio_transcription.completed",
            "conversation.item.input_audio_transcription.failed",
        )
        await bare.fence()
        assert "response.created" not in bare.types()


async def test_27_commit_and_create_may_come_back_to_back() -> None:
    """The two need not wait for each other."""
    async with talking() as bare:
        await bare.update()
        assert types(await bare.ask(SPOKEN))[-1] == "response.done"


# -- 28 to 36: an answer -------------------------------------------------------------------


async def test_28_response_created_is_in_progress_with_usage() -> None:
    """response.created has status in_progress and a usage block."""
    async with talking() as bare:
        await bare.update()
        [created] = of(await bare.ask(SPOKEN), "response.created")
    assert created["response"]["status"] == "in_progress"
    assert created["response"]["usage"]["total_tokens"] == 0
    assert created["response"]["usage"]["input_token_details"] == {
        "text_tokens": 0,
        "audio_tokens": 0,
    }


async def test_29_deltas_carry_the_response_id() -> None:
    """Every event of an answer names its response."""
    async with talking() as bare:
        await bare.update()
        events = await bare.ask(SPOKEN)
    [created] = of(events, "response.created")
    inner = [e for e in events if e["type"].startswith("response.") and "response" not in e]
    assert inner
    assert {e["response_id"] for e in inner} == {created["response"]["id"]}


async def test_30_transcript_deltas_make_the_transcript() -> None:
    """Joined in order, the deltas equal audio_transcript.done."""
    async with talking() as bare:
        await bare.update()
        events = await bare.ask(SPOKEN)
    joined_up = "".join(e["delta"] for e in of(events, "response.audio_transcript.delta"))
    [done] = of(events, "response.audio_transcript.done")
    assert joined_up == done["transcript"] != ""


async def test_32_sound_is_24_khz_pcm_without_a_header() -> None:
    """The bytes are whole 16-bit samples of a plausible length, and no file."""
    async with talking() as bare:
        await bare.update()
        data = sound(await bare.ask(SPOKEN))
    assert len(data) % 2 == 0
    assert len(data) > 24_000
    assert data[:4] not in (b"RIFF", b"ID3\x03")


async def test_33_an_interrupted_answer_is_closed_too() -> None:
    """audio.done and audio_transcript.done come even if the answer was cancelled."""
    async with talking(pace=1) as bare:
        await bare.update()
        events = await cancelled(bare)
    assert len(of(events, "response.audio.done")) == 1
    assert len(of(events, "response.audio_transcript.done")) == 1


async def test_34_every_answer_ends_once() -> None:
    """One response.done for each response.created, whatever happened in between."""
    async with talking(pace=1, faults=("failed_reply,times=1",)) as bare:
        await bare.update()
        await bare.ask(SPOKEN)
        await cancelled(bare)
        await bare.fence()
    created = [e["response"]["id"] for e in of(bare.came, "response.created")]
    done = [e["response"]["id"] for e in of(bare.came, "response.done")]
    assert created == done
    assert [e["response"]["status"] for e in of(bare.came, "response.done")] == [
        "failed",
        "cancelled",
    ]


@pytest.mark.parametrize("when", ["early", "ready", "late"])
async def test_35_the_transcription_names_the_item_whenever_it_comes(when: str) -> None:
    """transcription.completed refers to the committed item, before or after the answer."""
    completed = "conversation.item.input_audio_transcription.completed"
    async with talking(transcription=when) as bare:
        await bare.update()
        await bare.ask(SPOKEN)
        if not of(bare.came, completed):
            await bare.next(completed)
    [committed] = of(bare.came, "input_audio_buffer.committed")
    [transcription] = of(bare.came, completed)
    order = types(bare.came)
    assert transcription["item_id"] == committed["item_id"]
    if when == "early":
        assert order.index(completed) < order.index("response.created")
    if when == "late":
        assert order.index(completed) > order.index("response.done")


async def test_36_a_failed_transcription_leaves_the_answer_alone() -> None:
    """….failed with asr_no_result, and the answer completes."""
    async with talking(transcription="failed") as bare:
        await bare.update()
        events = await bare.ask(SPOKEN)
        failed = of(bare.came, "conversation.item.input_audio_transcription.failed") or [
            await bare.next("conversation.item.input_audio_transcription.failed")
        ]
    assert failed[0]["error"]["code"] == "asr_no_result"
    assert events[-1]["response"]["status"] == "completed"


# -- 37 to 45: whose turn it is ------------------------------------------------------------


async def test_37_server_vad_makes_a_turn_of_speech_and_silence() -> None:
    """started, stopped, committed, item, response: without a commit of the client's."""
    async with talking() as bare:
        await bare.update(turn_detection=SERVER_VAD)
        for chunk in chunks(SPOKEN + silence(1)):
            await bare.append(chunk)
        await bare.next("response.done")
    order = [t for t in bare.types() if t in TURN]
    assert order == list(TURN)


TURN = (
    "input_audio_buffer.speech_started",
    "input_audio_buffer.speech_stopped",
    "input_audio_buffer.committed",
    "conversation.item.created",
    "response.created",
    "response.done",
)


async def test_38_without_silence_nothing_stops() -> None:
    """Speech that goes on is neither stopped nor committed."""
    speech = SPOKEN[16_000:44_800]  # inside the sentence
    async with talking() as bare:
        await bare.update(turn_detection=SERVER_VAD)
        await bare.append(speech * 4)
        await bare.next("input_audio_buffer.speech_started")
        await bare.update(turn_detection=SERVER_VAD)  # answered when all that was heard
        await bare.fence()
    assert "input_audio_buffer.speech_stopped" not in bare.types()
    assert "input_audio_buffer.committed" not in bare.types()


async def test_38a_a_burst_is_one_turn() -> None:
    """Sound is segmented by its content, not by when it came."""
    async with talking() as bare:
        await bare.update(turn_detection=SERVER_VAD)
        await bare.append(SPOKEN + silence(1.2))
        await bare.next("response.done")
        await bare.fence()
    assert len(of(bare.came, "input_audio_buffer.committed")) == 1
    assert len(of(bare.came, "response.created")) == 1


async def test_39_create_response_false_only_commits() -> None:
    """The turn is committed and gets no answer."""
    async with talking() as bare:
        await bare.update(turn_detection={**SERVER_VAD, "create_response": False})
        await bare.append(SPOKEN + silence(1))
        await bare.next("conversation.item.created")
        await bare.fence()
        assert "response.created" not in bare.types()
        await bare.send("response.create")
        await bare.next("response.done")


async def test_41_new_speech_ends_the_running_answer() -> None:
    """speech_started, then the old answer's done with status cancelled, then the new answer."""
    async with talking(pace=1) as bare:
        await bare.update(turn_detection=SERVER_VAD)
        await bare.append(SPOKEN + silence(1))
        await bare.next("response.audio.delta")
        await bare.append(SPOKEN)
        await bare.next("input_audio_buffer.speech_started")
        done = await bare.next("response.done")
        assert done["response"]["status"] == "cancelled"
        assert done["response"]["status_details"]["reason"] == "turn_detected"
        await bare.append(silence(1))
        await bare.next("response.created")


async def test_42_interrupt_response_false_lets_it_finish() -> None:
    """The old answer completes; the new turn's answer follows it."""
    async with talking(pace=20) as bare:
        await bare.update(turn_detection={**SERVER_VAD, "interrupt_response": False})
        await bare.append(SPOKEN + silence(1))
        await bare.next("response.audio.delta")
        await bare.append(SPOKEN + silence(1))
        first = await bare.next("response.done")
        second = await bare.next("response.done")
    assert first["response"]["status"] == second["response"]["status"] == "completed"
    assert len(of(bare.came, "input_audio_buffer.speech_started")) == 2


async def test_43_cancel_ends_the_answer() -> None:
    """response.cancelled and response.done with status cancelled."""
    async with talking(pace=1) as bare:
        await bare.update()
        events = await cancelled(bare)
    [told] = of(events, "response.cancelled")
    assert told["response"]["status"] == "cancelled"
    assert events[-1]["response"]["status"] == "cancelled"
    assert events[-1]["response"]["id"] == told["response"]["id"]


async def test_44_cancelling_nothing_is_survived() -> None:
    """A cancel with no answer running, and a second one, never close."""
    async with talking(pace=1) as bare:
        await bare.update()
        await bare.send("response.cancel")
        assert (await bare.error())["code"] == "response_cancel_not_active"
        await cancelled(bare, times=2)
        await bare.update()


async def test_45_clear_empties_the_buffer() -> None:
    """cleared; a commit after it is an error."""
    async with talking() as bare:
        await bare.update()
        await bare.append(SPOKEN)
        await bare.send("input_audio_buffer.clear")
        await bare.next("input_audio_buffer.cleared")
        await bare.send("input_audio_buffer.commit")
        await bare.error()


# -- 46 to 53: functions, text, modalities -------------------------------------------------


async def test_46_a_call_names_a_declared_tool() -> None:
    """name is a declared tool, arguments is a JSON string."""
    async with talking() as bare:
        await bare.update(tools=[PHONE])
        events = await bare.ask(sample("call_zh"))
    [call] = of(events, "response.function_call_arguments.done")
    assert call["name"] == "phoneCall"
    assert "张三" in json.loads(call["arguments"])["contact_name"]
    assert events[-1]["response"]["output"][0]["type"] == "function_call"


async def test_47_calls_come_before_their_response_done() -> None:
    """Every arguments.done of a response precedes its response.done."""
    async with talking() as bare:
        await bare.update(tools=[PHONE, WEATHER])
        await bare.write("给张三打个电话，再查一下北京的天气")
        await bare.send("response.create")
        done = await bare.next("response.done")
    calls = of(bare.came, "response.function_call_arguments.done")
    assert {call["name"] for call in calls} == {"phoneCall", "get_weather"}
    assert {call["response_id"] for call in calls} == {done["response"]["id"]}


WEATHER = {
    "type": "function",
    "name": "get_weather",
    "description": "查询一个城市的天气",
    "parameters": {
        "type": "object",
        "properties": {"city": {"type": "string", "description": "城市"}},
        "required": ["city"],
    },
}


@pytest.mark.parametrize("with_id", [True, False])
async def test_48_an_output_and_one_create_give_a_second_answer(with_id: bool) -> None:
    """call_id is optional in the output; a second response speaks."""
    async with talking() as bare:
        await bare.update(tools=[PHONE])
        [call] = of(await bare.ask(sample("call_zh")), "response.function_call_arguments.done")
        item = {"type": "function_call_output", "output": '{"status": "success"}'}
        if with_id:
            item["call_id"] = call["call_id"]
        await bare.send("conversation.item.create", item=item)
        await bare.send("response.create")
        done = await bare.next("response.done")
    assert done["response"]["id"] != call["response_id"]
    assert done["response"]["output"][0]["type"] == "message"


async def test_49_an_empty_output_is_an_error() -> None:
    """A function's output may not be empty."""
    async with talking() as bare:
        await bare.send(
            "conversation.item.create", item={"type": "function_call_output", "output": ""}
        )
        assert (await bare.error())["param"] == "item.output"


async def test_50_an_empty_text_is_an_error() -> None:
    """A message without words is refused."""
    async with talking() as bare:
        await bare.write("")
        await bare.error()
        assert "conversation.item.created" not in bare.types()


async def test_51_a_text_gets_an_answer() -> None:
    """A text message and response.create give a reply."""
    async with talking() as bare:
        await bare.update()
        await bare.write("你好")
        await bare.next("conversation.item.created")
        await bare.send("response.create")
        await bare.next("response.done")
    assert of(bare.came, "response.audio_transcript.done")[0]["transcript"]


async def test_52_modalities_text_alone_is_silent() -> None:
    """text.* comes, audio.* and audio_transcript.* do not."""
    async with talking() as bare:
        await bare.update(modalities=["text"])
        events = await bare.ask(SPOKEN)
    written = "".join(e["delta"] for e in of(events, "response.text.delta"))
    assert written == of(events, "response.text.done")[0]["text"] != ""
    assert not [t for t in types(events) if t.startswith("response.audio")]


async def test_53_modalities_text_and_audio_speak() -> None:
    """Transcript and sound come."""
    async with talking() as bare:
        await bare.update(modalities=["text", "audio"])
        events = await bare.ask(SPOKEN)
    assert {"response.audio.delta", "response.audio_transcript.delta"} <= set(types(events))


# -- 54 to 60: formats, pictures, errors ---------------------------------------------------


async def test_54_pcm16_is_16_khz_and_pcm24_is_24_khz() -> None:
    """The same speech is heard at the same moments in both."""
    import numpy as np
    import soxr

    slow = np.frombuffer(SPOKEN + silence(1), "<i2")
    fast = soxr.resample(slow, 16_000, 24_000).astype("<i2").tobytes()
    found = {}
    for format, pcm in (("pcm16", slow.tobytes()), ("pcm24", fast)):
        async with talking() as bare:
            await bare.update(input_audio_format=format, turn_detection=SERVER_VAD)
            await bare.append(pcm)
            await bare.next("response.created")
        [start] = of(bare.came, "input_audio_buffer.speech_started")
        [stop] = of(bare.came, "input_audio_buffer.speech_stopped")
        found[format] = (start["audio_start_ms"], stop["audio_end_ms"])
    for one, other in zip(found["pcm16"], found["pcm24"], strict=True):
        assert abs(one - other) <= 64


async def test_55_wav_takes_one_file_or_many() -> None:
    """One WAV a turn and one WAV each 100 ms are the same turn."""
    async with talking() as bare:
        await bare.update(input_audio_format="wav")
        whole = await bare.ask(wav(SPOKEN))
        for chunk in chunks(SPOKEN):
            await bare.append(wav(chunk))
        await bare.send("input_audio_buffer.commit")
        await bare.send("response.create")
        await bare.next("response.done")
        heard = of(bare.came, "conversation.item.input_audio_transcription.completed")
    assert [e["transcript"].strip("。") for e in heard] == ["给我讲个笑话吧"] * 2
    assert types(whole)[-1] == "response.done"


async def test_56_wav_obeys_its_own_header() -> None:
    """A WAV at 22,050 Hz is heard at 22,050 Hz."""
    import numpy as np
    import soxr

    rate = 22_050
    pcm = np.frombuffer(SPOKEN + silence(1), "<i2")
    odd = soxr.resample(pcm, 16_000, rate).astype("<i2").tobytes()
    async with talking() as bare:
        await bare.update(input_audio_format="wav", turn_detection=SERVER_VAD)
        for chunk in chunks(odd, rate):
            await bare.append(wav(chunk, rate))
        stopped = await bare.next("input_audio_buffer.speech_stopped")
    assert abs(stopped["audio_end_ms"] - 1_664) < 100


async def test_57_video_passive_reports_fps() -> None:
    """session.updated says how many pictures a second are looked at."""
    async with talking() as bare:
        session = await bare.update(beta_fields={"chat_mode": "video_passive"})
    assert session["beta_fields"]["fps"] == 2


async def test_58_a_video_answer_needs_a_picture() -> None:
    """Without a frame: video_model_query_error; with one: an answer."""
    async with talking() as bare:
        await bare.update(beta_fields={"chat_mode": "video_passive"})
        await bare.append(SPOKEN)
        await bare.send("input_audio_buffer.commit")
        await bare.send("response.create")
        assert (await bare.error())["code"] == "video_model_query_error"
        await bare.send("input_audio_buffer.append_video_frame", video_frame=b64(jpeg()))
        events = await bare.ask(SPOKEN)
    assert events[-1]["response"]["status"] == "completed"


async def test_59_a_picture_in_audio_mode_never_closes() -> None:
    """It is an error, and the session goes on."""
    async with talking() as bare:
        await bare.update()
        await bare.send("input_audio_buffer.append_video_frame", video_frame=b64(jpeg()))
        await bare.error()
        assert (await bare.ask(SPOKEN))[-1]["response"]["status"] == "completed"


async def test_60_errors_leave_the_session_usable() -> None:
    """After all sorts of errors a good turn still works."""
    async with talking() as bare:
        for type, fields in (
            ("input_audio_buffer.commit", {}),
            ("input_audio_buffer.append", {"audio": "?"}),
            ("session.update", {"session": {"voice": 3}}),
            ("conversation.item.create", {"item": {"type": "song"}}),
            ("response.cancel", {}),
            ("nonsense", {}),
        ):
            await bare.send(type, **fields)
            await bare.error()
        await bare.update()
        assert (await bare.ask(SPOKEN))[-1]["response"]["status"] == "completed"


# -- 66 to 68: what fails on purpose -------------------------------------------------------


async def test_66_arrears_come_in_band() -> None:
    """The upgrade succeeds; error 1113 comes after session.update."""
    async with talking(faults=("arrears",)) as bare:
        await bare.send("session.update", session=configuration())
        assert (await bare.error())["code"] == "1113"


async def test_67_a_bad_model_in_the_address_is_1234_and_1003() -> None:
    """The upgrade succeeds; error 1234 comes and the connection is closed with 1003."""
    async with running() as server:
        async with joined(server, query="?model=glm-realtime-plus", greeted=False) as bare:
            assert (await bare.error())["code"] == "1234"
            with pytest.raises(ConnectionClosedError) as closed:
                await bare.any()
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 1003
        async with joined(server, query="?model=glm-realtime-flash"):
            pass


async def test_68_unknown_items_are_errors() -> None:
    """delete and retrieve of an unknown item are errors; of a known one they are answered."""
    async with talking() as bare:
        await bare.write("记住这个")
        item = (await bare.next("conversation.item.created"))["item"]
        for verb in ("retrieve", "delete"):
            await bare.send(f"conversation.item.{verb}", item_id="item0")
            await bare.error()
        await bare.send("conversation.item.retrieve", item_id=item["id"])
        assert (await bare.next("conversation.item.retrieved"))["item"] == item
        await bare.send("conversation.item.delete", item_id=item["id"])
        assert (await bare.next("conversation.item.deleted"))["item_id"] == item["id"]
        await bare.send("conversation.item.retrieve", item_id=item["id"])
        await bare.error()


async def cancelled(bare: Bare, *, times: int = 1) -> list[dict[str, Any]]:
    """A turn that is cancelled after its first sound; its events up to response.done."""
    first = len(bare.came)
    await bare.append(SPOKEN)
    await bare.send("input_audio_buffer.commit")
    await bare.send("response.create")
    await bare.next("response.audio.delta")
    for _ in range(times):
        await bare.send("response.cancel")
    await asyncio.wait_for(bare.next("response.done"), SECONDS)
    return bare.came[first:]


def chunks(pcm: bytes, rate: int = 16_000, seconds: float = 0.1) -> list[bytes]:
    size = 2 * round(rate * seconds)
    return [pcm[at : at + size] for at in range(0, len(pcm), size)]
