"""The report as a card: one table, readable without scripts, in the look of the other cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from glmkit.cards.frame import card, chip, row, safe
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.doctor.report import Level, Line, Report

#: A level's colour, and a shape beside its word: no colour stands alone.
_LOOKS: Final[dict[Level, tuple[str, str]]] = {
    "ok": ("input", "✓"),
    "note": ("speech", "!"),
    "missing": ("error", "✗"),
}
_ROOM: Final = 8_000  # bytes of one finding


def as_html(report: Report) -> str:
    """The card of ``report``; everything that came from outside is escaped."""
    heads = ("", *(text(f"doctor.head_{name}") for name in ("what", "found")))
    head = "".join(f'<th scope="col">{safe(words)}</th>' for words in heads)
    rows = "".join(map(_row, report.lines))
    table = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    headline = safe(report.headline)
    title = row(f"<b>{headline}</b>")
    return card("doctor", headline, title, f'<table class="glm-looked">{table}</table>')


def _row(line: Line) -> str:
    meaning, shape = _LOOKS[line.level]
    mark = chip(f"{shape} {safe(text(f'doctor.{line.level}'))}", meaning)
    words = f"{_paragraph(line.found)}{_todo(line)}"
    return f'<tr><td>{mark}</td><th scope="row">{safe(line.what)}</th><td>{words}</td></tr>'


def _todo(line: Line) -> str:
    return f"<div><b>{_paragraph(text('doctor.todo', todo=line.todo))}</b></div>" * bool(line.todo)


def _paragraph(words: str) -> str:
    return "<br>".join(safe(words, _ROOM).splitlines())
