"""``Scene``: what is played to a server, with the most it can cost.

A scene serves several statements, because sound costs money. It names its steps, and never
judges: it waits, for a while, for what is documented to come, and goes on.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from glmkit.errors import Refused
from glmkit.media.kit_samples import sample
from glmkit.verify.evidence import Evidence
from glmkit.verify.scene_client import MOST_ANSWER, SceneClient, Stage

SERVER_VAD: dict[str, Any] = {"type": "server_vad"}
Act = Callable[[SceneClient], Awaitable[None]]
Knock = Callable[[Stage], Awaitable[Evidence]]


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene and the most it can cost: seconds of sound up, answers it may hear."""

    name: str
    play: Knock
    up: float = 0.0
    answers: int = 0
    video: bool = False

    @property
    def seconds(self) -> float:
        """The most seconds of sound, both ways."""
        return self.up + self.answers * (MOST_ANSWER + 3)  # a cancelled one still plays on


def plays(
    up: float = 0.0, answers: int = 0, *, video: bool = False, query: str = ""
) -> Callable[[Act], Scene]:
    """Makes a scene, of the function's name, of what a client does once it is connected.

    ``query``: stands behind the address; then a refused upgrade is evidence, too.
    """

    def made(act: Act) -> Scene:
        name = _name(act)

        async def play(stage: Stage) -> Evidence:
            try:
                async with stage.joined(name, query=query) as client:
                    await act(client)
            except Refused as refusal:
                if not query:
                    raise
                return Evidence(facts={"status": refusal.status})
            return client.evidence

        return Scene(name, play, up, answers, video)

    return made


def on_upgrade(knock: Knock) -> Scene:
    """Makes a scene of an upgrade, which needs no client and costs nothing."""
    return Scene(_name(knock), knock)


def _name(function: Callable[..., Any]) -> str:
    return str(getattr(function, "__name__", ""))


@cache
def words(name: str, rate: int = 16_000) -> bytes:
    """A recording of the kit as raw samples."""
    return sample(name).to_pcm(rate)


def pause(seconds: float, rate: int = 16_000) -> bytes:
    """Silence as raw samples."""
    return bytes(2 * round(seconds * rate))
