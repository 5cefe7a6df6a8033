"""The site as a reader has it: opened as files in Chromium, without a network."""

from __future__ import annotations

import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from docs.site.pages import chapters, course
from tests.listed import check_each
from tests.site.conftest import LESSON, Reader

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]
#: A page of each kind, in both trees.
KINDS = (
    *("index", "readme", f"notebooks/{LESSON}", "notebooks/07_your_own_voice", "teaching/index"),
    *("experiments/index", "experiments/01_silence", "docs/testing", "glossary", "genindex"),
    *("api/index", "api/functions", "api/classes/Session", "api/modules/doctor", "search"),
)
TREES = ("", "zh/")
#: Those with what is wide: tables, code, cards, signatures.
NARROW = (
    *("index", "readme", f"notebooks/{LESSON}", "experiments/index", "api/classes/Session"),
    "docs/from-openai-realtime",
)
#: What is asked for, and the anchor or page that must be among what is found.
SOUGHT = (
    ("zh/", "打断", "glossary.html#word-barge-in"),
    ("zh/", "首包延迟", "glossary.html#word-time-to-first-byte"),
    ("zh/", "服务端 VAD", "glossary.html#word-server-vad"),
    ("zh/", "VAD", "glossary.html#word-vad"),
    ("zh/", "server VAD", "notebooks/06_whose_turn.html"),
    ("zh/", "轮", "notebooks/06_whose_turn.html"),
    ("zh/", "Session", "api/classes/Session.html#glmkit.Session"),
    ("", "barge-in", "glossary.html#word-barge-in"),
    ("", "interrupted", "notebooks/06_whose_turn.html"),
    ("", "use_key", "api/functions.html#glmkit.use_key"),
)


def test_every_kind_of_page_opens_by_itself(reader: Reader) -> None:
    """Each has its title and its way around; nothing is asked of another host, nothing fails."""
    check_each(partial(_opens, reader), [(tree, name) for tree in TREES for name in KINDS])


def _opens(reader: Reader, tree: str, name: str) -> None:
    page = reader.open(f"{tree}{name}")
    page.wait_for_function("() => document.readyState === 'complete'")
    expected = "zh-CN" if tree else "en"
    assert page.evaluate("document.documentElement.lang") == expected
    assert page.locator(".sidebar-tree a").count() > len(course())
    assert page.locator("article").count() == 1


def test_every_page_of_the_repository_is_there(unpacked: Path) -> None:
    """In both languages, under the same name."""
    names = [page.name for chapter in chapters() for page in chapter.pages]
    missing = [f"{t}{n}" for t in TREES for n in names if not (unpacked / f"{t}{n}.html").is_file()]
    assert missing == []
    assert not (unpacked / "jupyter_execute").exists()  # pictures that _images/ has, too


@pytest.mark.parametrize("tree", TREES)
def test_a_lesson_sounds_without_a_kernel(reader: Reader, tree: str) -> None:
    """Its timeline plays on, its figures and sounds are in the page."""
    page = reader.open(f"{tree}notebooks/{LESSON}")
    button = page.locator(".cell_output button", has_text="▶").first
    card = button.locator("xpath=ancestor::*[contains(@class, 'cell_output')]").element_handle()
    button.click()
    page.wait_for_function(
        "card => parseFloat(/([\\d.]+) \\/ /.exec(card.innerText)[1]) > 0", arg=card
    )
    assert page.locator("article img").count() >= 3
    assert page.locator("article audio").count() >= 2


@pytest.mark.parametrize(("tree", "asked", "found"), SOUGHT)
def test_what_is_sought_is_found(reader: Reader, tree: str, asked: str, found: str) -> None:
    """In the box on the page, in Chinese, in English, mixed; a result leads to its place."""
    page = reader.open(f"{tree}index")
    page.locator(".sidebar-search").fill(asked)
    page.keyboard.press("Enter")
    result = page.locator(f"#search-results a[href$='{found}'], #search-results a[href='{found}']")
    result.first.wait_for()
    result.first.click()
    page.wait_for_url(f"**/{found}*")
    _, _, anchor = found.partition("#")
    assert not anchor or page.locator(f"[id='{anchor}']").count() == 1


def test_a_result_shows_where_the_words_stand(reader: Reader) -> None:
    """With the words marked, whole, although the index has pairs."""
    page = reader.open("zh/search", "?q=首包延迟")
    mark = page.locator("#search-results .context .highlighted").first
    mark.wait_for()
    assert mark.inner_text() == "首包延迟"


