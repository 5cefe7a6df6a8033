"""``plot_scripts``: runs as lanes: when each script sent, was answered or refused, and ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from glmkit.environment.features import needs
from glmkit.errors import BadArgument
from glmkit.lessons.script_runs import ScriptRun, peer_in_words
from glmkit.plots.drawing import fonts
from glmkit.protocol.event_kinds import APPEND
from glmkit.texts import text
from glmkit.texts.layout.text_width import width_of

needs("figures")
from matplotlib.lines import Line2D  # noqa: E402
from matplotlib.patches import Patch  # noqa: E402

from glmkit.plots.drawing import style  # noqa: E402

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from glmkit.plots.drawing.palette import Palette, Theme

_MOST: Final = 16  # lanes
_DELTA: Final = "response.audio.delta"
_HEIGHT: Final = 0.26  # of a lane's: sending above its middle, the answer below


def plot_scripts(
    runs: ScriptRun | Sequence[ScriptRun],
    *,
    ax: Axes | None = None,
    theme: Theme | None = None,
) -> Axes:
    """Runs below one another, in seconds since each began.

    Teal: from the first piece of sound sent to the last. Indigo: from the first piece of the
    answer to the last. ✕: the server's first error. The line ends where the script did: in a bar
    where it ended by itself, with its status where that is not 0; in a cross-hatched block where
    it was stopped. Raises BadArgument.
    """
    shown = _checked(runs)
    ax, colours = style.axes_for(ax, theme, 10.0, 1.9 + 0.42 * len(shown), in_rows=True)
    names = _told_apart(shown)
    style.name_rows(ax, [float(-row) for row in range(len(shown))], names)
    over, widest = max(run.seconds for run in shown), max(map(width_of, names))
    ax.set_xlim(0, over * _room_for_words(ax, shown, widest))
    ax.set_ylim(-len(shown) + 0.4, 0.6)
    for row, run in enumerate(shown):
        _draw_lane(ax, colours, -row, run, over)
    style.label(ax, colours, x=fonts.say("stages.since"))
    _explain_shapes(ax, colours)
    ended = sum(run.ended for run in shown)
    title = fonts.say("stages.found", ended=ended, count=len(shown))
    peers = fonts.say("features.comma").join(dict.fromkeys(map(peer_in_words, shown)))
    style.entitle(ax, colours, title, fonts.say("stages.note", peer=peers), names=widest)
    return ax


def _checked(runs: Any) -> list[ScriptRun]:
    several = [runs] if isinstance(runs, ScriptRun) else runs
    known = isinstance(several, Sequence) and all(isinstance(each, ScriptRun) for each in several)
    if not known or not 1 <= len(several) <= _MOST:
        raise BadArgument(text("stages.no_runs", found=type(runs).__name__, most=_MOST))
    return list(several)


def _told_apart(shown: list[ScriptRun]) -> list[str]:
    """The scripts' names; one that ran twice with how its server takes things, then a number."""
    often = Counter(run.script for run in shown)
    names = [
        f"{run.script} · {_manner(run)}" if often[run.script] > 1 else run.script for run in shown
    ]
    so_far = [names[:place].count(name) + 1 for place, name in enumerate(names)]
    return [f"{name} ({n})" if n > 1 else name for name, n in zip(names, so_far, strict=True)]


def _manner(run: ScriptRun) -> str:
    """Whether an emulator was strict or lenient; whom it reached where it was none."""
    if not run.peer.startswith("emulator"):
        return peer_in_words(run)
    return fonts.say("stages.lenient" if "lenient" in run.peer else "stages.strict")


def _draw_lane(ax: Axes, colours: Palette, y: int, run: ScriptRun, over: float) -> None:
    ax.plot((0, run.seconds), (y, y), color=colours.silence.fill, linewidth=1.2, zorder=1)
    for middle, moments, colour in (
        (y + _HEIGHT / 2, _moments(run, APPEND, "client"), colours.input),
        (y - _HEIGHT / 2, _moments(run, _DELTA, "server"), colours.response),
    ):
        if moments:
            wide = max(moments[-1] - moments[0], 0.006 * over)  # all at once is still seen
            ax.barh(middle, wide, _HEIGHT, moments[0], color=colour.fill, zorder=2)
    errors = [event.at - run.began for event in run.errors]
    marks: dict[str, Any] = {"marker": "x", "s": 34, "linewidths": 1.8, "zorder": 4}
    below = y - 0.8 * _HEIGHT  # where answers stand: on the sound that is sent it would drown
    ax.scatter(errors[:1], [below] * len(errors[:1]), color=colours.error.fill, **marks)
    _draw_end(ax, colours, y, run, over)
    style.write(ax, run.seconds + 0.02 * over, y, _failure(run), colours.error.text, zorder=5)


def _failure(run: ScriptRun) -> str:
    """What is written behind a run that failed by itself; "" behind others."""
    if not run.status:
        return ""
    key = "refused" if run.trace is None else "failed"
    return fonts.say(f"stages.{key}", status=run.status)


def _room_for_words(ax: Axes, shown: list[ScriptRun], names: int) -> float:
    """How much longer than the longest run the axis is, so that words fit behind it."""
    columns = style.columns_of(ax, size=style.SMALL, names=names)
    share = (max(width_of(_failure(run)) for run in shown) + 2) / columns
    return 1.02 / (1 - min(0.4, share))


def _moments(run: ScriptRun, type: str, way: Any) -> list[float]:
    if run.trace is None:
        return []
    return [event.at - run.began for event in run.trace.select(type, direction=way)]


def _draw_end(ax: Axes, colours: Palette, y: int, run: ScriptRun, over: float) -> None:
    if run.ended:
        ends = (y - 1.2 * _HEIGHT, y + 1.2 * _HEIGHT)
        ax.vlines(run.seconds, *ends, color=colours.ink, linewidth=2.4, zorder=3)
        return
    place = (y, 0.018 * over, 2.4 * _HEIGHT, run.seconds - 0.009 * over)
    ax.barh(*place, **_stopped(colours), zorder=3)


def _stopped(colours: Palette) -> dict[str, Any]:
    return {"facecolor": colours.ground, "edgecolor": colours.error.fill, "hatch": "xxxx"}


def _explain_shapes(ax: Axes, colours: Palette) -> None:
    ink, error = colours.ink, colours.error.fill
    plain: dict[str, Any] = {"linestyle": "", "markersize": 9}
    shapes = [
        Patch(facecolor=colours.input.fill),
        Patch(facecolor=colours.response.fill),
        Line2D([], [], marker="x", color=error, markeredgewidth=1.8, **plain),
        Line2D([], [], marker="|", color=ink, markeredgewidth=2.4, **plain),
        Patch(**_stopped(colours)),
    ]
    keys = ("sending", "answer", "error", "end", "cut")
    style.legend(ax, colours, shapes, [fonts.say(f"stages.{key}") for key in keys])
