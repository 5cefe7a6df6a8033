"""Statements 1 to 6: who is let in."""

from __future__ import annotations

from glmkit.verify.evidence import Evidence
from glmkit.verify.stating import states


def _upgrade(evidence: Evidence) -> str:
    status, code = evidence.facts["status"], evidence.facts["code"]
    return f"HTTP {status} {code}".strip()


def _let_in(evidence: Evidence) -> str:
    return evidence.need(evidence.facts["status"] == 101, _upgrade(evidence))


def _turned_away(evidence: Evidence, *codes: str) -> str:
    right = evidence.facts["status"] == 401 and evidence.facts["code"] in codes
    return evidence.need(right, _upgrade(evidence))


states("1", "with_key")(_let_in)
states("2", "with_token")(_let_in)
states("3", "with_expired_token")(lambda e: _turned_away(e, "1003"))
states("4", "with_nothing")(lambda e: _turned_away(e, "1001"))
states("5", "with_forged_token")(lambda e: _turned_away(e, *map(str, range(1000, 1006))))
states("6", "with_query")(_let_in)
