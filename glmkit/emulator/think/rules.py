"""What to answer, and which function to call: by scripts, in Mandarin and English. No model.

Rules
- The first answer of a session says that this is the local emulator.
- An answer comes in the language that was asked for, else in the one that was spoken.
- A declared tool is called when what was said fits it (``tool_choice``, ``call_arguments``);
  its output becomes a sentence (``output_sentences``). What a call needs and nobody said is asked
  for.
- All else is in scripts (``scripts/``); ``ways`` has the order in which they are asked.
- Nothing is kept between calls: name, language, memory are read from the instructions and the
  conversation each time, so what was deleted is forgotten. A talk of before that the instructions
  tell of counts as said (``earlier_talk``).
- Nothing is said twice running without a word about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from glmkit.emulator.think.answers import FIXED, AnswerPart, part
from glmkit.emulator.think.brevity import INTRODUCED, shortened
from glmkit.emulator.think.clauses import clauses_in, language_of
from glmkit.emulator.think.default_instructions import INSTRUCTIONS
from glmkit.emulator.think.dialogue import Heard, Output, Reply
from glmkit.emulator.think.earlier_talk import with_earlier_talk
from glmkit.emulator.think.entities import politeness_off
from glmkit.emulator.think.function_calls import arguments_of, calls_for, completed, declared_tools
from glmkit.emulator.think.lexicon import is_chinese
from glmkit.emulator.think.meanings import clearly_wants
from glmkit.emulator.think.output_sentences import sentence
from glmkit.emulator.think.persona import Lang, Said, read_persona
from glmkit.emulator.think.question import Question
from glmkit.emulator.think.reply_answers import ScriptedAnswer
from glmkit.emulator.think.scripts_at_hand import LANGS, ScriptsAtHand, kit_scripts
from glmkit.emulator.think.sentences import Sentence, of_reply, stock_sentences
from glmkit.emulator.think.sight.kit_pictures import own_pictures
from glmkit.emulator.think.tool_choice import Declared
from glmkit.emulator.think.ways import answer
from glmkit.protocol.script import Script
from glmkit.texts import language, text_in

_SAID_AGAIN: Final = frozenset(("repeat", "say_again", "result"))
_MOST_HEARD: Final = 1000  # characters; half a minute of speech has a third of it
#: What is about the talk itself: a declared tool never takes it.
_ITS_OWN: Final = frozenset(
    (
        *("repeat", "say_again", "first_asked", "last_asked", "your_name", "code_word"),
        *("identity", "abilities"),
    )
)


class Rules:
    """The dialogue by scripts: the kit's, behind those that are given."""

    def __init__(self, scripts: Sequence[Script] = ()) -> None:
        self._scripts = ScriptsAtHand(scripts)

    def reply(
        self,
        heard: Heard | Sequence[Output],
        *,
        configuration: Mapping[str, Any],
        history: Sequence[Said] = (),
        now: datetime | None = None,
    ) -> Reply:
        """The answer; ``now`` is the local time unless given."""
        words = str(configuration.get("instructions") or "")
        instructions, history = with_earlier_talk(words, history)
        configuration = {**configuration, "instructions": instructions}
        question = self._question(heard, configuration, history, now or _now())
        if not isinstance(heard, Heard):
            return _after_calls(heard, question)
        if not question.words:
            return _measured(heard, question)
        tools = declared_tools(configuration)
        return _wanted(question, tools) or _answered(question, configuration, acts=not tools)

    def _question(
        self,
        heard: Heard | Sequence[Output],
        configuration: Mapping[str, Any],
        history: Sequence[Said],
        now: datetime,
    ) -> Question:
        instructions = str(configuration["instructions"])
        said = heard if isinstance(heard, Heard) else Heard(None)
        words = (said.text or "").strip()[:_MOST_HEARD]
        who = read_persona(instructions, history, said.text or "")
        question = Question(
            words,
            who.lang or _spoken(said, configuration, history),
            who,
            history,
            said.pictures,
            now,
            self._scripts.repertoires(instructions),
            str(configuration.get("id") or ""),
            frozenset(tool.name for tool in declared_tools(configuration)),
        )
        if clearly_wants(question) or question.last_told:  # a script asks for its own slots
            return question
        return replace(question, words=completed(words, history))


def stock_texts() -> Iterator[tuple[str, Lang, tuple[str, ...]]]:
    """Every fixed sentence: its id, the language, the clauses it is said in."""
    for lang in LANGS:
        for id in sorted(FIXED):
            yield id, lang, _cut(text_in(lang, f"dialogue.{id}"), lang)
        for script in kit_scripts(lang):
            for id, words in stock_sentences(script):
                yield id, lang, _cut(words, lang)
        for picture in own_pictures():
            yield f"picture_{picture.name}", lang, _cut(picture.described(lang), lang)
        yield "picture_known", lang, _cut(text_in(lang, "dialogue.picture_known", said=""), lang)


