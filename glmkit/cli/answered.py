"""``glmkit answer``: many recordings, a turn for each; what came of them, in a few lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from glmkit.auth.masking import their_words
from glmkit.lab.answered_recordings import answer_all
from glmkit.lab.summaries import summary
from glmkit.session.budget import Budget
from glmkit.texts import text
from glmkit.texts.layout.lines import terminal_columns, wrap
from glmkit.turns.labels import peer_name, reached, zero_name

if TYPE_CHECKING:
    from pandas import DataFrame

_SHOWN: Final = 10  # failures


def answer(
    recordings: list[str], *, yuan: float | None, progress: bool, **options: Any
) -> tuple[bool, list[str]]:
    """Whether all were answered, and the lines for a person. ``options`` as for ``answer_all``.

    ``yuan``: the most to spend; None: 5, with the emulator no bound, for it charges nothing.
    Raises what ``answer_all`` raises.
    """
    where = recordings[0] if len(recordings) == 1 else recordings
    free = yuan is None and options.get("connect", {}).get("to") == "emulator"
    budget = None if free else Budget() if yuan is None else Budget(yuan=yuan)
    table = answer_all(where, budget=budget, progress=progress, **options)
    return bool((table["error"] == "").all()), list(_lines(table, options.get("out")))


def _lines(table: DataFrame, out: Path | None) -> Iterator[str]:
    failed = table[table["error"] != ""]
    yield text("cli.answered", count=len(table) - len(failed), all=len(table))
    for row in summary(table, by=[]).to_dict("records") if len(table) > len(failed) else ():
        whom = peer_name(reached(str(row["peer"]), str(row.get("network") or "")))
        zero, median, p95 = zero_name(str(row["zero"])), row["median"], row["p95"]
        yield text("cli.answered_wait", zero=zero, median=median, p95=p95, n=row["n"], peer=whom)
    yield from _failures(failed)
    if out is not None:
        yield text("cli.answered_rows", path=out)


def _failures(failed: DataFrame) -> Iterator[str]:
    for row in failed.head(_SHOWN).to_dict("records"):
        words = f"• {their_words(row['recording'])}: {row['error']}"
        yield from wrap(words, terminal_columns())
    if len(failed) > _SHOWN:
        yield text("cli.answered_more", count=len(failed) - _SHOWN)
