"""A Python that a pack brings: what can serve, what is refused, and that it is taken into use."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from glmkit.cli.pack.python_files import bring, brought_python
from glmkit.errors import BadFile
from tests.cli.small_packs import PYTHON, small_pack

WHOLE = {"python/bin/python3": b"#!", "python/lib/python3.12/venv/__init__.py": b""}
WINDOWS = {"tools/python.exe": b"MZ", "tools/Lib/venv/__init__.py": b""}


def tar(path: Path, members: Mapping[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in members.items():
            about = tarfile.TarInfo(name)
            about.size, about.mode = len(content), 0o755
            archive.addfile(about, io.BytesIO(content))
    return path


def zipped(path: Path, members: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_what_can_serve_is_known_by_its_hash(tmp_path: Path) -> None:
    """An installer, a portable archive, a package of Windows': version, system, interpreter."""
    installer = tmp_path / "python-3.13.1-amd64.exe"
    installer.write_bytes(b"MZ")
    archive = tar(tmp_path / "cpython-3.12.7-x86_64-linux-gnu-install_only.tar.gz", WHOLE)
    package = zipped(tmp_path / "python.3.11.9.nupkg", WINDOWS)
    found = [brought_python(str(path)) for path in (installer, archive, package)]
    assert [(each.version, each.windows, each.inside) for each in found] == [
        ("3.13", True, "python.exe"),
        ("3.12", False, "python/bin/python3"),
        ("3.11", True, "tools/python.exe"),
    ]
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    assert digest in found[1].line
    assert brought_python(f"{archive}#sha256={digest.upper()}") == found[1]


@pytest.mark.parametrize(
    ("name", "members", "words"),
    [
        ("python-3.12.7-macos11.pkg", None, "administrator"),
        ("python-3.12.7-embed-amd64.zip", {"python.exe": b""}, "no venv"),
        ("python-3.12.7.zip", WHOLE, "right to run"),
        ("python-3.12.7.tar.gz", {"README": b""}, "no interpreter"),
        ("python-3.12.7-broken.tar.gz", None, "cannot be read"),
        ("python latest 3.12.tar.gz", WHOLE, "plain ones"),
        ("python.tar.gz", WHOLE, "no version"),
        ("python-3.12 & calc.exe", None, "plain ones"),
    ],
)
def test_what_cannot_serve_is_refused_by_name(
    tmp_path: Path, name: str, members: Mapping[str, bytes] | None, words: str
) -> None:
    """What is wrong with it, and what would do."""
    path = tmp_path / name
    path.write_bytes(b"nothing")
    if members is not None:
        (zipped if name.endswith(".zip") else tar)(path, members)
    with pytest.raises(BadFile, match=words):
        brought_python(str(path))


def test_another_hash_is_refused(tmp_path: Path) -> None:
    """Found and expected; as is a file that is not there."""
    path = tar(tmp_path / "cpython-3.12.7.tar.gz", WHOLE)
    with pytest.raises(BadFile, match="expected 00ff"):
        brought_python(f"{path}#sha256=00ff")
    with pytest.raises(BadFile):
        brought_python(str(tmp_path / "python-3.12.7.exe"))


def test_what_windows_takes_it_by_is_ascii_and_checks_first(tmp_path: Path) -> None:
    """The hash before anything of it runs; per user, no administrator; where the pack says."""
    installer = tmp_path / "python-3.13.1-amd64.exe"
    installer.write_bytes(b"MZ")
    brought = brought_python(str(installer))
    bring(tmp_path, [brought], "D:\\glmkit")
    raw = (tmp_path / "python" / "take.bat").read_bytes()
    lines = raw.decode("ascii").splitlines()
    assert raw.count(b"\r\n") == raw.count(b"\n")
    checked = next(n for n, line in enumerate(lines) if brought.sha256 in line)
    taken = next(n for n, line in enumerate(lines) if "/quiet" in line)
    assert checked < taken
    assert "InstallAllUsers=0" in lines[taken]
    assert 'set "TO=D:\\glmkit\\python"' in lines
    bring(tmp_path, [], "")
    assert not (tmp_path / "python").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's starter")
def test_a_seat_without_python_takes_the_one_that_was_brought(tmp_path: Path) -> None:
    """Unpacked into the person's own folder and run; one that was changed since is not."""
    script = f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'.encode()
    members = {"python/bin/python3": script, "python/lib/venv/__init__.py": b""}
    archive = tar(tmp_path / f"cpython-{PYTHON}.0-install_only.tar.gz", members)
    pack, home = small_pack(tmp_path / "U 盘"), tmp_path / "张 三"
    home.mkdir()
    bring(pack, [brought_python(str(archive))], "")
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("dirname", "cat", "tar", "gzip", "mkdir", "sha256sum", "shasum", "sh"):
        if found := shutil.which(name):
            (tools / name).symlink_to(found)
    run = {"env": {"PATH": str(tools), "HOME": str(home), "GLMKIT_LANG": "en"}, "timeout": 60}
    starter = ["/bin/sh", str(pack / "install.sh"), "--home", "relative"]
    done = subprocess.run(starter, capture_output=True, encoding="utf-8", **run)
    assert "begins with its drive" in done.stderr
    assert (home / "glmkit" / "python" / "python" / "bin" / "python3").is_file()
    shutil.rmtree(home / "glmkit")
    (pack / "python" / archive.name).write_bytes(b"changed")
    done = subprocess.run(starter, capture_output=True, encoding="utf-8", **run)
    assert (done.returncode, f"{archive.name}: SHA-256?" in done.stdout) == (1, True)
    assert not (home / "glmkit" / "python").exists()
