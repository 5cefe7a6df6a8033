"""How much one event may put into a session's memory: what no conversation needs is refused.

The service publishes a context (8K tokens, 32K with pictures) and no lengths. Beyond it, it is
documented to answer 1261; here that begins at a round number well past it. Without bounds one
client could fill the memory, or stop the clock, of everybody on this emulator.
"""

from __future__ import annotations

from typing import Final

from glmkit.emulator.session.refusals import ILLEGAL, TOO_LONG, Refusal
from glmkit.protocol.table import PAYLOADS

MOST_CHARACTERS: Final = 32_000
"""Of instructions, a message or a function's output."""
MOST_BYTES: Final = 512_000
"""Of an event that carries neither sound nor a picture: a whole configuration, tools and all."""
MOST_LEVELS: Final = 64
"""Of objects and arrays inside each other: what encodes and recurses stays far from its end."""


def check_words(words: str, param: str) -> str:
    """The words. Raises Refusal where no context could hold them."""
    if len(words) > MOST_CHARACTERS:
        raise Refusal(
            "too_long", code=TOO_LONG, param=param, found=len(words), most=MOST_CHARACTERS
        )
    return words


def check_event(type: str, size: int) -> None:
    """Raises Refusal for a message of ``size`` bytes that is too big for an event of ``type``."""
    if size > MOST_BYTES and type not in PAYLOADS:
        raise Refusal("too_big", code=TOO_LONG, found=size, most=MOST_BYTES)


def check_levels(value: object, param: str) -> None:
    """Raises Refusal where too many objects and arrays stand inside each other."""
    if not shallow(value, MOST_LEVELS):
        raise Refusal("too_deep", code=ILLEGAL, param=param, most=MOST_LEVELS)


def shallow(value: object, levels: int) -> bool:
    """Whether no more than ``levels`` objects and arrays stand inside each other; no recursion."""
    layer = [value]
    for _ in range(levels + 1):
        layer = [each for outer in layer for each in _inside(outer)]
        if not layer:
            return True
    return False


def _inside(value: object) -> tuple[object, ...]:
    """The objects and arrays directly in ``value``."""
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list):
        return ()
    return tuple(each for each in value if isinstance(each, dict | list))
