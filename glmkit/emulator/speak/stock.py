"""Ready-made sound: what the emulator says often, spoken once and kept in ``stock/``.

It costs next to nothing to send, and it is all the Mandarin there is while the weights are not
installed: whole clauses of the dialogue's fixed texts, and the words numbers and times are made of,
which ``put_together`` joins ("现在是 | 下午 | 三 | 点 | 二 | 十 | 分").

``python -m glmkit.emulator.speak.stock`` speaks again whatever has changed since. ``stock.json``
lists, for each file, the words in it and the samples at which each begins and ends.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from glmkit.emulator.speak.spelled import in_words
from glmkit.emulator.think.clauses import Language

RATE: Final = 24_000
FOLDER: Final = Path(__file__).parent / "stock"
TABLE: Final = "stock.json"
_QUALITY: Final = 0.7  # of the Vorbis encoder, from 0 (best): about 6 kB a second
_GAP: Final = RATE // 20  # samples of silence between two clauses in a file

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


@dataclass(frozen=True, slots=True)
class Span:
    """Where some words are: in which file, from which sample to which."""

    file: str
    start: int
    end: int


def has(words: str, language: Language) -> bool:
    """Whether exactly these ``words`` are in stock."""
    return (language, words.strip()) in spans()


def find(words: str, language: Language) -> Samples | None:
    """The ready sound of exactly these ``words``, shape (n,), 24 kHz; None where there is none."""
    span = spans().get((language, words.strip()))
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
def spans() -> Mapping[tuple[Language, str], Span]:
    """Language and words → where their ready sound is."""
    listed = _listed(FOLDER / TABLE)
    return {
        (_language(name), words): Span(f"{name}.ogg", start, end)
        for name, entries in listed.items()
        for words, start, end in entries
    }


def _listed(path: Path) -> dict[str, list[tuple[str, int, int]]]:
    if not path.is_file():
        return {}
    table: dict[str, list[tuple[str, int, int]]] = json.loads(path.read_text(encoding="utf-8"))
    return table


def _language(name: str) -> Language:
    return "en" if name.endswith(".en") else "zh"


@cache
def _cut_out(span: Span) -> Samples:
    import soundfile

    sound, _ = soundfile.read(FOLDER / span.file, start=span.start, stop=span.end, dtype="float32")
    sound.flags.writeable = False
    return np.asarray(sound, np.float32)


# ── making it ────────────────────────────────────────────────────────────────────────────────


def wanted() -> dict[str, list[str]]:
    """File → the clauses that should be in it."""
    from glmkit.emulator.think.dialogue import LANGS, stock_texts
    from glmkit.texts import text_in

    found = {f"{id}.{lang}": list(_stripped(clauses)) for id, lang, clauses in stock_texts()}
    found["pieces.zh"] = list(PIECES)
    found |= {f"not_spoken.{lang}": [text_in(lang, "voices.not_spoken")] for lang in LANGS}
    return found


def _stripped(clauses: tuple[str, ...]) -> Iterator[str]:
    return (clause.strip() for clause in clauses)


def make(folder: Path = FOLDER) -> list[str]:
    """Speak what is new or has changed into ``folder`` and drop what is gone; the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    want, have = wanted(), _listed(folder / TABLE)
    kept = {
        name: entries
        for name, entries in have.items()
        if [words for words, _, _ in entries] == want.get(name)
        and (folder / f"{name}.ogg").is_file()
    }
    new = {name: _make_one(folder, name, want[name]) for name in sorted(want.keys() - kept.keys())}
    for path in folder.glob("*.ogg"):
        if path.stem not in want:
            path.unlink()
    table = dict(sorted((kept | new).items()))
    lines = [json.dumps({name: table[name]}, ensure_ascii=False)[1:-1] for name in table]
    (folder / TABLE).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    return list(new)


def _make_one(folder: Path, name: str, clauses: list[str]) -> list[tuple[str, int, int]]:
    import soundfile

    sounds: list[Samples] = []
    entries, at = [], _GAP
    for clause in clauses:
        samples = _said(name, clause)
        sounds += [np.zeros(_GAP, np.float32), samples]
        entries.append((clause, at, at + len(samples)))
        at += len(samples) + _GAP
    soundfile.write(
        folder / f"{name}.ogg",
        np.concatenate([*sounds, np.zeros(_GAP, np.float32)]),
        RATE,
        format="OGG",
        subtype="VORBIS",
        compression_level=_QUALITY,
    )
    return entries


def _said(name: str, clause: str) -> Samples:
    from glmkit.emulator.speak import synthesis, voice

    if name == "pieces.zh":  # a word alone is drawn out, and mumbled
        return synthesis.make(clause, "zh", synthesis.Sound("zf_xiaoxiao", speed=1.2, as_of=16))
    return voice.speak(clause, lang=_language(name)).samples


if __name__ == "__main__":
    make()
