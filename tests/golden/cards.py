"""What each thing shows in a notebook, as HTML and as text, in both languages."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import cycle
from typing import Any
from unittest import mock

from PIL import Image

import glmkit as glm
from glmkit.auth import Key, make_token, read_token
from glmkit.auth.masking import Secret
from glmkit.doctor import Line, Report
from glmkit.events import append, append_video_frame, commit
from glmkit.plots.drawing import style
from glmkit.protocol.settings import Settings
from glmkit.session.asyncio_session import Session
from glmkit.session.wire import Address
from tests.golden import bundles
from tests.golden.common import LANGUAGES, language, records, sha256
from tests.pictured import a_trace, a_turn

NOW = 1_800_000_000.0
KEY = Key(Secret("0123456789abcdef0123456789abcdef.ABCDEFGHIJKLMNOP"))
_FILTER = ".glm-trace:has("
_PART = re.compile(r"(?=<(?:div|tr|li|ul|details|form|audio|img|table|pre)\b)")
_STYLE = re.compile(r"<style>(.+?)</style>", re.DOTALL)
_AUDIO = re.compile(r"data:audio/[\w.+-]+;base64,([A-Za-z0-9+/=]+)")
_IMAGE = re.compile(r"(data:image/[\w.+-]+;base64,)[A-Za-z0-9+/=]+")


def cards() -> dict[str, Any]:
    """Every card, the style sheets that they share, and the tables of many runs."""
    sheets: dict[str, Any] = {}
    found: dict[str, Any] = {"sheets": sheets}
    for lang in LANGUAGES:
        with language(lang), mock.patch("time.time", return_value=NOW), _without_pixels():
            found[lang] = {name: _shown(thing, sheets) for name, thing in _things()}
    with language("en"):
        found["tables"] = _tables()
    return found


def _things() -> Iterator[tuple[str, Any]]:
    traces = {name: bundles.load(name)[0] for name in bundles.NAMES}
    for name, trace in traces.items():
        for number, turn in enumerate(trace.turns(), 1):
            yield f"turn {number} of {name}", turn
    for name in ("client.glm", "tools.glm", "reset.glm", "sample.Input"):
        yield f"trace {name}", traces[name]
    yield "turn of events", a_turn()
    yield "turn of the live service", a_turn(peer="live", vad="server")
    yield "turn interrupted", a_turn(cancel=1.0)
    yield "turn without an answer", a_turn(answer=None, words=("", ""))
    yield "trace of events", a_trace(2)
    yield "explanation of one", traces["interrupted.glm"].turns()[0].explain()
    yield "explanation of nothing", traces["server.glm"].turns()[0].explain()
    yield "difference", traces["client.glm"].diff(traces["server.glm"])
    yield "difference of nothing", a_trace(1).diff(a_trace(1))
    yield from _values()
    yield "session", _session()


def _values() -> Iterator[tuple[str, Any]]:
    token = make_token(KEY, ttl=600, now=NOW)
    picture = (bundles.DATA / "picture_ball.jpg").read_bytes()
    yield "clip", glm.sample("hello_en")
    yield "clip of silence", glm.Clip.silence(0.5)
    yield "clip that is loud", glm.Clip.tone(440, 0.5, level=-3.01)
    yield "event", commit()
    yield "event with sound", append(glm.sample("hello_en")[:0.2].to_pcm(), format="pcm16")
    yield "event with a picture", append_video_frame(picture)
    yield "event that nobody knows", glm.Event("no.such", {"a": [1, {"b": None}], "字": "汉"})
    yield "token", token
    yield "token that expired", make_token(KEY, ttl=600, now=NOW - 3600)
    yield "token info", read_token(token, key=KEY, now=NOW)
    yield "token info of a stranger", read_token(token, key=f"{'0' * 32}.{'a' * 16}", now=NOW)
    yield "reference", glm.events()
    yield "reference of a part", glm.events("commit")
    yield "report", _report("missing")
    yield "report of all well", _report("ok")


def _report(level: Any) -> Report:
    lines = (
        Line("python", "ok", "Python 3.x <here>", facts={"version": "3.x"}),
        Line("fonts", "note", "no Chinese letters", "install a font"),
        Line("emulator", level, "it did not start\nat all", "start it again"),
    )
    return Report(lines, seconds=1.25, at=datetime.fromtimestamp(NOW, UTC))


def _session() -> Session:
    """A session that was never opened, with the events of a recording."""
    address = Address("ws://127.0.0.1:8765/api/paas/v4/realtime", "emulator", KEY)
    settings = Settings(vad="server", instructions="Be brief.", greeting="Hello", tools=[_weather])
    session = Session(address, settings, budget=glm.Budget(yuan=1.0, turns=3))
    for event in bundles.load("reset.glm")[0]:
        session.trace.add(event)
        session.fold.feed(event)
    return session


def _weather(city: str) -> str:
    """The weather in a city."""
    return city


# -- how it is shown -----------------------------------------------------------------------


def _shown(thing: Any, sheets: dict[str, Any]) -> dict[str, Any]:
    if hasattr(thing, "_repr_mimebundle_"):
        bundle = thing._repr_mimebundle_()
    else:
        bundle = {"text/html": thing._repr_html_(), "text/plain": repr(thing)}
    bundle = {kind: _steady(content, sheets) for kind, content in bundle.items()}
    if "image/png" in bundle:
        bundle["image/png"] = ["…"]
    return bundle


def _steady(content: str, sheets: dict[str, Any]) -> list[str]:
    """Without pixels, which every machine paints its own way; sound as its digest."""

    def sheet(found: re.Match[str]) -> str:
        rules = found[1].replace("}", "}\n").splitlines()
        if rules[0].startswith(_FILTER):  # a rule a choice, in the order of a set
            rules.sort()
        name = sha256("\n".join(rules))[:12]
        sheets[name] = rules
        return f"<style>{name}</style>"

    def sound(found: re.Match[str]) -> str:
        return f"data:audio;sha256,{sha256(base64.b64decode(found[1]))}"

    words = _IMAGE.sub(r"\1…", _AUDIO.sub(sound, _STYLE.sub(sheet, content)))
    return _PART.sub("\n", words).splitlines()


def _without_pixels() -> Any:
    """Meanwhile figures are made and not painted: their data is another part's business."""
    file = io.BytesIO()
    Image.new("RGB", (1, 1)).save(file, "PNG")

    def png(plot: Callable[..., Any], what: Any, *, theme: str, dpi: int) -> bytes:
        plot(what, theme=theme)
        return file.getvalue()

    return mock.patch.object(style, "png", png)


# -- tables --------------------------------------------------------------------------------


def _tables() -> dict[str, Any]:
    turns = cycle([*bundles.load("client.glm")[0].turns()[:1], a_turn(), a_turn(wait=0.9)])
    sizes = {"size": [20, 100]}
    runs = glm.lab.sweep(lambda **_: next(turns), grid=sizes, repeat=3, progress=False)
    ours = runs.drop(columns=["date", "took"])
    return {
        "runs": records(ours),
        "summary": records(glm.lab.summary(runs)),
        "collected": _anywhere(records(glm.lab.collect(bundles.FOLDER))),
        "overhead": records(glm.lessons.overhead(glm.sample("hello_en"))),
    }


def _anywhere(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same rows wherever the files lie."""
    folder = f"{bundles.FOLDER}/"
    return [
        {name: v.replace(folder, "") if isinstance(v, str) else v for name, v in row.items()}
        for row in rows
    ]
