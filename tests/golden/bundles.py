"""Recordings of sessions with the emulator: made once, and from then on what is read."""

from __future__ import annotations

import shutil
import time
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import glmkit as glm
from glmkit import events
from glmkit.errors import Rejected
from glmkit.turns.trace import Trace

FOLDER = Path(__file__).parent / "bundles"
DATA = Path(__file__).parents[2] / "data"
NAMES = (
    "client.glm",
    "server.glm",
    "tools.glm",
    "picture.glm",
    "interrupted.glm",
    "reset.glm",
    "torn.glm.part",
    "cut.glm",
    "sample.Input",
    "damaged.Input",
)


def load(name: str) -> tuple[Trace, list[str]]:
    """The trace in one of them, however damaged it is, and what was warned of meanwhile."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        trace = Trace.load(FOLDER / name, damaged=True)
    return trace, [str(each.message).replace(str(FOLDER), "…") for each in caught]


def make() -> None:
    """Have the conversations, and write them down anew."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    for have in (_client, _server, _tools, _picture, _interrupted, _reset, _torn):
        have()
    for name in ("client.glm", "server.glm", "tools.glm"):
        _lighten(FOLDER / name)
    whole = (FOLDER / "client.glm").read_bytes()
    (FOLDER / "cut.glm").write_bytes(whole[: len(whole) // 4])
    _samples()


def _lighten(path: Path) -> None:
    """Take out the sound that only players want: a reader has it in the events."""
    with zipfile.ZipFile(path) as pack:
        parts = {name: pack.read(name) for name in pack.namelist() if name[:6] != "audio/"}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in parts.items():
            pack.writestr(name, content)


@contextmanager
def _talking(name: str, **options: object) -> Iterator[glm.Session]:
    """A session with the emulator that is saved in the end."""
    with glm.connect("emulator", **options) as session:
        yield session
        session.save(FOLDER / name, who="Li Lei")


def _client() -> None:
    with _talking("client.glm") as session:
        session.say(glm.sample("hello_en"))
        session.send("no.such.event")
        with suppress(Rejected):
            session.ask("Hello")


def _server() -> None:
    with _talking("server.glm", vad="server") as session:
        session.say(glm.sample("hello_en"))


def _weather(city: str) -> dict[str, str]:
    """The weather in a city.

    city: its name
    """
    return {"city": city, "sky": "clear"}


def _tools() -> None:
    _weather.__name__ = "weather"
    with _talking("tools.glm", tools=[_weather]) as session:
        session.say(glm.sample("weather_zh"), speed=None)


def _picture() -> None:
    with _talking("picture.glm", mode="video_passive", modalities=["text"]) as session:
        session.show(DATA / "picture_ball.jpg")
        session.say(glm.sample("hello_en"), speed=None)


def _interrupted() -> None:
    with _talking("interrupted.glm") as session:
        for number, _ in enumerate(session.stream(glm.sample("joke_en"), speed=None)):
            if number == 3:
                session.cancel()


def _reset() -> None:
    with _talking("reset.glm", vad="server", keep="events") as session:
        session.say(glm.sample("hello_en"), speed=None)
        session.reset()
        session.ask("Hello")


def _torn() -> None:
    """What is on disk in the middle, its last line cut off, as if the process had been killed."""
    place = FOLDER / "whole.glm"
    with glm.connect("emulator") as session:
        session.record(place, who="Li Lei")
        session.ask("Hello")
        time.sleep(1.5)  # it is flushed each second
        shutil.copytree(FOLDER / "whole.glm.part", FOLDER / "torn.glm.part")
    place.unlink()
    lines = FOLDER / "torn.glm.part" / "events.jsonl"
    lines.write_bytes(lines.read_bytes()[:150_000])


def _samples() -> None:
    """What a client sends, as the service's own Go samples write it; and with a bad line."""
    beta = {"chat_mode": "audio"}
    session = {
        "input_audio_format": "pcm16",
        "output_audio_format": "pcm",
        "turn_detection": {"type": "client_vad"},
        "beta_fields": beta,
    }
    sound = [events.append(chunk) for chunk in glm.sample("hello_en")[:0.6].chunks(200)]
    stream = [events.session_update(session), *sound, events.commit(), events.response_create()]
    lines = b"// a sample\n\n" + b"\n\n".join(each.to_json() for each in stream) + b"\n"
    (FOLDER / "sample.Input").write_bytes(lines)
    (FOLDER / "damaged.Input").write_bytes(b"{not json}\n" + lines + b"[]\n")
