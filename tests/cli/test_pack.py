"""``glmkit pack``: made, tried, made again, broken off, damaged; and what it cannot get, it says.

One pack is made for all of these, for the Python and system that run them; that every other
Python and system can have all its wheels, ``tests/package/test_constraints.py`` asks pip.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from glmkit.cli.commands import main
from glmkit.cli.pack.kit_wheel import constraints
from glmkit.cli.pack.taken_pack import taken
from glmkit.cli.pack.targets import TARGETS, Target, run_pip, targets_of
from glmkit.cli.pack.wheel_sets import WheelShelf
from glmkit.cli.seat import contents, manifest
from glmkit.cli.seat.contents import PackContents
from glmkit.errors import BadArgument
from tests.cli.small_packs import PYTHON, at_seat, small_pack
from tests.package.resolution import wanted

SYSTEM = {"linux": "linux", "win32": "windows", "darwin": "macos"}[sys.platform]
MINE = ("--for", SYSTEM, "--pythons", PYTHON)
NOWHERE = "http://127.0.0.1:9/simple"  # an index that nobody serves


def packing(folder: Path, *words: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "glmkit", "pack", str(folder), *MINE, *words],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def packed(folder: Path, *words: str, **environment: str) -> str:
    """What is printed where all is well."""
    with packing(folder, *words, **environment) as process:
        out, errors = process.communicate(timeout=600)
    assert (process.returncode, errors) == (0, ""), out
    return out


@dataclass(frozen=True)
class Room:
    """A pack, the seat it was tried at, and what was printed."""

    pack: Path
    seat: Path
    said: str

    @property
    def contents(self) -> PackContents:
        return contents.contents_of(self.pack)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Room:
    """Packed and installed once, in folders whose names have blanks and Chinese in them."""
    folder = tmp_path_factory.mktemp("room")
    pack, seat = folder / "U 盘" / "glmkit pack", folder / "机房 一" / "glmkit"
    (folder / "教案").mkdir()
    (folder / "教案" / "第一课.html").write_text("<p>教案</p>", encoding="utf-8")
    said = packed(pack, "--try-in", str(seat), "--with", str(folder / "教案"), PYTHONPATH=ROOT)
    return Room(pack, seat, said)


ROOT = str(Path(__file__).parents[2])


@pytest.mark.long
@pytest.mark.voices
def test_a_seat_has_a_spoken_turn_without_any_index(room: Room) -> None:
    """Installed from the folder alone, voices and all: it answers aloud, and was timed."""
    log = (room.seat / "install.log").read_text(encoding="utf-8")
    assert re.search(r"answer: +\S+.*\n.*latency: .*emulator · completed", log)
    assert "No matching distribution" not in log
    measured = room.contents.tried
    assert measured is not None
    assert measured.bytes > 500_000_000
    sheet = (room.pack / "SHEET.html").read_text(encoding="utf-8")
    minutes = f"{measured.seconds / 60:.1f}"
    assert f"{minutes} minutes" in sheet
    assert f"{minutes} 分钟" in sheet
    assert f"{minutes} minutes" in room.said


@pytest.mark.long
@pytest.mark.voices
def test_a_seat_opens_the_course_and_finds_its_voices(room: Room) -> None:
    """With nothing but the seat's own folder: the environment holds the models."""
    inside = ("Scripts", "python.exe") if sys.platform == "win32" else ("bin", "python")
    python = room.seat.joinpath("env", *inside)
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "GLMKIT_MODELS")}
    clean["GLMKIT_CACHE"] = str(room.seat / "nothing")
    run = {"env": clean, "cwd": room.seat, "capture_output": True, "encoding": "utf-8"}
    voices = subprocess.run([python, "-m", "glmkit", "voices"], check=True, timeout=60, **run)
    assert str(room.seat / "env" / "share" / "glmkit") in voices.stdout
    words = ("notebooks", str(room.seat / "course"), "--no-open")
    subprocess.run([python, "-m", "glmkit", *words], check=True, timeout=60, **run)
    assert (room.seat / "course" / "zh" / "00_start_here.ipynb").is_file()
    opener = "open-course.bat" if sys.platform == "win32" else "open-course.sh"
    assert (room.seat / opener).is_file()
    again = at_seat(room.pack, "install", "--home", str(room.seat), home=room.seat)
    assert (again.returncode, "installed in" in again.stdout) == (0, True)


@pytest.mark.long
@pytest.mark.voices
def test_a_pack_holds_all_and_names_no_place_it_was_made_at(room: Room) -> None:
    """Voices, course, lessons, sheet; names that any system can hold; no path and no index."""
    names = set(manifest.read_manifest(room.pack))
    assert {"notebooks/00_start_here.ipynb", "教案/第一课.html", "安装.bat", "SHEET.html"} <= names
    assert any(name.startswith("voices/kokoro/") for name in names)
    # the course's site, where it was built, else a word about it
    assert ("site/index.html" in names) != ("site, which was not built here" in room.said)
    unusual = {name for name in names if not name.isascii() and not name.startswith("教案/")}
    assert unusual == {"安装.bat", "打开课程.bat"}
    for name in ("pack.json", "SHEET.html", "install.sh", "install.bat", manifest.FILE):
        content = (room.pack / name).read_text(encoding="utf-8")
        assert str(room.pack.parent) not in content
        assert "://" not in content


