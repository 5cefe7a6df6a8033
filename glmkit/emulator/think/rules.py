"""What to answer, and which function to call: rules, in Mandarin and English. No model.

Rules
- The first answer of a session says that this is the local emulator.
- An answer comes in the language that was asked for, else in the one that was spoken.
- A declared tool is called when what was said fits it (``tool_choice``, ``call_arguments``);
  its output becomes a sentence (``output_sentences``). What a call needs and nobody said is asked
  for.
- Nothing is kept between calls: name, language, memory are read from the instructions and the
  conversation each time, so what was deleted is forgotten. A talk of before that the instructions
  tell of counts as said (``earlier_talk``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from glmkit.emulator.think import answers
from glmkit.emulator.think.answers import ANSWERS, FIXED, AnswerPart, Question, part
from glmkit.emulator.think.clauses import clauses_in, language_of
from glmkit.emulator.think.dialogue import Heard, Output, Reply
from glmkit.emulator.think.earlier_talk import with_earlier_talk
from glmkit.emulator.think.entities import politeness_off
from glmkit.emulator.think.function_calls import arguments_of, calls_for, completed, declared_tools
from glmkit.emulator.think.intents import intent
from glmkit.emulator.think.lexicon import concepts_of, is_chinese
from glmkit.emulator.think.output_sentences import sentence
from glmkit.emulator.think.persona import (
    Lang,
    Persona,
    Said,
    asks_brevity,
    language_asked,
    read_persona,
)
from glmkit.emulator.think.tool_choice import Declared
from glmkit.texts import language, text_in

LANGS: Final[tuple[Lang, ...]] = ("en", "zh")
_MOST_HEARD: Final = 1000  # characters; half a minute of speech has a third of it
_NO_SUMS: Final = frozenset(("count", "time", "date", "joke", "story"))
#: What may be asked of a picture, too: how is she, 检查一下, when was the peak.
_MAY_BE_SEEN: Final = frozenset((None, "see", "how_are_you", "greeting", "time", "search"))
_INTRODUCED = re.compile("仿真器|emulator")
#: What only a function can do.
_ACTS: Final = frozenset(
    (
        *("call", "message", "light", "air", "curtain", "door", "volume", "alarm", "timer"),
        *("reminder", "order", "book", "translate", "music", "navigate"),
    )
)


class Rules:
    """The dialogue by rules."""

    def reply(
        self,
        heard: Heard | Sequence[Output],
        *,
        configuration: Mapping[str, Any],
        history: Sequence[Said] = (),
        now: datetime | None = None,
    ) -> Reply:
        """The answer; ``now`` is the local time unless given."""
        now = now or datetime.now().astimezone()
        words = str(configuration.get("instructions") or "")
        instructions, history = with_earlier_talk(words, history)
        configuration = {**configuration, "instructions": instructions}
        if not isinstance(heard, Heard):
            return _after_calls(heard, configuration, history)
        who = read_persona(instructions, history, heard.text or "")
        lang = who.lang or _spoken(heard, configuration, history)
        if not heard.text or not heard.text.strip():
            return _answer([_measured(heard)], lang, who, history)
        words = completed(heard.text.strip()[:_MOST_HEARD], history)
        question = Question(words, lang, who, history, heard.pictures, now)
        tools = declared_tools(configuration)
        return _wanted(question, tools) or _ruled(question, configuration, acts=not tools)


def stock_texts() -> Iterator[tuple[str, Lang, tuple[str, ...]]]:
    """Every fixed text: its id, the language, the clauses it is said in."""
    for id in FIXED:
        for lang in LANGS:
            yield id, lang, _cut(text_in(lang, f"dialogue.{id}"), lang)


def _wanted(question: Question, tools: Sequence[Declared]) -> Reply | None:
    """The calls, or the question for what they lack; None when no function is wanted."""
    found = calls_for(question, tools)
    if isinstance(found, AnswerPart):
        return _answer([found], question.lang, question.persona, question.history)
    return Reply(lang=question.lang, calls=found) if found else None


def _after_calls(
    outputs: Sequence[Output], configuration: Mapping[str, Any], history: Sequence[Said]
) -> Reply:
    """The outputs in words, in the language of the question."""
    who = read_persona(str(configuration.get("instructions") or ""), history)
    lang = who.lang or _spoken(Heard(None), configuration, history)
    calls = [line for line in history if line.role == "call"][-len(outputs) :]
    about = [next((v for v in arguments_of(c).values() if isinstance(v, str)), "") for c in calls]
    said = sentence([each.output for each in outputs], lang, about=about)
    return _reply([said], lang, who, history, ids=None)


def _ruled(question: Question, configuration: Mapping[str, Any], *, acts: bool) -> Reply:
    """The answer of the rules."""
    parts, search = _parts(question, acts=acts)
    reply = _answer(parts, question.lang, question.persona, question.history)
    beta = configuration.get("beta_fields")
    if search and (not isinstance(beta, Mapping) or beta.get("auto_search", True)):
        return replace(reply, inner_search=politeness_off(question.words))
    return reply


def _parts(question: Question, *, acts: bool) -> tuple[list[AnswerPart], bool]:
    wanted = intent(question.words)
    name = wanted[0] if wanted else None
    if name in ("repeat", "your_name", "code_word"):
        return [ANSWERS[name](replace(question, match=wanted[1] if wanted else None))], False
    if met := answers.introduced(question):
        return [met], False
    if name in _MAY_BE_SEEN and (looked := answers.looked_at(question)):
        return [looked], False
    told = _instructed(question)
    if told and name in (None, "greeting", "thanks", "see"):
        return [told], False
    if name not in _NO_SUMS and (total := answers.total(question)):
        return [total], False
    if name in (None, "greeting") and acts and concepts_of(question.words) & _ACTS:
        return [part("no_tool", words=answers.shown(question.words))], False
    if name is None:
        return [answers.unknown(question)], False
    return [ANSWERS[name](replace(question, match=wanted[1] if wanted else None))], name == "search"


def _instructed(question: Question) -> AnswerPart | None:
    """The answer to "speak English" and "be brief"."""
    if language_asked(question.words):
        return part("language")
    return part("brief") if asks_brevity(question.words) else None


def _measured(heard: Heard) -> AnswerPart:
    if heard.source in ("unclear", "busy"):
        return part(heard.source)
    if heard.text is not None:
        return part("no_words")
    seconds = f"{heard.seconds:.1f}"
    if heard.level < -90:
        return part("measured_silence", seconds=seconds)
    return part("measured", seconds=seconds, level=round(-heard.level))


def _answer(
    parts: Sequence[AnswerPart], lang: Lang, who: Persona, history: Sequence[Said]
) -> Reply:
    ids = [each.id for each in parts]
    return _reply([each.words(lang) for each in parts], lang, who, history, ids=ids)


def _reply(
    said: Sequence[str],
    lang: Lang,
    who: Persona,
    history: Sequence[Said],
    *,
    ids: Sequence[str] | None,
) -> Reply:
    """The clauses of an answer, after the introduction where it is the first."""
    shortened = [_brief(words) if who.brief else words for words in said]
    fixed = ids is not None and all(id in FIXED for id in ids) and shortened == list(said)
    names = list(ids or ())
    if _first(history) and not any(_INTRODUCED.search(words) for words in shortened):
        shortened.insert(0, text_in(lang, "dialogue.intro"))
        names.insert(0, "intro")
    found = tuple(clause for words in shortened for clause in _cut(words, lang))
    return Reply(found, lang, stock="+".join(names) if fixed else None)


def _first(history: Sequence[Said]) -> bool:
    """Whether nobody has said yet that this is the emulator."""
    return not any(
        line.role == "assistant" and _INTRODUCED.search(line.words or "") for line in history
    )


def _brief(words: str) -> str:
    """The first sentence, and the second where the first is a few words."""
    sentences = re.findall(r".+?(?:[。！？]|[.!?](?=\s|$)|$)\s*", words, re.DOTALL)
    kept = "".join(sentences[:1])
    return (kept if len(kept) > 4 else "".join(sentences[:2])).strip()


def _cut(words: str, lang: Lang) -> tuple[str, ...]:
    return tuple(clause.words for clause in clauses_in(words, lang))


def _spoken(heard: Heard, configuration: Mapping[str, Any], history: Sequence[Said]) -> Lang:
    """The language of what was said, else of the user's last words, else of the instructions.

    Signs alone, 1+1, are in none."""
    if heard.lang:
        return heard.lang
    said = [line.words for line in history if line.role == "user" and line.words]
    for words in (heard.text or "", *reversed(said), str(configuration.get("instructions") or "")):
        if spoken := language_of(words):
            return "zh" if is_chinese(words) else spoken
    return language()
