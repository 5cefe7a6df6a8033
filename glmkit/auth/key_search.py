"""Where a key comes from, and where it may go. Asking for one is in ``key_prompt``.

Rules
- The first of these that is set counts: the argument; ``use_key()``; ``ZHIPU_API_KEY``,
  ``ZHIPUAI_API_KEY``, ``ZAI_API_KEY`` (for z.ai the last one first); a ``.env`` in this folder or a
  parent.
- A key that was found, not passed, goes only over TLS to the official hosts or to the address in
  ``ZHIPU_REALTIME_URL``: a notebook that names another address doesn't get it.
- ``.env`` is left alone where ``GLMKIT_TO=emulator``: what runs there must not depend on it.
- A bad key is an error that names its place; the next place is not tried.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from glmkit.auth import env_file
from glmkit.auth.credentials import Key, Token, credential
from glmkit.auth.masking import Secret
from glmkit.auth.platforms import BIGMODEL, PLATFORMS, Platform
from glmkit.environment.loopback import is_loopback
from glmkit.environment.saved_text import text_in
from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadFile, BadKey, NoKey
from glmkit.process_values import ProcessValue
from glmkit.texts import text

NAMES = BIGMODEL.names
LIVE_URL = BIGMODEL.url
OFFICIAL_HOSTS = tuple(each.host for each in PLATFORMS.values())
OWN_ADDRESS = "ZHIPU_REALTIME_URL"
ARGUMENT, KEPT = "api_key=", "use_key()"

_kept: ProcessValue[Found | None] = ProcessValue(lambda: None)  # by use_key()


@dataclass(frozen=True, slots=True)
class Found:
    """A key, or a token, and where it was found: ``api_key=``, ``use_key()``, a name, a path."""

    key: Key | Token
    where: str

    def key_for(self, url: str) -> Key | Token:
        """The key to send to ``url``. Raises NoKey where a found key may not go."""
        if self.where != ARGUMENT and not official(url):
            host = _split(url).hostname or url
            raise NoKey(text("auth.unofficial", where=self.where, host=host, own=OWN_ADDRESS))
        return self.key


def find_key(
    api_key: Key | Token | str | Secret | None = None,
    *,
    dotenv: bool | None = None,
    folder: Path | None = None,
    platform: Platform = BIGMODEL,
) -> Found | None:
    """The key to use and where it was found, or None. Raises BadKey for one that cannot be one.

    ``dotenv``: whether to look into ``.env``; None: unless ``GLMKIT_TO=emulator``. ``folder``:
    where to start looking for it, by default the current one. ``platform``: whose names come first.
    """
    if api_key is not None:
        api_key = Secret.of(api_key)
        return Found(credential(api_key), ARGUMENT)
    if _kept.value is not None:
        return _kept.value
    if dotenv is None:
        dotenv = os.environ.get("GLMKIT_TO") != "emulator"
    for secret, where in _places(folder or Path.cwd(), dotenv, platform.names):
        return Found(_key_at(secret, where), where)
    return None


def need_key(
    api_key: Key | Token | str | Secret | None = None,
    *,
    dotenv: bool | None = None,
    folder: Path | None = None,
    platform: Platform = BIGMODEL,
) -> Found:
    """As ``find_key``, but raises NoKey, which says how to get one and where it was looked for."""
    api_key = None if api_key is None else Secret.of(api_key)
    found = find_key(api_key, dotenv=dotenv, folder=folder, platform=platform)
    if found is None:
        names, page = ", ".join(platform.names), platform.keys_page
        raise NoKey(text("auth.none", names=names, page=page))
    return found


def keys_in(path: Path) -> list[Secret]:
    """The keys in a file, one a line, at least one; what follows a # is a note. Raises BadFile."""
    try:
        lines = text_in(path.read_bytes()).splitlines()
        found = [Secret(key) for line in lines for key in line.partition("#")[0].split()]
        why = "0 B"
    except (OSError, UnicodeDecodeError) as error:
        found, why = [], why_refused(error)
    if not found:
        raise BadFile(text("auth.bad_file", path=path, why=why))
    return found


def official(url: str) -> bool:
    """Whether a found key may go to ``url``: wss to an official host, or ZHIPU_REALTIME_URL."""
    parts = _split(url)
    if parts.username is not None or "\\" in url:
        return False  # readers of such addresses disagree about which part is the host
    if parts.scheme == "wss" and parts.hostname in OFFICIAL_HOSTS and _port(parts) == 443:
        return True
    address = os.environ.get(OWN_ADDRESS, "").strip()
    if not address:
        return False
    own = _split(address)
    # plain ws would carry the key across the network in the open
    safe = own.scheme == "wss" or (own.scheme == "ws" and is_loopback(own.hostname or ""))
    return safe and bool(own.hostname) and _target(own) == _target(parts)


def keep_key(key: Key) -> None:
    """Keeps a key in this process's memory, instead of one that was there."""
    _kept.value = Found(key, KEPT)


def forget_key() -> None:
    """Drops what ``use_key`` keeps; files and variables stay as they are."""
    _kept.forget()


def _places(folder: Path, dotenv: bool, names: tuple[str, ...]) -> Iterator[tuple[Secret, str]]:
    for name in names:
        if os.environ.get(name, "").strip():
            yield Secret.of(os.environ[name]), name
    if dotenv:
        for secret, path in env_file.secrets_near(folder, names):
            yield secret, str(path)


def _key_at(secret: Secret, where: str) -> Key:
    try:
        return Key.parse(secret)
    except BadKey as error:
        raise BadKey(text("auth.bad_at", where=where, why=error)) from None


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # a bad port is noticed on access
    except ValueError:
        return urlsplit("")
    return parts


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "wss" else 80)


def _target(parts: SplitResult) -> tuple[str, str | None, int]:
    return parts.scheme, parts.hostname, _port(parts)
