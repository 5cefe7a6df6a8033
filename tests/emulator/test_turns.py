"""Whose turn it is: commits, answers that wait, interruptions, memory, switches."""

from __future__ import annotations

import asyncio
import base64
import gc
import io
import sys
from typing import Any

import pytest

from glmkit.emulator.turn import speech_detection
from glmkit.emulator.turn.mp3_encoder import Mp3Encoder
from tests.bare import (
    SECONDS,
    Bare,
    b64,
    joined,
    jpeg,
    of,
    running,
    sample,
    silence,
    sound,
    talking,
    types,
)

SERVER_VAD = {"type": "server_vad"}
SILENT = ["text"]
SPOKEN = sample("hello_en")
COMPLETED = "conversation.item.input_audio_transcription.completed"


async def written(bare: Bare, words: str) -> str:
    """The words of the answer to ``words``; empty for an empty answer or a call."""
    await bare.write(words)
    await bare.send("response.create")
    output = (await bare.next("response.done"))["response"]["output"]
    part = output[0].get("content", [{}])[0] if output else {}
    return str(part.get("text") or part.get("transcript") or "")


# -- server VAD ----------------------------------------------------------------------------


async def test_a_commit_while_somebody_speaks_ends_the_turn_once() -> None:
    """speech_stopped, committed and one answer; the rest of the sound is a new stream."""
    async with talking() as bare:
        await bare.update(turn_detection=SERVER_VAD)
        await bare.append(SPOKEN[: 2 * 24_000])
        await bare.next("input_audio_buffer.speech_started")
        await bare.send("input_audio_buffer.commit")
        await bare.send("response.create")
        await bare.next("response.done")
        await bare.append(silence(1))
        await bare.fence()
    assert bare.types().count("input_audio_buffer.committed") == 1
    assert bare.types().count("response.created") == 1
    [stopped] = of(bare.came, "input_audio_buffer.speech_stopped")
    assert 1_300 < stopped["audio_end_ms"] <= 1_500


async def test_a_commit_after_the_turn_ended_is_an_error() -> None:
    """Nothing is answered twice: server VAD committed already."""
    async with talking() as bare:
        await bare.update(turn_detection=SERVER_VAD)
        await bare.append(SPOKEN + silence(1.2))
        await bare.send("input_audio_buffer.commit")
        await bare.error()
        await bare.next("response.done")
        await bare.fence()
    assert bare.types().count("response.created") == 1


@pytest.mark.parametrize(("mode", "errors"), [("ignore", 0), ("error", 1)])
async def test_a_needless_commit_by_switch(mode: str, errors: int) -> None:
    """It can be ignored, or always be an error."""
    async with talking(commit_under_server_vad=mode) as bare:
        await bare.update(turn_detection=SERVER_VAD)
        await bare.append(SPOKEN[: 2 * 24_000])
        await bare.next("input_audio_buffer.speech_started")
        await bare.send("input_audio_buffer.commit")
        assert len(of(await bare.fence(), "error")) == errors
    assert "input_audio_buffer.committed" not in bare.types()


async def test_a_create_at_each_commit_is_answered_once() -> None:
    """The official Python samples do this under server VAD too."""
    async with talking() as bare:
        await bare.update(turn_detection=SERVER_VAD)
        await bare.append(SPOKEN + silence(1))
        await bare.next("input_audio_buffer.committed")
        await bare.send("response.create")
        await bare.next("response.done")
        await bare.fence()
    assert bare.types().count("response.created") == 1


async def test_two_questions_in_one_upload_are_two_turns() -> None:
    """The second begins while the first is answered, and ends that answer."""
    async with talking(pace=1) as bare:
        await bare.update(turn_detection=SERVER_VAD)
        await bare.append(sample("two_questions_zh") + silence(1))
        first = await bare.next("response.done")
        second = await bare.next("response.created")
    assert bare.types().count("input_audio_buffer.committed") == 2
    assert first["response"]["status"] == "cancelled"
    assert second["response"]["id"] != first["response"]["id"]


async def test_clear_forgets_speech_that_goes_on() -> None:
    """Silence after it ends no turn."""
    async with talking() as bare:
        await bare.update(turn_detection=SERVER_VAD)
        await bare.append(SPOKEN[: 2 * 24_000])
        await bare.next("input_audio_buffer.speech_started")
        await bare.send("input_audio_buffer.clear")
        await bare.append(silence(2))
        await bare.update(turn_detection=SERVER_VAD)
    assert "input_audio_buffer.committed" not in bare.types()


