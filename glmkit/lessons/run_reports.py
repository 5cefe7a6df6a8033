"""``write_report``: two tables of runs as files to hand in: figure, table, conditions, seed."""

from __future__ import annotations

import platform
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from glmkit.environment.features import needs
from glmkit.environment.versions import version_of
from glmkit.errors import BadArgument
from glmkit.lab.comparisons import Comparison, compare
from glmkit.lab.setting_groups import is_missing
from glmkit.lab.worked_rows import runs_in
from glmkit.texts import text

if TYPE_CHECKING:
    from pandas import DataFrame

_NAME: Final = re.compile(r"[\w-]{1,60}")
_CONDITIONS: Final = ("peer", "network", "switches", "model", "zero")


def write_report(
    name: str,
    a: DataFrame,
    b: DataFrame,
    of: str = "first_audible",
    *,
    by: str | None = None,
    confidence: float = 0.95,
    seed: int = 0,
) -> list[Path]:
    """Write what two tables of runs show: ``name.png``, ``name.csv``, ``name.md``; their paths.

    The figure of ``glmkit.lab.compare``, every run of both tables (``table``: ``a`` or ``b``),
    and the finding with conditions, count, dates, versions, ``confidence`` and ``seed``. They go
    into the current folder and replace what is there of that name. ``of``, ``by``, ``confidence``
    and ``seed`` as for ``compare``. Raises BadArgument, Missing, OSError.
    """
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise BadArgument(text("lessons.report_name", found=name))
    needs("figures")
    a, b = runs_in(a), runs_in(b)
    found = compare(a, b, of, by=by, confidence=confidence, seed=seed)
    paths = [Path(f"{name}.{suffix}") for suffix in ("png", "csv", "md")]
    _draw(found, paths[0])
    _write_runs(a, b, paths[1])
    words = "\n".join(_lines(name, found, a, b, seed))
    paths[2].write_text(words + "\n", encoding="utf-8")
    return paths


def _draw(found: Comparison, path: Path) -> None:
    from glmkit.plots.drawing.style import png
    from glmkit.plots.table_comparisons import comparison

    path.write_bytes(png(comparison, found))


def _write_runs(a: DataFrame, b: DataFrame, path: Path) -> None:
    from pandas import concat

    both = concat([a.assign(table="a"), b.assign(table="b")], ignore_index=True)
    both.to_csv(path, index=False, encoding="utf-8-sig")  # so that Excel reads Chinese in it


def _lines(name: str, found: Comparison, a: DataFrame, b: DataFrame, seed: int) -> list[str]:
    """The page: what was found, under which conditions, and with what it was computed."""
    shares, percent = found.counts is not None, 100 * found.confidence
    versions = f"glmkit {version_of('glmkit')}, Python {platform.python_version()}"
    return [
        f"# {name}",
        "",
        str(found),
        "",
        f"![{name}]({name}.png)",
        "",
        *_conditions("a", a),
        *_conditions("b", b),
        "- "
        + text(f"lessons.report_{'shares' if shares else 'numbers'}", percent=percent, seed=seed),
        "- " + text("lessons.report_made", versions=versions, system=platform.system()),
    ]


def _conditions(label: str, table: DataFrame) -> list[str]:
    """A line for a table: how many runs, when, and what was the same in all of them."""
    failed = int((table["error"] != "").sum())
    dates = sorted({date[:10] for date in _cells(table, "date")})
    known = ((name, _values(table, name)) for name in _CONDITIONS)
    listed = [text(f"lessons.report_{name}", value=value) for name, value in known if value]
    return [
        "- "
        + text(
            "lessons.report_runs",
            label=label,
            n=len(table),
            failed=failed,
            dates=", ".join(dates),
            conditions=text("lessons.report_and").join(listed),
        )
    ]


def _values(table: DataFrame, name: str) -> str:
    return ", ".join(sorted(set(_cells(table, name))))


def _cells(table: DataFrame, name: str) -> list[str]:
    """What is in a column that may be lacking, as text, without the empty cells."""
    found = table[name] if name in table.columns else ()
    return [str(value) for value in found if not is_missing(value) and str(value)]
