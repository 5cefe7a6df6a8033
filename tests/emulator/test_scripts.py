"""A teacher's script: answered from before the kit's own, its persona kept, its mistakes told."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest

import glmkit as glm
from glmkit.auth.credentials import Key
from glmkit.emulator.launch import Emulator
from glmkit.emulator.options import Options
from glmkit.emulator.think.answers import WORKED_OUT
from glmkit.emulator.think.default_instructions import INSTRUCTIONS
from glmkit.emulator.think.dialogue import Heard, Reply
from glmkit.emulator.think.persona import SaidLine
from glmkit.emulator.think.rules import Rules
from glmkit.emulator.think.scripts_at_hand import LANGS, kit_scripts
from glmkit.errors import BadArgument, BadFile, Refused
from glmkit.protocol.script import Script, WorksOut
from glmkit.protocol.script_file import packed, parse_script, unpacked
from tests.listed import check_each

LIBRARY = """
language: zh
title: 图书馆
persona: {name: 书书, role: 图书管理员, opening: 你好，这里是图书馆。}
replies:
  - id: borrow
    hears: [我想借书, 借一本书, 怎么借书]
    slots:
      title: {ask: 请问书名是什么？}
      card: {is: number, ask: 请说一下借书证号。, hints: [借书证号是数字，请再说一遍。]}
    says: ["好的，《{title}》借给{card}号读者。"]
    then:
      - {hears: [借多久, 什么时候还], says: 三十天。}
      - {hears: [借书证在哪里办], says: 在一楼服务台办。}
  - id: lamp
    hears: ["把{room}的台灯打开"]
    calls: {tool: lamp, arguments: {room: "{room}", on: true}}
    says: 台灯要用工具才能开。
  - id: unknown
    says: 这个请问管理员。
"""


class Talk:
    """A talk with the scripts."""

    def __init__(self, *scripts: str, session: str = "one", tools: tuple[str, ...] = ()) -> None:
        self._rules = Rules([parse_script(each) for each in scripts])
        declared = [{"type": "function", "name": each} for each in tools]
        self._configuration = {"id": session, "tools": declared}
        self._history = [SaidLine("assistant", "仿真器")]

    def say(self, words: str) -> Reply:
        reply = self._rules.reply(
            Heard(words), configuration=self._configuration, history=self._history
        )
        self._history += [SaidLine("user", words), SaidLine("assistant", told(reply))]
        return reply


def told(reply: Reply) -> str:
    return "".join(reply.clauses)


def test_a_teachers_script_is_answered_from_first() -> None:
    """It asks for what it must know, in turn; what is no answer gets a hint; it stays honest."""
    made = Talk(LIBRARY)

    def check(words: str, kind: str, answer: str) -> None:
        reply = made.say(words)
        assert (reply.kind, answer in told(reply)) == (kind, True), told(reply)

    check_each(
        check,
        [
            ("你好", "greeting", "图书馆"),
            ("我想借一本书", "title", "书名"),
            ("三体", "card", "借书证号"),
            ("借书证在哪里办呀", "borrow", "服务台办。请说一下借书证号"),
            ("忘了", "card", "数字"),
            ("一千零二十四", "borrow", "《三体》借给1024号"),
            ("那可以借多久呢", "borrow", "三十天"),
            ("你是谁", "identity", "图书管理员书书"),
            ("你是真人吗", "identity", "仿真器"),
            ("讲个笑话", "joke", "麦克风"),
            ("量子纠缠算不算玄学", "unknown", "管理员"),
        ],
    )


def test_a_script_calls_what_is_declared() -> None:
    """With the words in the gap as argument; without the function it says its sentence."""
    reply = Talk(LIBRARY, tools=("lamp",)).say("请把书房的台灯打开")
    assert [(each.name, each.arguments) for each in reply.calls] == [
        ("lamp", {"room": "书房", "on": True})
    ]
    assert "工具" in told(Talk(LIBRARY).say("请把书房的台灯打开"))


def test_a_guessed_number_stays_the_same() -> None:
    """Halving finds it within seven guesses; another session has another."""

    def found(session: str) -> int:
        made = Talk(session=session)
        assert made.say("我们玩猜数字").kind == "guess"
        low, high = 1, 100
        for _ in range(7):
            guess = (low + high) // 2
            reply = made.say(f"是{guess}吗")
            assert reply.kind == "guess"
            if "对" in told(reply):
                return guess
            more = re.search(r"小了|比\d+大|不够大", told(reply))
            low, high = (guess + 1, high) if more else (low, guess - 1)
        raise AssertionError("not found")

    assert found("one") == found("one")
    assert len({found(str(n)) for n in range(5)}) > 1


def test_nothing_is_said_twice_running() -> None:
    """However often the same is said."""

    def check(words: str) -> None:
        made = Talk()
        said = [told(made.say(words)) for _ in range(5)]
        assert all(a != b for a, b in pairwise(said)), said

    check_each(check, [("谢谢",), ("现在几点",), ("你住在哪里",), ("bye",), ("啊吧啊吧",)])


def test_what_is_worked_out_is_known() -> None:
    """Each name the schema takes has its function."""
    assert {*get_args(WorksOut)} == {"", *WORKED_OUT}


def test_the_kits_scripts_pack() -> None:
    """What crosses to the emulator's process comes out as it went in."""
    for lang in LANGS:
        for script in kit_scripts(lang):
            assert unpacked(packed(script)) == script


