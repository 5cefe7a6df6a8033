"""``session.hand_in`` and ``session.withdraw``: what they take, ask, and give.

Rules
- Only a class takes hand-ins; elsewhere the error says how to hand in by hand.
- A recorded voice goes along where its owner said so: ``voice=True``. The class may see a turn of
  it on the teacher's screen where its owner said that, too: ``show=True``. Each is remembered in
  this process, for this seat: who takes the next one in the same kernel has said nothing yet. Who
  has said nothing is asked once, by a line, and says no: no cell waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from glmkit.auth.masking import their_words
from glmkit.errors import BadArgument, BadState
from glmkit.process_values import ProcessValue
from glmkit.protocol.serving.stated_peer import ARROW
from glmkit.session.argument_checks import check_seconds
from glmkit.session.hand_in_bundle import draft, lesson_name, lesson_score
from glmkit.session.hand_in_upload import HandInPost
from glmkit.session.host import host
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.session.address import Address
    from glmkit.session.hand_in_bundle import HandInBundle
    from glmkit.turns.trace import Trace

WITHIN: Final = 120.0  # seconds
_CLASS: Final = "class"
Consent = Mapping[str, object]  # what a call said of ``voice`` and ``show``


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What a class has: ``number`` counts the hand-ins of this ``lesson``, from 1.

    ``at``: when it was there, by the class's clock, in local time; ``bytes``: of the file;
    ``seat``: whose; ``voice``: whether the pupil can be heard in it; ``show``: whether the teacher
    may show it to the class; ``right`` of ``of`` exercises.
    """

    lesson: str
    number: int
    at: datetime
    bytes: int
    seat: str
    voice: bool
    show: bool
    turns: int
    right: int
    of: int

    def __repr__(self) -> str:
        voice = text("hand_in.with_voice" if self.voice else "hand_in.without_voice")
        show = text("hand_in.for_class" if self.show else "hand_in.not_for_class")
        size = (
            f"{self.bytes / 1e6:.1f} MB" if self.bytes >= 100_000 else f"{self.bytes / 1e3:.0f} kB"
        )
        about = {"turns": self.turns, "right": self.right, "of": self.of}
        time = f"{self.at:%H:%M:%S}"
        number = {"lesson": self.lesson, "number": self.number, "seat": self.seat}
        may = {"voice": voice, "show": show}
        return text("hand_in.done", time=time, size=size, **number, **about, **may)


@dataclass(slots=True)
class PupilConsent:
    """What a pupil said to one question; None: nothing yet."""

    given: bool | None = None
    asked: bool = False


#: By seat, then by question.
_consents: ProcessValue[dict[str, dict[str, PupilConsent]]] = ProcessValue(dict)


async def hand_in_lesson(
    trace: Trace, address: Address, lesson: str, consent: Consent, *, timeout: float
) -> HandedIn:
    """See ``Session.hand_in``."""
    name, post = lesson_name(lesson), _post_to(address, lesson)
    lesson_score(name)  # before anything is asked or packed
    check_seconds("timeout", timeout)
    seat = address.seat or address.url
    may = _agreed(seat, consent)
    bundle = await asyncio.to_thread(draft, trace, seat, name, **may)
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


def _agreed(seat: str, consent: Consent) -> dict[str, bool]:
    """What holds now for each question, and ask what was never asked. Raises BadArgument."""
    for name, said in consent.items():
        if said is not None and not isinstance(said, bool):
            raise BadArgument(text("hand_in.consent", name=name, found=their_words(repr(said), 40)))
    with _consents.lock:
        held = _consents.value.setdefault(seat, {})
        for name in consent:
            held.setdefault(name, PupilConsent())
        for name, said in consent.items():
            held[name].given = said if isinstance(said, bool) else held[name].given
        unsaid = [name for name, each in held.items() if each.given is None and not each.asked]
        for name in unsaid:
            held[name].asked = True
        given = {name: bool(each.given) for name, each in held.items()}
    for name in unsaid:
        host.get().notice(text(f"hand_in.ask_{name}"))
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
        show=bundle.about["show"],
        turns=bundle.turns,
        right=sum(each["right"] for each in tried.values()),
        of=bundle.about["of"],
    )
