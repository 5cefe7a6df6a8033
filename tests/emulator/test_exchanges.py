"""Two hundred exchanges in ten kinds of scene: the right kind of answer, with the right fact."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from glmkit.emulator.think.dialogue import Heard, Output, Reply
from glmkit.emulator.think.persona import SaidLine
from glmkit.emulator.think.rules import Rules

FOLDER = Path(__file__).parent / "exchanges"
NOW = datetime(2026, 11, 18, 15, 5)
MOST_WRONG = 0.1
RULES = Rules()


class Step(msgspec.Struct, forbid_unknown_fields=True, rename={"unlike": "not"}):
    """What is said, or what a function gives back, and what must come."""

    kind: str
    say: str = ""
    output: str = ""
    fact: str = ""
    unlike: str = ""
    same: bool = False


class Scene(msgspec.Struct, forbid_unknown_fields=True):
    """One talk, from its beginning."""

    scene: str
    language: str
    talk: list[Step]
    instructions: str = ""
    tools: list[dict[str, Any]] = []


def played(path: Path) -> list[str]:
    """What was wrong in each step of a scene; empty for one that was right."""
    scene = msgspec.yaml.decode(path.read_bytes(), type=Scene, strict=False)
    configuration = {
        "id": path.stem, "instructions": scene.instructions, "tools": scene.tools,
    }  # fmt: skip
    history: list[SaidLine] = []
    found, before = [], ""
    for step in scene.talk:
        heard = Heard(step.say) if step.say else [Output(step.output)]
        reply = RULES.reply(heard, configuration=configuration, history=history, now=NOW)
        told = "".join(reply.clauses)
        history.append(SaidLine("user", step.say) if step.say else SaidLine("output", step.output))
        history += [SaidLine("assistant", told)] if told else []
        calls = [
            SaidLine("call", json.dumps(c.arguments, ensure_ascii=False), c.name)
            for c in reply.calls
        ]
        history += calls
        what = wrong(step, reply, told + " ".join(f"{c.name} {c.words}" for c in calls), before)
        found.append(
            f"{path.parent.name}/{path.stem}: {step.say or step.output}: {what}" if what else ""
        )
        before = told
    return found


def wrong(step: Step, reply: Reply, told: str, before: str) -> str:
    """What is wrong with an answer; empty if nothing is."""
    if not re.fullmatch(step.kind, reply.kind):
        return f"{reply.kind}, expected {step.kind}: {told}"
    if step.fact and not re.search(step.fact, told, re.IGNORECASE):
        return f"without {step.fact}: {told}"
    if step.unlike and re.search(step.unlike, told):
        return f"with {step.unlike}: {told}"
    return f"the same again: {told}" if told and told == before and not step.same else ""


@pytest.mark.slow
def test_nine_of_ten_exchanges_are_right() -> None:
    """Wrong kind, wrong fact, or the same sentence twice running is wrong."""
    steps = [step for path in sorted(FOLDER.glob("*/*.yaml")) for step in played(path)]
    failed = [step for step in steps if step]
    assert len(steps) >= 200
    assert len(failed) <= MOST_WRONG * len(steps), "\n".join(
        [f"{len(failed)} of {len(steps)}:", *failed]
    )


OWN_WORDS = {
    "给我讲个笑话吧": "joke",
    "给我讲个长一点的故事": "story",
    "给我讲个短一点的谜语": "riddle",
    "给我介绍一个好玩的笑话": "joke",
    "来首短一点的诗": "poem",
    "Tell me a joke, please": "joke",
    "Tell me about a funny story": "story",
    "Tell me a really short riddle": "riddle",
}


def test_a_story_of_any_kind_is_a_story_and_no_word_to_explain() -> None:
    """However it is described; the kit's own recordings ask so."""
    found = {
        words: RULES.reply(Heard(words), configuration={"id": "own"}, history=[], now=NOW).kind
        for words in OWN_WORDS
    }
    assert found == OWN_WORDS
