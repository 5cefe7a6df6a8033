"""``trace.json``: Trace Event Format, for ui.perfetto.dev and chrome://tracing.

Documented in Google's "Trace Event Format". Of its phases, ``M`` names and orders the lanes, ``X``
is a slice, ``i`` an instant, ``C`` a counter; ``s`` and ``f`` are an arrow's ends, in slices.

Rules
- Microseconds since the trace's own second 0, or since what came even before it.
- Slices of one lane are nested or apart. Where two things of a lane overlap, as after an
  interruption, the second is on a lane of the same name below.
- What everything was measured against is the name of the process, and is in ``otherData``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from glmkit.environment.versions import version_of
from glmkit.protocol.event import Event
from glmkit.recordings.exports.annotations import Annotations, annotated, one_line
from glmkit.recordings.exports.trace_slices import (
    Arrow,
    Microseconds,
    Slice,
    Slices,
    about_turn,
    facts_of,
)
from glmkit.texts import text, whole_characters
from glmkit.turns.labels import peer_name
from glmkit.turns.trace import Trace

#: From above, each with the sentence that names it.
_LANES: Final = {
    "turns": "recordings.lane_turns",
    "you": "plots.lane_you",
    "client": "plots.lane_client",
    "local": "recordings.lane_local",
    "server": "plots.lane_server",
    "heard": "plots.lane_heard",
    "pieces": "recordings.lane_pieces",
    "tools": "plots.lane_tools",
    "findings": "recordings.lane_findings",
}
_ROOM: Final = 100  # lanes of one name
_PROCESS: Final = 1
Json = dict[str, Any]
Place = tuple[str, Hashable]  # a lane, and what of it is nested
Threads = Mapping[Place, int]


def as_trace_events(trace: Trace) -> bytes:
    """Everything in the trace as JSON in UTF-8.

    A lane each for turns with their stages, both voices, events each way, the answer's pieces,
    calls, findings; arrows from the zero point to the first audible sample. Raises BadArgument for
    an empty trace.
    """
    notes = annotated(trace)
    clock = Microseconds(min(trace.clock.perf, notes.extent[0]))
    slices = Slices(notes, clock)
    threads = _threads(slices.found)
    timed = [
        *(_slice(each, threads) for each in _nested(slices.found)),
        *(_mark(event, clock) for event in trace.events if event.direction == "local"),
        *_bytes(trace.events, clock),
        *_arrows(slices.arrows, threads),
    ]
    timed.sort(key=lambda each: (each["ts"], -each.get("dur", 0)))
    document = {
        "traceEvents": [*_names(notes, threads), *timed],
        "displayTimeUnit": "ms",
        "otherData": _about(notes, clock),
    }
    return whole_characters(json.dumps(document, ensure_ascii=False)).encode("utf-8")


def _about(notes: Annotations, clock: Microseconds) -> Json:
    trace = notes.trace
    return {
        "peer": one_line(trace.peer),
        "model": one_line(trace.model),
        "note": notes.peer,
        "switches": one_line(str(trace.about.get("switches") or "")),
        "second_0": trace.clock.date(clock.origin).isoformat(),
        "glmkit": version_of("glmkit"),
        "turns": [about_turn(turn) for turn in notes.turns],
    }


# -- lanes ---------------------------------------------------------------------------------


def _threads(slices: Sequence[Slice]) -> Threads:
    """The thread of each group of slices: the first of its lane's that is free by then."""
    extents: dict[Place, tuple[int, int]] = {}
    for each in slices:
        key = each.lane, each.group
        begin, end = extents.get(key, (each.begin, each.end))
        extents[key] = min(begin, each.begin), max(end, each.end)
    free: dict[str, list[int]] = defaultdict(list)
    found: dict[Place, int] = {}
    for key, (begin, end) in sorted(extents.items(), key=lambda item: item[1]):
        ends = free[key[0]]
        place = next((n for n, until in enumerate(ends) if until <= begin), len(ends))
        ends[place : place + 1] = [end]
        found[key] = _thread(key[0], min(place, _ROOM - 1))
    return found


def _thread(lane: str, place: int = 0) -> int:
    return (list(_LANES).index(lane) + 1) * _ROOM + place


def _nested(slices: Sequence[Slice]) -> Iterator[Slice]:
    """The slices, none reaching out of the one of its group that it is in: arithmetic may."""
    open_ones: dict[Place, list[int]] = defaultdict(list)
    for each in sorted(slices, key=lambda found: (found.begin, -found.end)):
        around = open_ones[each.lane, each.group]
        while around and around[-1] <= each.begin:
            around.pop()
        inside = replace(each, end=min([each.end, *around]))
        around.append(inside.end)
        yield inside


def _names(notes: Annotations, threads: Threads) -> Iterator[Json]:
    trace = notes.trace
    name = one_line(f"glmkit · {peer_name(trace.reached)} · {trace.model}")
    yield _meta("process_name", 0, name=name)
    yield _meta("process_labels", 0, labels=notes.peer)
    used = {*threads.values(), *(_thread(lane) for lane in _LANES)}
    names = list(_LANES.values())
    for thread in sorted(used):
        lane, place = divmod(thread, _ROOM)
        shown = text(names[lane - 1])
        yield _meta("thread_name", thread, name=f"{shown} {place + 1}" if place else shown)
        yield _meta("thread_sort_index", thread, sort_index=thread)


# -- events of the format ------------------------------------------------------------------


def _meta(about: str, thread: int, **args: Any) -> Json:
    return {"ph": "M", "name": about, "pid": _PROCESS, "tid": thread, "args": args}


def _slice(slice: Slice, threads: Threads) -> Json:
    return {
        "ph": "X",
        "name": slice.name,
        "cat": slice.lane,
        "pid": _PROCESS,
        "tid": threads[slice.lane, slice.group],
        "ts": slice.begin,
        "dur": slice.end - slice.begin,
        "args": slice.args,
    }


def _mark(event: Event, clock: Microseconds) -> Json:
    place = {"pid": _PROCESS, "tid": _thread("local"), "ts": clock(event.at)}
    name, args = one_line(event.type), facts_of(event)
    return {"ph": "i", "s": "t", "name": name, "cat": "local", **place, "args": args}


def _bytes(events: Sequence[Event], clock: Microseconds) -> Iterator[Json]:
    """How many bytes of sound and pictures were sent and received so far."""
    totals = {"client": 0, "server": 0}
    for event in sorted(events, key=lambda event: event.at):
        if event.size and event.direction in totals:
            totals[event.direction] += event.size
            args = {"sent": totals["client"], "received": totals["server"]}
            place = {"pid": _PROCESS, "tid": 0, "ts": clock(event.at)}
            yield {"ph": "C", "name": text("recordings.bytes"), **place, "args": args}


def _arrows(arrows: Sequence[Arrow], threads: Threads) -> Iterator[Json]:
    for number, arrow in enumerate(arrows, 1):
        ends = (("s", arrow.begin, arrow.begin.begin), ("f", arrow.end, arrow.at))
        for phase, slice, at in ends:
            thread = threads[slice.lane, slice.group]
            binding = {"bp": "e"} if phase == "f" else {}
            place = {"pid": _PROCESS, "tid": thread, "ts": at, **binding}
            name = text("recordings.arrow")
            yield {"ph": phase, "id": number, "name": name, "cat": "latency", **place}
