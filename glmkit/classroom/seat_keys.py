"""The keys of seats, in a file beside the roster: a class that starts again has the same ones.

Rules
- A seat's key has the service's own form, ``id.secret``: every client signs with it as ever. The
  id can be read (``seat-07``), the secret has 89 bits and no letters that look alike.
- A token is signed with the secret, so whoever checks tokens must have it: no hash would do. The
  file is readable by its owner only (on Windows by whom the folder's rights allow).
- A seat that is given to somebody else gets another secret; its id, by which it is counted, stays.
- A pupil is known again by the number; who is gone from the roster keeps a key nobody lets in.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from glmkit.auth.credentials import Key
from glmkit.auth.masking import Secret
from glmkit.classroom.roster import Pupil
from glmkit.environment.system_refusals import why_refused
from glmkit.environment.whole_files import whole_file
from glmkit.errors import BadFile, BadKey
from glmkit.texts import text

FILE: Final = "seats.json"
_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_LETTERS: Final = 18  # log2(31) · 18 = 89 bits
_PLAIN: Final = re.compile(r"[A-Za-z0-9]{1,20}")


def keys_of_seats(folder: Path, pupils: Sequence[Pupil]) -> dict[Pupil, Key]:
    """Each pupil's key: the one of before, or a new one. Raises BadFile."""
    path = folder / FILE
    known = _read(path)
    taken = {key.id for key in known.values()}
    found: dict[Pupil, Key] = {}
    for place, pupil in enumerate(pupils, 1):
        key = known.get(pupil.number) or _new_key(pupil, place, taken)
        taken.add(key.id)
        found[pupil] = key
    _keep(path, known | {pupil.number: key for pupil, key in found.items()}, pupils)
    return found


def renewed_key(folder: Path, pupils: Sequence[Pupil], of: Pupil) -> Key:
    """Another key for the seat of one of ``pupils``, in the file already. Raises BadFile."""
    path = folder / FILE
    known = _read(path)
    key = _key_called(known[of.number].id)
    _keep(path, known | {of.number: key}, pupils)
    return key


def _keep(path: Path, keys: Mapping[str, Key], pupils: Sequence[Pupil]) -> None:
    names = {pupil.number: pupil.name for pupil in pupils}
    write_private(path, Secret(_written(keys, names)))


def write_private(path: Path, content: Secret) -> None:
    """Write a file that only its owner may read, whole or not at all. Raises BadFile."""
    content = Secret.of(content)
    with whole_file(path, refused="classroom.unwritten", private=True) as beside:
        beside.write_text(content.reveal(), encoding="utf-8", newline="\n")


def _new_key(pupil: Pupil, place: int, taken: set[str]) -> Key:
    name = f"seat-{pupil.number if _PLAIN.fullmatch(pupil.number) else f'n{place}'}"
    while name in taken:
        name += "x"
    return _key_called(name)


def _key_called(name: str) -> Key:
    secret = "".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS))
    return Key(Secret(f"{name}.{secret}"))


def _written(keys: Mapping[str, Key], names: Mapping[str, str]) -> str:
    seats = [
        {"number": number, "name": names.get(number, ""), "key": key.reveal()}
        for number, key in keys.items()
    ]
    return json.dumps({"format": 1, "seats": seats}, ensure_ascii=False, indent=1) + "\n"


def _read(path: Path) -> dict[str, Key]:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise BadFile(text("classroom.seats_unread", path=path, why=why_refused(error))) from error
    try:
        return dict(map(_entry, json.loads(raw)["seats"]))
    except (ValueError, KeyError, TypeError, BadKey, RecursionError):
        why = text("classroom.seats_form")
    raise BadFile(text("classroom.seats_unread", path=path, why=why))


def _entry(seat: Any) -> tuple[str, Key]:
    return str(seat["number"]), Key(Secret.of(seat["key"]))