def test_a_session_without_instructions_plays_no_part() -> None:
    """What the service says of itself by default chooses none of the kit's personas."""
    check_each(_is_not_chosen, [(each,) for lang in LANGS for each in kit_scripts(lang)])


def _is_not_chosen(script: Script) -> None:
    words = script.persona.when if script.persona else ()
    assert not [word for word in words if word.lower() in INSTRUCTIONS.lower()], script.title


def test_a_bad_script_is_refused_at_once(tmp_path: Path) -> None:
    """Where it is given, with its line; and where nobody would answer from it."""
    path = tmp_path / "课.yaml"
    path.write_text("language: zh\nreplies:\n  - id: a\n    heers: x\n", encoding="utf-8")
    with pytest.raises(BadFile, match=r"line 4.*hears"):
        Emulator.start(script=path)
    with pytest.raises(BadArgument, match="Script"):
        Emulator.start(script=3)  # type: ignore[arg-type]
    path.write_text(LIBRARY, encoding="utf-8")
    with pytest.raises(BadArgument, match="leave out"):
        Options(any_key=True, scripts=(str(path),), dialogue="openai:http://127.0.0.1:9#x")
    kept = Options(any_key=True, scripts=(str(path),))
    assert Options.from_json(json.loads(json.dumps(kept.to_json()))) == kept


@pytest.mark.slow
def test_an_emulator_answers_from_a_script() -> None:
    """The whole way, through a process of its own."""
    with Emulator.start(script=parse_script(LIBRARY)) as emulator:
        assert "图书馆" in greeting(emulator.url, emulator.key)
        emulator.check()


def greeting(url: str, key: Key) -> str:
    """What a session that this key opens answers to a greeting."""
    with glm.connect(to=url, api_key=key, modalities=["text"]) as session:
        return session.ask("你好").transcript


@pytest.mark.slow
def test_a_key_of_its_own_is_answered_from_a_script(glm_emulator: Emulator) -> None:
    """One emulator, each key with its script; others hear nothing of it, and it ends."""
    other = parse_script(LIBRARY.replace("图书馆", "面包店"))
    url = glm_emulator.url
    with (
        glm_emulator.answering_from(parse_script(LIBRARY)) as library,
        glm_emulator.answering_from(other) as bakery,
    ):
        said = {name: greeting(url, key) for name, key in (("图书馆", library), ("面包店", bakery))}
        assert all(name in words for name, words in said.items()), said
        with glm_emulator.answering_from(other):
            pass
        assert not {"图书馆", "面包店"} & set(greeting(url, glm_emulator.key))
        assert "图书馆" in greeting(url, library)
    with pytest.raises(Refused, match="1002"):
        greeting(url, library)
    assert library.reveal() not in str(glm_emulator.log())


@pytest.mark.slow
def test_a_script_that_nobody_would_answer_from_gets_no_key(tmp_path: Path) -> None:
    """Where a recording is played, or a chat endpoint answers, and for what is no script."""
    recording = tmp_path / "talk.glm"
    with glm.connect("emulator", modalities=["text"]) as session:
        session.ask("Hello!")
        session.save(recording)
    switches: list[dict[str, Any]] = [
        {"replay": str(recording)},
        {"dialogue": "openai:http://127.0.0.1:9#x"},
    ]
    for each in switches:
        with (
            Emulator.start(**each) as emulator,
            pytest.raises(BadArgument, match="leave out one"),
            emulator.answering_from(parse_script(LIBRARY)),
        ):
            raise AssertionError("was let in")
    with pytest.raises(BadFile, match=r"none\.yaml"), emulator.answering_from("none.yaml"):
        raise AssertionError("was read")
