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
from glmkit.plots.rehearsals import LineInRun

_MOST: Final = 120  # rows
_CELL: Final = 300  # bytes of words in a cell
_WRONG: Final = 700  # of what is wrong with a line
_COLUMNS: Final = ("line", "said", "heard", "answered", "wait", "result")


class RowShown(LineInRun, Protocol):
    """One line in one run, with its words."""

    @property
    def said(self) -> str: ...
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
    counted = say("rehearsal.summary", passed=passed, lines=len(found.lines))
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
    number = ' class="glm-number"'
    heads = "".join(
        f'<th scope="col"{number if name in {"line", "wait"} else ""}>'
        f"{say(f'rehearsal.column_{name}')}</th>"
        for name in _COLUMNS
    )
    rows = "".join(map(_row, lines))
    caption = f'<caption class="glm-aside">{safe(title, 200)}</caption>'
    return (
        f'<div class="glm-wide"><table>{caption}<thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(line: LineShown) -> str:
    shown = _told_most(line)
    wait = "–" if shown.wait is None else f"{shown.wait:.2f}"
    cut = ""
    if shown.interrupted is not None:
        cut = quiet(say("rehearsal.cut", seconds=shown.interrupted))
    cells = (
        f'<th scope="row" class="glm-number">{line.line}</th>',
        f'<td dir="auto">{_words(shown.said)}</td>',
        f'<td dir="auto">{_words(shown.heard)}</td>',
        f'<td dir="auto">{_words(shown.answered)}{cut}</td>',
        f'<td class="glm-number">{wait}</td>',
        f"<td>{_result(line)}</td>",
    )
    return f"<tr>{''.join(cells)}</tr>"


def _told_most(line: LineShown) -> RowShown:
    """The run that is shown: the first that failed, else the first."""
    return next((each for each in line.rows if not each.passed), line.rows[0])


def _result(line: LineShown) -> str:
    """Passed or not, how often of several, and what was wrong."""
    shown = _verdict(passed=line.passed)
    if line.flaky:
        often = say("rehearsal.unsteady", passes=line.passes, runs=len(line.rows))
        shown += f" {chip(f'≈ {often}', 'speech')}"
    wrong = dict.fromkeys(each for run in line.rows for each in run.wrong)
    items = "".join(f'<li dir="auto">{safe(each, _WRONG)}</li>' for each in [*wrong][:6])
    return f"{shown}<ul>{items}</ul>" if items else shown


def _words(said: str) -> str:
    return safe(their_words(said, _CELL), _CELL)
