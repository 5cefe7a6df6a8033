"""The tool that makes what is in stock: ``python -m glmkit.emulator.speak.restock``.

It speaks again whatever has changed since the last time, and drops what nobody says any more; with
``--all`` it speaks everything again, as when the way of speaking has changed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

import numpy as np

from glmkit.emulator.speak import synthesis, voice
from glmkit.emulator.speak.kokoro import RATE
from glmkit.emulator.speak.stock import (
    FOLDER,
    PIECES,
    TABLE,
    VOICE,
    Samples,
    language_in,
    read_table,
    voice_in,
)
from glmkit.emulator.think.rules import stock_texts
from glmkit.emulator.think.scripts_at_hand import LANGS
from glmkit.texts import text_in

_QUALITY: Final = 0.9  # of the Vorbis encoder, from 0 (best): about 4 kB a second
_WORDS: Final = "pieces.zh"  # what numbers are joined from
ALONE: Final = synthesis.VoiceSetting("zf_xiaoxiao", speed=1.2, as_of=16)
"""How these are spoken."""
_GAP: Final = RATE // 20  # samples of silence between two clauses in a file


def wanted() -> dict[str, list[str]]:
    """File → the clauses that should be in it."""
    found = {f"{id}.{lang}": [each.strip() for each in said] for id, lang, said in stock_texts()}
    found[_WORDS] = list(PIECES)
    for each in voice.voices():  # a voice is met with these, and they take long to make
        for lang in LANGS:
            own = text_in(lang, "voices.hear_me", name=each.name)
            found[f"hear_me@{each.name}.{lang}"] = [own]
            if each.name != VOICE:
                found[f"intro@{each.name}.{lang}"] = found[f"intro.{lang}"]
    found |= {f"not_spoken.{lang}": [text_in(lang, "voices.not_spoken")] for lang in LANGS}
    return found


def make(folder: Path = FOLDER, *, anew: bool = False) -> list[str]:
    """Speak what is new or has changed into ``folder`` and drop what is gone; the files written.

    ``anew``: everything."""
    folder.mkdir(parents=True, exist_ok=True)
    want, have = wanted(), {} if anew else read_table(folder)
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
    if name == _WORDS:
        return synthesis.word(clause, ALONE)
    return voice.speak(clause, lang=language_in(name), voice=voice_in(name)).samples


if __name__ == "__main__":
    make(anew="--all" in sys.argv[1:])
