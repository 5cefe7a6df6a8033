"""An account's places: so many runs at once on this machine, of all its threads and processes.

Rules
- The service lets an account have so many requests in flight: 5 at V0 (documented; whether an open
  and silent session counts is not said). One more is answered with 1302. So a run takes a place
  before it begins, and holds it to its end.
- A place is a lock on a file, which the system takes back where its holder dies.
- An account is its key's id, known here by a digest. The kit's own emulator and recordings need no
  place; any other address does, for the account may stand behind it.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from glmkit.aio import find_address
from glmkit.auth.credentials import Key, Token, credential
from glmkit.auth.key_search import find_key
from glmkit.auth.masking import MaskedAddress, Secret
from glmkit.auth.platforms import PLATFORMS
from glmkit.auth.tokens import read_token
from glmkit.emulator.weights.models import cache_folder
from glmkit.errors import BadFile, GlmError
from glmkit.session.address import Link
from glmkit.texts import text

if TYPE_CHECKING:
    from filelock import BaseFileLock

LIMIT: Final = 5  # at V0, by which accounts begin


def free_place(account: str, limit: int) -> BaseFileLock | None:
    """A place of ``account``, to be released; None where all of them are taken. Raises BadFile."""
    from filelock import FileLock, Timeout

    folder = _folder(account)
    for number in range(limit):
        place = FileLock(folder / f"{number}.lock", timeout=0, thread_local=False)
        try:
            place.acquire()
        except Timeout:
            continue
        except OSError as error:
            raise _unwritable(folder, error) from error
        return place
    return None


def _folder(account: str) -> Path:
    folder = cache_folder().parent / "places" / account
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error
    return folder


def _unwritable(folder: Path, error: OSError) -> BadFile:
    return BadFile(text("lab.places_folder", folder=folder, why=error.strerror or error))


def account_at(to: Any, api_key: Any) -> str:
    """Whose places a session takes that ``connect(to, api_key=…)`` opens; "" where it needs none.

    Starts nothing. What is wrong with address or key is left for ``connect`` to say.
    """
    hidden = None if api_key is None else Secret.of(api_key)
    with suppress(GlmError):
        return _account(to.leads_to if isinstance(to, Link) else to, hidden)
    return ""


def _account(to: Any, api_key: Secret | None) -> str:
    key = None if api_key is None else credential(api_key)
    place = MaskedAddress.of(os.environ.get("GLMKIT_TO") or None if to is None else os.fspath(to))
    if place is None:
        place = "emulator" if find_key(key) is None else "live"
    if place == "emulator" or not (place in PLATFORMS or "://" in place):
        return ""
    address = find_address(place, key)
    return "" if address.server is not None else _digest(address.peer, address.credential)


def _digest(peer: str, credential: Key | Token) -> str:
    known = credential.id if isinstance(credential, Key) else read_token(credential).claims
    return hashlib.sha256(f"{peer} {known}".encode()).hexdigest()[:16]
