"""What the doctor found: lines, and the report they make, as text, JSON and a card."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Literal

from glmkit.cards.frame import card, chip, row, safe
from glmkit.environment.versions import version_of
from glmkit.texts import text
from glmkit.texts.layout.lines import terminal_columns, wrap
from glmkit.texts.layout.text_width import pad, width_of

Level = Literal["ok", "note", "missing"]
LEVELS: tuple[Level, ...] = ("ok", "note", "missing")
#: A level's colour, and a shape beside its word: no colour stands alone.
_LOOKS: Final[dict[Level, tuple[str, str]]] = {
    "ok": ("input", "✓"),
    "note": ("speech", "!"),
    "missing": ("error", "✗"),
}
_ROOM: Final = 8_000  # bytes of one finding


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, and what was found.

    ``todo`` is what to do, empty where there is nothing. ``facts`` are the values behind the
    sentence, for programs: JSON's kinds only.
    """

    name: str
    level: Level
    found: str
    todo: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def what(self) -> str:
        """What was looked at, in the reader's language."""
        return text(f"doctor.what_{self.name}")


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """Everything that was looked at; ``well`` if nothing needed is missing."""

    lines: tuple[Check, ...]
    seconds: float = 0.0
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def well(self) -> bool:
        """Whether everything that is needed here is here."""
        return not self.of("missing")

    def of(self, level: Level) -> list[Check]:
        """The lines of one level."""
        return [line for line in self.lines if line.level == level]

    def __getitem__(self, name: str) -> Check:
        return {line.name: line for line in self.lines}[name]

    def __iter__(self) -> Iterator[Check]:
        return iter(self.lines)

    @property
    def headline(self) -> str:
        """All of it in one sentence."""
        numbers = {"version": version_of("glmkit"), "seconds": f"{self.seconds:.1f}"}
        notes = len(self.of("note"))
        if self.well:
            return text("doctor.well" if notes else "doctor.perfect", notes=notes, **numbers)
        names = text("doctor.comma").join(line.what for line in self.of("missing"))
        return text("doctor.unwell", names=names, **numbers)

    def to_json(self) -> str:
        """The report as JSON: each line with its facts as values beside the sentences."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    def to_dict(self) -> dict[str, Any]:
        """What ``to_json`` writes."""
        return {
            "glmkit": version_of("glmkit"),
            "at": self.at.isoformat(timespec="seconds"),
            "seconds": round(self.seconds, 3),
            "well": self.well,
            "lines": [_as_dict(line) for line in self.lines],
        }

    def __str__(self) -> str:
        return "\n".join([self.headline, "", *self._rows(terminal_columns())])

    __repr__ = __str__

    def _rows(self, columns: int) -> Iterator[str]:
        marks = {level: text(f"doctor.{level}") for level in LEVELS}
        mark = max(map(width_of, marks.values())) + 2
        what = max((width_of(line.what) for line in self.lines), default=0) + 2
        for line in self.lines:
            head = pad(marks[line.level], mark) + pad(line.what, what)
            words = [line.found, *([text("doctor.todo", todo=line.todo)] if line.todo else [])]
            for shown in (piece for part in words for piece in wrap(part, columns - mark - what)):
                yield (head + shown).rstrip()
                head = " " * (mark + what)

    def _repr_html_(self) -> str:
        return as_html(self)


def _as_dict(line: Check) -> dict[str, Any]:
    return {
        "name": line.name,
        "level": line.level,
        "what": line.what,
        "found": line.found,
        "todo": line.todo or None,
        "facts": dict(line.facts),
    }


# -- the card ----------------------------------------------------------------------------


def as_html(report: Report) -> str:
    """The card of ``report``; everything that came from outside is escaped."""
    heads = ("", *(text(f"doctor.head_{name}") for name in ("what", "found")))
    head = "".join(f'<th scope="col">{safe(words)}</th>' for words in heads)
    rows = "".join(map(_row, report.lines))
    table = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    headline = safe(report.headline)
    title = row(f"<b>{headline}</b>")
    return card("doctor", headline, title, f'<table class="glm-looked">{table}</table>')


def _row(line: Check) -> str:
    meaning, shape = _LOOKS[line.level]
    mark = chip(f"{shape} {safe(text(f'doctor.{line.level}'))}", meaning)
    words = f"{_paragraph(line.found)}{_todo(line)}"
    return f'<tr><td>{mark}</td><th scope="row">{safe(line.what)}</th><td>{words}</td></tr>'


def _todo(line: Check) -> str:
    return f"<div><b>{_paragraph(text('doctor.todo', todo=line.todo))}</b></div>" * bool(line.todo)


def _paragraph(words: str) -> str:
    return "<br>".join(safe(words, _ROOM).splitlines())
