"""What a key may use, as far as that shows without paying; and one shortest turn, if agreed to.

Rules
- Each model is named outright on a connection of its own, which is configured and closed again;
  nothing is said. That this costs nothing is what the service's prices by the minute mean; it was
  not tried.
- What only a turn shows, a balance or a package, is called unknown, and a turn is offered with its
  price. Nobody's agreement is guessed: without it nothing is said to the service.
- The turn is bounded: its answer by ``max_tokens``, and by what may be received, past which the
  connection is closed.
- Every wait has a deadline; no key is shown.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from glmkit.auth.credentials import Key, Token
from glmkit.auth.masking import MaskedAddress
from glmkit.doctor.check_guard import begin, within
from glmkit.doctor.report import Check
from glmkit.errors import ConnectFailed, GlmError, Refused, ServiceError, told_to
from glmkit.protocol.settings import Settings
from glmkit.session.address import Address
from glmkit.session.asyncio_session import Session
from glmkit.session.budget import PRICES_OF, YUAN_PER_MINUTE, Budget, price
from glmkit.texts import text
from glmkit.turns.labels import status_name
from glmkit.turns.turn import Turn

Agree = Callable[[str], bool]
#: The cheapest first. Not the bare glm-realtime, which may be billed elsewhere (reported).
MODELS: Final = ("glm-realtime-flash", "glm-realtime-air", "glm-realtime-plus")
_STEP, _TURN, _ALL = 5.0, 20.0, 45.0  # seconds
_UNPAID: Final = "1113"
_SAID: Final = "hello_en"
_MEGABYTES, _SECONDS = 1.0, 18  # of an answer; of both sides' sound, which it holds at the most
_SHORT: Final[dict[str, Any]] = {"instructions": "Answer with one word only.", "max_tokens": 64}


@dataclass(frozen=True, slots=True)
class Tried:
    """A model, and what kept it from being used: nothing, if it may be."""

    model: str
    error: GlmError | None = None

    @property
    def code(self) -> str:
        """The service's code, else the HTTP status; empty where neither came."""
        return str(getattr(self.error, "code", None) or getattr(self.error, "status", None) or "")

    def __str__(self) -> str:
        if self.error is not None:
            name = "doctor.model_refused" if self.code else "doctor.model_failed"
            return text(name, model=self.model, code=self.code)
        known = self.model in YUAN_PER_MINUTE
        sound, video = (f"{price(self.model, video=video):.2f}" for video in (False, True))
        name = "doctor.model_taken" if known else "doctor.model_taken_unpriced"
        return text(name, model=self.model, sound=sound, video=video)


class Access:
    """A place and a key: what that may use there, and what pays for it."""

    def __init__(self, to: str, key: Key | Token | None) -> None:
        self.to, self._key = MaskedAddress(to), key
        self.tried: list[Tried] = []

    @property
    def address(self) -> Address:
        """Where the key is tried. Raises NoKey, BadKey."""
        from glmkit.aio import find_address

        return find_address(self.to, self._key)

    @property
    def begin_with(self) -> str | None:
        """The cheapest model that was accepted."""
        return next((each.model for each in self.tried if each.error is None), None)

    def models(self) -> Check:
        """Which models the key may use, what each costs, and which to begin with."""
        address = self.address
        self.tried = within(begin(lambda: asyncio.run(_try_models(address))), _ALL)
        facts: dict[str, Any] = {each.model: each.code or not each.error for each in self.tried}
        lines = list(map(str, self.tried))
        if self.begin_with is None:
            found = "\n".join([text("doctor.models_none"), *lines])
            return Check("models", "missing", found, self._cure(), facts)
        lines.append(text("doctor.models_begin", model=self.begin_with, date=PRICES_OF))
        if not address.platform.verified:
            lines.append(text("doctor.models_overseas"))
        return Check("models", "ok", "\n".join(lines), facts={**facts, "begin": self.begin_with})

    def _cure(self) -> str:
        """What keeps every model from being used, each cause once."""
        if all(each.code == _UNPAID for each in self.tried):
            return text("doctor.models_unpaid_todo")
        return "\n".join(dict.fromkeys(str(each.error) for each in self.tried))

    def balance(self, agree: Agree) -> Check:
        """Whether something pays for a call: unknown, until somebody agrees to pay for a turn."""
        model = self.begin_with
        unpaid = next((each for each in self.tried if each.code == _UNPAID), None)
        if model is None and unpaid is not None:
            return Check("balance", "missing", text("doctor.balance_none"), str(unpaid.error))
        found = text("doctor.balance_unknown")
        if model is None:
            return Check("balance", "note", found, text("doctor.balance_no_model_todo"))
        shown = {"model": model, "yuan": _yuan(model, _SECONDS), "seconds": _SECONDS}
        offer = text("doctor.balance_offer", **shown)
        if agree(offer):
            return paid_turn(self.address, model)
        todo = text("doctor.balance_how", offer=offer, to=self.to.shown)
        return Check("balance", "note", found, todo)


