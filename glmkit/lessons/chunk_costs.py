"""Measurements for the notebooks: late chunks, and what small ones cost.

::

    glm.lessons.plot_drift(deadline=turn.events, sleep=session.trace)   # two ways of pacing
    glm.lessons.plot_overhead(glm.lessons.overhead(clip))               # chunk sizes, compared

Both read what really crosses the wire: the times are a trace's own, the bytes are whole messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from glmkit.environment.features import needs
from glmkit.errors import BadArgument, BadAudio
from glmkit.events import append
from glmkit.media.clip import Clip
from glmkit.media.formats import FORMATS
from glmkit.plots.drawing import fonts
from glmkit.protocol.event import Event, stamped
from glmkit.texts import minus, text
from glmkit.texts.layout.text_width import width_of

needs("figures")
from matplotlib.patches import Patch  # noqa: E402

from glmkit.plots.drawing import style  # noqa: E402

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

    from glmkit.plots.drawing.palette import Colour, Palette, Theme

__all__ = ["CAP", "SIZES", "Drift", "drift", "overhead", "plot_drift", "plot_overhead"]

SIZES: Final = (10, 20, 50, 100, 200, 500, 1000)  # ms
CAP: Final = 50  # messages a second (documented)
_BASE64: Final = 100 / 3  # per cent: three bytes become four letters
_APPEND: Final = "input_audio_buffer.append"
_MOMENT: Final = 1_800_000_000_000  # a client_timestamp, as long as every other


@dataclass(frozen=True, slots=True, repr=False)
class Drift:
    """How late each chunk left, counted from the first.

    ``sent``: seconds of sound up to and with each chunk. ``late``: seconds behind (negative:
    ahead), one each.
    """

    sent: tuple[float, ...]
    late: tuple[float, ...]

    @property
    def end(self) -> float:
        """How late the last chunk left, in seconds."""
        return self.late[-1]

    @property
    def chunk_ms(self) -> float:
        """The length of a chunk in milliseconds."""
        return 1000 * self.sent[0]

    def __repr__(self) -> str:
        chunks, seconds = len(self.sent), self.sent[-1]
        return text("lab.drift", late=1000 * self.end, seconds=seconds, chunks=chunks)


def drift(events: Iterable[Event]) -> Drift:
    """How late the appends among some events left.

    ``events`` are a turn's, or a whole trace. A chunk is due when its last sample would have been
    spoken, counted from the first chunk's leaving. Raises BadArgument for fewer than two appends
    with their sound.
    """
    clips = [(e.at, e.clip) for e in events if e.type == _APPEND]
    heard = [(at, clip.seconds) for at, clip in clips if clip is not None]
    if len(heard) < 2:
        raise BadArgument(text("lab.no_appends", found=len(heard)))
    sent = tuple(accumulate(seconds for _, seconds in heard))
    start = heard[0][0] - sent[0]
    return Drift(sent, tuple(at - start - due for (at, _), due in zip(heard, sent, strict=True)))


def plot_drift(
    *,
    deadline: Iterable[Event],
    sleep: Iterable[Event],
    ax: Axes | None = None,
    theme: Theme | None = None,
) -> Axes:
    """Two uploads over each other: seconds of sound across, milliseconds late up.

    ``deadline``: events of one paced by absolute deadlines; ``sleep``: of one that sleeps after
    each chunk. Raises BadArgument.
    """
    steady, drifting = drift(deadline), drift(sleep)
    ax, colours = style.axes_for(ax, theme, 10.0, 4.2)
    ax.axhline(0, color=colours.line, linewidth=1)
    _draw_drift(ax, drifting, colours.error, "--", fonts.say("lab.by_sleep"), above=True)
    _draw_drift(ax, steady, colours.input, "-", fonts.say("lab.by_deadline"), above=False)
    ax.margins(y=0.14)  # room for the words below the line
    style.label(ax, colours, x=fonts.say("lab.sent"), y=fonts.say("lab.late"))
    finding = fonts.say("lab.drift_found", sleep=_ms(drifting), deadline=_ms(steady))
    style.entitle(ax, colours, minus(finding), _drift_note(steady, drifting))
    return ax


def _drift_note(steady: Drift, drifting: Drift) -> str:
    """How much sound it was and in which chunks; of each upload where they differ."""
    both = (drifting, steady)
    seconds = " / ".join(dict.fromkeys(f"{run.sent[-1]:.1f}" for run in both))
    sleep, deadline = (round(run.chunk_ms) for run in both)
    if sleep == deadline:
        return fonts.say("lab.drift_note", seconds=seconds, ms=sleep)
    return fonts.say("lab.drift_note_sizes", seconds=seconds, sleep=sleep, deadline=deadline)


def _draw_drift(ax: Axes, run: Drift, colour: Colour, line: str, name: str, *, above: bool) -> None:
    late = [1000 * each for each in run.late]
    ax.plot(run.sent, late, line, color=colour.fill, linewidth=2)
    words = minus(fonts.say("lab.ms_late", name=name, ms=_ms(run)))
    clear = max(late) if above else min(0.0, *late)  # of a single late chunk's peak, too
    place: dict[str, Any] = {"ha": "right", "va": "bottom" if above else "top"}
    place["transform"] = style.beside(ax, -4, 9 if above else -8)
    style.write(ax, run.sent[-1], clear, words, colour.text, fontsize=style.MEDIUM, **place)


def _ms(run: Drift) -> int:
    return round(1000 * run.end)


# -- what a chunk's size costs -------------------------------------------------------------


def overhead(clip: Clip, sizes: Sequence[float] = SIZES, *, format: str = "pcm16") -> DataFrame:
    """What ``clip`` costs in chunks of each size.

    One row a size, in ms. Columns: ``chunk_ms``; ``messages_per_second`` and ``bytes_per_second``
    of sound, of whole JSON messages; ``extra_percent`` above the bare samples. Raises BadArgument,
    BadAudio.
    """
    needs("tables")
    from pandas import DataFrame

    if not len(clip):
        raise BadAudio(text("session.empty"))
    return DataFrame([_cost(clip, ms, format) for ms in sizes])


def _cost(clip: Clip, ms: float, format: str) -> dict[str, float]:
    messages = [len(_message(chunk, format)) for chunk in clip.chunks(ms, format)]
    bare = 2 * FORMATS[format].rate
    return {
        "chunk_ms": ms,
        "messages_per_second": round(1000 / ms, 1),
        "bytes_per_second": round(sum(messages) / clip.seconds),
        "extra_percent": round(100 * (sum(messages) / clip.seconds / bare - 1), 1),
    }


def _message(chunk: bytes, format: str) -> bytes:
    return stamped(append(chunk), 0.0, format, client_timestamp=_MOMENT).to_json()


def plot_overhead(table: DataFrame, *, ax: Axes | None = None, theme: Theme | None = None) -> Axes:
    """``overhead``'s table as bars.

    Milliseconds a chunk across, per cent of extra bytes up. Hatched: base64's third. Sizes that
    mean more messages a second than the service takes are crossed out.
    """
    ax, colours = style.axes_for(ax, theme, 10.0, 4.2)
    names = [f"{ms:g}" for ms in table["chunk_ms"]]
    extra = [float(each) for each in table["extra_percent"]]
    shared = [min(_BASE64, each) for each in extra]
    rest = [whole - part for whole, part in zip(extra, shared, strict=True)]
    ax.bar(names, shared, color=colours.silence.fill, edgecolor=colours.ground, hatch="//")
    ax.bar(names, rest, bottom=shared, color=colours.input.fill)
    rates = [float(rate) for rate in table["messages_per_second"]]
    words = [fonts.say("lab.a_second", rate=rate) for rate in rates]
    if style.columns_of(ax, 1 / len(words), style.SMALL) < max(map(width_of, words)):
        words = [""] * len(words)
    for at, (height, rate, each) in enumerate(zip(extra, rates, words, strict=True)):
        _write_cost(ax, colours, at, height, each, over=rate > CAP)
    ax.set_ylim(0, max(extra) * 1.3)
    shapes = [Patch(facecolor=colours.input.fill), _base64_shape(colours)]
    names = [fonts.say("lab.envelope"), fonts.say("lab.base64")]
    style.label(ax, colours, x=fonts.say("lab.chunk_ms"), y=fonts.say("lab.extra"))
    style.legend(ax, colours, shapes, names)
    style.entitle(ax, colours, _overhead_found(table), fonts.say("lab.cap_note", cap=CAP))
    return ax


def _base64_shape(colours: Palette) -> Patch:
    return Patch(facecolor=colours.silence.fill, edgecolor=colours.ground, hatch="//")


def _write_cost(
    ax: Axes, colours: Palette, at: int, height: float, words: str, *, over: bool
) -> None:
    words = "\n".join(filter(None, (f"+{height:.0f}%", words)))
    colour = colours.error.text if over else colours.ink
    style.write(ax, at, height, f"✗ {words}" if over else words, colour, ha="center", va="bottom")


def _overhead_found(table: DataFrame) -> str:
    first, last = table.iloc[0], table.iloc[-1]
    return fonts.say(
        "lab.overhead_found",
        small=first["chunk_ms"],
        much=first["extra_percent"],
        large=last["chunk_ms"],
        little=last["extra_percent"],
    )
