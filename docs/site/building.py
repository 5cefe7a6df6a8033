"""The build: what lacks is executed, sources written, Sphinx run once a language, pages checked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from docs.site.check_pages import problems
from docs.site.executed_copies import ExecutedCopies
from docs.site.notebook_run import executed, language_of
from docs.site.pages import LANGUAGES, ROOT, Page, course
from docs.site.sentences import sentence
from docs.site.sources import SourceTree
from glmkit.errors import BadArgument, Missing
from glmkit.texts import Language, language

BUILD: Final = ROOT / "build"
AT_ONCE: Final = 2
_SPHINX_SECONDS: Final = 900
_MEASURES: Final = frozenset(("10_how_fast",))  # nothing else runs beside these
_LEFT: Final = (".buildinfo", "objects.inv")
_LEFT_BESIDE: Final = "jupyter_execute"  # myst-nb's pictures, which _images/ has, too
_OURS: Final = Path("_static", "search_extracts.js")  # what every site of this build has
_SHOWN: Final = 20  # of what is wrong
Copies = dict[str, tuple[Path, bool]]  # page → its copy, and whether it was executed hearing


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A site that was built: where, the same as a zip, and how many pages it has."""

    folder: Path
    archive: Path
    pages: int


@dataclass(frozen=True, slots=True)
class SiteBuild:
    """A build into ``folder``; what it needs on the way lies in ``work``.

    ``only``: the lessons to execute, by the names of their files; of others what is kept is shown,
    else their code alone. None: all of them, and no page without its outputs.
    """

    folder: Path = BUILD / "site"
    work: Path = BUILD / "site-work"
    archive: Path = BUILD / "glmkit-site.zip"
    copies: ExecutedCopies = ExecutedCopies()  # noqa: RUF009 - it has nothing but a path
    only: Collection[str] | None = None
    say: Callable[[str], object] = print

    def run(self) -> BuiltSite:
        """Build it. Raises BadArgument, and Missing where a page is not as it must be."""
        self._check_names()
        self._check_folder()
        executed_by_language = {lang: self._copies(lang) for lang in LANGUAGES}
        shutil.rmtree(self._pages, ignore_errors=True)
        self.say(sentence(language(), "writing"))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            one = partial(self._build, executed_by_language)
            list(pool.map(one, LANGUAGES))
        self.say(sentence(language(), "checking"))
        self._check()
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.move(self._pages, self.folder)  # the site before stays until this one is whole
        self._pack()
        return BuiltSite(self.folder, self.archive, len(list(self.folder.rglob("*.html"))))

    @property
    def _pages(self) -> Path:
        return self.work / "pages"

    def _check_names(self) -> None:
        known = [Path(page.name).name for page in course()]
        if strange := [name for name in self.only or () if name not in known]:
            words = {"found": ", ".join(strange), "expected": ", ".join(known)}
            raise BadArgument(sentence(language(), "no_lesson", **words))

    def _check_folder(self) -> None:
        """Whether the folder may be emptied: it is new, empty, or a site."""
        if self.folder.exists() and not (self.folder.is_dir() and self._is_ours()):
            raise BadArgument(sentence(language(), "no_site", folder=self.folder))

    def _is_ours(self) -> bool:
        return not any(self.folder.iterdir()) or (self.folder / _OURS).is_file()

    # -- executed lessons --------------------------------------------------------------------

    def _copies(self, lang: Language) -> Copies:
        """The executed lessons of a language; those that lack are executed."""
        lacking = [page.source(lang) for page in course() if self._is_to_run(page, lang)]
        self._execute_all(lacking)
        found = {page.name: self.copies.find(page.source(lang)) for page in course()}
        kept = {name: copy for name, copy in found.items() if copy is not None}
        counts = {"count": len(lacking), "kept": len(kept) - len(lacking)}
        self.say(sentence(language(), "executed", **counts))
        return {name: (copy, self.copies.hears_in(copy)) for name, copy in kept.items()}

    def _execute_all(self, lacking: Collection[Path]) -> None:
        """Two at a time; what measures goes alone, behind the others."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(self.execute, (p for p in lacking if p.stem not in _MEASURES)))
        for path in lacking:
            if path.stem in _MEASURES:
                self.execute(path)

    def _is_to_run(self, page: Page, lang: Language) -> bool:
        asked = self.only is None or Path(page.name).name in self.only
        return asked and self.copies.find(page.source(lang), as_good=self.only is None) is None

    def execute(self, path: Path) -> None:
        """Execute a notebook and keep it. Raises Missing with the error of the cell that fails."""
        name = f"{language_of(path)}/{path.name}"
        self.say(sentence(language(), "executing", name=name))
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            try:
                notebook, _ = executed(path, Path(folder))
            except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
                found = sentence(language(), "no_copy", name=name, found=_found(error))
                raise Missing(found) from None
        self.copies.keep(path, notebook)

    # -- pages -------------------------------------------------------------------------------

    def _build(self, copies: dict[Language, Copies], lang: Language) -> None:
        sources = self.work / f"sources-{lang}"
        SourceTree(sources, lang, copies[lang]).write()
        target = self._pages / "zh" if lang == "zh" else self._pages
        command = [*(sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html")]
        command += ["-c", str(Path(__file__).parent), "-d", str(self.work / f"doctrees-{lang}")]
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter
                [*command, str(sources), str(target)],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                env=_environment(lang),
                cwd=ROOT,
                timeout=_SPHINX_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            words = {"lang": lang, "seconds": _SPHINX_SECONDS}
            raise Missing(sentence(language(), "too_slow", **words)) from None
        if done.returncode:
            said = (done.stdout + done.stderr).strip()
            raise Missing(sentence(language(), "sphinx_failed", lang=lang, found=said))
        for left in _LEFT:
            (target / left).unlink(missing_ok=True)
        shutil.rmtree(target.parent / _LEFT_BESIDE, ignore_errors=True)

    def _check(self) -> None:
        found = list(problems(self._pages))
        if found:
            shown = "\n".join(islice(found, _SHOWN))
            raise Missing(sentence(language(), "bad_pages", count=len(found), found=shown))

    def _pack(self) -> None:
        """The zip, with one folder in it; it takes its name when it is whole."""
        arriving = self.archive.with_suffix(".part")
        arriving.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(arriving, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(self.folder.rglob("*")):
                inside = path.relative_to(self.folder).as_posix()
                archive.write(path, f"{self.archive.stem}/{inside}")
        arriving.replace(self.archive)


def _found(error: Exception) -> str:
    """The cell's own error on one line, without the frames around it."""
    words = str(getattr(error, "evalue", "")) or str(error)
    return f"{getattr(error, 'ename', type(error).__name__)}: {' '.join(words.split())}"


def _environment(lang: Language) -> dict[str, str]:
    paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    own = {"GLMKIT_LANG": lang, "GLMKIT_TO": "emulator", "PYTHONUTF8": "1", "PYTHONPATH": paths}
    return {**os.environ, **own}


def timed(build: SiteBuild) -> None:
    """Run a build, and say what came of it."""
    began = time.monotonic()
    site = build.run()
    build.say(
        sentence(
            language(),
            "built",
            pages=site.pages,
            seconds=round(time.monotonic() - began),
            index=site.folder / "index.html",
            archive=site.archive,
            size=round(site.archive.stat().st_size / 1e6),
        )
    )
