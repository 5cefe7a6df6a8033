"""What is expected of a line, held against the turn that it became. Pure.

Words are compared as they are written (small letters, half width), or with numbers as digits and
without punctuation, as error rates are: "seven o'clock" is "7 o'clock". English words are found at
the beginning of a word, numbers whole; Chinese anywhere.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from glmkit.emulator.think.clauses import language_of
from glmkit.emulator.think.repertoire import Repertoire, ReplyKey, Told
from glmkit.lab.rehearsed_lines import CheckedExpectation
from glmkit.lab.scores import in_words, written_alike
from glmkit.numeric import is_number
from glmkit.protocol.script import Expects
from glmkit.turns.turn import Turn

_SENTENCE: Final = re.compile(r".+?(?:[。！？]|[.!?](?=\s|$)|$)", re.DOTALL)
_EITHER: Final = " | "
ALL: Final = " + "  # between the words of one expectation


def checked(
    expects: Expects, turn: Turn, *, said: str, repertoire: Repertoire | None
) -> Iterator[CheckedExpectation]:
    """Everything that was expected, each met or not; that there is an answer, where there is none.

    ``said``: the words of the line; ``repertoire``: what an emulator answers from, or None where
    nobody can tell.
    """
    if not (turn.transcript or turn.audio is not None or turn.tool_calls):
        yield CheckedExpectation("answer", "", turn.status, met=False)
    if expects.kind and repertoire is not None:
        kinds = kinds_of(turn, repertoire)
        found = _EITHER.join(kinds)
        yield CheckedExpectation("kind", expects.kind, found, expects.kind in kinds)
    yield from _of_words(expects, turn)
    yield from _of_calls(expects, turn)
    yield from _of_numbers(expects, turn, said)
    if expects.no_finding:
        found_names = [name for name in turn.explain().names if name in expects.no_finding]
        wanted = ALL.join(expects.no_finding)
        yield CheckedExpectation("no_finding", wanted, ", ".join(found_names), not found_names)
    if expects.language is not None:
        language = language_of(turn.transcript) or ""
        met = language == expects.language
        yield CheckedExpectation("language", expects.language, language, met)


# -- words ---------------------------------------------------------------------------------


def _of_words(expects: Expects, turn: Turn) -> Iterator[CheckedExpectation]:
    answer = turn.transcript
    yield from _all_in("words", expects.words, answer)
    if expects.any:
        met = any(says(answer, each) for each in expects.any)
        yield CheckedExpectation("any", _EITHER.join(expects.any), answer, met)
    if expects.not_words:
        there = [each for each in expects.not_words if says(answer, each)]
        wanted = ALL.join(there or expects.not_words)
        yield CheckedExpectation("not", wanted, answer, not there)
    yield from _all_in("heard", expects.heard, turn.user_transcript)


def _all_in(key: str, words: Sequence[str], whole: str) -> Iterator[CheckedExpectation]:
    """Whether all are in what was said; of those that aren't, which."""
    if words:
        missing = [each for each in words if not says(whole, each)]
        yield CheckedExpectation(key, ALL.join(missing or words), whole, not missing)


def says(whole: str, words: str) -> bool:
    """Whether ``whole`` says ``words``, as written or said."""
    if _holds(_plain(whole), _plain(words)):
        return True
    for written in (written_alike, in_words):  # the second: digits said one by one
        alike = written(words)
        if (len(alike) > 1 or alike.isdecimal()) and _holds(written(whole), alike):
            return True
    return False


def _plain(words: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", words).lower().replace("’", "'").split())


def _holds(whole: str, part: str) -> bool:
    """English at the beginning of a word, numbers whole; Chinese anywhere, whatever blanks."""
    if not part.isascii():
        return part.replace(" ", "") in whole.replace(" ", "")
    begin = r"(?<!\d)" if part[:1].isdigit() else r"(?<![a-z])" if part[:1].isalpha() else ""
    end = r"(?!\d)" if part[-1:].isdigit() else ""
    return bool(part) and re.search(begin + re.escape(part) + end, whole) is not None


# -- which reply ---------------------------------------------------------------------------


def kinds_of(turn: Turn, repertoire: Repertoire) -> tuple[str, ...]:
    """Of which replies the answer's sentences are, or the slots they ask for; ``call`` for one
    that called a function."""
    told = [repertoire.told(turn.transcript)] if turn.transcript else []
    told += [repertoire.told(each.strip()) for each in _SENTENCE.findall(turn.transcript)]
    kinds = [kind for each in told if each for kind in _kinds(each, repertoire)]
    calls = ["call"] if turn.tool_calls else []
    return tuple(dict.fromkeys([*calls, *kinds]))


def _kinds(told: Told, repertoire: Repertoire) -> Iterator[str]:
    reply = repertoire.reply(told.key.reply)
    if told.slot:
        yield told.slot
    elif part := repertoire.follow_up(ReplyKey(*told.key)):
        yield part.kind or (reply.kind if reply else "") or told.key.reply
    elif reply is not None:
        yield reply.kind or reply.id


# -- functions -----------------------------------------------------------------------------


def _of_calls(expects: Expects, turn: Turn) -> Iterator[CheckedExpectation]:
    if not expects.tool:
        return
    names = [call.name for call in turn.tool_calls]
    called = expects.tool in names
    yield CheckedExpectation("tool", expects.tool, ", ".join(names), called)
    if expects.arguments and called:
        given = [call.arguments for call in turn.tool_calls if call.name == expects.tool]
        met = any(_agrees(each, expects.arguments) for each in given)
        wanted, found = _json(expects.arguments), "; ".join(map(_json, given))
        yield CheckedExpectation("arguments", wanted, found, met)


def _agrees(given: Any, wanted: Any) -> bool:
    """Whether what was given has all that is wanted; words as they are said."""
    if isinstance(wanted, Mapping):
        has = isinstance(given, Mapping)
        return has and all(name in given and _agrees(given[name], wanted[name]) for name in wanted)
    if isinstance(wanted, str):
        return says(str(given), wanted)
    if is_number(wanted) and not isinstance(wanted, bool):
        return bool(is_number(given) and given == wanted)
    return bool(given == wanted)


def _json(found: Any) -> str:
    return json.dumps(found, ensure_ascii=False, default=repr)


# -- numbers -------------------------------------------------------------------------------


def _of_numbers(expects: Expects, turn: Turn, said: str) -> Iterator[CheckedExpectation]:
    if expects.within is not None:
        _, wait = turn.latency.first
        found = "" if wait is None else f"{wait:.2f}"
        met = wait is not None and wait <= expects.within
        yield CheckedExpectation("within", f"{expects.within:g}", found, met)
    scores: Sequence[tuple[str, float | None, Callable[[str], float]]] = (
        ("cer", expects.cer, turn.cer),
        ("wer", expects.wer, turn.wer),
    )
    for key, most, score in scores:
        if most is not None:
            rate = score(said)
            yield CheckedExpectation(key, f"{most:g}", f"{rate:.2f}", rate <= most)
