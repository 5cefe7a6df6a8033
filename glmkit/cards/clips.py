"""The card of a clip: a player, its level and rate, and its waveform."""

from __future__ import annotations

from math import isinf
from typing import Any

from glmkit import plots
from glmkit.cards.frame import ROOM, Bundle, bundle, card, chip, in_terminal, row, say, weight
from glmkit.cards.players import player, themed_figure
from glmkit.media.clip import Clip
from glmkit.texts import minus, text

_CLIPPING = -0.1  # dBFS: a peak this high has probably been cut off


def clip_card(clip: Clip) -> Bundle:
    """The clip's player, its numbers, and its waveform."""
    if in_terminal():
        return {}
    figure = None
    if len(clip):
        alt = say("cards.figure_clip", numbers=_numbers(clip))
        figure = themed_figure(_waveform, clip, alt)
    head, shown = _head(clip), figure.html if figure else ""
    png = figure.png if figure else None
    room = ROOM - weight(card("clip", "", head, shown), png) - 2_500
    sound = player(clip, say("cards.play_clip"), room=min(room, 200_000), whole="clip")
    return bundle(repr(clip), card("clip", say("cards.clip"), head, sound, shown), png)


def _waveform(clip: Clip, **options: Any) -> Any:
    return plots.waveform(clip, **options)


def _head(clip: Clip) -> str:
    odd = ""
    if isinf(clip.level):
        odd = chip(say("cards.silent"), "silence")
    elif clip.peak >= _CLIPPING:
        odd = chip(say("cards.clipping"), "error")
    return row(f"<b>{say('cards.clip')}</b>", _numbers(clip), odd)


def _numbers(clip: Clip) -> str:
    numbers = text("cards.length", seconds=clip.seconds, rate=clip.rate)
    if isinf(clip.level):
        return numbers
    return f"{numbers} · {minus(text('cards.level', level=clip.level, peak=clip.peak))}"
