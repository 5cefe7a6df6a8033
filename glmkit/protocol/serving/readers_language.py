"""In which language a client's person reads: what its handshake says, else both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from websockets.http11 import Request

from glmkit.texts import Language, read_in, text_in

BOTH: Final[tuple[Language, ...]] = ("zh", "en")
_BETWEEN: Final = " / "


def languages_of(request: Request | None) -> tuple[Language, ...]:
    """The language that ``Accept-Language`` prefers of the two; both where it names neither."""
    if request is None:
        return BOTH
    for wish in ",".join(request.headers.get_all("Accept-Language")).lower().split(","):
        for known in _KNOWN:
            if wish.strip().startswith(known):
                return (known,)
    return BOTH


def said_in(languages: Sequence[Language], key: str, /, **values: object) -> str:
    """A sentence in each of these languages, one behind the other."""
    with read_in(None):
        return _BETWEEN.join(text_in(each, key, **values) for each in languages)


_KNOWN: Final[tuple[Literal["zh"], Literal["en"]]] = ("zh", "en")
