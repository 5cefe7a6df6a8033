"""What a checker is told by name, where a call takes ``**names``, is what the call takes."""

from __future__ import annotations

import inspect
from collections.abc import Collection
from dataclasses import fields

from glmkit import aio
from glmkit.emulator.launch import FaultSettings
from glmkit.emulator.options import Options
from glmkit.emulator.switches import EmulatorSwitches
from glmkit.lab.network_conditions import ConditionChanges, Direction
from glmkit.lab.rehearsal_runs import RehearsedSettings, rehearse
from glmkit.protocol.settings import NAMES, Changes, OtherSettings
from glmkit.session.asyncio_session import SayOptions
from glmkit.widgets.talk import Talk, TalkOptions
from tests.listed import check_each


def _keywords(call: object) -> set[str]:
    """What a call takes by name alone."""
    assert callable(call)
    taken = inspect.signature(call).parameters.values()
    return {each.name for each in taken if each.kind is each.KEYWORD_ONLY}


def _directions() -> set[str]:
    numbers = {each.name for each in fields(Direction)}
    return numbers | {f"{way}_{name}" for way in ("up", "down") for name in numbers}


def test_a_checker_knows_the_names_a_call_takes() -> None:
    """An emulator's switches, what is said and how, a condition's numbers, a session's settings."""
    connecting = _keywords(aio.connect) | set(NAMES)
    check_each(
        _names_are,
        [
            (EmulatorSwitches, Options.names()),
            (FaultSettings, ("after", "times")),
            (SayOptions, _keywords(aio.Session.say)),
            (TalkOptions, _keywords(Talk)),
            (ConditionChanges, _directions()),
            (Changes, NAMES),
            (OtherSettings, set(NAMES) - _keywords(aio.connect)),
            (RehearsedSettings, connecting - _keywords(rehearse)),
        ],
    )


def _names_are(typed: type, taken: Collection[str]) -> None:
    assert set(typed.__annotations__) == set(taken)
