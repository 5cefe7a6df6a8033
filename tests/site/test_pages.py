"""What the site is made of: links, outputs, glossary, search words, checks, kept notebooks."""

from __future__ import annotations

import re
import string
import tempfile
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest
from docutils import nodes
from docutils.utils import new_document
from nbformat import v4

from docs.site.building import SiteBuild
from docs.site.check_pages import problems
from docs.site.executed_copies import ExecutedCopies, digest
from docs.site.glossary_page import glossary_page, with_linked_words
from docs.site.links import SiteLinks
from docs.site.outputs import settle_outputs
from docs.site.page_extras import close_up
from docs.site.pages import LANGUAGES, ROOT, Page, chapters, course
from docs.site.sentences import TEXTS, sentence
from glmkit.errors import BadArgument, Missing
from glmkit.widgets.exported_still import METADATA
from tests.listed import check_each

SITE = ROOT / "docs" / "site"
README = next(page for chapter in chapters() for page in chapter.pages if page.name == "readme")
PLANS = next(p for c in chapters() for p in c.pages if p.name == "teaching/index")
ALL = [page for chapter in chapters() for page in chapter.pages]

# -- pages and their links -----------------------------------------------------------------


def test_every_page_has_both_editions() -> None:
    """And no two pages have one name, however a system writes small letters."""
    check_each(_has_both, [(page,) for page in ALL])
    assert len({page.name.lower() for page in ALL}) == len(ALL)
    assert len(course()) >= 11


def _has_both(page: Page) -> None:
    assert [p for p in (page.english, page.chinese) if not p.is_file()] == []


@pytest.mark.parametrize(
    ("page", "lang", "written", "expected"),
    [
        (
            README,
            "en",
            "[a](notebooks/01_first_conversation.ipynb)",
            "[a](notebooks/01_first_conversation.ipynb)",
        ),
        (README, "zh", "[a](notebooks/zh/02_tokens.ipynb)", "[a](notebooks/02_tokens.ipynb)"),
        (README, "en", "[a](docs/testing.md#a-first-test)", "[a](docs/testing.md#a-first-test)"),
        (
            PLANS,
            "zh",
            "[a](../../../notebooks/zh/02_tokens.ipynb)",
            "[a](../notebooks/02_tokens.ipynb)",
        ),
        (README, "en", "[`x`](LICENSE) and [y](docs)", "`x` and y"),
        (README, "en", "[z](https://z.ai) [b](#there)", "[z](https://z.ai) [b](#there)"),
        (
            README,
            "en",
            "`[a](LICENSE)`\n```\n[a](LICENSE)\n```\n",
            "`[a](LICENSE)`\n```\n[a](LICENSE)\n```\n",
        ),
        (PLANS, "en", "![p](../timeline.png)", "![p](../files/docs-timeline.png)"),
        (README, "en", "# x\n\n[简体中文](README.zh-CN.md)\n\ny", "# x\n\ny"),
        (README, "en", "[up](../../../../etc/passwd.txt)", "up"),
        (
            README,
            "en",
            "[中](notebooks/zh/02_tokens.ipynb)",
            '<a href="zh/notebooks/02_tokens.html" hreflang="zh">中</a>',
        ),
        (
            PLANS,
            "zh",
            "[<b>](../../testing.md)",
            '<a href="../../docs/testing.html" hreflang="en">&lt;b&gt;</a>',
        ),
    ],
)
def test_a_link_is_led_to_the_site(page: Page, lang: Any, written: str, expected: str) -> None:
    """Pages to pages, pictures along, what is not there by its name alone; code stays."""
    assert SiteLinks(ALL).rewritten(written, page, lang) == expected


def test_a_file_in_a_heading_is_offered_below() -> None:
    """A table of contents takes no download."""
    written = "## Go: [talk.go](tests/recipes/go/talk.go)\n"
    found = SiteLinks(ALL).rewritten(written, README, "en")
    assert found == "## Go: talk.go\n\n[talk.go](files/tests-recipes-go-talk.go)\n"


