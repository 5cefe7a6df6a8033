"""The public names as pages that Sphinx fills from their docstrings.

Rules
- A class has a page, a module has a page; what is left of ``glmkit.__all__`` is on one.
- Classes and modules have folders of their own: ``Emulator`` and ``emulator`` are one file name
  on Windows and macOS.
- A module that can be called is described as the function it is, then by what it holds.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from textwrap import indent
from types import ModuleType
from typing import Any

import glmkit as glm
from docs.site.sentences import sentence
from glmkit.texts import Language


def api_pages(lang: Language) -> dict[str, str]:
    """File → reStructuredText, ``api/index.rst`` first."""
    classes = [name for name in sorted(glm.__all__) if inspect.isclass(getattr(glm, name))]
    modules = [name for name in sorted(glm.__all__) if isinstance(getattr(glm, name), ModuleType)]
    others = [name for name in sorted(glm.__all__) if name not in {*classes, *modules}]
    return {
        "api/index.rst": _index(lang, others, classes, modules),
        "api/functions.rst": _functions(lang, others),
        **{f"api/classes/{name}.rst": _class(name) for name in classes},
        **{f"api/modules/{name}.rst": _module(name) for name in modules},
    }


def _index(lang: Language, others: list[str], classes: list[str], modules: list[str]) -> str:
    paths = ["functions", *(f"classes/{n}" for n in classes), *(f"modules/{n}" for n in modules)]
    tables = [
        *_table(lang, "api_functions", {name: f"functions.html#glmkit.{name}" for name in others}),
        *_table(lang, "api_classes", {name: f"classes/{name}.html" for name in classes}),
        *_table(lang, "api_modules", {name: f"modules/{name}.html" for name in modules}),
    ]
    toctree = ".. toctree::\n   :hidden:\n\n" + indent("\n".join(paths), "   ")
    return _page(_title(sentence(lang, "api"), "="), sentence(lang, "api_lead"), *tables, toctree)


def _table(lang: Language, title: str, targets: dict[str, str]) -> Iterator[str]:
    yield _title(sentence(lang, title), "-")
    rows = (f"* - `glm.{name} <{to}>`__\n  - {_first_line(name)}" for name, to in targets.items())
    options = ":widths: 25 75\n:class: api-names"
    yield f".. list-table::\n{indent(options, '   ')}\n\n" + indent("\n".join(rows), "   ")


def _first_line(name: str) -> str:
    return (inspect.getdoc(getattr(glm, name)) or "").partition("\n\n")[0].replace("\n", " ")


def _functions(lang: Language, names: list[str]) -> str:
    listed = (f".. autofunction:: glmkit.{name}" for name in names)
    return _page(_title(sentence(lang, "api_functions"), "="), *listed)


def _class(name: str) -> str:
    return _page(_title(f"glm.{name}", "="), _described(f"glmkit.{name}", getattr(glm, name)))


def _module(name: str) -> str:
    module = getattr(glm, name)
    # not automodule: what it says at the top is for who reads the file, "Rules" and all
    parts = [_title(f"glm.{name}", "="), _first_line(name), f".. py:module:: glmkit.{name}"]
    if callable(module):
        parts.append(_called(name, module))
    parts += [_described(f"glmkit.{name}.{e}", getattr(module, e)) for e in module.__all__]
    return _page(*parts)


def _called(name: str, module: Any) -> str:
    call = type(module).__call__
    signature = inspect.signature(call)
    given = list(signature.parameters.values())[1:]  # without self
    shown = re.sub(r"'([^']*)'(?=[,)\]]| =|$)", r"\1", str(signature.replace(parameters=given)))
    body = indent(inspect.getdoc(call) or "", "   ")
    return f".. py:function:: glmkit.{name}{shown}\n\n{body}"


def _described(name: str, value: Any) -> str:
    if name.count(".") > 1 and any(value is getattr(glm, known) for known in glm.__all__):
        known = f"glmkit.{name.rpartition('.')[2]}"
        return f":py:obj:`{known}`"
    if inspect.isclass(value):  # what an error inherits from Python's own is no news
        own = "" if issubclass(value, BaseException) else "\n   :inherited-members:"
        return f".. autoclass:: {name}\n   :members:{own}"
    return f".. {'autofunction' if callable(value) else 'autodata'}:: {name}"


def _title(words: str, line: str) -> str:
    return f"{words}\n{line * 2 * len(words)}"


def _page(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"
