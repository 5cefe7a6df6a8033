"""Scenes under server VAD: who ends a turn, who answers it, and who interrupts."""

from __future__ import annotations

from glmkit.verify.caller import Caller
from glmkit.verify.scenes.speaking import COMMITTED
from glmkit.verify.staging import SERVER_VAD, pause, scene, words


@scene(up=4, answers=1)
async def listened(caller: Caller) -> None:
    """Speech and silence in a burst, without a commit and without timestamps."""
    await caller.update(turn_detection=SERVER_VAD)
    await caller.say(words("joke_zh") + pause(1.5), stamp=False)
    await caller.answered()
    await caller.quiet()


@scene(up=4, answers=1)
async def listened_24(caller: Caller) -> None:
    """The same at 24 kHz."""
    await caller.update(turn_detection=SERVER_VAD, input_audio_format="pcm24")
    await caller.say(words("joke_zh", 24_000) + pause(1.5, 24_000))
    await caller.next("response.created")


@scene(up=6, answers=1)
async def endless(caller: Caller) -> None:
    """Speech without silence, and then a commit under server VAD."""
    speech = words("joke_zh")[16_000:44_800]  # inside the sentence
    await caller.update(turn_detection=SERVER_VAD)
    await caller.quiet()
    caller.step("speech")
    await caller.say(speech * 4)
    await caller.quiet(times=1.5)
    caller.step("commit")
    await caller.commit()
    await caller.next(COMMITTED, "error")
    await caller.quiet(times=1.5)


@scene(up=4, answers=1)
async def unanswered(caller: Caller) -> None:
    """Server VAD with create_response false."""
    await caller.update(turn_detection={**SERVER_VAD, "create_response": False})
    await caller.say(words("joke_zh") + pause(1.5))
    await caller.next(COMMITTED)
    await caller.quiet(times=2)


@scene(up=8, answers=2)
async def interrupted(caller: Caller) -> None:
    """Speech during an answer, which is a long one."""
    await caller.update(turn_detection=SERVER_VAD, instructions="Tell long stories. 讲长故事。")
    await _interrupt(caller, words("story_zh"))


@scene(up=5, answers=2)
async def uninterrupted(caller: Caller) -> None:
    """Speech during an answer that is not to be interrupted."""
    await caller.update(turn_detection={**SERVER_VAD, "interrupt_response": False})
    await _interrupt(caller, words("joke_zh"))


async def _interrupt(caller: Caller, question: bytes) -> None:
    await caller.say(question + pause(1.5))
    await caller.next("response.audio.delta")
    caller.step("barge-in")
    await caller.say(words("joke_zh"))
    await caller.answered()