# -- what a notebook shows -------------------------------------------------------------------


STATE = "application/vnd.jupyter.widget-state+json"


STILL = v4.new_output("display_data", {"image/png": "still"}, metadata=METADATA)


def view(model: str) -> Any:
    data = {"application/vnd.jupyter.widget-view+json": {"model_id": model}, "text/plain": "Box()"}
    return v4.new_output("display_data", data)


def settled(output: Any, state: dict[str, Any], *behind: Any) -> list[Any]:
    notebook = v4.new_notebook(cells=[v4.new_code_cell("x", outputs=[output, *behind])])
    notebook.metadata["widgets"] = {STATE: {"state": state}}
    settle_outputs(notebook, "en")
    assert "widgets" not in notebook.metadata
    return list(notebook.cells[0].outputs)


def test_a_slider_is_shown_where_it_stood() -> None:
    """Its values in words, then its picture: the one it shows itself, not also the still of it."""
    picture = {"output_type": "display_data", "data": {"image/png": "iVBO"}, "metadata": {}}
    words, shown = settled(
        view("box"),
        {
            "box": model("VBoxModel", children=[f"IPY_MODEL_{name}" for name in "adbc"]),
            "a": model("IntSliderModel", description="silence", value=768),
            "b": model(
                "SelectionSliderModel", description="on", index=1, _options_labels=["5", "<2>"]
            ),
            "d": model("DropdownModel", description="net", index=0, _options_labels=["4g", "3g"]),
            "c": model("OutputModel", outputs=[picture]),
        },
        STILL,
    )
    assert "silence = 768; net = 4g; on = &lt;2&gt;" in words.data["text/html"]
    assert shown.data == {"image/png": "iVBO"}


def model(kind: str, **state: Any) -> dict[str, Any]:
    return {"model_name": kind, "state": state}


def test_a_widget_without_a_page_says_what_it_is() -> None:
    """A recorder, a talk, something else; a full bar is nothing to see, nor what nobody kept."""
    for kind in ("recorder", "talk"):
        assert settled(view("r"), {"r": model("AnyModel", options={"kind": kind})}, STILL) == [
            STILL
        ]
    [note] = settled(view("r"), {"r": model("AnyModel")})
    assert note.data["text/plain"] == sentence("en", "widget")
    assert settled(view("bar"), {"bar": model("FloatProgressModel", value=1)}) == []
    assert settled(view("gone"), {}) == []


def test_folders_of_the_machine_get_plain_names() -> None:
    """In words and in HTML; a slash in base64 is none."""
    place = f"{tempfile.gettempdir()}/x/answer.wav"
    [said] = settled(v4.new_output("stream", text=f"saved {place}, {Path.home()}"), {})
    assert said.text == "saved temp/x/answer.wav, ~"
    warned = f"{tempfile.gettempdir()}/ipykernel_7/12.py:2: GlmWarning: late\n  say(clip)"
    [said] = settled(v4.new_output("stream", name="stderr", text=warned), {})
    assert said.text == "GlmWarning: late\n  say(clip)"
    coded = f"data:audio/wav;base64,AAAA{tempfile.gettempdir()}/AAAA"
    [sound] = settled(v4.new_output("display_data", {"text/html": coded}), {})
    assert sound.data["text/html"] == coded


# -- words -----------------------------------------------------------------------------------


def test_the_glossary_has_one_anchor_in_both_languages() -> None:
    """Each word once, and a lesson's own table leads there."""
    pages = map(glossary_page, LANGUAGES)
    english, chinese = (re.findall(r"(?m)^\((.+)\)=$", page) for page in pages)
    assert sorted(english) == sorted(chinese)
    assert len(set(english)) == len(english) >= 80
    assert with_linked_words("| *打断* | x |") == "| [*打断*](#word-barge-in) | x |"
    assert with_linked_words("| *nobody's word* | x |") == "| *nobody's word* | x |"


