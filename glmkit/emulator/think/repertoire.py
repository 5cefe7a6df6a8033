"""All that can be said in one language: the scripts at hand, and how each sentence is found.

By what was heard (``nearest``), by its id, and by its own words (``told``): what a conversation
has come to is read off what was said in it, so nothing needs to be kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from msgspec.structs import replace

from glmkit.emulator.think.frames import fit, is_frame
from glmkit.emulator.think.likeness import Examples, Wording, tokens
from glmkit.protocol.script import FollowUp, Script, ScriptReply, fields

OWN: Final = 0.15  # so much nearer is what a persona's or a teacher's script answers
HERE: Final = 0.1  # and what follows up the answer before
CUT: Final = 8  # letters of a sentence that was cut short, and is still known by its beginning
_CLAUSES: Final = re.compile(r"[，。！？；,.!?;\n]+")


class ReplyKey(NamedTuple):
    """A reply, or what follows it up: the places in one ``then`` after another."""

    reply: str
    path: tuple[int, ...] = ()


class Match(NamedTuple):
    """What may have been meant, how likely (0 to 1), and what stood in the gaps of its frame."""

    score: float
    key: ReplyKey
    gaps: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody said by a script: whose sentence it is, and which; what it asked for."""

    key: ReplyKey
    number: int
    slot: str = ""


class Repertoire:
    """The scripts at hand, those that come first first: theirs replace what later ones have."""

    def __init__(self, own: Sequence[Script], common: Sequence[Script]) -> None:
        self.own = own
        mine, others = _by_id(own), _by_id(common)
        self._replies = others | {id: _heard_as(each, others) for id, each in mine.items()}
        self._own = frozenset(mine)
        self.wording = _wording([*own, *common])
        heard = list(_heard(self._replies.values()))
        self._frames = [each for each in heard if is_frame(each[0])]
        plain = [each for each in heard if not is_frame(each[0])]
        self._examples = Examples(plain, self.wording)
        self.told = lru_cache(2000)(self._told)
        self.among = lru_cache(200)(self._among)

    @cached_property
    def _sentences(self) -> dict[str, Told]:
        return dict(_sentences(self._replies.values()))

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], Told]]:
        said = ((_template(sentence), told) for sentence, told in self._sentences.items())
        return [(pattern, told) for pattern, told in said if pattern]

    def reply(self, id: str) -> ScriptReply | None:
        """The reply of this id."""
        return self._replies.get(id)

    def is_own(self, id: str) -> bool:
        """Whether a reply is a persona's or a teacher's."""
        return id in self._own

    def follow_up(self, key: ReplyKey) -> FollowUp | None:
        """What ``key`` leads to behind a reply."""
        reply = self._replies.get(key.reply)
        found, then = None, reply.then if reply else ()
        for place in key.path:
            if place >= len(then):
                return None
            found, then = then[place], then[place].then
        return found

    def after(self, key: ReplyKey) -> tuple[ReplyKey, ...]:
        """What follows up ``key``, and what already did before it; the newest first."""
        found: list[ReplyKey] = []
        for depth in range(len(key.path), -1, -1):
            at = ReplyKey(key.reply, key.path[:depth])
            part = self.follow_up(at) if at.path else self._replies.get(at.reply)
            found += [
                ReplyKey(at.reply, (*at.path, n)) for n in range(len(part.then) if part else 0)
            ]
        return tuple(found)

    def nearest(self, words: str, *, after: Sequence[ReplyKey] = ()) -> list[Match]:
        """What ``words`` may mean, likeliest first; of follow-ups only those ``after``."""
        scores: dict[ReplyKey, Match] = {}
        for part, share in _parts(words):
            for key, score in self._examples.alike(part).items():
                _keep(scores, Match(score * share, key, {}))
            for frame, key in self._frames:
                if fitted := fit(frame, part, self.wording):
                    _keep(scores, Match(fitted.score * share, key, fitted.values))
        found = [self._favoured(each) for each in scores.values() if _holds(each.key, after)]
        return sorted(found, key=lambda match: -match.score)

    def _among(self, id: str, slot: str) -> Examples[str]:
        """What may be said for the values of a slot."""
        values = self._replies[id].slots[slot].among
        listed = [(each, value) for value, ones in values.items() for each in (value, *ones)]
        return Examples(listed, self.wording)

    def _favoured(self, match: Match) -> Match:
        more = HERE if match.key.path else OWN if match.key.reply in self._own else 0.0
        return match._replace(score=match.score + more)

    def _told(self, words: str) -> Told | None:
        """Whose sentence ``words`` are, or hold, or were going to be; None for nobody's."""
        said = words.strip()
        if said in self._sentences:
            return self._sentences[said]
        held = [each for each in self._sentences if _holds_sentence(said, each)]
        if held:  # the last of several, and all of it
            last = max(held, key=lambda each: (said.rfind(each) + len(each), len(each)))
            return self._sentences[last]
        for pattern, told in self._patterns:
            if pattern.search(said):
                return told
        begun = (each for each in self._sentences if len(said) >= CUT and each.startswith(said))
        return next((self._sentences[each] for each in begun), None)


