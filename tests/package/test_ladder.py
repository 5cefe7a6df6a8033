"""The house: a door imports only the doors above it in the list, and the calls up are named."""

from __future__ import annotations

import ast
from itertools import product

import pytest

from tests.package.imports import FACE, PACKAGE, circles, door, files, imports

#: From the ground up: what stands in a line imports only what stands in the lines before it.
LEVELS = (
    "texts errors numeric loopback",
    "environment",
    "auth",
    "media",
    "protocol",
    "events",
    "turns",
    "explain",
    "recordings",
    "session aio",
    "emulator",
    "plots",
    "cards",
    "widgets",
    "lab",
    "lessons",
    "verify",
    "doctor",
    "cli",
    f"__main__ {FACE}",
)
LEVEL = {name: number for number, names in enumerate(LEVELS) for name in names.split()}

#: The calls that lead up, each a method that hands on: who, and the file it imports inside.
UPWARD = {
    ("auth/credentials", "Token._repr_mimebundle_", "cards/tokens"),
    ("auth/tokens", "TokenInfo._repr_mimebundle_", "cards/tokens"),
    ("media/clip", "Clip._repr_mimebundle_", "cards/clips"),
    ("protocol/event", "Event._repr_mimebundle_", "cards/events"),
    ("events", "_EventsModule.__call__", "cards/references"),
    ("turns/turn", "Turn._repr_mimebundle_", "cards/turns"),
    ("turns/turn", "Turn.plot", "plots/waveforms"),
    ("turns/turn", "Turn.explain", "turns/explain/all_checks"),
    ("turns/trace", "Trace._repr_mimebundle_", "cards/traces"),
    ("turns/trace", "Trace.load", "recordings/bundle"),
    ("turns/trace", "Trace.recover", "recordings/bundle"),
    ("turns/trace", "Trace.save", "recordings/bundle"),
    ("turns/trace", "Trace.export", "recordings/export"),
    ("turns/trace", "Trace.diff", "recordings/diff"),
    ("recordings/diff", "Difference.plot", "plots/differences"),
    ("session/asyncio_session", "Session._repr_mimebundle_", "cards/sessions"),
    ("session/asyncio_session", "Session.talk", "widgets/talk"),
    ("session/blocking/blocking_session", "Session.talk", "widgets/talk"),
    ("aio", "find_address", "emulator/launch"),
    ("emulator/__main__", "run", "cli/emulator"),
}
PAIRS = {(file, imported) for file, _, imported in UPWARD}

#: The same inside the emulator, a house of its own.
EMULATOR = (
    "threads profiles faults options log weights think",
    "hear speak",
    "pipeline",
    "session",
    "turn",
    "server replay",
    "process launch child __main__",
    "emulator",
)
#: And among the figures: what they are drawn with, the timeline, the figures, and their list.
PLOTS = (
    "drawing",
    "timelines",
    "differences latencies measures sequences spectrograms tone voice_activity waveforms",
    "plots",
)
IMPORTS = imports()


def test_every_door_has_a_place_on_the_ladder() -> None:
    """A new door is put on a level when it is made."""
    assert {door(name) for name in files()} == set(LEVEL)


def test_the_package_shows_few_doors() -> None:
    """What ``ls glmkit`` shows can be taken in at a glance."""
    entries = [path for path in PACKAGE.iterdir() if path.name != "__pycache__"]
    shown = {path.name for path in entries} - {"samples", "notebooks"}  # of a built package
    assert len(shown) <= 28
    assert sum(path.is_dir() for path in entries) <= 18


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
    """Each is made inside the method that is named, and outside of functions for types only."""
    made = {
        (each.file, each.inside, each.imported)
        for each in IMPORTS
        if (each.file, each.imported) in PAIRS and each.inside
    }
    assert made == UPWARD
    assert len(UPWARD) <= 21


@pytest.mark.parametrize(("file", "inside"), sorted({(file, name) for file, name, _ in UPWARD}))
def test_a_call_that_leads_up_hands_on(file: str, inside: str) -> None:
    """What leads up is short: it imports, and gives what it is given."""
    tree: ast.AST = ast.parse(files()[file].read_text(encoding="utf-8"))
    for name in inside.split("."):
        tree = next(n for n in ast.walk(tree) if getattr(n, "name", None) == name)
    assert isinstance(tree, ast.FunctionDef)
    body = [
        n for n in tree.body if not (isinstance(n, ast.Expr) and n.lineno == tree.body[0].lineno)
    ]
    limit = 8 if inside in {"find_address", "run"} else 3  # those choose where to
    assert len(body) <= limit, ast.unparse(tree)


def test_there_is_no_circle() -> None:
    """But for the listed calls, no files import each other in a loop, not even for types."""
    arrows = {
        (each.file, each.imported)
        for each in IMPORTS
        if (each.file, each.imported) not in PAIRS and FACE not in (each.file, each.imported)
    }
    assert circles(arrows) == []


def test_circles_are_seen() -> None:
    """What the test above relies on finds a loop of any length, and nothing else."""
    assert circles({("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")}) == [["a", "b", "c"]]


def test_the_two_sides_of_the_network_do_not_know_each_other() -> None:
    """The emulator imports nothing of the session, nor the session of the emulator."""
    assert not {("session", "emulator"), ("emulator", "session"), ("emulator", "aio")} & {
        each.between for each in IMPORTS
    }


@pytest.mark.parametrize(("folder", "levels"), [("emulator", EMULATOR), ("plots", PLOTS)])
def test_a_large_folder_has_a_ladder_of_its_own(folder: str, levels: tuple[str, ...]) -> None:
    """Its rooms too have a level each, and import only what is below them."""
    level = {name: number for number, names in enumerate(levels) for name in names.split()}
    inner = [(_room(e.file), _room(e.imported)) for e in IMPORTS if e.between == (folder, folder)]
    assert {_room(name) for name in files() if door(name) == folder} == set(level)
    assert [pair for pair in inner if level[pair[1]] > level[pair[0]]] == []


def _room(file: str) -> str:
    folder, _, rest = file.partition("/")
    return rest.partition("/")[0] or folder


def test_a_module_does_not_bear_the_name_of_what_it_holds() -> None:
    """One name, one thing: no two classes bear the same, and no module and its function do."""
    public = {("explain", "explain")}  # both are: the module is called, and so is its function
    trees = {
        name: ast.parse(path.read_text(encoding="utf-8")).body for name, path in files().items()
    }
    named = {
        (name, node.name)
        for name, body in trees.items()
        for node in body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }
    assert {(name, own) for name, own in named if name.rpartition("/")[2] == own} == public
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
