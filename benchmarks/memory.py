"""Memory: what a process has grown by after ten minutes of received sound.

Each measurement is a process of its own, which warms up with a short answer first and holds the
turn at the end. Counted is the resident set where the system tells it (Linux), else what Python
allocated (tracemalloc); ``kind`` says which.

    python -m benchmarks.memory ADDRESS KEEP
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import cast

import glmkit as glm
from benchmarks.faces import KEY, ROOT
from glmkit.turns.open_turn import Keep

DELTAS = 6000  # of 100 ms
STATM = Path("/proc/self/statm")


def measure(url: str, keep: str) -> tuple[float, str]:
    """Megabytes a fresh process grew by, and what was counted."""
    command = [sys.executable, "-m", "benchmarks.memory", url, keep]
    out = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, encoding="utf-8", timeout=120, cwd=ROOT
    )
    grown, kind = json.loads(out.stdout)
    return float(grown), str(kind)


def used() -> float:
    """Megabytes in use now."""
    gc.collect()
    if STATM.exists():
        import resource

        pages = int(STATM.read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize() / 1e6
    return tracemalloc.get_traced_memory()[0] / 1e6


def grow(url: str, keep: Keep) -> float:
    """Megabytes that receiving adds in this process."""
    with glm.connect(url, api_key=KEY, keep=keep) as session:
        session.ask("?")
    with glm.connect(f"{url}?deltas={DELTAS}", api_key=KEY, keep=keep) as session:
        before = used()
        turn = session.ask("?")
        grown = used() - before
        assert turn.status == "completed"
    return grown


if __name__ == "__main__":
    kind = "RSS" if STATM.exists() else "tracemalloc"
    if kind == "tracemalloc":
        tracemalloc.start()
    address, chosen = sys.argv[1:]
    sys.stdout.write(json.dumps([grow(address, cast(Keep, chosen)), kind]))
