"""``session.hand_in`` and ``session.withdraw``: what they take, ask, and give.

Rules
- Only a class takes hand-ins; elsewhere the error says how to hand in by hand.
- A recorded voice goes along where its owner said so: ``voice=True``, remembered in this process.
  Who has said nothing is asked once, by a line, and meanwhile goes without: no cell waits for it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from glmkit.errors import BadArgument, BadState
from glmkit.process_values import ProcessValue
from glmkit.protocol.serving.stated_peer import ARROW
from glmkit.session.argument_checks import check_seconds
from glmkit.session.hand_in_bundle import draft, lesson_name
from glmkit.session.hand_in_upload import HandInPost
from glmkit.session.host import host
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.session.address import Address
    from glmkit.session.hand_in_bundle import HandInBundle
    from glmkit.turns.trace import Trace

WITHIN: Final = 120.0  # seconds
_CLASS: Final = "class"


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What a class has: ``number`` counts the hand-ins of this ``lesson``, from 1.

    ``at``: when it was there, by the class's clock, in local time; ``bytes``: of the file;
    ``seat``: whose; ``voice``: whether the pupil can be heard in it; ``right`` of ``of``
    exercises.
    """

    lesson: str
    number: int
    at: datetime
    bytes: int
    seat: str
    voice: bool
    turns: int
    right: int
    of: int

    def __repr__(self) -> str:
        voice = text("hand_in.with_voice" if self.voice else "hand_in.without_voice")
        size = (
            f"{self.bytes / 1e6:.1f} MB" if self.bytes >= 100_000 else f"{self.bytes / 1e3:.0f} kB"
        )
        about = {"turns": self.turns, "right": self.right, "of": self.of, "voice": voice}
        time = f"{self.at:%H:%M:%S}"
        number = {"lesson": self.lesson, "number": self.number, "seat": self.seat}
        return text("hand_in.done", time=time, size=size, **number, **about)


@dataclass(slots=True)
class VoiceConsent:
    """Whether a pupil's voice may be handed in; None: not said yet."""

    given: bool | None = None
    asked: bool = False


_consent = ProcessValue(VoiceConsent)


async def hand_in_lesson(
    trace: Trace, address: Address, lesson: str, *, voice: bool | None, timeout: float
) -> HandedIn:
    """See ``Session.hand_in``."""
    name, post = lesson_name(lesson), _post_to(address, lesson)
    check_seconds("timeout", timeout)
    spoken = _may_be_heard(voice)
    seat = address.seat or address.url
    bundle = await asyncio.to_thread(draft, trace, seat, name, voice=spoken)
    done = await post.send(bundle, within=timeout)
    return _handed_in(bundle, done, address)


async def withdraw_lesson(address: Address, lesson: str, *, timeout: float) -> int:
    """See ``Session.withdraw``."""
    name, post = lesson_name(lesson), _post_to(address, lesson)
    check_seconds("timeout", timeout)
    return await post.withdraw(name, within=timeout)


def _post_to(address: Address, lesson: str) -> HandInPost:
    if address.peer.partition(ARROW)[0] != _CLASS:
        raise BadState(text("hand_in.no_class", peer=address.peer, lesson=lesson))
    return HandInPost(address)


def _may_be_heard(voice: object) -> bool:
    if voice not in (True, False, None):
        raise BadArgument(text("hand_in.voice", found=repr(voice)[:40]))
    with _consent.lock:
        consent = _consent.value
        if isinstance(voice, bool):
            consent.given = voice
        ask = consent.given is None and not consent.asked
        consent.asked = consent.asked or ask
        given = bool(consent.given)
    if ask:
        host.get().notice(text("hand_in.ask"))
    return given


def _handed_in(bundle: HandInBundle, done: dict[str, Any], address: Address) -> HandedIn:
    tried = bundle.about["tried"]
    return HandedIn(
        lesson=bundle.lesson,
        number=int(done["number"]),
        at=datetime.fromtimestamp(float(done["at"])).astimezone(),
        bytes=len(bundle.content),
        seat=address.seat,
        voice=bundle.about["voice"],
        turns=bundle.turns,
        right=sum(each["right"] for each in tried.values()),
        of=bundle.about["of"],
    )
