"""Half a character: JSON can spell half a surrogate pair, and nothing can print or send one.

A service that cuts its words in bytes or UTF-16 puts the halves of an emoji into two deltas.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import glmkit as glm
from glmkit.protocol.event import Event
from glmkit.protocol.table import Direction
from glmkit.recordings.exports.rows import row_of
from glmkit.texts import whole_characters
from glmkit.turns.trace import Clock, Trace
from glmkit.widgets.switchboard import pack, unpack
from tests.listed import check_each

HIGH, LOW, WHOLE = "\ud83d", "\ude00", "\N{GRINNING FACE}"


def event(type: str, *, direction: Direction = "server", **fields: object) -> Event:
    """As it comes from the wire."""
    message = json.dumps({"type": type, **fields})
    return Event.from_json(message, direction=direction, at=1.0)


def cut() -> Trace:
    """One turn with whole characters in two deltas, and with a lone half wherever words can be."""
    trace = Trace(Clock(1.7e9, 0.0), peer="emulator", model="m")
    words = [{"type": "input_text", "text": f"hi {HIGH}{LOW} {HIGH}"}]
    item = {"type": "message", "role": "user", "content": words}
    result = {"type": "function_call_output", "call_id": HIGH, "output": f"{HIGH}{LOW}{LOW}"}
    called = {"response_id": HIGH, "name": f"f{HIGH}", "call_id": HIGH}
    done = {"id": HIGH, "status": HIGH, "status_details": {"type": HIGH, "reason": HIGH}}
    for each in (
        event("session.updated", session={"model": HIGH, "voice": HIGH}),
        event("conversation.item.create", direction="client", item=item),
        event("response.create", direction="client"),
        event("response.created", response={"id": HIGH}),
        *(
            event("response.audio_transcript.delta", response_id=HIGH, delta=delta)
            for delta in (f"ok {HIGH}", LOW, f" {HIGH}")
        ),
        event(f"odd.{HIGH}", words=HIGH),
        event(
            "response.function_call_arguments.done",
            arguments=json.dumps({HIGH: [f"{HIGH}{LOW}", LOW]}),
            **called,
        ),
        event("conversation.item.create", direction="client", item=result),
        event("error", error={"code": HIGH, "message": HIGH}),
        event("response.done", response=done),
    ):
        trace.add(each)
    return trace


def test_the_halves_in_two_deltas_are_one_character() -> None:
    """What stands alone is a mark; the events keep what came."""
    (turn,) = cut().turns()
    (call,) = turn.tool_calls
    assert turn.user_transcript == f"hi {WHOLE} �"
    assert turn.transcript == f"ok {WHOLE} �"
    assert (call.name, call.arguments) == ("f�", {"�": [WHOLE, "�"]})
    assert call.output == f"{WHOLE}�"
    deltas = [e.get("delta") for e in turn.events if e.get("delta")]
    assert deltas == [f"ok {HIGH}", LOW, f" {HIGH}"]


def test_a_lone_half_is_shown_saved_and_sent(tmp_path: Path) -> None:
    """Whatever is made of such a turn is text that any file, terminal or page takes."""
    trace = cut()
    turn = trace.turns()[0]
    loaded = Trace.load(trace.save(tmp_path / "cut.glm", who=HIGH))
    shown: list[Callable[[], object]] = [
        *(lambda it=it: f"{it} {it!r}" for it in (turn, trace, loaded, *trace, *turn.tool_calls)),
        *(lambda it=it: it._repr_mimebundle_() for it in (turn, trace, *trace)),
        lambda: f"{glm.explain(trace)} {glm.explain(turn)._repr_html_()}",
        lambda: trace.table().to_string(),
        lambda: trace.diff(loaded).table().to_string(),
        lambda: str(trace.diff(Trace(Clock(1.7e9, 0.0), peer="emulator", model="m")).rows),
        lambda: str(list(row_of(turn).values())),
        lambda: trace.export(tmp_path / "cut.md").read_text(encoding="utf-8"),
        lambda: trace.export(tmp_path / "cut.csv").read_text(encoding="utf-8"),
        lambda: unpack(pack({"type": "said", "words": HIGH}))[0],
        lambda: turn.plot().figure.savefig(io.BytesIO()),
    ]
    check_each(lambda show: str(show()).encode("utf-8"), [(show,) for show in shown])
    assert loaded.turns()[0].transcript == turn.transcript


def test_a_half_stands_alone_or_finds_its_other() -> None:
    """Everything else is as it was."""
    cases = {"": "", "a好": "a好", WHOLE: WHOLE, HIGH: "�", f"{LOW}{HIGH}": "��"}
    for words, whole in {**cases, f"a{HIGH}{LOW}b{LOW}": f"a{WHOLE}b�"}.items():
        assert whole_characters(words) == whole
