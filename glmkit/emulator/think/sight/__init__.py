"""Seeing: what is true of a picture, which of the kit's own it is, and what changed since another.

``pixels`` makes small copies that can be compared, ``facts`` measures one, ``kit_pictures`` knows
the kit's own by what they show, ``changes`` compares two; ``sentences`` says it. Nothing is
understood: of a picture that is not the kit's own only facts are told.
"""

from glmkit.emulator.think.sight.sentences import asks_of_a_picture, seen

__all__ = ["asks_of_a_picture", "seen"]
