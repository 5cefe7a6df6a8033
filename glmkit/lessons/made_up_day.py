"""A day as a watch would have measured it, made up: for functions that read a watch.

::

    day = glm.lessons.watch_day()
    day.at("18:30")                         # beats a minute
    glm.lessons.plot_day(day.slipped("18:30"))   # the same day, one reading ten times too high
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING, Final

import numpy as np

from glmkit.environment.features import needs
from glmkit.errors import BadArgument
from glmkit.numeric import is_number
from glmkit.plots.drawing import fonts
from glmkit.texts import text

needs("figures")
from glmkit.plots.drawing import style  # noqa: E402

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from glmkit.plots.drawing.palette import Palette, Theme

_READINGS: Final = 48  # one each half hour
_REST, _AWAKE, _SPORT, _AFTER_SPORT = 55.0, 74.0, 152, 118  # beats a minute
_WAKES, _SLEEPS, _RUNS = 7.0, 23.0, 18.5  # o'clock
_CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")
_MOST_SEED: Final = 2**32 - 1
#: What a heart can do at all, asleep or running: a reading outside of it is a mistake.
POSSIBLE: Final = range(25, 251)  # beats a minute


@dataclass(frozen=True, repr=False)
class WatchDay:
    """A made-up day of a watch.

    ``heart_rate``: beats a minute, one reading each half hour from midnight, 48 of them;
    ``steps``: in each of these half hours.
    """

    heart_rate: tuple[int, ...]
    steps: tuple[int, ...]

    def at(self, clock: str) -> int:
        """The heart rate at ``"18:30"``, in beats a minute. Raises BadArgument."""
        return self.heart_rate[_place(clock)]

    def slipped(self, clock: str) -> WatchDay:
        """The same day with the reading at ``clock`` ten times too high. Raises BadArgument.

        As where a decimal point is lost on the way.
        """
        rates, place = list(self.heart_rate), _place(clock)
        rates[place] *= 10
        return replace(self, heart_rate=tuple(rates))

    def __repr__(self) -> str:
        low, high = min(self.heart_rate), max(self.heart_rate)
        return text("lessons.day", low=low, high=high, steps=sum(self.steps))


def watch_day(seed: int = 12) -> WatchDay:
    """A day of a watch, made up.

    The same seed, the same day. ``seed``: a whole number from 0. Nobody's heart was measured.
    Raises BadArgument.
    """
    if not (isinstance(seed, int) and is_number(seed) and 0 <= seed <= _MOST_SEED):
        raise BadArgument(text("lessons.day_seed", found=seed))
    chance = Random(seed)
    half_hours = [n / 2 for n in range(_READINGS)]
    rates = [round(_usual(hour) + 10 * chance.random() - 5) for hour in half_hours]
    steps = [round(400 * chance.random()) + 20 if _awake(hour) else 0 for hour in half_hours]
    run = round(2 * _RUNS)
    rates[run : run + 2], steps[run] = [_SPORT, _AFTER_SPORT], 3100
    return WatchDay(tuple(rates), tuple(steps))


def _awake(hour: float) -> bool:
    return _WAKES <= hour < _SLEEPS


def _usual(hour: float) -> float:
    return _AWAKE if _awake(hour) else _REST


def _place(clock: object) -> int:
    """Which reading is the last one at a time of day."""
    found = _CLOCK.fullmatch(clock.strip()) if isinstance(clock, str) else None
    if found is None:
        raise BadArgument(text("lessons.day_clock", found=clock))
    return 2 * int(found[1]) + int(found[2]) // 30


def plot_day(day: WatchDay, *, ax: Axes | None = None, theme: Theme | None = None) -> Axes:
    """Draw a watch's day: heart rate above, steps below.

    A reading that no heart can have stands out. ``day``: from ``watch_day``. Raises BadArgument.
    """
    if not isinstance(day, WatchDay):
        raise BadArgument(text("lessons.day_what", found=type(day).__name__))
    ax, colours = style.axes_for(ax, theme, 10.0, 4.8)
    above, below = style.rows(ax, colours, (1.6, 1.0), gap=0.2)
    _draw_rates(above, colours, day)
    hours = np.arange(_READINGS) / 2
    below.bar(hours + 0.25, day.steps, width=0.42, color=colours.speech.fill)
    for each in (above, below):
        each.set_xlim(0, 24)
        each.set_xticks(range(0, 25, 6))
    style.label(above, colours, y=fonts.say("lessons.day_rate"))
    clock = fonts.say("lessons.day_hours")
    style.label(below, colours, x=clock, y=fonts.say("lessons.day_steps"))
    style.entitle(ax, colours, _finding(day), fonts.say("lessons.day_note"))
    return ax


def _draw_rates(ax: Axes, colours: Palette, day: WatchDay) -> None:
    """The curve; what is impossible as a mark at the edge, with its number."""
    hours = np.arange(_READINGS) / 2
    rates = np.array(day.heart_rate, dtype=float)
    bad = np.array([rate not in POSSIBLE for rate in day.heart_rate])
    ax.plot(hours, np.where(bad, np.nan, rates), color=colours.input.fill, linewidth=2.0)
    ax.set_ylim(30, 175)
    for hour, rate in zip(hours[bad], rates[bad], strict=True):
        height = 168 if rate > POSSIBLE.stop else 37
        ax.plot([hour], [height], marker="X", markersize=10, color=colours.error.fill)
        style.write(ax, hour - 0.9, height, f"{rate:.0f}", colours.error.text, ha="right")


def _finding(day: WatchDay) -> str:
    bad = [rate for rate in day.heart_rate if rate not in POSSIBLE]
    if bad:
        return fonts.say("lessons.day_impossible", rate=max(bad))
    highest = max(day.heart_rate)
    hour = day.heart_rate.index(highest) / 2
    clock = f"{int(hour)}:{30 if hour % 1 else 0:02}"
    return fonts.say("lessons.day_found", rate=highest, clock=clock, steps=f"{sum(day.steps):,}")
