"""The card of a trace: its events in rows, runs of pieces collapsed, with filters.

The filters are radio buttons and style rules; without styles every row is there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from glmkit.cards import latency_row
from glmkit.cards.events import ARROWS, MEANINGS, trimmed
from glmkit.cards.frame import (
    Bundle,
    bundle,
    card,
    chip,
    in_terminal,
    quiet,
    row,
    safe,
    say,
    type_name,
)
from glmkit.cards.runs import EventRun, runs_of
from glmkit.protocol.event import Event
from glmkit.turns.event_table import turn_numbers, wire_size

if TYPE_CHECKING:
    from glmkit.turns.trace import Trace

_FIRST: Final = 120  # rows shown of the beginning, and of the end
_LAST: Final = 40
_BRIEF: Final = 160  # bytes of one row's fields
_TURNS: Final = 12  # turns that get a filter of their own
_FAMILIES: Final = ("session", "input_audio_buffer", "conversation", "response", "error")
_DULL: Final = {"type", "event_id", "client_timestamp", "response_id", "item_id"}


def trace_card(trace: Trace) -> Bundle:
    """Every event in a row, pieces of sound and words collapsed with their counts."""
    if in_terminal():
        return {}
    return bundle(repr(trace), card("trace", say("cards.trace"), *trace_parts(trace)))


def trace_parts(trace: Trace) -> tuple[str, ...]:
    """What stands in a trace's card: its head, filters, rows, and where to see the rest."""
    events = list(trace.events)  # a live session goes on adding
    numbers, count = turn_numbers(events)
    runs = [*runs_of(events, numbers, map(wire_size, events))]
    head = _head(trace, events, count)
    return head, _filters(runs, count), _table(trace, runs), quiet(say("cards.trace_more"))


def _head(trace: Trace, events: Sequence[Event], turns: int) -> str:
    seconds = trace.seconds(events[-1]) if events else 0.0
    sent = sum(event.direction == "client" for event in events)
    came = sum(event.direction == "server" for event in events)
    numbers = {"count": len(events), "sent": sent, "came": came, "turns": turns}
    facts = say("cards.trace_facts", seconds=seconds, **numbers)
    chips = latency_row.peer_chip(trace.reached), f"<b>{facts}</b>"
    date = say("cards.date", date=f"{trace.clock.date(trace.clock.perf):%Y-%m-%d %H:%M:%S}")
    note = f"{latency_row.peer_note(trace.reached, trace.model)} · {date}"
    return row(f"<b>{say('cards.trace')}</b>", *chips) + quiet(note)


# -- filters ---------------------------------------------------------------------------------


def _filters(runs: Sequence[EventRun], turns: int) -> str:
    """Radio buttons, and the rules that hide what is not asked for."""
    ways = {run.first.direction for run in runs}
    kinds = {_family(run.first.type) for run in runs}
    groups = [
        _group("way", [(f"d-{w}", say(f"cards.way_{w}")) for w in ARROWS if w in ways]),
        _group("type", [(f"k-{k}", _kind(k)) for k in (*_FAMILIES, "other") if k in kinds]),
    ]
    if turns <= _TURNS:
        groups.append(_group("turn", [(f"t-{n}", str(n)) for n in range(1, turns + 1)]))
    if not any(groups):
        return ""
    names = (f"d-{w}" for w in ways), (f"k-{k}" for k in kinds), _turn_names(turns)
    rules = "".join(_rule(name) for each in names for name in each)
    # method=dialog: a form that is never sent, and that keeps its buttons to itself
    return f'<style>{rules}</style><form method="dialog">{"".join(groups)}</form>'


def _turn_names(turns: int) -> Iterable[str]:
    return (f"t-{n}" for n in range(1, min(turns, _TURNS) + 1))


def _group(name: str, choices: Sequence[tuple[str, str]]) -> str:
    if len(choices) < 2:
        return ""
    choices = [("", say("cards.all")), *choices]
    buttons = (
        f'<label><input type="radio" name="{name}" value="{value}"'
        f"{'' if value else ' checked'}>{words}</label>"
        for value, words in choices
    )
    legend = say(f"cards.filter_{name}")
    return f"<fieldset><legend>{legend}</legend>{''.join(buttons)}</fieldset>"


