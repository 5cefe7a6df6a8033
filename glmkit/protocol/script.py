"""A talk as data: what one side answers, and what a person says in it. One schema, YAML files.

A file is one script in one language; a teacher writes it, the emulator answers from it, a
rehearsal says its lines::

    language: zh
    title: 退货客服
    persona:
      name: 小林                       # what it calls itself
      role: 售后客服
      when: [客服, 售后, 退货]          # instructions with one of these words choose this script
      opening: 您好，这里是售后客服。    # its answer to a greeting
    replies:
      - id: return_goods
        hears: [我要退货, 我想把东西退掉, "{thing}坏了，我要退"]   # like these; {thing} is a slot
        slots:                         # what it must know first, asked for in this order
          order: {is: number, ask: 请告诉我订单号。, hints: [订单号是一串数字，在订单页面上。]}
          way: {ask: 想退款还是换货？, among: {退款: [把钱退给我], 换货: [换一个新的]}}
        says:                          # alternatives, taken in turn; quotes around { }
          - "好的，订单 {order} 为您办理{way}。"
        then:                          # holds only right after this reply, and while it asks
          - {hears: [要多久, 什么时候到账], says: 三个工作日。}
          - {hears: [再说一遍], again: true}
      - id: hours
        hears: [几点上班, 什么时候有人]
        says: [早上九点到晚上六点。]
      - id: unknown                    # replaces the answer to what nothing else fits
        says: [这个我帮您转给同事。]
    says:                              # for rehearsals: what a person says, and what must come
      - {text: 我要退货, expects: {words: [订单号], within: 3}}
      - {text: 等一下，我先找找, interrupts: 1.5, expects: {any: [好, 不急]}}

Nothing in it runs: a script holds sentences and the names of things.
"""

from __future__ import annotations

import re
from typing import Any, Literal

import msgspec

Sentences = tuple[str, ...]
"""One may stand without a list in the file."""
WorksOut = Literal[
    "", "code_word", "compared", "count", "date", "first_asked", "guess", "identity", "introduced",
    "last_asked", "repeat", "say_again", "see", "time", "word", "your_name",
]  # fmt: skip
Kind = Literal["words", "number", "code", "name", "date", "time", "yes_no"]


