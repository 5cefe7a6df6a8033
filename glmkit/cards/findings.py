"""What ``explain()`` found, as a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from glmkit.cards.frame import quiet, safe, say
from glmkit.explain import Explanation

_MOST: Final = 8  # shown at once; the others unfold
_FEW: Final = 3  # shown in brief


def list_of(found: Explanation) -> str:
    """The findings, each with its cure; the first ones at once, the others unfold."""
    if not found:
        return quiet(say("cards.nothing_odd"))
    lines = [*_lines(found)]
    shown = f"<b>{say('cards.findings')}</b><ul>{''.join(lines[:_MOST])}</ul>"
    if rest := lines[_MOST : _MOST * 3]:
        summary = f"<summary>{say('cards.more', count=len(lines) - _MOST)}</summary>"
        shown += f"<details>{summary}<ul>{''.join(rest)}</ul></details>"
    return shown


def in_brief(found: Explanation) -> str:
    """The facts of the first findings, without their cures."""
    facts = "".join(f"<li>{safe(each.fact, 300)}</li>" for each in found[:_FEW])
    return (
        f'<ul class="glm-quiet" aria-label="{say("cards.findings")}">{facts}</ul>' if facts else ""
    )


def _lines(found: Explanation) -> Iterator[str]:
    for each in found:
        cure = f'<span class="glm-quiet">→ {safe(each.cure, 800)}</span>'
        yield f'<li dir="auto">{safe(each.fact, 800)}<br>{cure}</li>'
