"""Who only wants to try the kit is not made to install what its developers need."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

TEXT = (Path(__file__).parents[2] / "Makefile").read_text(encoding="utf-8")
VARIABLES = dict(re.findall(r"^(\w+) [:?]?= (.+)$", TEXT, re.MULTILINE))
KIT, DEVELOPERS, MODELS = ".venv/.kit", ".venv/.dev", ".venv/.voices"


def plain(words: str) -> str:
    """Words with the Makefile's variables in them written out."""
    while (out := re.sub(r"\$\((\w+)\)", lambda name: VARIABLES[name[1]], words)) != words:
        words = out
    return words


@cache
def needed(target: str) -> frozenset[str]:
    """Everything that is made before a target."""
    rules = dict(line.split(":", 1) for line in plain_rules())
    direct = rules.get(target, "").split()
    return frozenset(direct).union(*map(needed, direct))


def plain_rules() -> list[str]:
    """The lines that say what a target needs."""
    return [plain(line) for line in re.findall(r"^[\w$(][^\t=#]*:(?!=).*$", TEXT, re.MULTILINE)]


@pytest.mark.parametrize("target", ["demo", "lab"])
def test_trying_needs_the_kit_and_the_models(target: str) -> None:
    """And neither linters nor a browser's driver."""
    assert needed(target) >= {KIT, MODELS, "constraints.txt"}
    assert DEVELOPERS not in needed(target)


@pytest.mark.parametrize("target", ["test", "lint", "bench", "pictures", "site"])
def test_developing_needs_the_tools(target: str) -> None:
    """They come after the kit."""
    assert needed(target) >= {KIT, DEVELOPERS}
