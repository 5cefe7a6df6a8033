"""Which scripts a session answers from: everybody's, those of a teacher, and those its
instructions choose by their persona."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Final

from glmkit.emulator.think.persona import Lang
from glmkit.emulator.think.repertoire import Repertoire
from glmkit.protocol.script import Script
from glmkit.protocol.script_file import read_script

FOLDER: Final = Path(__file__).parent / "scripts"
LANGS: Final[tuple[Lang, ...]] = ("en", "zh")


class ScriptsAtHand:
    """The kit's scripts, behind those that somebody gave; may be shared by threads."""

    def __init__(self, given: Sequence[Script] = ()) -> None:
        own = tuple(given)
        make = partial(_repertoire, given=own)
        self._repertoire = lru_cache(16)(make) if own else _kit_repertoire

    def repertoires(self, instructions: str) -> dict[Lang, Repertoire]:
        """What a session with these instructions answers from, by language."""
        chosen = frozenset(
            number
            for number, script in enumerate(_personas())
            if any(word.lower() in instructions.lower() for word in _when(script))
        )
        return {lang: self._repertoire(lang, chosen) for lang in LANGS}


def _repertoire(lang: Lang, chosen: frozenset[int], *, given: Sequence[Script] = ()) -> Repertoire:
    own = [*given, *(each for n, each in enumerate(_personas()) if n in chosen)]
    return Repertoire(
        [each for each in own if each.language == lang],
        [each for each in _kit_scripts() if each.language == lang and not each.persona],
    )


_kit_repertoire = lru_cache(16)(_repertoire)  # the same for every server of a process


def kit_scripts(lang: Lang) -> Iterator[Script]:
    """The kit's own scripts in a language."""
    return (each for each in _kit_scripts() if each.language == lang)


@cache
def _kit_scripts() -> tuple[Script, ...]:
    return tuple(read_script(path) for path in sorted(FOLDER.glob("*/*.yaml")))


@cache
def _personas() -> tuple[Script, ...]:
    return tuple(each for each in _kit_scripts() if each.persona)


def _when(script: Script) -> tuple[str, ...]:
    return script.persona.when if script.persona else ()
