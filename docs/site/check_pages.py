"""Built pages looked through as files: links, what is asked of other hosts, what must not be there.

Rules
- A link leads to a file of the site and, where it names one, to an anchor in it.
- Nothing that a page loads by itself (script, style, picture, sound, frame) is another host's; a
  link that a person may follow is.
- No folder of the machine that built it, no key or token, no package registry's host.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from docs.site.outputs import places

_LOADED: Final = {"src", "srcset", "poster", "data"}
_LINKS_THAT_LOAD: Final = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch"}
_TEXTS: Final = {".html", ".js", ".css", ".json", ".txt", ".py", ".ipynb", ".svg", ".inv"}
_IN_STYLE: Final = re.compile(r"(?:@import\s+|url\()\s*[\"']?((?:https?:)?//[^\"')\s]+)")
_MADE_UP: Final = re.compile(r"(?i)(.)\1{5}|0123456|abcdef|id\.secret")
_KEY: Final = re.compile(r"(?<![\w./+-])[0-9a-f]{32}\.[A-Za-z0-9]{16}(?![\w/+])")
_TOKEN: Final = re.compile(r"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}")
_REGISTRIES: Final = re.compile(
    r"\b(?:pypi\.org|pythonhosted\.org|registry\.npmjs\.org|mirrors?\.[\w.-]+|[\w.-]+/simple)\b"
)


@dataclass(slots=True)
class _PageParts(HTMLParser):
    """What a page links to, loads, and can be linked at."""

    anchors: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.anchors.update(known[name] for name in ("id", "name") if name in known)
        self.loaded += [known[name] for name in _LOADED if name in known]
        if tag == "link" and _LINKS_THAT_LOAD & set(known.get("rel", "").split()):
            self.loaded.append(known.get("href", ""))
        elif tag == "a" and "href" in known:
            self.links.append(known["href"])
        self.loaded += _IN_STYLE.findall(known.get("style", ""))


def problems(site: Path) -> Iterator[str]:
    """Everything that is wrong with the pages below ``site``, a line each."""
    found = (path for path in sorted(site.rglob("*.html")) if "_downloads" not in path.parts)
    pages = {path: _parts(path) for path in found}
    for path, parts in pages.items():
        name = path.relative_to(site).as_posix()
        yield from (f"{name}: {found}" for found in _bad_links(path, parts, pages))
        yield from (f"{name}: loads {each}" for each in parts.loaded if _is_elsewhere(each))
    for path in sorted(site.rglob("*")):
        if path.suffix in _TEXTS and path.is_file():
            name = path.relative_to(site).as_posix()
            yield from (f"{name}: {found}" for found in _unwanted(path))


def _parts(path: Path) -> _PageParts:
    parts = _PageParts()
    parts.feed(path.read_text(encoding="utf-8"))
    return parts


def _is_elsewhere(address: str) -> bool:
    return bool(urlsplit(address).netloc)


def _bad_links(path: Path, parts: _PageParts, pages: dict[Path, _PageParts]) -> Iterator[str]:
    local = [each for each in parts.loaded if each and not _is_elsewhere(each)]
    for address in dict.fromkeys([*parts.links, *local]):
        split = urlsplit(address)
        if split.scheme or split.netloc:
            continue
        target = (path.parent / unquote(split.path)).resolve() if split.path else path
        if not target.is_file():
            yield f"{address} leads to no file"
        elif split.fragment and not _is_in(unquote(split.fragment), pages.get(target)):
            yield f"{address} leads to no anchor"


def _is_in(anchor: str, parts: _PageParts | None) -> bool:
    return parts is None or anchor in parts.anchors


def _unwanted(path: Path) -> Iterator[str]:
    words = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix == ".css":
        yield from (f"loads {each}" for each in _IN_STYLE.findall(words))
    for place, _ in places():
        if found := place.search(words):
            yield f"names the folder {found[0]}"
    keys = (found[0] for kind in (_KEY, _TOKEN) for found in kind.finditer(words))
    yield from (f"has what looks like a key: {each[:9]}…" for each in keys if _is_meant(each))
    yield from (f"names a registry: {found}" for found in _registries(words))


def _is_meant(key: str) -> bool:
    """Whether it could be somebody's: not one that was made up to show what a key looks like."""
    return not _MADE_UP.search(key)


def _registries(words: str) -> Iterable[str]:
    own = os.environ.get("PIP_INDEX_URL", "")
    hosts = {host for host in (urlsplit(own).hostname,) if host}
    return sorted({*_REGISTRIES.findall(words), *(host for host in hosts if host in words)})
