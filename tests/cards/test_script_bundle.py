"""One script out of modules: each once, after what it imports, and errors where that fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from glmkit.cards.script_bundle import bundled


def write(folder: Path, **modules: str) -> Path:
    """These modules as files; the one called ``entry``."""
    for name, script in modules.items():
        (folder / f"{name}.js").write_text(script, encoding="utf-8")
    return folder / "entry.js"


def test_a_module_is_a_constant_that_holds_what_it_exports(tmp_path: Path) -> None:
    """Its other names stay inside; the entry keeps its default export."""
    entry = write(
        tmp_path,
        entry='import { one } from "./a.js";\nexport default one;\n',
        a="const two = 2;\nexport const one = two / 2;\n",
    )
    assert bundled(entry) == (
        "const $a = (() => {\n"
        "const two = 2;\nconst one = two / 2;\n\n"
        "return { one };\n})();\n\n"
        "const { one } = $a;\nexport default one;\n"
    )


def test_a_module_is_there_once_after_what_it_imports(tmp_path: Path) -> None:
    """However often it is imported, and by whom first."""
    entry = write(
        tmp_path,
        entry='import { b } from "./b.js";\nimport { a } from "./a.js";\nb(a);\n',
        b='import {\n  c,\n  d,\n} from "./c.js";\nexport function b() { return c + d; }\n',
        a='import { c } from "./c.js";\nexport async function a() { return c; }\n',
        c="export class c {}\nexport const d = 1;\n",
    )
    lines = bundled(entry).splitlines()
    assert [line for line in lines if " = (() => {" in line] == [
        f"const ${name} = (() => {{" for name in "cba"
    ]
    assert "const { c,\n  d } = $c;" in bundled(entry)


def test_a_text_is_a_script_of_its_own(tmp_path: Path) -> None:
    """With what it imports, though the importer has that, too."""
    entry = write(
        tmp_path,
        entry='import T from "./t.js" with { type: "text" };\nimport { a } from "./a.js";\na(T);\n',
        t='import { a } from "./a.js";\na("\\n");\n',
        a="export const a = 1;\n",
    )
    text = bundled(tmp_path / "t.js")
    assert text.startswith("const $a = ")
    assert f"\nconst T = {json.dumps(text)};\nconst {{ a }} = $a;\n" in bundled(entry)


A = 'import { a } from "./a.js";\n'


@pytest.mark.parametrize(
    ("modules", "words"),
    [
        ({"entry": A}, "no such file: entry.js → a.js"),
        ({"entry": A, "a": "const a = 1;"}, "entry.js imports a, which a.js does not export"),
        (
            {
                "entry": A,
                "a": 'import { b } from "./b.js";\nexport const a = 1;',
                "b": f"{A}export const b = 1;",
            },
            "a circle of imports: entry.js → a.js → b.js → a.js",
        ),
        (
            {"entry": 'import T from "./entry.js" with { type: "text" };'},
            "a circle of imports: entry.js → entry.js",
        ),
        ({"entry": 'import a from "./a.js";'}, 'not followed: import a from "./a.js";'),
        ({"entry": 'import { a } from "package";'}, "entry.js: a form of import"),
        ({"entry": 'import { a as b } from "./a.js";'}, "entry.js: a form of import"),
        ({"entry": 'import "./a.js";'}, "entry.js: a form of import"),
        ({"entry": A, "a": "export const a = 1;\nexport default a;"}, "a.js: a form of export"),
        ({"entry": A, "a": "export const a = 1;\nexport { a };"}, "a.js: a form of export"),
        ({"entry": A, "a": "export const a = 1;\nexport let b = 1;"}, "a.js: a form of export"),
    ],
)
def test_what_cannot_be_followed_is_said(
    tmp_path: Path, modules: dict[str, str], words: str
) -> None:
    """With the file and what is wrong about it."""
    with pytest.raises(ImportError) as caught:
        bundled(write(tmp_path, **modules))
    assert words in str(caught.value)
