"""What a conversation was so far, in words for the instructions of a new connection. Pure.

A new connection remembers nothing (documented), and message items do not fill its memory; a
transcript in the instructions was recalled (observed, two of two). Not tried by this project live.

Rules
- What was *heard* counts: an interrupted answer is cut where its sound stopped, at a word's end.
- Whole sentences and no role labels: a voice was heard to read those out.
- At most a third of the context (8K tokens): 6,000 characters, 2,000 of Chinese; the oldest turns
  go first. With the person's own instructions it comes to at most 12,000 (observed: trimmed
  there by another client; the service publishes no bound).
- The person's own instructions come first, and last once more, since the last words weigh most
  (observed); of long ones only their end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

from glmkit.auth.masking import mask
from glmkit.texts import Language, text_in
from glmkit.turns.heard_part import HAN, heard_words
from glmkit.turns.turn import ToolCall, Turn

ROOM: Final[dict[Language, int]] = {"en": 6_000, "zh": 2_000}  # characters of a history
MOST: Final = 12_000  # characters of instructions with one
_LEAST: Final = 200  # characters: a history with less room says nothing
_OUTPUT: Final = 400  # characters of a function's arguments, and of its output
_CHINESE: Final = 0.2  # the share of such characters in what is rather Chinese
_ENDS: Final = re.compile(r"(?<=[.!?])\s+|(?<=[。！？\n])\s*")
_ENDED: Final = re.compile(r"[.!?。！？]”$")


class Instructions(NamedTuple):
    """What a connection is told: the words, and the number of turns that they tell of."""

    words: str | None
    turns: int = 0


def with_history(own: str | None, turns: Iterable[Turn]) -> Instructions:
    """A person's ``own`` instructions, and what was said and heard in ``turns``, oldest first."""
    own = own or ""
    said = [turn for turn in turns if turn.user_transcript or turn.transcript or turn.tool_calls]
    lang = _language(said)
    again = _end_of(own, ROOM[lang] // 4)
    room = min(ROOM[lang], MOST - len(own) - len(again) - 2)
    say = partial(text_in, lang)
    begin, end = say("turns.history_begin"), say("turns.history_end")
    told = _newest(said, lang, room - len(begin) - len(end) - 2) if room >= _LEAST else []
    if not told:
        return Instructions(own or None)
    lines = [own, begin, *told, end, again]
    return Instructions("\n".join(filter(None, lines)), len(told))


def _language(turns: Sequence[Turn]) -> Language:
    """The language of most of what was said last."""
    words = "".join(f"{turn.user_transcript}{turn.transcript}" for turn in turns)[-ROOM["en"] :]
    return "zh" if len(HAN.findall(words)) > _CHINESE * len(words) else "en"


def _newest(turns: Sequence[Turn], lang: Language, room: int) -> list[str]:
    """A line for each of the newest turns that there is room for, oldest first."""
    lines: list[str] = []
    for turn in reversed(turns):
        line = _line(turn, lang, room)
        if len(line) > room and not lines:
            line = _line(turn, lang, room // 4)
        room -= len(line) + 1
        if room < 0:
            break
        lines.insert(0, line)
    return lines


def _line(turn: Turn, lang: Language, most: int) -> str:
    """A turn in a sentence; of long words the last ``most`` characters."""
    joint, end = ("；", "。") if lang == "zh" else ("; ", ".")
    line = joint.join(_clauses(turn, lang, most))
    return line[0].upper() + line[1:] + ("" if _ENDED.search(line) else end)


def _clauses(turn: Turn, lang: Language, most: int) -> Iterator[str]:
    say = partial(text_in, lang)
    if turn.user_transcript:
        yield say("turns.history_heard", words=_quoted(turn.user_transcript, most))
    elif turn.asked:
        yield say("turns.history_unknown")
    for call in turn.tool_calls[-3:]:
        yield _used(call, lang)
    heard = heard_words(turn)
    cut = heard != turn.transcript or turn.status in ("disconnected", "cancelled", "interrupted")
    if heard:
        name = "turns.history_cut" if cut else "turns.history_said"
        yield say(name, words=_quoted(heard, most))
    else:
        yield say("turns.history_unheard" if turn.transcript else "turns.history_unanswered")


def _used(call: ToolCall, lang: Language) -> str:
    given = json.dumps(call.arguments, ensure_ascii=False, default=str)
    name = "turns.history_call" if call.output is None else "turns.history_output"
    output = _quoted(str(call.output), _OUTPUT)
    return text_in(lang, name, name=call.name, arguments=_quoted(given, _OUTPUT), output=output)


def _quoted(words: str, most: int) -> str:
    """Words on one line that can stand in quotation marks, the last of them where they are many."""
    plain = mask(" ".join(words.split())).translate({ord("“"): "‘", ord("”"): "’"})
    return plain if len(plain) <= most else f"…{plain[1 - most :]}"


def _end_of(own: str, most: int) -> str:
    """The last sentences of ``own`` that come to at most so many characters; all if they do."""
    if len(own) <= most:
        return own
    starts = (end.end() for end in _ENDS.finditer(own))
    return next((own[at:] for at in starts if 0 < len(own) - at <= most), own[-most:])
