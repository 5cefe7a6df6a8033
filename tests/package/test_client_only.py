"""Client and emulator need a part of requirements.txt; what needs more names its package."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from glmkit.environment.features import FEATURES, MODULES
from tests.listed import check_each
from tests.package.built import CLONE, run

SCRIPT = Path(__file__).with_name("features_script.py")
CLIENT, WHOLE = (CLONE / f"requirements{part}.txt" for part in ("-client", ""))
OPTIONAL = {package for packages in FEATURES.values() for package in packages}
NOT_LISTED = {"ipython", "sounddevice", "pyarrow", "segno"}  # what ipykernel brings, and the extras
MOST = 60_000_000  # bytes of wheels

#: Imports every file of the kit and prints those that cannot be; none starts anything.
WALK = """
import importlib, pkgutil, glmkit
for file in pkgutil.walk_packages(glmkit.__path__, "glmkit."):
    if not file.name.endswith("__main__"):
        try:
            importlib.import_module(file.name)
        except (ImportError, glmkit.GlmError):
            print(file.name)
"""


def listed(file: Path) -> list[str]:
    """The requirements that a list names, with their bounds."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def name_of(requirement: str) -> str:
    return re.split("[<>=~! ]", requirement)[0]


def test_the_rest_of_the_requirements_is_what_features_need() -> None:
    """The one list is the client's, with its bounds, and what is named with its purpose."""
    assert set(listed(CLIENT)) <= set(listed(WHOLE))
    rest = {name_of(each) for each in set(listed(WHOLE)) - set(listed(CLIENT))}
    assert rest == OPTIONAL - NOT_LISTED


@pytest.fixture
def without(tmp_path: Path) -> dict[str, str]:
    """An environment whose Pythons find no package that client and emulator do not need."""
    hidden = [MODULES.get(name, name) for name in OPTIONAL]
    code = f"import sys\nsys.modules.update(dict.fromkeys({hidden!r}))\n"
    (tmp_path / "sitecustomize.py").write_text(code, encoding="utf-8")
    paths = os.pathsep.join([str(tmp_path), str(CLONE)])
    return {**os.environ, "PYTHONPATH": paths}


def printed(*words: str | Path, env: dict[str, str]) -> str:
    command = [sys.executable, *words]
    done = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_what_needs_more_says_which_package_and_the_rest_works(without: dict[str, str]) -> None:
    """Turns spoken and written, cards without a figure; each other call names what brings it."""
    says_what_is_missing(json.loads(printed(SCRIPT, env=without)))


def says_what_is_missing(found: dict[str, dict[str, str]]) -> None:
    """What ``features_script.py`` printed is right."""
    assert [each[0] for each in found["turns"]] == ["completed", "completed"]
    assert all(words and heard for _, words, heard in found["turns"])
    assert found["shown"] == [True] * 4
    check_each(_names_its_package, list(found["said"].items()))


def _names_its_package(call: str, said: str) -> None:
    package = call.rpartition(": ")[2]
    assert re.search(rf"pip install [\w -]*\b{package}2?\b", said), said


@pytest.mark.slow
def test_only_figures_and_widgets_need_more_to_be_imported(without: dict[str, str]) -> None:
    """Every other file of the kit is imported without what is optional."""
    failed = printed("-c", WALK, env=without).split()
    doors = {name.split(".")[1] for name in failed}
    assert doors == {"lessons", "plots", "widgets"}
    assert [name for name in failed if "widgets" in name] == ["glmkit.widgets.anywidget_face"]
    assert "glmkit.plots" not in failed


@pytest.mark.slow
def test_the_doctor_names_what_is_missing_and_what_for(without: dict[str, str]) -> None:
    """It is well, its exit status 0; what cannot be done stands beside the packages."""
    report = json.loads(printed("-m", "glmkit", "doctor", "--offline", "--json", env=without))
    lines = {line["name"]: line for line in report["lines"]}
    assert report["well"]
    assert "figures (matplotlib)" in lines["packages"]["found"]
    assert "(server VAD) (onnxruntime)" in lines["packages"]["found"]
    assert '"matplotlib>=' in lines["packages"]["todo"]
    assert "hibari-tts==" in lines["packages"]["todo"]
    assert [lines[name]["level"] for name in ("widgets", "fonts", "kernel")] == ["note"] * 3


@pytest.mark.slow
def test_commands_that_need_more_say_so_in_one_line(
    without: dict[str, str], tmp_path: Path
) -> None:
    """No traceback from the demo and the notebooks; beside the models stands what runs them."""
    words = [
        (without, ["demo", "--out", str(tmp_path)], "nbclient"),
        (without, ["lab"], "jupyterlab"),
    ]
    check_each(_says_it_in_one_line, words)
    assert "ctranslate2" in printed("-m", "glmkit", "voices", "status", env=without)


def _says_it_in_one_line(env: dict[str, str], words: list[str], package: str) -> None:
    command = [sys.executable, "-m", "glmkit", *words]
    done = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", timeout=60)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert package in done.stderr


@pytest.mark.long
def test_the_wheel_and_the_clients_list_are_enough(
    wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a clean environment: at most 60 MB of wheels, and a spoken answer with its cost."""
    home, wheels = tmp_path / "env", tmp_path / "wheels"
    venv.create(home, with_pip=False)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    bounds = ("-r", CLIENT, "-c", CLONE / "constraints.txt")
    run(*pip, "download", "--quiet", "--dest", wheels, *bounds, cwd=tmp_path)
    weight = sum(path.stat().st_size for path in (*wheels.iterdir(), wheel))
    assert weight <= MOST, f"{weight / 1e6:.0f} MB"
    only = ("--no-index", "--no-deps", "--no-compile")  # half of what it would compile is not used
    run(*pip, "install", "--quiet", *only, wheel, *wheels.iterdir(), cwd=tmp_path)
    for lang in ("en", "zh"):
        monkeypatch.setenv("GLMKIT_LANG", lang)
        says_what_is_missing(json.loads(run(python, SCRIPT, cwd=tmp_path)))
    said = run(
        python, "-m", "glmkit", "talk", "joke_en", "--save", "out", cwd=tmp_path
    ).splitlines()
    assert "¥" in said[-2]
    assert (tmp_path / said[-1]).stat().st_size > 100_000


def test_no_documented_command_looks_for_the_kit_on_an_index() -> None:
    """It is on none: a clone, a wheel or git+https; and the lists that are named are there."""
    check_each(_installs_what_is_there, documented())


def documented() -> list[tuple[str, str]]:
    """Every ``pip install`` that a reader meets: the file, and what follows."""
    kinds = ("*.md", "notebooks/**/*.ipynb", "glmkit/**/*.py", "benchmarks/*", "Makefile", ".ci/*")
    files = [path for kind in kinds for path in CLONE.glob(kind) if path.is_file()]
    return [
        (path.name, found[1])
        for path in files
        if path.suffix != ".pyc"
        for found in re.finditer(r"pip install ([^`\n]*)", path.read_text(encoding="utf-8"))
    ]


def _installs_what_is_there(_: str, what: str) -> None:
    assert not re.search(r"(?<![\w./-])glmkit(?![\w./-]| @ git\+https)", what)
    lists = re.findall(r"-[cr] ([\w.-]+\.txt)", what)
    assert [name for name in lists if not (CLONE / name).is_file()] == []


def test_modules_are_named_as_they_are_imported() -> None:
    """What is looked for is the module that the package brings."""
    assert [
        name for name in OPTIONAL if importlib.util.find_spec(MODULES.get(name, name)) is None
    ] == []
