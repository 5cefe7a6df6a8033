"""The built wheel, in a clean environment outside the clone, has a turn."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from tests.package.built import CLONE, installed, run

TURN = """
import glmkit as glm
with glm.connect() as session:
    turn = session.say(glm.sample("joke_zh"), speed=None)
assert "site-packages" in glm.__file__, glm.__file__
print(turn.status, turn.peer, turn.audio.seconds > 1)
"""

#: What a pack takes along where there is no clone: the wheel, made of what is installed.
MADE_AGAIN = """
import sys
from pathlib import Path
from glmkit.cli.pack.kit_wheel import constraints, make_kit_wheel, requirements_of
made = make_kit_wheel(Path(sys.argv[1]))
assert "numpy>=2.0" in requirements_of(made)
assert constraints().parent.name == "glmkit"
print(made)
"""


def test_the_wheel_holds_samples_notebooks_and_types(wheel: Path) -> None:
    """What a user needs without a clone is inside."""
    with zipfile.ZipFile(wheel) as inside:
        names = set(inside.namelist())
    assert {
        "glmkit/py.typed",
        "glmkit/samples/joke_zh.wav",
        "glmkit/notebooks/01_first_conversation.ipynb",
        "glmkit/examples/bare.py",
        "glmkit/examples/stages/1_token.py",
        "glmkit/constraints.txt",
    } <= names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"glmkit"}  # and its metadata


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    """Not modules alone: scripts of the page, models, voices and prepared answers, too."""
    files = [path for path in (CLONE / "glmkit").rglob("*") if path.is_file()]
    ours = {path.relative_to(CLONE).as_posix() for path in files if "__pycache__" not in path.parts}
    assert {Path(name).suffix for name in ours} >= {".py", ".js", ".css", ".onnx", ".npy", ".ogg"}
    with zipfile.ZipFile(wheel) as inside:
        assert ours - set(inside.namelist()) == set()


def test_pytest_finds_the_fixtures_in_an_installed_kit(wheel: Path) -> None:
    """The wheel's metadata name them, and the module is inside."""
    with zipfile.ZipFile(wheel) as inside:
        [points] = [name for name in inside.namelist() if name.endswith("/entry_points.txt")]
        assert "glmkit = glmkit.emulator.pytest_plugin" in inside.read(points).decode("utf-8")
        assert "glmkit/emulator/pytest_plugin.py" in inside.namelist()


@pytest.mark.slow
def test_an_installed_kit_has_a_turn(wheel: Path, tmp_path: Path) -> None:
    """Outside the clone, with only the wheel on top of what it depends on."""
    python, packages = installed(wheel, tmp_path / "env")
    # the dependencies are this environment's: installing them again would test the registry
    ours = next(p for p in sys.path if p.endswith("site-packages"))
    Path(packages, "dependencies.pth").write_text(f"{ours}\n", encoding="utf-8")
    assert run(python, "-c", TURN, cwd=tmp_path).split() == ["completed", "emulator", "True"]
    assert "glmkit-course" in run(python, "-m", "glmkit", "notebooks", "--no-open", cwd=tmp_path)
    assert "newest" in run(python, "-m", "glmkit", "lab", "--version", cwd=tmp_path)  # the copy
    assert (tmp_path / "glmkit-course" / "zh" / "00_start_here.ipynb").is_file()
    again = Path(run(python, "-c", MADE_AGAIN, str(tmp_path / "again"), cwd=tmp_path).strip())
    with zipfile.ZipFile(wheel) as first, zipfile.ZipFile(again) as second:
        assert sorted(first.namelist()) == sorted(second.namelist())
        assert second.testzip() is None
