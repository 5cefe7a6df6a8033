"""The card of a conversation: who said what, what was heard of it, and how much of it has room."""

from __future__ import annotations

import re
from typing import Any

import pytest

from glmkit import aio
from glmkit.auth import make_token
from glmkit.emulator.options import Options
from glmkit.emulator.server.running import serve
from glmkit.protocol.event import Event
from glmkit.turns.fold import fold_turns
from glmkit.turns.turn_sequence import Turns
from tests.cards.test_cards import EVIL, KEY, OURS, Read, called, card, noise, weight
from tests.listed import check_each
from tests.pictured import a_trace, a_turn, exchange, voice

STRUCK = r'dir="auto">(Once[^<]*)<del title="[^"]*estimated[^>]*>.*?</span>([^<]*)</del>'
LARGEST = 500_000
STORY = "Once upon a time there was a fox who lived in a wood, and it was cold."


def a_talk(turns: int, *, seconds: float = 0.6, **options: Any) -> Turns:
    """So many turns with the emulator, each answered for so many seconds."""
    found: list[Event] = []
    for number in range(turns):
        sound = voice(seconds, 24_000)
        words = (f"question {number + 1} of many", f"answer {number + 1} of many")
        talk = {"words": words, "answer": sound, **options}
        found += exchange(10.0 + 20 * number, name=str(number), **talk)
    return fold_turns(found, peer="emulator", model="glm-realtime-flash")


@pytest.mark.slow
def test_a_conversation_shows_each_turn_and_opens_into_its_card() -> None:
    """Words, the wait with its zero point and its peer; sound, times and figure unfold."""
    shown = card(a_talk(2))
    for words in ("question 1 of many", "answer 2 of many", "0.70 s after the commit", "emulator"):
        assert words in shown.words
    assert "not the live service's times" in shown.words
    assert len(shown.all("audio")) == 4
    assert [each["class"] for each in shown.all("img")] == ["glm-light", "glm-dark"] * 2
    assert len(shown.all("details")) == 2
    assert "first audible sample" in shown.words


@pytest.mark.slow
def test_what_was_not_heard_is_struck_out_with_its_seconds() -> None:
    """On a turn's own card, too; and a person is told that the place is estimated."""
    turn = a_turn(cancel=1.5, answer=voice(4.0, 24_000), words=("A story", STORY))
    for thing in (turn, Turns([turn])):
        html = thing._repr_mimebundle_()["text/html"]
        heard, unheard = re.findall(
            r'auto">(Once[^<]*)<del title="[^"]*estimated.*?</span>(.*?)</', html
        )[0]
        assert heard + unheard == STORY
        assert 5 < len(heard) < 40
        assert "s were heard, " in html
    assert "<del" not in a_turn(words=("A story", STORY))._repr_mimebundle_()["text/html"]


@pytest.mark.slow
def test_tools_and_findings_stand_in_the_column() -> None:
    """Name, arguments and result in a line; a fact at once, its cure unfolds."""
    words = card(Turns([called(), a_turn(answer=None, words=("", ""))])).words
    assert re.search(r'⚙\xa0weather\s+{"city": "Paris"}\s+→\s+{"sky": "clear"}', words)
    [finding, *_] = a_turn(answer=None, words=("", "")).explain()
    assert finding.fact in words
    assert finding.cure in words


@pytest.mark.slow
def test_a_long_conversation_has_room() -> None:
    """Twenty turns are whole; of a hundred the last ones, the others in brief; all say so."""
    check_each(
        _has_room, [(3, 1.0, 3), (20, 6.0, 20), (20, 30.0, 20), (100, 0.6, 20), (500, 0.6, 20)]
    )


def _has_room(count: int, seconds: float, whole: int) -> None:
    talk = a_talk(count, seconds=seconds)
    bundle = talk._repr_mimebundle_()
    assert weight(bundle) <= LARGEST
    assert bundle["text/html"].count('class="glm-turn"') == whole
    words = Read(bundle["text/html"]).words
    assert f"answer {count} of many" in words
    assert (f"answer {count - 150} of many" in words) == (count > 150)
    assert ("in brief" in words) == (count > whole)
    assert ("are not shown: turns[:280]" in words) == (count == 500)
    assert ("turns[0].audio" in words) == (seconds > 7)  # it says where the sound is


