"""What is said and sent, a room a kind; importing them puts every scene into ``SCENES``."""

from glmkit.verify.scenes import door, listening, not_spoken, opening, speaking
from glmkit.verify.staging import SCENES

__all__ = ["SCENES", "door", "listening", "not_spoken", "opening", "speaking"]
