"""What the emulator keeps to beside the statements of ``glmkit verify``.

``tests/verify/`` plays those to this server. Here is what no client can bring about (a failed
answer, arrears), what is the emulator's own choice (its codes, its defaults, other spellings of
what a statement says), and what would not be fair to ask of a model (exact words and moments).
Numbers are those of the statements.
"""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
import time
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from glmkit.emulator.options import Options
from glmkit.verify.raw_client import configuration
from tests.bare import (
    KEY,
    SECONDS,
    Bare,
    joined,
    of,
    running,
    sample,
    silence,
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


async def test_02_a_token_signed_by_hand_is_let_in() -> None:
    """HS256 with the secret, exp in seconds: whoever made the token."""
    async with running() as server, joined(server, headers={"Authorization": f"Bearer {token()}"}):
        pass


async def test_04_an_empty_authorization_is_1001() -> None:
    """As none at all: no WebSocket but a 401 with code 1001 and words."""
    status, error = await refused({"Authorization": "Bearer "})
    assert (status, error["code"]) == (401, "1001")
    assert error["message"]


@pytest.mark.parametrize(
    "bad",
    [
        token(id="f" * 32),
        token(alg="none"),
        token(alg="HS512"),
        f"{ID}.QRSTUVWXYZABCDEF",
        "nonsense",
    ],
    ids=["id", "none", "HS512", "secret", "nonsense"],
)
async def test_05_a_bad_token_or_key_is_refused(bad: str) -> None:
    """An unknown id, another algorithm or a wrong secret is a 401 with 1002, and is not shown."""
    status, error = await refused({"Authorization": f"Bearer {bad}"})
    assert (status, error["code"]) == (401, "1002")
    assert bad not in error["message"]


async def test_06_a_key_in_the_query_is_let_in() -> None:
    """``?Authorization=`` takes a key as well as a token, without Bearer."""
    async with running() as server, joined(server, headers={}, query=f"?Authorization={KEY}"):
        pass


async def test_08_the_emulator_has_defaults_of_its_own() -> None:
    """The model's name, what it answers with, no limit of tokens."""
    models = {"documented": "glm-realtime-flash", "observed-2026-09": "glm-realtime"}
    for profile, model in models.items():
        async with talking(profile=profile) as bare:
            session = bare.came[-1]["session"]
            updated = await bare.update(beta_fields={"chat_mode": "audio"})
        assert updated["model"] == model == session["model"]
    assert session["id"].startswith("sess")
    assert session["object"] == "realtime.session"
    assert session["modalities"] == ["text", "audio"]
    assert session["max_response_output_tokens"] == "inf"


async def test_objects_have_the_shapes_that_the_schema_has() -> None:
    """No null for an object, no part of a kept message that is not listed, no nameless object."""
    async with talking(pace=1) as bare:
        session = await bare.update()
        assert "input_audio_noise_reduction" not in session
        content = [{"type": "input_text", "text": "给我讲个故事"}]
        item = {"type": "message", "role": "user", "content": content}
        await bare.send("conversation.item.create", item=item)
        made = await bare.next("conversation.item.created")
        assert made["item"]["content"] == [{"type": "text", "text": "给我讲个故事"}]
        await bare.send("response.create")
        await bare.next("response.audio.delta")
        await bare.send("response.cancel")
        stopped = (await bare.next("response.cancelled"))["response"]
        assert (stopped["object"], stopped["status"]) == ("realtime.response", "cancelled")


def test_10_heartbeats_are_half_a_minute_apart() -> None:
    """Unless chosen otherwise."""
    assert Options(key=KEY).heartbeat == 30


# -- 11 to 21: configuration and events ----------------------------------------------------


@pytest.mark.parametrize("type", ["heartbeat", "transcription_session.update"])
async def test_11_what_no_client_may_send_is_1210(type: str) -> None:
    """The code for what the emulator does not take."""
    async with talking() as bare:
        await bare.send(type)
        assert (await bare.error())["code"] == "1210"


async def test_14_a_refused_update_changes_nothing() -> None:
    """Not even what is right in it."""
    async with talking() as bare:
        await bare.update(modalities=["text"])
        await bare.send("session.update", session=configuration(tool_choice="auto"))
        await bare.error()
        events = await bare.ask(SPOKEN)
    assert not of(events, "session.updated")
    assert not of(events, "response.audio.delta")  # still written answers only


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


async def test_20_any_text_is_survived() -> None:
    """Each is told with the code of an event without a type."""
    async with talking() as bare:
        for message in ("", "hello", "[1]", "null", "[" * 100_000, '{"type": 1}'):
            await bare.socket.send(message)
            assert (await bare.error())["code"] == "invalid_event"
        await bare.update()


async def test_21_unknown_fields_of_a_configuration_are_ignored() -> None:
    """A stray one in the session, or in a tool's schema, does no harm."""
    async with talking() as bare:
        tool = {**PHONE, "parameters": {**PHONE["parameters"], "$schema": "x"}}
        await bare.send("session.update", session=configuration(stray=1, tools=[tool]), delta="")
        await bare.next("session.updated")
        assert of(await bare.fence(), "error") == []


# -- 34 to 41: an answer -------------------------------------------------------------------


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


async def test_41_an_interrupted_answer_says_why() -> None:
    """The reason is in its response.done."""
    async with talking(pace=1) as bare:
        await bare.update(turn_detection=SERVER_VAD)
        await bare.append(SPOKEN + silence(1))
        await bare.next("response.audio.delta")
        await bare.append(SPOKEN)
        done = await bare.next("response.done")
    assert done["response"]["status_details"]["reason"] == "turn_detected"


# -- 47 to 49: functions -------------------------------------------------------------------


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


async def test_48_an_answer_lists_what_it_made() -> None:
    """A call; and after an output with its call_id, a message."""
    async with talking() as bare:
        await bare.update(tools=[PHONE])
        events = await bare.ask(sample("call_zh"))
        [call] = of(events, "response.function_call_arguments.done")
        item = {"type": "function_call_output", "output": "{}", "call_id": call["call_id"]}
        await bare.send("conversation.item.create", item=item)
        await bare.send("response.create")
        done = await bare.next("response.done")
    assert "张三" in json.loads(call["arguments"])["contact_name"]
    assert events[-1]["response"]["output"][0]["type"] == "function_call"
    assert done["response"]["output"][0]["type"] == "message"


async def test_49_the_error_of_an_empty_output_names_the_field() -> None:
    """A function's output may not be empty."""
    async with talking() as bare:
        await bare.send(
            "conversation.item.create", item={"type": "function_call_output", "output": ""}
        )
        assert (await bare.error())["param"] == "item.output"


# -- 55 and 56: formats --------------------------------------------------------------------


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


# -- 66 and 67: what fails on purpose ------------------------------------------------------


async def test_66_arrears_come_in_band() -> None:
    """The upgrade succeeds; error 1113 comes after session.update."""
    async with talking(faults=("arrears",)) as bare:
        await bare.send("session.update", session=configuration())
        assert (await bare.error())["code"] == "1113"


async def test_67_a_model_there_is_may_stand_in_the_address() -> None:
    """``?model=`` takes the documented names."""
    async with running() as server, joined(server, query="?model=glm-realtime-flash"):
        pass


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
