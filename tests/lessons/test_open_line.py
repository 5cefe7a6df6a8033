"""What a WebSocket is: messages that come while others are being sent, counted and drawn."""

from __future__ import annotations

import pytest

from glmkit import aio, lessons
from glmkit.errors import BadArgument
from glmkit.media.kit_samples import sample
from glmkit.protocol.event import Event
from glmkit.turns.turn import Turn
from tests.pictured import exchange, server

APPEND = "input_audio_buffer.append"


async def test_what_came_while_sending_is_read_off_a_real_line() -> None:
    """Under server VAD speech is reported before the last chunk has left; under client VAD not."""
    async with aio.connect(to="emulator", vad="server", modalities=["text"]) as session:
        await session.say(sample("joke_en"), speed=4.0)
        came = lessons.while_sending(session.trace)
    ends = [event.at for event in session.trace.select(APPEND)]
    assert "input_audio_buffer.speech_started" in {event.type for event in came}
    assert {event.direction for event in came} == {"server"}
    assert all(ends[0] <= event.at < ends[-1] for event in came)
    async with aio.connect(to="emulator", modalities=["text"]) as session:
        turn = await session.say(sample("joke_en"), speed=None)
    assert [e.type for e in lessons.while_sending(turn) if e.type != "heartbeat"] == []


def test_only_what_came_between_first_and_last_chunk_counts() -> None:
    """Neither what was there before, nor what came after, nor what this side sent."""
    sent = [Event(APPEND, {"audio": ""}, at=at) for at in (1.0, 2.0, 3.0)]
    came = [server("heartbeat", at) for at in (0.5, 1.5, 2.5, 3.5)]
    turn = Turn(tuple(sorted((*sent, *came), key=lambda event: event.at)))
    assert [event.at for event in lessons.while_sending(turn)] == [1.5, 2.5]


def test_a_turn_in_writing_has_no_line_to_draw() -> None:
    """Nothing was spoken, or it is no turn at all: said, with what was found."""
    with pytest.raises(BadArgument, match="found 0 chunks"):
        lessons.while_sending(Turn((server("response.created", 1.0),)))
    for bad in (None, [], "turn", 3, float("nan")):
        with pytest.raises(BadArgument, match="found a "):
            lessons.plot_open_line(bad)  # type: ignore[arg-type]


def test_an_answer_that_is_over_at_once_leaves_room_for_the_drawn_one() -> None:
    """Request and answer of the left side lie within the figure, however short the right is."""
    sent = [Event(APPEND, {"audio": ""}, at=at) for at in (1.0, 2.0, 5.0)]
    ax = lessons.plot_open_line(Turn((sent[0], server("heartbeat", 1.5), *sent[1:])))
    bottom, top = ax.get_ylim()
    assert min(ax.get_yticks()) == 0
    heights = {each.get_text(): each.get_position()[1] for each in ax.texts}
    assert top < heights["one request"] < heights["one answer, closed"] < 0.98 * bottom


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_message_is_an_arrow(
    monkeypatch: pytest.MonkeyPatch, language: str, theme: str
) -> None:
    """One request and one answer at the left, each message of the turn at the right."""
    monkeypatch.setenv("GLMKIT_LANG", language)
    turn = Turn(tuple(exchange()))
    ax = lessons.plot_open_line(turn, theme=theme)  # type: ignore[arg-type]
    ax.figure.draw_without_rendering()  # type: ignore[union-attr]
    over = max(event.at for event in turn.events if event.direction == "server")
    first = min(event.at for event in turn.events if event.type == APPEND)
    crossed = [e for e in turn.events if first <= e.at <= over and e.direction != "local"]
    arrows = [each for each in ax.texts if getattr(each, "arrow_patch", None) is not None]
    assert len(arrows) == 2 + len(crossed)
    assert ax.get_ylabel().endswith(("(s)", "（秒）"))