@pytest.mark.slow
def test_the_largest_conversation_fits() -> None:
    """Minutes of noise, endless words and calls: as many turns as there is room for."""
    endless = called('{"a": "' + "'" * 90_000 + '"}', "山" * 90_000)
    loud = a_turn(
        spoken=noise(60, 16_000), answer=noise(60, 24_000), words=("'" * 50_000, EVIL * 500)
    )
    for turns in ([endless] * 30, [loud] * 25, [a_turn(words=("<" * 9_000, "&" * 9_000))] * 300):
        assert weight(Turns(turns)._repr_mimebundle_()) <= LARGEST


@pytest.mark.slow
def test_nothing_from_outside_becomes_markup_and_no_key_is_shown() -> None:
    """Transcripts, calls, peers and models are text, whole, in brief, printed."""
    secret, token = KEY.reveal(), make_token(KEY).reveal()
    said = f"my key is {secret} " * 20 + token
    turn = a_turn(words=(EVIL, said), peer=EVIL, cancel=0.9, answer=voice(3.0, 24_000))
    talk = Turns([turn, called(EVIL, EVIL)] * 20)
    shown = card(talk)
    assert {tag for tag, _ in shown.tags} <= OURS
    assert "onerror=alert" in shown.words
    for whole in (str(talk._repr_mimebundle_()), repr(talk)):
        assert secret.partition(".")[2] not in whole
        assert token.rpartition(".")[2] not in whole


@pytest.mark.slow
def test_sound_that_cannot_be_decoded_leaves_the_words() -> None:
    """The turn says so, and the others are as they are."""
    junk = "UklGRgAAAABXQVZFanVuaw=="
    event = Event("input_audio_buffer.append", {"audio": junk}, format="wav", at=10.0)
    talk = fold_turns([event, *exchange(vad="server")], peer="emulator", model="m")
    assert "begin as WAV files do, and cannot be read" in card(talk).words
    assert talk[0].latency.first_text is not None
    assert "Tell me a joke" in card(talk).words
    assert "Tell me a joke" in repr(talk)


@pytest.mark.parametrize(("lang", "todo"), [("en", "No turns yet"), ("zh", "还没有对话")])
def test_no_turns_say_what_to_do(lang: str, todo: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In both languages, in a cell and in a terminal."""
    monkeypatch.setenv("GLMKIT_LANG", lang)
    for said in (card(Turns()).words, repr(Turns())):
        assert todo in said
        assert "session.say(glm.sample(" in said


@pytest.mark.slow
async def test_a_sessions_card_is_its_facts_folded_and_its_conversation() -> None:
    """What to do while there is none; then the words, as ``session.turns`` shows them."""
    async with (
        await serve(Options(key=KEY, pace=0)) as running,
        aio.connect(running.url, api_key=KEY) as session,
    ):
        assert "No turns yet" in card(session).words
        turn = await session.ask("Hello")
        for thing in (session, session.turns, session.trace.turns(), session.turns[-1:]):
            words = card(thing).words
            assert "Hello" in words
            assert turn.transcript in words
        assert "budget" in card(session).words
        assert "details" in {tag for tag, _ in card(session).tags}


def test_turns_are_a_list_to_code() -> None:
    """Equal to one, either way round; sliced, added and counted from the end like one."""
    talk = a_trace(3).turns()
    listed = list(talk)
    assert talk == listed == talk
    assert listed == talk
    assert talk != listed[:2]
    assert isinstance(talk[1:], Turns)
    assert talk[1:] == listed[1:]
    assert talk[-1] is listed[-1]
    assert talk[::-1] == listed[::-1]
    assert [] + talk + listed == listed * 2  # noqa: RUF005 - the sum of lists is what is tested
    assert listed[1] in talk
    assert talk.index(listed[2]) == 2


def test_a_terminal_prints_a_line_a_turn() -> None:
    """Of many the first and the last; who said what, how long it took, against whom."""
    [line] = repr(a_talk(1)).splitlines()
    for part in ("1  question 1 of many", "answer 1", "0.70 s from the commit", "emulator"):
        assert part in line
    lines = repr(a_talk(40)).splitlines()
    assert len(lines) == 13
    assert "28 turns" in lines[6]
    assert lines[-1].startswith("40 ")
