"""Every error the kit raises, in one tree.

::

    GlmError
    ├── YoursToFix                  an argument, a file, a key: change it and call again
    │   ├── BadArgument             (also a ValueError)
    │   │   ├── BadAudio            not audio, or not audio that can be sent
    │   │   ├── BadPicture          not a picture, or not one that can be sent
    │   │   ├── BadTool             a function the service would not accept as a tool
    │   │   ├── BadKey              a key that cannot be one
    │   │   │   └── NoKey           no key where one is needed
    │   │   ├── BadToken            a token that cannot be one (RefusedToken: was turned away)
    │   │   └── BadFile             a file that is not what it should be
    │   ├── BadState                the call does not fit the moment
    │   │   ├── Busy                a turn is running
    │   │   ├── Closed              the session is closed
    │   │   └── TooMuch             a budget, a limit or a queue is full
    │   └── Missing                 something must be installed first
    └── ServiceError                what the other side, or the way there, did
        ├── ConnectFailed           no connection: refused, DNS, TLS, proxy (also a ConnectionError)
        ├── Refused                 an HTTP answer instead of a WebSocket: 401, 403, …
        ├── Rejected                an ``error`` event
        ├── Disconnected            the connection ended in the middle (also a ConnectionError)
        │   └── TurnTooLarge        more came in a turn than the budget allows
        ├── NoAnswer                an update, a clear or a cancel that nobody answered (also a
        │                           TimeoutError)
        └── TurnTimeout             a turn past its deadline (also a TimeoutError)
            ├── NoSpeech            server VAD found no speech in what was sent
            └── NeverEnded          server VAD missed the end of speech; a commit got no answer

A ServiceError carries what is known: ``peer``, ``event`` (the error event, an Event), ``status``
and ``code`` (of an HTTP refusal or an error event) and ``turn`` (all that arrived before it, a
Turn). Whatever is no error but not as was asked is a GlmWarning; ``warn`` gives one, at the line
that called the kit, also where another thread does the work (``told_to``).

A notebook shows an error's words, in lines that break between words, and before them the reader's
own lines that led there; the kit's frames are among them after ``%xmode Verbose``.
"""

from __future__ import annotations

import linecache
import sys
import sysconfig
import traceback
import warnings
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from types import FrameType
from typing import Any, Final

from glmkit.texts.layout.lines import terminal_columns, wrap
from glmkit.texts.layout.text_width import width_of

_IN_NOTEBOOK: Final = 100  # columns of an error's words
_PLACE: Final = 50  # columns that a warning's file, line and kind take before its words
_INSIDE = {__name__.partition(".")[0], "dataclasses", "contextlib", "functools"}  # or in between

__all__ = [
    "BadArgument",
    "BadAudio",
    "BadFile",
    "BadKey",
    "BadPicture",
    "BadState",
    "BadToken",
    "BadTool",
    "Busy",
    "Closed",
    "ConnectFailed",
    "Disconnected",
    "GlmError",
    "GlmWarning",
    "Missing",
    "NeverEnded",
    "NoAnswer",
    "NoKey",
    "NoSpeech",
    "Refused",
    "Rejected",
    "ServiceError",
    "TooMuch",
    "TurnTimeout",
    "TurnTooLarge",
    "YoursToFix",
]


class GlmError(Exception):
    """Any error of the kit: all others are kinds of it.

    Its words show no key and no token.
    """

    def __init__(self, message: str = "") -> None:
        super().__init__(_masked(message))

    def _render_traceback_(self) -> list[str]:
        """What IPython shows of it."""
        shell = _shell()
        if shell is not None and shell.InteractiveTB.mode == "Verbose":
            whole: list[str] = shell.InteractiveTB.structured_traceback(
                type(self), self, self.__traceback__, tb_offset=1
            )
            return whole
        columns = _shown_columns()
        words = f"{type(self).__name__}: {self}", *map(_masked, getattr(self, "__notes__", ()))
        return [*_own_lines(self), *("\n".join(wrap(each, columns)) for each in words)]


class GlmWarning(UserWarning):
    """Something works, but not as was asked.

    Where Python shows it (``warnings.formatwarning``), a long one begins below the place it is
    about and breaks between words; ``str`` gives it in one line.
    """

    def __format__(self, spec: str) -> str:
        words = super().__format__(spec)
        if spec or width_of(words) <= _IN_NOTEBOOK - _PLACE:
            return words
        return "\n".join(["", *wrap(words, _shown_columns())])


class YoursToFix(GlmError):
    """An argument, a file or a key: change it and call again."""


class BadArgument(YoursToFix, ValueError):
    """An argument that cannot be used."""


class BadAudio(BadArgument):
    """Not audio, or not audio that can be sent."""


