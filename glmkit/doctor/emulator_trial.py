"""The emulator, tried: one more is started, asked something in writing, and ended.

In writing, because that goes through everything but the speech models, whose loading takes longer
than all the rest of the doctor; whether they are in place is a line of its own.
"""

from __future__ import annotations

from time import perf_counter
from typing import Any

from glmkit.auth.credentials import Key
from glmkit.doctor.check_guard import failure
from glmkit.doctor.report import Check
from glmkit.errors import GlmError
from glmkit.texts import text

START_SECONDS, TURN_SECONDS = 10.0, 10.0


def emulator() -> Check:
    """Whether the emulator starts and answers, and how long that takes."""
    from glmkit.emulator.launch import Emulator

    start = perf_counter()
    try:
        with Emulator.start(timeout=START_SECONDS, pace=0) as started:
            ready = perf_counter() - start
            answered = _turn(started.url, started.key)
    except (GlmError, OSError) as error:
        todo = text("doctor.emulator_todo")
        return Check("emulator", "missing", failure(error), todo)
    facts = {"start_seconds": round(ready, 3), "turn_seconds": round(answered, 3)}
    found = text("doctor.emulator", start=f"{ready:.2f}", turn=f"{answered:.2f}")
    return Check("emulator", "ok", found, facts=facts)


def _turn(url: str, key: Key) -> float:
    """The seconds that a written turn takes."""
    from glmkit.session.blocking.blocking_session import connect

    words: dict[str, Any] = {"modalities": ("text",), "keep": "nothing", "timeout": TURN_SECONDS}
    with connect(url, api_key=key, **words) as session:
        start = perf_counter()
        session.ask("1 + 1 = ?", timeout=TURN_SECONDS)
        return perf_counter() - start
