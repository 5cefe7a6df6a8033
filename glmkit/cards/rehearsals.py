"""The card of a rehearsal: every line with what was heard, answered and waited, and what failed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Protocol

from glmkit.auth.masking import their_words
from glmkit.cards import latency_row
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
)

_MOST: Final = 100  # rows
_CELL: Final = 300  # bytes of words in a cell
_WRONG: Final = 400  # of what is wrong with a line
_REASONS: Final = 3  # of a line
_NUMBER: Final = ' class="glm-number"'
_COLUMNS: Final = ("line", "said", "heard", "answered", "wait", "result")


class RowShown(Protocol):
    """One line in one run, with its words."""

    @property
    def passed(self) -> bool: ...
    @property
    def wait(self) -> float | None: ...
    @property
    def said(self) -> str: ...
    @property
    def way(self) -> str: ...
    @property
    def heard(self) -> str: ...
    @property
    def answered(self) -> str: ...
    @property
    def interrupted(self) -> float | None: ...
    @property
    def wrong(self) -> Sequence[str]: ...


class LineShown(Protocol):
    """One line over its runs."""

    @property
    def script(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def passes(self) -> int: ...
    @property
    def passed(self) -> bool: ...
    @property
    def flaky(self) -> bool: ...
    @property
    def rows(self) -> Sequence[RowShown]: ...


class RehearsalShown(Protocol):
    """What the card reads of a rehearsal."""

    @property
    def runs(self) -> int: ...
    @property
    def at_least(self) -> int: ...
    @property
    def titles(self) -> Mapping[str, str]: ...
    @property
    def stopped(self) -> str: ...
    @property
    def passed(self) -> bool: ...
    @property
    def lines(self) -> Sequence[LineShown]: ...
    @property
    def scripts(self) -> Sequence[str]: ...
    @property
    def peers(self) -> Sequence[str]: ...
    @property
    def model(self) -> str: ...


def rehearsal_card(found: RehearsalShown, plain: str) -> Bundle:
    """The whole card; ``plain``: what a terminal shows in its place."""
    if in_terminal():
        return {}
    label = say("rehearsal.card")
    return bundle(plain, card("rehearsal", label, *_parts(found, label)))


def _parts(found: RehearsalShown, label: str) -> Iterator[str]:
    passed = sum(line.passed for line in found.lines)
    facts = {"runs": found.runs, "at_least": found.at_least}
    key = "rehearsal.summary_runs" if found.runs > 1 else "rehearsal.summary"
    counted = say(key, passed=passed, lines=len(found.lines), **facts)
    chips = [latency_row.peer_chip(peer) for peer in found.peers]
    yield row(f"<b>{label}</b>", _verdict(passed=found.passed), f"<b>{counted}</b>", *chips)
    for peer in found.peers:
        yield latency_row.note(peer, found.model)
    room = _MOST
    for script in found.scripts:
        lines = [line for line in found.lines if line.script == script]
        yield _table(found.titles.get(script) or script, lines[:room])
        room = max(room - len(lines), 0)
    if left := len(found.lines) - _MOST if len(found.lines) > _MOST else 0:
        yield quiet(say("rehearsal.more", count=left))
    if found.stopped:
        yield quiet(safe(found.stopped))


def _verdict(*, passed: bool) -> str:
    words = say("rehearsal.passed" if passed else "rehearsal.failed")
    return chip(f"{'✓' if passed else '✗'} {words}", "input" if passed else "error")


def _table(title: str, lines: Sequence[LineShown]) -> str:
    if not lines:
        return ""
    spoken = any(row.way != "written" for line in lines for row in line.rows)
    columns = [name for name in _COLUMNS if spoken or name != "heard"]
    heads = "".join(
        f'<th scope="col"{_NUMBER if name in {"line", "wait"} else ""}>'
        f"{say(f'rehearsal.column_{name}')}</th>"
        for name in columns
    )
    rows = "".join(_row(line, columns) for line in lines)
    caption = f'<caption class="glm-aside">{safe(title, 200)}</caption>'
    return (
        f'<div class="glm-wide glm-talk"><table>{caption}<thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(line: LineShown, columns: Sequence[str]) -> str:
    """A line's cells, and below them, over the whole width, what was wrong."""
    shown = _told_most(line)
    cut = ""
    if shown.interrupted is not None:
        cut = quiet(say("rehearsal.cut", seconds=shown.interrupted))
    cells = {
        "line": f'<th scope="row"{_NUMBER}>{line.line}</th>',
        "said": f'<td dir="auto">{_words(shown.said)}</td>',
        "heard": f'<td dir="auto">{_words("" if shown.way == "written" else shown.heard)}</td>',
        "answered": f'<td dir="auto">{_words(shown.answered)}{cut}</td>',
        "wait": f"<td{_NUMBER}>{'–' if shown.wait is None else f'{shown.wait:.2f}'}</td>",
        "result": f"<td>{_result(line)}</td>",
    }
    below = "".join(_wrong(line))
    span = f'<tr><td></td><td colspan="{len(columns) - 1}"><ul>{below}</ul></td></tr>'
    return f"<tr>{''.join(cells[name] for name in columns)}</tr>{span if below else ''}"


def _told_most(line: LineShown) -> RowShown:
    """The run that is shown: the first that failed, else the first."""
    return next((each for each in line.rows if not each.passed), line.rows[0])


def _result(line: LineShown) -> str:
    """Passed or not, and how often of several."""
    shown = _verdict(passed=line.passed)
    if line.flaky:
        often = say("rehearsal.unsteady", passes=line.passes, runs=len(line.rows))
        shown += f" {chip(f'≈ {often}', 'speech')}"
    return shown


def _wrong(line: LineShown) -> Iterator[str]:
    """What was wrong, each once, of whichever run."""
    found = dict.fromkeys(each for run in line.rows for each in run.wrong)
    for each in [*found][:_REASONS]:
        yield f'<li dir="auto">{safe(each, _WRONG)}</li>'


def _words(said: str) -> str:
    return safe(their_words(said, _CELL), _CELL)
