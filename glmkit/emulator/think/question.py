"""What was said, and what an answer may need to know: the talk so far, read again each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from glmkit.emulator.think.clauses import language_of
from glmkit.emulator.think.lexicon import is_chinese
from glmkit.emulator.think.persona import Lang, Persona, Said
from glmkit.emulator.think.repertoire import Repertoire, ReplyKey, Told
from glmkit.protocol.script import FollowUp, ScriptReply


@dataclass(frozen=True)
class Question:
    """What was said, in which talk, and from what it can be answered.

    ``lang`` is the language to answer in; ``tools`` are the functions that may be called;
    ``wanted`` is the reply it is taken to want, ``gaps`` what stood in the gaps of its frame.
    """

    words: str
    lang: Lang
    persona: Persona
    history: Sequence[Said]
    pictures: tuple[bytes, ...]
    now: datetime
    repertoires: Mapping[Lang, Repertoire]
    session: str = ""
    tools: frozenset[str] = frozenset()
    wanted: str = ""
    gaps: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def heard_in(self) -> Repertoire:
        """The repertoire in the language that was spoken."""
        return self.repertoires[language_of(self.words) or self.lang]

    @property
    def repertoire(self) -> Repertoire:
        """The repertoire in the language of the answer."""
        return self.repertoires[self.lang]

    @cached_property
    def told(self) -> tuple[tuple[int, Told], ...]:
        """What was said by a script so far: where in the history, and what."""
        found = []
        for place, line in enumerate(self.history):
            if line.role == "assistant" and line.words:
                chinese = is_chinese(line.words)
                told = self.repertoires["zh" if chinese else "en"].told(line.words)
                found += [(place, told)] if told else []
        return tuple(found)

    @property
    def last_told(self) -> Told | None:
        """What the last answer was; None where it was by no script."""
        last = next((n for n, line in _backwards(self.history) if line.role == "assistant"), None)
        return self.told[-1][1] if self.told and self.told[-1][0] == last else None

    @property
    def last_said(self) -> str:
        """The words of the last answer, empty where there was none."""
        said = (
            line.words or "" for _, line in _backwards(self.history) if line.role == "assistant"
        )
        return next(said, "")

    def reply(self, id: str) -> ScriptReply:
        """The reply of this id, in the language of the answer where there is one."""
        for lang in (self.lang, *(each for each in self.repertoires if each != self.lang)):
            if found := self.repertoires[lang].reply(id):
                return found
        raise KeyError(id)

    def follow_up(self, key: ReplyKey) -> FollowUp:
        """The same of a follow-up."""
        found = self.repertoire.follow_up(key) or self.heard_in.follow_up(key)
        assert found is not None
        return found

    def says(self, id: str) -> tuple[str, ...]:
        """All that a reply may say, in the language of the last answer."""
        if not self.last_said:
            return ()
        reply = self.repertoires["zh" if is_chinese(self.last_said) else "en"].reply(id)
        return reply.says if reply else ()

    @cached_property
    def brief(self) -> bool:
        """Whether short answers were asked for, by instructions or by somebody who was heard."""
        return self.persona.brief or any(told.key.reply == "brief" for _, told in self.told)

    def kind(self, id: str) -> str:
        """What the reply of this id is of."""
        return self.reply(id).kind or id

    def words_before(self, place: int) -> str:
        """What the user had said before ``history[place]``."""
        said = (line.words or "" for line in reversed(self.history[:place]) if line.role == "user")
        return next(said, "")


def _backwards(history: Sequence[Said]) -> list[tuple[int, Said]]:
    return list(reversed(list(enumerate(history))))
