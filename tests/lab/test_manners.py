"""Manners: who was answered, who was let speak, and what was let pass, from what passed."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import glmkit as glm
from glmkit import aio, events
from glmkit.auth import Key
from glmkit.emulator.options import Options
from glmkit.emulator.server.running import RunningServer, serve
from glmkit.errors import BadArgument, GlmWarning
from glmkit.lab.measured_manners import MEASURES, Manners, MedianOf, Tally
from glmkit.lab.passing_sounds import is_filler
from glmkit.media.clip import Clip
from glmkit.protocol.event import Event, stamped
from glmkit.turns.trace import Clock, Trace
from tests.listed import check_each
from tests.pictured import server

KEY = Key.random()
VOICE = glm.sample("joke_zh")[0.25:1.7]  # voiced from about its beginning to its end
TOLD = ("input_audio_buffer.speech_started", "input_audio_buffer.speech_stopped")


@pytest.fixture
async def running() -> AsyncIterator[RunningServer]:
    async with await serve(Options(key=KEY, pace=2)) as opened:
        yield opened


def manners(*traces: Any, **options: Any) -> Manners:
    found: Manners = glm.lab.manners(list(traces), **options)
    return found


# -- sessions ------------------------------------------------------------------------------


@pytest.mark.slow
async def test_a_service_that_yields(running: RunningServer, tmp_path: Path) -> None:
    """Both turns are answered, and the answer stops soon; a recording says the same."""
    async with aio.connect(running.url, api_key=KEY, vad="server") as session:
        await session.say(glm.sample("story_zh"), interrupt_after=0.4, with_=glm.sample("hello_en"))
        found = glm.lab.manners(session)
        path = await session.save(tmp_path / "x.glm")
    assert (found.answered, found.yielded) == (Tally(2, 2), Tally(1, 1))
    assert found.yield_latency.seconds is not None
    assert 0.05 < found.yield_latency.seconds < 2
    assert (found.zero, found.response_latency.n) == ("spoken", 2)
    assert found.spoke_into == Tally(0, 2)
    assert {found.noise_stopped.n, found.backchannel_answered.n, found.unknown} == {0}
    again = glm.lab.manners(path)
    assert (again.answered, again.yielded) == (found.answered, found.yielded)
    assert again.yield_latency.seconds == pytest.approx(found.yield_latency.seconds, abs=0.002)
    twice = manners(path, session)
    assert (twice.answered, twice.yielded, twice.yield_latency.n) == (Tally(4, 4), Tally(2, 2), 2)


@pytest.mark.slow
async def test_a_service_that_hears_too_late_does_not_yield() -> None:
    """An answer that still sounds after two seconds was not given up."""
    faults = ("late_hearing=2.5",)
    async with await serve(Options(key=KEY, pace=2, faults=faults)) as late:
        async with aio.connect(late.url, api_key=KEY, vad="server") as session:
            await session.say(
                glm.sample("story_zh"), interrupt_after=0.2, with_=glm.sample("hello_en")
            )
            found = glm.lab.manners(session)
    assert (found.yielded, found.yield_latency) == (Tally(0, 1), MedianOf(None, 0))
    assert str(found.yield_latency) == "none"
    assert str(found.yielded) == "0 of 1"


@pytest.mark.slow
async def test_a_cough_in_an_answer(running: RunningServer) -> None:
    """The emulator's ears let it pass: the answer goes on, and nothing is answered to it."""
    waits = glm.Waits(no_speech=0.5)
    async with aio.connect(running.url, api_key=KEY, vad="server", waits=waits) as session:
        with pytest.warns(GlmWarning, match="heard no speech"):
            await session.say(glm.sample("joke_en"), interrupt_after=0.3, with_=glm.sample("cough"))
        found = glm.lab.manners(session)
    assert (found.noise_stopped, found.noise_answered) == (Tally(0, 1), Tally(0, 1))
    assert (found.answered, found.yielded) == (Tally(1, 1), Tally(0, 0))