def _rule(name: str) -> str:
    asked = f'.glm-trace:has(input[value="{name}"]:checked)'
    return f"{asked} tbody tr:not(.{name}){{display:none}}"


def _family(type: str) -> str:
    first = type.partition(".")[0]
    return first if first in _FAMILIES else "other"


def _kind(family: str) -> str:
    return say("cards.other") if family == "other" else f"{family}"


# -- rows ------------------------------------------------------------------------------------


def _table(trace: Trace, runs: Sequence[EventRun]) -> str:
    heads = "".join(
        f'<th scope="col"{_number(name)}>{say(f"cards.column_{name}")}</th>'
        for name in ("place", "time", "way", "type", "what", "size", "gap", "turn")
    )
    rows = "".join(_rows(trace, runs))
    label = say("cards.trace")
    return (
        f'<div class="glm-scroll" tabindex="0" role="region" aria-label="{label}"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _number(column: str) -> str:
    return ' class="glm-number"' if column in {"place", "time", "size", "gap", "turn"} else ""


def _rows(trace: Trace, runs: Sequence[EventRun]) -> Iterable[str]:
    shown: Sequence[EventRun | None] = runs
    if len(runs) > _FIRST + _LAST:
        shown = [*runs[:_FIRST], None, *runs[-_LAST:]]
    before: Event | None = None
    for run in shown:
        if run is None:
            yield _left_out(runs[_FIRST:-_LAST])
            before = None
        else:
            yield _row(trace, run, before)
            before = run.first


def _left_out(runs: Sequence[EventRun]) -> str:
    events = sum(run.count for run in runs)
    words = say("cards.left_out", events=events, rows=len(runs))
    return f'<tr class="{_everywhere()}"><td colspan="8">{quiet(words)}</td></tr>'


def _everywhere() -> str:
    """The classes that no filter hides."""
    ways, kinds = (f"d-{w}" for w in ARROWS), (f"k-{k}" for k in (*_FAMILIES, "other"))
    return " ".join([*ways, *kinds, *_turn_names(_TURNS)])


def _row(trace: Trace, run: EventRun, before: Event | None) -> str:
    event, last = run.first, run.last or run.first
    time = f"{trace.seconds(event):.3f}"
    if run.count > 1:
        time += f"–{trace.seconds(last):.3f}"
    gap = "" if before is None else f"{event.at - before.at:.3f}"
    classes = f"d-{event.direction} k-{_family(event.type)} t-{run.turn}"
    arrow = chip(ARROWS[event.direction], MEANINGS[event.direction])
    times = f" {chip(f'×{run.count}', 'silence')}" if run.count > 1 else ""
    cells = (
        (f"{run.places[0]}", True),
        (time, True),
        (f"{arrow}{_hidden(say(f'cards.way_{event.direction}'))}", False),
        (f"{type_name(event.type)}{times}", False),
        (f'<code dir="auto">{_what(run)}</code>', False),
        (_bytes(run.bytes), True),
        (gap, True),
        ("" if run.turn is None else str(run.turn), True),
    )
    drawn = (f'<td class="glm-number">{c}</td>' if n else f"<td>{c}</td>" for c, n in cells)
    return f'<tr class="{classes}">{"".join(drawn)}</tr>'


def _hidden(words: str) -> str:
    """Words for a screen reader, beside an arrow."""
    return f'<span class="glm-unseen">{words}</span>'


def _what(run: EventRun) -> str:
    """The payload in a few words, or the fields that say something."""
    event = run.first
    if run.payload:
        if run.count == 1 or event.type.endswith("video_frame"):
            return safe(event.describe_payload(), _BRIEF)
        key = "cards.audio_bytes" if event.format == "mp3" else "cards.audio_seconds"
        return say(key, size=run.payload / 1000, seconds=run.seconds)
    fields = {name: value for name, value in trimmed(event).items() if name not in _DULL}
    return safe(json.dumps(fields, ensure_ascii=False), _BRIEF) if fields else ""


def _bytes(size: int) -> str:
    return f"{size / 1000:.1f} kB" if size >= 1000 else f"{size} B" if size else ""
