"""Where the emulator's answers came from, and a warning where unlike ones stand in one table.

A sentence in stock is there at once, a new one is synthesised for a second or more; a recording of
the kit may be looked up, other speech is recognised. Without ``steady`` that decides how long an
answer takes, and hides what was varied.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from glmkit.emulator.launch import answers_known
from glmkit.emulator.speak.answer_audio import SOURCES
from glmkit.errors import warn
from glmkit.lab.setting_groups import groups_of
from glmkit.texts import text
from glmkit.turns.turn import Turn

if TYPE_CHECKING:
    from pandas import DataFrame

UNKNOWN: Final = "unknown"
"""Of answers that no emulator of this process gave, or that it has forgotten."""
_WAITS: Final = ("first_text", "first_audio", "first_audible", "done", "since_spoken", "took")
_UNLIKE: Final[Mapping[str, tuple[Collection[str], Collection[str]]]] = {
    "answered": (("stock", "ready"), ("synthesised",)),
    "understood": (("known sample", "measured"), ("recognised", "unclear")),
}
_STEADY: Final = "steady=True"
_LATE: Final = 0.1  # seconds that are worth a word
_FEW: Final = 0.25  # of a group's runs: so few of another kind don't make its median


def origin(turn: Turn) -> dict[str, Any]:
    """How a turn's answer came about, as far as the emulator that gave it is this process's own.

    ``answered``: ``stock`` (recorded), ``ready`` (made for an earlier answer, or joined from
    pieces), ``synthesised``, ``text``, "" for nothing, or ``unknown``. ``understood``: how what was
    said became known: ``recognised``, ``known sample``, ``typed``, ``measured``, ``unclear``,
    ``busy``. ``late``: seconds after the moment at which a steady emulator was to begin; None else.
    """
    if turn.peer != "emulator":
        return {"answered": UNKNOWN, "understood": UNKNOWN, "late": None}
    known = list(answers_known(turn.response_ids, switches=turn.switches).values())
    late = [each["late"] for each in known if "late" in each]
    return {
        "answered": _slowest([each["answered"] for each in known]),
        "understood": next((each["understood"] for each in known), UNKNOWN),
        "late": max(late, default=None),
    }


def _slowest(answered: list[str]) -> str:
    """Of several answers of one turn that which took longest to make."""
    if not answered:
        return UNKNOWN
    return next((each for each in (*SOURCES, "text") if each in answered), "")


def warn_of_waits(of: str, *tables: DataFrame, by: Sequence[str] = ()) -> None:
    """Warns (GlmWarning) of waits that don't compare: of unlike answers, unless a steady emulator
    gave them, and of answers that a steady one gave too late. ``by``: what makes a group."""
    if of in _WAITS and (
        found := [words for words in (_unlike(tables, by), _late(tables)) if words]
    ):
        warn(text("lab.sentences").join(found))


def _unlike(tables: Collection[DataFrame], by: Sequence[str]) -> str:
    found = [words for name in _UNLIKE if (words := _found(name, tables, by))]
    return text("lab.unlike", what=text("lab.unlike_and").join(found)) if found else ""


def _late(tables: Collection[DataFrame]) -> str:
    columns = [each["late"].dropna().astype(float) for each in tables if "late" in each.columns]
    late = [seconds for each in columns for seconds in each if seconds > _LATE]
    every = sum(map(len, columns))
    return text("lab.answers_late", late=len(late), n=every, most=max(late)) if late else ""


def _found(name: str, tables: Collection[DataFrame], by: Sequence[str]) -> str:
    """How many are of either kind, in words; "" where all medians rest on the same one."""
    slow = [_slow(each, name) for each in tables if name in each.columns]
    shares = [share for each in slow for share in _shares(each, by)]
    if not shares or max(shares) <= _FEW or min(shares) >= 1 - _FEW:
        return ""
    many = sum(int(each["slow"].sum()) for each in slow)
    return text(f"lab.unlike_{name}", quick=sum(map(len, slow)) - many, slow=many)


def _slow(table: DataFrame, name: str) -> DataFrame:
    """Runs that worked, of either kind, that nobody made wait alike; ``slow``: which kind."""
    quick, slow = _UNLIKE[name]
    own = (table["error"] == "") & table[name].isin([*quick, *slow])
    if "switches" in table.columns:
        own &= ~table["switches"].fillna("").astype(str).str.contains(_STEADY, regex=False)
    found = table[own]
    return found.assign(slow=found[name].isin(slow))


def _shares(table: DataFrame, by: Sequence[str]) -> list[float]:
    """Of each group, the share of its runs that was slow to come about."""
    groups = [name for name in by if name in table.columns]
    return [float(rows["slow"].mean()) for _, rows in groups_of(table, groups)]