def test_what_is_nowhere_is_not_found(reader: Reader) -> None:
    """Pairs that no text has give no page, and markup that is asked for is only words."""
    page = reader.open("zh/search", "?q=鑫犇骉")
    page.wait_for_function("() => document.querySelector('.search-summary')?.innerText")
    assert page.locator("#search-results li").count() == 0
    page = reader.open("zh/search", "?q=%3Cimg src=x onerror=document.title='bad'%3E打断")
    page.wait_for_function("() => document.querySelector('.search-summary')?.innerText")
    assert page.locator("article img").count() == 0
    assert page.title() != "bad"


def test_both_splitters_make_the_same_words(reader: Reader) -> None:
    """The page asks for the words that the index was made of."""
    from docs.site.two_characters import TwoCharacters

    page = reader.open("zh/search")
    index = TwoCharacters({})
    for words in ("首包延迟", "server VAD是什么", "轮", "用server_vad，9.5秒", "a-b c", "", "！？"):
        asked = page.evaluate("words => splitQuery(words)", words)
        assert set(asked) <= set(index.split(words)), words
        assert bool(asked) == bool(index.split(words)), words


def test_the_switch_leads_to_the_same_page(reader: Reader) -> None:
    """From each language to the other and back, on any level."""
    for name in ("index", "api/classes/Clip", "notebooks/02_tokens", "search"):
        page = reader.open(name)
        page.locator(".language-switch:visible").click()
        page.wait_for_url(f"**/zh/{name}.html")
        assert page.evaluate("document.documentElement.lang") == "zh-CN"
        page.locator(".language-switch:visible").click()
        page.wait_for_url(f"**/glmkit-site/{name}.html")


def test_cards_follow_the_theme_of_the_page(reader: Reader) -> None:
    """The button changes ground and letters, of the page and of what a lesson shows."""
    page = reader.open(f"zh/notebooks/{LESSON}")
    page.locator(".theme-toggle:visible").click()  # from the light system's to dark
    assert page.evaluate("document.body.dataset.theme") == "dark"
    ground = "getComputedStyle(document.querySelector('.glm-card')).backgroundColor"
    dark = page.evaluate(ground)
    page.locator(".theme-toggle:visible").click()
    assert page.evaluate("document.body.dataset.theme") == "light"
    assert page.evaluate(ground) != dark


def test_the_chinese_pages_speak_chinese(reader: Reader) -> None:
    """The theme's own words and labels, too."""
    page = reader.open("zh/glossary")
    words = page.locator("body").inner_text()
    assert "本页内容" in words
    labels = page.evaluate("[...document.querySelectorAll('[aria-label]')].map(e => e.ariaLabel)")
    assert [label for label in labels if not any("一" <= c <= "鿿" for c in label)] == []
    for english in ("Toggle", "Skip to content", "Back to top", "Next", "Previous", "Home"):
        assert english not in words


def test_a_narrow_page_has_no_overflow(reader: Reader) -> None:
    """At 700 pixels nothing is wider than the page, and its switch is there once."""
    reader.page.set_viewport_size({"width": 700, "height": 900})
    check_each(partial(_fits, reader), [("zh/", name) for name in NARROW])


def _fits(reader: Reader, tree: str, name: str) -> None:
    page = reader.open(f"{tree}{name}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 700
    assert page.locator(".language-switch:visible").count() == 1
    folded = "all => all.every(each => each.scrollWidth <= each.clientWidth + 1)"
    assert page.locator(".cell_output .output pre").evaluate_all(folded)


def test_a_lesson_plan_is_one_printed_sheet(reader: Reader) -> None:
    """Of A4, in both languages, and nothing of the screen lies on its last line."""
    names = [page.name for chapter in chapters() for page in chapter.pages]
    plans = [name for name in names if re.match(r"teaching/(\d\d|one)-", name)]
    check_each(partial(_is_one_sheet, reader), [(tree, name) for tree in TREES for name in plans])


def _is_one_sheet(reader: Reader, tree: str, name: str) -> None:
    page = reader.open(f"{tree}{name}")
    assert len(re.findall(rb"/Type /Page\b", page.pdf(format="A4"))) == 1
    page.emulate_media(media="print")
    assert not page.locator(".skip-to-content").is_visible()


def test_a_server_gives_the_same(browser: Any, unpacked: Path) -> None:
    """From 127.0.0.1 the search finds what it finds in files."""
    handler = partial(_Quiet, directory=str(unpacked))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/zh/search.html?q=打断")
        page.locator("#search-results .context .highlighted").first.wait_for()
        context.close()
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        """Nothing: a test's output is for what went wrong."""
