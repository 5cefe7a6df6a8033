"""Keeps keys and tokens out of every place where people look: displays, logs, tracebacks.

Two doors are closed here. ``Secret`` is text that shows itself only when asked with
``reveal()``; ``Key`` and ``Token`` in ``credentials`` are Secrets. ``mask`` takes whatever looks
like a key or a token out of a text, and ``masked_logger`` gives a logger that does so to each
record: websockets at DEBUG logs the Authorization header and the query. What the other side says
may be megabytes, control a terminal, or say a key back: every error and finding quotes it through
``their_words``.

How a secret stays out of a traceback: IPython's Verbose mode prints the arguments of each frame,
and the value of each name and attribute on the line that failed. So a function that takes a
secret wraps it first, under the same name, on a line that cannot fail::

    def connect(api_key: str | Secret) -> ...:
        api_key = Secret.of(api_key)        # never raises
        key = Key.parse(api_key)            # may raise: what it shows is masked
"""

from __future__ import annotations

import hmac
import logging
import re
from collections.abc import Callable
from numbers import Real
from typing import Any, NoReturn
from weakref import WeakValueDictionary

from glmkit.errors import BadArgument
from glmkit.process_values import ProcessValue
from glmkit.texts import text

CUT = "…"
_SHAPES = (
    # header style, also in dicts, in lists of pairs, in JSON in JSON: up to quote or line's end;
    # f"Bearer {token(environ['KEY'])}" is a program's source: names and calls, no words of its own
    (
        re.compile(
            r"""(?i)(authorization\\*['"]?\s*[:,]\s*+(?:[bfru]{0,2}\\*['"])?+)"""
            r"""(?!(?<=f['"])(?:Bearer )?\{[\w.(), ]*(?:\[['"]?\w+['"]?\][\w.(), ]*)*\}['"])"""
            r"""(?:[^'"\\\r\n]|\\+(?![\\'"]))+"""
        ),
        rf"\1{CUT}",
    ),
    (re.compile(r"""(?i)(authorization=)[^&\s'"<>]+"""), rf"\1{CUT}"),
    (re.compile(r"(?i)(\bwss?://)[^/?#\s@'\"]+@"), rf"\1{CUT}@"),  # a key where a user could stand
    (re.compile(r"(?<![\w-])eyJ[\w-]{10,}(?:\.[\w-]*){0,2}"), f"eyJ{CUT}"),
    (re.compile(r"(?i)\b([0-9a-f]{4})[0-9a-f]{28}\.[0-9a-z]{16}(?![0-9a-z])"), rf"\1{CUT}"),
)
_USER = re.compile(r"//[^/?#]*@")
_QUERY = re.compile(r"(://[^?]*)\?.+")
#: What controls a terminal, turns letters round or cannot be sent; a joiner of letters stays.
_TERMINAL = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]?|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]?"
    r"|\x9b[0-?]*[ -/]*[@-~]?"
    r"|[\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_LONGEST = 2_000  # bytes of what others say that people are shown
_SHORTEST = 8  # a shorter secret is a toy, and would blot out ordinary words

_seen: ProcessValue[WeakValueDictionary[int, Secret]] = ProcessValue(
    WeakValueDictionary, until="exit"
)


class Secret:
    """Text that shows itself only when asked: ``reveal()``.

    It keeps the text in a closure, because displays read attributes and slots.
    """

    __slots__ = ("__weakref__", "_reveal")
    _reveal: Callable[[], str]

    def __init__(self, value: object) -> None:
        plain = _plain(value)
        object.__setattr__(self, "_reveal", lambda: plain)

    @classmethod
    def of(cls, value: object) -> Secret:
        """``value`` as a Secret; a Secret stays itself. Never raises: None becomes empty."""
        return value if isinstance(value, Secret) else Secret(value)

    def reveal(self) -> str:
        """The text itself."""
        return self._reveal()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {CUT}>"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same text, compared in constant time."""
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(_bytes(self), _bytes(other))

    def __hash__(self) -> int:
        return hash(self.reveal())

    def __bool__(self) -> bool:
        return bool(self.reveal())

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(text("auth.frozen", kind=type(self).__name__))

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Secret:
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise BadArgument(text("auth.not_pickled", kind=type(self).__name__))


