"""What goes wrong on purpose: each fault by name, set and cleared while the server runs.

``set("latency", value=0.2)``; ``set("cut", after=2, times=1)``: after two pieces of sound, and
only once. On the command line: ``--fault latency=0.2 --fault cut,after=2,times=1``. ``TABLE`` says
what each may be told, the texts ``faults.does_NAME`` where it strikes; ``glm.emulator().faults``
shows both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from glmkit.errors import BadArgument
from glmkit.texts import text

Name = Literal[
    "unauthorized",
    "busy",
    "gateway",
    "bad_model",
    "arrears",
    "reconnect_exceeded",
    "no_heartbeat",
    "late_hearing",
    "rate_limit",
    "empty_reply",
    "failed_reply",
    "close_1011",
    "cut",
    "stall",
    "vad_deaf",
    "malformed",
    "unknown_event",
    "split_samples",
    "latency",
    "jitter",
    "slow_link",
    "duplicate",
    "reorder",
]


@dataclass(frozen=True, slots=True)
class Kind:
    """What one fault may be told.

    ``value`` is the one it has when none is given, None where it takes none; ``after`` whether it
    waits for a piece of sound, ``times`` whether it strikes once at a time and can be counted;
    ``among`` what its value may be, where not any number makes sense.
    """

    value: float | str | None = None
    after: bool = False
    times: bool = True
    among: range | None = None

    @property
    def settings(self) -> tuple[str, ...]:
        """The names of its settings."""
        takes = {"value": self.value is not None, "after": self.after, "times": self.times}
        return tuple(name for name, taken in takes.items() if taken)


TABLE: Mapping[str, Kind] = {
    "unauthorized": Kind("1002"),
    "busy": Kind("1302"),
    "gateway": Kind(502, among=range(400, 600)),
    "bad_model": Kind("1234"),
    "arrears": Kind("1113"),
    "reconnect_exceeded": Kind(),
    "no_heartbeat": Kind(times=False),
    "late_hearing": Kind(6.0, times=False),
    "rate_limit": Kind(50, times=False),
    "empty_reply": Kind(),
    "failed_reply": Kind("500"),
    "close_1011": Kind(after=True),
    "cut": Kind(after=True),
    "stall": Kind(after=True),
    "vad_deaf": Kind("tools"),
    "malformed": Kind(after=True),
    "unknown_event": Kind(after=True),
    "split_samples": Kind(times=False),
    "latency": Kind(0.2, times=False),
    "jitter": Kind(0.1, times=False),
    "slow_link": Kind(50_000, times=False),
    "duplicate": Kind(times=False),
    "reorder": Kind(times=False),
}
SHAPING = frozenset({"latency", "jitter", "slow_link", "duplicate", "reorder"})
"""Faults of the way there: they change when and how events are sent, not which."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: its value, the piece of sound it waits for, how often it may still strike."""

    name: str
    value: float | str | None
    after: int = 1
    times: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The settings it has, as JSON."""
        return {name: getattr(self, name) for name in TABLE[self.name].settings}


class Faults:
    """The faults of one server."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._active = {fault.name: fault for fault in faults}

    @classmethod
    def parse(cls, words: Iterable[str]) -> Faults:
        """Faults as the command line has them. Raises BadArgument for an unknown one."""
        return cls(_parse(each) for each in words)

    @classmethod
    def from_json(cls, faults: Mapping[str, Any]) -> Faults:
        """Faults as ``active()`` gives them; a bare value stands for its settings.

        Raises BadArgument for an unknown one.
        """
        return cls(_fault(name, _settings(given)) for name, given in faults.items())

    def __bool__(self) -> bool:
        """Whether any is set."""
        return bool(self._active)

    def set(self, fault: str, **settings: Any) -> dict[str, Any]:
        """Sets ``fault``; the settings now in force. Raises BadArgument for one it has not."""
        made = _fault(fault, settings)
        self._active[fault] = made
        return made.to_json()

    def add(self, faults: Faults) -> None:
        """Sets ``faults`` besides those that are set."""
        self._active |= faults._active

    def replace(self, faults: Faults) -> None:
        """Sets ``faults``, and no others."""
        self._active = dict(faults._active)

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
        return float(found.value or 0.0) if found else 0.0

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


def _settings(given: object) -> Mapping[str, Any]:
    return given if isinstance(given, Mapping) else {"value": given}


def _fault(name: str, settings: Mapping[str, Any]) -> Fault:
    _known(name)
    kind = TABLE[name]
    given = {setting: value for setting, value in settings.items() if value is not None}
    if unknown := set(given) - set(kind.settings):
        raise BadArgument(_needless(name, ", ".join(sorted(unknown))))
    times = given.get("times")
    return Fault(
        name,
        _value(name, given["value"]) if "value" in given else kind.value,
        _whole(name, given.get("after", 1)),
        None if times is None else _whole(name, times),
    )


def _needless(name: str, found: str) -> str:
    if not (known := TABLE[name].settings):
        return text("faults.bare", name=name, found=found)
    return text("faults.setting", name=name, found=found, known=", ".join(known))


def _value(name: str, value: object) -> float | str:
    kind = TABLE[name]
    if isinstance(kind.value, str):
        return str(value)
    number = _number(name, value)
    if kind.among is not None and number not in kind.among:
        raise BadArgument(text("faults.value", name=name, found=value))
    return number


def _whole(name: str, value: object) -> int:
    number = _number(name, value)
    if number < 1 or number != int(number):
        raise BadArgument(text("faults.value", name=name, found=value))
    return int(number)


def _number(name: str, value: object) -> float:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        number = -1.0
    if not 0 <= number < 1e9:
        raise BadArgument(text("faults.value", name=name, found=value))
    return number


def _known(name: object) -> None:
    if not isinstance(name, str) or name not in TABLE:
        raise BadArgument(text("faults.unknown", found=name, known=", ".join(TABLE)))


def listing(url: str, active: Mapping[str, Mapping[str, Any]]) -> str:
    """Every fault, its settings and what it does, to be read; those of ``active`` are marked."""
    rows = [
        ("●" if name in active else " ", name, _shown(active.get(name) or fault.to_json()))
        for name, fault in ((name, _fault(name, {})) for name in TABLE)
    ]
    names, settings = (max(len(row[column]) for row in rows) + 2 for column in (1, 2))
    return "\n".join(
        [text("faults.title", url=url), text("faults.legend"), ""]
        + [
            f"{mark} {name.ljust(names)}{shown.ljust(settings)}{text(f'faults.does_{name}')}"
            for mark, name, shown in rows
        ]
    )


def _shown(settings: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in settings.items())
