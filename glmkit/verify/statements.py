"""The statements: what is documented or was observed, and what in the evidence shows it.

Each row is a statement's number, the scene it needs, and its check: the check gives what was
seen, in the protocol's words, and raises Differs where that is something else. The sentences are
``verify.sNN``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from glmkit.errors import BadArgument
from glmkit.texts import text
from glmkit.verify.caller import Evidence, Untestable
from glmkit.verify.scenes import PHONE, TRANSCRIPTION

Check = Callable[[Evidence], str]
SPEECH = "input_audio_buffer.speech_"
COMMITTED = "input_audio_buffer.committed"
TURN = (
    f"{SPEECH}started",
    f"{SPEECH}stopped",
    COMMITTED,
    "conversation.item.created",
    "response.created",
    "response.done",
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One row."""

    id: str
    scene: str
    check: Check

    @property
    def sentence(self) -> str:
        """What is to be shown, in the reader's language."""
        id = self.id.lower()
        return text(f"verify.d{id[1:]}" if id.startswith("d") else f"verify.s{id}")


STATEMENTS: list[Statement] = []

#: Statements no scene can show: each with its reason, ``verify.not_ID``.
NOT_TESTABLE = ("36", "47", "66")


def states(id: str, scene: str, step: str = "") -> Callable[[Check], Check]:
    """Puts a check into ``STATEMENTS``; it is given the evidence of one step, or of all."""

    def put(check: Check) -> Check:
        def of_step(evidence: Evidence) -> str:
            return check(evidence.part(step) if step else evidence)

        STATEMENTS.append(Statement(id, scene, of_step))
        return check

    return put


def statement(id: str) -> Statement:
    """The statement of that number. Raises BadArgument."""
    for each in STATEMENTS:
        if each.id == id:
            return each
    raise BadArgument(text("verify.unknown", found=id))


# -- 1 to 11: the door ---------------------------------------------------------------------


def _upgrade(evidence: Evidence) -> str:
    status, code = evidence.facts["status"], evidence.facts["code"]
    return f"HTTP {status} {code}".strip()


def _let_in(evidence: Evidence) -> str:
    return evidence.need(evidence.facts["status"] == 101, _upgrade(evidence))


def _turned_away(evidence: Evidence, *codes: str) -> str:
    right = evidence.facts["status"] == 401 and evidence.facts["code"] in codes
    return evidence.need(right, _upgrade(evidence))


states("1", "with_key")(_let_in)
states("2", "with_token")(_let_in)
states("3", "with_expired_token")(lambda e: _turned_away(e, "1003"))
states("4", "with_nothing")(lambda e: _turned_away(e, "1001"))
states("5", "with_forged_token")(lambda e: _turned_away(e, *map(str, range(1000, 1006))))
states("6", "with_query")(_let_in)


@states("7", "greeted")
def _unasked(e: Evidence) -> str:
    both = {"heartbeat", "session.created"} <= set(e.types())
    return e.need(both, ", ".join(e.types()) or "-")


@states("8", "greeted")
def _created(e: Evidence) -> str:
    session = e.first("session.created").inner("session")
    right = session.get("id") and "chat_mode" in (session.get("beta_fields") or {})
    return e.need(right, ", ".join(sorted(session)))


@states("9", "greeted")
def _conversation(e: Evidence) -> str:
    made = e.first("conversation.created").inner("conversation").get("object")
    return e.need(made == "realtime.conversation", str(made))


@states("10", "beaten", "later")
def _beats(e: Evidence) -> str:
    return e.first("heartbeat").type


@states("11", "beating", "sent")
def _no_heartbeats(e: Evidence) -> str:
    return f"error {e.error().get('code')}"


# -- 12 to 21: configuration and events ----------------------------------------------------


def _echo(e: Evidence) -> dict[str, Any]:
    return e.first("session.updated").inner("session")


@states("12", "configured", "whole")
def _echoed(e: Evidence) -> str:
    count, session = len(e.of("session.updated")), _echo(e)
    right = count == 1 and session.get("voice") == "xiaochen"
    return e.need(right, f"session.updated × {count}, voice {session.get('voice')}")


@states("13", "configured", "less")
def _reset(e: Evidence) -> str:
    voice = _echo(e).get("voice")
    return e.need(voice != "xiaochen", f"voice {voice}")


@states("16", "configured", "null")
def _null(e: Evidence) -> str:
    detection = _echo(e).get("turn_detection")
    kind = detection.get("type") if isinstance(detection, dict) else detection
    return e.need(kind in (None, "client_vad"), f"turn_detection {kind}")


@states("17", "configured", "whole")
def _tokens(e: Evidence) -> str:
    echoed = _echo(e).get("max_response_output_tokens")
    return e.need(echoed == "64", json.dumps(echoed))


@states("57", "configured", "video")
def _fps(e: Evidence) -> str:
    beta = _echo(e).get("beta_fields") or {}
    return e.need(beta.get("fps"), f"fps {beta.get('fps')}")


def refused(e: Evidence) -> str:
    """An error and no session.updated."""
    seen = f"error {e.error().get('code')}"
    return seen if not e.of("session.updated") else str(e.differ("session.updated"))


states("14", "misconfigured", "tool_choice")(refused)


@states("15", "flattened")
def _flat(e: Evidence) -> str:
    code, ending = e.error().get("code"), "" if e.closed is None else f", closed {e.closed}"
    right = e.closed is None or code == "downstream_reconnect_exceeded"
    return e.need(right and not e.of("session.updated"), f"error {code}{ending}")


@states("18", "mistaken", "unknown type")
def _unknown(e: Evidence) -> str:
    seen = f"error {e.error().get('code')}"
    return e.need(e.closed is None, seen)


