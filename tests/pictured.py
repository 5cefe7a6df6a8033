"""Turns made of events, with times, for looking at, and what is written on their pictures."""

from __future__ import annotations

import base64
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from glmkit import events
from glmkit.media.clip import Clip
from glmkit.protocol.event import Event, stamped
from glmkit.turns.fold import fold_turns
from glmkit.turns.trace import Clock, Trace
from glmkit.turns.turn import Turn


def voice(seconds: float, rate: int = 16_000) -> Clip:
    """Something like speech: a fifth of a second of silence, tone, silence again."""
    quiet = Clip.silence(0.2, rate)
    return quiet + Clip.tone(220, seconds - 0.4, rate) + quiet


def exchange(
    at: float = 10.0,
    *,
    spoken: Clip | None = None,
    answer: Clip | None = None,
    words: tuple[str, str] = ("Tell me a joke", "Why did the chicken cross the road?"),
    wait: float = 0.5,
    speed: float = 1.0,
    cancel: float | None = None,
    vad: str = "client",
    name: str = "1",
) -> list[Event]:
    """The events of one turn that begins at ``at``; ``wait``: commit to first byte."""
    found, sent = [], 0.0
    for chunk in (spoken or voice(1.0)).chunks(100):
        sent += len(chunk) / 32_000
        found.append(stamped(events.append(chunk), at + sent / speed, "pcm16"))
    end = found[-1].at
    if vad == "client":
        found.append(stamped(events.commit(), end, None))
        found.append(stamped(events.response_create(), end + 0.001, None))
    else:
        found.append(server("input_audio_buffer.speech_started", at + 0.4))
        found.append(server("input_audio_buffer.speech_stopped", end))
    found.append(server("input_audio_buffer.committed", end + 0.02, item_id=f"i{name}"))
    item = {"id": f"i{name}", "role": "user"}
    found.append(server("conversation.item.created", end + 0.03, item=item))
    found += replies(end, wait, answer, words[1], cancel, name)
    said = "conversation.item.input_audio_transcription.completed"
    found.append(server(said, end + 0.2, item_id=f"i{name}", transcript=words[0]))
    return sorted(found, key=lambda event: event.at)


def replies(
    end: float, wait: float, answer: Clip | None, words: str, cancel: float | None, name: str
) -> list[Event]:
    """One answer's events: created, transcript, a piece every 50 ms, done."""
    ids = {"response_id": f"r{name}", "item_id": f"i{name}"}
    status = "cancelled" if cancel else "completed"
    found = [
        server("response.created", end + 0.05, response={"id": f"r{name}"}),
        server("response.audio_transcript.delta", end + 0.1, delta=words, **ids),
    ]
    at = end + wait
    for chunk in answer.chunks(200, "pcm24") if answer is not None else ():
        delta = base64.b64encode(chunk).decode()
        found.append(server("response.audio.delta", at, delta=delta, **ids))
        at += 0.05
    found.append(server("response.audio_transcript.done", at, transcript=words, **ids))
    if cancel:
        found.append(stamped(events.response_cancel(), end + cancel, None))
    done = {"id": f"r{name}", "status": status}
    return [*found, server("response.done", max(at, end + (cancel or 0)) + 0.01, response=done)]


def server(type: str, at: float, **fields: Any) -> Event:
    """An event of the server's."""
    return Event(type, fields, direction="server", at=at, format="pcm")


def a_turn(*, peer: str = "emulator", **options: Any) -> Turn:
    """One turn; options as for ``exchange``. It answers unless ``answer=None``."""
    options.setdefault("answer", voice(2.0, 24_000))
    [turn] = fold_turns(exchange(**options), peer=peer, model="glm-realtime-flash")
    return turn


def a_trace(turns: int, *, pause: float = 4.0, peer: str = "emulator") -> Trace:
    """A session of so many turns, ``pause`` seconds between them."""
    trace = Trace(Clock(1.7e9, 10.0), peer=peer, model="glm-realtime-flash")
    trace.add(server("session.created", 10.1, session={}))
    trace.add(stamped(events.session_update({}), 10.15, None))
    trace.add(server("session.updated", 10.2, session={}))
    at = 11.0
    for number in range(turns):
        answer = voice(1.5, 24_000)
        for event in exchange(at, answer=answer, name=str(number), wait=0.3 + number / 50):
            trace.add(event)
        at += 1.0 + 0.3 + answer.seconds + pause
    return trace


def words_on(ax: Axes) -> list[str]:
    """Everything written on the figure, after it was drawn once: warnings are errors here."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    FigureCanvasAgg(figure).draw()
    return [t.get_text() for t in figure.findobj(Text) if t.get_visible() and t.get_text()]


def sentence_on(ax: Axes) -> str:
    """The same in one string."""
    return "\n".join(words.replace("\n", " ") for words in words_on(ax))
