"""What works on this computer, and what to do otherwise: ``glm.doctor()``.

In a shell: ``glmkit doctor``.

Rules
- What can be tried is tried, not guessed from a version: the emulator is started and has a
  turn, MP3 is written and read, the service's door is knocked at.
- A line says what was looked at, what was found and, only where something is to do, what to do.
- ``missing`` is for what is needed here and now: where a key leads ``connect()`` to the service,
  that is the service, else it is the emulator. What could merely be better is a ``note``,
  and so is what was not looked at.
- Nothing hangs: what waits for others runs in a daemon thread with a deadline.
- No key is sent unless ``to`` says where to try it, and nothing is paid for unless somebody agreed.
- What is looked at may be broken in any way, so a check that fails is a line, not an exception.

Rooms: ``machine`` (Python, kernel, loop, front end, clocks), ``installed`` (packages, sound, fonts,
voices), ``network`` (key, proxies), ``service_answer`` (a knock, and its clock), ``access`` (what
the key may use, a paid turn), ``emulator_trial``; ``checks`` runs them all,
``check_guard`` one of them, ``report`` shows them.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

from glmkit.auth.masking import MaskedAddress, Secret
from glmkit.doctor import report
from glmkit.doctor.checks import run_checks
from glmkit.doctor.checks import run_checks as doctor
from glmkit.doctor.report import Check, Report

__all__ = ["Check", "Line", "Report", "doctor"]

Line = Check  # its name in earlier versions


if TYPE_CHECKING:  # to checkers a ModuleType has any name
    from glmkit.auth.credentials import Key, Token
    from glmkit.doctor.access import Agree

    _Module = object
else:
    _Module = ModuleType


class _DoctorModule(_Module):
    """This module, which can be called: ``glm.doctor()``."""

    if TYPE_CHECKING:  # what the module holds, for checkers of ``glm.NAME``
        Check, Line, Report = Check, Line, Report
        doctor = staticmethod(doctor)

    def __call__(
        self,
        *,
        offline: bool | None = None,
        to: str | None = None,
        api_key: Key | Token | Secret | str | None = None,
        paid_turn: bool | Agree = False,
    ) -> report.Report:
        """Check this computer for everything that glmkit needs.

        Takes about two seconds; a card in a cell. ``offline``: leave the service alone; None: if
        ``GLMKIT_OFFLINE`` is set. ``to``: try the key there, too (``"live"``, ``"zai"`` or a ws://
        or wss:// address): which models it may use, as far as connecting and configuring show it.
        ``api_key``: the key, else one that is found. ``paid_turn``: whether one shortest turn may
        be paid for, which alone shows a balance; or a function that is asked with the price.
        Raises BadArgument, BadKey.

        >>> glm.doctor().well
        True
        """
        to, api_key = MaskedAddress.of(to), None if api_key is None else Secret.of(api_key)
        return run_checks(offline=offline, to=to, api_key=api_key, paid_turn=paid_turn)


sys.modules[__name__].__class__ = _DoctorModule  # type: ignore[assignment]