@pytest.mark.slow
async def test_a_hum_in_an_answer(running: RunningServer) -> None:
    """With a low threshold it is taken for speech, and stops the answer."""
    vad = {"type": "server_vad", "threshold": 0.45}
    async with aio.connect(running.url, api_key=KEY, vad=vad) as session:
        await session.say(glm.sample("joke_en"), interrupt_after=0.3, with_=glm.sample("mm_hm"))
        found = glm.lab.manners(session)
    assert found.backchannel_stopped == Tally(1, 1)
    assert (found.answered, found.yielded) == (Tally(1, 1), Tally(0, 0))


@pytest.mark.slow
async def test_what_this_side_stops_says_nothing_of_the_service(running: RunningServer) -> None:
    """Under client VAD the answers are stopped from here, and that is a line of its own."""
    async with aio.connect(running.url, api_key=KEY) as session:
        await session.say(
            glm.sample("joke_zh"), speed=None, interrupt_after=0.2, with_=glm.sample("hello_en")
        )
        found = glm.lab.manners(session)
    assert (found.yielded.n, found.stopped_here) == (0, 1)
    assert "stopped from here: 1" in str(found)
    assert (found.zero, found.response_latency.n) == ("commit", 2)
    assert "commit" in found.rows[0][2]


def test_what_this_side_cancels_under_server_vad_is_no_yield() -> None:
    """Live talk does so where the service does not stop by itself."""
    trace = broken_into(5.0, VOICE, "等一下", until=5.4)
    cancelled = conversation([*trace, stamped(events.response_cancel(), 5.35, None)])
    found = manners(cancelled)
    assert (found.yielded, found.stopped_here) == (Tally(0, 0), 1)


# -- made conversations: what each case is counted as ----------------------------------------


def appends(at: float, clip: Clip) -> Iterator[Event]:
    """What is spoken from the moment ``at``, as it is sent."""
    for chunk in clip.chunks(100):
        at += len(chunk) / 32_000
        yield stamped(events.append(chunk), at, "pcm16")


def committed(at: float, name: str, said: str = "") -> list[Event]:
    """A server VAD's turn, of what was spoken up to then."""
    heard = "conversation.item.input_audio_transcription.completed"
    return [
        server(TOLD[1], at),
        server("input_audio_buffer.committed", at + 0.01, item_id=f"i{name}"),
        server(heard, at + 0.02, item_id=f"i{name}", transcript=said),
    ]


def answer(
    at: float, seconds: float, name: str, *, until: float | None = None, ahead: float = 1.0
) -> Iterator[Event]:
    """An answer that sounds from ``at``, ``ahead`` times as fast; cancelled ``until`` then."""
    ids = {"response_id": f"r{name}", "item_id": f"a{name}"}
    yield server("response.created", at - 0.05, response={"id": f"r{name}"})
    for chunk in Clip.tone(200, seconds, rate=24_000).chunks(100, "pcm24"):
        if until is None or at < until:
            yield server("response.audio.delta", at, delta=base64.b64encode(chunk).decode(), **ids)
        at += 0.1 / ahead
    status = "completed" if until is None else "cancelled"
    done = {"id": f"r{name}", "status": status}
    yield server("response.done", at if until is None else until, response=done)


def conversation(*parts: Sequence[Event] | Iterator[Event], peer: str = "emulator") -> Trace:
    """A trace of all of it, in its order."""
    trace = Trace(Clock(1.7e9, 0.0), peer=peer, model="glm-realtime-flash")
    for event in sorted((e for part in parts for e in part), key=lambda event: event.at):
        trace.add(event)
    return trace


def asked(seconds: float = 6.0, **options: Any) -> list[Event]:
    """A question from 1.0 on, and its answer from 3.5 on."""
    return [
        *appends(1.0, VOICE),
        server(TOLD[0], 1.2),
        *committed(3.0, "1", "讲个笑话"),
        *answer(3.5, seconds, "1", **options),
    ]


def broken_into(at: float, sound: Clip, said: str, **options: Any) -> Trace:
    """Somebody speaks into the answer, and is answered."""
    over = at + sound.seconds + 0.8
    return conversation(
        asked(**options),
        appends(at, sound),
        [server(TOLD[0], at + 0.2)],
        committed(over, "2", said),
        answer(max(over, options.get("until", 9.6)) + 0.5, 1.0, "2"),
    )


