"""A run: scene after scene within a budget, each finding written down as soon as it is made.

``findings.jsonl`` in the run's folder holds one line a finding and one a scene's cost, after a
first line that says whom it is about. A second run with the same folder does only what is not
in it, and its budget counts what the first one spent. A scene begins only if the most it can
cost still fits.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from glmkit.session.address import Address
from glmkit.session.argument_checks import check_number
from glmkit.session.budget import price
from glmkit.turns.trace import Clock, Trace
from glmkit.verify.all_checks import SCENES, STATEMENTS
from glmkit.verify.evidence import Differs, Evidence, Untestable
from glmkit.verify.record import REPORT, Outcome, Record, Verdict
from glmkit.verify.report import write_report
from glmkit.verify.scene import Scene
from glmkit.verify.scene_client import SoundSpent, Stage
from glmkit.verify.statement import Statement

_ODD = (ValueError, TypeError, AttributeError, LookupError)  # what odd shapes of a server's raise


Tell = Callable[[Verdict], None]


async def verify_service(
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
    stage.spent = SoundSpent()
    try:
        evidence: Evidence | str = await scene.play(stage)
    except Untestable as reason:
        evidence = str(reason)
    finally:  # an interrupted scene costs, too
        spent = stage.spent.seconds
        record.spend(scene.name, spent, cost(scene, spent, stage.model))
    for each in open_ones:
        tell(record.add(judged(each, evidence)))


def judged(statement: Statement, evidence: Evidence | str) -> Verdict:
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
    return Verdict(statement.id, outcome, seen, datetime.now(UTC).isoformat(timespec="seconds"))
