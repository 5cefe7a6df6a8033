"""Characters of the same sound, put right by words."""

from __future__ import annotations

import re

import pytest

from glmkit.emulator.hear.homophones import respelt
from tests.listed import check_each
from tests.texts.test_texts import SENTENCES

HEARD = (
    ("材样率是每秒16000次。", "采样率是每秒16000次。"),
    ("终秋解那天吃月饼。", "中秋节那天吃月饼。"),
    ("碗饭想吃西红市炒鸡蛋", "晚饭想吃西红柿炒鸡蛋"),
    ("你能用简单的话解释一下什么试令牌吗？", "你能用简单的话解释一下什么是令牌吗？"),
    ("手包延迟大约是800毫秒", "首包延迟大约是800毫秒"),
    ("3成以7等于多少？", "3乘以7等于多少？"),
    ("20架30等于几？", "20加30等于几？"),
    ("7.1克叫我。", "7点1刻叫我。"),
)
RIGHT = (
    "请给我100克糖。",
    "给张三打个电话。",
    "四是四，十是十。",
    "他在家里再试一次。",
    "3架飞机，5家饭馆。",
    "Hello, 你好。",
    "",
)


@pytest.mark.slow
def test_what_sounds_right_becomes_right() -> None:
    """Words that are none become those that sound like them; also between numbers."""

    def spelt(heard: str, wanted: str) -> None:
        assert respelt(heard) == wanted, respelt(heard)

    check_each(spelt, [*HEARD, *((text, text) for text in RIGHT)])


@pytest.mark.slow
def test_what_is_right_stays_right() -> None:
    """Of the Chinese that the kit itself says, next to nothing is taken for something else."""
    runs = {
        run for _, _, chinese in SENTENCES for run in re.findall("[\u4e00-\u9fff]{2,}", chinese)
    }
    changed = sorted(run for run in runs if respelt(run) != run)
    assert len(changed) <= len(runs) / 500, changed


def test_names_stay() -> None:
    """A name that was expected is not taken for a word."""
    assert respelt("材样先生好", names=["材样"]) == "材样先生好"
