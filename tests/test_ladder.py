"""The house: imports go down the ladder, and calls are the ones in the table."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "glmkit"

LEVELS = {
    0: "errors texts numeric loopback surroundings",
    1: "specs event events signs sounding "
    "audio reading formats wav mp3 source loudness decoding video masking "
    "stamps credentials auth keys asking envfile tools shapes signatures tool_output "
    "material",
    2: "settings latency turn making fold trace budget explain finding suspicions "
    "table bundle bundle_lines bundle_reading official salvage recording export replayed shell",
    3: "address checks speech wire calling inbox line upload answering exchange connection "
    "saying session living aio carried_call loopthread blocking nesting emulator",
    4: "lab collect verify",
    5: "diff plots cards doctor widgets voices_command lessons demo live talk_command",
    6: "cli __main__ __init__",
}

#: The same inside the emulator, which is a house of its own.
EMULATOR = {
    0: "threads profiles faults options log weights think",
    1: "hear speak",
    2: "pipeline",
    3: "session",
    4: "turn",
    5: "server replay",
    6: "process launch child main __main__",
    7: "__init__",
}
LEVEL = {name: level for level, names in LEVELS.items() for name in names.split()}

TOP = "__init__"  # whoever imports glmkit, or a name of its own, imports the whole house

#: Upward imports that are meant, each inside a function: who → what.
UPWARD = {
    ("credentials", "cards"),  # a token, an event, a clip … shows itself
    ("auth", "cards"),
    ("audio", "cards"),
    ("event", "cards"),
    ("turn", "cards"),
    ("trace", "cards"),
    ("session", "cards"),
    ("events", "cards"),
    ("turn", "plots"),
    ("trace", "diff"),
    ("session", "widgets"),
    ("blocking", "widgets"),
}
CLIENT = set(LEVELS[3].split()) - {"emulator", "aio"}  # aio starts it, in a call


def rooms() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path, house: Path = PACKAGE) -> str:
    return path.relative_to(house).parts[0].removesuffix(".py")


def imports(path: Path, house: str = "glmkit") -> Iterator[tuple[str, bool]]:
    """(room, inside TYPE_CHECKING) of every import of ours in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hidden = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        for name in _names(node, house):
            yield name, id(node) in hidden


def _names(node: ast.AST, house: str) -> Iterator[str]:
    start = f"{house}."
    if isinstance(node, ast.ImportFrom) and node.module == house:
        yield from (a.name if a.name in LEVEL or house != "glmkit" else TOP for a in node.names)
    elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(start):
        yield (node.module or "").removeprefix(start).split(".")[0]
    elif isinstance(node, ast.Import):
        names = (f"{a.name}.{TOP}" for a in node.names if f"{a.name}.".startswith(start))
        yield from (name.removeprefix(start).split(".")[0] for name in names)


def test_every_room_has_a_place_on_the_ladder() -> None:
    """A new module is put on a level when it is made."""
    assert {room_of(path) for path in rooms()} == set(LEVEL)


@pytest.mark.parametrize("path", rooms(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    """No room imports one above it, but for what types need and the listed calls."""
    here = room_of(path)
    wrong = [
        name
        for name, for_types in imports(path)
        if not for_types and (here, name) not in UPWARD and LEVEL[name] > LEVEL[here]
    ]
    assert wrong == []


def test_every_listed_upward_import_is_made() -> None:
    """The list names no import that is not there any more."""
    made = {(room_of(path), name) for path in rooms() for name, _ in imports(path)}
    assert made >= UPWARD


def test_the_emulator_has_a_ladder_of_its_own() -> None:
    """Its rooms too have a level each, and import only what is below them, types and all."""
    level = {name: number for number, names in EMULATOR.items() for name in names.split()}
    paths = sorted((PACKAGE / "emulator").rglob("*.py"))
    assert {room_of(path, PACKAGE / "emulator") for path in paths} == set(level)
    wrong = [
        (str(path.relative_to(PACKAGE)), name)
        for path in paths
        for name, _ in imports(path, "glmkit.emulator")  # those that only types need, too
        if level[name] > level[room_of(path, PACKAGE / "emulator")]
    ]
    assert wrong == []


def test_the_two_sides_of_the_network_do_not_know_each_other() -> None:
    """The emulator imports no client room, and no client room the emulator."""
    for path in rooms():
        names = {name for name, _ in imports(path)}
        if room_of(path) == "emulator":
            assert not names & CLIENT, path
        elif room_of(path) in CLIENT:
            assert "emulator" not in names, path
