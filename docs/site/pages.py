"""Which pages there are, by listing what lies in the repository; named alike in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from glmkit.texts import Language

ROOT: Final = Path(__file__).parents[2]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")
_NOTEBOOKS: Final = ROOT / "notebooks"
_DOCS: Final = ROOT / "docs"
_EXPERIMENTS: Final = _DOCS / "experiments"
_PLANS: Final = _DOCS / "teaching"
_FIRST_PLANS: Final = ("README", "before-the-first-lesson", "one-lesson", "semester")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site: its name, ``/`` between folders, and its source in each language."""

    name: str
    english: Path
    chinese: Path

    def source(self, lang: Language) -> Path:
        """What it is written in."""
        return self.chinese if lang == "zh" else self.english

    @property
    def file(self) -> str:
        """Its file among the sources that Sphinx reads."""
        return f"{self.name}{self.english.suffix}"


@dataclass(frozen=True, slots=True)
class Chapter:
    """Pages under one heading of the navigation; the heading is ``site.chapter_`` and the name."""

    name: str
    pages: tuple[Page, ...]


def chapters() -> tuple[Chapter, ...]:
    """All pages that are written by hand, in the order in which they are read."""
    return (
        Chapter("start", (Page("readme", ROOT / "README.md", ROOT / "README.zh-CN.md"),)),
        Chapter("course", tuple(_course())),
        Chapter("plans", tuple(_plans())),
        Chapter("experiments", tuple(_experiments())),
        Chapter("guides", tuple(_guides())),
    )


def course() -> tuple[Page, ...]:
    """The lessons: what is executed."""
    return next(each.pages for each in chapters() if each.name == "course")


def _course() -> Iterator[Page]:
    for path in sorted(_NOTEBOOKS.glob("*.ipynb")):
        yield Page(f"notebooks/{path.stem}", path, _NOTEBOOKS / "zh" / path.name)


def _plans() -> Iterator[Page]:
    listed = [path.stem for path in sorted(_PLANS.glob("*.md"))]
    ordered = [*_FIRST_PLANS, *(stem for stem in listed if stem not in _FIRST_PLANS)]
    for stem in ordered:
        name = "index" if stem == "README" else stem
        english, chinese = _PLANS / f"{stem}.md", _PLANS / "zh" / f"{stem}.md"
        yield Page(f"teaching/{name}", english, chinese)


def _experiments() -> Iterator[Page]:
    index = (_EXPERIMENTS / "README.md", _EXPERIMENTS / "README.zh-CN.md")
    yield Page("experiments/index", *index)
    for path in sorted(_EXPERIMENTS.glob("*.ipynb")):
        yield Page(f"experiments/{path.stem}", path, _EXPERIMENTS / "zh" / path.name)


def _guides() -> Iterator[Page]:
    for path in sorted(_DOCS.glob("*.md")):
        if not path.stem.endswith(".zh-CN"):
            yield Page(f"docs/{path.stem}", path, path.with_suffix(".zh-CN.md"))


def short_titles(lang: Language) -> dict[str, str]:
    """What the course's own list calls a lesson, by its page's name."""
    listed = (_NOTEBOOKS / "README.md").read_text(encoding="utf-8")
    folder = "zh/" if lang == "zh" else ""
    found = re.findall(rf"\[([^\]]+)\]\({folder}(\w+)\.ipynb\)", listed)
    return {f"notebooks/{stem}": title for title, stem in found}
