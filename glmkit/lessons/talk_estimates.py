"""``glm.lessons.talk_estimate``: what a script would take of the live service, before it is played.

The sound is reckoned from the words; ``glm.lab.rehearse`` says it again from the sound itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from glmkit.lab.rehearsed_scripts import FoundScript, found_scripts
from glmkit.protocol.script import ScriptLine
from glmkit.session.budget import PRICES_OF, price
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.lab.rehearsed_scripts import ScriptSource

_MODEL: Final = "glm-realtime-flash"
_ANSWER: Final = 8.0  # seconds an answer may take, as a rehearsal reckons
_PAUSE: Final = 0.5  # seconds around a line
_HAN, _WORD = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z0-9']+")
_HAN_A_SECOND, _WORDS_A_SECOND = 4.0, 2.5


@dataclass(frozen=True, slots=True)
class TalkEstimate:
    """What a talk would take live.

    ``lines``: how many are said; ``minutes``: of sound, both ways; ``yuan``: by list prices, the
    bill is the service's; ``seen``: whether pictures go along, which cost more.
    """

    lines: int
    minutes: float
    yuan: float
    seen: bool

    def __repr__(self) -> str:
        key = "lessons.talk_seen" if self.seen else "lessons.talk_spoken"
        numbers = {"lines": self.lines, "minutes": self.minutes, "yuan": self.yuan}
        return text(key, model=_MODEL, date=PRICES_OF, **numbers)


def talk_estimate(script: ScriptSource | Sequence[ScriptSource]) -> TalkEstimate:
    """What the live service would take for a talk.

    Once through. ``script``: as ``glm.lab.rehearse`` takes it, a path, a name, or a list of them.
    Reckoned with glm-realtime-flash; nothing is sent. Raises BadArgument, BadFile.

    >>> glmkit.lessons.talk_estimate("service_desk")
    """
    found = found_scripts(script)
    minutes = [_minutes(each) for each in found]
    seen = [any(line.shows for line in each.script.says) for each in found]
    yuan = sum(m * price(_MODEL, video=v) for m, v in zip(minutes, seen, strict=True))
    lines = sum(len(each.script.says) for each in found)
    return TalkEstimate(lines, sum(minutes), yuan, any(seen))


def _minutes(found: FoundScript) -> float:
    return sum(_seconds(line) + _ANSWER for line in found.script.says) / 60


def _seconds(line: ScriptLine) -> float:
    """About how long it takes to say a line."""
    han, words = len(_HAN.findall(line.text)), len(_WORD.findall(line.text))
    return _PAUSE + han / _HAN_A_SECOND + words / _WORDS_A_SECOND
