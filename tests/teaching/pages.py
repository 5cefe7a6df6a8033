"""The pages of docs/teaching, and what stands in them: steps, sums, commands, names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
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
_FOR_THE_QUICK = re.compile(r"[^.。]*(?:for the quick|做得快的)[^.。]*[.。]")
_ANSWER = re.compile(r'`glm\.check\("([\w-]+)", \.\.\.\)`[^`(（]*[(（]([^)）,，]+)')
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
    return sections_in(words_of(path), path.name[:2])


def sections_in(words: str, lesson: str) -> Iterator[tuple[str, str]]:
    """The sections that a text cites, of ``lesson`` where it names no other notebook."""
    for found in _SECTION.finditer(" ".join(words.split())):
        notebook = found["en"] or found["zh"] or lesson
        yield from ((notebook, found[name]) for name in ("first", "second", "one") if found[name])


def for_everybody(said: str) -> str:
    """A step without the sentences about what only the quick get to."""
    return _FOR_THE_QUICK.sub("", " ".join(said.split()))


def answers(path: Path) -> list[tuple[str, str]]:
    """Each exercise whose check is followed by parentheses, and what these begin with."""
    found = _ANSWER.findall(" ".join(words_of(path).split()))
    return [(exercise, said.rstrip(".。")) for exercise, said in found]


def bound(sources: Iterable[str]) -> set[str]:
    """The names to which some code gives a value."""
    nodes = [node for source in sources for node in _nodes(source)]
    stored = {
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    defined = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    imported = {
        each.asname or each.name
        for node in nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
        for each in node.names
    }
    return stored | defined | imported


def used(sources: Iterable[str]) -> set[str]:
    """The names of which some code calls or reads what belongs to them."""
    nodes = [node for source in sources for node in _nodes(source)]
    reached = [node.value for node in nodes if isinstance(node, ast.Attribute)]
    return {node.id for node in reached if isinstance(node, ast.Name)}


def _nodes(source: str) -> list[ast.AST]:
    """All of it that is Python; nothing where it is none."""
    try:
        return list(ast.walk(ast.parse(source)))
    except SyntaxError:
        return []


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
