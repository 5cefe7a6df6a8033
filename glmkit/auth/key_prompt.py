"""``use_key()``: keeps a key, and asks for one where somebody can type it.

Rules
- First Colab's secrets are looked at, there; then a notebook asks with a password field, a
  terminal with getpass.
- Asking never blocks a run that nobody can type into: it says so and goes on.
- A key that was typed stays in no widget's state and in no history.
"""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from glmkit.auth import env_file
from glmkit.auth.credentials import KEYS_PAGE, Key
from glmkit.auth.key_search import NAMES, keep_key
from glmkit.auth.masking import Secret
from glmkit.environment import in_kernel, nobody_types
from glmkit.environment.features import needs
from glmkit.errors import BadKey
from glmkit.texts import text


@dataclass(frozen=True, slots=True, repr=False)
class KeyNote:
    """What ``use_key`` did, in a sentence; true if a key is kept."""

    kept: bool
    sentence: str

    def __bool__(self) -> bool:
        return self.kept

    def __repr__(self) -> str:
        return self.sentence


def use_key(key: Key | str | Secret | None = None, *, save: bool = False) -> KeyNote | None:
    """Keep your API key in memory; asks for it if not given.

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
        return _keep(Secret.of(getpass.getpass(text("auth.prompt", page=KEYS_PAGE))), save=save)
    return KeyNote(False, text("auth.not_asked", names=", ".join(NAMES)))


def key_field(keep: Callable[[Secret], str]) -> Any:
    """A password field with a button (an ipywidgets box); ``keep`` gets the key, answers in words.

    The field is emptied before anything else, so that no key stays in the widget's state, which
    is saved with notebooks.
    """
    needs("key_field")
    import ipywidgets as widgets

    field = widgets.Password(placeholder="id.secret", continuous_update=False)
    field.layout.width = "32em"
    button = widgets.Button(description=text("auth.button"), button_style="primary")
    words = widgets.Label(text("auth.field", page=KEYS_PAGE))

    def submit(_: object) -> None:
        entered = Secret.of(field.value)
        field.value = ""
        try:
            words.value = keep(entered)
        except (BadKey, OSError) as error:
            words.value = str(error)

    button.on_click(submit)
    return widgets.VBox([widgets.HBox([field, button]), words])


def _keep(secret: Secret, *, save: bool) -> KeyNote:
    key = Key.parse(secret)
    keep_key(key)
    if not save:
        return KeyNote(True, text("auth.kept", key=key))
    path = Path.cwd() / ".env"
    ignored = env_file.save(path, NAMES[0], key)
    sentence = text("auth.saved", key=key, path=path)
    return KeyNote(True, sentence + (text("auth.ignored", path=ignored) if ignored else ""))


def _way_to_ask() -> Literal["field", "terminal", "nothing"]:
    if nobody_types():
        return "nothing"
    return "field" if in_kernel() else "terminal"


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
