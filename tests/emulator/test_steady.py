"""Steady conditions: when answers are due, what is drawn, and that no session leaves a trace."""

from __future__ import annotations

import asyncio
from typing import Any

import numpy as np
import pytest

from glmkit.emulator.options import Options
from glmkit.emulator.server.running import RunningServer
from glmkit.emulator.session.steady_waits import SteadyWaits
from glmkit.emulator.turn.arrivals import Arrivals
from glmkit.errors import BadArgument
from tests.bare import Bare, joined, of, running, sample, silence, types

SPOKEN = sample("hello_en")
HEARD = "conversation.item.input_audio_transcription.completed"
SERVER_VAD = {"type": "server_vad"}
SHORT = {"steady": True, "wait": 0.15}


async def written(bare: Bare, *words: str) -> list[dict[str, Any]]:
    """The responses to some messages, one after the other."""
    found = []
    for each in words:
        await bare.write(each)
        await bare.send("response.create")
        found.append((await bare.next("response.done"))["response"])
    return found


def said(response: dict[str, Any]) -> str:
    part = response["output"][0]["content"][0]
    return str(part.get("text") or part.get("transcript"))


def how(server: RunningServer, responses: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the log knows of these responses."""
    known = server.answers([each["id"] for each in responses])
    return [known[each["id"]] for each in responses]


async def waits(*prompts: str, **switches: Any) -> list[float]:
    """What each of these prompts waits for, each in a session of its own."""
    async with running(steady=True, wait=0, jitter=0.05, **switches) as server:
        found = []
        for prompt in prompts:
            async with joined(server) as bare:
                await bare.update(modalities=["text"])
                found += how(server, await written(bare, prompt))
    return [each["wait"] for each in found]


# -- when ----------------------------------------------------------------------------------


async def test_what_was_heard_the_words_and_the_sound_come_when_they_are_due() -> None:
    """In this order, and the first sound not before the wait is over, after the commit."""
    async with running(steady=True, wait=0.3) as server, joined(server) as bare:
        clock = asyncio.get_running_loop().time
        await bare.update()
        await bare.ask(SPOKEN)
        before = len(bare.came)
        await bare.append(SPOKEN)
        await bare.send("input_audio_buffer.commit")
        zero = clock()
        await bare.send("response.create")
        await bare.next(HEARD)
        assert clock() - zero > 0.19
        await bare.next("response.audio.delta")
        waited = clock() - zero
        done = await bare.next("response.done")
        [known] = how(server, [done["response"]])
    came = ("response.created", HEARD, "response.output_item.added",
            "response.audio_transcript.delta", "response.audio.delta")  # fmt: skip
    order = [types(bare.came[before:]).index(type) for type in came]
    assert order == sorted(order)
    assert waited > 0.29
    assert (known["wait"], known["answered"], known["understood"]) == (0.3, "stock", "known sample")


@pytest.mark.parametrize("text_only", [True, False])
async def test_what_is_typed_waits_from_its_request(text_only: bool) -> None:
    """Also an answer without sound, whose words come when they are due."""
    async with running(steady=True, wait=0.2) as server, joined(server) as bare:
        await bare.update(modalities=["text"] if text_only else ["text", "audio"])
        await bare.write("hello")
        clock = asyncio.get_running_loop().time
        zero = clock()
        await bare.send("response.create")
        await bare.next("response.text.delta" if text_only else "response.audio.delta")
        assert clock() - zero > 0.19
        [known] = how(server, [(await bare.next("response.done"))["response"]])
    assert known["answered"] == ("text" if text_only else "stock")


async def test_server_vad_counts_from_the_last_voiced_sample() -> None:
    """Silence that comes later than the wait makes the answer late: it was due before."""
    async with running(steady=True, wait=0.1) as server, joined(server) as bare:
        await bare.update(turn_detection=SERVER_VAD)
        await written(bare, "hello")  # what is loaded at the first is late for its own reasons
        await bare.append(SPOKEN)
        await bare.next("input_audio_buffer.speech_started")
        await asyncio.sleep(0.3)
        await bare.append(silence(1))
        [known] = how(server, [(await bare.next("response.done"))["response"]])
    assert known["late"] >= 0.15


async def test_what_cannot_be_ready_is_late_and_says_so() -> None:
    """By as much as hearing took longer than the wait; in the log, too."""
    async with running(**SHORT, faults=("late_hearing=0.5",)) as server, joined(server) as bare:
        await bare.update()
        done = of(await bare.ask(SPOKEN), "response.done")[0]["response"]
        [known] = how(server, [done])
        [row] = [row for row in server.log()[0]["events"] if row[2] == "answered"]
    assert known["late"] >= 0.3
    assert row[3] == {"response_id": done["id"], **known}


async def test_a_request_later_than_the_moment_counts_from_the_request() -> None:
    """And so does the same answer once more: each is held back from then."""
    async with running(**SHORT) as server, joined(server) as bare:
        clock = asyncio.get_running_loop().time
        await bare.update()
        await written(bare, "hello")
        await bare.append(SPOKEN)
        await bare.send("input_audio_buffer.commit")
        await bare.next(HEARD)
        await asyncio.sleep(0.2)
        for _ in range(2):
            zero = clock()
            await bare.send("response.create")
            await bare.next("response.audio.delta")
            assert clock() - zero > 0.14
            await bare.next("response.done")


async def test_an_answer_that_is_cancelled_before_it_is_due_says_nothing() -> None:
    """And is not remembered; the next one is complete."""
    async with running(steady=True, wait=0.5) as server, joined(server) as bare:
        await bare.write("hello")
        await bare.send("response.create")
        await bare.next("response.created")
        await bare.send("response.cancel")
        stopped = await bare.next("response.done")
        assert stopped["response"]["status"] == "cancelled"
        assert "response.audio_transcript.delta" not in bare.types()
        [again] = await written(bare, "hello")
    assert again["status"] == "completed"


async def test_a_greeting_and_a_call_wait_too() -> None:
    """A greeting from the update, a call from the commit; neither needs words of its own."""
    city = {"type": "object", "properties": {"city": {"type": "string"}}}
    tool = {"type": "function", "name": "get_weather", "description": "weather", "parameters": city}
    greeting = {"enable": True, "content": "Hello, I am the emulator."}
    async with running(**SHORT) as server, joined(server) as bare:
        await bare.update(tools=[tool], beta_fields={"greeting_config": greeting})
        greeted = (await bare.next("response.done"))["response"]
        [called] = await written(bare, "What is the weather in Paris?")
        first, second = how(server, [greeted, called])
    assert (first["answered"], first["understood"]) != ("", "typed")
    assert called["output"][0]["type"] == "function_call"
    assert (second["answered"], second["understood"], second["wait"]) == ("", "typed", 0.15)


async def test_mp3_waits_as_well() -> None:
    """What is encoded is held back, too."""
    async with running(**SHORT) as server, joined(server) as bare:
        await bare.update(output_audio_format="mp3")
        [done] = await written(bare, "hello")
        [known] = how(server, [done])
    assert known["answered"] == "stock"
    assert "response.audio.delta" in bare.types()


# -- what is drawn -------------------------------------------------------------------------


async def test_the_same_seed_draws_the_same_waits() -> None:
    """Evenly from 0 to the jitter; another seed draws others, and each repetition its own."""
    prompts = ["hello", "tell me a joke", "hello"]
    first, again = await waits(*prompts, seed=7), await waits(*prompts, seed=7)
    assert first == again
    assert len(set(first)) == 3
    assert await waits(*prompts, seed=8) != first
    drawn = [SteadyWaits(1.0, 0.5, 3).turn(0.0, [b"%d" % n], {}, 1).wait for n in range(500)]
    counts, _ = np.histogram(drawn, bins=5, range=(1.0, 1.5))
    assert counts.sum() == 500
    assert counts.min() > 60


async def test_what_others_say_meanwhile_changes_no_draw() -> None:
    """Each prompt has draws of its own, in whatever order the sessions come."""
    alone = await waits("hello", "hello", "tell me a joke", seed=5)
    mixed = await waits("tell me a joke", "hello", "hello", seed=5)
    assert sorted(alone) == sorted(mixed)
    assert alone[2] == mixed[0]


async def test_a_draw_knows_the_configuration_and_the_place_in_the_session() -> None:
    """Voices that are compared don't share draws; and a reset begins with the first again."""
    async with running(steady=True, wait=0, jitter=0.05) as server:

        async def both(voice: str) -> list[float]:
            async with joined(server) as bare:
                await bare.update(modalities=["text"], voice=voice)
                return [each["wait"] for each in how(server, await written(bare, "hi", "hi"))]

        first, other = await both("tongtong"), await both("xiaochen")
        server.reset()
        assert len({*first, *other}) == 4
        assert await both("tongtong") == first


# -- no memory -----------------------------------------------------------------------------


async def test_the_number_to_guess_follows_from_the_seed() -> None:
    """And not from the session, whose id is anybody's guess."""
    game = ("let us play guess the number", "I give up")
    told = []
    for seed in (1, 1, 2, 3, 4):
        async with running(steady=True, wait=0, seed=seed) as server, joined(server) as bare:
            await bare.update(modalities=["text"])
            told.append(said((await written(bare, *game))[-1]))
    assert told[0] == told[1]
    assert len(set(told)) > 1


async def test_the_same_run_is_cut_into_the_same_pieces() -> None:
    """Sizes of the pieces of sound are drawn, too."""

    async def sizes() -> list[int]:
        async with running(**SHORT) as server, joined(server) as bare:
            await bare.update()
            return [len(each["delta"]) for each in of(await bare.ask(SPOKEN),
                                                      "response.audio.delta")]  # fmt: skip

    assert await sizes() == await sizes()


@pytest.mark.slow
@pytest.mark.voices
async def test_nothing_that_was_made_is_kept_for_others() -> None:
    """A sentence that is synthesised is synthesised again; without steady it is at hand."""
    words = "Please call me Balthazar Winterbottom"
    found = {}
    for switches in ({}, {"steady": True, "wait": 0}):
        async with running(**switches) as server:
            responses = []
            for _ in range(2):
                async with joined(server) as bare:
                    responses += await written(bare, words)
            found[bool(switches)] = [each["answered"] for each in how(server, responses)]
    assert found == {False: ["synthesised", "ready"], True: ["synthesised", "synthesised"]}


# -- switches ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "switches",
    [
        {"steady": "yes"}, {"steady": 1}, {"steady": None},
        {"steady": True, "wait": -1}, {"steady": True, "wait": float("nan")},
        {"steady": True, "wait": float("inf")}, {"steady": True, "wait": "1.6"},
        {"steady": True, "wait": True}, {"steady": True, "wait": 1e9},
        {"steady": True, "jitter": -0.1}, {"steady": True, "jitter": [0.1]},
        {"steady": True, "seed": -1}, {"steady": True, "seed": 1.5}, {"steady": True, "seed": ""},
        {"steady": True, "seed": 2**64}, {"wait": 2.0}, {"jitter": 0.1}, {"seed": 2},
        {"steady": True, "replay": "a.glm"},
    ],
)  # fmt: skip
def test_steadiness_that_cannot_be_is_refused(switches: dict[str, Any]) -> None:
    """Wrong types, no numbers, too much, or what would have no effect."""
    with pytest.raises(BadArgument):
        Options(**switches)


def test_every_switch_of_steadiness_is_named() -> None:
    """Also those that are as usual: another wait is another condition."""
    steady = Options(steady=True, jitter=0.2)
    assert steady.in_words == "steady=True, wait=1.6, jitter=0.2, seed=1"
    assert Options.from_json(steady.to_json()) == steady
    assert Options().in_words == ""


def test_a_moment_belongs_to_the_append_that_led_up_to_it() -> None:
    """By the seconds of sound, whatever rate they came at; the oldest are forgotten."""
    arrivals = Arrivals()
    for n in range(30_000):
        arrivals.add(0.1, float(n))
    assert arrivals.of(2_500.0) == 24_999.0
    assert arrivals.of(2_500.05) == 25_000.0
    assert arrivals.of(9_999.0) == 29_999.0
    assert arrivals.of(0.0) == 10_000.0
