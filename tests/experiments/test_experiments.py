"""The experiments of docs/experiments: they run, state what a figure must, and know what they cost.

A few repeats each, on the steady emulator; what they find is not asserted, only that it is said of
whom, of how many, how sure, over which network and from which seed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from glmkit.errors import NoKey
from tests.listed import check_each
from tests.notebooks import test_notebooks as notebooks

FOLDER = Path(__file__).parents[2] / "docs" / "experiments"
ENGLISH, CHINESE = sorted(FOLDER.glob("*.ipynb")), sorted((FOLDER / "zh").glob("*.ipynb"))
#: What of each is run here: (repeats, at once).
FEW = {"01_silence": (2, 4), "02_chunks_and_networks": (2, 4), "03_two_voices": (3, 2)}
#: Those for which somebody must hear and speak; the other one says what the kit knows by its sound.
HEARING = {"01_silence", "03_two_voices"}
#: What the figure of each states beside the peer, n, interval and seed.
NETWORK = {
    "01_silence": "Network: none set",
    "02_chunks_and_networks": "Network: 3g, 4g, unshaped, wifi-noon",
    "03_two_voices": "Network: none set",
}
WORDS_OF_FIGURE = """\
from matplotlib.text import Text
print(" ".join(" ".join(each.get_text().split()) for each in ax.figure.findobj(Text)))
"""


def runs() -> Iterator[Any]:
    for path in ENGLISH:
        marks = [pytest.mark.long] + [pytest.mark.voices] * (path.stem in HEARING)
        yield pytest.param(path, id=path.stem, marks=marks)


@pytest.mark.parametrize("path", [*runs()])
def test_an_experiment_runs_and_its_figure_can_be_mistaken_for_no_other(
    path: Path, tmp_path: Path
) -> None:
    """With few repeats: peer, n, interval, network and seed are in the figure, and in words."""
    notebook, stderr = notebooks.executed(with_few_repeats(path, tmp_path), tmp_path)
    assert notebooks.TROUBLE.search(stderr) is None, stderr
    assert [o for o in notebooks.outputs(notebook) if o.output_type == "error"] == []
    *_, found, figure = printed(notebook)
    assert re.search(r"[·:] ?emulator|emulator\b.*beside|· emulator", figure)
    for stated in (r"n = \d|\d pairs", r"9[58](\.5)?%", r"seed 1\b", r"not the live service's"):
        assert re.search(stated, figure), (stated, figure)
    assert NETWORK[path.stem] in figure
    assert re.match(r"emulator\b", found)
    assert all(re.search(stated, found) for stated in (r"n = \d", r"seed 1\b", r"interval -?\+?\d"))


def with_few_repeats(path: Path, folder: Path) -> Path:
    """The same notebook with other numbers in its first cell, and the figure's words at its end."""
    notebook = nbformat.read(path, as_version=4)
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    repeats, at_once = FEW[path.stem]
    numbers = f"SEED, REPEATS, AT_ONCE = 1, {repeats}, {at_once}"
    first.source, changed = re.subn(r"SEED, REPEATS, AT_ONCE = 1, \d+, 1", numbers, first.source)
    assert changed == 1
    notebook.cells.append(nbformat.v4.new_code_cell(WORDS_OF_FIGURE))
    written = folder / path.name
    nbformat.write(notebook, written)
    return written


def printed(notebook: Any) -> list[str]:
    """What each cell printed, in one string a cell."""
    cells = (cell.get("outputs", []) for cell in notebook.cells)
    words = ["".join(o.text for o in outs if o.get("name") == "stdout") for outs in cells]
    return [each for each in words if each.strip()]


# -- what it costs, and whom it asks ---------------------------------------------------------


@pytest.mark.slow
@pytest.mark.voices
def test_each_costs_no_more_than_it_says() -> None:
    """With all its repeats at most ¥3 and 20 minutes, by the estimate that it shows itself."""
    check_each(_costs_little, [(path,) for path in ENGLISH])


def _costs_little(path: Path) -> None:
    names: dict[str, Any] = {}
    try:
        for cell in notebooks.code_of(path):
            *before, last = ast.parse(cell.source).body
            exec(compile(ast.Module(before, []), cell.id, "exec"), names)
            if "glm.lab.estimate(" in cell.source:
                assert isinstance(last, ast.Expr)
                found = eval(compile(ast.Expression(last.value), cell.id, "eval"), names)
                break
            exec(compile(ast.Module([last], []), cell.id, "exec"), names)
    finally:
        for each in ("emulator", "judge"):
            if each in names:
                names[each].close()
    assert found.yuan <= 3
    assert found.minutes <= 20


def test_what_it_costs_is_said_before_anything_is_sent() -> None:
    """¥ and minutes come first, then the one sweep, with a budget and a file to go on from."""
    check_each(_is_said_first, [(path,) for path in [*ENGLISH, *CHINESE]])