def _by_id(scripts: Sequence[Script]) -> dict[str, ScriptReply]:
    found: dict[str, ScriptReply] = {}
    for script in reversed(scripts):
        found |= {each.id: each for each in script.replies}
        opening = script.persona.opening if script.persona else ""
        if opening:
            found["greeting"] = ScriptReply(id="greeting", says=(opening,))
    return found


def _heard_as(reply: ScriptReply, others: Mapping[str, ScriptReply]) -> ScriptReply:
    """A reply that takes another's place, and what that one hears where it says nothing of it."""
    other = others.get(reply.id)
    return reply if reply.hears or other is None else replace(reply, hears=other.hears)


def _wording(scripts: Sequence[Script]) -> Wording:
    alike: dict[str, tuple[str, ...]] = {}
    for script in scripts:
        for word, ones in script.alike.items():
            alike[word] = (*alike.get(word, ()), *ones)
    return Wording([word for script in scripts for word in script.fillers], alike)


def _heard(replies: Iterable[ScriptReply]) -> Iterator[tuple[str, ReplyKey]]:
    """Every example, with what it stands for."""
    for reply in replies:
        yield from ((words, ReplyKey(reply.id)) for words in reply.hears)
        for key, each in follow_ups(reply.then, ReplyKey(reply.id)):
            yield from ((words, key) for words in each.hears)


def follow_ups(then: Sequence[FollowUp], behind: ReplyKey) -> Iterator[tuple[ReplyKey, FollowUp]]:
    """All of ``then``, and what follows it up in turn, each with its key."""
    for place, each in enumerate(then):
        key = ReplyKey(behind.reply, (*behind.path, place))
        yield key, each
        yield from follow_ups(each.then, key)


def _sentences(replies: Iterable[ScriptReply]) -> Iterator[tuple[str, Told]]:
    """Everything that may be said, the sentence of one alone before that of many."""
    for reply in replies:
        for name, slot in reply.slots.items():
            for n, sentence in enumerate((*slot.ask, *slot.hints)):
                yield sentence, Told(ReplyKey(reply.id), n, name)
        for key, each in follow_ups(reply.then, ReplyKey(reply.id)):
            for n, sentence in enumerate(each.says or each.each):
                yield sentence, Told(key, n)
        for n, sentence in enumerate(reply.says):
            yield sentence, Told(ReplyKey(reply.id), n)


def _template(sentence: str) -> re.Pattern[str] | None:
    """How to know a sentence with gaps; None for one without, or with nothing but gaps."""
    pieces = re.split(r"\{\w+\}", sentence)
    if not fields(sentence) or sum(map(len, pieces)) < 3:
        return None
    return re.compile(".{1,300}?".join(map(re.escape, pieces)) + "$", re.DOTALL)


def clauses_of(words: str) -> list[str]:
    """The clauses of what was said, without what is between them."""
    return [each for each in _CLAUSES.split(words) if each.strip()] or [words]


def _parts(words: str) -> Iterator[tuple[str, float]]:
    """The whole, and each clause by its share of it: a greeting before a wish weighs little."""
    yield words, 1.0
    clauses = clauses_of(words)
    if len(clauses) > 1:
        many = [len(tokens(each.lower())) for each in clauses]
        for clause, own in zip(clauses, many, strict=True):
            yield clause, (own / (sum(many) or 1)) ** 0.5


def _holds(key: ReplyKey, after: Sequence[ReplyKey]) -> bool:
    return not key.path or key in after


def _holds_sentence(said: str, sentence: str) -> bool:
    return sentence in said if len(sentence) >= CUT else said.endswith(sentence)


def _keep(scores: dict[ReplyKey, Match], match: Match) -> None:
    if match.key not in scores or scores[match.key].score < match.score:
        scores[match.key] = match
