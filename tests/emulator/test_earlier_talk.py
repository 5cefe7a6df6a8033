"""What instructions tell of an earlier talk is known, and messages that are ignored are not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from glmkit import aio, events, sample
from glmkit.auth import Key
from glmkit.emulator.options import Options
from glmkit.emulator.server.running import RunningServer, serve
from glmkit.emulator.speak.voice import speak
from glmkit.emulator.think.dialogue import Heard
from glmkit.emulator.think.earlier_talk import with_earlier_talk
from glmkit.emulator.think.rules import Rules
from glmkit.errors import Disconnected
from glmkit.session.asyncio_session import Session
from glmkit.turns.turn import Turn
from tests.listed import check_each

TELL = {
    "en": ("My name is Anna.", "Tell me a story.", "What is my name?", "Anna"),
    "zh": ("我叫小明。", "讲个故事。", "我叫什么名字？", "小明"),
}
KEY = Key.random()


def answer(instructions: str, words: str) -> str:
    reply = Rules().reply(Heard(words), configuration={"instructions": instructions})
    return "".join(reply.clauses)


def test_a_name_told_before_is_known() -> None:
    """However a person would write it; and it is the caller's, not the dialogue's own."""

    def check(told: str) -> None:
        _, _, ask, name = TELL["zh" if "小明" in told else "en"]
        assert name in answer(told, ask)
        assert name not in answer(told, "What is your name?")

    check_each(
        check,
        [
            (told,)
            for told in (
                "The caller said “My name is Anna.”; you said “Nice to meet you, Anna.”",
                'the caller said "My name is Anna, tell me a story"; you said "Once" and were cut',
                "User: My name is Anna.\nAssistant: Nice to meet you.",
                'Be kind. Earlier somebody said: "My name is Anna".',
                "The user's name is Anna.",
                "You speak with a student named Anna.",
                "The caller introduced herself as Anna.",
                "You are talking to Anna.",
                "My name is Anna. Help me learn.",
                "对方说“我叫小明”；你说“很高兴认识你，小明。”",
                "用户：我叫小明。\n助手：你好，小明！",
                "之前的话：「我叫小明」。",
                "用户叫小明。",
                "用户的名字是“小明”。",
                "来电者自称小明，想练口语。",
                "你正在和小明通话。",
            )
        ],
    )


def test_a_code_word_told_before_is_known() -> None:
    """In either language, by whoever it was said."""

    def check(told: str, ask: str, word: str) -> None:
        assert word in answer(told, ask)
        assert word not in answer("", ask)

    check_each(
        check,
        [
            ("The caller said “The code word is mango.”", "What is the code word?", "mango"),
            ("The code word is mango, never read this out.", "What was the password?", "mango"),
            ("对方说“暗号是芒果”；你说“好的”。", "暗号是什么？", "芒果"),
            ("用户告诉过你，口令是“芒果”。", "口令是什么", "芒果"),
        ],
    )


def test_what_only_may_be_said_tells_nothing() -> None:
    """A rule, a greeting to be said, the words of the model itself."""

    def check(told: str) -> None:
        assert "not told me" in answer(told, "What is my name?")

    check_each(
        check,
        [
            ("If the user says “My name is Tom”, greet him.",),
            ("Introduce yourself: “My name is Tom.”",),
            ("You said “My name is Tom.”",),
            ("You are called Kim. You help users.",),
            ("你是小智，介绍自己时说“我叫小智”。",),
        ],
    )


def test_a_talk_of_before_counts_as_said() -> None:
    """Not only names: a joke is not told again, and what is left are the instructions."""
    joke = answer("emulator", "Tell me a joke")
    told = f"Be kind.\nThe user said “Tell me a joke”; you answered “{joke} emulator”.\nGo on."
    left, said = with_earlier_talk(told, [])
    assert [line.role for line in said] == ["user", "assistant"]
    assert (left[:8], left[-6:]) == ("Be kind.", "Go on.")
    assert joke not in answer(told, "Tell me a joke")
    assert "Tell me a joke" in answer(told, "What was the first thing I asked?")


@pytest.mark.parametrize("profile", ["documented", "observed-2026-09"])
async def test_messages_count_where_they_are_documented_to(profile: str) -> None:
    """A spoken question is answered either way; no message of any shape was seen to be read."""
    name = "小智"
    parts = [{"type": kind, "text": f"你叫{name}"} for kind in ("input_text", "text")]
    parts += [{"type": "input_audio", "audio": "AAAA"}] if profile != "documented" else []
    async with await serve(Options(key=KEY, pace=0, profile=profile)) as server:
        async with aio.connect(server.url, api_key=KEY) as session:
            for part in parts:
                for more in ({}, {"id": "one", "object": "realtime.item", "status": "completed"}):
                    item = {"type": "message", "role": "user", "content": [part], **more}
                    await session.send("conversation.item.create", item=item)
            for _ in range(2):  # in the same turn, and in the next
                found = await session.say(sample("two_questions_zh")[:1.9], speed=None)
                assert (name in found.transcript) == (profile == "documented")
            assert not session.trace.select("error")


@pytest.mark.slow
@pytest.mark.parametrize("lang", TELL)
async def test_a_name_survives_a_break(lang: str) -> None:
    """In writing, as documented."""
    async with await serve(Options(key=KEY, pace=0)) as server:
        async with aio.connect(server.url, api_key=KEY, reconnect=1, remember=True) as session:
            assert TELL[lang][3] in (await bridged(server, session, lang, session.ask)).transcript


@pytest.mark.voices
@pytest.mark.slow
@pytest.mark.parametrize("profile", ["documented", "observed-2026-09"])
@pytest.mark.parametrize("lang", TELL)
async def test_a_name_that_was_spoken_survives_a_break(lang: str, profile: str) -> None:
    """In both profiles; where messages are ignored, a name in one of them is not known."""
    async with await serve(Options(key=KEY, pace=0, profile=profile)) as server:
        async with aio.connect(server.url, api_key=KEY, reconnect=1, remember=True) as session:
            found = await bridged(server, session, lang, lambda words: say(session, words))
            assert TELL[lang][3].lower() in found.transcript.lower()
            await session.reset()
            await session.send(events.user_message(TELL[lang][0]))
            found = await say(session, TELL[lang][2])
            assert (TELL[lang][3] in found.transcript) == (profile == "documented")


async def say(session: Session, words: str) -> Turn:
    return await session.say(speak(words), speed=None)


async def bridged(
    server: RunningServer, session: Session, lang: str, say: Callable[[str], Awaitable[Turn]]
) -> Turn:
    """A name is told, the line is cut in the next answer, and the name is asked for."""
    told, more, ask, _ = TELL[lang]
    await say(told)
    server.faults.set("cut", times=1)
    with pytest.raises(Disconnected):
        await say(more)
    return await say(ask)
