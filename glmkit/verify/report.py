"""The report of a run, in Markdown and in the reader's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from glmkit.auth.masking import mask
from glmkit.session.budget import PRICES_OF
from glmkit.texts import text
from glmkit.turns.labels import peer_name
from glmkit.verify.all_checks import STATEMENTS
from glmkit.verify.statement import NOT_TESTABLE

if TYPE_CHECKING:
    from glmkit.verify.record import Record


def write_report(path: Path, record: Record) -> Path:
    """Write what is known so far."""
    path.write_text("\n".join(lines(record)) + "\n", encoding="utf-8")
    return path


def lines(record: Record) -> Iterator[str]:
    """The report, line by line."""
    about = record.about
    yield f"# {text('verify.title', peer=peer_name(about['peer']))}"
    yield ""
    yield from _head(record)
    yield ""
    columns = [text(f"verify.column_{name}") for name in ("id", "outcome", "what", "seen")]
    yield f"| {' | '.join(columns)} |"
    yield "|---|---|---|---|"
    rows = [*_rows(record), *((id, _not_testable(id)) for id in NOT_TESTABLE)]
    yield from (row for _, row in sorted(rows, key=_place))


def _head(record: Record) -> Iterator[str]:
    counts = Counter(finding.outcome for finding in record.findings.values())
    left = len(STATEMENTS) - len(record.findings)
    peer = peer_name(record.about["peer"])
    about = {**record.about, "peer": peer, "date": f"{datetime.now(UTC):%Y-%m-%d}"}
    yield f"- {text('verify.about', **about)}"
    cost = {"yuan": f"{record.yuan:.2f}", "seconds": f"{record.seconds:.0f}", "of": PRICES_OF}
    yield f"- {text('verify.cost', **cost)}"
    untestable = counts["untestable"] + len(NOT_TESTABLE)
    counted = {"held": counts["held"], "differed": counts["differed"], "untestable": untestable}
    yield f"- {text('verify.counts', **counted)}"
    if left:
        yield f"- {text('verify.left', count=left)}"


def _rows(record: Record) -> Iterator[tuple[str, str]]:
    for each in STATEMENTS:
        finding = record.findings.get(each.id)
        outcome = "left" if finding is None else finding.outcome
        seen = "" if finding is None else f"`{_quoted(finding.seen)}`"
        shown = text(f"verify.is_{outcome}")
        yield each.id, f"| {each.id} | {shown} | {each.sentence} | {seen} |"


def _quoted(seen: str) -> str:
    """What a server said, so that it neither breaks the table nor shows a key."""
    return " ".join(mask(seen).replace("|", "/").replace("`", "").split())


def _not_testable(id: str) -> str:
    outcome, why = text("verify.is_untestable"), text(f"verify.not_{id}")
    return f"| {id} | {outcome} | {why} | |"


def _place(row: tuple[str, str]) -> tuple[bool, int, str]:
    """Statements before probes, each by number."""
    id = row[0].removeprefix("D")
    number = int("".join(filter(str.isdigit, id)))
    return row[0].startswith("D"), number, id
