"""How much Python the lessons ask for: variables, calls, lists, ``for``; the rest is explained."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any, Final

from tests.listed import check_each
from tests.notebooks.test_notebooks import AS_CELL, CHINESE, ENGLISH, read

#: The lessons that are read in order, by whoever has read 00.
LESSONS: Final = ("00", "01", "02", "03", "04", "05", "06", "07", "08")
#: What 00 shows on one screen. A number in square brackets is an index; a name there is a look-up.
FLOOR: Final = (
    *(ast.Module, ast.Expr, ast.Import, ast.alias, ast.Assign, ast.For, ast.Name, ast.Constant),
    *(ast.Attribute, ast.Call, ast.keyword, ast.List, ast.Tuple, ast.Subscript, ast.BinOp),
    *(ast.UnaryOp, ast.operator, ast.unaryop, ast.expr_context),
)
NAMES: Final[dict[type[ast.AST], str]] = {
    ast.FunctionDef: "def",
    ast.AsyncFunctionDef: "async def",
    ast.Lambda: "lambda",
    ast.Await: "await",
    ast.JoinedStr: "f-string",
    ast.FormattedValue: "f-string",
    ast.Try: "try",
    ast.ExceptHandler: "try",
    ast.With: "with",
    ast.withitem: "with",
    ast.AsyncWith: "async with",
    ast.AsyncFor: "async for",
    ast.Dict: "dict",
    ast.Slice: "slice",
    ast.Starred: "star",
    ast.ListComp: "comprehension",
    ast.SetComp: "comprehension",
    ast.DictComp: "comprehension",
    ast.GeneratorExp: "comprehension",
    ast.comprehension: "comprehension",
    ast.If: "if",
    ast.IfExp: "x if a else b",
    ast.Compare: "comparison",
    ast.cmpop: "comparison",
    ast.arguments: "def",
    ast.arg: "def",
    ast.Return: "def",
}
#: Lesson → what it uses beyond the floor → the cell, before it, that explains it.
BEYOND: Final[dict[str, dict[str, str]]] = {
    "02": {"look-up": "expire_words"},
    "03": {"slice": "samples_words", "try": "wrong_words"},
    "04": {"slice": "spectrogram_words", "def": "slide_words", "look-up": "slide_words"},
    "05": {
        "if": "sequence_words",
        "comparison": "sequence_words",
        "def": "slide_words",
        "try": "surprise_words",
    },
    "06": {
        **dict.fromkeys(("unpacking", "if", "comparison", "slice"), "four_words"),
        "def": "slide_words",
        "look-up": "spans_words",
    },
    "07": {"try": "speak_words"},
    "08": {
        "def": "define_words",
        "dict": "fail_words",
        "look-up": "fail_words",
        "x if a else b": "who_words",
        "comparison": "who_words",
    },
}
#: Those whose first cell chooses the language, and whose samples are in it.
IN_ONE_LANGUAGE: Final = ("00", "01", "02", "03", "05", "06", "07", "08", "09", "10", "11", "13")


def test_a_lesson_uses_the_python_of_the_first_one() -> None:
    """What goes beyond variables, calls, lists and loops is listed, with where it is explained."""
    check_each(_is_on_the_floor, [(lesson,) for lesson in LESSONS])


def _is_on_the_floor(lesson: str) -> None:
    used, listed = set(first_uses(lesson)), set(BEYOND.get(lesson, {}))
    assert used == listed


def test_what_goes_beyond_it_is_explained_before() -> None:
    """The named cell is there, and stands above the first that needs it."""
    listed = [(lesson, what) for lesson, known in BEYOND.items() for what in known]
    check_each(_is_explained_before, listed)


def _is_explained_before(lesson: str, what: str) -> None:
    explained = BEYOND[lesson][what]
    ids = [cell.id for cell in cells_of(lesson)]
    assert ids.index(explained) < ids.index(first_uses(lesson)[what])


def test_the_first_cell_chooses_the_language() -> None:
    """English in one edition, Chinese in the other, in the lessons that do so."""
    editions = [(path, "zh" if path in CHINESE else "en") for path in (*ENGLISH, *CHINESE)]
    check_each(_chooses, [each for each in editions if each[0].name[:2] in IN_ONE_LANGUAGE])


def _chooses(path: Any, language: str) -> None:
    first = next(cell for cell in read(path).cells if cell.cell_type == "code")
    assert f'glm.use_language("{language}")' in first.source
    code = "".join(cell.source for cell in read(path).cells if cell.cell_type == "code")
    assert re.findall(r"\w+_(?:en|zh)\b", code) == []


def cells_of(lesson: str) -> list[Any]:
    """A lesson's cells up to its appendix, which is for those who know more."""
    path = next(path for path in ENGLISH if path.name.startswith(lesson))
    found = []
    for cell in read(path).cells:
        if cell.cell_type == "markdown" and "## Appendix" in cell.source:
            break
        found.append(cell)
    return found


def first_uses(lesson: str) -> dict[str, str]:
    """What a lesson uses beyond the floor → the cell that is the first to need it."""
    found: dict[str, str] = {}
    for cell in cells_of(lesson):
        if cell.cell_type == "code":
            for what in beyond(compile(cell.source, cell.id, "exec", flags=AS_CELL)):
                found.setdefault(what, cell.id)
    return found


def beyond(tree: ast.AST) -> Iterator[str]:
    """The names of what a cell uses that is not on the floor."""
    for node in ast.walk(tree):
        if not isinstance(node, FLOOR):
            yield next((name for kind, name in NAMES.items() if isinstance(node, kind)), repr(node))
        elif isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Store):
            yield "unpacking"
        elif isinstance(node, ast.Subscript) and _looks_up(node.slice):
            yield "look-up"


def _looks_up(index: ast.expr) -> bool:
    """Whether what stands in square brackets is a name or a variable, and no number or slice."""
    if isinstance(index, ast.Slice):
        return False
    if isinstance(index, ast.UnaryOp):
        index = index.operand
    return not (isinstance(index, ast.Constant) and isinstance(index.value, int))
