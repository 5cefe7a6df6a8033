"""``SeatLine``: the one line of a class's slip, which holds an address and a seat's key.

::

    ws://seat-07.k3m…q@192.168.1.5:8765

Rules
- The key stands where addresses have a user, so that whatever shows an address masks it.
- It is found in this order: the argument, ``glm.join()``, ``GLMKIT_CLASS`` in the environment or in
  a ``.env`` here or in a parent folder. Nothing is written unless ``save=True`` asks for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from glmkit.auth import env_file
from glmkit.auth.credentials import Key, key_fault
from glmkit.auth.masking import CUT, Secret
from glmkit.auth.platforms import BIGMODEL
from glmkit.errors import BadKey, NoKey
from glmkit.process_values import ProcessValue
from glmkit.texts import text

NAME: Final = "GLMKIT_CLASS"
_PATH: Final = urlsplit(BIGMODEL.url).path
_kept: ProcessValue[SeatLine | None] = ProcessValue(lambda: None)  # by glm.join()


class Place(NamedTuple):
    """Where a class is, and the key of a seat there."""

    url: str
    key: Key


class SeatLine(Secret):
    """A line that leads to a seat; ``place()`` takes it apart."""

    __slots__ = ()

    @classmethod
    def parse(cls, value: Any) -> SeatLine:
        """What was pasted, as a line. Raises BadKey that says what is wrong, without showing it."""
        value = Secret.of(value)
        line = value if isinstance(value, SeatLine) else cls(_bare(value).reveal())
        line.place()
        return line

    @classmethod
    def joined(cls, address: str, key: Key) -> SeatLine:
        """The line for a class at ``ws://host:port`` and a key there."""
        scheme, _, host = address.partition("://")
        return cls(f"{scheme}://{key.reveal()}@{host}")

    def place(self) -> Place:
        """Address and key. Raises BadKey."""
        found = _apart(self)
        if found is None:
            raise BadKey(text("auth.seat_line"))
        scheme, key, host = found
        if key_fault(key):
            raise BadKey(text("auth.seat_line"))
        return Place(f"{scheme}://{host}{_PATH}", Key.parse(key))

    def __repr__(self) -> str:
        found = _apart(self)
        return f"<SeatLine {CUT}@{found[2]}>" if found else f"<SeatLine {CUT}>"

    __str__ = __repr__


def has_key(address: str) -> bool:
    """Whether an address holds a key where it could name a user."""
    return _apart(Secret.of(address)) is not None


def keep_line(line: SeatLine, *, save: bool = False) -> str:
    """Keep a line in this process's memory; what was done, in words. Raises BadKey."""
    line = SeatLine.parse(line)
    _kept.value = line
    if not save:
        return text("auth.seat_kept", seat=line)
    path = Path.cwd() / ".env"
    ignored = env_file.save(path, NAME, line)
    words = text("auth.seat_saved", seat=line, path=path)
    return words + (text("auth.ignored", path=ignored) if ignored else "")


def find_line(given: Any = None) -> SeatLine | None:
    """The line to use, or None. Raises BadKey for one that cannot be one."""
    if given is not None:
        given = Secret.of(given)
        return SeatLine.parse(given)
    if _kept.value is not None:
        return _kept.value
    return next((SeatLine.parse(each) for each in _places()), None)


def need_line(given: Any = None) -> SeatLine:
    """As ``find_line``, but raises NoKey, which says how to give one."""
    given = None if given is None else Secret.of(given)
    found = find_line(given)
    if found is None:
        raise NoKey(text("auth.seat_none", name=NAME))
    return found


def _places() -> Iterator[Secret]:
    if os.environ.get(NAME, "").strip():
        yield Secret.of(os.environ[NAME])
    if os.environ.get("GLMKIT_TO") != "emulator":
        yield from (secret for secret, _ in env_file.secrets_near(Path.cwd(), (NAME,)))


def _bare(value: Secret) -> Secret:
    """Without what comes along when a line is copied: blanks, quotes, brackets."""
    return Secret(value.reveal().strip().strip("'\"`“”‘’<>（）()，。,;").strip())


def _apart(value: Secret) -> tuple[str, Secret, str] | None:
    """Scheme, key and host with port, or None where it is no such line."""
    try:
        parts = urlsplit(value.reveal())
        port = parts.port
    except ValueError:
        return None
    user, _, host = parts.netloc.rpartition("@")
    if (
        parts.scheme not in ("ws", "wss")
        or user.count(".") != 1
        or ":" in user
        or not parts.hostname
    ):
        return None
    return None if port == 0 else (parts.scheme, Secret(user), host)
