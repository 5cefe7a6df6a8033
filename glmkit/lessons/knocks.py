"""``glm.lessons.knock``: whether the emulator's door opens for a key or a token.

What comes back is a value, not an error, so that several can be tried one after another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from glmkit.auth.credentials import Key, Token
from glmkit.auth.masking import Secret
from glmkit.errors import BadKey, BadToken, Refused
from glmkit.session.blocking.blocking_session import connect
from glmkit.texts import text

_OPENED: Final = 101  # HTTP: switching protocols, to the WebSocket


@dataclass(frozen=True, slots=True, repr=False)
class DoorAnswer:
    """What came of a knock.

    ``status``: HTTP's, 101 where the WebSocket was opened, None where nothing was sent; ``code``:
    the service's own, of a refusal; ``words``: what was found and what to do, "" where it opened.
    """

    status: int | None
    code: str | None = None
    words: str = ""

    def __repr__(self) -> str:
        if self.status is None:
            return text("lessons.knock_unsent")
        if self.status == _OPENED:
            return text("lessons.knock_opened", status=self.status)
        return text("lessons.knock_refused", status=self.status, code=self.code)


def knock(credential: Key | Token | Secret | str, *, timeout: float = 15) -> DoorAnswer:
    """Whether the emulator lets a key or a token in.

    It connects and closes again. ``timeout``: seconds. A key is made into a token first, as
    ``connect`` does. A refusal and what can be no key are answers; whatever else fails raises, as
    ``connect`` does.
    """
    try:
        connect("emulator", api_key=credential, timeout=timeout).close()
    except Refused as refused:
        return DoorAnswer(refused.status, refused.code, str(refused))
    except (BadKey, BadToken) as error:
        return DoorAnswer(None, None, str(error))
    return DoorAnswer(_OPENED)
