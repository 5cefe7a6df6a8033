"""The blocking face: the same session, carried by the loop thread.

So cells may block, an interrupt cancels cleanly, keepalives go on while a cell computes, and
recorders work. There is no second implementation: ``carried`` hands each coroutine of the core
to the thread and waits for it.
"""

from __future__ import annotations

import atexit
import functools
import inspect
import os
import weakref
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from glmkit import aio
from glmkit.auth.credentials import Key, Token
from glmkit.auth.masking import MaskedAddress, Secret
from glmkit.errors import GlmError
from glmkit.media.clip import Clip
from glmkit.process_values import ProcessValue
from glmkit.protocol.event import Event
from glmkit.session.asyncio_session import Session as Core
from glmkit.session.blocking.background_loop import Items, loop_thread
from glmkit.session.blocking.carried_call import draw_progress

if TYPE_CHECKING:
    from glmkit.widgets.talk import Talk

__all__ = ["Session", "connect", "draw_progress", "loop_thread"]

P = ParamSpec("P")
T = TypeVar("T")
Opening = TypeVar("Opening", bound=Callable[..., Any])
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

    Made by ``glm.connect``.
    ``core`` is the asyncio session it carries; everything that needs no waiting is read off it.
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
    reset = carried(Core.reset)
    close = carried(Core.close)

    def stream(self, audio: Any, **options: Any) -> Iterator[Clip]:
        return _carried_iterator(lambda: self.core.stream(audio, **options))

    stream.__doc__ = Core.stream.__doc__

    def talk(self, **options: Any) -> Talk:
        """A live conversation to display in a notebook; options as for ``Talk``."""
        from glmkit.widgets.talk import Talk

        return Talk(self, **options)

    def __iter__(self) -> Iterator[Event]:
        return _carried_iterator(lambda: aiter(self.core))

    def __getattr__(self, name: str) -> Any:
        if name == "core":  # not there yet: never look for it in itself
            raise AttributeError(name)
        return getattr(self.core, name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *(n for n in dir(self.core) if n[0] != "_")})

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


def _like_the_core(function: Opening) -> Opening:
    """``function`` with the parameters of ``aio.connect``, and what is said of them there."""
    own, _, example = (function.__doc__ or "").partition("\n\n")
    shared = (aio.connect.__doc__ or "").split("\n\n")[1:-1]  # less first line and example
    function.__doc__ = "\n\n".join([own, *shared, example])
    signature = inspect.signature(aio.connect).replace(return_annotation="Session")
    function.__signature__ = signature  # type: ignore[attr-defined]
    return function


@_like_the_core
def connect(
    to: str | os.PathLike[str] | None = None,
    *,
    api_key: Key | Token | Secret | str | None = None,
    **options: Any,
) -> Session:
    """Connect to the service or the emulator, ready to talk.

    >>> session = glm.connect()
    >>> turn = session.say(glm.sample("joke_zh"))
    """
    to = MaskedAddress.of(to)  # masked before anything can raise, as the key is
    api_key = None if api_key is None else Secret.of(api_key)
    options = aio.hiding(options)
    connecting = aio.connect(to, api_key=api_key, **options)

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
