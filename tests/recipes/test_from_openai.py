"""docs/from-openai-realtime.md: GLM's side of it has a turn, and both editions agree."""

from __future__ import annotations

import re

import pytest

import glmkit as glm
from glmkit.emulator.launch import Emulator
from tests.recipes.documents import DOCS, blocks

EDITIONS = ("from-openai-realtime.md", "from-openai-realtime.zh-CN.md")


def test_both_editions_compare_the_same() -> None:
    """Code and rows are equal in number, and so is every name of the protocol in them."""
    english, chinese = ((DOCS / name).read_text(encoding="utf-8") for name in EDITIONS)
    assert blocks(EDITIONS[0], "python") == blocks(EDITIONS[1], "python")
    rows = [re.findall(r"^\| (.*) \|$", words, re.MULTILINE) for words in (english, chinese)]
    named = [[re.findall(r"`([^`]+)`", row) for row in every] for every in rows]
    assert named[0] == named[1]


@pytest.mark.slow
async def test_the_glm_side_has_a_turn() -> None:
    """As it stands in the document, against the emulator: one question up, one answer down."""
    _, glm_side, _ = blocks(EDITIONS[0], "python")
    inside: dict[str, object] = {}
    exec(glm_side, inside)
    question = glm.sample("joke_zh").to_pcm()
    with Emulator.start(pace=0) as emulator:
        url, key = emulator.url, emulator.key.reveal()
        sound = await inside["answer"](question, key, url)  # type: ignore[operator]
        assert emulator.check() == []
    assert len(sound) > 24_000 * 2


def test_both_sides_differ_in_what_the_table_names() -> None:
    """Of twenty lines, few: the comparison is about those."""
    theirs, ours, _ = blocks(EDITIONS[0], "python")
    ours_alone = set(ours.splitlines()) - set(theirs.splitlines())
    assert 5 <= len(ours_alone) <= 10
