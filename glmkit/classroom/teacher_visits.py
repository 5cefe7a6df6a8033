"""Browsers that gave the teacher's password: each has a cookie, and a token for what it decides.

Rules
- The cookie lets in to look; whatever changes something brings the token, too, which only the page
  itself can read. So no other page can decide anything in the teacher's name.
- A visit lasts ``LASTS`` seconds from the password on. At most ``MOST`` are open, the oldest goes.

Pure: no clock; the moment is passed in, in seconds.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

from glmkit.auth.masking import Secret, remember

LASTS: Final = 12 * 3600.0
MOST: Final = 8
_BYTES: Final = 24


@dataclass(frozen=True, slots=True)
class Visit:
    """``cookie`` is the browser's, ``token`` the page's."""

    cookie: Secret
    token: Secret
    began: float


class TeacherVisits:
    """The visits of one class."""

    def __init__(self) -> None:
        self._visits: list[Visit] = []

    def begin(self, *, now: float) -> Visit:
        """A new visit."""
        visit = Visit(_made(), _made(), now)
        self._visits = [*self._visits, visit][-MOST:]
        return visit

    def find(self, cookie: Secret, *, now: float) -> Visit | None:
        """The visit of a cookie, if it lasts still."""
        self._visits = [each for each in self._visits if now - each.began < LASTS]
        return next((each for each in self._visits if each.cookie == cookie), None)

    def end(self, visit: Visit) -> None:
        """The teacher has left."""
        self._visits = [each for each in self._visits if each is not visit]

    def __len__(self) -> int:
        return len(self._visits)


def _made() -> Secret:
    secret = Secret(secrets.token_urlsafe(_BYTES))
    remember(secret)
    return secret
