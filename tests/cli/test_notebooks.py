"""``glmkit notebooks``: the course copied to where a person works, whose changes stay theirs."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from glmkit.cli.commands import main
from glmkit.cli.course import RECORD, START, copy_course, course_folder, edition, in_clone
from glmkit.errors import BadArgument, BadFile

ZH_START = f"zh/{START}"


def source_of(folder: Path, **contents: str) -> Path:
    """A kit's folder of notebooks: names with ``__`` for ``/``."""
    for name, content in {
        "00_start_here": "start",
        "zh__00_start_here": "开始",
        **contents,
    }.items():
        path = folder / f"{name.replace('__', '/')}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def test_both_editions_lie_as_in_the_kit(tmp_path: Path) -> None:
    """Every notebook is there, byte for byte, and the second copy changes nothing."""
    folder = tmp_path / "我的 课程"
    first = copy_course(folder)
    kit = {path.relative_to(course_folder()) for path in course_folder().rglob("*.ipynb")}
    assert {path.relative_to(folder) for path in first.new} >= kit
    for name in kit:
        assert (folder / name).read_bytes() == (course_folder() / name).read_bytes()
    again = copy_course(folder)
    assert (again.new, again.renewed, again.theirs, again.beside) == ([], [], [], [])
    assert "newest" in "".join(again.lines())


@pytest.mark.parametrize(("lang", "there", "absent"), [("en", START, "zh"), ("zh", "zh", START)])
def test_one_edition_alone_can_be_had(
    tmp_path: Path, lang: str, there: str, absent: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The words say which; what is copied is said, and nothing is opened."""
    assert main(["notebooks", str(tmp_path / "c"), "--lang", lang, "--no-open"]) == 0
    assert (tmp_path / "c" / there).exists()
    assert not (tmp_path / "c" / absent).exists()
    assert str(tmp_path / "c") in capsys.readouterr().out
    assert (edition(tmp_path / "c", "zh" if lang == "en" else "en") / START).is_file()


def test_a_newer_edition_never_overwrites_what_somebody_changed(tmp_path: Path) -> None:
    """Untouched files are renewed; a changed one stays, with the newer beside it, once."""
    older = source_of(tmp_path / "older", one="1", two="2", three="3")
    newer = source_of(tmp_path / "newer", one="1 new", two="2 new", three="3", four="4")
    folder = tmp_path / "mine"
    copy_course(folder, source=older)
    (folder / "two.ipynb").write_text("my work", encoding="utf-8")
    (folder / "three.ipynb").write_text("my work, too", encoding="utf-8")
    done = copy_course(folder, source=newer)
    assert [path.name for path in done.new] == ["four.ipynb"]
    assert [path.name for path in done.renewed] == ["one.ipynb"]
    assert [path.name for path in done.theirs] == ["three.ipynb", "two.ipynb"]
    [(theirs, beside)] = done.beside
    assert theirs.read_text(encoding="utf-8") == "my work"
    assert beside.read_text(encoding="utf-8") == "2 new"
    assert beside.name.startswith("two.edition-")
    assert beside.name in "\n".join(done.lines())
    assert copy_course(folder, source=newer).beside == []


def test_an_edition_beside_that_was_changed_is_theirs_too(tmp_path: Path) -> None:
    """The next one gets a name of its own; a file that was deleted comes back."""
    folder = tmp_path / "mine"
    for number in range(3):
        copy_course(folder, source=source_of(tmp_path / f"kit{number}", one=f"edition {number}"))
        for path in folder.glob("one*.ipynb"):
            path.write_text(f"my work on {path.name}", encoding="utf-8")
    assert len(list(folder.glob("one.edition-*.ipynb"))) == 2
    (folder / "one.ipynb").unlink()
    assert copy_course(folder, source=tmp_path / "kit2").new == [folder / "one.ipynb"]


def test_without_its_record_whatever_differs_is_theirs(tmp_path: Path) -> None:
    """A record that is gone or damaged loses nobody's work."""
    folder, kit = tmp_path / "mine", source_of(tmp_path / "kit", one="1")
    for damage in ("", "[]", '{"files": 3}'):
        copy_course(folder, source=kit)
        (folder / RECORD).write_text(damage, encoding="utf-8")
        (folder / "one.ipynb").write_text("my work", encoding="utf-8")
        assert copy_course(folder, source=kit).theirs == [folder / "one.ipynb"]
        assert (folder / "one.ipynb").read_text(encoding="utf-8") == "my work"
    assert json.loads((folder / RECORD).read_text(encoding="utf-8"))["files"]["one.ipynb"]


def test_what_cannot_be_a_place_for_it_is_refused(tmp_path: Path) -> None:
    """The kit's own folder, a file, a folder where a notebook should lie."""
    with pytest.raises(BadArgument, match="own notebooks"):
        copy_course(course_folder())
    with pytest.raises(BadArgument, match="own notebooks"):
        copy_course(course_folder() / "zh")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(BadFile):
        copy_course(tmp_path / "file")
    (tmp_path / "c" / START).mkdir(parents=True)
    with pytest.raises(BadFile, match="move it away"):
        copy_course(tmp_path / "c")


def test_a_clone_opens_its_own() -> None:
    """People change those on purpose; only an installed kit's are copied first."""
    assert in_clone()
    assert edition(course_folder(), "zh").name == "zh"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of one's own is POSIX's")
def test_the_course_opens_in_jupyterlab(tmp_path: Path) -> None:
    """On the first page in the reader's language, with the whole copy below it."""
    import pexpect

    words = ["-m", "glmkit", "notebooks", str(tmp_path / "course")]
    config = {"JUPYTER_CONFIG_DIR": str(tmp_path / "config"), "GLMKIT_LANG": "zh"}
    (tmp_path / "config").mkdir()
    settings = {"ServerApp": {"open_browser": False, "allow_root": True, "port": 0}}
    settings_file = tmp_path / "config" / "jupyter_server_config.json"
    settings_file.write_text(json.dumps(settings), encoding="utf-8")
    environment = {**os.environ, **config}
    terminal = pexpect.spawn(sys.executable, words, timeout=60, encoding="utf-8", env=environment)
    try:
        terminal.expect(f"from local directory: {tmp_path / 'course'}\\s")
        terminal.expect(r"lab\S*\?token=\w+\s")
        terminal.sendintr()
        terminal.expect(r"\(y/\[n\]\)\?")
        terminal.sendline("y")
        terminal.expect(pexpect.EOF)
    finally:
        terminal.close(force=True)
    assert (tmp_path / "course" / ZH_START).is_file()
