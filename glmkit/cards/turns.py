"""The card of a turn: who said what, how it sounded, how long it took, what was odd about it."""

from __future__ import annotations

from typing import Any, Final

from glmkit.cards import latency_row
from glmkit.cards.findings import list_of
from glmkit.cards.frame import (
    ROOM,
    Bundle,
    bundle,
    card,
    chip,
    in_terminal,
    quiet,
    readable,
    row,
    safe,
    say,
    weight,
)
from glmkit.cards.players import ThemedFigure, player, themed_figure
from glmkit.cards.tool_calls import tool_table
from glmkit.cards.transcripts import answer_of, interruption_of, question_of
from glmkit.errors import BadAudio
from glmkit.explain import explain
from glmkit.turns.labels import peer_name, status_name
from glmkit.turns.turn import Turn

_MARKS: Final = {"completed": ("✓", "input"), "in_progress": ("…", "silence")}


def turn_card(turn: Turn) -> Bundle:
    """Both transcripts, two players, the figure, latencies, tool calls, and the findings."""
    return {} if in_terminal() else whole_card(turn)


def whole_card(turn: Turn) -> Bundle:
    """The same, whoever asks: for a page of the kit's own."""
    try:
        return _whole(turn)
    except BadAudio as error:  # without its sound a turn has no latency and no figure either
        return _without_sound(turn, error)


def _whole(turn: Turn) -> Bundle:
    figure = turn_figure(turn)
    drawn = figure is not None and figure.png is not None
    note = "" if drawn else latency_row.note(turn.peer, turn.model)  # a figure carries its own
    frame = [
        turn_head(turn, f"<b>{safe(latency_row.finding(turn))}</b>") + note,
        "",
        figure.html if figure else "",
        latency_row.stages(turn.latency),
    ]
    frame += [tool_table(turn.tool_calls), list_of(explain(turn))]
    png = figure.png if figure else None
    room = ROOM - weight(card("turn", "", *frame), readable(str(turn)), png)
    frame[1] = _voices(turn, room - weight(*_words_of(turn)) - 2_500)
    return bundle(str(turn), card("turn", say("cards.turn"), *frame), png)


def _without_sound(turn: Turn, error: BadAudio) -> Bundle:
    why = f"<b>{say('cards.undecodable', why=error)}</b>"
    voices = (
        f'<div class="glm-voices">{"".join(_voice(*each, "", "") for each in _names(turn))}</div>'
    )
    head = turn_head(turn, why) + latency_row.note(turn.peer, turn.model)
    parts = head, voices, tool_table(turn.tool_calls)
    return bundle(repr(turn), card("turn", say("cards.turn"), *parts))


def turn_head(turn: Turn, found: str, *, name: str = "") -> str:
    """How it ended, whom it was with, and what was ``found``; all HTML."""
    mark, meaning = _MARKS.get(turn.status, ("✗", "error"))
    status = safe(status_name(turn.status), 99)
    unasked = "" if turn.asked else chip(say("cards.unasked"), "silence")
    instead = chip(say("cards.fell_back"), "error") if turn.fallback else ""
    chips = chip(f"{mark} {status}", meaning), latency_row.peer_chip(turn.peer), unasked, instead
    return row(name, *chips, found)


# -- the two voices --------------------------------------------------------------------------


def _voices(turn: Turn, room: int) -> str:
    mine, theirs = _players(turn, room)
    left, right = _names(turn)
    voices = _voice(*left, mine, "") + _voice(*right, theirs, interruption_of(turn))
    return f'<div class="glm-voices">{voices}</div>'


def _players(turn: Turn, room: int) -> list[str]:
    """Your player and the answer's: the shorter sound gets what it needs, up to a half of the
    room, and the longer one the rest."""
    you, answer = (turn.input, "cards.play_you"), (turn.audio, "cards.play_answer")
    voices = [(*you, "turn.input"), (*answer, "turn.audio")]
    made: dict[str, str] = {}
    for clip, label, whole in sorted(voices, key=lambda v: v[0].seconds if v[0] else 0.0):
        half = room // (2 - len(made))
        made[whole] = player(clip, say(label), room=half, whole=whole)
        room -= weight(made[whole])
    return [made["turn.input"], made["turn.audio"]]


def _names(turn: Turn) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    """(colour, name, words) of both voices."""
    mine, theirs = _words_of(turn)
    return ("input", say("cards.you"), mine), ("response", say("cards.answer"), theirs)


def _voice(meaning: str, name: str, words: str, sound: str, note: str) -> str:
    sound = sound or quiet(say("cards.no_sound"))
    return (
        f'<div class="glm-voice glm-of-{meaning}"><div class="glm-name">{name}</div>'
        f"{words}{sound}{note}</div>"
    )


def _words_of(turn: Turn) -> tuple[str, str]:
    return question_of(turn), answer_of(turn)


def turn_figure(turn: Turn) -> ThemedFigure | None:
    """Both voices on one time axis, in both themes; None where neither made a sound."""
    if turn.input is None and turn.audio is None:
        return None
    found = f"{latency_row.finding(turn)} · {peer_name(turn.peer)}"
    alt = f"{say('cards.figure_turn', found=found)} {latency_row.peer_note(turn.peer, turn.model)}"
    return themed_figure(_waveform, turn, alt)


def _waveform(turn: Turn, **options: Any) -> Any:
    """The figure without its headline, which is the card's; whom it is about stays in it."""
    from glmkit.plots.waveforms import of_turn

    ax = of_turn(turn, words_beside=True, **options)
    ax.set_title("", loc="left")
    return ax
