"""Rows of one setting and one peer as one distribution, and the sentences about them.

What was measured against another peer, or over another network, is never in the same number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from glmkit.plots.distributions import Distribution
from glmkit.plots.drawing import fonts
from glmkit.plots.drawing.palette import Palette
from glmkit.plots.drawing.titles import peer_name
from glmkit.plots.latency_rows import MeasuredRow
from glmkit.plots.quantities import Quantity, quantity_of
from glmkit.texts.layout.text_width import width_of
from glmkit.turns.labels import both_ends, is_live
from glmkit.turns.latency import STAGES
from glmkit.turns.statistics import quantiles

_SHAPES: Final = ("o", "s", "^", "D", "v", "P")
_NAME: Final = 26  # letters of a peer's or a setting's name at the side
_LISTED: Final = 3  # settings that a title names one by one


def distinct(rows: Sequence[MeasuredRow], what: str) -> list[Any]:
    """The different values of a field, in their order."""
    return list(dict.fromkeys(getattr(row, what) for row in rows))


def vary(rows: Sequence[MeasuredRow], what: str) -> bool:
    """Whether a field has more than one value."""
    return len(distinct(rows, what)) > 1


def groups_of(rows: Sequence[MeasuredRow]) -> list[list[MeasuredRow]]:
    """Rows of one peer and one setting, which may be one number."""
    groups: dict[Any, list[MeasuredRow]] = {}
    for row in rows:
        groups.setdefault((row.setting, row.peer), []).append(row)
    return list(groups.values())


def group_name(row: MeasuredRow, rows: Sequence[MeasuredRow], most: int = _NAME) -> str:
    """What tells a row's group from the others, as short as there is room for; "" for nothing."""
    names = [_setting_name(row, rows, most)] if vary(rows, "setting") else []
    names += [peer_name(row.peer)] if vary(rows, "peer") else []
    return both_ends(" · ".join(names), most * max(1, len(names)))


def _setting_name(row: MeasuredRow, rows: Sequence[MeasuredRow], most: int) -> str:
    """The setting in words; where these are too long, as much of each value as there is room for,
    so that none of them is lost."""
    mine = dict(row.setting)
    varying = {name for each in rows for name, value in each.setting if mine[name] != value}
    values = [row.value_named(name) for name in mine if name in varying]
    if width_of(row.named) <= most or len(values) < 2:
        return row.named
    room, widths = most - 2 * (len(values) - 1), dict[int, int]()
    for done, place in enumerate(sorted(range(len(values)), key=lambda n: width_of(values[n]))):
        widths[place] = min(width_of(values[place]), room // (len(values) - done))
        room -= widths[place]
    return ", ".join(both_ends(value, widths[place]) for place, value in enumerate(values))


def distributions(
    rows: Sequence[MeasuredRow], columns: Sequence[str], colours: Palette
) -> list[Distribution]:
    """One for each column and group that has a value: a colour a setting, a shape a peer."""
    peers, settings = distinct(rows, "peer"), distinct(rows, "setting")
    hues = (colours.response, colours.speech, colours.tool, colours.silence, colours.input)
    found = []
    for column in columns:
        for group in groups_of(rows):
            first, name = group[0], group_name(group[0], rows)
            if len(settings) == 1:
                name = " · ".join(filter(None, (quantity_of(column).name, name)))
            colour = hues[settings.index(first.setting) % len(hues)]
            shape = _SHAPES[peers.index(first.peer) % len(_SHAPES)]
            values = tuple(row.values[column] for row in group if column in row.values)
            found.append(Distribution(name, colour, shape, values))
    return [each for each in found if each.values]


# -- words -----------------------------------------------------------------------------------


def finding(rows: Sequence[MeasuredRow], of: str) -> str:
    """What was found of a column: the median of each group, and the peer."""
    quantity = quantity_of(of)
    found = [
        (group_name(group[0], rows, most=60), [r.values[of] for r in group if of in r.values])
        for group in groups_of(rows)
    ]
    found = [(name, values) for name, values in found if values]
    who = "" if vary(rows, "peer") else f" · {peer_name(rows[0].peer)}"
    if not found:
        peers = " + ".join(map(peer_name, distinct(rows, "peer")))
        words = fonts.say("plots.none_heard", stage=quantity.title, count=len(rows))
        return f"{words} · {peers}"
    if len(found) > 1:
        return _compared(quantity, found) + who
    once = "plots.heard_once" if of in STAGES else "plots.measured_once"
    return _of_one(quantity, found[0][1], once) + (who or f" · {found[0][0]}")


def _of_one(of: Quantity, values: list[float], once: str) -> str:
    if len(values) == 1:
        return fonts.say(once, name=of.title, value=of.value(values[0]))
    found = quantiles(values)
    numbers = {"median": of.value(found.median), "p95": of.value(found.p95), "count": found.count}
    return fonts.say("plots.heard_median", stage=of.title, **numbers)


def _compared(of: Quantity, found: list[tuple[str, list[float]]]) -> str:
    """The medians one by one, or the least and the largest where they are many."""
    every = [(float(np.median(values)), name, len(values)) for name, values in found]
    chosen = every if len(every) <= _LISTED else [min(every), max(every)]
    each = [
        fonts.say("plots.median_of", name=name, median=of.value(median), count=count)
        for median, name, count in chosen
    ]
    if len(every) <= _LISTED:
        return fonts.say("plots.medians", stage=of.title, each="; ".join(each))
    ends = {"least": each[0], "most": each[1], "count": len(every)}
    return fonts.say("plots.medians_between", stage=of.title, **ends)


def peers_note(peers: Sequence[str], of: str) -> list[str]:
    """That these are not the live service's times, or numbers, where they are not."""
    if list(peers) == ["live"]:
        return []
    what = "live" if quantity_of(of).unit == "seconds" else "live_numbers"
    some = any(map(is_live, peers))
    id = f"plots.some_{what}" if some else f"plots.none_{what}"
    return [fonts.say(id, peer=fonts.say("features.comma").join(map(peer_name, peers)))]


def stated_notes(stated: Mapping[str, Sequence[str]]) -> list[str]:
    """Which networks and switches rows name; that there is no network, where there is none."""
    networks = fonts.say("features.comma").join(stated["network"])
    networks = networks or fonts.say("plots.effect_unset")
    notes = [fonts.say("plots.effect_network", found=networks)]
    return notes + [fonts.say("plots.effect_switches", found=each) for each in stated["switches"]]
