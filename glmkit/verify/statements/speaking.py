"""Statements 22 to 35, and others of their kind: turns under client VAD, and their answers."""

from __future__ import annotations

from glmkit.verify.evidence import Evidence
from glmkit.verify.scenes.speaking import COMMITTED, SPEECH, TRANSCRIPTION
from glmkit.verify.stating import completed, error, nothing, states

states("22", "spoken", "appended")(lambda e: nothing(e, "input_audio_buffer.", "error"))
states("23", "spoken", "appended")(lambda e: nothing(e, SPEECH, "response."))
states("26", "spoken", "committed")(lambda e: nothing(e, "response."))
states("27", "in_files", "whole")(completed)
states("55", "in_files", "whole")(completed)
states("56", "in_files", "small")(completed)


@states("24", "spoken", "committed")
def _committed(e: Evidence) -> str:
    item = e.first("conversation.item.created").inner("item")
    parts = item.get("content") or [{}]
    found = (item.get("status"), item.get("role"), parts[0].get("type"))
    same = item.get("id") == e.first(COMMITTED).get("item_id")
    right = same and found == ("completed", "user", "input_audio")
    return e.need(right, f"{', '.join(map(str, found))}, {'=' if same else '≠'} item_id")


def _no_commit(e: Evidence) -> str:
    return e.need(not e.of(COMMITTED), error(e))


states("25", "emptied", "empty")(_no_commit)
states("45", "emptied", "after")(_no_commit)


@states("28", "spoken", "created")
def _in_progress(e: Evidence) -> str:
    made = e.first("response.created").inner("response")
    right = made.get("status") == "in_progress" and isinstance(made.get("usage"), dict)
    return e.need(right, f"{made.get('status')}, usage {'usage' in made}")


@states("29", "spoken", "created")
def _same_response(e: Evidence) -> str:
    id = e.first("response.created").inner("response").get("id")
    deltas = [event for event in e.came if event.type.endswith(".delta")]
    other = sum(event.get("response_id") != id for event in deltas)
    return e.need(deltas and not other, f"delta × {len(deltas)}, other response_id × {other}")


@states("30", "spoken", "created")
def _transcript(e: Evidence) -> str:
    kind = "response.audio_transcript."
    deltas = "".join(str(event.get("delta")) for event in e.of(f"{kind}delta"))
    done = str(e.first(f"{kind}done").get("transcript"))
    return e.need(deltas == done, f"{len(deltas)} / {len(done)}")


@states("32", "spoken", "created")
def _pcm(e: Evidence) -> str:
    sound = b"".join(event.payload or b"" for event in e.of("response.audio.delta"))
    right = sound and len(sound) % 2 == 0 and sound[:4] != b"RIFF"
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
    sound, words = len(e.starting("response.audio")), len(e.of("response.text.delta"))
    return e.need(words and not sound, f"text.delta × {words}, audio* × {sound}")


@states("33", "cancelled", "answer")
def _closed_too(e: Evidence) -> str:
    count = len(e.of("response.audio.done")), len(e.of("response.audio_transcript.done"))
    seen = f"audio.done × {count[0]}, audio_transcript.done × {count[1]}"
    return e.need(count == (1, 1), seen)


@states("43", "cancelled", "answer")
def _cancelled(e: Evidence) -> str:
    told, status = len(e.of("response.cancelled")), e.done().get("status")
    right = told == 1 and status == "cancelled"
    return e.need(right, f"response.cancelled × {told}, response.done {status}")


@states("44", "cancelled", "after")
def _survived(e: Evidence) -> str:
    return e.first("session.updated").type
