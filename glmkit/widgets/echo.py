"""Whether an answer interrupted itself: what was "said" is a piece of what was being played."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

SHORTEST = 4  # characters; anything shorter may be chance
SHARE = 0.6  # of what was heard stands, in order, in the answer


def is_echo(heard: str, answer: str) -> bool:
    """Whether the words ``heard`` are the ``answer``'s own, as a loudspeaker near the microphone
    makes them; both as transcripts."""
    heard, answer = _plain(heard), _plain(answer)
    if len(heard) < SHORTEST or not answer:
        return False
    matcher = SequenceMatcher(None, heard, answer, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks() if block.size > 1)
    longest = matcher.find_longest_match().size
    return longest >= SHORTEST and same >= SHARE * len(heard)


def _plain(words: str) -> str:
    return re.sub(r"[\W_]+", "", words).lower()
