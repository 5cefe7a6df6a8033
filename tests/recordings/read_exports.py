"""Strict readers of the formats that a trace is exported to: what breaks a rule fails."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

Json = dict[str, Any]
#: What the Trace Event Format asks of each phase, besides ``ph``, ``pid`` and ``name``.
REQUIRED = {
    "M": {"args"},
    "X": {"ts", "dur", "tid"},
    "i": {"ts", "tid", "s"},
    "C": {"ts", "args"},
    "s": {"ts", "tid", "id", "cat"},
    "f": {"ts", "tid", "id", "cat", "bp"},
}


@dataclass(frozen=True)
class Lanes:
    """A trace of events, checked: slices by the name of their lane, instants, arrows, notes."""

    slices: dict[str, list[Json]]
    instants: list[Json]
    counters: list[Json]
    arrows: list[tuple[Json, Json]]
    process: str
    about: Json


def read_trace_events(path: Path) -> Lanes:
    """The lanes of a ``.json``. Fails where a rule of the format is broken."""
    document = json.loads(path.read_text(encoding="utf-8"), parse_constant=_refuse)
    events = document["traceEvents"]
    for event in events:
        assert {"ph", "pid", "name"} <= set(event), event
        assert REQUIRED[event["ph"]] <= set(event), event
        assert all(isinstance(event.get(k, 0), int) for k in ("ts", "dur", "pid", "tid"))
        assert min(event.get("ts", 0), event.get("dur", 0)) >= 0, event
    named = {e["tid"]: e["args"]["name"] for e in events if e["name"] == "thread_name"}
    orders = {e["tid"]: e["args"]["sort_index"] for e in events if e["name"] == "thread_sort_index"}
    of = {phase: [e for e in events if e["ph"] == phase] for phase in REQUIRED}
    assert set(orders) == set(named)
    assert len(set(orders.values())) == len(orders)
    assert {e["tid"] for e in of["X"] + of["i"] + of["s"] + of["f"]} <= set(named)
    assert all(isinstance(v, int) for e in of["C"] for v in e["args"].values())
    for thread in named:
        _check_nesting([e for e in of["X"] if e["tid"] == thread])
    slices = defaultdict(list)
    for event in of["X"]:
        slices[named[event["tid"]]].append(event)
    process = next(e["args"]["name"] for e in events if e["name"] == "process_name")
    arrows = list(_arrows(of["s"], of["f"], of["X"]))
    return Lanes(dict(slices), of["i"], of["C"], arrows, process, document["otherData"])


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is no JSON")


def _check_nesting(slices: list[Json]) -> None:
    ends: list[int] = []
    for each in sorted(slices, key=lambda e: (e["ts"], -e["dur"])):
        while ends and ends[-1] <= each["ts"]:
            ends.pop()
        assert not ends or each["ts"] + each["dur"] <= ends[-1], f"reaches out: {each}"
        ends.append(each["ts"] + each["dur"])


def _arrows(
    starts: list[Json], ends: list[Json], slices: list[Json]
) -> Iterator[tuple[Json, Json]]:
    assert sorted(e["id"] for e in starts) == sorted(e["id"] for e in ends)
    assert len({e["id"] for e in starts}) == len(starts)
    for start in starts:
        [end] = [e for e in ends if e["id"] == start["id"]]
        assert (start["name"], start["cat"]) == (end["name"], end["cat"])
        assert start["ts"] <= end["ts"]
        assert end["bp"] == "e"
        for each in (start, end):
            around = [s for s in slices if s["tid"] == each["tid"]]
            assert any(s["ts"] <= each["ts"] <= s["ts"] + s["dur"] for s in around), each
        yield start, end


# -- beside both.wav -----------------------------------------------------------------------


def read_labels(path: Path) -> list[tuple[float, float, str]]:
    """An Audacity label track: (start, end, label) in seconds."""
    found = []
    for line in path.read_bytes().decode("utf-8").removesuffix("\n").split("\n"):
        start, end, label = line.split("\t")
        assert re.fullmatch(r"\d+\.\d+", start), line
        assert re.fullmatch(r"\d+\.\d+", end), line
        assert label
        found.append((float(start), float(end), label))
    assert found == sorted(found, key=lambda each: each[0])
    assert all(start <= end for start, end, _ in found)
    return found


Tier = list[tuple[float, float, str]]
_STRING = r'"((?:[^"]|"")*)"'


def read_textgrid(path: Path) -> dict[str, Tier]:
    """The tiers of a long TextGrid: (start, end, text), of a point both are its moment."""
    content = path.read_bytes().decode("utf-8")
    assert content.startswith('File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\n')
    tiers = re.split(r"\n    item \[\d+\]:\n", content)[1:]
    assert f"size = {len(tiers)}\n" in content
    end = float(re.findall(r"^xmax = ([\d.]+)$", content, re.MULTILINE)[0])
    return dict(_tier(tier, end) for tier in tiers)


def _tier(lines: str, end: float) -> tuple[str, Tier]:
    kind, name = (re.findall(rf"{key} = {_STRING}\n", lines)[0] for key in ("class", "name"))
    count = int(re.findall(r"(?:intervals|points): size = (\d+)", lines)[0])
    if kind == "TextTier":
        points = re.findall(rf"number = ([\d.]+)\s+mark = {_STRING}\n", lines + "\n")
        tier = [(float(at), float(at), _unquoted(mark)) for at, mark in points]
        moments = [at for at, _, _ in tier]
        assert moments == sorted(set(moments))
        assert all(0 <= at <= end for at in moments)
    else:
        pattern = rf"xmin = ([\d.]+)\s+xmax = ([\d.]+)\s+text = {_STRING}\n"
        found = re.findall(pattern, lines + "\n")
        tier = [(float(a), float(b), _unquoted(words)) for a, b, words in found]
        assert (tier[0][0], tier[-1][1]) == (0, end)
        assert all(a < b for a, b, _ in tier)
        assert all(one[1] == other[0] for one, other in pairwise(tier))
    assert len(tier) == count
    return name, tier


def _unquoted(words: str) -> str:
    return words.replace('""', '"')


def read_vtt(path: Path) -> tuple[str, list[tuple[float, float, str, str]]]:
    """The note of a WebVTT file, and its cues: (start, end, speaker, words)."""
    blocks = path.read_bytes().decode("utf-8").strip("\n").split("\n\n")
    assert blocks[0] == "WEBVTT"
    assert blocks[1].startswith("NOTE\n")
    assert "-->" not in blocks[1]
    cues = [_cue(block) for block in blocks[2:]]
    assert cues == sorted(cues, key=lambda cue: cue[0])
    return blocks[1].removeprefix("NOTE\n"), cues


def _cue(block: str) -> tuple[float, float, str, str]:
    clock = r"(\d\d+):([0-5]\d):([0-5]\d\.\d{3})"
    found = re.fullmatch(rf"{clock} --> {clock}\n<v ([^<>&\n]+)>([^<>\n]*)", block)
    assert found, block
    assert not re.search(r"&(?!amp;|lt;|gt;)", found[8])
    words = found[8].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    start, end = (
        int(found[n]) * 3600 + int(found[n + 1]) * 60 + float(found[n + 2]) for n in (1, 4)
    )
    assert start < end
    return start, end, found[7], words
