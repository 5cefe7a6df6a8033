"""What passes between recognition, the dialogue and the voice: values, and who answers.

``Heard`` or ``Output`` go in, a ``Reply`` comes out, from a ``Dialogue``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from glmkit.emulator.think.persona import Lang, Said

HeardBy = Literal["recognised", "known sample", "measured", "typed", "unclear", "busy"]
"""How what was said became known, or why it did not: nobody could make it out, nobody had time."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came from the user.

    ``text``: the words, ``""`` when there were none, None when nobody can tell. ``seconds`` and
    ``level`` (dBFS) were measured.
    """

    text: str | None
    lang: Lang | None = None
    seconds: float = 0.0
    level: float = float("-inf")
    source: HeardBy = "recognised"
    pictures: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Output:
    """What a function gave back."""

    output: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A function to call."""

    name: str
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: clauses to say one after another, or functions to call.

    ``clauses`` may be lazy: it is gone through once, and ``calls`` are complete when it is.
    ``stock`` names the fixed texts it consists of (``"intro+joke_1"``), if it does.
    ``inner_search`` is what the service's own search would be asked. ``kind`` is what it answers:
    a script's reply (``joke``), the slot it asks for, ``call``, ``ask``, ``result``, ``unknown``.
    """

    clauses: Iterable[str] = ()
    lang: Lang = "zh"
    calls: Sequence[Call] = ()
    stock: str | None = None
    inner_search: str | None = None
    kind: str = ""


class Dialogue(Protocol):
    """Whoever answers: the rules here, or a chat endpoint."""

    def reply(
        self,
        heard: Heard | Sequence[Output],
        *,
        configuration: Mapping[str, Any],
        history: Sequence[Said],
        now: datetime | None = None,
    ) -> Reply:
        """The answer to what was heard, or to the outputs of the calls before.

        ``configuration`` is the effective session; ``history`` all that came before, oldest first.
        """
