"""The blocking face: the same session, carried by the loop thread.

So cells may block, an interrupt cancels cleanly, keepalives go on while a cell computes, and
recorders work. There is no second implementation: ``carried`` hands each coroutine of the core
to the thread and waits for it.
"""

from __future__ import annotations

import atexit
import functools
import inspect
import weakref
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, Unpack

from glmkit import aio
from glmkit.auth.masking import MaskedAddress
from glmkit.errors import GlmError
from glmkit.media.clip import Clip
from glmkit.process_values import ProcessValue
from glmkit.protocol.event import Event
from glmkit.protocol.settings import Settings
from glmkit.session.address import Address
from glmkit.session.asyncio_session import F, SayOptions
from glmkit.session.asyncio_session import Session as Core
from glmkit.session.blocking.background_loop import Items, loop_thread
from glmkit.session.blocking.progress_bar import draw_progress
from glmkit.session.budget import Budget, Spent
from glmkit.session.faces import live_talk
from glmkit.session.waits import Waits
from glmkit.turns.trace import Trace
from glmkit.turns.turn_sequence import Turns

if TYPE_CHECKING:
    from glmkit.session.faces import Talk, TalkOptions
    from glmkit.session.speech import Sayable

__all__ = ["Session", "connect", "draw_progress", "loop_thread"]

P = ParamSpec("P")
T = TypeVar("T")
_open: ProcessValue[weakref.WeakSet[Session]] = ProcessValue(weakref.WeakSet, until="fork")


def carried(
    method: Callable[Concatenate[Core, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[Session, P], T]:
    """The blocking form of a coroutine method of the core: same name, arguments and words."""

    @functools.wraps(method)
    def call(self: Session, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return loop_thread().carry(method(self.core, *args, **kwargs))

    return call


class Session:
    """An open conversation; its calls wait until they are done.

    Made by ``glm.connect``; ``core`` is the asyncio session it carries.
    """

    def __init__(self, core: Core) -> None:
        self.core = core
        _open.value.add(self)

    say = carried(Core.say)
    ask = carried(Core.ask)
    respond = carried(Core.respond)
    show = carried(Core.show)
    update = carried(Core.update)
    cancel = carried(Core.cancel)
    clear = carried(Core.clear)
    send = carried(Core.send)
    save = carried(Core.save)
    record = carried(Core.record)
    hand_in = carried(Core.hand_in)
    withdraw = carried(Core.withdraw)
    reset = carried(Core.reset)
    close = carried(Core.close)

    def stream(self, audio: Sayable, **options: Unpack[SayOptions]) -> Iterator[Clip]:
        return _carried_iterator(lambda: self.core.stream(audio, **options))

    stream.__doc__ = Core.stream.__doc__

    def tool(self, function: F) -> F:
        return self.core.tool(function)

    tool.__doc__ = Core.tool.__doc__

    def talk(self, **options: Unpack[TalkOptions]) -> Talk:
        """A live conversation to display in a notebook; options as for ``Talk``."""
        return live_talk(self, options)

    def __iter__(self) -> Iterator[Event]:
        return _carried_iterator(lambda: aiter(self.core))

    # -- read off the core, which need not be waited for -------------------------------------

    @property
    def turns(self) -> Turns:
        """The turns that are over, oldest first; a view that grows."""
        return self.core.turns

    @property
    def trace(self) -> Trace:
        """Every event both ways so far, with its time."""
        return self.core.trace

    @property
    def cost(self) -> Spent:
        """What was used so far, and an estimate of what it costs."""
        return self.core.cost

    @property
    def budget(self) -> Budget:
        """What may be spent; then the next turn is refused."""
        return self.core.budget

    @budget.setter
    def budget(self, budget: Budget) -> None:
        self.core.budget = budget

    @property
    def settings(self) -> Settings:
        """What was asked of the service."""
        return self.core.settings

    @property
    def config(self) -> dict[str, Any]:
        """What the service said it does."""
        return self.core.config

    @property
    def peer(self) -> str:
        """Whom this session talks to: live, emulator, replay, or an address."""
        return self.core.peer

    @property
    def waited_for_place(self) -> float:
        """Seconds for which it has waited for a place of a class, since it was opened last."""
        return self.core.waited_for_place

    @property
    def model(self) -> str:
        """The model that was asked for."""
        return self.core.model

    @property
    def address(self) -> Address:
        """Where it is connected, and by which key or token."""
        return self.core.address

    @property
    def waits(self) -> Waits:
        """How long it waits for what may never come."""
        return self.core.waits

    @property
    def closed(self) -> bool:
        """Whether nothing can be sent any more."""
        return self.core.closed

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _repr_mimebundle_(self, **_: Any) -> Any:
        return self.core._repr_mimebundle_()

    def __repr__(self) -> str:
        return repr(self.core)


def _carried_iterator(begin: Callable[[], Items[T]]) -> Iterator[T]:
    """A blocking iterator over an asynchronous one, which begins now, on the loop thread."""

    async def start() -> Items[T]:
        return begin()

    return loop_thread().iterate(loop_thread().carry(start()))


def _opens(opening: Callable[P, object]) -> Callable[[Callable[..., T]], Callable[P, T]]:
    """Gives a function the parameters of ``opening``, and what is said of them there."""

    def give(function: Callable[..., T]) -> Callable[P, T]:
        own, _, example = (function.__doc__ or "").partition("\n\n")
        shared = (opening.__doc__ or "").split("\n\n")[1:-1]  # less first line and example
        function.__doc__ = "\n\n".join([own, *shared, example])
        signature = inspect.signature(opening).replace(return_annotation="Session")
        function.__signature__ = signature  # type: ignore[attr-defined]
        return function

    return give


@_opens(aio.connect)
@aio.hides_keys
def connect(to: MaskedAddress | None, **options: Any) -> Session:
    """Connect to the service or the emulator, ready to talk.

    >>> session = glm.connect()
    >>> turn = session.say(glm.sample("joke_zh"))
    """
    connecting = aio.connect(to, **options)

    async def opened() -> Core:
        return await connecting

    return Session(loop_thread().carry(opened()))


@atexit.register
def close_all() -> None:
    """Close what is open when the process ends, so that the other side need not guess."""
    for session in list(_open.value):
        if not session.core.closed:
            with suppress(GlmError, OSError, RuntimeError):
                session.close()
