"""The words and expressions of the rules, which are data."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from glmkit.emulator.think.words import FOLDER, WordFile
from glmkit.errors import BadFile
from tests.listed import check_each

FILES = sorted(FOLDER.glob("*.yaml"))
ONE_LANGUAGE = """
import sys
from glmkit.emulator.think.dialogue import Heard
from glmkit.emulator.think.rules import Rules
from glmkit.emulator.think.scripts_at_hand import kit_scripts
rules = Rules()
assert not kit_scripts.cache_info().currsize
reply = rules.reply(Heard("给我讲一个特别好笑的笑话嘛"), configuration={})
assert reply.kind == "joke", reply
assert kit_scripts.cache_info().currsize == 1
assert "pypinyin" not in sys.modules
"""


def test_every_expression_can_be_compiled() -> None:
    """Whatever others it is made of; those of sums, which have numbers from the code, by sums."""

    def compiled(path: Path) -> None:
        file = WordFile(path)
        for key, value in file.values.items():
            if isinstance(value, str) or _is_list(value):
                assert file.each(key, cased=True)

    check_each(compiled, [(path,) for path in FILES if path.stem != "sums"])


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


@pytest.mark.parametrize(
    ("line", "named"), [("three: '(a'", "three"), ("one: x", "one"), ("  bad: [", "")]
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, line: str, named: str) -> None:
    """And with its key, where it has one."""
    path = tmp_path / "some.yaml"
    path.write_text(f"one: a\ntwo: b\n{line}\n", encoding="utf-8")
    with pytest.raises(BadFile, match=f"line [34].*{named}"):
        WordFile(path)[named or "one"]


@pytest.mark.slow
def test_an_answer_reads_its_own_language_alone() -> None:
    """What nobody asked for yet is not loaded: the first answer comes at once."""
    subprocess.run([sys.executable, "-c", ONE_LANGUAGE], check=True, timeout=60)
