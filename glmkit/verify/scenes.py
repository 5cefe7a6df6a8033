"""What is said and sent: each scene is one connection, and what comes of it is evidence.

A scene serves several statements, because sound costs money. It names its steps, and never
judges: it waits, for a while, for what is documented to come, and goes on.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from glmkit.audio import Clip
from glmkit.errors import Refused
from glmkit.recordings import picture, sample
from glmkit.verify import door
from glmkit.verify.caller import MOST_ANSWER, Evidence, Stage

TRANSCRIPTION = "conversation.item.input_audio_transcription."
TRANSCRIBED = (f"{TRANSCRIPTION}completed", f"{TRANSCRIPTION}failed")
SERVER_VAD = {"type": "server_vad"}
VIDEO = {"chat_mode": "video_passive", "tts_source": "e2e"}
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
Act = Callable[[Stage], Awaitable[Evidence]]


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene and the most it can cost: seconds of sound up, answers it may hear."""

    name: str
    act: Act
    up: float = 0.0
    answers: int = 0
    video: bool = False

    @property
    def seconds(self) -> float:
        """The most seconds of sound, both ways."""
        return self.up + self.answers * (MOST_ANSWER + 3)  # a cancelled one still plays on


SCENES: dict[str, Scene] = {
    name: Scene(name, getattr(door, name))
    for name in (
        "with_key",
        "with_token",
        "with_expired_token",
        "with_nothing",
        "with_forged_token",
        "with_query",
    )
}


def scene(up: float = 0.0, answers: int = 0, *, video: bool = False) -> Callable[[Act], Act]:
    """Puts a function into ``SCENES`` under its name."""

    def put(act: Act) -> Act:
        name = getattr(act, "__name__", "")
        SCENES[name] = Scene(name, act, up, answers, video)
        return act

    return put


@cache
def words(name: str, rate: int = 16_000) -> bytes:
    """A recording of the kit as raw samples."""
    return sample(name).to_pcm(rate)


def pause(seconds: float, rate: int = 16_000) -> bytes:
    """Silence as raw samples."""
    return bytes(2 * round(seconds * rate))


# -- opening and configuring ---------------------------------------------------------------


@scene()
async def greeted(stage: Stage) -> Evidence:
    """Connects and says nothing."""
    async with stage.joined("greeted") as caller:
        await caller.quiet()
    return caller.evidence


@scene()
async def beaten(stage: Stage) -> Evidence:
    """Waits for a heartbeat after the first."""
    async with stage.joined("beaten") as caller:
        await caller.quiet()
        caller.step("later")
        await caller.next("heartbeat", within=35)
    return caller.evidence


@scene()
async def beating(stage: Stage) -> Evidence:
    """Sends a heartbeat of its own."""
    async with stage.joined("beating") as caller:
        await caller.quiet()
        caller.step("sent")
        await caller.send("heartbeat")
        await caller.next("error")
    return caller.evidence


@scene()
async def configured(stage: Stage) -> Evidence:
    """One update, and one that leaves things out."""
    async with stage.joined("configured") as caller:
        await caller.quiet()
        caller.step("whole")
        await caller.update(voice="xiaochen", max_response_output_tokens=64)
        await caller.quiet()
        caller.step("less")
        await caller.update(voice=..., turn_detection=..., instructions=...)
        caller.step("tuned")
        await caller.update(turn_detection={**SERVER_VAD, "silence_duration_ms": 500})
        caller.step("null")
        await caller.update(turn_detection=None)
        caller.step("video")
        await caller.update(beta_fields=VIDEO)
        caller.step("default voice")
        await caller.update(voice="default", instructions="", tools=None)
    return caller.evidence


REFUSED: dict[str, dict[str, Any]] = {
    "tool_choice": {"tool_choice": "auto"},
    "temperature": {"temperature": 1.2},
    "output": {"output_audio_format": "wav"},
    "model": {"model": "no-such-model"},
    "voice": {"voice": "no-such-voice"},
}


@scene()
async def misconfigured(stage: Stage) -> Evidence:
    """Updates that should be refused, one after the other."""
    async with stage.joined("misconfigured") as caller:
        for name, fields in REFUSED.items():
            await caller.quiet()
            caller.step(name)
            await caller.update(**fields)
    return caller.evidence


@scene()
async def flattened(stage: Stage) -> Evidence:
    """chat_mode beside beta_fields instead of in it."""
    async with stage.joined("flattened") as caller:
        await caller.update(beta_fields=..., chat_mode="audio", tts_source="e2e")
        await caller.quiet(times=2)
    return caller.evidence


@scene()
async def elsewhere(stage: Stage) -> Evidence:
    """A model nobody offers, in the address."""
    try:
        async with stage.joined("elsewhere", query="?model=no-such-model") as caller:
            await caller.closing()
    except Refused as refusal:
        return Evidence(facts={"status": refusal.status})
    return caller.evidence


