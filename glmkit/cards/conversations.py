"""The card of a conversation: its turns in a column, and each opens into its own.

The last turns are shown whole, those before them in a line each, as many as there is room for. What
sounds is played where all of it has room, of the last turns first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from glmkit.auth.masking import their_words
from glmkit.cards import latency_row
from glmkit.cards.findings import in_brief, list_of
from glmkit.cards.frame import (
    Bundle,
    bundle,
    card,
    in_terminal,
    quiet,
    readable,
    row,
    safe,
    say,
    weight,
)
from glmkit.cards.players import player
from glmkit.cards.tool_calls import tool_lines, tool_table
from glmkit.cards.transcripts import answer_of, interruption_of, question_of
from glmkit.cards.turns import turn_figure, turn_head
from glmkit.errors import BadAudio
from glmkit.explain import explain
from glmkit.media.clip import Clip
from glmkit.turns.labels import peer_name
from glmkit.turns.turn import Turn
from glmkit.turns.turn_sequence import wait_of

ROOM: Final = 480_000  # bytes of a conversation; what is left to 500 kB is for its envelope
_WHOLE: Final = 20  # turns that are shown whole
_BRIEF: Final = 200  # turns before them in a line each
_FIGURES: Final = 3  # turns whose figures have room
_NOTES: Final = 3  # whom the turns were measured against, if not all against the same
_WORDS: Final = 2_500  # bytes of what either said at once
_TOOLS: Final = 6_000  # bytes of a turn's calls
_LINE: Final = 200  # bytes of a cell in a line
_PER_SECOND: Final = 5_200  # bytes that a second of sound takes


def conversation_card(turns: Sequence[Turn]) -> Bundle:
    """Who said what in each turn, what was heard, how long it took, what was odd about it."""
    if in_terminal():
        return {}
    shown, plain = [*turns], repr(turns)  # a live session goes on adding
    label = say("cards.conversation")
    head = row(f"<b>{label}</b>", say("cards.turn_count", count=len(shown)))
    notes = dict.fromkeys(latency_row.note(turn.reached, turn.model) for turn in shown[-_WHOLE:])
    above = "".join([head, *[*notes][:_NOTES]])
    room = ROOM - weight(card("conversation", label, above), readable(plain))
    return bundle(plain, card("conversation", label, above, column(shown, room=room)))


def column(turns: Sequence[Turn], *, room: int) -> str:
    """The turns below one another, in at most ``room`` bytes; of none, how to make one. HTML."""
    if not turns:
        return quiet(say("turns.none_yet"))
    whole = _that_fit(turns, room * 3 // 4)
    before = _in_brief(turns[: len(turns) - len(whole)])
    left = room - weight(before, *(each.html for each in whole))
    for each in reversed(whole):
        left -= each.add_sound(left)
    return "".join([before, *(each.html for each in whole)])


# -- a turn that is shown whole --------------------------------------------------------------


@dataclass
class _Shown:
    """A turn as it is shown: what is above its sound, the sound once it has room, and the rest."""

    place: int
    above: str
    below: str
    input: Clip | None
    audio: Clip | None
    sound: str = ""

    @property
    def html(self) -> str:
        return f"{self.above}{self.sound}{self.below}"

    def add_sound(self, room: int) -> int:
        """Let both voices be played where all of them has room; the bytes that it takes."""
        mine = self._player("you", self.input, f"turns[{self.place}].input", room)
        theirs = self._player(
            "answer", self.audio, f"turns[{self.place}].audio", room - weight(mine)
        )
        voices = _voice("input", "you", mine), _voice("response", "answer", theirs)
        self.sound = f'<div class="glm-voices">{"".join(voices)}</div>' if mine or theirs else ""
        return weight(self.sound)

    @staticmethod
    def _player(who: str, clip: Clip | None, whole: str, room: int) -> str:
        if clip is not None and clip.seconds * _PER_SECOND > room:
            return quiet(say("cards.no_room", seconds=clip.seconds, whole=whole))
        return player(clip, say(f"cards.play_{who}"), room=room, whole=whole)


def _that_fit(turns: Sequence[Turn], room: int) -> list[_Shown]:
    """The last turns, whole, as many as there is room for."""
    found: list[_Shown] = []
    for place in reversed(range(max(len(turns) - _WHOLE, 0), len(turns))):
        shown = _shown(turns[place], place, figure=len(turns) <= _FIGURES)
        room -= weight(shown.html)
        if room < 0:
            break
        found.insert(0, shown)
    return found


def _shown(turn: Turn, place: int, *, figure: bool) -> _Shown:
    try:
        clips, rest = (turn.input, turn.audio), _rest(turn, figure=figure)
        found, odd = f"<b>{safe(latency_row.finding(turn))}</b>", in_brief(explain(turn))
        cut = interruption_of(turn)
    except BadAudio as error:  # without its sound a turn has no latency, and no findings
        clips, rest = (None, None), tool_table(turn.tool_calls, room=_TOOLS)
        found, odd, cut = f"<b>{say('cards.undecodable', why=error)}</b>", "", ""
    head = turn_head(turn, found, name=f"<b>{place + 1}</b>")
    mine = _voice("input", "you", question_of(turn, room=_WORDS))
    theirs = _voice("response", "answer", answer_of(turn, room=_WORDS) + cut)
    words = f'<div class="glm-voices">{mine}{theirs}</div>{tool_lines(turn.tool_calls)}{odd}'
    opening = f'<div class="glm-turn" role="group" aria-label="{say("cards.turn")} {place + 1}">'
    above = f"{opening}{head}{words}<details><summary>{say('cards.unfold')}</summary>"
    return _Shown(place, above, f"{rest}</details></div>", *clips)


def _voice(meaning: str, who: str, shown: str) -> str:
    name = f'<div class="glm-name">{say(f"cards.{who}")}</div>'
    return f'<div class="glm-voice glm-of-{meaning}">{name}{shown}</div>'


def _rest(turn: Turn, *, figure: bool) -> str:
    """What a turn opens into, below its sound."""
    drawn = turn_figure(turn) if figure else None
    parts = (drawn.html if drawn else "", latency_row.stages(turn.latency))
    return "".join([*parts, tool_table(turn.tool_calls, room=_TOOLS), list_of(explain(turn))])


# -- the turns before ------------------------------------------------------------------------


def _in_brief(turns: Sequence[Turn]) -> str:
    """A line for each of the turns before those that are shown whole; the first may be left out."""
    if not turns:
        return ""
    first = max(len(turns) - _BRIEF, 0)
    heads = "".join(f'<th scope="col">{head}</th>' for head in _heads())
    rows = "".join(_line(turn, number) for number, turn in enumerate(turns[first:], first + 1))
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    summary = f"<summary>{say('cards.before', count=len(turns))}</summary>"
    gone = quiet(say("cards.turns_left_out", count=first)) if first else ""
    return f"<details>{summary}{gone}{table}</details>"


def _heads() -> Iterator[str]:
    yield from (say(f"cards.{name}") for name in ("column_turn", "you", "answer", "wait"))


def _line(turn: Turn, number: int) -> str:
    words = (their_words(said, 150) for said in (turn.user_transcript, turn.transcript))
    you, answer = (safe(said, _LINE) for said in words)
    waited = safe(f"{wait_of(turn)} · {peer_name(turn.reached)}", _LINE)
    return (
        f'<tr><th scope="row">{number}</th><td dir="auto">{you}</td><td dir="auto">{answer}</td>'
        f"<td>{waited}</td></tr>"
    )
