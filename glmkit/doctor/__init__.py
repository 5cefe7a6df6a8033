"""``glm.doctor()``, ``glmkit doctor``: what works here, and what to do about what doesn't.

Rules
- What can be tried is tried, not guessed from a version: the emulator is started and has a
  turn, MP3 is written and read, the service's door is knocked at.
- A line says what was looked at, what was found and, only where something is to do, what to do.
- ``missing`` is for what is needed here and now: where a key leads ``connect()`` to the service,
  that is the service, else it is the emulator. What could merely be better is a ``note``,
  and so is what was not looked at.
- Nothing hangs: what waits for others runs in a daemon thread with a deadline. No key is sent.
- What is looked at may be broken in any way, so a check that fails is a line, not an exception.

Rooms: ``machine`` (Python, kernel, loop, front end, clocks), ``installed`` (packages, sound, fonts,
voices), ``reach`` (key, proxies, the service), ``trial`` (the emulator); ``looking`` runs one
check, ``report`` and ``card`` show them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from time import perf_counter

from glmkit import surroundings
from glmkit.doctor import installed, machine, reach, trial
from glmkit.doctor.looking import begin, looked, within
from glmkit.doctor.report import Line, Report
from glmkit.upward import callable_module

__all__ = ["Line", "Report", "doctor"]

FONT_SECONDS = 10.0  # matplotlib lists all fonts at its first use on a machine
VOICE_SECONDS = 5.0  # the cache may be on a network drive


def doctor(*, offline: bool | None = None) -> Report:
    """Look at everything the kit needs here; takes about two seconds. A card in a cell.

    ``offline``: leave the service alone; None: if ``GLMKIT_OFFLINE`` is set.

    >>> glm.doctor().well
    True
    """
    start = perf_counter()
    lines = tuple(_lines(surroundings.offline() if offline is None else offline))
    return Report(lines, seconds=perf_counter() - start)


def _lines(offline: bool) -> Iterator[Line]:
    key = looked("key", reach.key, needed=True)
    live = reach.leads_live(key)
    knock = begin(partial(reach.knock, offline=offline))
    fonts, voices = begin(installed.fonts), begin(installed.voices)
    yield looked("python", machine.python, needed=True)
    yield looked("packages", installed.packages, needed=True)
    yield looked("kernel", machine.kernel)
    yield looked("loop", machine.loop)
    yield looked("front_end", machine.front_end)
    yield looked("widgets", installed.widgets, needed=True)
    yield looked("websockets", installed.websockets, needed=True)
    yield looked("sound", installed.sound, needed=True)
    yield looked("fonts", partial(within, fonts, FONT_SECONDS))
    yield looked("voices", partial(within, voices, VOICE_SECONDS))
    yield looked("emulator", trial.emulator, needed=True)
    yield key
    yield looked("proxy", reach.proxy)
    yield looked("service", lambda: reach.service(reach.answered(knock), live=live), needed=live)
    yield looked("skew", lambda: reach.skew(reach.answered(knock), live=live))
    yield looked("ticks", machine.ticks)


callable_module(__name__, "doctor")  # glm.doctor() is the doctor
