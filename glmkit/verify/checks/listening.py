"""Statements 37 to 42 and 69 to 71, and others of their kind: server VAD.

Scenes under server VAD: who ends a turn, who answers it, and who interrupts.
"""

from __future__ import annotations

from typing import Final

from glmkit.verify.checks.not_spoken import PHONE
from glmkit.verify.checks.speaking import CLEARED, COMMITTED, SPEECH
from glmkit.verify.evidence import Evidence, Untestable
from glmkit.verify.scene import SERVER_VAD, pause, plays, words
from glmkit.verify.scene_client import SceneClient
from glmkit.verify.statement import completed, nothing, reason, states


@plays(up=4, answers=1)
async def listened(client: SceneClient) -> None:
    """Speech and silence in a burst, without a commit and without timestamps."""
    await client.update(turn_detection=SERVER_VAD)
    await client.say(words("joke_zh") + pause(1.5), stamp=False)
    await client.answered()
    await client.quiet()


@plays(up=4, answers=1)
async def listened_24(client: SceneClient) -> None:
    """The same at 24 kHz."""
    await client.update(turn_detection=SERVER_VAD, input_audio_format="pcm24")
    await client.say(words("joke_zh", 24_000) + pause(1.5, 24_000))
    await client.next("response.created")


@plays(up=6, answers=1)
async def endless(client: SceneClient) -> None:
    """Speech without silence, and then a commit under server VAD."""
    speech = words("joke_zh")[16_000:44_800]  # inside the sentence
    await client.update(turn_detection=SERVER_VAD)
    await client.quiet()
    client.step("speech")
    await client.say(speech * 4)
    await client.quiet(times=1.5)
    client.step("commit")
    await client.commit()
    await client.next(COMMITTED, "error")
    await client.quiet(times=1.5)


@plays(up=4, answers=1)
async def unanswered(client: SceneClient) -> None:
    """Server VAD with create_response false, and an answer asked for after all."""
    await client.update(turn_detection={**SERVER_VAD, "create_response": False})
    client.step("heard")
    await client.say(words("joke_zh") + pause(1.5))
    await client.next(COMMITTED)
    await client.quiet(times=2)
    client.step("asked")
    await client.request()


@plays(up=9, answers=2)
async def beside_tools(client: SceneClient) -> None:
    """Server VAD with a tool, where it was reported to get stuck; a commit, a clear, a turn."""
    await client.update(turn_detection=SERVER_VAD, tools=[PHONE])
    client.step("heard")
    await client.say(words("hello_en") + pause(5))
    ended = await client.next(COMMITTED, within=10 * client.stage.quiet)
    if ended:
        await client.answered()
    client.step("commit")
    await client.commit()
    if await client.next(COMMITTED, "error", within=10 * client.stage.quiet) and not ended:
        await client.next("response.done", within=10 * client.stage.quiet)
    client.step("cleared")
    await client.send("input_audio_buffer.clear")
    await client.next(CLEARED)
    client.step("next turn")
    await client.update()
    await client.ask(words("hello_en"))


@plays(up=8, answers=2)
async def interrupted(client: SceneClient) -> None:
    """Speech during an answer, which is a long one."""
    await client.update(turn_detection=SERVER_VAD, instructions="Tell long stories. 讲长故事。")
    await _interrupt(client, words("story_zh"), at="response.audio.delta")


@plays(up=5, answers=2)
async def uninterrupted(client: SceneClient) -> None:
    """Speech from the beginning of an answer that is not to be interrupted, and may be short."""
    await client.update(turn_detection={**SERVER_VAD, "interrupt_response": False})
    await _interrupt(client, words("joke_zh"), at="response.created")


async def _interrupt(client: SceneClient, question: bytes, *, at: str) -> None:
    await client.say(question + pause(1.5))
    await client.next(at)
    client.step("barge-in")
    await client.say(words("joke_zh"))
    await client.answered()
    client.step("next turn")
    await client.say(pause(1.5))
    await client.next("response.created")


