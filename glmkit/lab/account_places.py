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

from glmkit.aio import CLASS, find_address
from glmkit.auth.credentials import Key, Token, credential
from glmkit.auth.key_search import find_key
from glmkit.auth.masking import MaskedAddress, Secret
from glmkit.auth.platforms import PLATFORMS
from glmkit.auth.seat_line import has_key
from glmkit.auth.tokens import read_token
from glmkit.emulator.weights.models import cache_folder
from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadArgument, BadFile, GlmError
from glmkit.recordings.replay_settings import recording_at
from glmkit.session.address import Address, Link
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
    return BadFile(text("lab.places_folder", folder=folder, why=why_refused(error)))


def account_at(to: Any, api_key: Any) -> str:
    """Whose places a session takes that ``connect(to, api_key=…)`` opens; "" where it needs none.

    Starts nothing. What is wrong with address or key is left for ``connect`` to say.
    """
    with suppress(GlmError):
        address = _address(to, api_key)
        if address is not None and address.server is None:
            return _digest(address.peer, address.credential)
    return ""


def peer_at(to: Any, api_key: Any) -> str:
    """Whom ``connect(to, api_key=…)`` would speak with, with its switches, and by which network.

    Starts nothing: the kit's own emulator, a class and a recording are known by their names. Raises
    what ``connect`` would of an address or a key: BadArgument, BadFile, BadKey, NoKey.
    """
    place = _place(to, api_key)
    by_name = place in ("emulator", CLASS) or has_key(place) or recording_at(place) is not None
    address = None if by_name else find_address(place, _key(api_key))
    said = [place.shown] if address is None else [address.peer, address.switches]
    return " · ".join(filter(None, [*said, to.name if isinstance(to, Link) else ""]))


def _address(to: Any, api_key: Any) -> Address | None:
    """Where it leads, of the service or by its address; None for what starts when it is asked."""
    place = _place(to, api_key)
    known = place in PLATFORMS or "://" in place
    return find_address(place, _key(api_key)) if known else None


def _place(to: Any, api_key: Any) -> MaskedAddress:
    """As ``connect`` reads it: ``GLMKIT_TO``, else live where there is a key."""
    led = to.leads_to if isinstance(to, Link) else to
    if led is not None and not isinstance(led, str | os.PathLike):
        raise BadArgument(text("session.to", found=type(led).__name__))
    asked = os.environ.get("GLMKIT_TO") if led is None else os.fspath(led)
    return MaskedAddress(asked or ("emulator" if find_key(_key(api_key)) is None else "live"))


def _key(api_key: Any) -> Key | Token | None:
    return None if api_key is None else credential(Secret.of(api_key))


def _digest(peer: str, credential: Key | Token) -> str:
    known = credential.id if isinstance(credential, Key) else read_token(credential).claims
    return hashlib.sha256(f"{peer} {known}".encode()).hexdigest()[:16]
