"""``manners``: does it answer, does it let one speak, does it let a cough pass?

The measures are those of full-duplex benchmarks, each named beside its figure: τ-voice (response,
yield, agent interruption, backchannel and vocal-tic errors, with their windows), Full-Duplex-Bench
(stop latency), and LiveKit's distinction of interruptions from backchannels. They are computed from
a trace, so that a recording gives what the session did.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from glmkit.auth.masking import their_words
from glmkit.environment.features import needs
from glmkit.errors import BadArgument
from glmkit.lab.passing_sounds import known_sounds
from glmkit.lab.reactions import STOPS_WITHIN, YIELDS_WITHIN, Reactions, observe
from glmkit.media.clip import Clip
from glmkit.texts import text
from glmkit.turns.labels import peer_name, peer_note, zero_name
from glmkit.turns.trace import Trace
from glmkit.turns.traced import Traced

if TYPE_CHECKING:
    from pandas import DataFrame

    TraceSource = Traced | Trace | str | os.PathLike[str]

_SPOKEN: Final = "spoken"


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something was so, of ``n`` times that it could be."""

    count: int
    n: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where there was no occasion."""
        return self.count / self.n if self.n else None

    def __str__(self) -> str:
        if not self.n:
            return text("lab.manners_none")
        key = "lab.manners_of_many" if self.n >= 10 else "lab.manners_of"
        return text(key, count=self.count, n=self.n, percent=100 * self.count / self.n)


@dataclass(frozen=True, slots=True)
class MedianOf:
    """The median of ``n`` waits in seconds; None where there was none."""

    seconds: float | None
    n: int

    def __str__(self) -> str:
        if self.seconds is None:
            return text("lab.manners_none")
        return text("lab.manners_wait", seconds=self.seconds, n=self.n)


@dataclass(frozen=True, slots=True)
class Manners:
    """How somebody behaves in conversation; a cell shows it, ``table`` is a DataFrame of it.

    ``reached``: the peer, and the network that was set. Each figure is a ``Tally`` or a
    ``MedianOf``, whose text says "none" where there was no occasion. ``zero``: from when the
    response latency counts, ``"spoken"`` or a latency's zero point.
    """

    reached: str
    model: str
    zero: str
    response_latency: MedianOf
    answered: Tally
    yield_latency: MedianOf
    yielded: Tally
    spoke_into: Tally
    backchannel_stopped: Tally
    backchannel_answered: Tally
    noise_stopped: Tally
    noise_answered: Tally
    stopped_here: int
    unknown: int

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """(measure, what was found, what it is) of each, in words."""
        return [
            (text(f"lab.manners_{name}"), str(getattr(self, name)), self._meaning(name))
            for name in MEASURES
            if name not in _ONLY_IF_ANY or getattr(self, name)
        ]

    def _meaning(self, name: str) -> str:
        if name == "response_latency" and self.zero != _SPOKEN:
            return text("lab.manners_response_latency_from", zero=zero_name(self.zero))
        seconds = YIELDS_WITHIN if name == "yielded" else STOPS_WITHIN
        return text(f"lab.manners_{name}_is", seconds=seconds)

    @property
    def about(self) -> tuple[str, str]:
        """Whom it was measured against, over which network, and how."""
        note = peer_note(self.reached, their_words(self.model, 64))
        return note, text("lab.manners_played")

    @property
    def table(self) -> DataFrame:
        """A row for each measure: ``measure``, ``count``, ``n``, ``value``, ``unit``, ``peer``.

        ``value``: seconds, or a share from 0 to 1; missing where there was no occasion.
        """
        needs("tables")
        from pandas import DataFrame

        return DataFrame([self._row(name) for name in MEASURES])

    def _row(self, name: str) -> dict[str, Any]:
        found = getattr(self, name)
        row: dict[str, Any] = {"measure": name, "count": None, "n": None, "unit": ""}
        if isinstance(found, Tally):
            row |= {"count": found.count, "n": found.n, "value": found.share, "unit": "share"}
        elif isinstance(found, MedianOf):
            row |= {"n": found.n, "value": found.seconds, "unit": "s"}
        else:
            row |= {"count": found, "value": None}
        return {**row, "peer": self.reached, "model": self.model, "found": str(found)}

    def _repr_mimebundle_(self, **_: Any) -> Any:
        from glmkit.cards.measures import measures_card

        heads = [text(f"lab.manners_{each}") for each in ("measure", "found", "means")]
        return measures_card(str(self), text("lab.manners_title"), self.about, heads, self.rows)

    def __str__(self) -> str:
        lines = [text("lab.manners_line", name=name, found=found) for name, found, _ in self.rows]
        return "\n".join([text("lab.manners_title"), *self.about, *lines])

    def __repr__(self) -> str:
        return str(self)


_ONLY_IF_ANY: Final = ("stopped_here", "unknown")
MEASURES: Final = (
    *("response_latency", "answered", "yield_latency", "yielded", "spoke_into"),
    *("backchannel_stopped", "backchannel_answered", "noise_stopped", "noise_answered"),
    *_ONLY_IF_ANY,
)


def manners(
    what: TraceSource | Iterable[TraceSource],
    *,
    backchannels: Clip | Iterable[Clip] = (),
    noises: Clip | Iterable[Clip] = (),
) -> Manners:
    """How the other side behaves in conversation, from what passed.

    ``what``: a session, a trace, a recording's path, or a list of them, of one peer over one
    network. ``backchannels`` and ``noises``: clips of your own that should be let pass, besides
    ``glm.sample("mm_hm")`` and ``glm.sample("cough")``. Raises BadArgument, BadAudio, BadFile.

    >>> session.say(glm.sample("story_zh"), interrupt_after=1.5, with_=glm.sample("joke_zh"))
    >>> glm.lab.manners(session)
    """
    traces = _traces(what)
    known = known_sounds(backchannels, noises)
    reached = _reached(traces)
    seen = Reactions()
    for trace in traces:
        observe(trace, known, seen)
    models = ", ".join(dict.fromkeys(trace.model for trace in traces))
    return _summed(reached, models, seen)


def _traces(what: object) -> list[Trace]:
    if isinstance(what, Trace):
        return [what]
    if isinstance(what, str | os.PathLike):
        return [Trace.load(what)]
    if isinstance(found := getattr(what, "trace", None), Trace):
        return [found]
    if not isinstance(what, Iterable) or isinstance(what, bytes):
        raise BadArgument(text("lab.manners_what", found=type(what).__name__))
    traces = [trace for each in what for trace in _traces(each)]
    if not traces:
        raise BadArgument(text("lab.manners_none_given"))
    return traces


def _reached(traces: Sequence[Trace]) -> str:
    found = list(dict.fromkeys(trace.reached for trace in traces))
    if len(found) > 1:
        raise BadArgument(text("lab.manners_peers", found=", ".join(map(peer_name, found))))
    return found[0]


def _summed(reached: str, model: str, seen: Reactions) -> Manners:
    zeros = Counter(zero for zero, _ in seen.waits)
    zero = _SPOKEN if _SPOKEN in zeros or not zeros else zeros.most_common(1)[0][0]
    yields = [took for took in seen.yields if took is not None]
    return Manners(
        reached=reached,
        model=model,
        zero=zero,
        response_latency=_median([wait for begun, wait in seen.waits if begun == zero]),
        answered=_tally(seen.answered),
        yield_latency=_median(yields),
        yielded=Tally(len(yields), len(seen.yields)),
        spoke_into=_tally(seen.spoke_into),
        backchannel_stopped=_tally(seen.stopped_by["backchannel"]),
        backchannel_answered=_tally(seen.answered_to["backchannel"]),
        noise_stopped=_tally(seen.stopped_by["noise"]),
        noise_answered=_tally(seen.answered_to["noise"]),
        stopped_here=seen.stopped_here,
        unknown=seen.unknown,
    )


def _tally(found: Sequence[bool]) -> Tally:
    return Tally(sum(found), len(found))


def _median(waits: Sequence[float]) -> MedianOf:
    return MedianOf(median(waits) if waits else None, len(waits))
