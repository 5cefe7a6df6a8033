"""JUnit XML of a rehearsal: what a strict reader takes, with all that happened and no key."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from glmkit.errors import BadFile
from glmkit.lab.rehearsal import Rehearsal
from tests.lab.rehearsed import a_line, a_rehearsal, failed

#: Element → the attributes it must have, and what may be in it.
SCHEMA = {
    "testsuites": (set(), {"testsuite"}),
    "testsuite": (
        {"id", "name", "package", "timestamp", "hostname", "tests", "failures", "errors",
         "skipped", "time"},
        {"properties", "testcase", "system-out", "system-err"},
    ),
    "properties": (set(), {"property"}),
    "property": ({"name", "value"}, set()),
    "testcase": ({"classname", "name", "time"}, {"failure", "error", "system-out"}),
    "failure": ({"message", "type"}, set()),
    "error": ({"message", "type"}, set()),
    "system-out": (set(), set()),
    "system-err": (set(), set()),
}  # fmt: skip


def strictly(path: Path) -> Element:
    """The report, held against the schema: names, attributes, order, numbers that agree."""
    root = ElementTree.fromstring(path.read_bytes())
    for each in root.iter():
        attributes, inside = SCHEMA[each.tag]
        assert set(each.attrib) == attributes, each.tag
        assert {child.tag for child in each} <= inside, each.tag
    for suite in root:
        tags = list(dict.fromkeys(child.tag for child in suite))
        assert tags == ["properties", "testcase", "system-out", "system-err"]
        cases = suite.findall("testcase")
        for kind in ("failure", "error"):
            name = "failures" if kind == "failure" else "errors"
            assert int(suite.attrib[name]) == sum(c.find(kind) is not None for c in cases)
        assert int(suite.attrib["tests"]) == len(cases)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.attrib["timestamp"])
        assert all(float(case.attrib["time"]) >= 0 for case in cases)
    return root


def test_a_case_is_a_line_and_fails_as_often_as_it_may_not(tmp_path: Path) -> None:
    """A flaky line that passed often enough is no failure; its runs are told all the same."""
    found = a_rehearsal({1: 5, 2: 4, 3: 1}, at_least=4)
    [suite] = strictly(found.junit(tmp_path / "x.xml"))
    first, second, third = suite.findall("testcase")
    assert (first.find("failure"), second.find("failure")) == (None, None)
    failure = third.find("failure")
    assert failure is not None
    assert "passed in 1 of 5 runs" in (failure.text or "")
    assert failure.attrib["type"] == "words"
    assert (second.findtext("system-out") or "").count("\n") == 4
    facts = {each.attrib["name"]: each.attrib["value"] for each in suite.iter("property")}
    assert (facts["peer"], facts["model"], facts["at_least"]) == ("emulator", "m", "4")
    assert set(facts) >= {"network", "switches", "seed", "kit_version", "runs"}


def test_whatever_is_said_can_be_read(tmp_path: Path) -> None:
    """Control characters, halves of characters, markup, keys: escaped or masked."""
    key = "0123456789abcdef0123456789abcdef.ABCDEFGHIJKLMNOP"
    evil = f"a\x00b\x1b[31m<&\"'>]]>\ud83d \ufffe {key}"
    rows = (
        a_line(1, said=evil, answered=evil, **failed()),
        a_line(2, error=evil, answered="", wait=None),
    )
    found = Rehearsal(rows, titles={"talk": evil}, stopped=evil, seed=evil)
    path = found.junit(tmp_path / "报告 1.xml")
    [suite] = strictly(path)
    written = path.read_text(encoding="utf-8")
    assert key not in written
    assert r"a\x00b\x1b[31m" in written
    assert suite.attrib["errors"] == "1"
    assert suite.findall("testcase")[1].find("error") is not None


def test_scripts_are_suites(tmp_path: Path) -> None:
    """Each with its own numbers."""
    rows = a_rehearsal({1: 1, 2: 0}, runs=1).rows
    other = tuple(replace(row, script="other") for row in rows)
    found = Rehearsal((*rows, *other), titles={"talk": "Talk"})
    suites = [*strictly(found.junit(tmp_path / "x.xml"))]
    assert [suite.attrib["name"] for suite in suites] == ["Talk", "other"]
    assert [suite.attrib["failures"] for suite in suites] == ["1", "1"]


def test_a_file_that_cannot_be_is_told(tmp_path: Path) -> None:
    """With its name and the reason."""
    with pytest.raises(BadFile, match="none"):
        a_rehearsal({1: 5}).junit(tmp_path / "none" / "x.xml")
