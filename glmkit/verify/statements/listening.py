"""Statements 37 to 42, and others of their kind: server VAD."""

from __future__ import annotations

from glmkit.verify.evidence import Evidence, Untestable
from glmkit.verify.scenes.speaking import COMMITTED, SPEECH
from glmkit.verify.stating import completed, nothing, states

TURN = (
    f"{SPEECH}started",
    f"{SPEECH}stopped",
    COMMITTED,
    "conversation.item.created",
    "response.created",
    "response.done",
)


@states("37", "listened")
def _turn(e: Evidence) -> str:
    order = [kind for kind in e.types() if kind in TURN]
    return e.need(order == list(TURN), ", ".join(k.rpartition(".")[2] for k in order) or "nothing")


states("38", "endless", "speech")(lambda e: nothing(e, f"{SPEECH}stopped", COMMITTED))


@states("38a", "listened")
def _one_turn(e: Evidence) -> str:
    count = len(e.of(COMMITTED))
    return e.need(count == 1, f"committed × {count}")


@states("39", "unanswered")
def _unanswered(e: Evidence) -> str:
    e.first(COMMITTED)
    return nothing(e, "response.")


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
    return completed(e)


@states("54", "listened_24")
def _at_24(e: Evidence) -> str:
    count = len(e.of(f"{SPEECH}started")), len(e.of(f"{SPEECH}stopped"))
    return e.need(count == (1, 1), f"speech_started × {count[0]}, speech_stopped × {count[1]}")
