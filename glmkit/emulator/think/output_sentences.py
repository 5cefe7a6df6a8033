"""A function's output in words: JSON becomes a sentence, in either language.

``{"city": "Oslo", "temperature_c": 4, "condition": "snow"}`` is "Oslo: temperature 4 °C, snow".
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from glmkit.emulator.think.persona import Lang
from glmkit.emulator.think.words import word_file
from glmkit.texts import text_in

_WORDS: Final = word_file("outputs").values

MOST_FACTS: Final = 8
MOST_CHARACTERS: Final = 300


_DEEPEST = 20  # objects and lists within one another


def sentence(outputs: Sequence[str], lang: Lang, *, about: Sequence[str] = ()) -> str:
    """The outputs of one round of calls, said together; ``about``: what each call was about."""
    said = [_said(output, lang) for output in outputs]
    if len(said) == 1:
        return said[0]
    subjects = [about[i] if i < len(about) else "" for i in range(len(said))]
    if len(set(said)) == 1 and said[0] == text_in(lang, "dialogue.done"):
        return said[0]
    colon, gap = ("：", "") if lang == "zh" else (": ", " ")
    return gap.join(
        words if not subject or subject in words else f"{subject}{colon}{words}"
        for subject, words in zip(subjects, said, strict=True)
    )


def _said(output: str, lang: Lang) -> str:
    value = _parsed(output)
    return _plain(output, lang) if _too_deep(value) else _worded(value, lang)


def _too_deep(value: Any) -> bool:
    """Whether nobody could put it into words."""
    inside = [value] if isinstance(value, Mapping | list) else []
    for _ in range(_DEEPEST):
        nested = (each.values() if isinstance(each, Mapping) else each for each in inside)
        inside = [each for some in nested for each in some if isinstance(each, Mapping | list)]
        if not inside:
            return False
    return True


def _worded(value: Any, lang: Lang) -> str:
    if isinstance(value, str):
        return _plain(value, lang)
    if value is None or value is True:
        return text_in(lang, "dialogue.done")
    if isinstance(value, Mapping):
        return _mapping(value, lang)
    if isinstance(value, list):
        facts = [_fact(each, lang) for each in value[:MOST_FACTS]]
        return _results(facts, lang, "；" if lang == "zh" else "; ")
    return text_in(lang, "dialogue.result", value=_value(value, lang))


def _parsed(output: str) -> Any:
    try:
        return json.loads(output)
    except (ValueError, RecursionError):
        return output


def _plain(words: str, lang: Lang) -> str:
    words = words.strip()
    if words.lower().rstrip(".!。！") in _WORDS["done"]:
        return text_in(lang, "dialogue.done")
    if not words:
        return text_in(lang, "dialogue.nothing_found")
    words = words[:MOST_CHARACTERS]
    ended = words[-1] in ".!?。！？…"
    return words if ended else words + ("。" if lang == "zh" else ".")


def _mapping(value: Mapping[str, Any], lang: Lang) -> str:
    for name in _WORDS["errors"]:
        if value.get(name):
            error = _fact(value[name], lang).rstrip(".。")
            return text_in(lang, "dialogue.tool_failed", error=error)
    if not value:
        return text_in(lang, "dialogue.nothing_found")
    facts = {name: each for name, each in value.items() if name.lower() not in _WORDS["status"]}
    if not facts:
        status = next(iter(value.values()), None)
        good = status is True or status in (0, 200) or str(status).lower() in _WORDS["done"]
        if good:
            return text_in(lang, "dialogue.done")
        facts = dict(value)
    return _results([_facts(facts, lang)], lang, "")


def _results(facts: list[str], lang: Lang, joint: str) -> str:
    if not any(facts):
        return text_in(lang, "dialogue.nothing_found")
    joined = joint.join(facts)[:MOST_CHARACTERS].rstrip(".。")
    return text_in(lang, "dialogue.results", facts=joined)


def _facts(value: Mapping[str, Any], lang: Lang) -> str:
    """``Oslo: temperature 4 °C, snow``."""
    subject, parts = "", []
    for name, each in list(value.items())[:MOST_FACTS]:
        if name.lower() in _WORDS["subjects"] and not subject and isinstance(each, str):
            subject = each
        elif each not in (None, "", [], {}):
            parts.append(_labelled(name, each, lang))
    joined = ("，" if lang == "zh" else ", ").join(parts)
    if not subject:
        return joined
    return subject + ((("：" if lang == "zh" else ": ") + joined) if joined else "")


def _labelled(name: str, value: Any, lang: Lang) -> str:
    if name.lower() in _WORDS["bare"] and not isinstance(value, int | float):
        return _fact(value, lang).rstrip(".。")
    unit = ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        for each in _WORDS["units"]:
            if re.search(each["ending"], name.lower()):
                unit = each[lang]
                name = re.sub(each["ending"], "", name) or name
                break
    return f"{_label(name, lang)} {_fact(value, lang)}{unit}"


def _label(name: str, lang: Lang) -> str:
    apart = re.sub(r"([a-z])([A-Z])", r"\1 \2", name).replace("_", " ").strip()
    if lang == "zh":
        return str(_WORDS["labels"].get(apart.lower().replace(" ", "_"), apart))
    return apart if apart.isupper() else apart.lower()


def _fact(value: Any, lang: Lang) -> str:
    if isinstance(value, Mapping):
        return _facts(value, lang)
    if isinstance(value, list):
        joint = "、" if lang == "zh" else ", "
        return joint.join(_fact(each, lang) for each in value[:MOST_FACTS])
    return _value(value, lang)


def _value(value: Any, lang: Lang) -> str:
    if isinstance(value, bool):
        return text_in(lang, "dialogue.yes" if value else "dialogue.no")
    if isinstance(value, float):
        return f"{value:.6g}"
    return str(value)
