"""What ``glmkit collect`` prints: a line for each recording, and below them what was found in each.

Of what a class handed in: a line a pupil and lesson, with the score of its exercises.

Where the terminal is too narrow for the table, each recording is a few lines of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from glmkit.recordings.collect import BETWEEN
from glmkit.texts import text
from glmkit.texts.layout.lines import terminal_columns, wrap
from glmkit.texts.layout.text_width import pad, width_of
from glmkit.turns.labels import peer_name, zero_name

if TYPE_CHECKING:
    from pandas import DataFrame

_RECORDED: Final = (
    *("file", "who", "peer", "date", "turns", "median", "n", "zero", "errors", "findings"),
)
_HANDED_IN: Final = (
    *("who", "lesson", "number", "score", "first_try", "tries", "hints", "peer", "turns"),
    *("errors", "findings"),
)
_OF_A_LESSON: Final = frozenset({"lesson", "number", "score", "first_try", "tries", "hints"})
_NAMED: Final = {"peer": peer_name, "zero": zero_name}
_UNKNOWN: Final = "–"  # also what was not looked for: none found is 0


def lines_of(table: DataFrame) -> Iterator[str]:
    """The lines for a person, of the table that ``collect_recordings`` made."""
    recordings = table.astype(object).where(table.notna(), None).to_dict("records")
    handed_in = any(each["lesson"] for each in recordings)
    shown = _HANDED_IN if handed_in else _RECORDED
    titles = [_title(name) for name in shown]
    rows = [[_cell(name, _value(each, name)) for name in shown] for each in recordings]
    columns = terminal_columns()
    yield from _side_by_side([titles, *rows], columns) or _one_by_one(titles, rows, columns)
    for each in recordings:
        yield from _said_of(each, columns)
    yield ""
    note = text("hand_in.collected_note") if handed_in else text("cli.collected_note")
    yield from wrap(note, columns)


def _title(name: str) -> str:
    of_a_lesson = name in _OF_A_LESSON
    return text(f"hand_in.collected_{name}") if of_a_lesson else text(f"cli.collected_{name}")


def _value(recording: Mapping[Any, Any], name: str) -> Any:
    if name == "score":
        return f"{recording['right']:.0f}/{recording['of']:.0f}" if recording["lesson"] else None
    return recording[name]


def _cell(name: str, value: Any) -> str:
    if value is None or (value == "" and name != "findings"):
        return _UNKNOWN
    if name == "findings":  # how many: they stand below
        return str(len(_facts(value)))
    if name in _NAMED:
        return _NAMED[name](value)
    if isinstance(value, float):
        return f"{value:.2f}" if name == "median" else f"{value:.0f}"
    return str(value)


def _facts(findings: str | None) -> list[str]:
    return findings.split(BETWEEN) if findings else []


def _side_by_side(rows: Sequence[Sequence[str]], columns: int) -> list[str]:
    """The rows as a table's lines; none where it is too wide."""
    widths = [max(map(width_of, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(pad, row, widths)).rstrip() for row in rows]
    return lines if max(map(width_of, lines)) <= columns else []


def _one_by_one(
    titles: Sequence[str], rows: Sequence[Sequence[str]], columns: int
) -> Iterator[str]:
    """Each recording by itself: its name, and what is known of it."""
    for number, (name, *cells) in enumerate(rows):
        if number:
            yield ""
        yield name
        pairs = zip(titles[1:], cells, strict=True)
        known = [(title, cell) for title, cell in pairs if cell != _UNKNOWN]
        for title, value in known:
            pair = text("cli.collected_pair", title=title, value=value)
            yield from _indented("  ", pair, columns)


def _said_of(recording: Mapping[Any, Any], columns: int) -> Iterator[str]:
    """What was found in a recording, and what is wrong with its file."""
    more = filter(None, [recording["exercises"], recording["problem"]])
    said = [*more, *_facts(recording["findings"])]
    if said:
        yield ""
        yield recording["file"]
    for words in said:
        yield from _indented("  • ", words, columns)


def _indented(head: str, words: str, columns: int) -> Iterator[str]:
    for line in wrap(words, columns - len(head)):
        yield head + line
        head = " " * len(head)
