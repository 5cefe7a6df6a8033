"""What ``glmkit collect`` prints: a line for each recording, and below them what was found in each.

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

_SHOWN: Final = (
    *("file", "who", "peer", "date", "turns", "median", "n", "zero", "errors", "findings"),
)
_NAMED: Final = {"peer": peer_name, "zero": zero_name}
_UNKNOWN: Final = "–"  # also what was not looked for: none found is 0


def lines_of(table: DataFrame) -> Iterator[str]:
    """The lines for a person, of the table that ``collect_recordings`` made."""
    recordings = table.astype(object).where(table.notna(), None).to_dict("records")
    titles = [text(f"cli.collected_{name}") for name in _SHOWN]
    rows = [[_cell(name, each[name]) for name in _SHOWN] for each in recordings]
    columns = terminal_columns()
    yield from _side_by_side([titles, *rows], columns) or _one_by_one(titles, rows, columns)
    for each in recordings:
        yield from _said_of(each, columns)
    yield ""
    yield from wrap(text("cli.collected_note"), columns)


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
    said = [*_facts(recording["findings"]), *filter(None, [recording["problem"]])]
    if said:
        yield ""
        yield recording["file"]
    for words in said:
        yield from _indented("  • ", words, columns)


def _indented(head: str, words: str, columns: int) -> Iterator[str]:
    for line in wrap(words, columns - len(head)):
        yield head + line
        head = " " * len(head)