def test_a_yield_is_timed_from_the_first_voiced_sample() -> None:
    """To the end of the answer, whatever was sent before it."""
    found = manners(broken_into(5.0, VOICE, "等一下", until=5.4))
    start = VOICE.voiced_spans()[0][0]
    assert found.yielded == Tally(1, 1)
    assert found.yield_latency.seconds == pytest.approx(0.4 - start, abs=1e-3)
    assert found.answered == Tally(2, 2)


def test_going_on_is_no_yield_and_ending_is_neither() -> None:
    """An answer that ends by itself within the window says nothing."""
    assert manners(broken_into(4.5, VOICE, "等一下")).yielded == Tally(0, 1)
    assert manners(broken_into(8.5, VOICE, "等一下")).yielded == Tally(0, 0)


def test_an_answer_that_came_whole_is_stopped_by_what_tells_the_player() -> None:
    """Its end is where speech_started says that somebody speaks."""
    said = Event("glmkit.said", {"turn": 0, "spoken_into": True}, direction="local", at=4.9)
    found = manners(conversation([*broken_into(5.0, VOICE, "等一下", ahead=10.0), said]))
    start = VOICE.voiced_spans()[0][0]
    assert found.yielded == Tally(1, 1)
    assert found.yield_latency.seconds == pytest.approx(0.2 - start, abs=1e-3)


def test_what_is_said_after_an_answer_came_whole_breaks_into_nothing() -> None:
    """Nobody is known to have listened on: not to be praised for a yield, nor blamed."""
    after = broken_into(5.0, VOICE, "等一下", ahead=10.0)
    told = [event for event in after if not (event.type == TOLD[0] and event.at > 4)]
    for trace in (after, conversation(told)):
        found = manners(trace)
        assert (found.yielded, found.answered) == (Tally(0, 0), Tally(2, 2))
    room = [*appends(1.0, VOICE), *appends(1.0 + VOICE.seconds, Clip.silence(5.0 - 1.0 - 1.45))]
    assert manners(conversation([*after, *room[15:]])).yielded == Tally(1, 1)  # an open microphone


@pytest.mark.slow
@pytest.mark.parametrize("vad", ["server", "client"])
async def test_one_say_after_another_breaks_into_nothing(vad: str) -> None:
    """However long the answer before would still have sounded."""
    async with await serve(Options(key=KEY, pace=20)) as running:
        async with aio.connect(running.url, api_key=KEY, vad=vad) as session:
            for _ in range(2):
                await session.say(glm.sample("joke_en"))
            found = glm.lab.manners(session)
    assert (found.yielded, found.unknown, found.answered) == (Tally(0, 0), 0, Tally(2, 2))


def test_fillers_into_an_answer_are_backchannels() -> None:
    """By what was understood; the same word into silence is an answer to be answered."""
    stopped = manners(broken_into(5.0, VOICE[:0.5], "嗯。", until=5.4))
    assert stopped.backchannel_stopped == stopped.backchannel_answered == Tally(1, 1)
    assert (stopped.answered, stopped.yielded) == (Tally(1, 1), Tally(0, 0))
    kept = manners(broken_into(5.0, VOICE[:0.5], "Uh-huh."))
    assert kept.backchannel_stopped == Tally(0, 1)
    later = manners(broken_into(11.0, VOICE[:0.5], "好的。"))
    assert later.backchannel_stopped == later.backchannel_answered == Tally(0, 0)
    assert later.answered == Tally(2, 2)


def test_fillers_are_short_words_of_both_languages() -> None:
    """Spelt this way or that; what says more is none."""
    check_each(_is_filler, [*((w, True) for w in FILLERS), *((w, False) for w in OTHERS)])


FILLERS = ("嗯", "嗯嗯。", "对对对！", "好的", "Mm-hm.", "mm hmm", "Uh-huh", "I see.", "OK", "ＯＫ")
OTHERS = ("", "。", "好的，再讲一个", "等一下", "stop", "no", "不", "right now", "嗯，停")


def _is_filler(words: str, expected: bool) -> None:
    assert is_filler(words) is expected


def test_known_sounds_are_let_pass_without_being_understood() -> None:
    """The kit's own, louder or softer, and those that one names."""
    knock = Clip.tone(700, 0.2, level=-20)
    cough = Clip(0.5 * glm.sample("cough").samples, 16_000)
    trace = conversation(asked(), appends(4.5, cough), appends(6.0, knock))
    found = manners(trace)
    assert (found.noise_stopped, found.noise_answered, found.unknown) == (Tally(0, 1),) * 2 + (1,)
    assert "left out: 1" in str(found)
    named = manners(trace, noises=[knock])
    assert (named.noise_stopped, named.unknown) == (Tally(0, 2), 0)
    assert manners(trace, backchannels=knock).backchannel_stopped == Tally(0, 1)