@scene(up=2, answers=1)
async def mistaken(stage: Stage) -> Evidence:
    """Nonsense of several kinds, and then a good turn."""
    async with stage.joined("mistaken") as caller:
        await caller.quiet()
        caller.step("unknown type")
        await caller.send("no.such.event")
        await caller.next("error")
        caller.step("no type")
        await caller.raw(b'{"event_id": "x"}')
        await caller.next("error")
        caller.step("no json")
        await caller.raw(b"hello")
        await caller.next("error")
        caller.step("frame")
        await caller.update()
        await caller.show(picture("ball").read_bytes())
        await caller.quiet()
        caller.step("empty output")
        await caller.output("")
        await caller.next("error", "conversation.item.created")
        caller.step("empty text")
        await caller.write("")
        await caller.next("error", "conversation.item.created")
        caller.step("unknown item")
        await caller.send("conversation.item.retrieve", item_id="no-such-item")
        await caller.next("error")
        caller.step("good turn")
        await caller.update()
        await caller.say(words("hello_en"))
        await caller.commit()
        await caller.create()
        await caller.answered()
    return caller.evidence


# -- turns ---------------------------------------------------------------------------------


@scene(up=3, answers=1)
async def spoken(stage: Stage) -> Evidence:
    """A turn under client VAD, step by step."""
    async with stage.joined("spoken") as caller:
        await caller.update()
        await caller.quiet()
        caller.step("appended")
        await caller.say(words("joke_zh") + pause(1))
        await caller.send("input_audio_buffer.append", audio="AAAA", delta="")
        await caller.quiet(times=1.5)
        caller.step("committed")
        await caller.commit()
        await caller.next(*TRANSCRIBED, within=10 * stage.quiet)
        await caller.quiet()
        caller.step("created")
        await caller.create()
        await caller.answered()
        await caller.quiet()
    return caller.evidence


@scene(up=6, answers=3)
async def in_files(stage: Stage) -> Evidence:
    """A whole WAV, small ones at 22,050 Hz, and headerless bytes."""
    clip = sample("hello_en")
    async with stage.joined("in_files") as caller:
        await caller.update(input_audio_format="wav")
        for name, pieces in (
            ("whole", [clip.to_wav()]),
            ("small", [_wav(part) for part in clip.resample(22_050).chunks(100)]),
        ):
            caller.step(name)
            for piece in pieces:
                await caller.append(piece)
            await caller.commit()
            await caller.create(response={"modalities": ["text", "audio"]})
            await caller.answered()
        await caller.quiet()
        caller.step("headerless")
        await caller.append(words("hello_en")[:6400])
        await caller.quiet()
    return caller.evidence


def _wav(pcm: bytes) -> bytes:
    return Clip.from_pcm(pcm, 22_050).to_wav()


@scene(up=2)
async def emptied(stage: Stage) -> Evidence:
    """Commits nothing, twice: before any sound, and after a clear."""
    async with stage.joined("emptied") as caller:
        await caller.update()
        await caller.quiet()
        caller.step("empty")
        await caller.commit()
        await caller.next("error", "input_audio_buffer.committed")
        caller.step("cleared")
        await caller.say(words("hello_en"))
        await caller.send("input_audio_buffer.clear")
        await caller.next("input_audio_buffer.cleared")
        caller.step("after")
        await caller.commit()
        await caller.next("error", "input_audio_buffer.committed")
    return caller.evidence


@scene(up=4, answers=1)
async def cancelled(stage: Stage) -> Evidence:
    """Cancels nothing, then a long answer, twice."""
    async with stage.joined("cancelled") as caller:
        await caller.update(instructions="Tell long stories. 讲长一点的故事。")
        await caller.send("response.cancel")
        await caller.quiet()
        caller.step("answer")
        await caller.say(words("story_zh"))
        await caller.commit()
        await caller.create()
        await caller.next("response.audio.delta")
        await caller.send("response.cancel")
        await caller.send("response.cancel")
        await caller.answered()
        await caller.quiet()
        caller.step("after")
        await caller.update()
    return caller.evidence


@scene(up=2, answers=1)
async def written(stage: Stage) -> Evidence:
    """A text message, found again, answered, deleted."""
    async with stage.joined("written") as caller:
        await caller.update()
        await caller.quiet()
        caller.step("item")
        await caller.write("你好，请打个招呼。")
        made = await caller.next("conversation.item.created", "error")
        item_id = made.inner("item").get("id", "") if made else ""
        caller.step("retrieved")
        await caller.send("conversation.item.retrieve", item_id=item_id)
        await caller.next("conversation.item.retrieved", "error")
        caller.step("answer")
        await caller.create()
        await caller.answered()
        caller.step("deleted")
        await caller.send("conversation.item.delete", item_id=item_id)
        await caller.next("conversation.item.deleted", "error")
    return caller.evidence


