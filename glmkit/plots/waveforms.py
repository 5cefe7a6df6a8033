"""``waveform``: both voices of a turn on one time axis, or clips under one another."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING, Any, Final

from matplotlib.patches import Rectangle

from glmkit.media.clip import Clip
from glmkit.plots.drawing import fonts, style
from glmkit.plots.drawing.argument_checks import are_turns, clips_of
from glmkit.plots.drawing.palette import Palette, Theme
from glmkit.plots.drawing.titles import heard_finding, peer_note
from glmkit.plots.drawing.turn_axis import PlacedSound, PlacedTurn, place
from glmkit.plots.drawing.voice_track import TALL, Track, draw_track, legend_of, level_of
from glmkit.plots.drawing.voices import voices_of
from glmkit.plots.drawing.wave_shape import Wave
from glmkit.texts import minus
from glmkit.turns.turn import Turn

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH: Final = 10.0
_FLAT: Final = 1.7  # the height of a track without sound, with the bracket below it
_MOST_TURNS: Final = 6  # under one another
_TALL, _BETWEEN = 3.4, 1.5  # inches of a turn, and of its title and legend
_FOLDED = 0.17  # more of it for each inch that lines are shorter, for there are more of them
#: The amplitudes at which a track may end; fainter sounds are not blown up any further.
_TOPS: Final = (0.005, 0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0)


def waveform(
    what: Turn | Sequence[Turn] | Clip | Sequence[Clip],
    *,
    ax: Axes | None = None,
    theme: Theme | None = None,
) -> Axes:
    """The sound of a turn's two voices, or of clips.

    Clips and turns stand under one another, of many turns the last ones; seconds across,
    amplitude up, where ±1 is full scale.
    Speech (found by energy) is shaded, silence and clipping are marked. A turn's answer lies where
    it would have been heard, and the wait before it is bracketed and written out. ``ax``: the axes
    to draw on; ``theme``: light or dark; None: as ``glm.look`` says. Raises BadArgument, BadAudio.

    >>> glm.plots.waveform(session.say(glm.sample("joke_zh")))
    """
    if isinstance(what, Turn):
        return of_turn(what, ax=ax, theme=theme)
    if are_turns(what):
        return _of_turns(what, ax, theme)
    return _of_clips(clips_of(what), ax, theme)


# -- a turn ----------------------------------------------------------------------------------


def of_turn(
    turn: Turn, *, ax: Axes | None = None, theme: Theme | None = None, words_beside: bool = False
) -> Axes:
    """Both voices of a turn. ``words_beside``: a card shows the words next to the figure, so none
    is missed where the fonts here lack its letters."""
    placed = place(turn)
    sounding = sum(bool(parts) for parts in (placed.input, placed.answer))
    ax, colours = style.axes_for(ax, theme, _WIDTH, (2.0, 3.7, 5.1)[sounding])
    tracks = _voices(turn, placed, colours, "" if words_beside else fonts.say("plots.beside"))
    ends = [part.end for part in placed.parts]
    marks = [m for m in (placed.zero, placed.first, placed.interrupted) if m is not None]
    starts = [part.start for part in placed.parts]
    cut = {"interrupted"} if placed.interrupted is not None else set()
    if placed.cut_in is not None:
        cut.add("cut_in")
        ends.append(placed.cut_in.end)
    reach = {"begin": min([0.0, *starts, *marks]), "end": max([*ends, *marks, 0.5])}
    _draw(ax, tracks, colours, also=cut, **reach)
    upper, lower = centres(tracks)
    _bracket_wait(ax, placed, colours, upper=upper, lower=lower)
    _mark_interruption(ax, placed, colours, lower)
    _draw_cut_in(ax, placed.cut_in, colours, lower)
    style.entitle(ax, colours, heard_finding(turn), peer_note(turn.reached, turn.model))
    return ax


def _of_turns(turns: Sequence[Turn], ax: Axes | None, theme: Theme | None) -> Axes:
    """The last ones under one another, each with a time axis and a title of its own."""
    shown = list(turns)[-_MOST_TURNS:]
    between = _BETWEEN + _FOLDED * (_WIDTH - style.inches_of(_WIDTH))
    whole = (_TALL + between) * len(shown)
    ax, colours = style.axes_for(ax, theme, _WIDTH, whole, in_rows=True)
    heights, gap = [_TALL] * len(shown), between / whole
    for inner, turn in zip(style.rows(ax, colours, heights, gap), shown, strict=True):
        of_turn(turn, ax=inner, theme=theme)
    if len(turns) > len(shown):
        words = fonts.say("plots.last_turns", shown=len(shown), count=len(turns))
        style.write(ax, 0, -0.02, words, colours.quiet, transform=ax.transAxes, va="top")
    return ax


def _voices(turn: Turn, placed: PlacedTurn, colours: Palette, undrawable: str) -> list[Track]:
    you, answer = (_quoted(w, undrawable) for w in (turn.user_transcript, turn.transcript))
    mine = _track("plots.you", you, colours.input, placed.input, placed.pace)
    return [mine, _track("plots.model", answer, colours.response, placed.answer, None)]


def _quoted(words: str, undrawable: str) -> str:
    drawn = fonts.quote(words, 400)
    return undrawable if drawn is None else f"“{drawn}”" if drawn else ""


def _track(
    name: str, words: str, colour: Any, parts: tuple[PlacedSound, ...], pace: float | None
) -> Track:
    level = level_of(parts)
    if pace is not None and pace > 1.25:
        level = (*level[:-1], fonts.say("plots.pace", pace=pace), level[-1])
    return Track(fonts.say(name), words, colour, parts, level)


def _bracket_wait(
    ax: Axes, placed: PlacedTurn, colours: Palette, *, upper: float, lower: float
) -> None:
    """Both ends of the wait, down and up into the sounds that there are, and its seconds."""
    if placed.zero is None:
        return
    height = lower + _BRACKET
    guide: dict[str, Any] = {"color": colours.ink, "linewidth": 1, "linestyle": ":", "zorder": 3}
    top = upper + 1.1 if placed.input else height + 0.1
    ax.vlines(placed.zero, height - 0.1, top, **guide)
    if placed.first is None:
        return
    bottom = lower - 1.1 if placed.answer else height - 0.1
    ax.vlines(placed.first, bottom, height + 0.1, **guide)
    ends = (placed.zero, height), (placed.first, height)
    bar = {"arrowstyle": "|-|,widthA=0.35,widthB=0.35", "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", *ends, arrowprops={**bar, "color": colours.ink, "linewidth": 1.6})
    _write_wait(ax, placed.zero, placed.first, height, colours)


#: How far over the lower track's middle the bracket is: between both tracks, above its words.
_BRACKET = 2.03


def _write_wait(ax: Axes, zero: float, audible: float, y: float, colours: Palette) -> None:
    words = fonts.say("plots.seconds", seconds=audible - zero)
    options: dict[str, Any] = {"fontsize": style.LARGE, "fontweight": "bold"}
    left, right = ax.get_xlim()
    if style.columns_of(ax, abs(audible - zero) / (right - left), style.LARGE) > len(words) + 1:
        options |= {"ha": "center", "solid": True, "zorder": 4}
        style.write(ax, (zero + audible) / 2, y, words, colours.ink, **options)
    elif audible < (left + right) / 2:
        style.write(ax, audible, y, f"  {words}", colours.ink, **options)
    else:
        style.write(ax, zero, y, f"{words}  ", colours.ink, ha="right", **options)


def _mark_interruption(ax: Axes, placed: PlacedTurn, colours: Palette, centre: float) -> None:
    if placed.interrupted is None:
        return
    bottom, top = centre - 1.04, centre + 1.04
    ax.vlines(placed.interrupted, bottom, top, color=colours.error.fill, linewidth=2, zorder=5)
    ax.plot(placed.interrupted, top, "X", color=colours.error.fill, markersize=9, zorder=6)


def _draw_cut_in(ax: Axes, voice: PlacedSound | None, colours: Palette, centre: float) -> None:
    """The voice that broke in, over the answer, on a ground of its own; no louder than that is."""
    if voice is None:
        return
    teal = colours.input
    height = 0.9 * 10 ** (-voice.peak / 20)  # as loud as it looks best: it is a place, no level
    ground = Rectangle((voice.start, centre - 1.04), voice.clip.seconds, 2.08, zorder=2.5)
    ground.set(facecolor=teal.wash, edgecolor=teal.fill, linewidth=1, alpha=0.85)
    ax.add_artist(ground)
    wave = Wave(voice.clip, start=voice.start, centre=centre, height=height, color=teal.fill)
    wave.set_zorder(2.6)
    ax.add_artist(wave)
    words = fonts.say("plots.cut_in_at")
    style.write(ax, voice.start, centre - 1.22, words, teal.text, va="top", fontsize=style.SMALL)


# -- clips -----------------------------------------------------------------------------------


def _of_clips(clips: Sequence[Clip], ax: Axes | None, theme: Theme | None) -> Axes:
    ax, colours = style.axes_for(ax, theme, _WIDTH, 1.5 + 1.75 * len(clips), in_rows=True)
    tracks = []
    for voice in voices_of(clips, colours):
        parts = (PlacedSound(voice.clip, 0.0),)
        name = voice.name if len(clips) > 1 or voice.clip.speaker else ""
        tracks.append(Track(name, "", voice.colour, parts, level_of(parts)))
    _draw(ax, tracks, colours, begin=0.0, end=max(clip.seconds for clip in clips) or 0.5)
    style.entitle(ax, colours, _clips_finding([track.parts[0] for track in tracks]))
    return ax


def _clips_finding(parts: list[PlacedSound]) -> str:
    if len(parts) > 1:
        return fonts.say("plots.clips_found", count=len(parts))
    [part] = parts
    if not part.speech:
        return fonts.say("plots.no_speech", seconds=part.clip.seconds)
    seconds = sum(end - begin for begin, end in part.speech)
    return fonts.say("plots.speech_found", speech=seconds, seconds=part.clip.seconds)


# -- both ------------------------------------------------------------------------------------


def _draw(
    ax: Axes,
    tracks: list[Track],
    colours: Palette,
    *,
    begin: float,
    end: float,
    also: Set[str] = frozenset(),
) -> None:
    margin = (end - begin) * 0.01
    ax.set_xlim(begin - margin, end + margin)
    places = centres(tracks)
    ax.set_ylim(places[-1] - (1.55 if tracks[-1].parts else -0.9), places[0] + 1.75)
    top = _top(tracks)
    marks = set(also)
    for track, centre in zip(tracks, places, strict=True):
        marks |= draw_track(ax, track, colours, centre=centre, full_scale=1 / top)
    heights = [centre for track, centre in zip(tracks, places, strict=True) if track.parts]
    _scale_in_amplitudes(ax, heights, top)
    amplitude = fonts.say("plots.amplitude") if heights else ""
    style.label(ax, colours, x=fonts.say("plots.time"), y=amplitude)
    legend_of(ax, marks, colours)


def centres(tracks: Sequence[Track]) -> list[float]:
    """The middle of each track; one without sound is no more than its line of words."""
    found = [0.0]
    for track in tracks[:-1]:
        found.append(found[-1] - (TALL if track.parts else _FLAT))
    return found


def _top(tracks: list[Track]) -> float:
    """The amplitude at which the tracks end: the next round one above the largest sample."""
    largest = max((part.peak for track in tracks for part in track.parts), default=-math.inf)
    if largest == -math.inf:
        return 1.0
    return next((top for top in _TOPS if 20 * math.log10(top) >= largest), 1.0)


def _scale_in_amplitudes(ax: Axes, centres: Sequence[float], top: float) -> None:
    heights = {1.0: f"{top:g}", 0.0: "0", -1.0: f"-{top:g}"}
    ticks = [centre + height for centre in centres for height in heights]
    ax.set_yticks(ticks, [minus(label) for label in heights.values()] * len(centres))
