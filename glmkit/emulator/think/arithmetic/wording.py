"""What is said about the sums in somebody's words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from glmkit.emulator.think.arithmetic.formulas import formula_said
from glmkit.emulator.think.arithmetic.numbers import is_fraction, result_said
from glmkit.emulator.think.arithmetic.sentences import NotUnderstood, sums_in
from glmkit.emulator.think.arithmetic.tree import Pair, Tree
from glmkit.emulator.think.arithmetic.values import NoRoot, TooLarge, value_of
from glmkit.emulator.think.persona import Lang
from glmkit.texts import text_in


def spoken_sums(words: str, lang: Lang) -> tuple[str, dict[str, Any]] | None:
    """What is said about the sums in ``words``: a text's id and what fills it; None without one."""
    found = sums_in(words)
    if not found:
        return None
    if len(found) == 1:
        return _about(found[0], lang)
    about = (_about(each, lang) for each in found)
    said = (text_in(lang, f"dialogue.{id}", **values) for id, values in about)
    return "sums", {"sums": ("" if lang == "zh" else " ").join(said)}


def _about(found: Tree | NotUnderstood, lang: Lang) -> tuple[str, dict[str, Any]]:
    if isinstance(found, NotUnderstood):
        return "sum_not_understood", {"part": found.part}
    try:
        value = value_of(found)
    except ZeroDivisionError:
        return "sum_by_zero", {}
    except NoRoot:
        return "sum_no_root", {}
    except TooLarge:
        return "sum_too_large", {}
    if isinstance(found, Pair) and is_fraction(found):  # alone it is a division
        found = replace(found, sign="÷")
    result, exact = result_said(value, found, lang)
    return "sum" if exact else "sum_about", {"formula": formula_said(found, lang), "result": result}
