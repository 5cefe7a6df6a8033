"""The card of a turn: who said what, how it sounded, how long it took, what was odd about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
from glmkit.cards.player.markup import player_html
from glmkit.cards.player.scene import PlayerScene, scene_of
from glmkit.cards.player.sounds import card_sounds, notebook_sounds
from glmkit.cards.players import SoundPlayer, ThemedFigure, sound_player, themed_figure
from glmkit.cards.tool_calls import tool_table
from glmkit.cards.transcripts import answer_of, interruption_of, question_of
from glmkit.errors import BadAudio
from glmkit.explain import explain
from glmkit.turns.labels import peer_name, status_name
from glmkit.turns.turn import Turn

_MARKS: Final = {"completed": ("✓", "input"), "in_progress": ("…", "silence")}


def turn_card(turn: Turn) -> Bundle:
    """Both transcripts, two players, the figure, latencies, tool calls, and the findings.

    Where scripts run, the timeline that moves with the sound takes the figure's place.
    """
    return {} if in_terminal() else _card(turn, _InCard())


def whole_card(turn: Turn) -> Bundle:
    """The same without scripts, whoever asks: for a page of the kit's own."""
    return _card(turn, None)


def listening_card(turn: Turn) -> Bundle:
    """The timeline alone; where no script runs, the card."""
    return _card(turn, _InCard(alone=True))


@dataclass(frozen=True, slots=True)
class _InCard:
    """How the player stands in the card: folded into it, or ``alone`` in its place."""

    alone: bool = False

    def html(self, scene: PlayerScene, voices: Sequence[SoundPlayer]) -> str:
        """The player, whose sound is the card's own; alone, what is shortened there is whole."""
        if self.alone and not all(voice.whole for voice in voices):
            track = notebook_sounds(scene.pieces)
        else:
            track = card_sounds(scene.pieces, [voice.mp3 for voice in voices])
        return player_html(scene, track, alone=self.alone)


def _card(turn: Turn, player: _InCard | None) -> Bundle:
    try:
        return _whole(turn, player)
    except BadAudio as error:  # without its sound a turn has no latency and no figure either
        return _without_sound(turn, error, player)


def _whole(turn: Turn, player: _InCard | None) -> Bundle:
    figure = turn_figure(turn)
    drawn = figure is not None and figure.png is not None
    note = "" if drawn else latency_row.note(turn.reached, turn.model)  # a figure carries its own
    frame = [
        turn_head(turn, f"<b>{safe(latency_row.finding(turn))}</b>") + note,
        "",
        f'<div class="glm-static">{figure.html}</div>' if figure else "",
        "",
        latency_row.stages(turn.latency),
    ]
    frame += [tool_table(turn.tool_calls), list_of(explain(turn))]
    png = figure.png if figure else None
    scene = scene_of(turn) if player else None
    silent = player.html(scene, _SILENT) if player and scene else ""
    room = ROOM - weight(card("turn", "", *frame), readable(str(turn)), png, silent)
    voices = _players(turn, room - weight(*_words_of(turn)) - 2_500)
    frame[1] = _voices(turn, voices)
    frame[3] = player.html(scene, voices) if player and scene else ""
    return bundle(str(turn), card("turn", say("cards.turn"), *frame), png)


#: Stands for sound that is still to be fitted into what room is left.
_SILENT: Final = (SoundPlayer(), SoundPlayer())


def _without_sound(turn: Turn, error: BadAudio, player: _InCard | None) -> Bundle:
    why = f"<b>{say('cards.undecodable', why=error)}</b>"
    voices = (
        f'<div class="glm-voices">{"".join(_voice(*each, "", "") for each in _names(turn))}</div>'
    )
    head = turn_head(turn, why) + latency_row.note(turn.reached, turn.model)
    timeline = player.html(scene_of(turn), _SILENT) if player else ""
    parts = head, voices, timeline, tool_table(turn.tool_calls)
    return bundle(repr(turn), card("turn", say("cards.turn"), *parts))


def turn_head(turn: Turn, found: str, *, name: str = "") -> str:
    """How it ended, whom it was with, and what was ``found``; all HTML."""
    mark, meaning = _MARKS.get(turn.status, ("✗", "error"))
    status = safe(status_name(turn.status), 99)
    unasked = "" if turn.asked else chip(say("cards.unasked"), "silence")
    instead = chip(say("cards.fell_back"), "error") if turn.fallback else ""
    chips = chip(f"{mark} {status}", meaning), latency_row.peer_chip(turn.reached), unasked, instead
    return row(name, *chips, found)


# -- the two voices --------------------------------------------------------------------------


def _voices(turn: Turn, voices: Sequence[SoundPlayer]) -> str:
    left, right = _names(turn)
    mine, theirs = (voice.html for voice in voices)
    both = _voice(*left, mine, "") + _voice(*right, theirs, interruption_of(turn))
    return f'<div class="glm-voices">{both}</div>'


def _players(turn: Turn, room: int) -> list[SoundPlayer]:
    """Your player and the answer's: the shorter sound gets what it needs, up to a half of the
    room, and the longer one the rest."""
    you, answer = (turn.input, "cards.play_you"), (turn.audio, "cards.play_answer")
    voices = [(*you, "turn.input"), (*answer, "turn.audio")]
    made: dict[str, SoundPlayer] = {}
    for clip, label, whole in sorted(voices, key=lambda v: v[0].seconds if v[0] else 0.0):
        half = room // (2 - len(made))
        made[whole] = sound_player(clip, say(label), room=half, whole=whole)
        room -= weight(made[whole].html)
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
    found = f"{latency_row.finding(turn)} · {peer_name(turn.reached)}"
    alt = (
        f"{say('cards.figure_turn', found=found)} {latency_row.peer_note(turn.reached, turn.model)}"
    )
    return themed_figure(_waveform, turn, alt)


def _waveform(turn: Turn, **options: Any) -> Any:
    """The figure without its headline, which is the card's; whom it is about stays in it."""
    from glmkit.plots.waveforms import of_turn

    ax = of_turn(turn, words_beside=True, **options)
    ax.set_title("", loc="left")
    return ax
