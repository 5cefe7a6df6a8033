"""What is checked, a room a kind; importing them puts every row into ``STATEMENTS``."""

from glmkit.verify.statements import door, listening, not_spoken, opening, probes, speaking
from glmkit.verify.stating import STATEMENTS

__all__ = ["STATEMENTS", "door", "listening", "not_spoken", "opening", "probes", "speaking"]
