"""The notebooks' measurements: lateness is read off the events, costs off whole messages."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable

import pytest
from matplotlib.axes import Axes

from glmkit import aio, lessons
from glmkit.errors import BadArgument, BadAudio
from glmkit.events import append
from glmkit.media.clip import Clip
from glmkit.protocol.event import Event, stamped
from tests.pictured import sentence_on

CLIP = Clip.tone(440, 1.0)


def appends(moments: Iterable[float], ms: float = 100) -> list[Event]:
    """The clip's chunks as they left at these moments."""
    chunks = CLIP.chunks(ms)
    return [stamped(append(c), at, "pcm16") for c, at in zip(chunks, moments, strict=False)]


def words_of(ax: Axes) -> str:
    """Everything that is written on and around the axes."""
    texts = [*ax.texts, ax.title, ax._left_title, ax.xaxis.label, ax.yaxis.label]  # type: ignore[attr-defined]
    return "\n".join(each.get_text() for each in texts)


def test_chunks_that_leave_on_time_do_not_drift() -> None:
    """The schedule begins with the first chunk, whenever that left."""
    found = lessons.drift(appends(7 + 0.1 * n for n in range(10)))
    assert found.late == pytest.approx([0.0] * 10)
    assert found.sent == pytest.approx([0.1 * n for n in range(1, 11)])
    assert found.chunk_ms == pytest.approx(100)


def test_a_shorter_last_chunk_is_due_earlier() -> None:
    """A chunk is due when its last sample would have been spoken."""
    found = lessons.drift(appends((0.0, 0.3, 0.6, 0.7), 300))
    assert found.late == pytest.approx([0, 0, 0, 0])
    assert found.sent[-1] == pytest.approx(1.0)


def test_lateness_that_adds_up_is_the_drift() -> None:
    """Two milliseconds a chunk are eighteen after nine; the sentence says so."""
    found = lessons.drift(appends(0.102 * n for n in range(10)))
    assert found.end == pytest.approx(0.018)
    assert repr(found) == "Drift(+18 ms at the end of 1.0 s in 10 chunks)"


def test_other_events_are_passed_over() -> None:
    """A whole trace may be given: what carries no sound upwards does not count."""
    events = appends(0.1 * n for n in range(3))
    answer = Event("response.audio.delta", {"delta": "AAAA"}, at=0.15)
    assert lessons.drift([Event("session.update"), events[0], answer, *events[1:]]).end == (
        pytest.approx(0)
    )


def test_drift_needs_two_chunks_with_their_sound() -> None:
    """One chunk has no schedule, and a trace without sound no lengths; both are said."""
    for events in (appends([0.0]), [e.without_payload() for e in appends((0.0, 0.1))]):
        with pytest.raises(BadArgument, match="at least 2"):
            lessons.drift(events)


async def test_drift_reads_a_real_trace() -> None:
    """What a session sent is in its trace, in order and with times that do not go back."""
    async with aio.connect(to="emulator") as session:
        for chunk in CLIP.chunks(100):
            await session.send(append(chunk))
            await asyncio.sleep(0)
    found = lessons.drift(session.trace)
    assert found.sent[-1] == pytest.approx(CLIP.seconds)
    assert found.end < 0  # unpaced: far ahead of its schedule


def test_the_drift_names_both_sizes_of_chunks() -> None:
    """Ten milliseconds with sleep and a hundred by deadlines are not called ten for both."""
    steady, late = appends(0.1 * n for n in range(10)), appends((0.02 * n for n in range(100)), 10)
    shown = sentence_on(lessons.plot_drift(deadline=steady, sleep=late))
    assert "1.0 s of sound in chunks of 10 ms with sleep, of 100 ms by deadlines" in shown
    assert "1.0 s of sound in chunks of 100 ms," in sentence_on(
        lessons.plot_drift(deadline=steady, sleep=steady)
    )


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_drift_is_drawn(monkeypatch: pytest.MonkeyPatch, language: str, theme: str) -> None:
    """Units on both axes, the finding in the title, each line named where it ends."""
    monkeypatch.setenv("GLMKIT_LANG", language)
    steady, late = (appends(step * n for n in range(10)) for step in (0.1, 0.12))
    ax = lessons.plot_drift(deadline=steady, sleep=late, theme=theme)
    ax.figure.draw_without_rendering()  # type: ignore[union-attr]
    words = words_of(ax)
    assert words.count("180") == 2
    assert ax.get_xlabel().endswith(("(s)", "（秒）"))
    assert ax.get_ylabel().endswith(("(ms)", "（毫秒）"))
    assert [len(line.get_xdata()) for line in ax.lines] == [2, 10, 10]  # type: ignore[arg-type]


def test_the_words_of_a_drift_lie_on_no_line() -> None:
    """Above all that drifted and below all that was on time, even where its last chunk was late."""
    steady, slow = ([step * n for n in range(10)] for step in (0.1, 0.12))
    late = [*steady[:-1], steady[-1] + 0.15]
    ax = lessons.plot_drift(deadline=appends(late), sleep=appends(slow))
    lines = {line.get_linestyle(): line.get_ydata() for line in ax.lines[1:]}
    named = [words for words in ax.texts if "+" in words.get_text()]
    drifting, on_time = (words.get_position()[1] for words in named)
    assert drifting >= max(lines["--"])  # type: ignore[arg-type]
    assert on_time <= min(lines["-"])  # type: ignore[arg-type]


@pytest.mark.parametrize("format", ["pcm16", "pcm24", "wav"])
def test_overhead_counts_whole_messages(format: str) -> None:
    """A row's bytes are those of its messages as JSON, and smaller chunks cost more."""
    table = lessons.overhead(CLIP, (20, 100, 1000), format=format)
    message = stamped(append(next(CLIP.chunks(1000, format))), 0, format, client_timestamp=10**12)
    assert table["bytes_per_second"].iloc[-1] == len(message.to_json())
    assert json.loads(message.to_json())["type"] == "input_audio_buffer.append"
    assert list(table["messages_per_second"]) == [50, 10, 1]
    assert table["extra_percent"].is_monotonic_decreasing
    assert table["extra_percent"].iloc[-1] > 33.3


def test_overhead_of_nothing_is_an_error() -> None:
    """An empty clip has no bytes a second."""
    with pytest.raises(BadAudio):
        lessons.overhead(Clip([], 16_000))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_overhead_is_drawn(monkeypatch: pytest.MonkeyPatch, language: str, theme: str) -> None:
    """A bar a size in two parts; what the service would refuse is crossed out, in words too."""
    monkeypatch.setenv("GLMKIT_LANG", language)
    table = lessons.overhead(CLIP, (10, 20, 100))
    ax = lessons.plot_overhead(table, theme=theme)
    ax.figure.draw_without_rendering()  # type: ignore[union-attr]
    written = [each.get_text() for each in ax.texts]
    assert [each.startswith("✗ +") for each in written][:3] == [True, False, False]
    assert len(ax.patches) == 6
    assert "%" in ax.get_ylabel()
    assert ax.get_xlabel().endswith(("(ms)", "（毫秒）"))
    assert "59" in words_of(ax)
    assert "36" in words_of(ax)
