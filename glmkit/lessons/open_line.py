"""What a WebSocket is, drawn and counted: messages that come while others are still being sent.

::

    glm.lessons.plot_open_line(session.trace)      # request and answer, beside the real open line
    len(glm.lessons.while_sending(session.trace))  # messages that came before the last chunk left
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from glmkit.environment.features import needs
from glmkit.errors import BadArgument
from glmkit.plots.drawing import fonts
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import APPEND
from glmkit.texts import text
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn

needs("figures")
from glmkit.plots.drawing import style  # noqa: E402
from glmkit.plots.drawing.titles import peer_name  # noqa: E402

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from glmkit.plots.drawing.palette import Colour, Palette, Theme

__all__ = ["plot_open_line", "while_sending"]

_WIDTH, _HEIGHT = 10.0, 5.0  # inches
_LEAST = (5.0, 3.0)  # inches
_YOU, _SERVICE = 0.0, 3.0  # the lifelines of the one that asks and waits
_SHIFT: Final = 4.4  # from a lifeline to the open line's
_ROOM: Final = 1.35  # of the time of sending is shown at least
_WAIT: Final = 0.12  # of the time shown: how long the drawn service works at its answer
_TRAVEL: Final = 0.02  # of the time shown: how far an arrow falls on its way


def while_sending(what: Turn | Trace) -> list[Event]:
    """The service's messages that came while sound was being sent.

    Of a turn or a trace, between the first append and the last, in the order in which they came.
    Raises BadArgument for what is neither, and where nothing was said aloud.
    """
    return list(_Crossing.of(what).meanwhile)


@dataclass(frozen=True, slots=True)
class _Crossing:
    """Messages in both directions, in seconds from the first append.

    ``sending``: until the last append left; ``seconds``: what is shown, until the last message or
    long enough for the answer of the one that asks and waits.
    """

    up: tuple[float, ...]
    down: tuple[float, ...]
    meanwhile: tuple[Event, ...]
    sending: float
    seconds: float

    @classmethod
    def of(cls, what: Any) -> _Crossing:
        if not isinstance(what, Turn | Trace):
            raise BadArgument(text("lessons.no_turn", found=type(what).__name__))
        appends = [event.at for event in what.events if event.type == APPEND]
        if len(appends) < 2:
            raise BadArgument(text("lessons.nothing_said", found=len(appends)))
        start, end = appends[0], appends[-1]
        passed = [event for event in what.events if event.at >= start]
        down = [event for event in passed if event.direction == "server"]
        over = max([end, *(event.at for event in down)])
        return cls(
            tuple(e.at - start for e in passed if e.direction == "client" and e.at <= over),
            tuple(event.at - start for event in down),
            tuple(event for event in down if event.at < end),
            end - start,
            max(over - start, _ROOM * (end - start)),
        )


def plot_open_line(
    what: Turn | Trace, *, ax: Axes | None = None, theme: Theme | None = None
) -> Axes:
    """Request and answer beside an open line, each message an arrow.

    Of a turn or a trace; seconds down, from the first append. At the left what one request with
    one answer would be: drawn, not measured. At the right every message that crossed the WebSocket
    from then on. Raises BadArgument.
    """
    crossing = _Crossing.of(what)
    ax, colours = style.axes_for(ax, theme, _WIDTH, _HEIGHT, least=_LEAST)
    ax.set_xlim(_YOU - 0.45, _SERVICE + _SHIFT + 0.45)
    ax.set_ylim(1.06 * crossing.seconds, -0.16 * crossing.seconds)
    ax.set_yticks([at for at in ax.get_yticks() if 0 <= at <= crossing.seconds])
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    _draw_request(ax, crossing, colours)
    _draw_line(ax, crossing, colours)
    style.label(ax, colours, y=fonts.say("lessons.line_seconds"))
    found = fonts.say("lessons.line_found", up=len(crossing.up), down=len(crossing.down))
    style.entitle(ax, colours, found, _note(what, crossing))
    return ax


def _note(what: Turn | Trace, crossing: _Crossing) -> str:
    peer = peer_name(what.reached)
    return fonts.say("lessons.line_note", meanwhile=len(crossing.meanwhile), peer=peer)


def _draw_request(ax: Axes, crossing: _Crossing, colours: Palette) -> None:
    """One request when all has been said, one answer, and the connection is closed."""
    asked, answered = crossing.sending, crossing.sending + _WAIT * crossing.seconds
    closed = answered + _TRAVEL * crossing.seconds
    _draw_lifelines(ax, 0.0, closed, crossing.seconds, "lessons.line_request", colours)
    middle = (_YOU + _SERVICE) / 2
    _write(ax, middle, asked / 2, "lessons.line_nothing", colours.quiet)
    _arrow(ax, 0.0, asked, crossing.seconds, colours.input, up=True, wide=2.2)
    _arrow(ax, 0.0, answered, crossing.seconds, colours.response, up=False, wide=2.2)
    _write(ax, middle, asked, "lessons.line_asked", colours.input.text, above=True)
    words_at = answered + 0.055 * crossing.seconds
    _write(ax, middle, words_at, "lessons.line_answered", colours.response.text)


def _draw_line(ax: Axes, crossing: _Crossing, colours: Palette) -> None:
    """Every message at its own time, whoever sent it."""
    until = 1.06 * crossing.seconds
    _draw_lifelines(ax, _SHIFT, until, crossing.seconds, "lessons.line_open", colours)
    wash = colours.silence.wash
    ax.fill_between(
        (_YOU + _SHIFT, _SERVICE + _SHIFT), 0, crossing.sending, color=wash, linewidth=0, zorder=0.2
    )
    _arrows(ax, crossing.up, crossing.seconds, colours.input, up=True)
    _arrows(ax, crossing.down, crossing.seconds, colours.response, up=False)


def _arrows(
    ax: Axes, moments: Sequence[float], seconds: float, colour: Colour, *, up: bool
) -> None:
    for at in moments:
        _arrow(ax, _SHIFT, at, seconds, colour, up=up, wide=0.8)


def _arrow(
    ax: Axes, shift: float, at: float, seconds: float, colour: Colour, *, up: bool, wide: float
) -> None:
    """A message on its way: from the left lifeline where this side sends it, else to it."""
    begin, end = (_YOU, _SERVICE) if up else (_SERVICE, _YOU)
    style_of: dict[str, Any] = {"arrowstyle": "-|>", "color": colour.fill, "linewidth": wide}
    style_of |= {"shrinkA": 0, "shrinkB": 0, "mutation_scale": 6 + 4 * wide}
    ax.annotate("", (end + shift, at + _TRAVEL * seconds), (begin + shift, at), arrowprops=style_of)


def _draw_lifelines(
    ax: Axes, shift: float, until: float, seconds: float, key: str, colours: Palette
) -> None:
    for x, name, colour in (
        (_YOU + shift, "lessons.line_you", colours.input),
        (_SERVICE + shift, "plots.service", colours.response),
    ):
        ax.vlines(x, 0, until, color=colour.fill, linewidth=1.6, zorder=1)
        _write(ax, x, -0.035 * seconds, name, colour.text)
    middle = (_YOU + _SERVICE) / 2 + shift
    _write(ax, middle, -0.115 * seconds, key, colours.ink, fontweight="bold")


def _write(
    ax: Axes, x: float, y: float, key: str, color: str, *, above: bool = False, **options: Any
) -> None:
    place: dict[str, Any] = {"ha": "center", "va": "bottom" if above else "center", "zorder": 5}
    style.write(ax, x, y, fonts.say(key), color, **place, **options)
