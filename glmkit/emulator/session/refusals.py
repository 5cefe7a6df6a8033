"""``Refusal``: a client's event that cannot be obeyed, on its way to becoming an ``error`` event.

Codes are the service's own where it is known to use one (documented, or observed for 1210,
``downstream_reconnect_exceeded`` and ``audio_buffer_size_exceeded``). Fatal ones close.
"""

from __future__ import annotations

from reprlib import Repr
from typing import Any

from glmkit.auth.masking import mask
from glmkit.texts import text

INVALID = "invalid_request_error"
SERVER = "server_error"
RATE = "rate_limit_error"

BAD_PARAMETER = "1210"
UNKNOWN_MODEL = "1211"
MISSING = "1213"
ILLEGAL = "1214"
CONFLICT = "1215"
TOO_LONG = "1261"
BUSY = "1305"


_short = Repr()  # what is shown of a value: it may be megabytes, or a thousand levels deep
_short.maxlevel, _short.maxlong, _short.maxother = 3, 60, 60
_short.maxstring = 5_000  # a token that is cut would not be known for one


class Refusal(Exception):
    """An event that was refused: ``code``, a sentence, the field at fault; nothing was changed."""

    def __init__(
        self,
        sentence: str,
        /,
        *,
        code: str,
        param: str | None = None,
        type: str = INVALID,
        close: int | None = None,
        **values: object,
    ) -> None:
        super().__init__(mask(text(f"emulator.{sentence}", **values)))
        self.code, self.type, self.close = code, type, close
        self.param = param and mask(param)

    def error(self, *, with_type: bool, event_id: str | None) -> dict[str, Any]:
        """The ``error`` object as it crosses the wire."""
        found: dict[str, Any] = {"type": self.type} if with_type else {}
        found |= {"code": self.code, "message": str(self)}
        if self.param is not None:
            found["param"] = self.param
        if event_id:
            found["event_id"] = event_id
        return found


def missing(param: str) -> Refusal:
    """A field that must be there is not."""
    return Refusal("missing", code=MISSING, param=param)


def wrong_kind(param: str, *, found: str, expected: str) -> Refusal:
    """A field is of another JSON kind than documented."""
    return Refusal("wrong_kind", code=ILLEGAL, param=param, found=found, expected=expected)


def illegal(param: str, *, found: object, expected: str) -> Refusal:
    """A field's value is outside what is documented."""
    shown = mask(_short.repr(found))
    if len(shown) > 60:
        shown = f"{shown[:57]}…"
    return Refusal("illegal", code=ILLEGAL, param=param, found=shown, expected=expected)
