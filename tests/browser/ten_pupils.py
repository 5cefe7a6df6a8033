"""Ten pupils of a class in a process of their own: told what to do by lines, they answer by lines.

What each of them counts (seconds of sound by the bytes of it, ¥ by the minute) owes nothing to how
the class counts.
"""

from __future__ import annotations

import asyncio
import base64
import io
import json
import sys
from collections.abc import Callable, Coroutine, Iterable, Sequence
from contextlib import AsyncExitStack, redirect_stdout
from dataclasses import dataclass, field
from typing import Any

import httpx

import glmkit as glm

SECONDS = 120.0  # for any one of them to do what it was told
Doing = Coroutine[Any, Any, dict[str, Any]]


@dataclass
class Pupil:
    """One who takes a seat, speaks in it and hands in."""

    number: str
    name: str
    line: str = field(default="", repr=False)
    session: Any = None

    async def claim(self, page: str) -> dict[str, Any]:
        """Take the seat on the class's page."""
        async with httpx.AsyncClient(trust_env=False, timeout=SECONDS) as http:
            mine = {"number": self.number, "name": self.name}
            answer = await http.post(f"{page}claim", json=mine)
        self.line = answer.json().get("line", "")
        return {"status": answer.status_code, "line": self.line}

    async def hold(self) -> dict[str, Any]:
        """Open a session, and keep it whatever becomes of the class."""
        self.session = await glm.aio.connect("class", api_key=self.line, reconnect=10)
        return {"seat": self.session.address.seat}

    async def lesson(self, name: str, sample: str, *, hand_in: bool) -> dict[str, Any]:
        """Say one sentence, and hand in, where it is asked for even without an answer."""
        async with AsyncExitStack() as stack:
            if self.session is None:
                session = await stack.enter_async_context(
                    glm.aio.connect("class", api_key=self.line, timeout=SECONDS)
                )
            else:
                session, self.session = self.session, None
                stack.push_async_callback(session.close)
            before = len(session.trace.events)
            found: dict[str, Any] = {"error": ""}
            try:
                turn = await session.say(glm.sample(sample), speed=None)
                found["heard"] = turn.transcript
            except glm.GlmError as error:
                found["error"] = str(error)
            events = [json.loads(event.to_json()) for event in session.trace.events[before:]]
            found.update(seconds_of(events), peer=session.trace.peer)
            if hand_in:
                found["handed_in"] = (await session.hand_in(name, voice=True, show=True)).number
        return found


def seconds_of(events: Sequence[dict[str, Any]]) -> dict[str, float]:
    """How much sound went each way, both as pcm16."""
    sent = (each["audio"] for each in events if each["type"] == "input_audio_buffer.append")
    received = (each["delta"] for each in events if each["type"] == "response.audio.delta")
    return {"sent": seconds(sent, 16_000), "received": seconds(received, 24_000)}


def seconds(pieces: Iterable[str], rate: int) -> float:
    return sum(len(base64.b64decode(piece)) for piece in pieces) / 2 / rate


async def done_by(pupil: Pupil, doing: Doing) -> dict[str, Any]:
    """What came of it, or which error."""
    try:
        async with asyncio.timeout(SECONDS):
            found = await doing
    except (glm.GlmError, TimeoutError) as error:
        found = {"error": f"{type(error).__name__}: {error}"}
    return {"number": pupil.number, **found}


async def obey(pupils: Sequence[Pupil], told: dict[str, Any]) -> list[dict[str, Any]]:
    """All of them do what one line says; those who hold a session are the first of each ten."""
    acts: dict[str, Callable[[Pupil], Doing]] = {
        "claim": lambda pupil: pupil.claim(told["page"]),
        "hold": lambda pupil: pupil.hold(),
        "lesson": lambda pupil: pupil.lesson(
            told["lesson"], told["sample"], hand_in=told["hand_in"]
        ),
    }
    who = pupils[:1] if told["do"] == "hold" else pupils
    return await asyncio.gather(*(done_by(each, acts[told["do"]](each)) for each in who))


async def main() -> None:
    """Until stdin ends."""
    roster = json.loads(sys.stdin.readline())
    pupils = [Pupil(number, name) for number, name in roster]
    while line := await asyncio.to_thread(sys.stdin.readline):
        with redirect_stdout(io.StringIO()) as said:  # what the kit tells in a cell
            found = await obey(pupils, json.loads(line))
        sys.stdout.write(json.dumps({"pupils": found, "said": said.getvalue()}) + "\n")
        sys.stdout.flush()
    for pupil in pupils:
        if pupil.session is not None:
            await pupil.session.close()


if __name__ == "__main__":
    asyncio.run(main())
