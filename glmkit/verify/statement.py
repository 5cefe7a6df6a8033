"""``Statement``: what is documented or was observed, and what in the evidence shows it.

Each row is a statement's number, the scene it needs, and its check: the check gives what was
seen, in the protocol's words, and raises Differs where that is something else. The sentences are
``verify.sNN`` and, of the probes, ``verify.dNN``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from glmkit.texts import text
from glmkit.verify.evidence import Evidence, Untestable

Check = Callable[[Evidence], str]


@dataclass(frozen=True, slots=True)
class Statement:
    """One row."""

    id: str
    scene: str
    check: Check

    @property
    def sentence(self) -> str:
        """What is to be shown, in the reader's language."""
        id = self.id.lower()
        return text(f"verify.d{id[1:]}" if id.startswith("d") else f"verify.s{id}")


#: Statements no scene can show: each with its reason, ``verify.not_ID``.
NOT_TESTABLE = ("36", "47", "66", "93")


def states(id: str, scene: str, step: str = "") -> Callable[[Check], Statement]:
    """Makes a statement of a check; it is given the evidence of one step, or of all."""

    def made(check: Check) -> Statement:
        def of_step(evidence: Evidence) -> str:
            return check(evidence.part(step) if step else evidence)

        return Statement(id, scene, of_step)

    return made


# -- checks that several statements share ----------------------------------------------------


def error(e: Evidence) -> str:
    """There is an error, of whatever code."""
    return f"error {e.error().get('code')}"


def refused(e: Evidence) -> str:
    """An error and no session.updated."""
    seen = error(e)
    return seen if not e.of("session.updated") else str(e.differ("session.updated"))


def completed(e: Evidence) -> str:
    """A response that was not cut short."""
    status = e.done().get("status")
    return e.need(status == "completed", f"response.done {status}")


def reason(e: Evidence, status: str, *reasons: str) -> str:
    """A response that ended so, and says why. Raises Untestable where it ended otherwise."""
    done = e.done()
    if done.get("status") != status:
        raise Untestable(f"response.done {done.get('status')}")
    details = done.get("status_details")
    found = details.get("reason") if isinstance(details, dict) else None
    return e.need(found in reasons, f"response.done {status}, reason {found}")


def nothing(e: Evidence, *starts: str) -> str:
    """No event whose type begins so."""
    found = [kind for kind in e.types() if kind.startswith(starts)]
    return e.need(not found, ", ".join(found) or "nothing")


def client_vad(e: Evidence) -> str:
    """The echo names client VAD, or nothing."""
    detection = echo(e).get("turn_detection")
    kind = detection.get("type") if isinstance(detection, dict) else detection
    return e.need(kind in (None, "client_vad"), f"turn_detection {kind}")


def echo(e: Evidence) -> dict[str, Any]:
    """The configuration the service said it has. Raises Differs where it said nothing."""
    return e.first("session.updated").inner("session")
