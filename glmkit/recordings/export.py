"""``trace.export("turns.csv")``: a trace for other programs; the suffix says for which.

The peer stands in each file, where its format has a place for notes: no number leaves without it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadArgument, BadFile
from glmkit.media.source import path_of
from glmkit.recordings.exports.audacity_labels import as_labels
from glmkit.recordings.exports.both_voices import as_wav
from glmkit.recordings.exports.markdown import as_markdown
from glmkit.recordings.exports.rows import as_csv
from glmkit.recordings.exports.subtitles import as_vtt
from glmkit.recordings.exports.textgrid import as_textgrid
from glmkit.recordings.exports.trace_events import as_trace_events
from glmkit.texts import text
from glmkit.turns.trace import Trace

#: What a suffix is: how a trace becomes a file of this format.
FORMATS: Final[dict[str, Callable[[Trace], bytes]]] = {
    ".csv": as_csv,
    ".md": lambda trace: as_markdown(trace).encode("utf-8", "replace"),
    ".wav": as_wav,
    ".json": as_trace_events,
    ".txt": as_labels,
    ".TextGrid": as_textgrid,
    ".vtt": as_vtt,
}


def write_export(trace: Trace, path: str | os.PathLike[str]) -> Path:
    """Write ``trace`` in the format that the suffix names, see ``FORMATS``.

    Raises BadArgument, BadAudio, BadFile.
    """
    target = path_of(path)
    known = {suffix.lower(): make for suffix, make in FORMATS.items()}
    make = known.get(target.suffix.lower())
    if make is None:
        raise BadArgument(text("recordings.kind", found=target.name, known=_formats()))
    content = make(trace)
    try:
        target.write_bytes(content)
    except OSError as error:
        raise BadFile(
            text("recordings.not_written", path=target, why=why_refused(error))
        ) from error
    return target


def _formats() -> str:
    """The suffixes that there are; those of other programs' own formats with what they are for."""
    own = (".csv", ".md", ".wav")
    theirs = (
        text(f"recordings.as_{suffix[1:].lower()}") for suffix in FORMATS if suffix not in own
    )
    return ", ".join([*own, *theirs])