def _is_said_first(path: Path) -> None:
    sources = [cell.source for cell in notebooks.code_of(path)]
    [told] = [at for at, source in enumerate(sources) if "glm.lab.estimate(" in source]
    [sent] = [at for at, source in enumerate(sources) if "glm.lab.sweep(" in source]
    assert told < sent
    before = ast.parse("\n".join(sources[:sent]))
    calls = {ast.unparse(each.func) for each in statements_called(before)}
    assert not calls & {"glm.connect", "task"}
    assert re.search(r"^YUAN, MINUTES = 3, 20\b", sources[0], re.MULTILINE)
    assert "budget=glm.Budget(yuan=YUAN),\n    minutes=MINUTES," in sources[sent]
    assert re.search(r'out=f"\w+_\{PEER\}_\{SEED\}\.jsonl"', sources[sent])


def statements_called(tree: ast.Module) -> Iterator[ast.Call]:
    """The calls that a cell makes itself, not those inside what it defines."""
    for statement in tree.body:
        if not isinstance(statement, ast.FunctionDef):
            yield from (each for each in ast.walk(statement) if isinstance(each, ast.Call))


def test_the_first_cell_alone_chooses_the_peer() -> None:
    """In no other cell is the live service named; what is said in the end is of the rows' peers."""
    check_each(_chooses_first, [(path,) for path in [*ENGLISH, *CHINESE]])


def _chooses_first(path: Path) -> None:
    first, *rest = [cell.source for cell in notebooks.code_of(path)]
    assert 'PEER = "emulator"' in first
    assert [source for source in rest if '"live"' in source] == []
    assert 'table["peer"]' in rest[-1]
    assert "PEER" not in rest[-1]


def test_without_a_key_live_ends_where_it_would_first_connect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the kit's usual error, and not where its figures are made."""
    monkeypatch.chdir(tmp_path)
    check_each(_ends_at_once, [(path,) for path in (ENGLISH[1], CHINESE[1])])


def _ends_at_once(path: Path) -> None:
    names: dict[str, Any] = {}
    reached = ""
    with pytest.raises(NoKey):
        for cell in notebooks.code_of(path):
            reached = cell.id
            exec(cell.source.replace('PEER = "emulator"', 'PEER = "live"'), names)
    assert reached == "run"
    assert [path for path in Path().glob("*.jsonl") if path.read_bytes()] == []


# -- how they are written --------------------------------------------------------------------


def test_experiments_keep_the_style_of_notebooks() -> None:
    """Stored without outputs, short cells with words before each, public names, links that lead."""
    rules = (
        notebooks._is_stored,
        notebooks._is_short,
        notebooks._uses_what_is_public,
        notebooks._is_announced,
        notebooks._links_lead,
    )
    check_each(lambda rule, path: rule(path), [(r, p) for r in rules for p in [*ENGLISH, *CHINESE]])


def test_an_experiment_has_its_parts() -> None:
    """A question, a hypothesis, a design, what could mislead, what was found, how to publish it."""
    check_each(_has_its_parts, [(path,) for path in [*ENGLISH, *CHINESE]])


def _has_its_parts(path: Path) -> None:
    prose = notebooks.prose_of(path)
    assert re.match(r"# .+[?？]\n", prose)
    assert len(re.findall(r"^## \d\. ", prose, re.MULTILINE)) == 4
    for english, chinese in (
        ("**Question.**", "**问题。**"),
        ("**Hypothesis.**", "**假设。**"),
        ("## 1. Design", "## 1. 设计"),
        ("## 2. What could mislead", "## 2. 哪些地方会误导人"),
        ("**To publish it**", "**要发表的话**"),
    ):
        assert english in prose or chinese in prose, english


def test_both_editions_have_the_same_code_but_for_words() -> None:
    """Same cells in the same order; strings and comments are in the reader's language."""
    assert [path.name for path in ENGLISH] == [path.name for path in CHINESE]
    check_each(_has_the_same_code, [(path,) for path in ENGLISH])


def _has_the_same_code(path: Path) -> None:
    other = FOLDER / "zh" / path.name
    assert [c.id for c in notebooks.read(path).cells] == [c.id for c in notebooks.read(other).cells]
    for here, there in zip(notebooks.code_of(path), notebooks.code_of(other), strict=True):
        assert without_words(here.source) == without_words(there.source), here.id
    for cell in notebooks.read(other).cells:
        assert cell.cell_type == "code" or re.search(r"[\u4e00-\u9fff]", cell.source), cell.id


def without_words(source: str) -> str:
    """Code with every string empty."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            node.values = [each for each in node.values if not isinstance(each, ast.Constant)]
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)


def test_figures_are_small_and_shown_with_their_date() -> None:
    """Each is on the page in its language, at most 60 kB, and the pages' links lead."""
    for page, edition in (("README.md", ""), ("README.zh-CN.md", ".zh-CN")):
        words = (FOLDER / page).read_text(encoding="utf-8")
        assert re.search(r"2\d{3}-\d\d-\d\d", words)
        for path in ENGLISH:
            figure = FOLDER / f"{path.stem}{edition}.png"
            assert f"]({figure.name})" in words
            assert figure.stat().st_size <= 60_000
        notebooks._links_lead(FOLDER / page)
