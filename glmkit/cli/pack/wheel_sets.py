"""The sets of wheels of a pack: one for each Python and system, what is there already kept.

Rules
- pip resolves each set by ``constraints.txt`` and its own configuration; no index is named here.
- A set arrives in a folder of its own and is moved to ``wheels/``, file by file by rename; its
  hashes stand in ``pack.json`` at once. So whoever makes the pack again fetches what lacks.
- A set that cannot be had says what it lacks; the others go on.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from glmkit.cli.pack.targets import Target, run_pip
from glmkit.cli.seat.contents import WheelSet
from glmkit.cli.seat.manifest import sha256_of

SHELF: Final = "wheels"
_ARRIVING: Final = ".arriving-"
#: What is brought besides what the kit asks for: the installer, and the microphone of terminals.
_BESIDES: Final = ("pip", "sounddevice>=0.5")


class WheelShelf:
    """``wheels/`` of the pack in ``pack``, filled by the versions in ``constraints``.

    ``kit``: the kit's own wheel there. ``asked``: what it asks for.
    """

    def __init__(self, pack: Path, *, kit: Path, asked: Sequence[str], constraints: Path) -> None:
        self._pack, self._kit, self._constraints = pack, kit, constraints
        self._asked = [*asked, *_BESIDES]
        self._hashes: dict[str, str] = {}  # of wheels that were read already

    @property
    def fingerprint(self) -> str:
        """A digest of what every set is asked for: another one makes all sets anew."""
        lines = "\n".join([*self._asked, self._constraints.read_text(encoding="utf-8")])
        return hashlib.sha256(lines.encode("utf-8")).hexdigest()[:16]

    def holds(self, known: WheelSet) -> bool:
        """Whether all wheels of a set are there, hash by hash; those that are damaged go."""
        if known.lacks or not known.wheels:
            return False
        whole = True
        for name, digest in known.wheels.items():
            if name != self._kit.name and self._hash(name) != digest:
                (self._pack / SHELF / name).unlink(missing_ok=True)
                whole = False
        return whole

    def fetched(self, target: Target) -> WheelSet:
        """Fetch the set for a target; where that cannot be, the set says what it lacks."""
        made = WheelSet(target.system, target.machine, target.python)
        self._sweep_arriving()
        # a folder of its own: the pip of a pack that was killed may still be at work
        arriving = Path(tempfile.mkdtemp(prefix=_ARRIVING, dir=self._pack))
        try:
            words = ["--dest", str(arriving), "--find-links", str(self._pack / SHELF)]
            words += ["--constraint", str(self._constraints), *self._asked]
            answer = run_pip(target, "download", *words)
            if answer.status:
                return replace(made, lacks=answer.complaint or str(answer.status))
            return self._measured(made, self._moved(arriving))
        finally:
            shutil.rmtree(arriving, ignore_errors=True)

    def with_kit(self, known: WheelSet) -> WheelSet:
        """A set with the kit's wheel as it is now."""
        others = [name for name in known.wheels if not name.startswith("glmkit-")]
        return known if known.lacks else self._measured(known, others)

    def sweep(self, sets: Sequence[WheelSet]) -> None:
        """Delete the wheels that no set has any more, and what a killed pack has left."""
        self._sweep_arriving()
        wanted = {name for each in sets for name in each.wheels} | {self._kit.name}
        for path in (self._pack / SHELF).iterdir():
            if path.name not in wanted:
                path.unlink()

    def _sweep_arriving(self) -> None:
        """Delete what a pack that was killed has left."""
        for left in self._pack.glob(f"{_ARRIVING}*"):
            shutil.rmtree(left, ignore_errors=True)

    def _moved(self, arriving: Path) -> list[str]:
        names = sorted(path.name for path in arriving.glob("*.whl"))
        for name in names:
            self._hashes.pop(name, None)
            (arriving / name).replace(self._pack / SHELF / name)
        return names

    def _measured(self, made: WheelSet, others: Sequence[str]) -> WheelSet:
        names = [*others, self._kit.name]
        paths = [self._pack / SHELF / name for name in names]
        members = [info for path in paths for info in _members(path)]
        return replace(
            made,
            wheels={name: self._hash(name) for name in names},
            bytes=sum(path.stat().st_size for path in paths),
            unpacked=sum(info.file_size for info in members),
            longest=max(len(info.filename) for info in members),
        )

    def _hash(self, name: str) -> str:
        """The SHA-256 of a wheel, read once; "" where it is not there."""
        if name not in self._hashes:
            path = self._pack / SHELF / name
            self._hashes[name] = sha256_of(path) if path.is_file() else ""
        return self._hashes[name]


def _members(wheel: Path) -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(wheel) as inside:
        return inside.infolist()
