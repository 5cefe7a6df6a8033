"""``trace.export("turns.csv" | "turns.md" | "both.wav")``: a trace for other programs.

The peer stands in the first column and the first line: no number leaves without it.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from glmkit.auth.masking import mask
from glmkit.errors import BadArgument, BadAudio, BadFile
from glmkit.media.source import path_of
from glmkit.texts import text
from glmkit.turns.labels import peer_name
from glmkit.turns.latency import STAGES
from glmkit.turns.sound import playout
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RATE: Final = 24_000
_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")
_MOST_SECONDS: Final = 6 * 3600
_APPEND = "input_audio_buffer.append"


def write_export(trace: Trace, path: str | os.PathLike[str]) -> Path:
    """Write ``trace`` as the suffix says: .csv, .md or .wav.

    Raises BadArgument, BadAudio, BadFile.
    """
    target = path_of(path)
    make = _KINDS.get(target.suffix.lower())
    if make is None:
        raise BadArgument(text("recordings.kind", found=target.name, known=", ".join(_KINDS)))
    content = make(trace)
    try:
        target.write_bytes(content)
    except OSError as error:
        raise BadFile(text("recordings.not_written", path=target, why=error.strerror)) from error
    return target


# -- rows ----------------------------------------------------------------------------------


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


def _csv(trace: Trace) -> bytes:
    out = io.StringIO(newline="")
    rows = [row_of(turn) for turn in trace.turns()]
    names = list(rows[0]) if rows else ["peer", "model"]
    table = csv.DictWriter(out, names)
    table.writeheader()
    table.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    # with a mark, so that spreadsheets read Chinese
    return out.getvalue().encode("utf-8-sig", "replace")


def _cell(value: Any) -> Any:
    if isinstance(value, float):
        return f"{value:.4f}"
    return unrunnable(mask(value)) if isinstance(value, str) else value


def unrunnable(words: str) -> str:
    """Words for a table's cell: a spreadsheet would run what begins like a formula."""
    return f"'{words}" if words[:1] in _FORMULAS else words


# -- words ---------------------------------------------------------------------------------


def as_markdown(trace: Trace) -> str:
    """The conversation for people: what was said, and how long it took against whom."""
    date = trace.clock.date(trace.clock.perf).strftime("%Y-%m-%d %H:%M UTC")
    lines = [text("recordings.title", peer=peer_name(trace.peer), model=trace.model, date=date), ""]
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


def _markdown(trace: Trace) -> bytes:
    return as_markdown(trace).encode("utf-8", "replace")


# -- both voices ---------------------------------------------------------------------------


def _wav(trace: Trace) -> bytes:
    """Stereo at 24 kHz: left what you sent, right the answers as they would have been heard."""
    import soundfile

    out = io.BytesIO()
    soundfile.write(out, both_voices(trace), RATE, format="WAV", subtype="PCM_16")
    return out.getvalue()


def both_voices(trace: Trace) -> NDArray[np.int16]:
    """Both voices on one axis of time, shape (samples, 2): you left, the model right."""
    import numpy as np

    placed = [(0, at, samples) for at, samples in _sent(trace)]
    placed += [(1, at, samples) for turn in trace.turns() for at, samples in _heard(turn)]
    if not placed:
        raise BadAudio(text("recordings.silent"))
    begin = min(at for _, at, _ in placed)
    length = max(round((at - begin) * RATE) + len(samples) for _, at, samples in placed)
    if length > _MOST_SECONDS * RATE:
        raise BadAudio(text("recordings.too_long", seconds=length / RATE, most=_MOST_SECONDS))
    both = np.zeros((length, 2), np.int16)
    for side, at, samples in placed:
        first = round((at - begin) * RATE)
        both[first : first + len(samples), side] = samples
    return both


def _sent(trace: Trace) -> list[tuple[float, NDArray[np.int16]]]:
    """Each append's samples and the moment they were spoken: the last as they left."""
    from glmkit.media.encoders import pcm16

    clips = [(e.at, e.clip) for e in trace.events if e.type == _APPEND and e.payload]
    known = [(at, clip) for at, clip in clips if clip is not None]
    spoken = playout((at - clip.seconds, clip.seconds) for at, clip in known)
    return [
        (piece.start, pcm16(clip.resample(RATE).samples))
        for piece, (_, clip) in zip(spoken, known, strict=True)
    ]


def _heard(turn: Turn) -> list[tuple[float, NDArray[np.int16]]]:
    """The answer's pieces as a player would have sounded them, up to the interruption."""
    from glmkit.media.encoders import pcm16

    sound = turn.heard
    if sound is None:
        return []
    samples, pieces, done = pcm16(sound.resample(RATE).samples), [], 0
    for piece in turn.pieces:
        length = round(piece.seconds * RATE)
        pieces.append((piece.start, samples[done : done + length]))
        done += length
    return [(at, found) for at, found in pieces if len(found)]


_KINDS: Final[dict[str, Callable[[Trace], bytes]]] = {
    ".csv": _csv,
    ".md": _markdown,
    ".wav": _wav,
}
