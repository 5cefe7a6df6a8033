"""Everything the doctor looks at, in order; what waits for others is begun first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from time import perf_counter

from glmkit import environment
from glmkit.doctor import emulator_trial, installed, machine, network
from glmkit.doctor.check_guard import begin, looked, within
from glmkit.doctor.report import Check, Report

FONT_SECONDS = 10.0  # matplotlib lists all fonts at its first use on a machine
VOICE_SECONDS = 5.0  # the cache may be on a network drive


def run_checks(*, offline: bool | None = None) -> Report:
    """Check this computer for everything that glmkit needs.

    Takes about two seconds; a card in a cell. ``offline``: leave the service alone; None: if
    ``GLMKIT_OFFLINE`` is set.

    >>> glm.doctor().well
    True
    """
    start = perf_counter()
    lines = tuple(_lines(environment.offline() if offline is None else offline))
    return Report(lines, seconds=perf_counter() - start)


def _lines(offline: bool) -> Iterator[Check]:
    key = looked("key", network.key, needed=True)
    live = network.leads_live(key)
    knock = begin(partial(network.knock, offline=offline))
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
    yield looked("emulator", emulator_trial.emulator, needed=True)
    yield key
    yield looked("proxy", network.proxy)
    yield looked(
        "service", lambda: network.service(network.answered(knock), live=live), needed=live
    )
    yield looked("skew", lambda: network.skew(network.answered(knock), live=live))
    yield looked("ticks", machine.ticks)