class BadPicture(BadArgument):
    """Not a picture, or not one that can be sent."""


class BadTool(BadArgument):
    """A function the service would not accept as a tool."""


class BadKey(BadArgument):
    """A key that cannot be one."""


class NoKey(BadKey):
    """No key where one is needed."""


class BadToken(BadArgument):
    """A token that cannot be one, or does not verify."""


class BadFile(BadArgument):
    """A file that is not what it should be.

    ``trace`` is what could be read of a recording.
    """

    trace: Any = None  # a Trace, or None


class BadState(YoursToFix):
    """The call does not fit the moment."""


class Busy(BadState):
    """A turn is running."""


class Closed(BadState):
    """The session is closed."""


class TooMuch(BadState):
    """A budget, a limit or a queue is full."""


class Missing(YoursToFix):
    """Something must be installed first."""


class ServiceError(GlmError):
    """What the other side, or the way there, did."""

    def __init__(
        self,
        message: str,
        *,
        peer: str | None = None,
        event: Any = None,
        status: int | None = None,
        code: str | None = None,
        turn: Any = None,
    ) -> None:
        super().__init__(message)
        self.peer, self.event, self.status, self.code, self.turn = peer, event, status, code, turn


class ConnectFailed(ServiceError, ConnectionError):
    """No connection: refused, DNS, TLS, proxy."""


class Refused(ServiceError):
    """An HTTP answer instead of a WebSocket."""


class Rejected(ServiceError):
    """An ``error`` event of the service."""


class Disconnected(ServiceError, ConnectionError):
    """The connection ended in the middle."""


class TurnTooLarge(Disconnected):
    """More came in a turn than the budget allows."""


class NoAnswer(ServiceError, TimeoutError):
    """A request of the service that got no answer in time.

    ``awaited``: the type of the event that would have answered, such as ``session.updated``.
    """

    def __init__(self, message: str, *, peer: str, awaited: str) -> None:
        super().__init__(message, peer=peer)
        self.awaited = awaited


class TurnTimeout(ServiceError, TimeoutError):
    """A turn past its deadline."""


class NoSpeech(TurnTimeout):
    """Server VAD found no speech in what was sent."""


class NeverEnded(TurnTimeout):
    """Server VAD missed the end of speech; a commit got no answer."""


# -- in a notebook -------------------------------------------------------------------------


def _shell() -> Any:
    """IPython's, where this runs in one."""
    return sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None


def _shown_columns() -> int:
    """How wide words may be where they are shown."""
    return _IN_NOTEBOOK if hasattr(_shell(), "kernel") else terminal_columns(sys.stderr)


def _own_lines(error: BaseException) -> list[str]:
    """The reader's own lines that led to an error, as IPython points at them; none where the cell
    is that one line."""
    own = [step for step in traceback.walk_tb(error.__traceback__) if _is_readers(step[0])]
    cells = {frame.f_code.co_filename for frame, _ in own}
    if len([line for cell in cells for line in linecache.getlines(cell) if line.strip()]) < 2:
        return []
    return [_masked(_shown(frame, number)) for frame, number in own]


def _is_readers(frame: FrameType) -> bool:
    """Whether somebody wrote this here, in a cell or a file: it is not the kit's, not installed."""
    if frame.f_globals.get("__name__") == "__main__":
        return True
    path = frame.f_code.co_filename
    places = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    installed = any(path.startswith(place) for place in places) or "site-packages" in path
    return not (installed or path.startswith("<") or _is_inside(frame))


def _shown(frame: FrameType, number: int) -> str:
    path, line = frame.f_code.co_filename, linecache.getline(frame.f_code.co_filename, number)
    in_file = "" if frame.f_globals.get("__name__") == "__main__" else f"{Path(path).name} "
    return f"{in_file}----> {number} {line.strip()}"


# -- a warning -----------------------------------------------------------------------------

#: Who warns instead, while a call is carried: the thread that waits has the caller on its stack.
told_to: ContextVar[Callable[[str], None] | None] = ContextVar("told_to", default=None)


def warn(words: str) -> None:
    """Warn with ``words`` at the first line outside this package, where the kit was called."""
    if (waiting := told_to.get()) is not None:
        waiting(words)
        return
    depth, frame = 1, sys._getframe(0)
    while frame.f_back is not None and _is_inside(frame):
        frame, depth = frame.f_back, depth + 1
    warnings.warn(_masked(words), GlmWarning, stacklevel=depth)


def _masked(words: str) -> str:
    from glmkit.auth.masking import mask

    return mask(words)


def _is_inside(frame: FrameType) -> bool:
    return str(frame.f_globals.get("__name__")).partition(".")[0] in _INSIDE
