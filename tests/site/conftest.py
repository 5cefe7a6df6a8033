"""The site built once, and opened as a person opens its zip: unpacked, without a server."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from docs.site.building import SiteBuild
from tests.browser.jupyter import SECONDS

LESSON = "01_first_conversation"


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the zip, where names have blanks and Chinese in them.

    One lesson is executed where nobody has kept it; of others whatever is kept is shown.
    """
    assert find_spec("sphinx"), "no Sphinx here: pip install -e '.[dev,site]' brings it"
    folder = tmp_path_factory.mktemp("site")
    build = SiteBuild(
        folder=folder / "built",
        work=folder / "work",
        archive=folder / "glmkit-site.zip",
        only=(LESSON,),
    )
    archive = build.run().archive
    with zipfile.ZipFile(archive) as content:
        content.extractall(folder / "U 盘 一")
    return folder / "U 盘 一" / "glmkit-site"


@dataclass
class Reader:
    """A page of the site as a file, and whatever it asked for or complained of."""

    site: Path
    page: Any
    troubles: list[str] = field(default_factory=list)

    def open(self, name: str, query: str = "") -> Any:
        """Open a page of the site by its name."""
        self.page.goto((self.site / f"{name}.html").as_uri() + query)
        return self.page


@pytest.fixture
def reader(browser: Any, unpacked: Path) -> Iterator[Reader]:
    """A reader without a network; in the end nothing was asked of another host, and all is well."""
    context = browser.new_context(offline=True)
    reading = Reader(unpacked, context.new_page())
    page = reading.page
    page.set_default_timeout(SECONDS * 1000)
    page.on("request", lambda request: _note_request(reading, request.url))
    page.on("pageerror", lambda error: reading.troubles.append(f"{page.url}: {error}"))
    page.on("console", lambda said: _note_said(reading, said))
    yield reading
    context.close()
    assert reading.troubles == []


def _note_request(reading: Reader, url: str) -> None:
    if not url.startswith((reading.site.as_uri(), "data:", "blob:")):
        reading.troubles.append(f"{reading.page.url} asks for {url}")


def _note_said(reading: Reader, said: Any) -> None:
    if said.type in ("error", "warning"):
        reading.troubles.append(f"{reading.page.url}: {said.text}")