@scene(up=2, answers=1)
async def text_only(stage: Stage) -> Evidence:
    """A spoken question that is to be answered in writing."""
    async with stage.joined("text_only") as caller:
        await caller.update(modalities=["text"])
        await caller.say(words("hello_en"))
        await caller.commit()
        await caller.create()
        await caller.answered()
    return caller.evidence


@scene(up=2, answers=1)
async def as_mp3(stage: Stage) -> Evidence:
    """An answer as MP3."""
    async with stage.joined("as_mp3") as caller:
        await caller.update(output_audio_format="mp3")
        await caller.say(words("hello_en"))
        await caller.commit()
        await caller.create()
        await caller.answered()
    return caller.evidence


@scene(answers=1)
async def welcomed(stage: Stage) -> Evidence:
    """A greeting asked for at the top level of the configuration."""
    async with stage.joined("welcomed") as caller:
        await caller.update(greeting_config={"enable": True, "content": "你好，欢迎。"})
        await caller.next("response.done")
    return caller.evidence


# -- functions and pictures ----------------------------------------------------------------


@scene(up=3, answers=2)
async def called(stage: Stage) -> Evidence:
    """A function call, its output after response.done and without a call_id."""
    async with stage.joined("called") as caller:
        await caller.update(tools=[PHONE], instructions="需要打电话时请调用函数。")
        caller.step("call")
        await caller.say(words("call_zh"))
        await caller.commit()
        await caller.create()
        await caller.answered()
        caller.step("answer")
        await caller.output('{"status": "success"}')
        await caller.create()
        await caller.answered()
    return caller.evidence


@scene(up=6, answers=1, video=True)
async def seen(stage: Stage) -> Evidence:
    """A video question without a picture, and with one."""
    async with stage.joined("seen") as caller:
        await caller.update(beta_fields=VIDEO)
        for name in ("blind", "shown"):
            caller.step(name)
            if name == "shown":
                await caller.show(picture("ball").read_bytes())
            await caller.say(words("hello_en"))
            await caller.commit()
            await caller.create()
            await caller.next("response.done", "error")
    return caller.evidence


# -- server VAD ----------------------------------------------------------------------------


@scene(up=4, answers=1)
async def listened(stage: Stage) -> Evidence:
    """Speech and silence in a burst, without a commit and without timestamps."""
    async with stage.joined("listened") as caller:
        await caller.update(turn_detection=SERVER_VAD)
        await caller.say(words("joke_zh") + pause(1.5), stamp=False)
        await caller.answered()
        await caller.quiet()
    return caller.evidence


@scene(up=4, answers=1)
async def listened_24(stage: Stage) -> Evidence:
    """The same at 24 kHz."""
    async with stage.joined("listened_24") as caller:
        await caller.update(turn_detection=SERVER_VAD, input_audio_format="pcm24")
        await caller.say(words("joke_zh", 24_000) + pause(1.5, 24_000))
        await caller.next("response.created")
    return caller.evidence


@scene(up=6, answers=1)
async def endless(stage: Stage) -> Evidence:
    """Speech without silence, and then a commit under server VAD."""
    speech = words("joke_zh")[16_000:44_800]  # inside the sentence
    async with stage.joined("endless") as caller:
        await caller.update(turn_detection=SERVER_VAD)
        await caller.quiet()
        caller.step("speech")
        await caller.say(speech * 4)
        await caller.quiet(times=1.5)
        caller.step("commit")
        await caller.commit()
        await caller.next("input_audio_buffer.committed", "error")
        await caller.quiet(times=1.5)
    return caller.evidence


@scene(up=4, answers=1)
async def unanswered(stage: Stage) -> Evidence:
    """Server VAD with create_response false."""
    async with stage.joined("unanswered") as caller:
        await caller.update(turn_detection={**SERVER_VAD, "create_response": False})
        await caller.say(words("joke_zh") + pause(1.5))
        await caller.next("input_audio_buffer.committed")
        await caller.quiet(times=2)
    return caller.evidence


@scene(up=8, answers=2)
async def interrupted(stage: Stage) -> Evidence:
    """Speech during an answer, which is a long one."""
    return await _interrupt(stage, "interrupted", instructions="Tell long stories. 讲长故事。")


@scene(up=5, answers=2)
async def uninterrupted(stage: Stage) -> Evidence:
    """Speech during an answer that is not to be interrupted."""
    detection = {**SERVER_VAD, "interrupt_response": False}
    return await _interrupt(stage, "uninterrupted", turn_detection=detection)


async def _interrupt(stage: Stage, name: str, **session: Any) -> Evidence:
    question = "story_zh" if "instructions" in session else "joke_zh"
    async with stage.joined(name) as caller:
        await caller.update(**{"turn_detection": SERVER_VAD, **session})
        await caller.say(words(question) + pause(1.5))
        await caller.next("response.audio.delta")
        caller.step("barge-in")
        await caller.say(words("joke_zh"))
        await caller.answered()
    return caller.evidence
