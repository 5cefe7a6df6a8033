"""What is known of a server so far: a folder with lines, one a finding, one a scene's cost.

``findings.jsonl`` begins with a line that says whom it is about.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from glmkit.errors import BadArgument, BadFile
from glmkit.texts import text

Outcome = Literal["held", "differed", "untestable"]
FINDINGS, REPORT = "findings.jsonl", "report.md"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one statement: what was seen, and when (ISO 8601)."""

    id: str
    outcome: Outcome
    seen: str
    at: str


class Record:
    """What is known of a server so far: a folder with lines, and what they add up to."""

    def __init__(self, folder: Path, about: Mapping[str, str]) -> None:
        self.folder, self.about = folder, dict(about)
        self.findings: dict[str, Verdict] = {}
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

    def add(self, finding: Verdict) -> Verdict:
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
            self.findings[line["id"]] = Verdict(**line)
        if "scene" in line:
            self.seconds += line["seconds"]
            self.yuan += line["yuan"]
