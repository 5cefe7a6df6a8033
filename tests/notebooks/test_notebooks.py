"""The notebooks: they run as they are in git, and they keep the house style."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import nbformat
import pytest

import glmkit as glm
from docs.site.executed_copies import ExecutedCopies
from docs.site.notebook_run import executed
from tests.listed import check_each

FOLDER = Path(__file__).parents[2] / "notebooks"
ENGLISH, CHINESE = sorted(FOLDER.glob("*.ipynb")), sorted((FOLDER / "zh").glob("*.ipynb"))
BOTH = [*ENGLISH, *CHINESE]
#: What each notebook promises at least: (figures, sounds).
PROMISED = {
    "00_start_here": (0, 2),
    "01_first_conversation": (3, 2),
    "02_tokens": (0, 0),
    "03_chunked_upload": (5, 2),
    "04_waveforms": (7, 1),
    "05_events": (3, 1),
    "06_whose_turn": (4, 1),
    "07_your_own_voice": (2, 2),
    "08_functions": (2, 0),
    "09_pictures": (2, 0),
    "10_how_fast": (3, 0),
    "11_what_can_go_wrong": (3, 2),
    "12_scenarios": (7, 1),
    "13_from_the_blog_script": (5, 1),
}
#: Those in which voices are compared, and those that take long, as do second editions.
HEARING = {"07_your_own_voice", "10_how_fast", "11_what_can_go_wrong", "12_scenarios"}
LONG = {
    *("03_chunked_upload", "04_waveforms", "05_events", "06_whose_turn", "09_pictures"),
    *("10_how_fast", "11_what_can_go_wrong", "12_scenarios", "13_from_the_blog_script"),
}
#: What a sweep on a steady emulator says of a busy machine.
BUSY = re.compile(r"were not ready when they were due|没能准时开始")
#: What a kernel writes to its own stderr when something went wrong outside of any cell.
TROUBLE = re.compile(r"Exception in|Traceback|never awaited|never retrieved")


def name_of(path: Path) -> str:
    return path.relative_to(FOLDER).with_suffix("").as_posix()


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def code_of(path: Path) -> list[Any]:
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def prose_of(path: Path) -> str:
    return "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")


# -- they run ------------------------------------------------------------------------------


def executions() -> Iterator[Any]:
    """Each with its marks: those about voices find the speech models, others none."""
    for path in BOTH:
        marks = [pytest.mark.slow]
        if path.stem in HEARING:
            marks.append(pytest.mark.voices)
        if path.stem in LONG or path.parent.name == "zh":
            marks.append(pytest.mark.long)
        yield pytest.param(path, id=name_of(path), marks=marks)


@pytest.mark.parametrize("path", [*executions()])
def test_a_notebook_runs_without_key_microphone_or_network(path: Path, tmp_path: Path) -> None:
    """Run All gives no error and no warning, and the figures and sounds it promises."""
    notebook, stderr = executed(path, tmp_path)
    assert TROUBLE.search(stderr) is None, stderr
    assert spilt(notebook) == []
    assert shown(notebook, "text/plain", "Empty DataFrame") == 0
    figures, sounds = PROMISED[path.stem]
    assert shown(notebook, "image/png") >= figures
    assert shown(notebook, "text/html", "<audio") >= sounds
    ExecutedCopies().keep(path, notebook)  # for the site, which executes none twice


def rerun() -> Iterator[Any]:
    for path in ENGLISH:  # the other edition has the same code
        marks = [pytest.mark.long, *([pytest.mark.voices] if path.stem in HEARING else [])]
        yield pytest.param(path, id=path.stem, marks=marks)


@pytest.mark.parametrize("path", [*rerun()])
def test_a_notebook_runs_again_in_the_same_kernel(path: Path, tmp_path: Path) -> None:
    """Run All once more: what the first time left behind is in nobody's way."""
    twice = read(path)
    twice.cells += [nbformat.v4.new_code_cell(cell.source) for cell in code_of(path)]
    nbformat.write(twice, tmp_path / "twice.ipynb")
    notebook, stderr = executed(tmp_path / "twice.ipynb", tmp_path)
    assert TROUBLE.search(stderr) is None, stderr
    assert spilt(notebook) == []


def spilt(notebook: Any) -> list[str]:
    """What errors and warnings left in cells, but that this machine is too busy to measure on."""
    words = [
        str(output.get("text") or output.get("evalue"))
        for output in outputs(notebook)
        if output.output_type == "error" or output.get("name") == "stderr"
    ]
    return [each for each in words if BUSY.search(each) is None]


def shown(notebook: Any, kind: str, part: str = "") -> int:
    """How many outputs of a kind a notebook shows, with ``part`` inside."""
    found = [output.get("data", {}).get(kind) for output in outputs(notebook)]
    return sum(each is not None and part in each for each in found)


def outputs(notebook: Any) -> list[Any]:
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


# -- they are kept as git wants them -------------------------------------------------------


def test_a_notebook_is_stored_without_its_outputs() -> None:
    """Valid nbformat 4 with cell ids of its own, nothing executed, no editor's metadata."""
    check_each(_is_stored, [(path,) for path in BOTH])


def _is_stored(path: Path) -> None:
    notebook = read(path)
    nbformat.validate(notebook)
    assert set(notebook.metadata) <= {"kernelspec", "language_info"}
    assert notebook.metadata.kernelspec.name == "python3"
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    assert all(not cell.metadata for cell in notebook.cells)
    assert [c.id for c in code_of(path) if c.outputs or c.execution_count is not None] == []


