"""The built wheel, in a clean environment outside the clone, has a turn."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
TURN = """
import glmkit as glm
with glm.connect() as session:
    turn = session.say(glm.sample("joke_zh"), speed=None)
assert "site-packages" in glm.__file__, glm.__file__
print(turn.status, turn.peer, turn.audio.seconds > 1)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy: what an earlier build has left in the clone is not in it."""
    folder, copy = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("clone") / "glmkit"
    left = shutil.ignore_patterns(
        ".*", "build", "dist", "out", "tests", "node_modules", "*.egg-info", "__pycache__"
    )
    shutil.copytree(HERE, copy, ignore=left)
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, copy],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_samples_notebooks_and_types(wheel: Path) -> None:
    """What a user needs without a clone is inside."""
    with zipfile.ZipFile(wheel) as inside:
        names = set(inside.namelist())
    assert {
        "glmkit/py.typed",
        "glmkit/samples/joke_zh.wav",
        "glmkit/notebooks/01_first_conversation.ipynb",
    } <= names
    assert not any(name.startswith(("tests/", "benchmarks/")) for name in names)


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    """Not modules alone: scripts of the page, models, voices and prepared answers, too."""
    files = [path for path in (HERE / "glmkit").rglob("*") if path.is_file()]
    ours = {path.relative_to(HERE).as_posix() for path in files if "__pycache__" not in path.parts}
    assert {Path(name).suffix for name in ours} >= {".py", ".js", ".css", ".onnx", ".npy", ".ogg"}
    with zipfile.ZipFile(wheel) as inside:
        assert ours - set(inside.namelist()) == set()


def test_an_installed_kit_has_a_turn(wheel: Path, tmp_path: Path) -> None:
    """Outside the clone, with only the wheel on top of what it depends on."""
    home = tmp_path / "env"
    venv.create(home, with_pip=False)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    packages = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=60,
    ).stdout.strip()
    with zipfile.ZipFile(wheel) as inside:
        inside.extractall(packages)
    # the dependencies are this environment's: installing them again would test the registry
    ours = next(p for p in sys.path if p.endswith("site-packages"))
    Path(packages, "dependencies.pth").write_text(f"{ours}\n", encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [python, "-c", TURN],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.stdout.split() == ["completed", "emulator", "True"], done.stderr
