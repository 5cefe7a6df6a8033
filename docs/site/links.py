"""Links of hand-written pages, led to the pages of the site.

Rules
- What is a page of the same language is linked to it; of the other language, to its page there. A
  line that is only a link to the page's own other edition goes: a switch stands on every page.
- A picture or a source file is copied beside the pages and shown, or offered, from there.
- What is neither (the repository's own documents, a folder) keeps its name, without a link.
- A file that a heading offers is offered below it: headings go into tables of contents.
- Code, in fences or in backticks, is left as it is.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Final

from docs.site.pages import LANGUAGES, ROOT, Page
from glmkit.texts import Language

_PARTS: Final = re.compile(
    r"(?P<code>^```.*?^```|`[^`\n]+`)"
    r"|(?P<picture>!?)\[(?P<words>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<target>[^()\s]+)\)",
    re.MULTILINE | re.DOTALL,
)
_OTHER_EDITION: Final = re.compile(r"^\[(?:简体中文|English)\]\(\S+\)\n+", re.MULTILINE)
_HEADING: Final = re.compile(r"^#+ .*$", re.MULTILINE)
_FILE: Final = re.compile(r"\[([^\]]+)\]\([^)]*\bfiles/[^)]+\)")
_ELSEWHERE: Final = re.compile(r"[a-z]+:|#")
#: What a reader can look at or take along; other kinds keep their names only.
_OFFERED: Final = {".png", ".jpg", ".svg", ".py", ".js", ".mjs", ".go", ".html", ".yaml", ".txt"}


class SiteLinks:
    """Rewrites links by the sources of ``pages``; ``files`` are those that must come along."""

    def __init__(self, pages: Iterable[Page]) -> None:
        pages = tuple(pages)
        self._homes: dict[Path, tuple[Language, str]] = {
            page.source(lang).resolve(): (lang, page.file) for page in pages for lang in LANGUAGES
        }
        index: tuple[Language, str] = ("en", "index.md")
        self._homes[(ROOT / "notebooks" / "README.md").resolve()] = index
        self.files: dict[Path, str] = {}

    def rewritten(self, words: str, page: Page, lang: Language) -> str:
        """``words`` of ``page`` in ``lang``, with links that lead somewhere on the site."""
        words = _OTHER_EDITION.sub("", words, count=1)
        words = _PARTS.sub(lambda found: self._part(found, page, lang), words)
        return _HEADING.sub(_with_files_below, words)

    def _part(self, found: re.Match[str], page: Page, lang: Language) -> str:
        if found["code"] or _ELSEWHERE.match(found["target"]):
            return found[0]
        words, (path, _, anchor) = found["words"], found["target"].partition("#")
        anchor = f"#{anchor}" if anchor else ""
        target = (page.source(lang).parent / path).resolve()
        if target in self._homes:
            return self._to_page(words, anchor, page, lang, self._homes[target])
        if target.suffix in _OFFERED and target.is_file() and target.is_relative_to(ROOT):
            return f"{found['picture']}[{words}]({_relative(self.bring(target), page)})"
        return words

    def _to_page(
        self, words: str, anchor: str, page: Page, lang: Language, home: tuple[Language, str]
    ) -> str:
        other, file = home
        if other == lang or file == "index.md":
            return f"[{words}]({_relative(file, page)}{anchor})"
        address = posixpath.join(to_other_tree(page.name, lang), f"{Path(file).with_suffix('')}")
        inner = escape(words.replace("`", ""))
        return f'<a href="{address}.html{anchor}" hreflang="{other}">{inner}</a>'

    def bring(self, target: Path) -> str:
        """Where a file of the repository lies among the sources."""
        name = "-".join(target.relative_to(ROOT).parts)
        return self.files.setdefault(target, f"files/{name}")


def _with_files_below(heading: re.Match[str]) -> str:
    files = [found[0] for found in _FILE.finditer(heading[0])]
    plain = _FILE.sub(r"\1", heading[0])
    return "\n\n".join([plain, " · ".join(files)] if files else [plain])


def to_other_tree(name: str, lang: Language) -> str:
    """The way from a page to the root of the other language's: Chinese pages are in ``zh/``."""
    up = "../" * name.count("/")
    return f"{up}../" if lang == "zh" else f"{up}zh/"


def _relative(file: str, page: Page) -> str:
    return posixpath.relpath(file, posixpath.dirname(page.file) or ".")