class ScriptPersona(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who speaks.

    Attributes:
        name: what it calls itself, where the instructions don't name it.
        role: what it is there for.
        when: words of the session's instructions that choose this script.
        instructions: what to tell the real service, so that it plays the same part.
        opening: the answer to a greeting.
    """

    name: str = ""
    role: str = ""
    when: Sentences = ()
    instructions: str = ""
    opening: str = ""


class Slot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a reply must know first.

    Attributes:
        takes: (``is`` in the file) what is picked out of the words: ``number``; ``code``, letters
            and digits such as an order's; ``name``; ``date`` and ``time`` as they were said;
            ``yes_no``; ``words``, all of them.
        ask: how it is asked for; without it, words that don't fit are not for this reply.
        among: each value that fits, and what is said for it: sentences like these.
        right: the numbers or words that are right; others get a hint. No two slots of a reply
            take the same.
        hints: what is said when the words don't fit, or are not right, taken in turn.
    """

    takes: Kind = msgspec.field(name="is", default="words")
    ask: Sentences = ()
    among: dict[str, tuple[str, ...]] = {}
    right: Sentences = ()
    hints: Sentences = ()


class FollowUp(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What holds right after a reply.

    Attributes:
        hears: sentences like these; none: whatever fits nothing else, here or elsewhere.
        says: alternatives, taken in turn.
        each: one answer for each alternative of the reply before, in the same order.
        again: the reply before, its next alternative.
        goes: the reply of this id instead.
        kind: what the answer is of, by default what it follows.
        then: what holds right after this one; what held before it holds, too.
    """

    hears: Sentences = ()
    says: Sentences = ()
    each: Sentences = ()
    again: bool = False
    goes: str = ""
    kind: str = ""
    then: tuple[FollowUp, ...] = ()


class ScriptCall(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A function that the client must have declared; ``{slot}`` in arguments is filled."""

    tool: str
    arguments: dict[str, Any] = {}


class ScriptReply(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An answer.

    Attributes:
        id: its name; the same in the script of the other language.
        kind: what the answer is of where several are of one, by default its id.
        hears: sentences like these; ``{slot}`` stands for whatever is said there.
        says: alternatives, taken in turn; ``{slot}`` is filled.
        then: what holds right after it.
        slots: what it must know first.
        otherwise: the reply, by its id, to words that don't fit a slot that isn't asked for.
        calls: a function to call instead, where it is declared.
        works_out: what the emulator finds out for it: the time, a sum, a word of the course.
        closes: whether a question that was open before it is not asked again.
    """

    id: str
    kind: str = ""
    hears: Sentences = ()
    says: Sentences = ()
    then: tuple[FollowUp, ...] = ()
    slots: dict[str, Slot] = {}
    otherwise: str = ""
    calls: ScriptCall | None = None
    works_out: WorksOut = ""
    closes: bool = False


class Expects(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What must come after a line; words in whatever case, numbers in digits or words.

    Attributes:
        kind: of which reply the answer is; told by its sentences, of an emulator alone.
        words: what the answer says, all of them, as written or said.
        any: what it says, at least one of them.
        not_words: (``not`` in the file) what it must not say.
        heard: key words of the line that must have been recognised.
        tool: the function that is called.
        arguments: with what, those that matter.
        within: seconds until the answer begins, from the zero of the turn's latency.
        cer: at most so large is the character error rate of what was recognised.
        wer: and the word error rate.
        no_finding: names of findings (``turn.explain()``) that there must not be.
        language: of the answer.
    """

    kind: str = ""
    words: Sentences = ()
    any: Sentences = ()
    not_words: Sentences = msgspec.field(name="not", default=())
    heard: Sentences = ()
    tool: str = ""
    arguments: dict[str, Any] = {}
    within: float | None = None
    cer: float | None = None
    wer: float | None = None
    no_finding: Sentences = ()
    language: Literal["zh", "en"] | None = None


class ScriptLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person says.

    Attributes:
        text: the words, to be spoken; of a recording what it says.
        recording: a path beside the script, or the name of a recording that comes with the kit.
        written: whether the words are sent in writing instead.
        voice: who speaks them, by the name of one of the voices.
        interrupts: seconds after the answer to the line before began, at which this one cuts in.
        pause: seconds of silence before it.
        shows: a picture that goes with it: a path beside the script, or one of the kit's.
        expects: what must come after it.
    """

    text: str = ""
    recording: str = ""
    written: bool = False
    voice: str = ""
    interrupts: float | None = None
    pause: float = 0.0
    shows: str = ""
    expects: Expects = Expects()


class Script(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A script; ``script_file`` reads one, and says what is wrong with it.

    Attributes:
        language: of everything in it.
        title: for people.
        purpose: what a rehearsal of it is for, and what it must not be trusted in.
        persona: who speaks; None for nobody in particular.
        tools: functions that are declared, as JSON schema.
        outputs: what each function gives back in a rehearsal, where nothing runs.
        replies: what is answered.
        says: what a person says.
        fillers: sounds and words that carry nothing (嗯, "well").
        alike: words that mean the same: the one that counts, and how else it is said or misheard.
    """

    language: Literal["zh", "en"]
    title: str = ""
    purpose: str = ""
    persona: ScriptPersona | None = None
    tools: tuple[dict[str, Any], ...] = ()
    outputs: dict[str, Any] = {}
    replies: tuple[ScriptReply, ...] = ()
    says: tuple[ScriptLine, ...] = ()
    fillers: tuple[str, ...] = ()
    alike: dict[str, tuple[str, ...]] = {}


def fields(says: str) -> tuple[str, ...]:
    """The slots in a sentence, in order."""
    return tuple(re.findall(r"\{(\w+)\}", says))
