"""Ready-made sound: what the emulator says often, spoken once and kept in ``stock/``.

It costs next to nothing to send, and it is all the Mandarin there is while the weights are not
installed: whole clauses of the dialogue's fixed texts, and the words numbers and times are made of,
which ``put_together`` joins ("现在是 | 下午 | 三 | 点 | 二 | 十 | 分").

``stock.json`` lists, for each file, the words in it and the samples at which each begins and ends;
``restock`` makes it, and the files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from glmkit.emulator.speak.text_normalisation import in_words
from glmkit.emulator.think.clauses import Language

VOICE: Final = "tongtong"
"""Who speaks what is ready-made, but for the few words of each voice's own."""
FOLDER: Final = Path(__file__).parent / "stock"
TABLE: Final = "stock.json"

#: What numbers, times, dates and measurements are made of.
PIECES: Final = (
    *"零一二三四五六七八九十百千万点分秒年月日号负两半",
    "等于", "加", "减", "乘", "除以", "百分之", "度", "摄氏度",
    "现在是", "今天是", "明天是", "后天是", "昨天是", "前天是", "那天是",
    "凌晨", "早上", "上午", "中午", "下午", "晚上",
    *(f"星期{day}" for day in "一二三四五六日"),
    "我收到了一段声音", "长", "比满刻度低", "分贝", "全是静音",
    "这里还不能识别文字", "安装语音模型之后我就能听懂",
)  # fmt: skip

Samples = NDArray[np.float32]
Table = dict[str, list[tuple[str, int, int]]]
"""File → its words, each with the samples at which it begins and ends."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where some words are: in which file, from which sample to which."""

    file: str
    start: int
    end: int


def has(words: str, language: Language, voice: str = VOICE) -> bool:
    """Whether exactly these ``words`` are in stock."""
    return (voice, language, words.strip()) in spans()


def find(words: str, language: Language, voice: str = VOICE) -> Samples | None:
    """The ready sound of exactly these ``words``, shape (n,), 24 kHz; None where there is none."""
    span = spans().get((voice, language, words.strip()))
    return None if span is None else _cut_out(span)


def put_together(words: str) -> Samples | None:
    """Mandarin ``words`` joined from ready pieces; None when some of it is not among them."""
    said = re.findall(r"\w+", in_words(words))
    pieces = [piece for run in said for piece in _PIECE.findall(run)]
    if not pieces or sum(map(len, pieces)) != sum(map(len, said)):
        return None
    found = [find(piece, "zh") for piece in pieces]
    ready = [sound for sound in found if sound is not None]
    return np.concatenate(ready) if len(ready) == len(found) else None


_PIECE = re.compile("|".join(sorted(PIECES, key=len, reverse=True)))


@cache
def spans() -> Mapping[tuple[str, Language, str], Span]:
    """Voice, language and words → where their ready sound is."""
    listed = read_table(FOLDER)
    return {
        (voice_in(name), language_in(name), words): Span(f"{name}.ogg", start, end)
        for name, entries in listed.items()
        for words, start, end in entries
    }


def read_table(folder: Path) -> Table:
    """The table of ``folder``, empty where there is none yet."""
    path = folder / TABLE
    if not path.is_file():
        return {}
    table: Table = json.loads(path.read_text(encoding="utf-8"))
    return table


def language_in(name: str) -> Language:
    """The language of what a file's name says is in it."""
    return "en" if name.endswith(".en") else "zh"


def voice_in(name: str) -> str:
    """Whose voice is in a file: ``intro@xiaochen.zh`` is xiaochen's."""
    _, _, voice = name.rpartition(".")[0].partition("@")
    return voice or VOICE


@cache
def _cut_out(span: Span) -> Samples:
    import soundfile

    sound, _ = soundfile.read(FOLDER / span.file, start=span.start, stop=span.end, dtype="float32")
    sound.flags.writeable = False
    return np.asarray(sound, np.float32)
