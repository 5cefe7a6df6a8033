"""docs/rehearsals.md: its scripts, commands and cells do what they say, in both languages."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.recipes.documents import blocks, code_of

DOCUMENTS = {"en": "rehearsals.md", "zh": "rehearsals.zh-CN.md"}


@pytest.mark.long(minutes=2)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_shown_runs(language: str, tmp_path: Path) -> None:
    """Each script in the file that its first line names; then the command, then every cell."""
    document = DOCUMENTS[language]
    for block in blocks(document, "yaml"):
        (tmp_path / block.split()[1]).write_text(block, encoding="utf-8")
    [command] = blocks(document, "sh")
    run(tmp_path, language, "-m", *shlex.split(command))
    cells = "\n".join(blocks(document, "python"))
    run(tmp_path, language, "-c", cells)
    assert {"library.xml", "rows.jsonl"} <= {path.name for path in tmp_path.iterdir()}


def run(folder: Path, language: str, *words: str) -> None:
    """A Python of its own, in that folder."""
    places = [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]
    done = subprocess.run(
        [sys.executable, "-X", "utf8", *words],
        cwd=folder,
        env={**os.environ, "GLMKIT_LANG": language, "PYTHONPATH": os.pathsep.join(places)},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_both_languages_show_the_same() -> None:
    """The same cells and commands, and scripts of the same shape."""
    for kind in ("python", "sh"):
        english, chinese = (blocks(document, kind) for document in DOCUMENTS.values())
        assert [code_of(each) for each in english] == [code_of(each) for each in chinese]
    english, chinese = (blocks(document, "yaml") for document in DOCUMENTS.values())
    for one, other in zip(english, chinese, strict=True):
        assert yaml.safe_load(one).keys() == yaml.safe_load(other).keys()


def test_every_key_is_explained() -> None:
    """Those of a line, and those of what is expected."""
    from glmkit.protocol.script import Expects, ScriptLine

    keys = (*ScriptLine.__struct_encode_fields__, *Expects.__struct_encode_fields__)
    for document in DOCUMENTS.values():
        words = (Path(__file__).parents[2] / "docs" / document).read_text(encoding="utf-8")
        missing = [key for key in keys if f"`{key}`" not in words]
        assert missing == [], document
