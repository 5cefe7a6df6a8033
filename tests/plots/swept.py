"""A sweep's table, made up: chunk sizes over networks, four runs of each."""

from __future__ import annotations

import itertools

import pandas as pd


def swept(*, network: str | None = None, failed: int = 0) -> pd.DataFrame:
    """Three chunk sizes by two networks; ``network``: that both are called, "" for none set."""
    delays = {"4g": 0.06, "3g": 0.3}
    rows = [
        {
            "line": name,
            "chunk_ms": chunk,
            "lead_ms": lead,
            "repetition": 0,
            "since_spoken": 1.6 + delays[name] + chunk / 2000 + lead / 10_000,
            "zero": "end of speech",
            "peer": "emulator",
            "switches": "steady=True, seed=1",
            "network": name if network is None else network,
            "error": "",
        }
        for name, chunk, lead in itertools.product(delays, (20, 100, 400), (0, 100, 200, 300))
    ]
    rows += [{**rows[0], "since_spoken": None, "error": "TurnTimeout"}] * failed
    table = pd.DataFrame(rows)
    table.attrs["settings"] = ["line", "chunk_ms", "lead_ms"]
    return table
