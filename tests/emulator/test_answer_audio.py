"""The sound of an answer: ready-made, made on the spot, found out clause by clause."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from glmkit.emulator.speak.answer_audio import AnswerAudio, Spoken
from glmkit.emulator.speak.restock import wanted
from glmkit.emulator.think.dialogue import Reply

JOKE = wanted()["intro.zh"]


async def spoken(voicing: AnswerAudio, reply: Reply, *, aloud: bool = True) -> list[Spoken]:
    return [part async for part in voicing.synthesise(reply, voice="tongtong", aloud=aloud)]


async def test_what_is_in_stock_needs_no_thread_the_second_time() -> None:
    """All the words come first, then the same sound as before."""
    voicing = AnswerAudio()
    first = await spoken(voicing, Reply(tuple(JOKE), "zh"))
    voicing.close()
    again = await spoken(voicing, Reply(tuple(JOKE), "zh"))
    assert [part.words for part in again if part.words] == list(JOKE)
    assert [part.pcm for part in again] == [part.pcm for part in first]
    assert sum(len(part.pcm) for part in again) > 2 * 24_000
    with pytest.raises(RuntimeError, match="after shutdown"):
        await spoken(voicing, Reply(("This was never said before.",), "en"))


async def test_clauses_found_out_one_by_one_are_spoken_one_by_one() -> None:
    """The words of each clause come before its sound, and the end is said."""
    voicing = AnswerAudio()
    parts = await spoken(voicing, Reply(iter(JOKE[:1] * 2), "zh"))
    voicing.close()
    assert [bool(part.words) for part in parts] == [True, False, True, False, False]
    assert all(part.pcm for part in parts[1:4:2])
    assert parts[-1].complete


async def test_nobody_waits_for_the_words_of_others() -> None:
    """While a score of answers still think of what to say, another one is spoken."""
    voicing, thought = AnswerAudio(), threading.Event()

    def thinking() -> Iterator[str]:
        thought.wait(20)
        yield JOKE[0]

    slow = [asyncio.create_task(spoken(voicing, Reply(thinking(), "zh"))) for _ in range(20)]
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        parts = await spoken(voicing, Reply(tuple(JOKE), "zh"))
    assert not thought.is_set()
    assert any(part.pcm for part in parts)
    thought.set()
    await asyncio.gather(*slow)
    voicing.close()


async def test_nothing_sounds_unless_aloud() -> None:
    """Known words end at once; others are still found out."""
    voicing = AnswerAudio()
    for clauses in (tuple(JOKE), iter(JOKE)):
        parts = await spoken(voicing, Reply(clauses, "zh"), aloud=False)
        assert "".join(part.words for part in parts) == "".join(JOKE)
        assert not any(part.pcm for part in parts)
        assert parts[-1].complete
    voicing.close()