def untried() -> Check:
    """Said where there is no key, or no way to the service."""
    return Check(
        "models", "note", text("doctor.models_untried"), text("doctor.models_untried_todo")
    )


async def _try_models(address: Address) -> list[Tried]:
    """Each model, named outright; after what is no model's matter the others are not tried."""
    tried: list[Tried] = []
    for model in MODELS:
        try:
            session = await _opened(address, model)
            await session.close()
            tried.append(Tried(model))
        except GlmError as error:
            tried.append(Tried(model, error))
            if isinstance(error, Refused | ConnectFailed):
                break
    return tried


async def _opened(address: Address, model: str, **settings: Any) -> Session:
    """A session that limits what it receives and warns nobody."""
    told_to.set(lambda _: None)
    budget = Budget(yuan=None, idle=None, megabytes=_MEGABYTES)
    asked = Settings(model=model, **settings)
    session = Session(address, asked, budget=budget, timeout=_STEP)
    await session.open()
    return session


def paid_turn(address: Address, model: str) -> Check:
    """One shortest turn, and what it shows."""
    try:
        turn = within(begin(lambda: asyncio.run(_say(address, model))), 4 * _STEP + _TURN)
    except ServiceError as error:
        if error.turn is not None and _answered(error.turn):  # its answer was too long, or cut off
            return _of_turn(error.turn, model)
        unpaid = error.code == _UNPAID
        found = text("doctor.balance_none" if unpaid else "doctor.balance_failed")
        facts = {"model": model, "code": error.code}
        return Check("balance", "missing" if unpaid else "note", found, str(error), facts)
    return _of_turn(turn, model)


async def _say(address: Address, model: str) -> Turn:
    from glmkit.media.kit_samples import sample

    session = await _opened(address, model, **_SHORT)
    try:
        return await session.say(sample(_SAID), speed=None, timeout=_TURN)
    finally:
        await session.close()


def _of_turn(turn: Turn, model: str) -> Check:
    seconds = sum(clip.seconds for clip in (turn.input, turn.audio) if clip is not None)
    facts = {"model": model, "status": turn.status, "seconds": round(seconds, 1)}
    shown = {"seconds": f"{seconds:.0f}"}
    if _answered(turn):
        paid = text("doctor.balance_there", model=model, yuan=_yuan(model, seconds), **shown)
        return Check("balance", "ok", paid, facts=facts)
    found = text("doctor.balance_unanswered", status=status_name(turn.status), **shown)
    return Check("balance", "note", found, str(turn.explain()), facts)


def _answered(turn: Turn) -> bool:
    return turn.audio is not None or bool(turn.transcript)


def _yuan(model: str, seconds: float) -> str:
    return f"{price(model) * seconds / 60:.2f}"
