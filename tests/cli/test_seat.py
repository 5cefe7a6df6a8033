"""An install from a pack, up to the first package: what is checked, refused, said and written."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from glmkit.cli.pack.starters import BATS, SHELLS
from glmkit.cli.seat import contents, manifest
from glmkit.cli.seat.contents import PackContents
from tests.cli.small_packs import PYTHON, WHEELS, at_seat, small_pack


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A small pack, in a folder such as a stick has."""
    return small_pack(tmp_path / "U 盘" / "第一课 & 资料")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A person's own folder."""
    (tmp_path / "张三 的电脑").mkdir()
    return tmp_path / "张三 的电脑"


def files_of(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file, when it was changed, and what is in it."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_damaged_file_is_named_and_nothing_is_installed(pack: Path, home: Path) -> None:
    """Changed, missing: each by its name; the log is in the folder it would be installed to."""
    (pack / "wheels" / WHEELS[0]).write_bytes(b"other bytes")
    (pack / "voices" / "kokoro" / "kokoro.onnx").unlink()
    before = files_of(pack)
    done = at_seat(pack, "install", home=home)
    assert done.returncode == 1
    assert f"wheels/{WHEELS[0]}: damaged" in done.stdout
    assert "voices/kokoro/kokoro.onnx: missing" in done.stdout
    assert [line[:5] for line in done.stdout.splitlines() if line[0] == "["] == ["[1/7]", "[2/7]"]
    assert [path.name for path in (home / "glmkit").iterdir()] == ["install.log"]
    assert "damaged" in (home / "glmkit" / "install.log").read_text(encoding="utf-8")
    assert files_of(pack) == before  # a stick may be read-only: nothing on it changes


def test_another_systems_damage_is_no_matter_of_this_seat(pack: Path, home: Path) -> None:
    """The install goes on beyond it; ``check`` reads everything, and names it."""
    (pack / "wheels" / WHEELS[2]).write_bytes(b"other bytes")
    assert "[3/7]" in at_seat(pack, "install", home=home).stdout
    checked = at_seat(pack, "check", home=home)
    assert (checked.returncode, WHEELS[2] in checked.stderr) == (1, True)


def test_a_whole_pack_says_so(pack: Path, home: Path) -> None:
    """``check`` counts what it read, and writes nothing."""
    checked = at_seat(pack, "check", home=home, GLMKIT_LANG="zh")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert f"全部 {len(manifest.read_manifest(pack))} 个文件完好" in checked.stdout
    assert list(home.iterdir()) == []


def test_too_little_room_is_said_before_anything_is_written(tmp_path: Path, home: Path) -> None:
    """How much is needed, how much there is, and how to choose another drive."""
    pack = small_pack(tmp_path / "pack", unpacked=10**15)
    done = at_seat(pack, "install", home=home)
    assert done.returncode == 1
    assert "1000000200 MB needed" in done.stdout.replace(
        "expected 1000000200 MB", "1000000200 MB needed"
    )
    assert "--home" in done.stdout
    assert not (home / "glmkit" / "env").exists()


@pytest.mark.parametrize("damage", ["", "{}", '{"format": 9}', "[", '{"format": 1, "kit": 2}'])
def test_what_is_no_pack_is_refused(pack: Path, home: Path, damage: str) -> None:
    """A ``pack.json`` that cannot be read, whatever is wrong with it, is one sentence."""
    (pack / contents.FILE).write_text(damage, encoding="utf-8")
    for do in ("install", "open"):
        done = at_seat(pack, do, home=home)
        assert done.returncode == 1
        assert "copy the whole folder again" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_pack_that_was_not_finished_says_so(pack: Path, home: Path) -> None:
    """Without its manifest nobody knows what is whole."""
    (pack / manifest.FILE).unlink()
    done = at_seat(pack, "install", home=home)
    assert (done.returncode, "was not finished" in done.stdout) == (1, True)


def test_a_python_the_pack_has_nothing_for_is_told_what_it_has(tmp_path: Path, home: Path) -> None:
    """Which one is here, which ones would do; an incomplete set says what it lacks."""
    pack = small_pack(tmp_path / "a", python="3.99")
    assert f"found Python {PYTHON}" in (said := at_seat(pack, "install", home=home).stdout)
    assert "Python 3.99" in said
    pack = small_pack(tmp_path / "b", lacks="No matching distribution found for numpy==9")
    assert "numpy==9" in at_seat(pack, "install", home=home).stdout


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ((), 2, "expected: install, open or check"),
        (("remove",), 2, "expected: install, open or check"),
        (("install", "now"), 2, "install now"),
        (("install", "--home", "glmkit"), 1, "begins with its drive or a slash"),
        (("open",), 1, "run install first"),
        (("open", "--home", "/nowhere/at/all"), 1, "run install first"),
    ],
)
def test_words_that_ask_for_nothing_are_answered(
    pack: Path, home: Path, words: tuple[str, ...], status: int, said: str
) -> None:
    """In one sentence, with an exit status."""
    done = at_seat(pack, *words, home=home)
    assert (done.returncode, said in done.stderr, "Traceback" in done.stderr) == (
        status,
        True,
        False,
    )


