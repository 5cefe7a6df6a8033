"""The same calls for asyncio: ``async with glm.aio.connect() as session``.

::

    async with glm.aio.connect() as session:
        turn = await session.say(clip)

Plain coroutines on the caller's loop. The blocking face carries these same ones.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
import os
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec, TypeVar, Unpack, cast, get_args

from glmkit.auth.credentials import Key, Token, credential
from glmkit.auth.key_prompt import asked_line
from glmkit.auth.key_search import find_key
from glmkit.auth.masking import MaskedAddress, Secret, number_or_masked
from glmkit.auth.platforms import PLATFORMS
from glmkit.auth.seat_line import SeatLine, has_key, need_line
from glmkit.environment.loopback import leads_here
from glmkit.errors import BadArgument, BadState
from glmkit.protocol.settings import NAMES, OtherSettings, Settings, check_names, one_of
from glmkit.recordings.replay_settings import recorded_settings, recording_at
from glmkit.session.address import Address, Link, class_address, live_address, other_address
from glmkit.session.argument_checks import check_choice, check_count, check_number, check_seconds
from glmkit.session.asyncio_session import Session
from glmkit.session.budget import Budget, price, told_price
from glmkit.session.host import host
from glmkit.session.waits import Waits
from glmkit.texts import text
from glmkit.turns.open_turn import Keep

if TYPE_CHECKING:
    from glmkit.protocol.tools.tool import ToolSource

__all__ = ["Connecting", "Session", "connect"]
P = ParamSpec("P")
T = TypeVar("T")
_DEFAULTS = Settings()
CLASS = "class"  # as ``to``: the seat of a class


#: What a session has besides its verbs and properties.
_OF_A_SESSION = frozenset({"address", "budget", "cost", "fold", "trace", "waits"})


class Connecting:
    """A connection about to be made: ``await`` it, or enter it."""

    def __init__(
        self,
        to: str | None,
        api_key: Key | Token | None,
        settings: Settings,
        options: dict[str, Any],
        speed: float = 1.0,
        link: Link | None = None,
    ) -> None:
        self._to, self._key, self._settings, self._options = to, api_key, settings, options
        self._speed, self._link = speed, link
        self._session: Session | None = None

    def __await__(self) -> Generator[Any, None, Session]:
        return self._open().__await__()

    async def __aenter__(self) -> Session:
        return await self._open()

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    def __repr__(self) -> str:
        return text("session.not_awaited")

    if not TYPE_CHECKING:  # a checker knows by itself that a session's names are not here

        def __getattr__(self, name: str) -> NoReturn:
            if name in _OF_A_SESSION or (hasattr(Session, name) and not name.startswith("_")):
                self._refuse()
            raise AttributeError(f"'Connecting' object has no attribute {name!r}")

        def _refuse(self, *_: object) -> NoReturn:
            raise BadState(text("session.not_awaited"))

        __enter__ = __exit__ = __iter__ = __aiter__ = _refuse

    async def _open(self) -> Session:
        address, settings = replace(await self._address(), link=self._link), self._settings
        if address.peer == "replay":
            path = Path(self._to or os.environ.get("GLMKIT_TO", ""))
            settings = await asyncio.to_thread(recorded_settings, path, settings)
        session = Session(address, settings, **self._options)
        if notice := _notice(session, asked=self._to):
            host.get().notice(notice)
        await session.open()
        self._session = session
        return session

    async def _address(self) -> Address:
        if self._key is not None and "://" in (self._to or ""):
            return find_address(self._to, self._key)  # nothing to look up, nothing to start
        # may start the emulator, which takes a second: not on the loop
        return await asyncio.to_thread(find_address, self._to, self._key, speed=self._speed)


def hides_keys(opening: Callable[P, T]) -> Callable[P, T]:
    """``connect``, with whatever may hold a key masked before it begins: no traceback shows one.

    That is the address, the key, and what came in by mistake: under a name that ``connect`` does
    not know, or where a number belongs.
    """

    hiding = cast("Callable[..., T]", opening)

    @functools.wraps(opening)
    def masked(to: Any = None, *, api_key: Any = None, **options: Any) -> T:
        to, api_key = MaskedAddress.of(to), None if api_key is None else Secret.of(api_key)
        options = {name: _masked(name, given) for name, given in options.items()}
        return hiding(to, api_key=api_key, **options)

    return cast("Callable[P, T]", masked)


def _masked(name: str, given: Any) -> Any:
    if name in _NUMBERS:
        return number_or_masked(given)
    return given if name in _NAMES else Secret.of(given)


@hides_keys
def connect(
    to: str | os.PathLike[str] | Link | None = None,
    *,
    api_key: Key | Token | Secret | str | None = None,
    model: str = "glm-realtime-flash",
    vad: str | Mapping[str, Any] = "client",
    voice: str = "tongtong",
    instructions: str | None = None,
    mode: str = "audio",
    tools: ToolSource | Sequence[ToolSource] = (),
    greeting: str | None = None,
    keep: Keep = "all",
    budget: Budget | None = None,
    timeout: float = 15,
    transcript_grace: float | None = None,
    waits: Waits | None = None,
    reconnect: int = 0,
    remember: bool = False,
    replay_speed: float = 1.0,
    **config: Unpack[OtherSettings],
) -> Connecting:
    """Connect to the service or the emulator, and configure the session.

    ``to``: ``"live"``, ``"zai"`` (the service overseas, unverified), ``"emulator"``, ``"class"``
    (a seat of a class: the line of its slip, from ``glm.join()`` or as ``api_key``), a ws:// or
    wss:// address, a recording's path, a network (``glm.lab.network``) in front of one of these,
    or None:
    ``GLMKIT_TO`` if set, else live where a key is found, else the emulator. A recording is
    played with its own settings, ``replay_speed`` times as fast (0: at once). ``keep``:
    ``"all"``, ``"events"`` (no sound), ``"nothing"`` (no trace, and the last few turns only).
    ``budget``: what may be spent; None: ¥5 where it costs. ``timeout``: seconds for each step of
    opening. ``waits``: for what may never come, see
    ``Waits``; ``transcript_grace``: one of them, ``transcript``. ``reconnect``: how often a new
    connection is tried where one has broken, when it is next needed (the turn that was under way
    ends with what arrived, and nothing of it is sent again); ``remember``: tell the new one what
    was said before, as ``reset(remember=True)`` does.

    ``model``, ``vad`` (who ends a turn: ``"client"``, ``"server"``, or a dict with the server
    VAD's knobs), ``voice``, ``instructions``, ``mode`` (``"audio"``, or ``"video_passive"`` for
    pictures), ``tools`` (functions the model may call), ``greeting`` and in ``config`` the others:
    see ``Settings``.

    Raises BadArgument, BadFile, BadKey and NoKey before the first byte; then ConnectFailed,
    Refused, Rejected.

    >>> async with glmkit.aio.connect() as session:
    ...     turn = await session.say("question.wav")
    """
    check_names(config, _NAMES)
    link = to if isinstance(to, Link) else None
    to = link.leads_to if link is not None else to
    if not isinstance(to, str | os.PathLike | None):
        raise BadArgument(text("session.to", found=to))
    place = None if to is None else MaskedAddress(os.fspath(to))
    place, key = _place_and_key(place, api_key)
    check_number("replay_speed", replay_speed)
    check_count("reconnect", reconnect)
    check_choice("remember", remember)
    options = _session_options(keep, budget, timeout, _waits(waits, transcript_grace))
    options.update(reconnect=int(reconnect), remember=remember)
    settings = _DEFAULTS.changed(
        model=model,
        vad=vad,
        voice=voice,
        instructions=instructions,
        mode=mode,
        tools=tools,
        greeting=greeting,
        **config,
    )
    return Connecting(place, key, settings, options, replay_speed, link)


def _place_and_key(
    to: MaskedAddress | None, api_key: Any
) -> tuple[MaskedAddress | None, Key | Token | None]:
    """Where to, and with which key: a class's line is both, and is asked for here, in the cell.

    Raises BadKey, BadToken, NoKey.
    """
    api_key = None if api_key is None else Secret.of(api_key)
    if (_asked_for() if to is None else to) == CLASS:
        line = asked_line() if api_key is None else SeatLine.parse(api_key)
        return MaskedAddress(line.reveal()), None
    return to, None if api_key is None else credential(api_key)


def _session_options(
    keep: Keep, budget: Budget | None, timeout: float, waits: Waits
) -> dict[str, Any]:
    """What a Session is made with. Raises BadArgument."""
    one_of("keep", keep, get_args(Keep))
    if budget is not None and not isinstance(budget, Budget):
        raise BadArgument(text("session.what", found=budget))
    check_seconds("timeout", timeout)
    return {"keep": keep, "budget": budget, "timeout": timeout, "waits": waits}


def _waits(given: Waits | None, transcript_grace: float | None) -> Waits:
    """The waits, with the one that ``connect`` names itself. Raises BadArgument."""
    if given is not None and not isinstance(given, Waits):
        raise BadArgument(text("session.waits", found=type(given).__name__))
    waits = given or Waits()
    if transcript_grace is None:
        return waits
    check_number("transcript_grace", transcript_grace)
    return replace(waits, transcript=transcript_grace)


# -- whom ``to`` means ---------------------------------------------------------------------


def _asked_for() -> str | None:
    return os.environ.get("GLMKIT_TO") or None


def find_address(to: str | None, api_key: Key | Token | None, *, speed: float = 1.0) -> Address:
    """The address ``to`` means; may start the emulator, so it is not for the event loop.

    None: ``GLMKIT_TO`` if set; else the live service where a key is given or found; else the
    local emulator. The path of a recording leads to a local server that plays it at ``speed``.
    Raises BadArgument for an unknown ``to``, NoKey and BadKey for keys, BadFile for recordings.
    """
    to = MaskedAddress(named_peer(to, api_key))  # it may hold a key
    if to == CLASS or has_key(to):
        return _seat_at(to)
    if to == "emulator":
        from glmkit.emulator.launch import shared_emulator

        emulator = shared_emulator()
        again = functools.partial(find_address, to, api_key)
        return Address(emulator.url, "emulator", api_key or emulator.key, emulator, again)
    if to in PLATFORMS:
        return live_address(to, api_key)
    if (path := recording_at(to)) is not None:
        from glmkit.emulator.launch import emulator_playing

        playing = emulator_playing(path, speed=speed)
        again = functools.partial(find_address, to, api_key, speed=speed)
        return Address(playing.url, "replay", playing.key, playing, again)
    address = other_address(to, api_key)
    if leads_here(to):
        from glmkit.emulator.launch import emulator_at

        if (ours := emulator_at(to)) is not None:
            return replace(address, server=ours, peer=address.peer if ours.plays else "emulator")
    return address


def named_peer(to: str | None, api_key: Secret | None) -> str:
    """``to``, or whom it means where it names nobody."""
    to = MaskedAddress.of(_asked_for() if to is None else to)  # it may hold a key
    if to is None:
        return "emulator" if find_key(api_key) is None else "live"
    return MaskedAddress(to)


def _seat_at(to: str) -> Address:
    """The seat that a line leads to; for ``class``, the one that is known."""
    to = MaskedAddress(to)
    return class_address(need_line() if to == CLASS else SeatLine.parse(Secret.of(to)))


# -- options -------------------------------------------------------------------------------

_NUMBERS = ("timeout", "transcript_grace", "reconnect", "remember", "replay_speed")
_NAMES = tuple(dict.fromkeys((*inspect.signature(connect).parameters, *NAMES)))


def _notice(session: Session, *, asked: str | None) -> str | None:
    """The one line a person should read before the first turn, if there is one."""
    if session.address.live:
        limit = session.budget.yuan
        verified = session.address.platform.verified
        told = text(
            "session.live" if verified else "session.live_overseas",
            model=session.model,
            price=price(session.model),
            budget="∞" if limit is None else f"{limit:g}",
        )
        return told_price(told, session.model)
    chosen = asked or os.environ.get("GLMKIT_TO")
    return text("session.emulator") if session.peer == "emulator" and not chosen else None
