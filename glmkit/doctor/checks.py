"""Everything the doctor looks at, in order; what waits for others is begun first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from glmkit import environment
from glmkit.auth.credentials import Key, Token, credential
from glmkit.auth.masking import MaskedAddress, Secret
from glmkit.auth.platforms import PLATFORMS
from glmkit.doctor import emulator_trial, installed, machine, network
from glmkit.doctor.check_guard import begin, looked, within
from glmkit.doctor.report import Check, Report
from glmkit.doctor.service_answer import answered, knock, service, skew
from glmkit.errors import BadArgument
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.doctor.access import Agree

FONT_SECONDS = 10.0  # matplotlib lists all fonts at its first use on a machine
VOICE_SECONDS = 5.0  # the cache may be on a network drive


def run_checks(
    *,
    offline: bool | None = None,
    to: str | None = None,
    api_key: Key | Token | Secret | str | None = None,
    paid_turn: bool | Agree = False,
) -> Report:
    """Check this computer for everything that glmkit needs.

    Takes about two seconds; a card in a cell. ``offline``: leave the service alone; None: if
    ``GLMKIT_OFFLINE`` is set. ``to``: try the key there, too: ``"live"``, ``"zai"`` (unverified) or
    a ws:// or wss:// address; it is connected with and each model configured, which shows what the
    key may use. ``api_key``: the key, else one that is found. ``paid_turn``: whether one shortest
    turn may be paid for, which alone shows a balance; or a function that is asked with the price.
    Raises BadArgument, BadKey.

    >>> glm.doctor().well
    True
    """
    start, api_key = perf_counter(), None if api_key is None else Secret.of(api_key)
    to = MaskedAddress.of(to)
    if not (to in (None, "emulator", *PLATFORMS) or (isinstance(to, str) and "://" in to)):
        raise BadArgument(text("doctor.to", found=to))
    key = None if api_key is None else credential(api_key)
    offline = environment.offline() if offline is None else offline
    agree = paid_turn if callable(paid_turn) else lambda _: bool(paid_turn)
    lines = tuple(_lines(offline, to, key, agree))
    return Report(lines, seconds=perf_counter() - start)


def _lines(
    offline: bool, to: str | None, given: Key | Token | None, agree: Agree
) -> Iterator[Check]:
    key = looked("key", partial(network.key, to, given), needed=True)
    live = network.leads_live(key)
    knocked = begin(partial(knock, to, offline=offline))
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
    reached = looked("service", lambda: service(answered(knocked, to), live=live), needed=live)
    yield reached
    yield looked("skew", lambda: skew(answered(knocked, to), live=live))
    if to is not None and to != "emulator":
        usable = key.level == "ok" and reached.level != "missing" and not offline
        yield from _access(to, given, agree, usable)
    yield looked("ticks", machine.ticks)


def _access(to: str, given: Key | Token | None, agree: Agree, usable: bool) -> Iterator[Check]:
    """What the key may use there, and what pays for it; nothing is sent where it is of no use."""
    from glmkit.doctor.access import Access, untried

    if not usable:
        yield untried()
        return
    access = Access(to, given)
    yield looked("models", access.models, needed=True)
    yield looked("balance", partial(access.balance, agree))
