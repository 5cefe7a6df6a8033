"""Where a key comes from, where it may go, and asking for one.

Rules
- The first of these that is set counts: the argument; ``use_key()``; ``ZHIPU_API_KEY``,
  ``ZHIPUAI_API_KEY``, ``ZAI_API_KEY``; a ``.env`` in this folder or a parent.
- A key that was found, not passed, goes only over TLS to the official hosts or to the address in
  ``ZHIPU_REALTIME_URL``: a notebook that names another address doesn't get it.
- ``.env`` is left alone where ``GLMKIT_TO=emulator``: what runs there must not depend on it.
- A bad key is an error that names its place; the next place is not tried.
- Asking never blocks a run that nobody can type into.
"""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal
from urllib.parse import SplitResult, urlsplit

from glmkit import envfile
from glmkit.auth import Key, Token, credential
from glmkit.credentials import KEYS_PAGE
from glmkit.errors import BadFile, BadKey, NoKey
from glmkit.masking import Secret
from glmkit.texts import text

NAMES = ("ZHIPU_API_KEY", "ZHIPUAI_API_KEY", "ZAI_API_KEY")
LIVE_URL = "wss://open.bigmodel.cn/api/paas/v4/realtime"  # documented
OFFICIAL_HOSTS = ("open.bigmodel.cn", "api.z.ai")
OWN_ADDRESS = "ZHIPU_REALTIME_URL"
ARGUMENT, KEPT = "api_key=", "use_key()"

_kept: list[Found] = []  # what use_key() keeps: none or one


@dataclass(frozen=True, slots=True)
class Found:
    """A key, or a token, and where it was found: ``api_key=``, ``use_key()``, a name, a path."""

    key: Key | Token
    where: str

    def key_for(self, url: str) -> Key | Token:
        """The key to send to ``url``. Raises NoKey where a found key may not go."""
        if self.where != ARGUMENT and not official(url):
            host = _split(url).hostname or url
            raise NoKey(text("keys.unofficial", where=self.where, host=host, own=OWN_ADDRESS))
        return self.key


@dataclass(frozen=True, slots=True, repr=False)
class KeyNote:
    """What ``use_key`` did, in a sentence; true if a key is kept."""

    kept: bool
    sentence: str

    def __bool__(self) -> bool:
        return self.kept

    def __repr__(self) -> str:
        return self.sentence


def find_key(
    api_key: Key | Token | str | Secret | None = None,
    *,
    dotenv: bool | None = None,
    folder: Path | None = None,
) -> Found | None:
    """The key to use and where it was found, or None. Raises BadKey for one that cannot be one.

    ``dotenv``: whether to look into ``.env``; None: unless ``GLMKIT_TO=emulator``. ``folder``:
    where to start looking for it, by default the current one.
    """
    if api_key is not None:
        api_key = Secret.of(api_key)
        return Found(credential(api_key), ARGUMENT)
    if _kept:
        return _kept[0]
    if dotenv is None:
        dotenv = os.environ.get("GLMKIT_TO") != "emulator"
    for secret, where in _places(folder or Path.cwd(), dotenv):
        return Found(_key_at(secret, where), where)
    return None


def need_key(
    api_key: Key | Token | str | Secret | None = None,
    *,
    dotenv: bool | None = None,
    folder: Path | None = None,
) -> Found:
    """As ``find_key``, but raises NoKey, which says how to get one and where it was looked for."""
    api_key = None if api_key is None else Secret.of(api_key)
    found = find_key(api_key, dotenv=dotenv, folder=folder)
    if found is None:
        raise NoKey(text("keys.none", names=", ".join(NAMES), page=KEYS_PAGE))
    return found


def keys_in(path: Path) -> list[Secret]:
    """The keys in a file, one a line, at least one. Raises BadFile."""
    try:
        found = [Secret(line) for line in path.read_text(encoding="utf-8-sig").split()]
        why = "0 B"
    except (OSError, UnicodeDecodeError) as error:
        found, why = [], getattr(error, "strerror", None) or type(error).__name__
    if not found:
        raise BadFile(text("keys.bad_file", path=path, why=why))
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
    safe = own.scheme == "wss" or (own.scheme == "ws" and _loopback(own.hostname or ""))
    return safe and bool(own.hostname) and _target(own) == _target(parts)