def test_the_glossary_is_written_for_readers() -> None:
    """Nothing as a voice spells it or as recognition mishears it; no name twice."""
    english, chinese = map(glossary_page, ("en", "zh"))
    assert "minus fifty dBFS" in english
    assert [each for each in ("D B F S", "oh one", "jason") if each in english] == []
    assert [each for each in ("四零一", "踩样率", "手包") if each in chinese] == []
    assert "又称：采样频率、取样率 · 英文：sample rate" in chinese


def test_chinese_lines_join_without_blanks() -> None:
    """None at a line's end nor behind a mark; one stays beside Latin letters and code."""
    lines = nodes.paragraph()
    lines += [nodes.Text("读完这一句。"), nodes.Text("\n"), nodes.Text("再读"), nodes.Text("\n")]
    lines += [
        nodes.Text("下一句，用 "),
        nodes.literal("", "a。 b"),
        nodes.Text(" 和"),
        nodes.Text("\n"),
    ]
    lines += [nodes.Text("VAD。"), nodes.strong("", "目标。"), nodes.Text(" 听见")]
    document = new_document("page")
    document += lines
    close_up(document)
    assert lines.astext() == "读完这一句。再读下一句，用 a。 b 和\nVAD。目标。听见"


def test_the_sites_sentences_are_in_both_languages_and_used() -> None:
    """With the same fields; none is left behind."""
    sources = [p for p in SITE.rglob("*.*") if p.suffix in (".py", ".html")]
    code = "\n".join(p.read_text(encoding="utf-8") for p in sources if p.stem != "sentences")
    check_each(_is_whole, [(key, *pair, code) for key, pair in TEXTS.items()])


def _is_whole(key: str, english: str, chinese: str, code: str) -> None:
    assert fields(english) == fields(chinese)
    assert key == "api" or key == "switch" or re.search(r"[\u3000-\uffef]", chinese)
    made = key.startswith(("chapter_", "toggle_"))
    assert made or re.search(rf"[\"'.]{key}\b", code), key


def fields(words: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("首包延迟", {"首包", "包延", "延迟", "首", "延"}),
        ("服务端VAD", {"服务", "务端", "VAD"}),
        ("server VAD, 9.5", {"server", "VAD", "9", "5"}),
    ],
)
def test_chinese_is_searched_in_pairs(words: str, expected: set[str]) -> None:
    """What is between Latin letters and numbers; those stay whole."""
    from docs.site.two_characters import TwoCharacters

    index = TwoCharacters({})
    assert expected <= set(index.split(words))
    assert index.word_filter("轮")
    assert not index.word_filter("the")


# -- checks ----------------------------------------------------------------------------------

WRONG = {
    '<a href="b.html">b</a>': "b.html leads to no file",
    '<a href="#there">b</a>': "#there leads to no anchor",
    '<img src="no.png">': "no.png leads to no file",
    '<script src="https://cdn.example/x.js"></script>': "loads https://cdn.example/x.js",
    '<script src="//cdn.example/x.js"></script>': "loads //cdn.example/x.js",
    '<link rel="stylesheet" href="https://fonts.example/a">': "loads https://fonts.example/a",
    '<p style="background:url(http://x.example/a)">': "loads http://x.example/a",
    f"<p>{ROOT}/glmkit</p>": "names the folder",
    "<p>0a1b2c3d4e5f60718293a4b5c6d7e8f9.Qw3rTyUiOp4sDfGh</p>": "looks like a key: 0a1b2c3d4…",
    "<p>pip install -i https://pypi.org/simple x</p>": "names a registry: pypi.org",
}


@pytest.mark.parametrize(("body", "said"), WRONG.items())
def test_a_page_that_must_not_be_is_told(tmp_path: Path, body: str, said: str) -> None:
    """A link to nowhere, another host, a folder of this machine, a key, a registry."""
    tmp_path.joinpath("a.html").write_text(body, encoding="utf-8")
    found = list(problems(tmp_path))
    assert [each for each in found if each.startswith("a.html: ") and said in each]
    assert "Qw3rTyUiOp4sDfGh" not in "".join(found)


