"""What a conversation was so far, as the instructions of a new connection tell it."""

from __future__ import annotations

import pytest

from glmkit import events
from glmkit.media.clip import Clip
from glmkit.protocol.event import Event, stamped
from glmkit.protocol.event_kinds import ENDED, PLAYED
from glmkit.turns.fold import fold_turns
from glmkit.turns.heard_part import heard_words, unheard_words
from glmkit.turns.history import MOST, ROOM, with_history
from glmkit.turns.turn import Turn
from tests.listed import check_each

STORY = "once upon a time there was a fox who lived in a wood"
SECOND = {"type": "response.audio.delta", "delta": "A" * 64_000}  # 48,000 bytes at 24 kHz


def turn(
    heard: str | None, words: str = "", *more: Event, status: str = "completed", sound: int = 0
) -> Turn:
    """A spoken question, None where nobody knows its words, and an answer of ``sound`` seconds."""
    found = [events.append(Clip.tone(440, 0.1).to_pcm()), events.commit(), events.response_create()]
    found.append(server("input_audio_buffer.committed", item_id="i"))
    if heard is not None:
        kind = "conversation.item.input_audio_transcription.completed"
        found.append(server(kind, item_id="i", transcript=heard))
    found.append(server("response.created", response={"id": "r"}))
    found.append(server("response.audio_transcript.delta", response_id="r", delta=words))
    found += [server(**SECOND, response_id="r") for _ in range(sound)]
    if status in ("completed", "cancelled"):
        found.append(server("response.done", response={"id": "r", "status": status}))
    else:
        found.append(Event(ENDED, {"turn": 0, "reason": status}, direction="local"))
    timed = [stamped(each, 0.01 * number, None) for number, each in enumerate((*found, *more))]
    return fold_turns(timed)[0]


def server(type: str, **fields: object) -> Event:
    return Event(type, fields, direction="server")


def played(seconds: float) -> Event:
    return Event(PLAYED, {"turn": 0, "response_id": "r", "seconds": seconds}, direction="local")


def test_an_answer_is_cut_where_it_was_heard() -> None:
    """At the end of a word, whether it was interrupted while it came or while it sounded."""

    def check(given: Turn, words: str) -> None:
        assert heard_words(given) == words
        assert heard_words(given) + unheard_words(given) == given.transcript

    half = "once upon a time there was"
    check_each(
        check,
        [
            (turn("x", STORY, sound=4), STORY),
            (turn("x", STORY, played(4), sound=4), STORY),
            (turn("x", STORY, played(2.1), sound=4), half),
            (turn("x", STORY, played(2.1), sound=4, status="cancelled"), half),
            (turn("x", STORY, played(0), sound=4), ""),
            (turn("x", STORY, sound=0), STORY),  # a service that sends no sound
            (turn("x", STORY, sound=0, status="disconnected"), ""),
            (turn("x", STORY * 9, sound=2, status="disconnected"), STORY[:36]),
            (turn("x", "从前有一个小机器人住在灯塔顶上", played(2), sound=4), "从前有一个小机"),
        ],
    )


def test_it_is_told_in_the_language_that_was_spoken() -> None:
    """In whole sentences, between the person's own instructions, with no label to be read out."""

    def check(own: str, given: Turn, expected: list[str]) -> None:
        told = with_history(own, [given])
        assert told.turns == 1
        lines = (told.words or "").splitlines()
        assert (lines[0], lines[-1]) == (own, own)
        assert lines[2:-2] == expected
        assert not any(line.endswith((":", "：")) for line in lines)

    fox, cut = turn("My name is Anna.", "Hi Anna"), turn("hi", STORY, played(2.1), sound=4)
    check_each(
        check,
        [
            ("Be kind.", fox, ["The caller said “My name is Anna.”; you said “Hi Anna”."]),
            (
                "Be kind.",
                cut,
                ["The caller said “hi”; you said “once upon a time there was” "
                 "and were interrupted there."],
            ),
            ("友好一点", turn("我叫小明", "你好“小明”"), ["对方说“我叫小明”；你说“你好‘小明’”。"]),
            (
                "Be kind.",
                turn(None, "Pardon?"),
                ["The caller said something whose words are not known; you said “Pardon?”"],
            ),
            (
                "Be kind.",
                turn("My name is Anna.", "", status="disconnected"),
                ["The caller said “My name is Anna.”; this was not answered."],
            ),
        ],
    )  # fmt: skip


@pytest.mark.parametrize(("lang", "words"), [("en", "some more words "), ("zh", "再说几句话")])
def test_the_oldest_turns_go_first(lang: str, words: str) -> None:
    """A third of the context at most, however long the conversation and the instructions are."""
    told = [turn(f"{number} {words * 10}", words * 10) for number in range(100)]
    room = ROOM["zh" if lang == "zh" else "en"]
    for own in ("", "Be kind.", "Be kind and patient. " * 200, "x" * 11_000, "x" * 50_000):
        found = with_history(own, told)
        whole = found.words or ""
        assert len(whole) <= max(MOST, len(own))
        assert whole.startswith(own)
        assert whole.rstrip().endswith(own[-8:].rstrip())
        assert len(whole) - len(own) <= room + room // 4 + 2
        assert ("99 " in whole) == (found.turns > 0)
        assert "0 " not in whole.split("“")[1][:2] if found.turns else True
    assert with_history("x" * 50_000, told).turns == 0


def test_one_turn_that_is_too_long_keeps_its_end() -> None:
    """Rather than being left out."""
    found = with_history(None, [turn("a " * 9000 + "the end", "b " * 9000 + "and last")])
    assert found.turns == 1
    assert {"the end", "and last"} <= {w for w in ("the end", "and last") if w in str(found.words)}
    assert len(found.words or "") <= ROOM["en"]


def test_where_nothing_was_said_nothing_is_added() -> None:
    """Sound of which neither words nor an answer came is no part of a conversation."""
    for turns in ([], [turn(None, "")]):
        assert with_history("Be kind.", turns) == ("Be kind.", 0)
        assert with_history(None, turns) == (None, 0)
