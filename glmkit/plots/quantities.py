"""What a column of a table holds: its name in words, its unit, and numbers written with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from glmkit.plots.drawing import fonts
from glmkit.texts import minus
from glmkit.turns.column_units import unit_of
from glmkit.turns.latency import STAGES

#: The lab's own columns, which have a name in words.
_NAMED: Final = frozenset(
    {"since_spoken", "round_trip", "took", "waited", "input_seconds", "audio_seconds", "tries"}
    | {"segments", "repetition", "cer", "wer", "words", "yuan"}
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A column's name in words, and its unit, ``seconds`` for one; "" where there is none."""

    name: str
    unit: str

    @property
    def title(self) -> str:
        """The name as a sentence begins with it."""
        return self.name[:1].upper() + self.name[1:]

    @property
    def axis(self) -> str:
        """The name with the unit, for an axis."""
        if self.unit in ("", "words"):
            return self.name
        unit = fonts.say(f"plots.unit_{self.unit}")
        return fonts.say("plots.axis_unit", name=self.name, unit=unit)

    def number(self, value: float, *, signed: bool = False) -> str:
        """A value without its unit, as long as it needs to be."""
        sign = "+" if signed else ""
        if self.unit == "seconds" and abs(value) < 1000:
            return minus(f"{value:{sign}.2f}")
        return minus(f"{value:{sign}.0f}" if abs(value) >= 1000 else f"{value:{sign}.3g}")

    def value(self, value: float, *, signed: bool = False) -> str:
        """A value with its unit."""
        written = self.number(value, signed=signed)
        return fonts.say(f"plots.in_{self.unit}", value=written) if self.unit else written


def quantity_of(column: str) -> Quantity:
    """What a column of that name holds."""
    if column in STAGES:
        return Quantity(fonts.say(f"plots.stage_{column}"), unit_of(column))
    return Quantity(
        fonts.say(f"plots.of_{column}") if column in _NAMED else column, unit_of(column)
    )
