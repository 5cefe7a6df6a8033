"""Statements 22 to 35, 81 to 84 and 92, and others of their kind: turns under client VAD, and how
their answers end.

Scenes of turns under client VAD: committed sound, files, and what an answer may be.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from glmkit.media.clip import Clip
from glmkit.media.kit_samples import sample
from glmkit.protocol.event import Event
from glmkit.protocol.table import SPECS
from glmkit.texts import whole_characters
from glmkit.verify.evidence import Evidence, Untestable
from glmkit.verify.scene import pause, plays, words
from glmkit.verify.scene_client import SceneClient
from glmkit.verify.statement import completed, error, nothing, reason, states

TRANSCRIPTION = "conversation.item.input_audio_transcription."
TRANSCRIBED = (f"{TRANSCRIPTION}completed", f"{TRANSCRIPTION}failed")
COMMITTED = "input_audio_buffer.committed"
CLEARED = "input_audio_buffer.cleared"
SPEECH = "input_audio_buffer.speech_"


@plays(up=3, answers=1)
async def spoken(client: SceneClient) -> None:
    """A turn, step by step."""
    await client.update()
    await client.quiet()
    client.step("appended")
    await client.say(words("joke_zh") + pause(1))
    await client.send("input_audio_buffer.append", audio="AAAA", delta="")
    await client.quiet(times=1.5)
    client.step("committed")
    await client.commit()
    await client.next(*TRANSCRIBED, within=10 * client.stage.quiet)
    await client.quiet()
    client.step("created")
    await client.request()
    await client.quiet()


@plays(up=6, answers=3)
async def in_files(client: SceneClient) -> None:
    """A whole WAV, small ones at 22,050 Hz, and headerless bytes."""
    clip = sample("hello_en")
    small = [_wav(part) for part in clip.resample(22_050).chunks(100)]
    await client.update(input_audio_format="wav")
    for name, pieces in (("whole", [clip.to_wav()]), ("small", small)):
        client.step(name)
        for piece in pieces:
            await client.append(piece)
        await client.commit()
        await client.request(response={"modalities": ["text", "audio"]})
    await client.quiet()
    client.step("headerless")
    await client.append(words("hello_en")[:6400])
    await client.quiet()


def _wav(pcm: bytes) -> bytes:
    return Clip.from_pcm(pcm, 22_050).to_wav()


@plays(up=2)
async def emptied(client: SceneClient) -> None:
    """Commits nothing, twice: before any sound, and after a clear."""
    await client.update()
    await client.quiet()
    client.step("empty")
    await _commit_nothing(client)
    client.step("cleared")
    await client.say(words("hello_en"))
    await client.send("input_audio_buffer.clear")
    await client.next(CLEARED)
    client.step("after")
    await _commit_nothing(client)


async def _commit_nothing(client: SceneClient) -> None:
    await client.commit()
    await client.next("error", COMMITTED)


@plays(up=1)
async def compressed(client: SceneClient) -> None:
    """The beginning of an M4A file, as a phone records, where raw samples are due; a commit."""
    await client.update()
    client.step("appended")
    await client.append(b"\0\0\0\x1cftypM4A \0\0\2\0M4A isommp42" + bytes(6_400))
    await client.quiet()
    client.step("commit")
    await _commit_nothing(client)


@plays(up=4, answers=1)
async def cancelled(client: SceneClient) -> None:
    """Cancels nothing, then a long answer, twice."""
    await client.update(instructions="Tell long stories. 讲长一点的故事。")
    await client.send("response.cancel")
    await client.quiet()
    client.step("answer")
    await client.say(words("story_zh"))
    await client.commit()
    await client.create()
    await client.next("response.audio.delta")
    await client.send("response.cancel")
    await client.send("response.cancel")
    await client.answered()
    await client.quiet()
    client.step("after")
    await client.update()


@plays(up=2, answers=1)
async def text_only(client: SceneClient) -> None:
    """A spoken question that is to be answered in writing."""
    await client.update(modalities=["text"])
    await client.ask(words("hello_en"))


@plays(up=2, answers=1)
async def cut_short(client: SceneClient) -> None:
    """An answer that may be a few tokens long; when it is over, it is cancelled all the same."""
    await client.update(max_response_output_tokens=5)
    await client.ask(words("hello_en"))
    client.step("cancelled after")
    await client.send("response.cancel")
    await client.quiet()
    client.step("after")
    await client.update()


#: A tool over whose empty parts answers were observed to fail.
BROKEN = {
    "type": "function",
    "name": "now",
    "description": "The time. 现在几点",
    "parameters": {"type": "object", "properties": {}, "required": []},
}


@plays(up=2, answers=1)
async def failed(client: SceneClient) -> None:
    """An answer that fails, as far as a client can make one."""
    await client.update(tools=[BROKEN])
    await client.ask(words("hello_en"))


@plays(up=2, answers=1)
async def as_mp3(client: SceneClient) -> None:
    """An answer as MP3."""
    await client.update(output_audio_format="mp3")
    await client.ask(words("hello_en"))


@plays(answers=1)
async def welcomed(client: SceneClient) -> None:
    """A greeting asked for at the top level of the configuration."""
    await client.update(greeting_config={"enable": True, "content": "你好，欢迎。"})
    await client.answered()


# -- what they show --------------------------------------------------------------------------


@states("24", "spoken", "committed")
def _committed(e: Evidence) -> str:
    item = e.first("conversation.item.created").inner("item")
    parts = item.get("content") or [{}]
    found = (item.get("status"), item.get("role"), item.get("type"), parts[0].get("type"))
    same = item.get("id") == e.first(COMMITTED).get("item_id")
    right = same and found == ("completed", "user", "message", "input_audio")
    return e.need(right, f"{', '.join(map(str, found))}, {'=' if same else '≠'} item_id")


def _no_commit(e: Evidence) -> str:
    return e.need(not e.of(COMMITTED), error(e))


@states("45", "emptied")
def _cleared(e: Evidence) -> str:
    return f"{e.part('cleared').first(CLEARED).type}, {_no_commit(e.part('after'))}"


@states("92", "compressed")
def _refused_sound(e: Evidence) -> str:
    seen = error(e.part("appended"))
    return f"{seen}, then {_no_commit(e.part('commit'))}"


@states("28", "spoken", "created")
def _in_progress(e: Evidence) -> str:
    made = e.first("response.created").inner("response")
    right = made.get("status") == "in_progress" and isinstance(made.get("usage"), dict)
    return e.need(right, f"{made.get('status')}, usage {'usage' in made}")


@states("29", "spoken", "created")
def _same_response(e: Evidence) -> str:
    id = e.first("response.created").inner("response").get("id")
    inner = [event for event in e.starting("response.") if event.type in _INNER]
    other = sum(event.get("response_id") != id for event in inner)
    return e.need(inner and not other, f"event × {len(inner)}, other response_id × {other}")


#: What belongs to an answer, by the table: its deltas, their ends, its parts.
_INNER: Final = {s.type for s in SPECS.values() if "response_id" in {f.name for f in s.fields}}


def _joined(deltas: Iterable[Event]) -> str:
    """The words of deltas, between which an emoji may be cut in two."""
    return whole_characters("".join(str(event.get("delta")) for event in deltas))


@states("30", "spoken", "created")
def _transcript(e: Evidence) -> str:
    kind = "response.audio_transcript."
    deltas = _joined(e.of(f"{kind}delta"))
    done = str(e.first(f"{kind}done").get("transcript"))
    return e.need(deltas and deltas == done, f"{len(deltas)} / {len(done)}")


@states("32", "spoken", "created")
def _pcm(e: Evidence) -> str:
    sound = b"".join(event.payload or b"" for event in e.of("response.audio.delta"))
    right = len(sound) > 24_000 and len(sound) % 2 == 0 and sound[:3] not in (b"RIF", b"ID3")
    return e.need(right, f"{len(sound)} B, {sound[:4].hex()}")


@states("34", "spoken", "created")
def _once(e: Evidence) -> str:
    count = len(e.of("response.created")), len(e.of("response.done"))
    return e.need(count == (1, 1), f"response.created × {count[0]}, response.done × {count[1]}")


@states("35", "spoken")
def _whose_words(e: Evidence) -> str:
    item_id = e.first(COMMITTED).get("item_id")
    told = e.first(f"{TRANSCRIPTION}completed").get("item_id")
    return e.need(told == item_id, "=" if told == item_id else "≠")


@states("53", "spoken", "created")
def _speaks(e: Evidence) -> str:
    sound = len(e.of("response.audio.delta"))
    words = len(e.of("response.audio_transcript.delta"))
    return e.need(sound and words, f"audio.delta × {sound}, audio_transcript.delta × {words}")


@states("52", "text_only")
def _only_text(e: Evidence) -> str:
    sound, deltas = len(e.starting("response.audio")), e.of("response.text.delta")
    written = _joined(deltas)
    right = written and not sound and written == e.first("response.text.done").get("text")
    return e.need(right, f"text.delta × {len(deltas)}, audio* × {sound}")


@states("33", "cancelled", "answer")
def _closed_too(e: Evidence) -> str:
    count = len(e.of("response.audio.done")), len(e.of("response.audio_transcript.done"))
    seen = f"audio.done × {count[0]}, audio_transcript.done × {count[1]}"
    return e.need(count == (1, 1), seen)


@states("43", "cancelled", "answer")
def _cancelled(e: Evidence) -> str:
    told, done = [event.inner("response") for event in e.of("response.cancelled")], e.done()
    ends = [(response.get("id"), response.get("status")) for response in (*told, done)]
    right = ends == [(done.get("id"), "cancelled")] * 2
    seen = f"response.cancelled × {len(told)}, response.done {done.get('status')}"
    return e.need(right, seen)


def _survived(e: Evidence) -> str:
    return e.first("session.updated").type


@states("83", "failed")
def _why_failed(e: Evidence) -> str:
    done = e.done()
    if done.get("status") != "failed":
        raise Untestable(f"response.done {done.get('status')}")
    details = done.get("status_details")
    told = details.get("error") if isinstance(details, dict) else None
    told = told if isinstance(told, dict) else {}
    right = told.get("code") and told.get("message")
    return e.need(right, f"response.done failed, error {told.get('code')}")


SCENES: Final = (
    spoken,
    in_files,
    emptied,
    compressed,
    cancelled,
    text_only,
    cut_short,
    failed,
    as_mp3,
    welcomed,
)
STATEMENTS: Final = (
    states("22", "spoken", "appended")(lambda e: nothing(e, "input_audio_buffer.", "error")),
    states("23", "spoken", "appended")(lambda e: nothing(e, SPEECH, "response.")),
    states("26", "spoken", "committed")(lambda e: nothing(e, "response.")),
    states("27", "in_files", "whole")(completed),
    states("55", "in_files", "whole")(completed),
    states("56", "in_files", "small")(completed),
    _committed,
    states("25", "emptied", "empty")(_no_commit),
    _cleared,
    _refused_sound,
    _in_progress,
    _same_response,
    _transcript,
    _pcm,
    _once,
    _whose_words,
    _speaks,
    _only_text,
    _closed_too,
    _cancelled,
    states("44", "cancelled", "after")(_survived),
    states("81", "cut_short", "after")(_survived),
    states("82", "cut_short")(lambda e: reason(e, "incomplete", "max_output_tokens")),
    _why_failed,
    states("84", "cancelled", "answer")(lambda e: reason(e, "cancelled", "client_cancelled")),
)