def test_every_notebook_has_both_editions_and_a_promise() -> None:
    """The Chinese edition is complete, and this file knows every notebook."""
    assert [path.name for path in ENGLISH] == [path.name for path in CHINESE]
    assert [path.stem for path in ENGLISH] == sorted(PROMISED)


def test_both_editions_have_the_same_code() -> None:
    """Same cells in the same order, the same code but for the texts in it, Chinese words."""
    check_each(_has_the_same_code, [(path,) for path in ENGLISH])


def _has_the_same_code(path: Path) -> None:
    other = FOLDER / "zh" / path.name
    for cell, same in zip(code_of(path), code_of(other), strict=True):
        assert without_literals(cell.source) == without_literals(same.source), cell.id
    assert [cell.id for cell in read(path).cells] == [cell.id for cell in read(other).cells]
    for cell in read(other).cells:
        assert cell.cell_type == "code" or re.search(r"[\u4e00-\u9fff]", cell.source), cell.id


def test_every_link_leads_to_a_file() -> None:
    """No notebook points to one that does not exist."""
    check_each(_links_lead, [(path,) for path in [*BOTH, FOLDER / "README.md"]])


def _links_lead(path: Path) -> None:
    prose = path.read_text(encoding="utf-8") if path.suffix == ".md" else prose_of(path)
    targets = [t for t in re.findall(r"\]\(([^)\s]+)\)", prose) if not t.startswith("http")]
    assert [t for t in targets if not (path.parent / t.partition("#")[0]).is_file()] == []
    assert targets


def without_literals(source: str) -> str:
    """Code with what a reader reads taken out: texts, and the names and values of a mapping."""
    tree = compile(source, "cell", "exec", flags=AS_CELL)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.unparse(tree)


# -- the house style -----------------------------------------------------------------------


def test_cells_are_short() -> None:
    """At most 12 lines, 3 in the median; a def above 5 lines belongs in the package."""
    check_each(_is_short, [(path,) for path in ENGLISH])


def _is_short(path: Path) -> None:
    cells = code_of(path)
    lengths = [len(cell.source.splitlines()) for cell in cells]
    assert max(lengths) <= 12
    assert median(lengths) <= 3
    for cell in cells:
        tree = compile(cell.source, cell.id, "exec", flags=AS_CELL)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or 0) - node.lineno + 1 <= 5, cell.id


AS_CELL = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


def test_a_player_is_shown() -> None:
    """``play`` gives it; only what a cell ends with, or a function returns, is seen."""
    check_each(_shows_its_players, [(path,) for path in BOTH])


def _shows_its_players(path: Path) -> None:
    for cell in code_of(path):
        tree = compile(cell.source, cell.id, "exec", flags=AS_CELL)
        for node in ast.walk(tree):
            if isinstance(node, ast.Expr) and ast.unparse(node).endswith(".play()"):
                assert node is tree.body[-1], cell.id


def test_code_uses_what_is_public() -> None:
    """The first cell imports at most two packages, an appendix its own; all of it is in __all__."""
    check_each(_uses_what_is_public, [(path,) for path in ENGLISH])


def _uses_what_is_public(path: Path) -> None:
    first, *rest = [cell.source for cell in code_of(path)]
    rest = [source for source in rest if source != appendix_of(path)]
    assert len(re.findall(r"^(?:import|from) ", first, re.MULTILINE)) <= 2
    assert not any(re.search(r"^(?:import|from) ", source, re.MULTILINE) for source in rest)
    used = set(re.findall(r"\bglm\.(\w+)", "\n".join([first, *rest])))
    assert used - set(glm.__all__) == set()


def appendix_of(path: Path) -> str:
    """The first code of a notebook's appendix, for those who know more; "" without one."""
    cells = iter(read(path).cells)
    found = any(c.cell_type == "markdown" and "## Appendix" in c.source for c in cells)
    return next((c.source for c in cells if c.cell_type == "code"), "") if found else ""


def test_a_notebook_has_its_parts() -> None:
    """A question as title, what you will do, 3 to 5 sections, findings, exercises, a link."""
    check_each(_has_its_parts, [(path,) for path in BOTH])


def _has_its_parts(path: Path) -> None:
    prose = prose_of(path)
    assert re.match(r"# .+[?？]\n", prose)
    assert re.search(r"^(?:\*You will|> 你将)", prose, re.MULTILINE)
    assert 3 <= len(re.findall(r"^## \d\. ", prose, re.MULTILINE)) <= 5
    assert 4 <= len(re.findall(r"^\| \*", prose, re.MULTILINE)) <= 6  # the words it defines
    assert re.search(r"^## (?:What we found|我们的发现)$", prose, re.MULTILINE)
    stars = re.findall(r"^\d\. (★+) ", prose, re.MULTILINE)
    assert stars == sorted(stars)
    assert set(stars) == {"★", "★★", "★★★"}
    assert ".ipynb)" in prose.splitlines()[-1]


def test_every_code_cell_is_announced() -> None:
    """Words stand before each cell, and at the end of the notebook."""
    check_each(_is_announced, [(path,) for path in ENGLISH])


def _is_announced(path: Path) -> None:
    cells = read(path).cells
    kinds = [cell.cell_type for cell in cells]
    assert kinds[0] == kinds[-1] == "markdown"
    assert not any(pair == ("code", "code") for pair in pairwise(kinds))