def test_a_good_page_is_none() -> None:
    """Links to other hosts that a person follows, anchors, data in the page."""
    with tempfile.TemporaryDirectory() as folder:
        good = '<a href="https://z.ai" id="x">z</a><a href="a.html#x">a</a>'
        good += '<img src="data:image/png;base64,AA">'
        Path(folder, "a.html").write_text(good, encoding="utf-8")
        assert list(problems(Path(folder))) == []


# -- executed copies -------------------------------------------------------------------------


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A notebook that is in no repository."""
    path = tmp_path / "zh" / "00_book.ipynb"
    path.parent.mkdir()
    nbformat.write(v4.new_notebook(cells=[v4.new_code_cell("1 / 0")]), path)
    return path


class Counted(SiteBuild):
    """A build that executes nothing, and counts how many would be at it."""

    def execute(self, path: Path) -> None:
        RUNNING.append(path.stem)
        BESIDE[path.stem] = len(RUNNING)
        time.sleep(0.05)
        RUNNING.remove(path.stem)


RUNNING: list[str] = []
BESIDE: dict[str, int] = {}


def test_a_lesson_that_measures_is_executed_alone(tmp_path: Path) -> None:
    """Others two at a time: what one takes of the computer would be in the other's figures."""
    names = ("10_how_fast", "01_first_conversation", "02_tokens", "03_chunked_upload")
    known = [page for page in course() if Path(page.name).name in names]
    Counted(copies=ExecutedCopies(tmp_path))._execute_all([p.source("en") for p in known])
    assert len(BESIDE) == len(names)
    assert [*BESIDE][-1] == "10_how_fast"
    assert BESIDE["10_how_fast"] == 1


def test_a_copy_is_found_while_the_notebook_is_the_same(tmp_path: Path, book: Path) -> None:
    """In its language; a changed one has none, and keeping that one drops the older copy."""
    copies = ExecutedCopies(tmp_path / "shelf")
    assert copies.find(book) is None
    kept = copies.keep(book, nbformat.read(book, 4))
    assert copies.find(book) == kept
    other = tmp_path / book.name
    other.write_bytes(book.read_bytes())
    assert digest(other) != digest(book)  # the same words in another language
    nbformat.write(v4.new_notebook(), book)
    assert copies.find(book) is None
    copies.keep(book, v4.new_notebook())
    assert not kept.exists()
    assert [p.suffix for p in kept.parent.iterdir()] == [".ipynb"]


def test_a_copy_without_models_is_no_copy_for_who_hears(tmp_path: Path, book: Path) -> None:
    """Here nobody hears: a copy that does is taken, too."""
    copies = ExecutedCopies(tmp_path / "shelf")
    kept = copies.keep(book, v4.new_notebook())
    assert not copies.hears_in(kept)
    assert copies.find(book, as_good=True) == kept
    better = kept.with_name(kept.name.replace("no-models", "hears"))
    kept.rename(better)
    assert copies.hears_in(better)
    assert copies.find(book, as_good=True) == better


@pytest.mark.slow
def test_a_notebook_that_fails_fails_the_build(tmp_path: Path, book: Path) -> None:
    """By its name and its error, in one sentence; nothing of it is kept."""
    build = SiteBuild(copies=ExecutedCopies(tmp_path / "shelf"), say=lambda line: None)
    with pytest.raises(Missing, match=r"00_book.*ZeroDivisionError"):
        build.execute(book)
    assert build.copies.find(book) is None


def test_a_lesson_that_is_not_there_is_named() -> None:
    """Before anything is built."""
    with pytest.raises(BadArgument, match=r"99_none.*01_first_conversation"):
        SiteBuild(only=["99_none"]).run()


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    """What somebody names by mistake keeps all that is in it; so does a file."""
    diary = tmp_path / "diary.txt"
    diary.write_text("mine", encoding="utf-8")
    for folder in (tmp_path, diary):
        with pytest.raises(BadArgument, match="holds other things"):
            SiteBuild(folder=folder, only=()).run()
    assert diary.read_text(encoding="utf-8") == "mine"
