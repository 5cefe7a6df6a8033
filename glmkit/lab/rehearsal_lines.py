"""A rehearsal as a terminal shows it: a line for each line, and below it what was wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from glmkit.auth.masking import their_words
from glmkit.lab.rehearsed_lines import RehearsedRuns, RepeatedLine, flaky_names, summary_of
from glmkit.texts import text
from glmkit.texts.layout.lines import terminal_columns, wrap
from glmkit.texts.layout.text_width import pad, shorten, width_of
from glmkit.turns.labels import peer_name, peer_note

PASSED, FAILED, FLAKY = "✓", "✗", "≈"
_INSIDE: Final = "      "
_LONGEST: Final = 400  # letters of a sentence about what is wrong


def mark_of(line: RepeatedLine) -> str:
    """How a line did, as a sign: flaky is one that passed often enough, though not always."""
    return FAILED if not line.passed else FLAKY if line.flaky else PASSED


def lines_of(rehearsal: RehearsedRuns) -> Iterator[str]:
    """The whole result, in the reader's language."""
    columns = terminal_columns()
    for script in rehearsal.scripts:
        yield title_of(rehearsal, script)
        for line in rehearsal.lines:
            if line.script == script:
                yield from _of_line(line, columns)
        yield ""
    yield from wrap(f"{summary_of(rehearsal)} · {whom(rehearsal)}", columns)
    if flaky := [*flaky_names(rehearsal.flaky)]:
        yield from wrap(
            text("rehearsal.flaky", lines=text("rehearsal.between").join(flaky)), columns
        )
    for peer in rehearsal.peers:
        yield from wrap(peer_note(peer, rehearsal.model), columns)
    if rehearsal.stopped:
        yield from wrap(rehearsal.stopped, columns)


def title_of(rehearsal: RehearsedRuns, script: str) -> str:
    """A script's title, and its name where that is another."""
    title = rehearsal.titles.get(script) or script
    return script if title == script else f"{title} ({script})"


def whom(rehearsal: RehearsedRuns) -> str:
    """Whom it was played to, in words."""
    return " + ".join(map(peer_name, rehearsal.peers)) or "–"


def _of_line(line: RepeatedLine, columns: int) -> Iterator[str]:
    wait = "–" if line.wait is None else text("turns.seconds", seconds=line.wait)
    often = text("rehearsal.often", passes=line.passes, runs=len(line.rows))
    end = f"{often}  {wait}" if len(line.rows) > 1 else wait
    room = columns - width_of(end) - 8
    said = pad(shorten(their_words(line.said), room - 1), room)
    yield f"{mark_of(line)} {line.line:>3}  {said} {end}".rstrip()
    for wrong in _wrong(line):
        for row in wrap(wrong, columns - len(_INSIDE)):
            yield _INSIDE + row


def _wrong(line: RepeatedLine) -> Iterator[str]:
    """What is wrong, each once, with the runs in which it was."""
    found: dict[str, list[int]] = {}
    for row in line.rows:
        for each in row.wrong:
            found.setdefault(their_words(each, _LONGEST), []).append(row.run)
    for what, runs in found.items():
        several = len(line.rows) > 1
        run = ", ".join(map(str, runs))
        yield text("rehearsal.in_run", run=run, what=what) if several else what
