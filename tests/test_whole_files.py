"""Files that appear whole or not at all, and those that their owner alone may read."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from glmkit.environment import PACKAGE
from glmkit.environment.whole_files import moved_into_place, whole_file
from glmkit.errors import BadFile


def test_what_is_not_finished_changes_nothing(tmp_path: Path) -> None:
    """What was there before stays, and nothing beside it, whatever ended the writing."""
    target = tmp_path / "课.glm"
    for content in ("before", "after"):
        with whole_file(target) as beside:
            beside.write_text(content, encoding="utf-8")
            assert beside.parent == tmp_path
    for reason in (KeyboardInterrupt, ValueError, OSError):
        with pytest.raises((reason, BadFile)), whole_file(target) as beside:
            beside.write_text("hal", encoding="utf-8")
            raise reason
    assert target.read_text(encoding="utf-8") == "after"
    assert list(tmp_path.iterdir()) == [target]


def test_what_the_system_refuses_says_which_file_and_why(tmp_path: Path) -> None:
    """A folder that is not there, a folder in the place of the file."""
    for place in (tmp_path / "nowhere" / "x.glm", tmp_path):
        with pytest.raises(BadFile, match=place.name), whole_file(place) as beside:
            beside.write_bytes(b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_private_one_is_its_owners_alone(tmp_path: Path) -> None:
    """From its first byte on; its folder is made."""
    target = tmp_path / "class" / "seats.json"
    with whole_file(target, private=True) as beside:
        while_written = _rights(beside)
        beside.write_bytes(b"x")
    assert target.read_bytes() == b"x"
    if os.name != "nt":
        assert while_written == _rights(target) == 0o600


def _rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_two_threads_do_not_mix_their_words(tmp_path: Path) -> None:
    """One of the two is there, whole, and both went well."""
    target, both = tmp_path / "x", threading.Barrier(2)
    went_well: list[str] = []

    def write(word: str) -> None:
        for private in (True, False):
            with moved_into_place(target, private=private) as beside:
                both.wait(30)
                beside.write_text(word, encoding="utf-8")
                both.wait(30)
        went_well.append(word)

    _at_once(lambda: write("one"), lambda: write("another"))
    assert sorted(went_well) == ["another", "one"]
    assert target.read_text(encoding="utf-8") in went_well
    assert list(tmp_path.iterdir()) == [target]


def _at_once(*doing: Callable[[], None]) -> None:
    threads = [threading.Thread(target=each) for each in doing]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


def test_one_place_knows_how() -> None:
    """Whoever writes beside a file's place does so here."""
    sources = {path.stem: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    assert [name for name, source in sources.items() if '.tmp"' in source] == ["whole_files"]
