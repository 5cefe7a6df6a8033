"""``glm.look``: the one switch for how figures, cards, players and widgets are shown.

Rules
- A look is at most one theme and one size. The theme is a ground and its inks; the size is how
  large letters and lines are beside the picture or page they stand on.
- What a call names counts: ``theme="dark"`` for one figure. Then what ``glm.look`` was told, then
  ``GLMKIT_LOOK``, then what JupyterLab's settings say (``jupyter_settings``), then light.
- Cards and widgets stand in a page that may change its theme after they were made. With a theme
  chosen they keep it; with none they follow the page.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeVar, get_args

from glmkit.environment.jupyter_settings import notebook_theme
from glmkit.errors import BadArgument
from glmkit.process_values import ProcessValue
from glmkit.texts import text

T = TypeVar("T", bound=str)
Theme = Literal["light", "dark"]
Size = Literal["projector", "narrow"]
THEMES: Final[tuple[Theme, ...]] = get_args(Theme)
SIZES: Final[tuple[Size, ...]] = get_args(Size)
DEFAULT: Final = "auto"
VARIABLE: Final = "GLMKIT_LOOK"
_BETWEEN: Final = re.compile(r"[\s,，、+]+")


@dataclass(frozen=True, slots=True, repr=False)
class ChosenLook:
    """What was chosen; None where the default is left: the page's theme, the usual size."""

    size: Size | None = None
    theme: Theme | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The looks it is made of, as ``glm.look`` and ``GLMKIT_LOOK`` take them."""
        return tuple(word for word in (self.size, self.theme) if word)

    @property
    def attribute(self) -> str:
        """The same for an element of a page; empty for the default."""
        return " ".join(self.words)

    def __repr__(self) -> str:
        return f"glm.look({', '.join(map(repr, self.words or (DEFAULT,)))})"


def look(*looks: str | None) -> ChosenLook:
    """How figures, cards, players and widgets are shown: choose, or ask.

    ``"projector"``: letters twice as large beside the picture, thicker lines, fewer ticks, for
    the back row at 1280 × 720. ``"narrow"``: figures for a column of 700 pixels. ``"dark"``,
    ``"light"``: that ground on any page. ``"auto"`` or None: the default again. At most one size
    and one theme together; what is not named is the default. Without arguments nothing changes.
    It counts for what is made from then on; ``GLMKIT_LOOK=projector,dark`` sets the default.

    By default cards and widgets follow the page they are on, and change with it (JupyterLab,
    Notebook 7, VS Code, documentation; else the reader's system). A figure is a picture with its
    own ground, made before its page is known: dark where this kernel runs below Jupyter Server
    and JupyterLab's own settings name a dark theme, else light. Not known, and so light: VS
    Code, Colab, a theme that follows the system or that an administrator set for all.

    Raises BadArgument, also (once) for a wrong ``GLMKIT_LOOK``.

    >>> glm.look("projector", "dark")
    glm.look('projector', 'dark')
    """
    if looks:
        found = _chosen_from(looks, "look()")
        if found.words:
            _choice.value = found
        else:
            _choice.forget()
    return chosen_look()


def chosen_look() -> ChosenLook:
    """What ``look`` was told, or ``GLMKIT_LOOK``; a wrong one is an error once, then nothing."""
    try:
        return _choice.value
    except BadArgument:
        _choice.value = ChosenLook()
        raise


def theme_of_figures() -> Theme:
    """The theme of a figure that names none."""
    return chosen_look().theme or notebook_theme() or "light"


def _from_environment() -> ChosenLook:
    return _chosen_from([os.environ.get(VARIABLE, "").strip() or None], VARIABLE)


_choice: Final = ProcessValue(_from_environment)


def _chosen_from(looks: Iterable[object], source: str) -> ChosenLook:
    """Raises BadArgument for what is no look, and for two that exclude each other."""
    words = [word for each in looks for word in _words_of(each, source)]
    return ChosenLook(
        size=_the_one(words, SIZES, source),
        theme=_the_one(words, THEMES, source),
    )


def _words_of(given: object, source: str) -> list[str]:
    if given is None:
        return []
    known = (*SIZES, *THEMES, DEFAULT)
    words = _BETWEEN.split(given.strip().lower()) if isinstance(given, str) else []
    if not words or any(word not in known for word in words):
        raise BadArgument(text("plots.look", source=source, found=given, known=", ".join(known)))
    return words


def _the_one(words: Collection[str], kind: tuple[T, ...], source: str) -> T | None:
    found = [each for each in kind if each in words]
    if len(found) > 1:
        raise BadArgument(text("plots.looks", source=source, found=" + ".join(found)))
    return found[0] if found else None
