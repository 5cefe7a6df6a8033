"""Which script a name or a path means, and what of it is made ready before anything is sent.

Rules
- A name is a script that comes with the kit, in the reader's language unless ``zh/`` or ``en/``
  stands before it; the emulator answers from those by itself, its instructions choose them.
- Paths in a script lie beside it. Pictures, recordings and speech are made ready first, so that
  what is wrong with a script costs nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from glmkit.emulator.speak.voice import speak
from glmkit.emulator.think.scripts_at_hand import FOLDER, LANGS, ScriptsAtHand, kit_scripts
from glmkit.errors import BadArgument, BadFile
from glmkit.explain import findings
from glmkit.lab.scores import has_words
from glmkit.media.clip import Clip
from glmkit.media.kit_samples import is_sample, picture_path, sample
from glmkit.media.pictures import jpeg_frame
from glmkit.protocol.script import Script, ScriptLine
from glmkit.protocol.script_file import read_script
from glmkit.texts import Language, language, text, text_in
from glmkit.texts.layout.lines import terminal_columns, wrap

_SUFFIXES: Final = (".yaml", ".yml")
#: The voices that the emulator's own recogniser takes for what they say, in the kit's talks.
_CLEAREST: Final = {"zh": "xiaochen", "en": "tongtong"}


@dataclass(frozen=True)
class FoundScript:
    """A script to rehearse. ``own``: whether an emulator must be given it to answer from it."""

    name: str
    script: Script
    folder: Path = field(repr=False)
    own: bool = True

    @property
    def instructions(self) -> str:
        """What the other side is told, so that it plays its part."""
        return self.script.persona.instructions if self.script.persona else ""

    @property
    def at_hand(self) -> ScriptsAtHand:
        """What an emulator answers from."""
        return ScriptsAtHand((self.script,) if self.own else ())


@dataclass(frozen=True)
class ReadyLine:
    """A line with its sound and its picture."""

    line: ScriptLine
    clip: Clip | None = field(repr=False)
    frame: bytes | None = field(repr=False)

    @property
    def way(self) -> str:
        """How it is said."""
        return "written" if self.clip is None else "recording" if self.line.recording else "spoken"

    @property
    def said(self) -> str:
        """The words, or the recording's name where nobody wrote down what it says."""
        return self.line.text or self.line.recording


@dataclass(frozen=True, slots=True)
class ScriptEntry:
    """A script of the kit's: its name, and what it is and is for."""

    name: str
    language: Language
    title: str
    purpose: str
    lines: int


class ScriptList(list[ScriptEntry]):
    """The kit's scripts; shown, a paragraph each."""

    def __repr__(self) -> str:
        return "\n".join(self._shown())

    def _shown(self) -> Iterator[str]:
        for each in self:
            facts = {"name": each.name, "title": each.title, "lines": each.lines}
            yield text_in(each.language, "rehearsal.script", **facts)
            for line in wrap(each.purpose, terminal_columns() - 2):
                yield f"  {line}"


def scripts(lang: Language | None = None) -> ScriptList:
    """The talks that come with the kit, with title and purpose.

    ``rehearse`` takes their names. ``lang``: ``"zh"`` or ``"en"``; None: the reader's. Raises
    BadArgument.

    >>> glmkit.lab.scripts()
    >>> glmkit.lab.rehearse("service_desk", written=True)
    """
    lang = language() if lang is None else lang
    if lang not in LANGS:
        raise BadArgument(text("rehearsal.language", found=lang))
    return ScriptList(
        ScriptEntry(name, lang, script.title, script.purpose, len(script.says))
        for name, script in _talks(lang).items()
    )


#: A path, the name of one of the kit's, or the script itself.
ScriptSource = str | os.PathLike[str] | Script


def found_scripts(given: object, lang: Language | None = None) -> list[FoundScript]:
    """What was given: a path, a name, a Script, or several. Raises BadArgument, BadFile."""
    if lang is not None and lang not in LANGS:
        raise BadArgument(text("rehearsal.language", found=lang))
    several = given if isinstance(given, list | tuple) else [given]
    if not several:
        raise BadArgument(text("rehearsal.none", known=", ".join(_talks(lang or language()))))
    found = [_found(each, lang or language()) for each in several]
    for each in found:
        _check(each)
    return _told_apart(found)