def test_who_begins_while_somebody_speaks_spoke_into_them() -> None:
    """The person began before, and goes on after."""
    trace = conversation(asked(2.0), appends(3.2, VOICE))
    assert manners(trace).spoke_into == Tally(1, 1)
    assert manners(conversation(asked(2.0))).spoke_into == Tally(0, 1)


def test_a_turn_without_a_sound_was_not_answered() -> None:
    """As often as nothing was heard, of as many turns as there were."""
    silent = [*appends(1.0, VOICE), server(TOLD[0], 1.2), *committed(3.0, "1", "讲个笑话")]
    assert manners(conversation(silent), conversation(asked())).answered == Tally(1, 2)


def test_with_nothing_of_a_kind_it_says_none() -> None:
    """Not 0 %; and there are no figures of an empty trace."""
    found = manners(conversation())
    assert [str(getattr(found, name)) for name in MEASURES[:9]] == ["none"] * 9
    assert "%" not in str(found)
    assert found.table["value"].isna().all()


def test_it_names_its_peer_and_its_numbers() -> None:
    """In words, in the table and on the card; each measure says what it is."""
    found = manners(broken_into(5.0, VOICE, "等一下", until=5.4))
    for shown in (str(found), repr(found), found._repr_mimebundle_()["text/html"]):
        assert "emulator" in shown
        assert "not the live service" in shown
        assert "1 of 1" in shown
    table = found.table.set_index("measure")
    assert set(table["peer"]) == {"emulator"}
    assert (table.n["yielded"], table.value["yielded"], table.unit["yielded"]) == (1, 1.0, "share")
    assert all("τ-voice" in means for _, _, means in found.rows[:5])
    many = conversation(*(shifted(asked(2.0), 20.0 * n, str(n)) for n in range(12)))
    assert str(manners(many).answered) == "12 of 12 (100%)"


def shifted(given: list[Event], seconds: float, name: str) -> list[Event]:
    """The same later, as another turn."""

    def renamed(data: Any) -> Any:
        if isinstance(data, dict):
            return {key: renamed(each) for key, each in data.items()}
        return f"{data}-{name}" if data in {"i1", "r1", "a1"} else data

    return [
        Event(
            event.type,
            renamed(dict(event.data)),
            direction=event.direction,
            at=event.at + seconds,
            format=event.format,
        )
        for event in given
    ]


def test_different_peers_and_networks_are_not_averaged() -> None:
    """The error names them."""
    with pytest.raises(BadArgument, match=r"emulator, .*live"):
        manners(conversation(asked()), conversation(asked(), peer="live"))
    slower = conversation(asked())
    slower.about["network"] = "4g"
    with pytest.raises(BadArgument, match="4g"):
        manners(conversation(asked()), slower)


def test_what_has_no_manners_is_refused() -> None:
    """Neither numbers, nor nothing, nor a trace without sound."""
    mute = conversation([event.without_payload() for event in asked()])
    for wrong in (None, 7, b"x", [], [None], mute):
        with pytest.raises(BadArgument):
            glm.lab.manners(wrong)
    for named in (["cough"], [Clip.silence(1)], "cough", 7):
        with pytest.raises(BadArgument, match="noises"):
            glm.lab.manners(conversation(), noises=named)


def test_sound_that_was_not_spoken_in_time_interrupts_nobody() -> None:
    """What was sent all at once cannot be dated; it is answered all the same."""
    at_once = [
        Event(e.type, e.data, direction="client", at=5.0 + n / 1_000, format="pcm16")
        for n, e in enumerate(appends(0, VOICE))
    ]
    trace = conversation(asked(), at_once, committed(6.0, "2", "等一下"), answer(11, 1, "2"))
    found = manners(trace)
    assert (found.yielded.n, found.spoke_into.count, found.answered) == (0, 0, Tally(2, 2))
    assert all(a <= b for a, b in pairwise(e.at for e in trace))
