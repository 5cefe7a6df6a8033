"""``turns.md``: the conversation for people, the peer in its first line."""

from __future__ import annotations

from glmkit.auth.masking import mask
from glmkit.texts import text
from glmkit.turns.labels import peer_name
from glmkit.turns.trace import Trace


def as_markdown(trace: Trace) -> str:
    """The conversation for people: what was said, and how long it took against whom."""
    date = trace.clock.date(trace.clock.perf).strftime("%Y-%m-%d %H:%M UTC")
    lines = [
        text("recordings.title", peer=peer_name(trace.reached), model=trace.model, date=date),
        "",
    ]
    for number, turn in enumerate(trace.turns(), 1):
        lines += [text("recordings.turn", number=number), ""]
        lines += [f"- {_plain(line)}" for line in str(turn).splitlines()]
        lines += [
            text("recordings.call", name=_plain(call.name), arguments=_plain(str(call.arguments)))
            for call in turn.tool_calls
        ]
        lines.append("")
    return "\n".join(lines)


def _plain(words: str) -> str:
    """Words of others: one line, and nothing in them is markup."""
    flat = " ".join(mask(words).split())
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|!" else c for c in flat)
