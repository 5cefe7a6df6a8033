"""The pack tried: installed once, as a seat would install it, and timed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from glmkit.cli.seat import places
from glmkit.cli.seat.contents import MeasuredInstall
from glmkit.errors import Missing
from glmkit.texts import text

_SECONDS: Final = 3600


def tried(pack: Path, home: Path | None = None) -> MeasuredInstall:
    """Install from ``pack`` by this Python; what it took. Raises Missing with what went wrong.

    ``home``: where it stays installed; by default a folder that goes again.
    """
    with tempfile.TemporaryDirectory(prefix="glmkit-seat-", ignore_cleanup_errors=True) as folder:
        home = home or Path(folder, "seat")
        command = [sys.executable, "-B", "-X", "utf8", str(pack / "setup"), "install", "--again"]
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own pack
            [*command, "--home", str(home)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env={**places.clean_environment(), "HOME": folder, "USERPROFILE": folder},
            cwd=folder,
            timeout=_SECONDS,
            check=False,
        )
        about = places.finished(home)
        if done.returncode or not about.get("tried"):
            raise Missing(text("pack.trial_failed", found=(done.stdout + done.stderr).strip()))
    return MeasuredInstall(
        system=sys.platform,
        python=about["python"],
        cores=os.cpu_count() or 1,
        seconds=float(about["seconds"]),
        bytes=int(about["bytes"]),
        date=time.strftime("%Y-%m-%d"),
    )
