"""The report as a card: one table, readable without scripts, on a light and on a dark page.

It stands on a ground of its own, so that its letters can be read wherever it is put. Which
ground: what the page says of itself (JupyterLab, VS Code), else what the reader's system asks for.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from glmkit.plots.palette import Colour, Palette, palette
from glmkit.texts import language, text

if TYPE_CHECKING:
    from glmkit.doctor.report import Level, Line, Report

_SHAPES = {"ok": "✓", "note": "!", "missing": "✗"}  # beside the word: no colour stands alone
_LAYOUT = """
.glm-doctor{background:var(--ground);color:var(--ink);border:1px solid var(--line);
border-radius:8px;padding:10px 14px;font:14px/1.45 system-ui,sans-serif;max-width:72em}
C table{border-collapse:collapse;table-layout:auto;width:100%;margin:0;background:none;
color:inherit}
C caption{text-align:left;font-weight:600;padding:0 0 8px;color:var(--ink);caption-side:top}
C tr{background:none!important}
C th,C td{text-align:left!important;vertical-align:top;padding:5px 10px 5px 0;
border:0;border-top:1px solid var(--line);background:none;color:var(--ink);
font-size:14px;white-space:normal;overflow-wrap:anywhere}
C thead th{border:0;color:var(--quiet);font-weight:400;font-size:12px}
C tbody th{font-weight:600;width:14em;overflow-wrap:normal}
C b{font-weight:600}
C td:first-child{white-space:nowrap;overflow-wrap:normal;width:1%}
C span{border-radius:9px;padding:1px 9px;font-size:12px;font-weight:600}
""".replace("C ", ".glm-doctor.glm-doctor ")  # twice: it outweighs a notebook's own sheet


def as_html(report: Report) -> str:
    """The card of ``report``; everything that came from outside is escaped."""
    heads = ("", *(text(f"doctor.head_{name}") for name in ("what", "found")))
    head = "".join(f'<th scope="col">{escape(words)}</th>' for words in heads)
    rows = "".join(map(_row, report.lines))
    return (
        f'<div class="glm-doctor" lang="{language()}"><style>{style()}</style><table>'
        f"<caption>{escape(report.headline)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(line: Line) -> str:
    mark = f"{_SHAPES[line.level]} {text(f'doctor.{line.level}')}"
    return (
        f'<tr><td><span class="glm-{line.level}">{escape(mark)}</span></td>'
        f'<th scope="row">{escape(line.what)}</th>'
        f"<td>{_paragraph(line.found)}{_todo(line)}</td></tr>"
    )


def _todo(line: Line) -> str:
    return f"<div><b>{_paragraph(text('doctor.todo', todo=line.todo))}</b></div>" * bool(line.todo)


def _paragraph(words: str) -> str:
    return "<br>".join(map(escape, words.splitlines()))


def style() -> str:
    """The card's style sheet: the layout, and the colours of both grounds."""
    light, dark = _colours(palette("light")), _colours(palette("dark"))
    sheet = (
        f".glm-doctor{{{light}}}"
        f"@media(prefers-color-scheme:dark){{.glm-doctor{{{dark}}}}}"
        f'[data-jp-theme-light="true"] .glm-doctor,.vscode-light .glm-doctor{{{light}}}'
        f'[data-jp-theme-light="false"] .glm-doctor,.vscode-dark .glm-doctor{{{dark}}}'
        + "".join(_chip(level) for level in _SHAPES)
        + _LAYOUT
    )
    return re.sub(r"\n", "", sheet)


def colour(level: Level, ground: Palette) -> Colour:
    """What a level is shown in: letters in ``text`` on ``wash``."""
    return {"ok": ground.input, "note": ground.speech, "missing": ground.error}[level]


def _colours(ground: Palette) -> str:
    levels: tuple[Level, ...] = ("ok", "note", "missing")
    chips = {level: colour(level, ground) for level in levels}
    pairs = {"ground": ground.ground, "ink": ground.ink, "quiet": ground.quiet, "line": ground.line}
    pairs |= {f"{level}-text": chip.text for level, chip in chips.items()}
    pairs |= {f"{level}-wash": chip.wash for level, chip in chips.items()}
    return "".join(f"--{name}:{value};" for name, value in pairs.items())


def _chip(level: str) -> str:
    return f".glm-doctor .glm-{level}{{background:var(--{level}-wash);color:var(--{level}-text)}}"
