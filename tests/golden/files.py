"""What is in the wheel and in the sdist, built from a copy of what git knows of."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

from tests.golden.common import ROOT, sha256

#: They may say something else tomorrow.
_WRITTEN = (".md", ".ipynb", ".toml", "setup.py", "constraints.txt")
#: What the tools that build write about what was built.
_MADE = (".egg-info", ".dist-info")
_OURS = ("PKG-INFO", "setup.cfg")


def files() -> dict[str, Any]:
    """``compared`` stays the same wherever modules go; ``listed`` is for reading."""
    with tempfile.TemporaryDirectory() as folder:
        copy, out = Path(folder, "copy"), Path(folder, "out")
        known = _copied(copy)
        packed = _built(copy, out)
    modules = sorted(name for name in known if name.startswith("glmkit/") and name[-3:] == ".py")
    return {
        "compared": {
            kind: {
                "contents": _contents(parts),
                "modules left out": [name for name in modules if name not in parts],
                "modules of nobody": sorted(_modules(parts) - set(modules)),
            }
            for kind, parts in packed.items()
        },
        "listed": {kind: sorted(parts) for kind, parts in packed.items()},
    }


def _copied(place: Path) -> list[str]:
    """Copy what git knows of, and what it would take; the names."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    names = sorted({name for name in listed.stdout.split("\0") if name})
    names = [name for name in names if (ROOT / name).is_file()]
    for name in names:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, place / name)
    return names


def _built(copy: Path, out: Path) -> dict[str, dict[str, bytes]]:
    """Each package's files, by their names."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(copy)]
    subprocess.run(command, cwd=copy.parent, capture_output=True, check=True, timeout=300)
    [wheel], [sdist] = out.glob("*.whl"), out.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as pack:
        in_wheel = {name: pack.read(name) for name in pack.namelist()}
    in_sdist = {}
    with tarfile.open(sdist) as tar:
        for member in tar:
            if (part := tar.extractfile(member)) is not None:
                in_sdist[member.name.partition("/")[2]] = part.read()
    return {"wheel": in_wheel, "sdist": in_sdist}


def _contents(parts: dict[str, bytes]) -> list[str]:
    """The name and digest of each file that is no module, wherever it is."""
    found = []
    for name, content in parts.items():
        path = PurePosixPath(name)
        if path.suffix == ".py" and path.name != "setup.py":
            continue
        if any(PurePosixPath(part).suffix in _MADE for part in path.parts) or path.name in _OURS:
            continue
        free = path.name.endswith(_WRITTEN)
        found.append(path.name if free else f"{path.name} {sha256(content)}")
    return sorted(found)


def _modules(parts: dict[str, bytes]) -> set[str]:
    return {name for name in parts if name.startswith("glmkit/") and name.endswith(".py")}
