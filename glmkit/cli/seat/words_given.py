"""``python setup install | open | check [--home DIR] [--again]``: what a starter was told."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from glmkit.cli.seat import manifest, places
from glmkit.cli.seat.contents import contents_of
from glmkit.cli.seat.halted import Halted
from glmkit.cli.seat.installation import install
from glmkit.texts import text
from glmkit.texts.layout.lines import shown_on

PACK: Final = Path(__file__).absolute().parents[4]  # above setup/glmkit/cli/seat/


def main(words: Sequence[str], pack: Path = PACK) -> int:
    """Do what the words say; the exit status: 0 done, 1 it could not be, 2 the words are wrong."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    do, home, rest = _parsed(words)
    try:
        if rest or do not in ("install", "open", "check"):
            _tell(text("seat.usage", found=" ".join(words)))
            return 2
        if do == "install":
            return install(pack, home=home, again="--again" in words)
        return _check(pack) if do == "check" else _open(pack, home)
    except Halted as halted:
        _tell(str(halted))
        return 1
    except KeyboardInterrupt:
        _tell(text("seat.interrupted"))
        return 130


def _tell(words: str) -> None:
    sys.stderr.write(shown_on(sys.stderr, words) + "\n")


def _parsed(words: Sequence[str]) -> tuple[str, str, list[str]]:
    """What to do, the home that was named, and what nobody knows."""
    left = [word for word in words if word != "--again"]
    home = ""
    if "--home" in left:
        place = left.index("--home")
        home = next(iter(left[place + 1 : place + 2]), "")
        del left[place : place + (2 if home else 0)]
    return (left[0] if left else ""), home, left[1:]


def _check(pack: Path) -> int:
    """Read every file of the pack; say which are damaged."""
    if wrong := manifest.damaged(pack, lambda name: True, lambda done, total: None):
        raise Halted(text("seat.damaged", files="\n".join(wrong)))
    words = text("seat.whole", count=len(manifest.read_manifest(pack)))
    sys.stdout.write(shown_on(sys.stdout, words) + "\n")
    return 0


def _open(pack: Path, home: str) -> int:
    """Open the course that was installed at this seat, until it is closed."""
    found = places.installed_home(home, contents_of(pack).home)
    command = [places.python_of(found), "-X", "utf8", "-m", "glmkit", "notebooks"]
    with subprocess.Popen(  # noqa: S603 - the environment's interpreter
        [*map(str, command), str(found / "course")], env=places.clean_environment(), cwd=found
    ) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # it is JupyterLab's, which asks back
                continue
