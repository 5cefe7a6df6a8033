"""What was said, and what an answer may need to know: the talk so far, read again each time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Final

from glmkit.emulator.think.clauses import HAN, language_of
from glmkit.emulator.think.lexicon import is_chinese
from glmkit.emulator.think.persona import Lang, Persona, Said
from glmkit.emulator.think.repertoire import Repertoire, ReplyKey, Told
from glmkit.protocol.script import FollowUp, ScriptReply

_LETTERS: Final = {"zh": re.compile(f"[{HAN}]"), "en": re.compile("[A-Za-z]")}


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
        return self._spoken_in(self.words)

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
                told = self.told_by(line.words)
                found += [(place, told)] if told else []
        return tuple(found)

    def told_by(self, words: str) -> Told | None:
        """Whose sentence ``words`` are, in whichever language has it: one may quote the other."""
        each = (found.told(words) for found in self._written_in(words))
        return next(filter(None, each), None)

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
        found = self._holder(id).reply(id)
        assert found is not None
        return found

    def hearing(self, id: str, words: str) -> Repertoire:
        """In whose words an answer to the reply of this id is heard.

        In those of the language that was spoken, where it asks for the same; else in the reply's.
        """
        spoken = self._spoken_in(words)
        same = spoken.reply(id)
        asks_the_same = same is not None and same.slots.keys() == self.reply(id).slots.keys()
        return spoken if asks_the_same else self._holder(id)

    def follow_up(self, key: ReplyKey) -> FollowUp:
        """The same of a follow-up."""
        found = (each.follow_up(key) for each in self._repertoires(self.lang))
        return next(each for each in found if each is not None)

    def followed_by(self, key: ReplyKey) -> tuple[ReplyKey, ...]:
        """What may follow up ``key``."""
        found = (each.after(key) for each in self._repertoires(self.lang) if each.reply(key.reply))
        return next(found, ())

    def says(self, id: str) -> tuple[str, ...]:
        """All that a reply may say, in each language that the last answer has words of."""
        found = (each.reply(id) for each in self._written_in(self.last_said))
        return tuple(words for reply in found if reply for words in reply.says)

    def _spoken_in(self, words: str) -> Repertoire:
        return self.repertoires[language_of(words) or self.lang]

    def _written_in(self, words: str) -> Iterator[Repertoire]:
        """Of each language that ``words`` have letters of, that of most of them first."""
        first: Lang = "zh" if is_chinese(words) else "en"
        for lang in sorted(self.repertoires, key=lambda each: each != first):
            if _LETTERS[lang].search(words):
                yield self.repertoires[lang]

    def _holder(self, id: str) -> Repertoire:
        """The repertoire that has a reply of this id, that of the answer's language first."""
        for each in self._repertoires(self.lang):
            if each.reply(id):
                return each
        raise KeyError(id)

    def _repertoires(self, first: Lang) -> Iterator[Repertoire]:
        """Each language's, ``first`` first; the others are read where they are asked."""
        yield self.repertoires[first]
        yield from (self.repertoires[lang] for lang in self.repertoires if lang != first)

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
