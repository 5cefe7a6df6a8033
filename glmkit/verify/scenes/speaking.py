"""Scenes of turns under client VAD: committed sound, files, and what an answer may be."""

from __future__ import annotations

from glmkit.audio import Clip
from glmkit.material import sample
from glmkit.verify.caller import Caller
from glmkit.verify.staging import pause, scene, words

TRANSCRIPTION = "conversation.item.input_audio_transcription."
TRANSCRIBED = (f"{TRANSCRIPTION}completed", f"{TRANSCRIPTION}failed")
COMMITTED = "input_audio_buffer.committed"
SPEECH = "input_audio_buffer.speech_"


@scene(up=3, answers=1)
async def spoken(caller: Caller) -> None:
    """A turn, step by step."""
    await caller.update()
    await caller.quiet()
    caller.step("appended")
    await caller.say(words("joke_zh") + pause(1))
    await caller.send("input_audio_buffer.append", audio="AAAA", delta="")
    await caller.quiet(times=1.5)
    caller.step("committed")
    await caller.commit()
    await caller.next(*TRANSCRIBED, within=10 * caller.stage.quiet)
    await caller.quiet()
    caller.step("created")
    await caller.request()
    await caller.quiet()


@scene(up=6, answers=3)
async def in_files(caller: Caller) -> None:
    """A whole WAV, small ones at 22,050 Hz, and headerless bytes."""
    clip = sample("hello_en")
    small = [_wav(part) for part in clip.resample(22_050).chunks(100)]
    await caller.update(input_audio_format="wav")
    for name, pieces in (("whole", [clip.to_wav()]), ("small", small)):
        caller.step(name)
        for piece in pieces:
            await caller.append(piece)
        await caller.commit()
        await caller.request(response={"modalities": ["text", "audio"]})
    await caller.quiet()
    caller.step("headerless")
    await caller.append(words("hello_en")[:6400])
    await caller.quiet()


def _wav(pcm: bytes) -> bytes:
    return Clip.from_pcm(pcm, 22_050).to_wav()


@scene(up=2)
async def emptied(caller: Caller) -> None:
    """Commits nothing, twice: before any sound, and after a clear."""
    await caller.update()
    await caller.quiet()
    caller.step("empty")
    await _commit_nothing(caller)
    caller.step("cleared")
    await caller.say(words("hello_en"))
    await caller.send("input_audio_buffer.clear")
    await caller.next("input_audio_buffer.cleared")
    caller.step("after")
    await _commit_nothing(caller)


async def _commit_nothing(caller: Caller) -> None:
    await caller.commit()
    await caller.next("error", COMMITTED)


@scene(up=4, answers=1)
async def cancelled(caller: Caller) -> None:
    """Cancels nothing, then a long answer, twice."""
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


@scene(up=2, answers=1)
async def text_only(caller: Caller) -> None:
    """A spoken question that is to be answered in writing."""
    await caller.update(modalities=["text"])
    await caller.ask(words("hello_en"))


@scene(up=2, answers=1)
async def as_mp3(caller: Caller) -> None:
    """An answer as MP3."""
    await caller.update(output_audio_format="mp3")
    await caller.ask(words("hello_en"))


@scene(answers=1)
async def welcomed(caller: Caller) -> None:
    """A greeting asked for at the top level of the configuration."""
    await caller.update(greeting_config={"enable": True, "content": "你好，欢迎。"})
    await caller.answered()