def use_key(key: Key | str | Secret | None = None, *, save: bool = False) -> KeyNote | None:
    """Keeps a key in this process's memory, asking for it if none is given.

    Asks with a password field in a notebook (then returns None), with getpass in a terminal, and
    first with Colab's secrets there; where nobody can type, it asks nothing and says so.
    ``save=True`` also writes it to ``.env`` in the current folder. Raises BadKey.
    """
    key = None if key is None else Secret.of(key)
    if key is None:
        key = _colab_secret()
    if key is not None:
        return _keep(key, save=save)
    way = _way_to_ask()
    if way == "field":
        _show_field(save=save)
        return None
    if way == "terminal":
        return _keep(Secret.of(getpass.getpass(text("keys.prompt", page=KEYS_PAGE))), save=save)
    return KeyNote(False, text("keys.not_asked", names=", ".join(NAMES)))


def forget_key() -> None:
    """Drops what ``use_key`` keeps; files and variables stay as they are."""
    _kept.clear()


def key_field(keep: Callable[[Secret], str]) -> Any:
    """A password field with a button (an ipywidgets box); ``keep`` gets the key, answers in words.

    The field is emptied before anything else, so that no key stays in the widget's state, which
    is saved with notebooks.
    """
    import ipywidgets as widgets

    field = widgets.Password(placeholder="id.secret", continuous_update=False)
    field.layout.width = "32em"
    button = widgets.Button(description=text("keys.button"), button_style="primary")
    words = widgets.Label(text("keys.field", page=KEYS_PAGE))

    def submit(_: object) -> None:
        entered = Secret.of(field.value)
        field.value = ""
        try:
            words.value = keep(entered)
        except (BadKey, OSError) as error:
            words.value = str(error)

    button.on_click(submit)
    return widgets.VBox([widgets.HBox([field, button]), words])


def _places(folder: Path, dotenv: bool) -> Iterator[tuple[Secret, str]]:
    for name in NAMES:
        if os.environ.get(name, "").strip():
            yield Secret.of(os.environ[name]), name
    if dotenv:
        for secret, path in envfile.secrets_near(folder, NAMES):
            yield secret, str(path)


def _key_at(secret: Secret, where: str) -> Key:
    try:
        return Key.parse(secret)
    except BadKey as error:
        raise BadKey(text("keys.bad_at", where=where, why=error)) from None


def _keep(secret: Secret, *, save: bool) -> KeyNote:
    key = Key.parse(secret)
    _kept[:] = [Found(key, KEPT)]
    if not save:
        return KeyNote(True, text("keys.kept", key=key))
    path = Path.cwd() / ".env"
    ignored = envfile.save(path, NAMES[0], key)
    sentence = text("keys.saved", key=key, path=path)
    return KeyNote(True, sentence + (text("keys.ignored", path=ignored) if ignored else ""))


def _way_to_ask() -> Literal["field", "terminal", "nothing"]:
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    kernel = getattr(shell, "kernel", None)
    if kernel is not None:
        # what runs a notebook unattended tells its kernel that there is nobody to answer
        return "field" if getattr(kernel, "_allow_stdin", True) else "nothing"
    return "terminal" if sys.stdin is not None and sys.stdin.isatty() else "nothing"


def _show_field(*, save: bool) -> None:
    from IPython.display import display

    display(key_field(lambda secret: _keep(secret, save=save).sentence))  # type: ignore[no-untyped-call]


def _colab_secret() -> Secret | None:
    if "google.colab" not in sys.modules:
        return None
    from google.colab import userdata

    names = ("SecretNotFoundError", "NotebookAccessError", "TimeoutException")
    absent = tuple(getattr(userdata, name) for name in names if hasattr(userdata, name))
    for name in NAMES:
        with suppress(*absent):
            return Secret.of(userdata.get(name))
    return None


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


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
