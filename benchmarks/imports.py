"""``import glmkit``: milliseconds over a bare interpreter, each in a fresh process."""

from __future__ import annotations

import subprocess
import sys
from time import perf_counter

from benchmarks.faces import ROOT

TIMES = 20


def measure() -> float:
    """The milliseconds that the import adds: the quickest of many starts with it and without."""
    pairs = [(_started("import glmkit"), _started("pass")) for _ in range(TIMES)]
    return 1000 * (min(ours for ours, _ in pairs) - min(bare for _, bare in pairs))


def _started(code: str) -> float:
    begun = perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
    return perf_counter() - begun