async def test_silence_is_no_speech() -> None:
    """Ten seconds of it, and a shorter pause than asked for, end nothing."""
    async with talking() as bare:
        await bare.update(turn_detection={**SERVER_VAD, "silence_duration_ms": 3_000})
        await bare.append(silence(10))
        await bare.append(SPOKEN + silence(2))
        await bare.update(turn_detection={**SERVER_VAD, "silence_duration_ms": 3_000})
    assert bare.types().count("input_audio_buffer.speech_started") == 1
    assert "input_audio_buffer.speech_stopped" not in bare.types()


@pytest.mark.slow
async def test_speech_that_nobody_ends_fills_the_buffer(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error says so once, and the session goes on."""
    monkeypatch.setattr(speech_detection, "_MOST_SAMPLES", 3 * 16_000)
    loud = SPOKEN[2 * 8_000 : 2 * 28_000]  # 1.25 s
    async with asyncio.timeout(SECONDS), talking() as bare:
        await bare.update(turn_detection=SERVER_VAD)
        while not (full := times_full(bare)):
            await bare.append(loud)
            await bare.fence()
        for _ in range(3):
            await bare.append(loud)
        await bare.append(silence(1))
        await bare.next("input_audio_buffer.committed")
        assert times_full(bare) == full == 1


def times_full(bare: Bare) -> int:
    """How often it was said that the buffer is full."""
    codes = [event["error"]["code"] for event in of(bare.came, "error")]
    return codes.count("audio_buffer_size_exceeded")


async def test_pictures_travel_with_spoken_turns() -> None:
    """In video_passive, server VAD attaches the frames itself."""
    async with talking() as bare:
        video = {"chat_mode": "video_passive"}
        await bare.update(turn_detection=SERVER_VAD, beta_fields=video)
        await bare.send("input_audio_buffer.append_video_frame", video_frame=b64(jpeg()))
        await bare.append(SPOKEN + silence(1))
        assert (await bare.next("response.done"))["response"]["status"] == "completed"
    assert not of(bare.came, "error")


# -- answers -------------------------------------------------------------------------------


@pytest.mark.slow
async def test_a_second_turn_waits_for_the_first_answer() -> None:
    """Under client VAD the answers come one after the other, whole."""
    async with talking(pace=20) as bare:
        await bare.update()
        for _ in range(2):
            await bare.append(SPOKEN)
            await bare.send("input_audio_buffer.commit")
            await bare.send("response.create")
        for _ in range(2):
            assert (await bare.next("response.done"))["response"]["status"] == "completed"
    order = [t for t in bare.types() if t in ("response.created", "response.done")]
    assert order == ["response.created", "response.done"] * 2


async def test_too_many_waiting_answers_are_refused() -> None:
    """A clear error, and those that wait are still given."""
    async with talking(pace=1) as bare:
        await bare.update()
        for _ in range(12):
            await bare.write("hello")
            await bare.send("response.create")
        assert (await bare.error())["code"] == "1302"
        await bare.send("response.cancel")
        await bare.next("response.done")


async def test_an_early_output_is_answered_after_the_call() -> None:
    """A client that answers before response.done gets its second response after it."""
    tool = {"type": "function", "name": "get_weather", "description": "查询天气"}
    async with talking() as bare:
        await bare.update(modalities=SILENT, tools=[tool])
        await bare.write("今天天气怎么样")
        await bare.send("response.create")
        call = await bare.next("response.function_call_arguments.done")
        item = {"type": "function_call_output", "call_id": call["call_id"], "output": "晴，21度"}
        await bare.send("conversation.item.create", item=item)
        await bare.send("response.create")
        await bare.next("response.done")
        assert (await bare.next("response.done"))["response"]["output"][0]["type"] == "message"


async def test_create_with_nothing_said_is_answered() -> None:
    """There is inference over an empty history too."""
    async with talking() as bare:
        await bare.update()
        await bare.send("response.create")
        assert (await bare.next("response.done"))["response"]["status"] == "completed"


async def test_a_greeting_comes_unasked_and_once() -> None:
    """Its words are the client's."""
    greeting = {"enable": True, "content": "Hello, I am here."}
    async with talking() as bare:
        await bare.update(greeting_config=greeting)
        await bare.next("response.done")
        await bare.update(greeting_config=greeting)
        await bare.fence()
    [done] = of(bare.came, "response.audio_transcript.done")
    assert done["transcript"] == "Hello, I am here."


async def test_max_tokens_make_an_answer_incomplete() -> None:
    """Status incomplete, with the reason; words and sound end together."""
    async with talking() as bare:
        await bare.update(max_response_output_tokens="5")
        events = await bare.ask(SPOKEN)
        whole = await talked_whole()
    response = events[-1]["response"]
    assert response["status"] == "incomplete"
    assert response["status_details"]["reason"] == "max_output_tokens"
    assert 0 < len(sound(events)) < len(sound(whole)) / 2


async def talked_whole() -> list[dict[str, Any]]:
    async with talking() as bare:
        await bare.update()
        return await bare.ask(SPOKEN)


@pytest.mark.slow
async def test_the_encoder_of_a_cancelled_answer_is_collected_in_silence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody ends it: what it still writes then disturbs nobody."""
    found: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", found.append)
    for _ in range(5):
        encoder = Mp3Encoder()
        await encoder.feed(bytes(48_000))
        encoder.__dict__["itself"] = encoder  # so that only the collector finds it
    del encoder
    gc.collect()
    assert found == []


async def test_mp3_answers_decode_whole() -> None:
    """24 kHz MP3 of about the length of the PCM answer."""
    import soundfile

    async with talking() as bare:
        await bare.update(output_audio_format="mp3")
        events = await bare.ask(SPOKEN)
    decoded, rate = soundfile.read(io.BytesIO(sound(events)))
    pcm = len(sound(await talked_whole())) / 2 / 24_000
    assert rate == 24_000
    assert abs(len(decoded) / rate - pcm) < 0.2


async def test_usage_can_be_estimated() -> None:
    """By switch; zeros otherwise."""
    async with talking(usage="estimates") as bare:
        await bare.update()
        usage = (await bare.ask(SPOKEN))[-1]["response"]["usage"]
    assert usage["total_tokens"] == usage["input_tokens"] + usage["output_tokens"] > 0
    assert usage["input_token_details"]["audio_tokens"] > 10


async def test_empty_schemas_break_answers_as_observed() -> None:
    """422 and status failed, until they are gone."""
    tool = {"type": "function", "name": "f", "parameters": {"type": "object", "properties": {}}}
    async with talking() as bare:
        await bare.update(tools=[tool])
        events = await bare.ask(SPOKEN)
        assert of(events, "error")[0]["error"]["code"] == "422"
        assert events[-1]["response"]["status"] == "failed"
        await bare.update(tools=None)
        assert (await bare.ask(SPOKEN))[-1]["response"]["status"] == "completed"


async def test_the_search_is_honest() -> None:
    """auto_search shows the inner tool and that there is none."""
    beta = {"chat_mode": "audio", "auto_search": True}
    async with talking() as bare:
        await bare.update(modalities=SILENT, beta_fields=beta)
        await written(bare, "帮我搜索一下今天的新闻")
        await bare.update(modalities=SILENT)
        shown = len(bare.came)
        await written(bare, "帮我搜索一下今天的新闻")
    kind = "response.function_call.inner_tool"
    [asked], [found] = of(bare.came[:shown], kind), of(bare.came[:shown], f"{kind}.result")
    assert "新闻" in asked["arguments"]
    assert "emulator" in found["result"]
    assert not of(bare.came[shown:], kind)


async def test_the_browser_comes_before_the_words_in_video_by_switch() -> None:
    """simple_browser: after created, before the first transcript."""
    async with talking(simple_browser=True) as bare:
        await bare.update(modalities=SILENT, beta_fields={"chat_mode": "video_passive"})
        await bare.send("input_audio_buffer.append_video_frame", video_frame=b64(jpeg()))
        await written(bare, "帮我搜索一下今天的新闻")
    order = bare.types()
    browser = order.index("response.function_call.simple_browser")
    assert order.index("response.created") < browser
    assert browser < order.index("response.text.delta")


# -- memory --------------------------------------------------------------------------------


async def test_the_conversation_is_remembered_and_items_forgotten() -> None:
    """What was the first thing I asked? Not what was deleted."""
    async with talking() as bare:
        await bare.update(modalities=SILENT)
        await written(bare, "一加一等于几？")
        first = of(bare.came, "conversation.item.created")[0]["item"]["id"]
        assert "一加一" in await written(bare, "我第一个问题是什么？")
        await bare.send("conversation.item.delete", item_id=first)
        assert "一加一" not in await written(bare, "我第一个问题是什么？")


@pytest.mark.parametrize("back", [False, True])
async def test_leaving_video_forgets_everything(back: bool) -> None:
    """audio → video keeps the history, video → audio drops it."""
    async with talking() as bare:
        await bare.update(modalities=SILENT)
        await written(bare, "一加一等于几？")
        await bare.update(modalities=SILENT, beta_fields={"chat_mode": "video_passive"})
        if back:
            await bare.update(modalities=SILENT)
        else:
            await bare.send("input_audio_buffer.append_video_frame", video_frame=b64(jpeg()))
        answer = await written(bare, "我第一个问题是什么？")
    assert ("一加一" in answer) is not back


async def test_an_interrupted_answer_is_remembered_whole_when_its_words_were_out() -> None:
    """Verbatim, as observed."""
    async with talking(pace=1) as bare:
        await bare.update()
        await bare.write("给我讲个笑话")
        await bare.send("response.create")
        await bare.next("response.audio.delta")
        await bare.fence()
        await bare.send("response.cancel")
        done = await bare.next("response.done")
        item = done["response"]["output"][0]
        await bare.send("conversation.item.retrieve", item_id=item["id"])
        kept = (await bare.next("conversation.item.retrieved"))["item"]
    assert item["status"] == "incomplete"
    assert kept["content"][0]["text"] == item["content"][0]["transcript"]


# -- switches ------------------------------------------------------------------------------


async def test_the_observed_profile_differs_as_reported() -> None:
    """No text.*, no conversation.created, no error.type, bare speech events, late transcripts."""
    async with running(profile="observed-2026-09") as server, joined(server) as bare:
        await bare.update(turn_detection=SERVER_VAD)
        await bare.append(SPOKEN + silence(1))
        await bare.next("response.done")
        await bare.next(COMPLETED)
        await bare.send("nonsense")
        error = await bare.error()
    assert "conversation.created" not in bare.types()
    assert "response.text.delta" not in bare.types()
    assert "type" not in error
    [started] = of(bare.came, "input_audio_buffer.speech_started")
    assert set(started) == {"event_id", "type"}
    assert bare.types().index(COMPLETED) > bare.types().index("response.done")


async def test_silent_text_turns_are_empty_answers() -> None:
    """As one published run saw them."""
    async with talking(text_turns="silent") as bare:
        await bare.update()
        assert await written(bare, "你好") == ""
        assert (await bare.ask(SPOKEN))[-1]["response"]["output"]


async def test_events_of_parts_and_call_ids_can_be_left_out() -> None:
    """part_events and call_id."""
    tool = {"type": "function", "name": "get_weather", "description": "查询天气"}
    async with talking(part_events=False, call_id=False) as bare:
        await bare.update(modalities=SILENT, tools=[tool])
        await written(bare, "今天天气怎么样")
        await written(bare, "你好")
    assert not [t for t in bare.types() if "output_item" in t or "content_part" in t]
    [call] = of(bare.came, "response.function_call_arguments.done")
    assert "call_id" not in call


async def test_rate_limits_come_by_switch() -> None:
    """Once an answer."""
    async with talking(rate_limits=True) as bare:
        await bare.update()
        events = await bare.ask(SPOKEN)
    assert types(events).count("rate_limits.updated") == 1


async def test_deltas_are_large_and_irregular() -> None:
    """And each ends between samples."""
    async with talking() as bare:
        await bare.update()
        events = await bare.ask(SPOKEN)
    sizes = [len(base64.b64decode(e["delta"])) for e in of(events, "response.audio.delta")]
    assert not any(size % 2 for size in sizes)
    assert len(set(sizes)) > 2
    assert max(sizes) > 20_000


async def test_sound_in_a_message_is_taken_and_not_heard() -> None:
    """No error, and nothing comes of it (observed), but of words beside it."""
    heard = {"type": "input_audio", "audio": "AAAA"}
    beside = {"type": "text", "text": "Hello"}
    async with talking() as bare:
        await bare.update(modalities=["text"])
        for content in ([heard], [heard, beside]):
            item = {"type": "message", "role": "user", "content": content}
            await bare.send("conversation.item.create", item=item)
            await bare.send("response.create")
            assert (await bare.next("response.done"))["response"]["status"] == "completed"
    assert "error" not in bare.types()
    assert len(of(bare.came, "response.text.done")) == 1
