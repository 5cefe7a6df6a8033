"""What somebody writes who has installed the kit; ``test_types.py`` has it checked as theirs."""

from __future__ import annotations

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
    glm.explain.findings()
    assert_type(glm.doctor().well, bool)
    assert_type(glm.emulator(), glm.Emulator)


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
