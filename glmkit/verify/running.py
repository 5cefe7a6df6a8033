"""A run: scene after scene within a budget, each finding written down as soon as it is made.

``findings.jsonl`` in the run's folder holds one line a finding and one a scene's cost, after a
first line that says whom it is about. A second run with the same folder does only what is not
in it, and its budget counts what the first one spent. A scene begins only if the most it can
cost still fits.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from glmkit.address import Address
from glmkit.budget import price
from glmkit.checks import check_number
from glmkit.errors import BadArgument, BadFile
from glmkit.texts import text
from glmkit.trace import Clock, Trace
from glmkit.verify.caller import Spent, Stage
from glmkit.verify.evidence import Differs, Evidence, Untestable
from glmkit.verify.report import write_report
from glmkit.verify.scenes import SCENES
from glmkit.verify.staging import Scene
from glmkit.verify.statements import STATEMENTS
from glmkit.verify.stating import Statement

Outcome = Literal["held", "differed", "untestable"]
FINDINGS, REPORT = "findings.jsonl", "report.md"
_ODD = (ValueError, TypeError, AttributeError, LookupError)  # what odd shapes of a server's raise


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one statement: what was seen, and when (ISO 8601)."""

    id: str
    outcome: Outcome
    seen: str
    at: str


Tell = Callable[[Finding], None]


async def verify(
    address: Address,
    folder: Path,
    *,
    model: str,
    yuan: float,
    quiet: float = 1.0,
    patience: float = 20.0,
    tell: Tell = lambda finding: None,
) -> Path:
    """Check every statement that ``folder`` does not know yet; the report's path.

    ``yuan`` is the most that may be spent, earlier runs of the folder included (an estimate, see
    ``budget``); ``quiet``: seconds without an event after which nothing more is expected;
    ``patience``: seconds an event is waited for. Raises BadArgument for a folder about somebody
    else, and what connecting raises; what was found before is kept.
    """
    check_number("yuan", yuan)
    record = Record.opened(folder, peer=address.peer, url=address.url, model=model)
    clock = Clock(time.time(), time.perf_counter())
    trace = Trace(clock, peer=address.peer, model=model)
    trace.about["address"] = address.url
    stage = Stage(address, trace, model=model, quiet=quiet, patience=patience)
    try:
        for scene in _order():
            await _play(scene, stage, record, yuan, tell)
    finally:
        if len(trace):
            trace.save(record.next_bundle())
        report = write_report(folder / REPORT, record)
    return report


def _order() -> Iterator[Scene]:
    """The scenes, those first that cost nothing: a budget should show as much as it can."""
    return iter(sorted(SCENES.values(), key=lambda scene: scene.seconds))


def cost(scene: Scene, seconds: float, model: str) -> float:
    """¥ for so many seconds of sound in a scene."""
    return seconds / 60 * price(model, video=scene.video)


async def _play(scene: Scene, stage: Stage, record: Record, yuan: float, tell: Tell) -> None:
    open_ones = [s for s in STATEMENTS if s.scene == scene.name and s.id not in record.findings]
    if not open_ones or record.yuan + cost(scene, scene.seconds, stage.model) > yuan:
        return
    stage.spent = Spent()
    try:
        evidence: Evidence | str = await scene.play(stage)
    except Untestable as reason:
        evidence = str(reason)
    finally:  # an interrupted scene costs, too
        spent = stage.spent.seconds
        record.spend(scene.name, spent, cost(scene, spent, stage.model))
    for each in open_ones:
        tell(record.add(judged(each, evidence)))


def judged(statement: Statement, evidence: Evidence | str) -> Finding:
    """What the evidence says about a statement; a text is why there is none."""
    outcome: Outcome = "held"
    try:
        if isinstance(evidence, str):
            raise Untestable(evidence)
        seen = statement.check(evidence)
    except Differs as difference:
        outcome, seen = "differed", str(difference)
    except Untestable as reason:
        outcome, seen = "untestable", str(reason)
    except _ODD as error:
        outcome, seen = "differed", f"{type(error).__name__}: {error}"[:80]
    return Finding(statement.id, outcome, seen, datetime.now(UTC).isoformat(timespec="seconds"))


class Record:
    """What is known of a server so far: a folder with lines, and what they add up to."""

    def __init__(self, folder: Path, about: Mapping[str, str]) -> None:
        self.folder, self.about = folder, dict(about)
        self.findings: dict[str, Finding] = {}
        self.yuan = self.seconds = 0.0

    @classmethod
    def opened(cls, folder: Path, *, peer: str, url: str, model: str) -> Record:
        """The record in ``folder``, a new one where there is none."""
        host = urlsplit(url).hostname or ""
        about = {"peer": peer, "host": host, "model": model}
        record = cls(folder, about)
        folder.mkdir(parents=True, exist_ok=True)
        if record.path.exists():
            record._read()
        else:
            record._write({"about": about})
        return record

    @property
    def path(self) -> Path:
        """The file of lines."""
        return self.folder / FINDINGS

    def add(self, finding: Finding) -> Finding:
        """Write a finding down."""
        self._write(asdict(finding))
        self.findings[finding.id] = finding
        return finding

    def spend(self, scene: str, seconds: float, yuan: float) -> None:
        """Write a scene's cost down."""
        self._write({"scene": scene, "seconds": round(seconds, 2), "yuan": round(yuan, 5)})
        self.seconds += seconds
        self.yuan += yuan

    def next_bundle(self) -> Path:
        """A name no recording of the folder has."""
        taken = len(list(self.folder.glob("verify-*.glm")))
        return self.folder / f"verify-{taken + 1}.glm"

    def _write(self, line: Mapping[str, Any]) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def _read(self) -> None:
        try:
            words = self.path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BadFile(text("verify.unreadable", path=self.path, why=error)) from error
        if words and not words.endswith("\n"):  # the last line of a run that was killed
            words = words[: words.rfind("\n") + 1]
            self.path.write_text(words, encoding="utf-8")
        try:
            known = [json.loads(line) for line in words.splitlines()]
        except ValueError as error:
            raise BadFile(text("verify.unreadable", path=self.path, why=error)) from error
        for line in known:
            self._learn(line)

    def _learn(self, line: dict[str, Any]) -> None:
        if "about" in line and line["about"] != self.about:
            found = " ".join(map(str, line["about"].values()))
            asked = " ".join(self.about.values())
            raise BadArgument(text("verify.other", folder=self.folder, found=found, asked=asked))
        if "outcome" in line:
            self.findings[line["id"]] = Finding(**line)
        if "scene" in line:
            self.seconds += line["seconds"]
            self.yuan += line["yuan"]