def test_a_folder_that_cannot_be_made_is_one_sentence(pack: Path, home: Path) -> None:
    """Its log is elsewhere then, and where is said."""
    (home / "file").write_text("", encoding="utf-8")
    done = at_seat(pack, "install", "--home", str(home / "file" / "glmkit"), home=home)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    log = Path(done.stdout.rpartition(" is in ")[2].partition(": photograph")[0])
    assert log.is_file()


def test_an_older_python_is_told_in_both_languages(pack: Path, home: Path) -> None:
    """What is run first can be read by any Python 3."""
    code = """if True:
        import runpy, sys
        sys.version_info = (3, 8, 10)
        runpy.run_path(sys.argv[1], run_name="__main__")
    """
    command = [sys.executable, "-c", code, str(pack / "setup" / "__main__.py")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode == 2
    assert "This is Python 3.8" in done.stderr
    assert "当前的 Python 是 3.8" in done.stderr


def test_what_a_seat_runs_is_what_the_kit_has(pack: Path) -> None:
    """Copied, not written twice; and nothing of it leads elsewhere in the kit."""
    kit = Path(contents.__file__).parents[2]
    for path in (pack / "setup" / "glmkit").rglob("*.py"):
        name = path.relative_to(pack / "setup" / "glmkit")
        if path.stat().st_size:
            assert path.read_bytes() == (kit / name).read_bytes()


def test_what_windows_reads_is_as_windows_reads_it(pack: Path) -> None:
    """ASCII, CRLF, UTF-8's code page, quoted paths, and twins with ASCII names."""
    for do, names in BATS.items():
        raw = (pack / names[0]).read_bytes()
        assert raw == (pack / names[1]).read_bytes()
        assert names[1].isascii()
        assert raw.isascii()
        assert raw.count(b"\r\n") == raw.count(b"\n") <= 11
        lines = raw.decode("ascii").splitlines()
        assert lines[:4] == ["@echo off", "chcp 65001 >nul", "setlocal", 'set "PACK=%~dp0"']
        assert f'%PY% -B -X utf8 "%PACK%setup" {do} %*' in lines
        for line in lines[4:]:  # every path in quotes: blanks, & and brackets are no end of it
            assert line.count('"') % 2 == 0
            assert all('"%PACK%' in part for part in [line] if "%PACK%" in line)
        assert "activate" not in raw.decode("ascii").lower()


def test_what_a_shell_reads_is_short_and_ascii(pack: Path) -> None:
    """Ten lines, LF, and they may be run."""
    for name in SHELLS.values():
        raw = (pack / name).read_bytes()
        assert raw.isascii()
        assert b"\r" not in raw
        assert raw.count(b"\n") <= 11
        subprocess.run(["sh", "-n", str(pack / name)], check=True, timeout=20)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's starter")
def test_the_starter_finds_a_python_and_hands_on(pack: Path, home: Path, tmp_path: Path) -> None:
    """By its own place, from any folder, with its words; without any Python the sheet is named."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("dirname", "cat"):
        (tools / name).symlink_to(shutil.which(name) or name)
    starter = ["/bin/sh", str(pack / "install.sh"), "--home", "relative"]
    environment = {"PATH": str(tools), "HOME": str(home), "GLMKIT_LANG": "en"}
    run = {"env": environment, "cwd": "/", "capture_output": True, "timeout": 60}
    none = subprocess.run(starter, encoding="utf-8", **run)
    assert (none.returncode, "No Python was found" in none.stdout) == (1, True)
    assert "没有找到 Python" in none.stdout
    (tools / f"python{PYTHON}").symlink_to(sys.executable)
    found = subprocess.run(starter, encoding="utf-8", **run)
    assert (found.returncode, "begins with its drive" in found.stderr) == (1, True)


def test_the_manifest_is_what_sha256sum_reads(pack: Path) -> None:
    """Two blanks, plain names, every file but itself."""
    known = manifest.read_manifest(pack)
    assert set(known) == {name for name in files_of(pack) if name != manifest.FILE}
    if tool := shutil.which("sha256sum"):
        subprocess.run([tool, "--quiet", "-c", manifest.FILE], cwd=pack, check=True, timeout=60)


def test_contents_come_back_as_they_were_written(pack: Path) -> None:
    """The file is read by another process, on another day."""
    written = (pack / contents.FILE).read_text(encoding="utf-8")
    found = PackContents.from_json(written)
    assert found.whole
    assert found.to_json() == written
    assert json.loads(written)["sets"][0]["python"] == PYTHON
