"""A .env is read as every editor saves it, and written without spoiling what it holds."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from glmkit.auth.env_file import save, secrets_near
from glmkit.auth.masking import Secret
from glmkit.errors import GlmWarning

NAMES = ("A_KEY", "B_KEY")


def near(folder: Path) -> list[tuple[str, str]]:
    """What is found from ``folder`` inside the test's own folders, in order."""
    found = secrets_near(folder, NAMES)
    return [(secret.reveal(), path.name) for secret, path in found if folder in path.parents]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
)
def test_every_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    """Notepad's byte-order mark, PowerShell's UTF-16 and a Chinese code page don't hide a key."""
    content = "A_KEY=one.two\r\n# 我的 Key\r\n"
    (tmp_path / ".env").write_bytes(content.encode(encoding))
    assert near(tmp_path) == [("one.two", ".env")]


@pytest.mark.parametrize(
    "line",
    [
        "A_KEY=one.two",
        'A_KEY="one.two"',
        "A_KEY='one.two'",
        "export A_KEY=one.two",
        "  A_KEY = one.two  # mine",
    ],
)
def test_usual_spellings_are_read(tmp_path: Path, line: str) -> None:
    """Quotes, export, blanks and comments are the file's, not the key's."""
    (tmp_path / ".env").write_text(f"OTHER=1\n{line}\n", encoding="utf-8")
    assert near(tmp_path) == [("one.two", ".env")]


def test_dollar_signs_are_kept(tmp_path: Path) -> None:
    """Nothing is put in for ${…}: a key is taken literally."""
    (tmp_path / ".env").write_text("A_KEY=one.${HOME}\n", encoding="utf-8")
    assert near(tmp_path) == [("one.${HOME}", ".env")]


def test_env_txt_is_read(tmp_path: Path) -> None:
    """Where an editor added .txt, the file still counts."""
    (tmp_path / ".env.txt").write_text("A_KEY=one.two", encoding="utf-8")
    assert near(tmp_path) == [("one.two", ".env.txt")]


def test_nearest_folder_and_first_name_come_first(tmp_path: Path) -> None:
    """A folder's own .env precedes its parent's, and names keep their order."""
    inner = tmp_path / "课程 资料" / "第一课"
    inner.mkdir(parents=True)
    (tmp_path / ".env").write_text("A_KEY=outer.x", encoding="utf-8")
    (inner / ".env").write_text("B_KEY=second.x\nA_KEY=first.x", encoding="utf-8")
    found = [secret.reveal() for secret, _ in secrets_near(inner, NAMES)]
    assert found[:3] == ["first.x", "second.x", "outer.x"]


def test_empty_values_folders_and_huge_files_are_passed_over(tmp_path: Path) -> None:
    """A name without a value sets nothing, and a folder named .env is none."""
    (tmp_path / ".env").mkdir()
    (tmp_path / ".env.txt").write_text("A_KEY=\nB_KEY", encoding="utf-8")
    assert near(tmp_path) == []
    (tmp_path / ".env.txt").write_text("A_KEY=one.two\n" + "#" * (1 << 20), encoding="utf-8")
    assert near(tmp_path) == []


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that even root cannot read")
def test_unreadable_file_is_said_and_passed_over(tmp_path: Path) -> None:
    """A .env that cannot be opened is a warning that names it."""
    (tmp_path / ".env").symlink_to("/proc/self/mem")
    with pytest.warns(GlmWarning, match="cannot be read"):
        assert near(tmp_path) == []


def test_save_keeps_the_other_lines(tmp_path: Path) -> None:
    """Only the key's own line is replaced; the file becomes UTF-8."""
    path = tmp_path / ".env"
    path.write_text("# 备注\nexport A_KEY=old.x\nOTHER=1\n", encoding="utf-16")
    assert save(path, "A_KEY", Secret("new.y")) is None
    assert path.read_text(encoding="utf-8") == "# 备注\nOTHER=1\nA_KEY=new.y\n"
    assert near(tmp_path) == [("new.y", ".env")]
    assert [each.name for each in tmp_path.iterdir()] == [".env"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_saved_file_is_its_owners(tmp_path: Path) -> None:
    """Others on the machine cannot read a saved key."""
    save(tmp_path / ".env", "A_KEY", Secret("new.y"))
    assert (tmp_path / ".env").stat().st_mode & 0o077 == 0


def test_save_in_a_work_tree_tells_git_to_ignore_it(tmp_path: Path) -> None:
    """A .gitignore without .env gets it, once."""
    (tmp_path / ".git").mkdir()
    ignore = tmp_path / ".gitignore"
    ignore.write_text("*.pyc", encoding="utf-8")
    assert save(tmp_path / ".env", "A_KEY", Secret("new.y")) == ignore
    assert ignore.read_text(encoding="utf-8") == "*.pyc\n.env\n"
    assert save(tmp_path / ".env", "A_KEY", Secret("new.z")) is None
