"""The house: a door imports only the doors above it in the list, and the calls up are named."""

from __future__ import annotations

import ast
from itertools import product

import pytest

from tests.listed import check_each
from tests.package.draw_doors import ARCHITECTURE, drawn_into
from tests.package.imports import FACE, PACKAGE, circles, door, files, imports
from tests.package.ladder import EMULATOR, LEVEL, PAIRS, PLOTS, UPWARD

IMPORTS = imports()


def test_every_door_has_a_place_on_the_ladder() -> None:
    """A new door is put on a level when it is made."""
    assert {door(name) for name in files()} == set(LEVEL)


def test_the_package_shows_few_doors() -> None:
    """What ``ls glmkit`` shows can be taken in at a glance."""
    entries = [path for path in PACKAGE.iterdir() if path.name != "__pycache__"]
    shown = {path.name for path in entries} - {
        "samples",
        "notebooks",
        "examples",
    }  # of a built package
    assert len(shown) <= 30
    assert sum(path.is_dir() for path in entries) <= 19


def test_imports_go_down() -> None:
    """No door imports one above it, types and imports in functions included."""
    wrong = [
        f"{each.file} ({each.inside or 'outside functions'}) imports {each.imported}"
        for each in IMPORTS
        if (each.file, each.imported) not in PAIRS
        and LEVEL[each.between[1]] > LEVEL[each.between[0]]
    ]
    assert wrong == []


def test_the_calls_that_lead_up_are_those_listed() -> None:
    """Each is made inside the method that is named, and elsewhere for types only."""
    made = {
        (each.file, each.inside, each.imported)
        for each in IMPORTS
        if (each.file, each.imported) in PAIRS and not each.for_types
    }
    assert made == UPWARD
    assert len(UPWARD) <= 29


@pytest.mark.slow
def test_a_call_that_leads_up_hands_on() -> None:
    """What leads up is short: it imports, and gives what it is given."""
    check_each(_hands_on, sorted({(file, name) for file, name, _ in UPWARD}))


def _hands_on(file: str, inside: str) -> None:
    tree: ast.AST = ast.parse(files()[file].read_text(encoding="utf-8"))
    for name in inside.split("."):
        tree = next(n for n in ast.walk(tree) if getattr(n, "name", None) == name)
    assert isinstance(tree, ast.FunctionDef)
    body = [
        n for n in tree.body if not (isinstance(n, ast.Expr) and n.lineno == tree.body[0].lineno)
    ]
    limit = 8 if inside in {"find_address", "run"} else 3  # those choose where to
    assert len(body) <= limit, ast.unparse(tree)


@pytest.mark.slow
def test_there_is_no_circle() -> None:
    """But for the listed calls, neither files nor doors import each other in a loop."""
    counted = [
        each
        for each in IMPORTS
        if (each.file, each.imported) not in PAIRS and FACE not in (each.file, each.imported)
    ]
    assert circles({(each.file, each.imported) for each in counted}) == []
    doors = {tuple(name.replace("aio", "session") for name in each.between) for each in counted}
    assert circles({(here, there) for here, there in doors if here != there}) == []


@pytest.mark.slow
def test_the_drawing_is_of_today() -> None:
    """ARCHITECTURE.md shows the imports that there are; the command draws it anew."""
    page = ARCHITECTURE.read_text(encoding="utf-8")
    assert drawn_into(page) == page, "python -m tests.package.draw_doors"


def test_circles_are_seen() -> None:
    """What the test above relies on finds a loop of any length, and nothing else."""
    assert circles({("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")}) == [["a", "b", "c"]]


def test_the_two_sides_of_the_network_do_not_know_each_other() -> None:
    """The emulator imports nothing of the session, nor the session of the emulator."""
    assert not {("session", "emulator"), ("emulator", "session"), ("emulator", "aio")} & {
        each.between for each in IMPORTS
    }


def test_a_large_folder_has_a_ladder_of_its_own() -> None:
    """Its rooms too have a level each, and import only what is below them."""
    check_each(_has_a_ladder, [("emulator", EMULATOR), ("plots", PLOTS)])


def _has_a_ladder(folder: str, levels: tuple[str, ...]) -> None:
    level = {name: number for number, names in enumerate(levels) for name in names.split()}
    inner = [(_room(e.file), _room(e.imported)) for e in IMPORTS if e.between == (folder, folder)]
    assert {_room(name) for name in files() if door(name) == folder} == set(level)
    assert [pair for pair in inner if level[pair[1]] > level[pair[0]]] == []


def _room(file: str) -> str:
    folder, _, rest = file.partition("/")
    return rest.partition("/")[0] or folder


@pytest.mark.slow
def test_a_module_does_not_bear_the_name_of_what_it_holds() -> None:
    """One name, one thing: no two classes bear the same, no function its file's or folder's."""
    # what is called is module and function; a person says glm.speak
    public = {("explain", "explain"), ("emulator/speak/voice", "speak")}
    trees = {
        name: ast.parse(path.read_text(encoding="utf-8")).body for name, path in files().items()
    }
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    functions = {
        (name, node.name)
        for name, body in trees.items()
        for node in body
        if isinstance(node, kinds)
    }
    assert {(name, own) for name, own in functions if own in name.split("/")} == public
    methods = {
        (name, node.name)
        for name, body in trees.items()
        for made in body
        if isinstance(made, ast.ClassDef)
        for node in made.body
        if isinstance(node, kinds)
    }
    assert [pair for pair in methods if pair[1] == pair[0].rpartition("/")[2]] == []
    classes = [
        (node.name, name)
        for name, body in trees.items()
        for node in body
        if isinstance(node, ast.ClassDef)
    ]
    twins = {
        (name, *sorted((one, other)))
        for (name, one), (same, other) in product(classes, classes)
        if name == same and one != other
    }
    # the same session twice, once for each kind of caller
    faces = ("Session", "session/asyncio_session", "session/blocking/blocking_session")
    assert twins == {faces}
