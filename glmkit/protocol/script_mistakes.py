"""What is well-formed in a script and still can't work: where it stands, and what is wrong."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import Any, Final

from glmkit.protocol.marked_yaml import Place
from glmkit.protocol.script import Expects, FollowUp, Script, ScriptLine, fields
from glmkit.texts import text

#: The least and the most that a number of a line may be.
_OF_A_LINE: Final = {"interrupts": (0.0, 60.0), "pause": (0.0, 600.0)}
_EXPECTED: Final = {"within": (0.001, 600.0), "cer": (0.0, 10.0), "wer": (0.0, 10.0)}


def mistakes(script: Script) -> Iterator[tuple[Place, str]]:
    """Each mistake: the place of what is wrong, and the sentence that says so."""
    yield from _of_replies(script)
    names = [str(_name(tool)) for tool in script.tools]
    for name in script.outputs:
        if name not in names:
            what = text("script.no_tool", name=name, near=near(name, names) or "-")
            yield ("outputs", name), what
    for number, line in enumerate(script.says):
        yield from _of_line(line, ("says", number), first=number == 0)


def near(word: str, known: Sequence[str]) -> str:
    """What may have been meant, or all there is."""
    found = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return found[0] if found else ", ".join(known[:12])


# -- replies -------------------------------------------------------------------------------


def _of_replies(script: Script) -> Iterator[tuple[Place, str]]:
    ids = [each.id for each in script.replies]
    for number, reply in enumerate(script.replies):
        at: Place = ("replies", number)
        if reply.id in ids[:number]:
            yield (*at, "id"), text("script.same_id", id=reply.id)
        if reply.otherwise and reply.otherwise not in ids:
            yield (*at, "otherwise"), _no_reply(reply.otherwise, ids)
        for place, says in enumerate(reply.says):
            heard = {field for each in reply.hears for field in fields(each)}
            unfilled = set(fields(says)) - heard - reply.slots.keys()
            if unfilled and not reply.works_out:
                yield (*at, "says", place), text("script.no_slot", slot=min(unfilled))
        yield from _of_follow_ups(reply.then, (*at, "then"), ids, len(reply.says))


def _of_follow_ups(
    then: Sequence[FollowUp], at: Place, ids: Sequence[str], alternatives: int
) -> Iterator[tuple[Place, str]]:
    for number, each in enumerate(then):
        here: Place = (*at, number)
        if each.goes and each.goes not in ids:
            yield (*here, "goes"), _no_reply(each.goes, ids)
        if each.each and len(each.each) != alternatives:
            found, expected = len(each.each), alternatives
            yield (*here, "each"), text("script.each", found=found, expected=expected)
        if not (each.says or each.each or each.again or each.goes):
            yield here, text("script.says_nothing")
        yield from _of_follow_ups(each.then, (*here, "then"), ids, len(each.says or each.each))


def _no_reply(id: str, ids: Sequence[str]) -> str:
    return text("script.no_reply", id=id, near=near(id, ids))


# -- what a person says --------------------------------------------------------------------


def _of_line(line: ScriptLine, at: Place, *, first: bool) -> Iterator[tuple[Place, str]]:
    if not (line.text.strip() or line.recording):
        yield at, text("script.line_empty")
    if line.written and line.recording:
        yield (*at, "written"), text("script.line_written")
    if first and line.interrupts is not None:
        yield (*at, "interrupts"), text("script.line_first")
    yield from _out_of_range(line, at, _OF_A_LINE)
    yield from _of_expects(line, (*at, "expects"))


def _of_expects(line: ScriptLine, at: Place) -> Iterator[tuple[Place, str]]:
    expects = line.expects
    yield from _out_of_range(expects, at, _EXPECTED)
    if expects.arguments and not expects.tool:
        yield (*at, "arguments"), text("script.arguments_of_none")
    recognised = {"cer": expects.cer, "wer": expects.wer, "heard": expects.heard or None}
    for name, wanted in recognised.items():
        if wanted is not None and line.written:
            yield (*at, name), text("script.written_score", name=name)
        elif wanted is not None and name != "heard" and not line.text.strip():
            yield (*at, name), text("script.no_words", name=name)


def _out_of_range(
    part: ScriptLine | Expects, at: Place, ranges: dict[str, tuple[float, float]]
) -> Iterator[tuple[Place, str]]:
    for name, (least, most) in ranges.items():
        found = getattr(part, name)
        if found is not None and not least <= found <= most:
            what = text("script.range", key=name, found=f"{found:g}", least=least, most=most)
            yield (*at, name), what


def _name(tool: dict[str, Any]) -> Any:
    inner = tool.get("function")
    return (inner if isinstance(inner, dict) else tool).get("name")
