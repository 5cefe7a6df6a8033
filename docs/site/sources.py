"""The sources that Sphinx reads, a tree for each language, written from what the repository holds.

Rules
- The same files in both trees: a page's other edition has the same address.
- A file is written where it differs, and one that nobody wants any more goes, so that Sphinx reads
  again what has changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import nbformat

from docs.site.api_pages import api_pages
from docs.site.glossary_page import glossary_page, with_linked_words
from docs.site.links import SiteLinks
from docs.site.outputs import settle_outputs
from docs.site.pages import ROOT, Chapter, Page, chapters, short_titles
from docs.site.sentences import sentence
from glmkit.errors import Missing
from glmkit.texts import Language

_LOCALE: Final = Path(__file__).with_name("locale")
_TITLE: Final = re.compile(r"^# (.+)$", re.MULTILINE)


class SourceTree:
    """The tree of one language in ``folder``; ``copies`` has the executed lessons by page."""

    def __init__(
        self, folder: Path, lang: Language, copies: Mapping[str, tuple[Path, bool]]
    ) -> None:
        self._folder, self._lang, self._copies = folder, lang, copies
        self._chapters = chapters()
        self._links = SiteLinks(page for each in self._chapters for page in each.pages)
        self._written: set[Path] = set()

    def write(self) -> None:
        """Write all of it. Raises Missing for a page without an edition in this language."""
        for chapter in self._chapters:
            for page in chapter.pages:
                self._write(page.file, self._content(page))
        self._write("index.md", self._index())
        self._write("glossary.md", glossary_page(self._lang))
        for file, content in api_pages(self._lang).items():
            self._write(file, content)
        for source, file in self._links.files.items():
            self._write(file, source.read_bytes())
        for path in _LOCALE.rglob("*.po"):
            self._write(f"locale/{path.relative_to(_LOCALE).as_posix()}", path.read_bytes())
        self._sweep()

    def _content(self, page: Page) -> str:
        source = page.source(self._lang)
        if not source.is_file():
            raise Missing(sentence(self._lang, "no_edition", path=source.relative_to(ROOT)))
        if source.suffix == ".ipynb":
            return self._notebook(page, source)
        prose = self._links.rewritten(source.read_text(encoding="utf-8"), page, self._lang)
        return (
            _TITLE.sub(f"# {sentence(self._lang, 'install')}", prose, 1)
            if page.name == "readme"
            else prose
        )

    # -- notebooks ---------------------------------------------------------------------------

    def _notebook(self, page: Page, source: Path) -> str:
        """A notebook with its outputs if it was executed, and with what is said of them."""
        copy, hears = self._copies.get(page.name, (None, False))
        notebook = nbformat.read(copy or source, as_version=4)
        for number, cell in enumerate(notebook.cells):
            cell.metadata, cell.id = nbformat.from_dict({}), f"cell-{number}"
            if cell.cell_type == "markdown":
                prose = self._links.rewritten(cell.source, page, self._lang)
                cell.source = with_linked_words(prose)
        settle_outputs(notebook, self._lang)
        self._say_how_it_ran(notebook, page, source, copy is not None, hears)
        return str(nbformat.writes(notebook))

    def _say_how_it_ran(
        self, notebook: Any, page: Page, source: Path, executed: bool, hears: bool
    ) -> None:
        """At the end of its first cell: the peer, or the figure of a run, and the file itself."""
        file = self._links.bring(source)
        download = f"{{download}}`{sentence(self._lang, 'download')} <../{file}>`"
        key = ("hears" if hears else "no_models") if executed else "not_run"
        words = sentence(
            self._lang, "experiment_figure" if page.name.startswith("experiments/") else key
        )
        said = f"\n\n```{{container}} site-note\n{words} {download}\n```\n"
        notebook.cells[0].source += said + self._figure(page)

    def _figure(self, page: Page) -> str:
        """The stored figure of an experiment; "" for a lesson."""
        edition = ".zh-CN" if self._lang == "zh" else ""
        picture = page.english.with_name(f"{page.english.stem}{edition}.png")
        if not page.name.startswith("experiments/") or not picture.is_file():
            return ""
        return f"\n![{page.english.stem}](../{self._links.bring(picture)})\n"

    # -- the start page ----------------------------------------------------------------------

    def _index(self) -> str:
        first = next(each for each in self._chapters if each.name == "course").pages[0]
        title = _title(first.source(self._lang))
        install = sentence(self._lang, "install")
        return "\n\n".join(
            [
                "# glmkit",
                sentence(self._lang, "lead"),
                sentence(self._lang, "peer"),
                sentence(self._lang, "begin", title=title, file=first.file, install=install),
                sentence(self._lang, "offline"),
                *(part for each in self._chapters[1:] for part in self._list(each)),
                *map(self._toctree, self._chapters),
                self._reference(),
            ]
        )

    def _list(self, chapter: Chapter) -> Iterable[str]:
        """A chapter on the start page: its pages, and what a lesson is about."""
        yield f"## {sentence(self._lang, f'chapter_{chapter.name}')}"
        yield "\n".join(f"- {self._line(page)}" for page in chapter.pages)

    def _line(self, page: Page) -> str:
        title, name = _title(page.source(self._lang)), short_titles(self._lang).get(page.name)
        if name is None:
            return f"[{title}]({page.file})"
        return sentence(self._lang, "lesson", name=name, file=page.file, question=title)

    def _toctree(self, chapter: Chapter) -> str:
        short = short_titles(self._lang)
        entries = [
            f"{short[page.name]} <{page.name}>" if page.name in short else page.name
            for page in chapter.pages
        ]
        return _toctree(sentence(self._lang, f"chapter_{chapter.name}"), entries)

    def _reference(self) -> str:
        return _toctree(sentence(self._lang, "chapter_reference"), ["glossary", "api/index"])

    # -- files -------------------------------------------------------------------------------

    def _write(self, file: str, content: str | bytes) -> None:
        path = self._folder / file
        data = content.encode("utf-8") if isinstance(content, str) else content
        self._written.add(path)
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def _sweep(self) -> None:
        for path in self._folder.rglob("*"):
            if path.is_file() and path not in self._written and path.suffix != ".mo":
                path.unlink()


def _toctree(caption: str, entries: Iterable[str]) -> str:
    inside = "\n".join(entries)
    return f"```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{inside}\n```"


def _title(source: Path) -> str:
    """The first heading of a page."""
    if source.suffix == ".ipynb":
        prose = nbformat.read(source, as_version=4).cells[0].source
    else:
        prose = source.read_text(encoding="utf-8")
    found = _TITLE.search(prose)
    return found[1] if found else source.stem
