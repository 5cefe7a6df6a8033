"""The card of what was measured: a line for each measure, what was found, and what it is."""

from __future__ import annotations

from collections.abc import Sequence

from glmkit.cards.frame import Bundle, bundle, card, in_terminal, quiet, row, safe


def measures_card(
    plain: str,
    title: str,
    about: Sequence[str],
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> Bundle:
    """A card of words as they are.

    ``about``: lines that say against whom it was measured. ``heads``: of the columns, whose first
    names a row.
    """
    if in_terminal():
        return {}
    columns = "".join(f'<th scope="col">{safe(head)}</th>' for head in heads)
    lines = "".join(_line(*each) for each in rows)
    table = (
        f'<table class="glm-fields"><thead><tr>{columns}</tr></thead><tbody>{lines}</tbody></table>'
    )
    head = row(f"<b>{safe(title)}</b>")
    return bundle(
        plain, card("measures", safe(title), head, *(quiet(safe(line)) for line in about), table)
    )


def _line(name: str, *cells: str) -> str:
    return (
        f'<tr><th scope="row">{safe(name)}</th>{"".join(f"<td>{safe(c)}</td>" for c in cells)}</tr>'
    )
