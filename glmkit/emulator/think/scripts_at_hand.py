"""Which scripts a session answers from: everybody's, those of a teacher, and those its
instructions choose by their persona."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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
        self._made = lru_cache(16)(partial(_repertoire, given=own)) if own else _kit_repertoire

    def repertoires(self, instructions: str) -> Mapping[Lang, Repertoire]:
        """What a session with these instructions answers from, by language."""
        return _Repertoires(instructions.lower(), self._made)


class _Repertoires(Mapping[Lang, Repertoire]):
    """Each language is read when somebody speaks it."""

    def __init__(self, instructions: str, made: Callable[..., Repertoire]) -> None:
        self._instructions, self._made = instructions, made

    def __getitem__(self, lang: Lang) -> Repertoire:
        chosen = (n for n, each in enumerate(kit_scripts(lang)) if self._chooses(each))
        return self._made(lang, frozenset(chosen))

    def __iter__(self) -> Iterator[Lang]:
        return iter(LANGS)

    def __len__(self) -> int:
        return len(LANGS)

    def _chooses(self, script: Script) -> bool:
        when = script.persona.when if script.persona else ()
        return any(word.lower() in self._instructions for word in when)


def _repertoire(lang: Lang, chosen: frozenset[int], *, given: Sequence[Script] = ()) -> Repertoire:
    own = [each for each in given if each.language == lang]
    own += [each for n, each in enumerate(kit_scripts(lang)) if n in chosen]
    return Repertoire(own, [each for each in kit_scripts(lang) if not each.persona])


_kit_repertoire = lru_cache(16)(_repertoire)  # the same for every server of a process


@cache
def kit_scripts(lang: Lang) -> tuple[Script, ...]:
    """The kit's own scripts in a language."""
    return tuple(read_script(path) for path in sorted((FOLDER / lang).glob("*.yaml")))
