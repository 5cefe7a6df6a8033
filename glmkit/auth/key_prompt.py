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
from glmkit.auth.seat_line import NAME as SEAT_NAME
from glmkit.auth.seat_line import SeatLine, find_line, keep_line, need_line
from glmkit.environment.features import needs
from glmkit.environment.kernel import in_kernel, nobody_types
from glmkit.errors import BadKey, NoKey
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


def join(line: str | Secret | None = None, *, save: bool = False) -> KeyNote | None:
    """Take a class's seat, by your slip's line; asks if not given.

    Asks as ``use_key`` does. Then ``glm.connect("class")`` leads there. ``save=True`` also writes
    it to ``.env`` in the current folder: not on a computer that others use. Raises BadKey.
    """
    line = None if line is None else Secret.of(line)
    if line is not None:
        return KeyNote(True, keep_line(SeatLine.parse(line), save=save))
    way = _way_to_ask()
    if way == "field":
        _show(seat_field(save=save))
        return None
    if way == "terminal":
        asked = Secret.of(getpass.getpass(text("auth.seat_prompt")))
        return KeyNote(True, keep_line(SeatLine.parse(asked), save=save))
    return KeyNote(False, text("auth.seat_none", name=SEAT_NAME))


def asked_line() -> SeatLine:
    """The line of a seat, asked for where somebody can type it and none is known.

    Raises NoKey where it is still to be typed, or nobody can.
    """
    found = find_line()
    if found is None and not nobody_types() and join() is None:
        raise NoKey(text("auth.seat_asked"))
    return need_line()


def seat_field(*, save: bool = False) -> Any:
    """A password field for the line of a slip (an ipywidgets box)."""
    words = {"hint": "ws://…", "button": text("auth.seat_button"), "about": text("auth.seat_field")}
    return _field(lambda given: keep_line(SeatLine.parse(given), save=save), **words)


def key_field(keep: Callable[[Secret], str]) -> Any:
    """A password field with a button (ipywidgets); ``keep`` gets the key, and answers in words."""
    about = text("auth.field", page=KEYS_PAGE)
    return _field(keep, hint="id.secret", button=text("auth.button"), about=about)


def _field(keep: Callable[[Secret], str], *, hint: str, button: str, about: str) -> Any:
    """A password field for a secret.

    The field is emptied before anything else, so that no key stays in the widget's state, which
    is saved with notebooks.
    """
    needs("key_field")
    import ipywidgets as widgets

    field = widgets.Password(placeholder=hint, continuous_update=False)
    field.layout.width = "32em"
    press = widgets.Button(description=button, button_style="primary")
    words = widgets.Label(about)

    def submit(_: object) -> None:
        entered = Secret.of(field.value)
        field.value = ""
        try:
            words.value = keep(entered)
        except (BadKey, OSError) as error:
            words.value = str(error)

    press.on_click(submit)
    return widgets.VBox([widgets.HBox([field, press]), words])


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
    _show(key_field(lambda secret: _keep(secret, save=save).sentence))


def _show(box: Any) -> None:
    from IPython.display import display

    display(box)  # type: ignore[no-untyped-call]


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
