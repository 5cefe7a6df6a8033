"""Everything a person asks of the turns in the recordings."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from glmkit.explain import explain
from glmkit.media.clip import Clip
from glmkit.protocol.event import Event
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn
from tests.golden import bundles
from tests.golden.common import LANGUAGES, language, plain, records, sha256


def turns() -> dict[str, Any]:
    """The facts of each recording, and what differs between two of them."""
    with language("en"):
        found = {name: _of_bundle(name) for name in bundles.NAMES}
        found["client.glm ↔ server.glm"] = _difference("client.glm", "server.glm")
    return found


def _of_bundle(name: str) -> dict[str, Any]:
    trace, warned = bundles.load(name)
    facts = {
        "warned": warned,
        "repr": repr(trace),
        "clock": [trace.clock.epoch, trace.clock.perf],
        "keep": trace.keep,
        "about": trace.about,
        "events": [_event(trace, event) for event in trace],
        "table": records(trace.table()),
        "table's columns": [str(trace.table().columns.name), *trace.table().columns],
        "turns": [_of_turn(trace, turn) for turn in trace.turns()],
    }
    return plain(facts) | {"words": {lang: _in_words(trace, lang) for lang in LANGUAGES}}


def _event(trace: Trace, event: Event) -> str:
    """One line: when, which way, what, how much of it, and a digest of all it says."""
    facts = f"{trace.seconds(event):.6f} {event.direction} {event.type} {event.format}"
    return f"{facts} {event.size} {sha256(event.to_json())[:16]}"


def _of_turn(trace: Trace, turn: Turn) -> dict[str, Any]:
    stopped, first = turn.interrupted_at, trace.clock.perf
    return {
        "user_transcript": turn.user_transcript,
        "transcript": turn.transcript,
        "status": turn.status,
        "asked": turn.asked,
        "vad": turn.vad,
        "peer": turn.peer,
        "model": turn.model,
        "round_trip": turn.round_trip,
        "requested": turn.requested,
        "config": turn.config,
        "tool_calls": [asdict(call) for call in turn.tool_calls],
        "usage": turn.usage,
        "response_ids": turn.response_ids,
        "errors": [event.data for event in turn.errors],
        "events": dict(Counter(f"{e.direction} {e.type}" for e in turn.events)),
        "input": _sound(turn.input),
        "audio": _sound(turn.audio),
        "heard": _sound(turn.heard),
        "unheard": _sound(turn.unheard),
        "heard_seconds": turn.heard_seconds,
        "interrupted_at": None if stopped is None else stopped - first,
        "pieces": [[piece.start - first, piece.seconds] for piece in turn.pieces[:5]],
        "latency": asdict(turn.latency),
        "latency's stages": turn.latency.stages,
        "latency's first": turn.latency.first,
        "latency's repr": repr(turn.latency),
        "repr": repr(turn),
    }


def _sound(clip: Clip | None) -> dict[str, Any] | None:
    if clip is None:
        return None
    return {
        "seconds": clip.seconds,
        "rate": clip.rate,
        "sha256": sha256(clip.to_pcm()),
        "level": round(float(clip.level), 2),
        "peak": round(float(clip.peak), 2),
        "repr": repr(clip),
    }


def _in_words(trace: Trace, lang: str) -> dict[str, Any]:
    with language(lang):
        return {
            "turns": [str(turn) for turn in trace.turns()],
            "explained": [_explained(trace), *map(_explained, trace.turns())],
            "csv": _exported(trace, "turns.csv"),
            "md": _exported(trace, "turns.md"),
        }


def _explained(subject: Trace | Turn) -> dict[str, Any]:
    found = explain(subject)
    return {"names": list(found.names), "each": list(map(asdict, found)), "repr": repr(found)}


def _exported(trace: Trace, name: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        return trace.export(Path(folder, name)).read_text(encoding="utf-8-sig").splitlines()


def _difference(one: str, other: str) -> dict[str, Any]:
    found = bundles.load(one)[0].diff(bundles.load(other)[0])
    return {
        "repr": repr(found),
        "rows": plain([asdict(row) for row in found.rows]),
        "table": records(found.table()),
        "waits": plain(found.waits),
    }