def _now() -> datetime:
    return datetime.now().astimezone()


def _wanted(question: Question, tools: Sequence[Declared]) -> Reply | None:
    """The calls, or the question for what they lack; None when no function is wanted."""
    wanted = clearly_wants(question)
    if not tools or wanted in _ITS_OWN or question.heard_in.is_own(wanted):
        return None
    found = calls_for(question, tools)
    if isinstance(found, AnswerPart):
        return _said(question, "ask", [_text(question, found)])
    return Reply(lang=question.lang, calls=found, kind="call") if found else None


def _after_calls(outputs: Sequence[Output], question: Question) -> Reply:
    """The outputs in words, in the language of the question."""
    calls = [line for line in question.history if line.role == "call"][-len(outputs) :]
    about = [next((v for v in arguments_of(c).values() if isinstance(v, str)), "") for c in calls]
    said = sentence([each.output for each in outputs], question.lang, about=about)
    return _said(question, "result", [Sentence(said)])


def _answered(question: Question, configuration: Mapping[str, Any], *, acts: bool) -> Reply:
    """The answer of the scripts."""
    found: ScriptedAnswer = answer(question, acts=acts)
    if found.calls:
        return Reply(lang=question.lang, calls=found.calls, kind=found.kind)
    reply = _said(question, found.kind, found.sentences)
    beta = configuration.get("beta_fields")
    searches = not isinstance(beta, Mapping) or beta.get("auto_search", True)
    if found.kind == "search" and searches:
        return replace(reply, inner_search=politeness_off(question.words))
    return reply


def _measured(heard: Heard, question: Question) -> Reply:
    """What can be told of a sound without words."""
    seconds = f"{heard.seconds:.1f}"
    if heard.source in ("unclear", "busy"):
        return _said(question, heard.source, [_text(question, part(heard.source))])
    if heard.text is not None:
        return _said(question, "no_words", [of_reply(question, "no_words")])
    if heard.level < -90:
        found = part("measured_silence", seconds=seconds)
    else:
        found = part("measured", seconds=seconds, level=round(-heard.level))
    return _said(question, "measured", [_text(question, found)])


def _text(question: Question, part: AnswerPart) -> Sentence:
    words = text_in(question.lang, f"dialogue.{part.id}", **part.values)
    return Sentence(words, part.id if part.id in FIXED else None)


def _said(question: Question, kind: str, sentences: Sequence[Sentence]) -> Reply:
    """The clauses of an answer, after the introduction where it is the first."""
    brief = question.brief or kind == "brief"
    said = list(sentences)
    if brief:
        said = [Sentence(shortened(question, each.words), each.stock) for each in sentences]
    if [each.words for each in said] != [each.words for each in sentences]:
        said = [Sentence(each.words) for each in said]
    if kind not in _SAID_AGAIN and _joined(said) == _last_said(question):
        said.insert(0, _as_before(question))
    if _first(question.history) and not any(INTRODUCED.search(each.words) for each in said):
        said.insert(0, of_reply(question, "intro"))
    names = [each.stock for each in said]
    clauses = tuple(clause for each in said for clause in _cut(each.words, question.lang))
    stock = None if None in names else "+".join(map(str, names))
    return Reply(clauses, question.lang, stock=stock, kind=kind)


def _first(history: Sequence[Said]) -> bool:
    """Whether nobody has said yet that this is the emulator."""
    return not any(
        line.role == "assistant" and INTRODUCED.search(line.words or "") for line in history
    )


def _as_before(question: Question) -> Sentence:
    """That the answer is the same, in other words than the last time."""
    says = question.reply("as_before").says
    used = next((n for n, each in enumerate(says) if each in question.last_said), -1)
    number = (used + 1) % len(says)
    return Sentence(says[number], f"as_before_{number + 1}")


def _joined(said: Sequence[Sentence]) -> str:
    return "".join(each.words.strip() for each in said)


def _last_said(question: Question) -> str:
    """The last answer without what stood before it."""
    said = question.last_said.strip()
    for each in (*question.says("intro"), *question.says("as_before")):
        said = said.removeprefix(each).strip()
    return said


def _cut(words: str, lang: Lang) -> tuple[str, ...]:
    return tuple(clause.words for clause in clauses_in(words, lang))


def _spoken(heard: Heard, configuration: Mapping[str, Any], history: Sequence[Said]) -> Lang:
    """The language of what was said, else of the user's last words, else of the instructions.

    Signs alone, 1+1, are in none, nor are instructions that nobody gave; then it is the reader's.
    """
    if heard.lang:
        return heard.lang
    said = [line.words for line in history if line.role == "user" and line.words]
    told = str(configuration.get("instructions") or "").replace(INSTRUCTIONS, "")
    for words in (heard.text or "", *reversed(said), told):
        if spoken := language_of(words):
            return "zh" if is_chinese(words) else spoken
    return language()
