"""The kit's own wheel: built from the clone, or made again of the installed package's files."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from email.parser import HeaderParser
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from glmkit.environment import CLONE, PACKAGE
from glmkit.environment.whole_files import moved_into_place
from glmkit.errors import Missing
from glmkit.texts import text

_SECONDS: Final = 600
_DATE: Final = "1577836800"  # of every file in the wheel: the same content has the same hash
_BUILT_FROM: Final = (
    *("glmkit", "data", "examples", "notebooks", "LICENSE", "README.md"),
    *("pyproject.toml", "setup.py", "MANIFEST.in"),
    *("requirements.txt", "requirements-client.txt", "constraints.txt"),
)
#: What an installer adds to a package, and no wheel has.
_OF_INSTALLERS: Final = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")


def make_kit_wheel(folder: Path) -> Path:
    """Put the wheel of this very kit into ``folder``. Raises Missing where it cannot be made."""
    if (CLONE / "pyproject.toml").is_file() and (CLONE / "setup.py").is_file():
        return _from_clone(folder)
    return _from_installed(folder)


def requirements_of(wheel: Path) -> list[str]:
    """What the kit's wheel asks for, without its extras."""
    asked = HeaderParser().parsestr(_metadata(wheel)).get_all("Requires-Dist") or []
    return [line for line in asked if "extra ==" not in line]


def constraints() -> Path:
    """The file of versions that fit together: a clone's, or an installed kit's."""
    for folder in (CLONE, PACKAGE):
        if (folder / "constraints.txt").is_file():
            return folder / "constraints.txt"
    raise Missing(text("pack.no_constraints", folder=PACKAGE))


def _metadata(wheel: Path) -> str:
    with zipfile.ZipFile(wheel) as inside:
        [name] = [each for each in inside.namelist() if each.endswith(".dist-info/METADATA")]
        return inside.read(name).decode("utf-8")


def _from_clone(folder: Path) -> Path:
    """Built in a copy: setuptools leaves its own files behind."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        copy = Path(temporary, "kit")
        _copy_clone(copy)
        options = ["--no-deps", "--quiet", "--no-input", "--disable-pip-version-check"]
        if _setuptools_here():
            options.append("--no-build-isolation")
        built = Path(temporary, "built")
        command = [sys.executable, "-P", "-m", "pip", "wheel", *options, "-w", str(built), "."]
        done = subprocess.run(  # noqa: S603 - our own interpreter
            command,
            cwd=copy,
            env={**os.environ, "SOURCE_DATE_EPOCH": _DATE},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
        if done.returncode:
            found = (done.stderr.strip() or "?").splitlines()[-1]
            raise Missing(text("pack.not_built", found=found))
        [wheel] = built.glob("*.whl")
        return _placed(wheel, folder)


def _copy_clone(copy: Path) -> None:
    copy.mkdir()
    for name in _BUILT_FROM:
        source = CLONE / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.is_file():
            shutil.copyfile(source, copy / name)


def _setuptools_here() -> bool:
    """Whether a setuptools is installed that can build the kit: then none need be fetched."""
    try:
        return int(distribution("setuptools").version.partition(".")[0]) >= 77
    except (PackageNotFoundError, ValueError):
        return False


def _from_installed(folder: Path) -> Path:
    kit = distribution("glmkit")
    name = f"glmkit-{kit.version}-py3-none-any.whl"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        wheel = Path(temporary, name)
        with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
            _fill(archive, kit)
        return _placed(wheel, folder)


def _fill(archive: zipfile.ZipFile, kit: Distribution) -> None:
    rows, info = [], f"glmkit-{kit.version}.dist-info"
    for inside, path in _installed_files(kit, info):
        content = path.read_bytes()
        archive.writestr(_entry(inside), content)
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=")
        rows.append((inside, f"sha256={digest.decode('ascii')}", str(len(content))))
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([*rows, (f"{info}/RECORD", "", "")])
    archive.writestr(_entry(f"{info}/RECORD"), written.getvalue())


def _entry(name: str) -> zipfile.ZipInfo:
    """A place in the archive with a date that is always the same, so that its hash is, too."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _installed_files(kit: Distribution, info: str) -> Iterator[tuple[str, Path]]:
    """The package and its metadata, each with its name in a wheel."""
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"glmkit/{path.relative_to(PACKAGE).as_posix()}", path
    place = Path(str(kit.locate_file(info)))
    for path in sorted(place.rglob("*")):
        if path.is_file() and path.name not in _OF_INSTALLERS:
            yield f"{info}/{path.relative_to(place).as_posix()}", path


def _placed(wheel: Path, folder: Path) -> Path:
    """The wheel in the pack, by one rename; other editions of the kit there go."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / wheel.name
    with moved_into_place(target) as beside:
        shutil.copyfile(wheel, beside)
        for older in folder.glob("glmkit-*.whl"):
            older.unlink()
    return target
