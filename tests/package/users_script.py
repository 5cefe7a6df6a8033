"""What somebody writes who has installed the kit; ``test_types.py`` has it checked as theirs."""

from __future__ import annotations

from typing import assert_type

import glmkit as glm


def joke(session: glm.Session) -> glm.Turn:
    """One turn, spoken."""
    turn = session.say(glm.sample("joke_zh"))
    assert_type(turn, glm.Turn)
    assert_type(turn.user_transcript, str)
    assert_type(turn.audio, glm.Clip | None)
    assert_type(turn.latency, glm.Latency)
    return turn


def main() -> None:
    """A conversation with whoever answers."""
    with glm.connect() as session:
        assert_type(joke(session).transcript, str)
        assert_type(session.ask("Hello"), glm.Turn)


if __name__ == "__main__":
    main()
