"""Memory: what a process grows by while it has a hundred recordings answered, and a thousand.

Each measurement is a process of its own. It has ten answered first, then so many, five at once and
unpaced, by an emulator of its own, a row of each in a file. Rows stay in memory, for the table is
made of them; sound does not.

    python -m benchmarks.recordings            # 100 and 1000: some minutes
    python -m benchmarks.recordings 50 200
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import glmkit as glm
from benchmarks.faces import ROOT
from benchmarks.memory import STATM, used
from glmkit.emulator.launch import Emulator

WARM, AT_ONCE = 10, 5
DEADLINE = 3600


def measure(count: int) -> dict[str, float]:
    """Megabytes that a fresh process grew by with ``count`` recordings, and what it took."""
    command = [sys.executable, "-m", "benchmarks.recordings", "--here", str(count)]
    out = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, encoding="utf-8", timeout=DEADLINE, cwd=ROOT
    )
    found: dict[str, float] = json.loads(out.stdout.splitlines()[-1])
    return found


def grow(count: int) -> dict[str, float]:
    """The same, in this process."""
    with tempfile.TemporaryDirectory() as folder, Emulator.start(pace=0) as emulator:
        answer_some(Path(folder) / "warm", WARM, emulator)
        before, begun = used(), time.perf_counter()
        failed = answer_some(Path(folder) / "all", count, emulator)
        grown = used() - before
    return {"grown": grown, "seconds": time.perf_counter() - begun, "failed": failed}


def answer_some(folder: Path, count: int, emulator: Emulator) -> int:
    """Have ``count`` recordings answered; how many failed."""
    folder.mkdir()
    sample = folder / "0.wav"
    glm.sample("hello_en").write(sample)
    for number in range(1, count):
        shutil.copy(sample, folder / f"{number}.wav")
    table = glm.lab.answer_all(
        folder,
        connect={"to": emulator.url, "api_key": emulator.key},
        speed=None,
        at_once=AT_ONCE,
        out=folder / "rows.jsonl",
    )
    return int((table["error"] != "").sum())


def main(words: list[str]) -> None:
    """Print a line for each count."""
    if words[:1] == ["--here"]:
        print(json.dumps(grow(int(words[1]))))
        return
    kind = "RSS" if STATM.exists() else "nothing that counts it here"
    print(f"{kind}; load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else kind)
    for count in map(int, words or ("100", "1000")):
        found = measure(count)
        each = 1e3 * found["seconds"] / count
        print(f"{count:5d} recordings: {found['grown']:+.1f} MB, {each:.0f} ms each, "
              f"{found['failed']:.0f} failed")  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