# -- what they show --------------------------------------------------------------------------

TURN = (
    f"{SPEECH}started",
    f"{SPEECH}stopped",
    COMMITTED,
    "conversation.item.created",
    "response.created",
    "response.done",
)


@states("37", "listened")
def _turn(e: Evidence) -> str:
    order = [kind for kind in e.types() if kind in TURN]
    return e.need(order == list(TURN), ", ".join(k.rpartition(".")[2] for k in order) or "nothing")


@states("38a", "listened")
def _one_turn(e: Evidence) -> str:
    count = len(e.of(COMMITTED)), len(e.of("response.created"))
    return e.need(count == (1, 1), f"committed × {count[0]}, response.created × {count[1]}")


@states("39", "unanswered")
def _unanswered(e: Evidence) -> str:
    e.part("heard").first(COMMITTED)
    seen = nothing(e.part("heard"), "response.")
    return f"{seen}; asked {completed(e.part('asked'))}"


@states("41", "interrupted")
def _interrupted(e: Evidence) -> str:
    barge_in = e.part("barge-in")
    barge_in.first(f"{SPEECH}started")
    status = barge_in.done().get("status")
    e.need(status == "cancelled", f"response.done {status}")
    return f"response.done {status}, then {e.part('next turn').first('response.created').type}"


@states("42", "uninterrupted")
def _uninterrupted(e: Evidence) -> str:
    barge_in = e.part("barge-in")
    order = barge_in.types()
    if f"{SPEECH}started" not in order[: order.index("response.done")]:
        raise Untestable("response.done")
    next_one = e.part("next turn").first("response.created").type
    return f"{completed(barge_in)}, then {next_one}"


def _ends(e: Evidence) -> str:
    count = len(e.of(f"{SPEECH}started")), len(e.of(f"{SPEECH}stopped"))
    seen = f"speech_started × {count[0]}, speech_stopped × {count[1]}"
    return e.need(count[0] and count[0] == count[1], seen)


@states("71", "beside_tools")
def _freed(e: Evidence) -> str:
    count = len(e.part("heard").of(COMMITTED) + e.part("commit").of(COMMITTED))
    e.need(count == 1, f"committed × {count}")
    e.part("cleared").first(CLEARED)
    return f"committed × {count}; next turn {completed(e.part('next turn'))}"


@states("84a", "interrupted", "barge-in")
def _spoken_into(e: Evidence) -> str:
    return reason(e, "cancelled", "turn_detected")


@states("54", "listened_24")
def _at_24(e: Evidence) -> str:
    count = len(e.of(f"{SPEECH}started")), len(e.of(f"{SPEECH}stopped"))
    seen = f"speech_started × {count[0]}, speech_stopped × {count[1]}"
    e.need(count == (1, 1), seen)
    start, stop = e.first(f"{SPEECH}started"), e.first(f"{SPEECH}stopped")
    ms = start.get("audio_start_ms"), stop.get("audio_end_ms")
    right = None in ms or abs(int(ms[1]) - int(ms[0]) - _JOKE_MS) < _JOKE_MS / 4
    return e.need(right, f"{seen}, {ms[0]} to {ms[1]} ms")


_JOKE_MS: Final = 1_300  # speech in joke_zh; at a wrong rate it would be half as long again


SCENES: Final = (
    listened,
    listened_24,
    endless,
    unanswered,
    beside_tools,
    interrupted,
    uninterrupted,
)
STATEMENTS: Final = (
    _turn,
    states("38", "endless", "speech")(lambda e: nothing(e, f"{SPEECH}stopped", COMMITTED)),
    _one_turn,
    _unanswered,
    _interrupted,
    _uninterrupted,
    _at_24,
    states("69", "listened")(_ends),
    states("70", "beside_tools", "heard")(_ends),
    _freed,
    _spoken_into,
)
