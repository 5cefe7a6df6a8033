"""What goes wrong on purpose: each fault by name, set and cleared while the server runs.

``set("latency", value=0.2)``; ``set("cut", after=2, times=1)``: after two pieces of sound, and
only once. On the command line: ``--fault latency=0.2 --fault cut,after=2,times=1``. Where each
one strikes is said in ``TABLE``; ``glm.emulator().faults`` shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from glmkit.errors import BadArgument
from glmkit.texts import text

Name = Literal[
    "unauthorized",
    "busy",
    "bad_model",
    "arrears",
    "reconnect_exceeded",
    "no_heartbeat",
    "rate_limit",
    "empty_reply",
    "failed_reply",
    "close_1011",
    "cut",
    "stall",
    "malformed",
    "unknown_event",
    "split_samples",
    "latency",
    "jitter",
    "slow_link",
    "duplicate",
    "reorder",
]

#: Fault → what its value is when none is given. What it does is the text ``emulator.fault_NAME``.
DEFAULTS: Mapping[str, float | str] = {
    "unauthorized": "1002",
    "busy": "1302",
    "bad_model": "1234",
    "arrears": "1113",
    "reconnect_exceeded": 0.13,
    "no_heartbeat": 1,
    "rate_limit": 50,
    "empty_reply": 1,
    "failed_reply": "500",
    "close_1011": 1,
    "cut": 1,
    "stall": 1,
    "malformed": 1,
    "unknown_event": 1,
    "split_samples": 1,
    "latency": 0.2,
    "jitter": 0.1,
    "slow_link": 50_000,
    "duplicate": 1,
    "reorder": 1,
}
SHAPING = frozenset({"latency", "jitter", "slow_link", "duplicate", "reorder"})
"""Faults of the way there: they change when and how events are sent, not which."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: its value, the piece of sound it waits for, how often it may still strike."""

    name: str
    value: float | str
    after: int = 1
    times: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The settings as JSON."""
        return {"value": self.value, "after": self.after, "times": self.times}


class Faults:
    """The faults of one server."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._active = {fault.name: fault for fault in faults}

    @classmethod
    def parse(cls, words: Iterable[str]) -> Faults:
        """Faults as the command line has them. Raises BadArgument for an unknown one."""
        return cls(_parse(each) for each in words)

    def set(self, fault: str, **settings: Any) -> dict[str, Any]:
        """Sets ``fault``; the settings now in force."""
        made = _fault(fault, settings)
        self._active[fault] = made
        return made.to_json()

    def clear(self, fault: str | None = None) -> None:
        """Ends one fault, or all of them."""
        if fault is None:
            self._active.clear()
            return
        _known(fault)
        self._active.pop(fault, None)

    def active(self) -> dict[str, dict[str, Any]]:
        """The faults set now, with their settings."""
        return {name: fault.to_json() for name, fault in self._active.items()}

    def get(self, fault: Name) -> Fault | None:
        """The fault if it is set; it is not counted as having struck."""
        return self._active.get(fault)

    def number(self, fault: Name) -> float:
        """The fault's value as a number, 0.0 where it is not set."""
        found = self._active.get(fault)
        return float(found.value) if found else 0.0

    def strike(self, fault: Name) -> Fault | None:
        """The fault if it strikes now; counts it."""
        found = self._active.get(fault)
        if found is not None and found.times is not None:
            self._count(found, found.times - 1)
        return found

    @property
    def shaping(self) -> bool:
        """Whether any fault changes when and how events are sent."""
        return not SHAPING.isdisjoint(self._active)

    def _count(self, fault: Fault, left: int) -> None:
        if left <= 0:
            del self._active[fault.name]
        else:
            self._active[fault.name] = Fault(fault.name, fault.value, fault.after, left)


def _parse(words: str) -> Fault:
    head, *rest = words.split(",")
    name, has_value, value = head.partition("=")
    settings = dict(part.strip().partition("=")[::2] for part in rest)
    if has_value:
        settings["value"] = value
    return _fault(name.strip().replace("-", "_"), settings)


def _fault(name: str, settings: Mapping[str, Any]) -> Fault:
    _known(name)
    if unknown := set(settings) - {"value", "after", "times"}:
        raise BadArgument(text("emulator.fault_setting", name=name, found=", ".join(unknown)))
    value, times = settings.get("value"), settings.get("times")
    return Fault(
        name,
        DEFAULTS[name] if value is None else _value(name, value),
        _whole(name, settings.get("after", 1)),
        None if times is None else _whole(name, times),
    )


def _value(name: str, value: object) -> float | str:
    if isinstance(DEFAULTS[name], str):
        return str(value)
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        number = -1.0
    if not 0 <= number < 1e9:
        raise BadArgument(text("emulator.fault_value", name=name, found=value))
    return number


def _whole(name: str, value: object) -> int:
    number = _value("cut", value)
    if not isinstance(number, float) or number < 1 or number != int(number):
        raise BadArgument(text("emulator.fault_value", name=name, found=value))
    return int(number)


def _known(name: str) -> None:
    if name not in DEFAULTS:
        raise BadArgument(text("emulator.fault", found=name, known=", ".join(get_args(Name))))