@states("19", "mistaken", "no type")
def _typeless(e: Evidence) -> str:
    error = e.error()
    found = (error.get("type"), error.get("code"))
    return e.need(found == ("invalid_request_error", "invalid_event"), f"{found[0]}, {found[1]}")


@states("20", "mistaken", "no json")
def _no_json(e: Evidence) -> str:
    return f"error {e.error().get('code')}"


@states("21", "spoken", "appended")
def _stray(e: Evidence) -> str:
    return e.need(not e.of("error"), "no error")


# -- 22 to 35: a turn under client VAD -----------------------------------------------------


def _nothing(e: Evidence, *starts: str) -> str:
    found = [kind for kind in e.types() if kind.startswith(starts)]
    return e.need(not found, ", ".join(found) or "nothing")


states("22", "spoken", "appended")(lambda e: _nothing(e, "input_audio_buffer.", "error"))
states("23", "spoken", "appended")(lambda e: _nothing(e, SPEECH, "response."))
states("26", "spoken", "committed")(lambda e: _nothing(e, "response."))


@states("24", "spoken", "committed")
def _committed(e: Evidence) -> str:
    item = e.first("conversation.item.created").inner("item")
    parts = item.get("content") or [{}]
    found = (item.get("status"), item.get("role"), parts[0].get("type"))
    same = item.get("id") == e.first(COMMITTED).get("item_id")
    right = same and found == ("completed", "user", "input_audio")
    return e.need(right, f"{', '.join(map(str, found))}, {'=' if same else '≠'} item_id")


def no_commit(e: Evidence) -> str:
    """An error instead of a commit."""
    return e.need(not e.of(COMMITTED), f"error {e.error().get('code')}")


states("25", "emptied", "empty")(no_commit)
states("45", "emptied", "after")(no_commit)


def _completed(e: Evidence) -> str:
    status = e.done().get("status")
    return e.need(status == "completed", f"response.done {status}")


states("27", "in_files", "whole")(_completed)


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


# -- 37 to 45: whose turn it is ------------------------------------------------------------


@states("37", "listened")
def _turn(e: Evidence) -> str:
    order = [kind for kind in e.types() if kind in TURN]
    return e.need(order == list(TURN), ", ".join(k.rpartition(".")[2] for k in order) or "nothing")


states("38", "endless", "speech")(lambda e: _nothing(e, f"{SPEECH}stopped", COMMITTED))


@states("38a", "listened")
def _one_turn(e: Evidence) -> str:
    count = len(e.of(COMMITTED))
    return e.need(count == 1, f"committed × {count}")


@states("39", "unanswered")
def _unanswered(e: Evidence) -> str:
    e.first(COMMITTED)
    return _nothing(e, "response.")


@states("41", "interrupted", "barge-in")
def _interrupted(e: Evidence) -> str:
    e.first(f"{SPEECH}started")
    status = e.done().get("status")
    return e.need(status == "cancelled", f"response.done {status}")


@states("42", "uninterrupted", "barge-in")
def _uninterrupted(e: Evidence) -> str:
    order = e.types()
    if f"{SPEECH}started" not in order[: order.index("response.done")]:
        raise Untestable("response.done")
    return _completed(e)


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


# -- 46 to 60: functions, text, formats, pictures ------------------------------------------


@states("46", "called", "call")
def _call(e: Evidence) -> str:
    call = e.first("response.function_call_arguments.done")
    name, arguments = call.get("name"), call.get("arguments")
    right = name == PHONE["name"] and isinstance(json.loads(str(arguments)), dict)
    return e.need(right, f"{name}({arguments})")


@states("48", "called", "answer")
def _second(e: Evidence) -> str:
    return e.need(e.of("response.audio.delta"), f"response.done {e.done().get('status')}")


states("49", "mistaken", "empty output")(lambda e: f"error {e.error().get('code')}")
states("50", "mistaken", "empty text")(lambda e: f"error {e.error().get('code')}")
states("60", "mistaken", "good turn")(_completed)
states("68", "mistaken", "unknown item")(lambda e: f"error {e.error().get('code')}")


@states("59", "mistaken", "frame")
def _frame(e: Evidence) -> str:
    seen = f"error {e.error().get('code')}" if e.of("error") else "nothing"
    return e.need(e.closed is None, seen)


@states("51", "written", "answer")
def _text_turn(e: Evidence) -> str:
    words = [str(event.get("transcript")) for event in e.of("response.audio_transcript.done")]
    seen = f"response.done {e.done().get('status')}, {len(''.join(words))}"
    return e.need("".join(words), seen)


@states("52", "text_only")
def _only_text(e: Evidence) -> str:
    sound, words = len(e.starting("response.audio")), len(e.of("response.text.delta"))
    return e.need(words and not sound, f"text.delta × {words}, audio* × {sound}")


@states("54", "listened_24")
def _at_24(e: Evidence) -> str:
    count = len(e.of(f"{SPEECH}started")), len(e.of(f"{SPEECH}stopped"))
    return e.need(count == (1, 1), f"speech_started × {count[0]}, speech_stopped × {count[1]}")


states("55", "in_files", "whole")(_completed)
states("56", "in_files", "small")(_completed)


@states("58", "seen", "blind")
def _blind(e: Evidence) -> str:
    code = e.error().get("code")
    return e.need(code == "video_model_query_error", f"error {code}")


@states("67", "elsewhere")
def _elsewhere(e: Evidence) -> str:
    code = str(e.error().get("code"))
    return e.need(code == "1234" and e.closed == 1003, f"error {code}, closed {e.closed}")
