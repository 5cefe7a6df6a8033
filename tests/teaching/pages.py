"""The pages of docs/teaching, and what stands in them: steps, sums, commands, names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "teaching"
ENGLISH, CHINESE = sorted(FOLDER.glob("*.md")), sorted((FOLDER / "zh").glob("*.md"))
EVERY = [*ENGLISH, *CHINESE]
#: What a teacher holds a lesson by; the other pages are about the course.
PLANS = [path for path in EVERY if re.match(r"\d\d-|one-lesson", path.name)]

_STEP = re.compile(r"^\*\*(\d+)–(\d+) · .+?[.。]\*\* (.+?)(?=^\*\*|^## )", re.MULTILINE | re.DOTALL)
_SECTION = re.compile(
    r"(?:\b[Nn]otebook (?P<en>\d\d), |笔记本 (?P<zh>\d\d) )?"
    r"(?:\b[Ss]ections? (?P<first>\d)(?: and (?P<second>\d))?|第 (?P<one>\d) 节)"
)
_SUM = re.compile(r"[\d.]+(?: [×÷+] [\d.]+)+ = [\d.]+")


def words_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def steps(path: Path) -> list[tuple[int, int, str]]:
    """Each step of a lesson: from which minute, to which, and what is done."""
    return [(int(begin), int(end), said) for begin, end, said in _STEP.findall(words_of(path))]


def spans(path: Path) -> list[str]:
    """What is set as code in a line; a span may be broken between two lines."""
    prose = re.sub(r"^```.*?^```$", "", words_of(path), flags=re.MULTILINE | re.DOTALL)
    return [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", prose)]


def blocks(path: Path, kind: str) -> list[str]:
    """The blocks of code of one kind."""
    found = re.findall(rf"^```{kind}\n(.*?)^```$", words_of(path), re.MULTILINE | re.DOTALL)
    return [str(each) for each in found]


def code(path: Path) -> str:
    """All that is Python, or may be."""
    return "\n".join([*spans(path), *blocks(path, "python")])


def sections(path: Path) -> Iterator[tuple[str, str]]:
    """Each section that is cited: of which notebook, by its number, and which."""
    for found in _SECTION.finditer(" ".join(words_of(path).split())):
        notebook = found["en"] or found["zh"] or path.name[:2]
        yield from ((notebook, found[name]) for name in ("first", "second", "one") if found[name])


def commands(path: Path) -> Iterator[str]:
    """Each command line, in a block or in a sentence."""
    yield from (line for block in blocks(path, "sh") for line in block.splitlines())
    yield from (span for span in spans(path) if span.startswith("glmkit "))


def sums(path: Path) -> list[str]:
    """What is computed in the text."""
    return [span for span in spans(path) if _SUM.fullmatch(span)]


def worked_out(side: str) -> float:
    """The value of the left side of a sum: products and quotients, added up."""
    return sum(map(_product, side.split(" + ")))


def _product(term: str) -> float:
    first, *rest = term.split()
    value = float(first)
    for sign, factor in zip(rest[::2], rest[1::2], strict=True):
        value = value * float(factor) if sign == "×" else value / float(factor)
    return value