class Misplaced(Secret):
    """What stands where a number belongs. It may be a key: only its type is shown."""

    __slots__ = ("_kind",)
    _kind: str

    def __init__(self, value: object) -> None:
        super().__init__(value)
        object.__setattr__(self, "_kind", type(value).__name__)

    def __repr__(self) -> str:
        return f"<{self._kind} {CUT}>"

    __str__ = __repr__


def number_or_masked(value: Any) -> Any:
    """A number, or None, as it is; anything else as Misplaced. Never raises."""
    fine = value is None or isinstance(value, Real | Misplaced)
    return value if fine else Misplaced(value)


class HeaderValue(str):
    """A header's value: the whole text for whoever sends it, masked where it is displayed."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"'{CUT}'"


class MaskedAddress(str):
    """An address: whole for whoever opens it, without user, password and query where displayed."""

    __slots__ = ()

    @classmethod
    def of(cls, value: Any) -> Any:
        """A text as one, anything else as it is. Never raises."""
        return cls(value) if isinstance(value, str) else value

    @property
    def shown(self) -> str:
        """The address as people may see it."""
        bare = _USER.sub(rf"//{CUT}@", str(self))
        return mask(_QUERY.sub(rf"\1?{CUT}", bare))

    def __repr__(self) -> str:
        return repr(self.shown)


def remember(secret: Secret) -> None:
    """Let ``mask`` know ``secret`` for as long as the object lives, whatever its shape."""
    with _seen.lock:
        _seen.value[id(secret)] = secret


def mask(message: str) -> str:
    """``message`` without anything that looks like a key or a token, or is a key seen so far."""
    for pattern, replacement in _SHAPES:
        message = pattern.sub(replacement, message)
    with _seen.lock:
        seen = list(_seen.value.values())
    for secret in seen:
        message = _without(message, secret)
    return message


def their_words(found: object, most: int = _LONGEST) -> str:
    """What the other side said, as people may see it: on one line, masked, ``most`` bytes of UTF-8.

    Nothing in it obeys a terminal; None is empty, and what is no text is shown as it prints.
    """
    words = found if isinstance(found, str) else "" if found is None else repr(found)
    plain = " ".join(_CONTROL.sub(" ", _TERMINAL.sub("", words)).split())
    whole = mask(plain).encode("utf-8", "replace")  # masked first: a key may lie across the cut
    if len(whole) <= most:
        return whole.decode("utf-8")
    return f"{whole[: most - 3].decode('utf-8', 'ignore')}{CUT}"


class MaskingFilter(logging.Filter):
    """Masks the message and the traceback of every record; lets all of them pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:  # formatters take this text where it is set
            record.exc_text = mask(record.exc_text)
        return True


def masked_logger(name: str) -> logging.Logger:
    """The logger ``name`` with a MaskingFilter: pass it to websockets as ``logger=``."""
    logger = logging.getLogger(name)
    if not any(isinstance(each, MaskingFilter) for each in logger.filters):
        logger.addFilter(MaskingFilter())
    return logger


def _without(message: str, secret: Secret) -> str:
    whole = secret.reveal()
    for part in (whole, whole.rpartition(".")[2]):
        if len(part) >= _SHORTEST:
            message = message.replace(part, CUT)
    return message


def _plain(value: object) -> str:
    if isinstance(value, Secret):
        return value.reveal()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str.__str__(value) if isinstance(value, str) else ""


def _bytes(secret: Secret) -> bytes:
    return secret.reveal().encode("utf-8", "surrogatepass")
