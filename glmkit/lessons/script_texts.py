"""The scripts of lesson 13 to read: whole, or what one changes in another.

::

    glm.lessons.script("blog_like")                       # a ScriptText: its lines, its path
    glm.lessons.script_change("3_ends", "4_samples")      # the lines that go and those that come
    glm.lessons.copy_script("5_pace", "mine.py")          # a copy that a learner may change

The files are in English, and run as they are; to read, in a copy too, those of the kit say in the
reader's language what they begin with and what their comments say.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from pathlib import Path
from typing import Any, Final

from glmkit.auth.masking import mask
from glmkit.cards.frame import bundle, card, chip, in_terminal, row, safe
from glmkit.environment import CLONE, PACKAGE
from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadArgument, BadFile
from glmkit.media.source import path_of
from glmkit.texts import language, text, unfilled

#: From the first script to the one that can be trusted, and the same with the kit.
NAMES: Final = (
    *("blog_like", "1_token", "2_reads", "3_ends", "4_samples", "5_pace", "6_silence", "7_sound"),
    *("bare", "with_kit"),
)
_FOLDERS: Final = (CLONE / "examples", PACKAGE / "examples")
_NEAR: Final = 1  # lines around a change that say where it is
_MOST: Final = 200_000  # bytes of a script


@dataclass(frozen=True, slots=True, repr=False)
class ScriptText:
    """A script to read; where it is shown, keys are masked.

    ``name``, its ``path``, and its ``source``, in the reader's language where it is the kit's.
    """

    name: str
    path: Path
    source: str

    @property
    def lines(self) -> list[str]:
        """Its lines, without their ends."""
        return self.source.splitlines()

    @property
    def shown(self) -> list[str]:
        """Its lines as they may be shown; the kit's own have no key, and are shown as they are."""
        ours = any(folder in self.path.parents for folder in _FOLDERS)
        return self.lines if ours else mask(self.source).splitlines()

    def __repr__(self) -> str:
        return "\n".join(self.shown)

    def _repr_mimebundle_(self, **_: Any) -> Any:
        numbered = [(" ", f"{number:3d}  {line}") for number, line in enumerate(self.shown, 1)]
        label = text("stages.lines", name=self.path.name, count=len(self.lines))
        return _shown(repr(self), label, numbered)


@dataclass(frozen=True, slots=True, repr=False)
class ScriptChange:
    """What one script changes in another.

    ``lines``: pairs of a sign and a line: ``-`` goes, ``+`` comes, a blank stays and says where,
    ``…`` stands for lines that are left out.
    """

    before: ScriptText
    after: ScriptText
    lines: tuple[tuple[str, str], ...]

    @property
    def size(self) -> int:
        """How many lines come or go."""
        return sum(sign in "+-" for sign, _ in self.lines)

    def __repr__(self) -> str:
        return "\n".join(f"{sign} {line}".rstrip() for sign, line in self.lines)

    def _repr_mimebundle_(self, **_: Any) -> Any:
        names = {"before": self.before.path.name, "after": self.after.path.name}
        return _shown(repr(self), text("stages.change", count=self.size, **names), self.lines)


def script(name: str | os.PathLike[str]) -> ScriptText:
    """A script of the kit by name, or yours by path.

    Raises BadArgument for a name that is none, BadFile for a file that cannot be read.
    """
    path = _place_of(name)
    try:
        if path.stat().st_size > _MOST:
            raise BadFile(text("stages.too_long", path=path, most=_MOST))
        found = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = why_refused(error) if isinstance(error, OSError) else str(error)
        raise BadFile(text("stages.unreadable", path=path, why=why)) from None
    return ScriptText(path.stem, path, _translated(found) if name in NAMES else found)


def _translated(source: str) -> str:
    """A script of the kit in the reader's language: the same code, other words around it."""
    for begin, frame in (("stages.about_", '"""{}"""\n'), ("stages.comment_", "  # {}\n")):
        theirs = unfilled(begin, language())
        for name, words in unfilled(begin, "en").items():
            source = source.replace(frame.format(words), frame.format(theirs[name]))
    return source


def script_change(before: str | os.PathLike[str], after: str | os.PathLike[str]) -> ScriptChange:
    """What the script ``after`` changes in ``before``. Raises as ``script`` does."""
    old, new = script(before), script(after)
    return ScriptChange(old, new, tuple(_changed(old.shown, new.shown)))


def copy_script(name: str, to: str | os.PathLike[str]) -> Path:
    """Copy a script to a file that you may change.

    Its path. A file that is there already stays, and is no error: it may hold your changes.
    Raises BadArgument, BadFile.
    """
    source, place = script(name).source, path_of(to)
    if place.exists():
        return place
    try:
        place.write_text(source, encoding="utf-8")
    except OSError as error:
        raise BadFile(text("stages.not_written", path=place, why=why_refused(error))) from None
    return place


def _place_of(name: object) -> Path:
    known = ", ".join(NAMES)
    if not isinstance(name, str | os.PathLike):
        raise BadArgument(text("stages.no_script", found=type(name).__name__, known=known))
    if name in NAMES:
        return _kit_place(str(name))
    path = path_of(name)
    if path.suffix != ".py" or not path.is_file():
        raise BadArgument(text("stages.no_script", found=path, known=known))
    return path


def _kit_place(name: str) -> Path:
    inner = Path(f"stages/{name}.py" if name[0].isdigit() else f"{name}.py")
    return next((f / inner for f in _FOLDERS if (f / inner).is_file()), _FOLDERS[0] / inner)


def _changed(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    groups = SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_NEAR)
    for group in groups:
        if found:
            found.append(("…", ""))
        for kind, a, b, c, d in group:
            if kind == "equal":
                found += [(" ", line) for line in old[a:b]]
            else:
                found += [("-", line) for line in old[a:b]] + [("+", line) for line in new[c:d]]
    return found


_COLOURS: Final = {"-": "error", "+": "input"}


def _shown(plain: str, label: str, lines: Any) -> Any:
    """A card of code; what goes and comes has its sign, not its colour alone."""
    if in_terminal():
        return {}
    body = "".join(f"<div{_class_of(sign)}>{sign} {escape(line)}</div>" for sign, line in lines)
    head = row(chip(safe(label), "input"))
    code = f'<pre dir="ltr">{body}</pre>'
    return bundle(plain, card("script", safe(label), head, code))


def _class_of(sign: str) -> str:
    return f' class="glm-{_COLOURS[sign]}"' if sign in _COLOURS else ""
