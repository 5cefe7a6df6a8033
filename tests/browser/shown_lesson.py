"""A lesson open in JupyterLab, and what its page shows once all cells have run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.browser.jupyter import Notebook, Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: An output of one kind, by its MIME type.
OUTPUT = '.jp-OutputArea-output[data-mime-type="{}"]'
ERROR = '.jp-OutputArea-output[data-mime-type*="error"]'
SIZES = (
    "found => found.map(each => each.complete ? [each.naturalWidth, each.naturalHeight] : [0, 0])"
)
#: Seconds of each sound; 0 for one that cannot be decoded.
LENGTHS = """found => Promise.all(found.map(each => new Promise(tell => {
    const done = () => tell(each.error || !(each.duration > 0) ? 0 : each.duration);
    if (each.readyState || each.error) return done();
    for (const name of ['loadedmetadata', 'error']) each.addEventListener(name, done);
    setTimeout(done, 20000);
    each.load();
})))"""
#: Of each player, whether its picture was drawn: a canvas of some size that is not of one colour.
DRAWN = """found => found.map(each => [...each.querySelectorAll('canvas')].some(canvas => {
    if (canvas.width * canvas.height < 10000) return false;
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size > 3;
}))"""
PLAYER = ".glm-player:not(:has(> details:not([open])))"
PLAYHEAD = "each => each.closest('.glm-player').querySelector('.glm-timeline').dataset.second > 0.3"
#: Of each place of a widget that is none, what stands there.
EMPTY = """found => found.filter(each => !each.querySelector('.jupyter-widgets, section.glmkit'))
    .map(each => each.innerText || 'nothing')"""


class ShownLesson:
    """A notebook all of whose cells are run, in a page that is listened to from its beginning."""

    def __init__(self, page: Page, server: Server, name: str) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._note(request.url))
        page.on("websocket", lambda opened: self._note(opened.url))
        self.notebook = Notebook(page, server, name)

    def _note(self, url: str) -> None:
        asked = urlsplit(url)
        if asked.scheme not in ("data", "blob"):
            self.hosts.add(asked.hostname or url)

    def run(self, seconds: float) -> None:
        """Run All, until every cell has ended, or the first error, and the kernel is idle."""
        self.notebook.run_all()
        ended = self.notebook.has_ended
        self.notebook.until(lambda: bool(self.errors) or ended(), seconds)
        self.notebook.await_idle()

    @property
    def errors(self) -> list[str]:
        """What is shown as an error."""
        return self.page.locator(ERROR).all_inner_texts()

    @property
    def warnings(self) -> list[str]:
        """What stands in the boxes of stderr."""
        return self.page.locator(OUTPUT.format("application/vnd.jupyter.stderr")).all_inner_texts()

    @property
    def figures(self) -> list[tuple[int, int]]:
        """(width, height) of each picture that a cell shows, in pixels of its file."""
        found: list[Any] = self.page.locator(".jp-RenderedImage img").evaluate_all(SIZES)
        return [(width, height) for width, height in found]

    @property
    def sounds(self) -> list[float]:
        """Seconds of each audio element."""
        found: list[float] = self.page.locator(".jp-OutputArea-output audio").evaluate_all(LENGTHS)
        return found

    @property
    def players(self) -> list[bool]:
        """Of each timeline that is not folded, whether its picture is drawn."""
        found: list[bool] = self.page.locator(PLAYER).evaluate_all(DRAWN)
        return found

    @property
    def broken_widgets(self) -> list[str]:
        """What stands where a widget should be."""
        places = self.page.locator(OUTPUT.format("application/vnd.jupyter.widget-view+json"))
        found: list[str] = places.evaluate_all(EMPTY)
        return found

    def play(self) -> None:
        """Play the first timeline that is open, else the first sound, until it goes on."""
        if self.players:
            self._play(".glm-play", "each => each.click()", PLAYHEAD)
        else:
            self._play("audio:visible", "each => each.play()", "each => each.currentTime > 0.2")

    def _play(self, what: str, begin: str, goes_on: str) -> None:
        first = self.page.locator(what).first
        first.scroll_into_view_if_needed()
        first.evaluate(begin)
        self.notebook.until(lambda: bool(first.evaluate(goes_on)))
