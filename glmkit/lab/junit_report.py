"""A rehearsal as JUnit XML, as CI systems read it: a suite a script, a test case a line.

Rules
- A case fails where the line passed in too few runs; it is an error where it was never answered
  at all. What happened in each run is its output.
- What a suite was played to stands in its properties: peer, model, network, switches, seed.
- Letters that XML cannot hold are written as ``\\xNN``; no key gets in.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from glmkit.auth.masking import mask
from glmkit.environment.versions import version_of
from glmkit.errors import BadFile
from glmkit.lab.rehearsed_lines import RehearsedLine, RehearsedRuns, RepeatedLine
from glmkit.media.source import path_of
from glmkit.texts import language, text, whole_characters

#: What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets).
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME: Final = 120  # letters of a case's name


def write_junit(rehearsal: RehearsedRuns, path: str | os.PathLike[str]) -> Path:
    """Write the report; the file. Raises BadFile."""
    where = path_of(path)
    root = Element("testsuites")
    for number, script in enumerate(rehearsal.scripts):
        root.append(_suite(rehearsal, script, number))
    indent(root)
    try:
        ElementTree(root).write(where, encoding="utf-8", xml_declaration=True)
    except OSError as error:
        why = error.strerror or str(error)
        raise BadFile(text("recordings.not_written", path=where, why=why)) from error
    return where


def _suite(rehearsal: RehearsedRuns, script: str, number: int) -> Element:
    lines = [line for line in rehearsal.lines if line.script == script]
    errors = sum(not line.passed and _unanswered(line) for line in lines)
    rows = [row for line in lines for row in line.rows]
    suite = Element(
        "testsuite",
        id=str(number),
        name=_xml(rehearsal.titles.get(script) or script),
        package="glmkit.rehearsal",
        timestamp=min((row.date for row in rows), default="")[:19],
        hostname="localhost",
        tests=str(len(lines)),
        failures=str(sum(not line.passed for line in lines) - errors),
        errors=str(errors),
        skipped="0",
        time=f"{sum(map(_seconds, lines)):.3f}",
    )
    properties = SubElement(suite, "properties")
    for name, value in _facts(rehearsal, rows):
        SubElement(properties, "property", name=name, value=_xml(value))
    for line in lines:
        suite.append(_case(line))
    SubElement(suite, "system-out").text = _xml(rehearsal.stopped)
    SubElement(suite, "system-err").text = ""
    return suite


def _facts(rehearsal: RehearsedRuns, rows: list[RehearsedLine]) -> Iterator[tuple[str, str]]:
    for name in ("peer", "model", "network", "switches"):
        found = dict.fromkeys(str(getattr(row, name)) for row in rows)
        yield name, " + ".join(filter(None, found))
    yield "seed", rehearsal.seed
    yield "kit_version", version_of("glmkit")
    yield "language", language()
    yield "runs", str(rehearsal.runs)
    yield "at_least", str(rehearsal.at_least)


def _case(line: RepeatedLine) -> Element:
    name = _xml(f"{line.line}. {line.said}")[:_NAME]
    case = Element(
        "testcase",
        classname=_xml(f"glmkit.rehearsal.{line.script}"),
        name=name,
        time=f"{_seconds(line):.3f}",
    )
    if not line.passed:
        kind = "error" if _unanswered(line) else "failure"
        wrong = [each for row in line.rows for each in row.wrong]
        failed = SubElement(case, kind, message=_xml(wrong[0]), type=_kind(line))
        failed.text = _xml("\n".join(_unmet(line)))
    SubElement(case, "system-out").text = _xml("\n".join(_told(line)))
    return case


def _unanswered(line: RepeatedLine) -> bool:
    """Whether it never came to an answer that could be wrong."""
    return all(row.error for row in line.rows)


def _kind(line: RepeatedLine) -> str:
    """Which expectation failed first, by its key in the script."""
    row = next(row for row in line.rows if not row.passed)
    unmet = (each.key for each in row.expectations if not each.met)
    return "connection" if row.error else next(unmet, "answer")


def _unmet(line: RepeatedLine) -> Iterator[str]:
    yield text("rehearsal.passes", passes=line.passes, runs=len(line.rows))
    for row in line.rows:
        yield from (text("rehearsal.in_run", run=row.run, what=each) for each in row.wrong)


def _told(line: RepeatedLine) -> Iterator[str]:
    """What was said, heard and answered in each run."""
    for row in line.rows:
        wait = "–" if row.wait is None else f"{row.wait:.2f}"
        yield text(
            "rehearsal.told",
            run=row.run,
            said=row.said,
            heard=row.heard or "–",
            answered=row.answered or "–",
            wait=wait,
        )


def _seconds(line: RepeatedLine) -> float:
    return max(line.wait or 0.0, 0.0)


def _xml(words: str) -> str:
    """Words that XML can hold, without a key."""
    plain = whole_characters(mask(words))
    return _NOT_XML.sub(lambda found: f"\\x{ord(found[0]):02x}", plain)
