"""A turn in one row: for tables of one trace, of two compared, of many collected."""

from __future__ import annotations

import csv
import io
from typing import Any, Final

from glmkit.auth.masking import mask
from glmkit.turns.latency import STAGES
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn

_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")


def row_of(turn: Turn) -> dict[str, Any]:
    """A turn in one row: whom it was with, what was said, the stages in seconds."""
    latency, sent, came = turn.latency, turn.input, turn.audio
    return {
        "peer": turn.peer,
        "model": turn.model,
        "user_transcript": turn.user_transcript,
        "transcript": turn.transcript,
        "status": turn.status,
        "vad": turn.vad,
        "input_seconds": round(sent.seconds, 3) if sent is not None else None,
        "audio_seconds": round(came.seconds, 3) if came is not None else None,
        "tool_calls": len(turn.tool_calls),
        "errors": len(turn.errors),
        "zero": latency.zero,
        **{stage: getattr(latency, stage) for stage in STAGES},
        "since_spoken": latency.since_spoken,
        "round_trip": latency.round_trip,
    }


def as_csv(trace: Trace) -> bytes:
    """The turns as CSV, in UTF-8 with a mark: so spreadsheets read Chinese."""
    out = io.StringIO(newline="")
    rows = [row_of(turn) for turn in trace.turns()]
    names = list(rows[0]) if rows else ["peer", "model"]
    table = csv.DictWriter(out, names)
    table.writeheader()
    table.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _cell(value: Any) -> Any:
    if isinstance(value, float):
        return f"{value:.4f}"
    return unrunnable(mask(value)) if isinstance(value, str) else value


def unrunnable(words: str) -> str:
    """Words for a table's cell: a spreadsheet would run what begins like a formula."""
    return f"'{words}" if words[:1] in _FORMULAS else words