@pytest.mark.long
@pytest.mark.voices
def test_made_again_it_fetches_nothing_that_is_there(room: Room) -> None:
    """Without any network: every set is there, and what was tried stays known."""
    said = packed(room.pack, "--untried", PIP_INDEX_URL=NOWHERE, PYTHONPATH=ROOT)
    assert "all there already" in said
    assert at_seat(room.pack, "check", home=room.seat).returncode == 0


@pytest.mark.long
@pytest.mark.voices
def test_broken_off_it_goes_on_where_it_was(room: Room) -> None:
    """A wheel is damaged, and the pack that would mend it is killed; the next one mends it."""
    wheels = sorted((room.pack / "wheels").glob("n*.whl"))
    wheels[0].write_bytes(wheels[0].read_bytes()[:100])
    with packing(room.pack, "--untried", PYTHONPATH=ROOT) as process:
        assert process.stdout is not None
        assert "fetching" in "".join(process.stdout.readline() for _ in range(2))
        process.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    checked = at_seat(room.pack, "check", home=room.seat)
    assert (checked.returncode, "was not finished" in checked.stderr) == (1, True)
    packed(room.pack, "--untried", PYTHONPATH=ROOT)
    assert at_seat(room.pack, "check", home=room.seat).returncode == 0
    assert not list(room.pack.glob(".*"))


@pytest.mark.slow
def test_what_cannot_be_had_is_named_and_the_set_is_incomplete(tmp_path: Path) -> None:
    """pip's own word for it, for a system that is not this one."""
    limits = tmp_path / "constraints.txt"
    limits.write_text("filelock==0.0.0\n", encoding="utf-8")
    kit = tmp_path / "wheels" / "glmkit-0.1.0-py3-none-any.whl"
    kit.parent.mkdir()
    kit.write_bytes(b"")
    shelf = WheelShelf(tmp_path, kit=kit, asked=["filelock"], constraints=limits)
    made = shelf.fetched(Target("3.12", "win32", "AMD64"))
    assert "filelock" in made.lacks
    assert not made.wheels
    assert not shelf.holds(made)
    assert not list(tmp_path.glob(".arriving*"))


def test_what_a_pack_asks_for_is_what_constraints_are_made_for() -> None:
    """So every target's set is among those that pip's dry run finds."""
    named = " ".join(wanted()[2:])
    assert all(word in named for word in ("pip>=", "sounddevice>="))
    pinned = constraints().read_text(encoding="utf-8")
    assert all(f"\n{word}==" in pinned for word in ("pip", "sounddevice"))


def test_systems_and_pythons_are_chosen_by_name() -> None:
    """Each combination there is; what nobody knows is named."""
    assert targets_of("windows,macos,linux", "3.11,3.12,3.13,3.14") != []
    assert set(targets_of("windows，macos, linux", "3.11,3.12,3.13,3.14")) == set(TARGETS)
    assert targets_of("macos", "3.14") == [Target("3.14", "darwin", "arm64")]
    for systems, pythons in (("dos", "3.11"), ("linux", "2.7"), ("", "3.11"), ("linux", ",")):
        with pytest.raises(BadArgument, match="expected some of"):
            targets_of(systems, pythons)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--for", "dos"), "--for names dos"),
        (("--pythons", "2.7"), "--pythons names 2.7"),
        (("--home", "glmkit"), "expected a whole path"),
        (("--home", 'C:\\a"b'), "expected a whole path"),
        (("--home", "C:\\%TEMP%"), "expected a whole path"),
        (("--with", "/nowhere/at/all"), "is no folder"),
        (("--python", "/nowhere/python-3.12.exe"), "is no file"),
    ],
)
def test_what_cannot_be_packed_is_refused(
    tmp_path: Path, words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is made."""
    assert main(["pack", str(tmp_path / "pack"), *words]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "pack").exists()


def test_a_folder_with_other_things_in_it_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A stick's own files are not swept away; a file is no folder."""
    (tmp_path / "thesis.doc").write_text("mine", encoding="utf-8")
    assert main(["pack", str(tmp_path), "--for", "linux"]) == 2
    assert "thesis.doc" in capsys.readouterr().err
    assert main(["pack", str(tmp_path / "thesis.doc"), "--for", "linux"]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


def test_pip_that_fails_says_what_it_said() -> None:
    """Its complaint, not its help."""
    answer = run_pip(TARGETS[0], "download", "--no-index", "no-such-package-at-all")
    assert answer.status != 0
    assert "no-such-package-at-all" in answer.complaint


def test_two_commands_make_no_pack_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second one is told, and leaves all as it is; afterwards nothing of it stays."""
    pack = small_pack(tmp_path / "p")
    before = (pack / manifest.FILE).read_bytes()
    with taken(pack):
        assert main(["pack", str(pack), "--for", "linux"]) == 2
    assert "another glmkit pack is at work" in capsys.readouterr().err
    assert (pack / manifest.FILE).read_bytes() == before
    assert not list(pack.glob(".*"))


@pytest.mark.slow
def test_an_index_that_is_not_reached_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """pip's last word is about the package: that there is none, or that versions conflict."""
    for name, value in (("INDEX_URL", NOWHERE), ("EXTRA_INDEX_URL", ""), ("RETRIES", "1")):
        monkeypatch.setenv(f"PIP_{name}", value)
    answer = run_pip(TARGETS[0], "download", "no-such-package-at-all")
    assert answer.complaint.startswith("the package index was not reached")
    assert "no-such-package-at-all" in answer.complaint


def test_a_small_pack_stands_for_a_whole_one(tmp_path: Path) -> None:
    """What other tests install from has all that ``glmkit pack`` writes down."""
    assert contents.contents_of(small_pack(tmp_path / "p")).whole
