"""A pack of a few bytes for the Python that runs this: what a seat looks at before it installs."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from glmkit.cli.pack.starters import write_starters
from glmkit.cli.seat import contents
from glmkit.cli.seat.contents import PackContents, WheelSet
from glmkit.cli.seat.manifest import sha256_of, write_manifest

PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"
WHEELS = ("glmkit-0.1.0-py3-none-any.whl", "pip-1-py3-none-any.whl", "other-1-cp311-win_amd64.whl")


def small_pack(folder: Path, **changes: Any) -> Path:
    """A pack in ``folder`` for this system, and one wheel for another; ``changes`` of its set."""
    (folder / "wheels").mkdir(parents=True)
    (folder / "voices" / "kokoro").mkdir(parents=True)
    (folder / "voices" / "kokoro" / "kokoro.onnx").write_bytes(b"voice")
    for name in WHEELS:
        (folder / "wheels" / name).write_bytes(name.encode())
    write_starters(folder, [PYTHON])
    hashes = {name: sha256_of(folder / "wheels" / name) for name in WHEELS}
    system, machine = sys.platform, contents.machine_here()
    mine = WheelSet(system, machine, PYTHON, {name: hashes[name] for name in WHEELS[:2]}, 100, 100)
    other = WheelSet("win32", "AMD64", "3.11", {WHEELS[2]: hashes[WHEELS[2]]}, 100, 100)
    sets = (replace(mine, **changes), other if sys.platform != "win32" else mine)
    about = PackContents("0.1.0", "2026-11-29", asked="x", sets=sets, voices=5)
    (folder / contents.FILE).write_text(about.to_json(), encoding="utf-8")
    write_manifest(folder)
    return folder


def at_seat(
    pack: Path, *words: str, home: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The pack's own script, run by a Python that has nothing but itself."""
    own = {"HOME": str(home), "USERPROFILE": str(home), "PYTHONPATH": ""}
    return subprocess.run(
        [sys.executable, "-B", "-S", "-X", "utf8", str(pack / "setup"), *words],
        env={**os.environ, **own, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
