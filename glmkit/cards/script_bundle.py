"""``bundled``: one script out of ES modules that import each other; ``lean``: fewer bytes of it.

Rules
- Two forms are understood, each on lines of its own and of files beside the importer:
  ``import { a, b } from "./c.js";`` and ``import TEXT from "./c.js" with { type: "text" };``. The
  second gives a script as a string, bundled in its turn: what runs elsewhere, as a worklet does.
- A module exports constants, classes and functions where it declares them. Only the entry, which
  stays as it is but for its imports, may have a default export.
- Each module is a function, so its names are its own; it runs once, after all that it imports.
- What cannot be followed is an ImportError: nobody meets it but who has changed a script.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

_NAMES: Final = re.compile(
    r'^import \{(\s*\w+(?:,\s*\w+)*,?\s*)\} from "\./(\w+\.js)";$', re.MULTILINE
)
_TEXT: Final = re.compile(
    r'^import (\w+) from "\./(\w+\.js)" with \{ type: "text" \};$', re.MULTILINE
)
_EXPORT: Final = re.compile(r"^export (?=(?:async )?(?:const|class|function) (\w+))", re.MULTILINE)

_COMMENT: Final = re.compile(r"^\s*(?://.*|/\*\*(?:.|\n)*?\*/)$", re.MULTILINE)


def bundled(entry: Path, importers: tuple[Path, ...] = ()) -> str:
    """One script from an entry module, with all it imports in front of it."""
    modules: dict[Path, str] = {}
    script = _linked(entry, modules, importers)
    return "\n".join([*modules.values(), script])


def lean(script: str) -> str:
    """The script without indentation, empty lines and lines that are comments.

    For modules in which no string goes over several lines.
    """
    lines = (line.strip() for line in _COMMENT.sub("", script).splitlines())
    return "\n".join(line for line in lines if line)


def _linked(path: Path, modules: dict[Path, str], importers: tuple[Path, ...]) -> str:
    """The text of a module, imports made constants; what it imports is then in ``modules``."""
    way = (*importers, path)

    def constants(found: re.Match[str]) -> str:
        names, other = found[1].strip().rstrip(","), path.with_name(found[2])
        if other not in modules:
            modules[other] = _wrapped(other, modules, way)
        _check_names(names, other, path)
        return f"const {{ {names} }} = ${other.stem};"

    def string(found: re.Match[str]) -> str:
        return f"const {found[1]} = {json.dumps(bundled(path.with_name(found[2]), way))};"

    linked = _TEXT.sub(string, _NAMES.sub(constants, _read(path, importers)))
    _check_followed("import", linked, path)
    return linked


def _wrapped(path: Path, modules: dict[Path, str], importers: tuple[Path, ...]) -> str:
    """A module as a constant that holds what it exports."""
    linked = _linked(path, modules, importers)
    names, body = _EXPORT.findall(linked), _EXPORT.sub("", linked)
    _check_followed("export", body, path)
    return f"const ${path.stem} = (() => {{\n{body}\nreturn {{ {', '.join(names)} }};\n}})();\n"


def _read(path: Path, importers: tuple[Path, ...]) -> str:
    way = " → ".join(each.name for each in (*importers, path))
    if path in importers:
        raise ImportError(f"a circle of imports: {way}")
    if not path.is_file():
        raise ImportError(f"no such file: {way}")
    return path.read_text(encoding="utf-8")


def _check_followed(word: str, script: str, path: Path) -> None:
    if found := re.search(rf"^\s*({word}\b.*)", script, re.MULTILINE):
        raise ImportError(f"{path.name}: a form of {word} that is not followed: {found[1]}")


def _check_names(names: str, other: Path, path: Path) -> None:
    exported = _EXPORT.findall(other.read_text(encoding="utf-8"))
    if missing := {name.strip() for name in names.split(",")} - set(exported):
        told = ", ".join(sorted(missing))
        raise ImportError(f"{path.name} imports {told}, which {other.name} does not export")
