"""What somebody writes who has installed the kit; ``test_types.py`` has it checked as theirs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, assert_type

import glmkit as glm


def joke(session: glm.Session) -> glm.Turn:
    """One turn, spoken."""
    turn = session.say(glm.sample("joke_zh"))
    assert_type(turn, glm.Turn)
    assert_type(turn.user_transcript, str)
    assert_type(turn.audio, glm.Clip | None)
    assert_type(turn.latency, glm.Latency)
    return turn


def look(session: glm.Session) -> None:
    """What needs no waiting, and modules that can be called."""
    assert_type(session.turns[0], glm.Turn)
    assert_type(session.trace, glm.Trace)
    assert_type(session.cost.yuan, float)
    assert_type(session.update(voice="xiaochen", temperature=0.5), dict[str, Any])
    for clip in session.stream("question.wav", chunk_ms=20):
        assert_type(clip, glm.Clip)
    glm.events("audio")
    session.send(glm.events.commit())
    glm.explain(session.turns[0])
    glm.explain(session)
    glm.explain.findings()
    assert_type(glm.doctor().well, bool)
    assert_type(glm.emulator(), glm.Emulator)


def give(session: glm.Session, microphone: Iterator[glm.Clip]) -> None:
    """Whatever can be said, and each way to name it."""
    session.say(Path("question.wav"), interrupt_after=1.0, with_="stop.wav", fallback="commit")
    session.say(b"RIFF", progress=lambda done, total: None)
    session.say(microphone)
    session.say([glm.Clip.silence(1.0), bytes(3_200)])
    session.turns[0].plot(theme="dark")
    glm.plots.latency(session.turns, by="model")
    glm.lab.manners([session, "talk.glm"], noises=[glm.sample("cough")])


def try_out() -> None:
    """An emulator with switches, a worse line, a script played, a class's door."""
    with glm.Emulator.start(steady=True, wait=1, faults=["cut"], scripts=["desk.yaml"]) as emulator:
        emulator.faults.set("latency", 0.5, times=1)
        assert_type(emulator.log(), list[dict[str, Any]])
        glm.connect(emulator.url, api_key=emulator.key, tools=[joke, {"name": "tick"}])
    assert_type(glm.Settings(tools=[joke], modalities=["text"], vad="server").server_vad, bool)
    glm.connect(glm.lab.network("4g", to="emulator", up_bandwidth=5e5, stall_every=None))
    glm.lab.rehearse(["desk", Path("own.yaml")], runs=2, vad="server", emulator={"pace": 1.0})
    assert_type(glm.lessons.knock("id.secret").status, int | None)


def add(session: glm.Session) -> int:
    """A tool stays the function it is."""

    @session.tool
    def double(number: int) -> int:
        """Twice a number."""
        return 2 * number

    return double(2)


async def ask() -> str:
    """The same, awaited."""
    async with glm.aio.connect(vad={"type": "server_vad"}, noise_reduction="near_field") as session:
        return (await session.ask("Hello")).transcript


def main() -> None:
    """A conversation with whoever answers."""
    with glm.connect() as session:
        assert_type(joke(session).transcript, str)
        assert_type(session.ask("Hello"), glm.Turn)


if __name__ == "__main__":
    main()