def _found(given: object, lang: Language) -> FoundScript:
    if isinstance(given, Script):
        return FoundScript(given.title or "script", given, Path())
    if not isinstance(given, str | os.PathLike) or not os.fspath(given):
        raise BadArgument(text("script.neither", found=type(given).__name__))
    named = str(given)
    before, _, name = named.rpartition("/")
    talks = _talks(before) if before in LANGS else _talks(lang) if not before else {}
    if isinstance(given, str) and name in talks and not Path(named).is_file():
        return FoundScript(named, talks[name], FOLDER / talks[name].language, own=False)
    path = Path(given)
    if path.suffix.lower() not in _SUFFIXES and not path.exists():
        known = ", ".join(_talks(lang))
        raise BadArgument(text("rehearsal.unknown", found=named, known=known))
    return FoundScript(path.stem, read_script(path), path.parent)


@cache
def _talks(lang: Language) -> dict[str, Script]:
    """The kit's scripts that say something, by name."""
    names = (path.stem for path in sorted((FOLDER / lang).glob("*.yaml")))
    every = zip(names, kit_scripts(lang), strict=True)
    return {name: script for name, script in every if script.says and script.purpose}


def _check(found: FoundScript) -> None:
    if not found.script.says:
        raise BadFile(text("rehearsal.says_nothing", name=found.name))
    known = findings()
    for number, line in enumerate(found.script.says, 1):
        what = {"name": found.name, "number": number}
        for name in line.expects.no_finding:
            if name not in known:
                known_names = ", ".join(known)
                raise BadFile(text("rehearsal.finding", **what, found=name, known=known_names))
        if (why := _unheld(line)) is not None:
            raise BadFile(text("rehearsal.line", **what, why=why))


def _unheld(line: ScriptLine) -> str | None:
    """Why an expectation can be held against no answer; None where all can."""
    expects = line.expects
    words = (*expects.words, *expects.any, *expects.not_words, *expects.heard)
    if any(not each.strip() for each in words):
        return text("rehearsal.empty_word")
    scored = expects.cer is not None or expects.wer is not None
    return text("lab.score_empty", found=line.text) if scored and not has_words(line.text) else None


def _told_apart(found: Sequence[FoundScript]) -> list[FoundScript]:
    """With names of their own: the second of a name gets a number."""
    names = [each.name for each in found]
    many = [names[:place].count(each.name) for place, each in enumerate(found)]
    return [
        FoundScript(f"{each.name}-{n + 1}" if n else each.name, each.script, each.folder, each.own)
        for each, n in zip(found, many, strict=True)
    ]


# -- ready to be said ----------------------------------------------------------------------


def ready_lines(found: FoundScript, *, written: bool, voice: str | None) -> tuple[ReadyLine, ...]:
    """The lines with sound and pictures; ``written``: all that have words go in writing.

    Raises BadFile for what is not there or is none, Missing where nothing can speak.
    """
    return tuple(
        _ready(found, line, number, written=written, voice=voice)
        for number, line in enumerate(found.script.says, 1)
    )


def _ready(
    found: FoundScript, line: ScriptLine, number: int, *, written: bool, voice: str | None
) -> ReadyLine:
    try:
        frame = _frame(found.folder, line.shows) if line.shows else None
        if line.written or (written and line.text and not line.recording):
            return ReadyLine(line, None, frame)
        if line.recording:
            return ReadyLine(line, _recording(found.folder, line.recording), frame)
        lang = found.script.language
        clip = _spoken(line.text, lang, line.voice or voice or _CLEAREST[lang])
        return ReadyLine(line, clip, frame)
    except BadArgument as error:
        what = text("rehearsal.line", name=found.name, number=number, why=error)
        raise BadFile(what) from error


def _spoken(words: str, lang: Language, voice: str) -> Clip:
    clip = speak(words, lang=lang, voice=voice)
    if not clip.seconds:
        raise BadArgument(text("rehearsal.soundless", found=words))
    return clip


def _recording(folder: Path, named: str) -> Clip:
    """A file beside the script, or a recording of the kit's."""
    if is_sample(named) and not (folder / named).exists():
        return sample(named)
    return Clip.read(folder / named)


def _frame(folder: Path, named: str) -> bytes:
    """A picture beside the script, or one of the kit's, as it is sent."""
    path = folder / named
    return jpeg_frame(path if path.exists() or path.suffix else picture_path(named))
