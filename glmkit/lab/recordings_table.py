"""``collect``: a folder of recordings as one table."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from glmkit.recordings.collect import collect_recordings

if TYPE_CHECKING:
    from pandas import DataFrame


def collect(folder: str | os.PathLike[str]) -> DataFrame:
    """A table of the recordings in a folder, one row each.

    Also of those in folders below it: who, peer, turns, latency, faults. Seconds. ``median`` and
    ``p95`` are of the first audible sample, over the ``n`` turns that have the zero point most of
    them have. ``faults`` are the names of what ``explain`` found, ``findings`` the same in words;
    missing, not empty, where nothing could be looked at: a file that cannot be read is a row with
    its ``problem``. Raises BadArgument where there is no recording.
    """
    return collect_recordings(folder)
