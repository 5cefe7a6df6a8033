"""Networks by name: what each direction of a line is like, and where its numbers come from.

A delay is one way, half of a round trip that was measured. What nobody measured as such is said
to be set by hand: good for seeing what it does, not for saying how a network is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final, TypedDict

from glmkit.errors import BadArgument
from glmkit.numeric import is_number
from glmkit.texts import text


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """One direction of a line.

    ``delay``: seconds that every byte takes. ``jitter``: up to so many seconds more, evenly
    spread. ``bandwidth``: bits a second, None: without limit. ``stall``: seconds for which
    nothing goes through, ``stall_every`` so many seconds on average.
    """

    delay: float = 0.0
    jitter: float = 0.0
    bandwidth: float | None = None
    stall: float = 0.0
    stall_every: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A network both ways: its name, from here to the service (``up``) and back (``down``)."""

    name: str
    up: Direction = Direction()
    down: Direction = Direction()
    source: str = ""

    @property
    def round_trip(self) -> float:
        """Seconds there and back, without jitter and stalls."""
        return self.up.delay + self.down.delay


def _both(name: str, source: str, *, round_trip: float, up: float, down: float, **more: float) -> (
    Condition
):  # fmt: skip
    """One whose delay is the same both ways; ``up`` and ``down`` in Mbit/s, times in seconds."""
    common: dict[str, Any] = {"delay": round_trip / 2, **more}
    return Condition(
        name=name,
        up=Direction(bandwidth=up * 1e6, **common),
        down=Direction(bandwidth=down * 1e6, **common),
        source=source,
    )


#: Name → what it is like. Mbit/s and seconds.
CONDITIONS: Final[Mapping[str, Condition]] = {
    each.name: each
    for each in (
        _both(
            "5g",
            "Kottkamp, Rohde & Schwarz, 2022: one way at most 7 ms down and 18 ms up in a public "
            "network; arXiv 2507.18834, 2025: 60 % of users below 50 Mbit/s. Uplink by hand",
            round_trip=0.025,
            up=20,
            down=50,
            jitter=0.005,
        ),
        _both(
            "5g-edge",
            "set by hand for the edge of a cell: an uplink that is scheduled late and repeated",
            round_trip=0.060,
            up=1,
            down=8,
            jitter=0.040,
            stall=0.3,
            stall_every=10,
        ),
        _both(
            "4g",
            "round trip: Catchpoint, 2013, median of pings over LTE 55 ms; WebPageTest's profile "
            "LTE: 12 Mbit/s both ways. Jitter by hand",
            round_trip=0.055,
            up=12,
            down=12,
            jitter=0.030,
        ),
        _both(
            "wifi-noon",
            "Pei and others, Tsinghua campus, INFOCOM 2016: the hop over Wi-Fi takes more than 20 "
            "ms for half of all packets, more than 100 ms for a tenth. The rest by hand",
            round_trip=0.040,
            up=5,
            down=10,
            jitter=0.040,
            stall=0.25,
            stall_every=3,
        ),
        _both(
            "3g",
            "WebPageTest's profile 3G: 300 ms there and back, 1.6 Mbit/s down, 768 kbit/s up",
            round_trip=0.300,
            up=0.768,
            down=1.6,
        ),
        _both(
            "satellite",
            "Huston, APNIC, 2022: about 600 ms there and back over a geostationary satellite; "
            "a line of 100 Mbit/s down, 10 up",
            round_trip=0.600,
            up=10,
            down=100,
        ),
        Condition(name="unshaped", source="nothing is changed: what the line itself costs"),
    )
}
_FIELDS: Final = tuple(each.name for each in fields(Direction))


class ConditionChanges(TypedDict, total=False):
    """What can be changed in a condition: each number both ways, up, or down."""

    delay: float
    jitter: float
    stall: float
    stall_every: float | None
    bandwidth: float | None
    up_delay: float
    up_jitter: float
    up_stall: float
    up_stall_every: float | None
    up_bandwidth: float | None
    down_delay: float
    down_jitter: float
    down_stall: float
    down_stall_every: float | None
    down_bandwidth: float | None


def condition(name: str, changes: Mapping[str, float | None]) -> Condition:
    """The condition of this name, with ``changes``: ``delay=0.1`` both ways, ``up_delay=0.1``.

    Raises BadArgument.
    """
    found = CONDITIONS.get(name.strip().lower()) if isinstance(name, str) else None
    if found is None:
        raise BadArgument(text("lab.network_name", found=name, names=", ".join(CONDITIONS)))
    if not changes:
        return found
    ways = {"up": found.up, "down": found.down}
    for option, value in changes.items():
        for way, part in _parts(option):
            _check(option, part, value)
            changed: dict[str, Any] = {part: value}
            ways[way] = replace(ways[way], **changed)
    _check_stalls(ways, changes)
    named = ", ".join(f"{option}={value:.12g}" if value is not None else f"{option}=None"
                      for option, value in changes.items())  # fmt: skip
    return replace(found, name=f"{found.name} ({named})", up=ways["up"], down=ways["down"])


def _parts(option: str) -> list[tuple[str, str]]:
    """The directions an option changes, and what of each."""
    way, _, part = option.partition("_")
    if way in ("up", "down") and part in _FIELDS:
        return [(way, part)]
    if option in _FIELDS:
        return [("up", option), ("down", option)]
    known = ", ".join([*_FIELDS, *(f"up_{each}" for each in _FIELDS)])
    raise BadArgument(text("lab.network_option", found=option, names=f"{known}, down_…"))


def _check_stalls(ways: Mapping[str, Direction], changes: Mapping[str, float | None]) -> None:
    """Raises BadArgument for stalls that a name would state, and a line would not have."""
    for option, value in changes.items():
        for way, part in _parts(option):
            line = ways[way]
            never = line.stall_every is None if part == "stall" else not line.stall
            if part in ("stall", "stall_every") and value and never:
                raise BadArgument(text("lab.network_stall", name=option, found=value, way=way))


def _check(option: str, part: str, value: float | None) -> None:
    may_be_none = part in ("bandwidth", "stall_every")
    if value is None and may_be_none:
        return
    good = is_number(value) and math.isfinite(value) and value >= 0
    if not good or (may_be_none and value == 0):  # nothing would ever come through
        raise BadArgument(text("lab.network_value", name=option, found=value))
