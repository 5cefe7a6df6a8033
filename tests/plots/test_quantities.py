"""Which unit a column's name tells, and which it doesn't."""

from __future__ import annotations

from glmkit.plots.quantities import quantity_of
from glmkit.turns.column_units import unit_of
from tests.listed import check_each


def test_a_name_tells_its_unit_or_none() -> None:
    """Units behind a quantity; no plurals, no rates, no letters alone."""
    units = {
        "seconds": "cost_s pause_S wait_seconds first_audible took late loss_s 等待_秒 seconds",
        "milliseconds": "lead_ms times_ms 停顿_毫秒 ms",
        "hertz": "pitch_hz pitch_Hz 音高_赫兹",
        "decibels": "level_db level_dBFS",
        "yuan": "yuan price_yuan 费用_元",
        "": "thanks_s words_s s _s n_s words_per_s tokens_per_ms words_per_yuan cer wer 每_秒",
    }
    cases = [(name, unit) for unit, names in units.items() for name in names.split()]
    check_each(_tells, cases)


def _tells(name: str, unit: str) -> None:
    assert unit_of(name) == unit, (unit_of(name), unit)
    assert quantity_of(name).unit == unit
