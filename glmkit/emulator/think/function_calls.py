"""Which of the declared functions a question calls, with which arguments, or what it lacks."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from glmkit.emulator.think.answers import AnswerPart, part
from glmkit.emulator.think.call_arguments import fill
from glmkit.emulator.think.dialogue import Call
from glmkit.emulator.think.lexicon import is_chinese
from glmkit.emulator.think.persona import Lang, Said, given_name, user_name
from glmkit.emulator.think.question import Question
from glmkit.emulator.think.tool_choice import Declared, choose
from glmkit.emulator.think.words import word_file
from glmkit.texts import text_in

_WORDS: Final = word_file("tools")

_ASKING = frozenset(
    ("what", "when", "where", "which", "who", "whom", "how", "how many", "how much")
)


def declared_tools(configuration: Mapping[str, Any]) -> tuple[Declared, ...]:
    """The declared tools; in video mode there are none (documented)."""
    beta = configuration.get("beta_fields")
    mode = beta.get("chat_mode") if isinstance(beta, Mapping) else None
    declared = configuration.get("tools")
    if mode == "video_passive" or not isinstance(declared, list | tuple):
        return ()
    return tuple(Declared.read(each) for each in declared if isinstance(each, Mapping))


def calls_for(question: Question, tools: Sequence[Declared]) -> tuple[Call, ...] | AnswerPart:
    """The calls that what was said asks for, or a part of an answer that asks back."""
    named = user_name(question.words) or given_name(question.words)
    if named:
        return ()
    chosen = choose(tools, question.words)
    if not chosen:
        return _like_before(question, tools)
    calls: list[Call] = []
    for tool, said in chosen:
        filled = fill(tool, said, now=question.now)
        if filled.missing and not calls:
            return _ask_for(filled.missing, tool, question.lang)
        calls += [Call(tool.name, arguments) for arguments in filled.arguments]
    return tuple(calls)


def _like_before(question: Question, tools: Sequence[Declared]) -> tuple[Call, ...]:
    """那上海呢？ 改成八点吧: the call before, with what is new in it."""
    words = question.words.strip()
    match = _WORDS["about"].match(words) or _WORDS["rather"].match(words)
    before = next((line for line in reversed(question.history) if line.role == "call"), None)
    tool = next((each for each in tools if before and each.name == before.name), None)
    if not match or before is None or tool is None:
        return ()
    known = arguments_of(before)
    said = f"{match['zh']}的天气" if match["zh"] else f"in {match['en']}"
    filled = fill(tool, said, now=question.now, known=known)
    if filled.missing or all(each == known for each in filled.arguments):
        return ()
    return tuple(Call(tool.name, each) for each in filled.arguments)


def arguments_of(call: Said) -> dict[str, Any]:
    try:
        found = json.loads(call.words or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _ask_for(missing: str, tool: Declared, lang: Lang) -> AnswerPart:
    """Asks for what a call needs and nobody said, by its description where that fits."""
    schema = tool.properties.get(missing, {})
    described = _WORDS["form"].split(str(schema.get("description") or ""))[0].strip()
    fits = described and is_chinese(described) == (lang == "zh") and len(described) < 40
    fits = fits and described.lower() not in _ASKING
    what = described if fits else missing.replace("_", " ")
    if lang == "en":
        what = re.sub(r"^(?:the|a|an)\s+", "", what[:1].lower() + what[1:])
    return part("ask", what=what)


def completed(words: str, history: Sequence[Said]) -> str:
    """What was said, with the question before it when it answers a question of ours."""
    if len(history) < 2 or history[-1].role != "assistant":
        return words
    last = history[-1].words or ""
    langs: tuple[Lang, ...] = ("en", "zh")
    begins = [text_in(lang, "dialogue.ask", what="\0").partition("\0")[0] for lang in langs]
    asked = next((line.words for line in reversed(history) if line.role == "user"), None)
    if asked and any(begin in last for begin in begins):
        return f"{asked.rstrip('。.？?！!')}，{words}"
    return words
