"""Whose sound is drawn: its name and its colour, the same in every figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from glmkit.media.clip import Clip
from glmkit.plots.drawing import fonts
from glmkit.plots.drawing.palette import Colour, Palette


@dataclass(frozen=True, slots=True)
class DrawnVoice:
    """A clip, what it is called in this figure, and its colour."""

    clip: Clip
    name: str
    colour: Colour


def voices_of(clips: Sequence[Clip], colours: Palette) -> list[DrawnVoice]:
    """You and the answer where the clips tell who they are, and no two are of one; else numbers."""
    told = [clip.speaker for clip in clips]
    named = None not in told and len(set(told)) == len(told)
    voices = []
    for number, clip in enumerate(clips, 1):
        mine = "plots.you" if clip.speaker == "you" else "plots.model"
        name = fonts.say(mine) if named else fonts.say("plots.clip", number=number)
        colour = colours.voice(clip.speaker, "input" if number == 1 else "response")
        voices.append(DrawnVoice(clip, name, colour))
    return voices
