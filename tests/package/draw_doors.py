"""``python -m tests.package.draw_doors``: the drawing in ARCHITECTURE.md, from the real imports.

An arrow leads from a door to one that it imports; where another way leads there, too, the straight
arrow is left out. The listed calls up are no arrows.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.package.imports import FACE, PACKAGE, door, files, imports, reached
from tests.package.ladder import LEVEL, PAIRS

ARCHITECTURE: Final = PACKAGE.parent / "ARCHITECTURE.md"
BEGIN, END = "<!-- doors: drawn by python -m tests.package.draw_doors -->", "<!-- end of doors -->"
_NOT_DRAWN: Final = {FACE, "__main__"}  # whoever imports glmkit, or starts it
_ONE_DOOR: Final = {"aio": "session"}  # its asyncio face


def arrows() -> set[tuple[str, str]]:
    """The imports between doors, less those to which another way leads."""
    straight = {
        (_box(each.file), _box(each.imported))
        for each in imports()
        if (each.file, each.imported) not in PAIRS and not _NOT_DRAWN & set(each.between)
    }
    between = {(here, there) for here, there in straight if here != there}
    return {pair for pair in between if pair[1] not in reached(pair[0], between - {pair})}


def _box(file: str) -> str:
    name = door(file)
    return _ONE_DOOR.get(name, name)


def drawing() -> str:
    """The doors as a Mermaid flowchart: a folder is a box, a file a box with round corners."""
    doors = {_box(name) for name in files()} - _NOT_DRAWN
    lines = ["```mermaid", "flowchart TD"]
    for name in sorted(doors, key=lambda name: (-LEVEL[name], name)):
        more = "".join(f" and {file}.py" for file, folder in _ONE_DOOR.items() if folder == name)
        box = f'["{name}/{more}"]' if (PACKAGE / name).is_dir() else f'("{name}.py")'
        lines.append(f"    {name}{box}")
    for here, there in sorted(arrows(), key=lambda pair: (-LEVEL[pair[0]], -LEVEL[pair[1]], pair)):
        lines.append(f"    {here} --> {there}")
    return "\n".join([*lines, "```"])


def drawn_into(page: str) -> str:
    """The page with the drawing of today between its two marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{drawing()}\n{END}{after}"


def main(page: Path = ARCHITECTURE) -> None:
    """Draw it anew."""
    page.write_text(drawn_into(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
