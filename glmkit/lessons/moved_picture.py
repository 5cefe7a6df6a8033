"""A picture that follows its controls: what the hands of the lessons are made of.

Rules
- Each move draws the picture anew, as a PNG in an image widget: wherever ipywidgets are shown, it
  is, and every control is reached and moved by the keyboard.
- Below it a line says in words what the picture shows, or what is waited for.
- Where no widget is shown, in an export, on GitHub or on a page that was saved, there is a still.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from glmkit.environment.features import needs
from glmkit.errors import GlmError
from glmkit.widgets.exported_still import Still

_NAME_WIDTH: Final = "13em"
_WIDTH: Final = "36em"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture, the bytes of a PNG file, and what it shows in a sentence."""

    png: bytes
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A control: its ``name`` beside it, what can be chosen as (words, value), where it begins.

    ``slides``: in an order that means something, so it is a slider, else a list.
    """

    name: str
    options: Sequence[tuple[str, Any]]
    begin: Any
    slides: bool = True


class MovedPicture:
    """A picture below its controls; a cell shows it.

    ``draw``: makes a ``Drawn`` of one value for each control, by its name. What it raises of the
    kit's own errors is said in the line below, and the picture stays.
    """

    def __init__(self, draw: Callable[..., Drawn], controls: Mapping[str, Choice]) -> None:
        needs("hands")
        import ipywidgets as widgets

        self._draw = draw
        self._controls = {name: _control(each) for name, each in controls.items()}
        self.drawn = self._draw(**self.values)
        self._image = widgets.Image(value=self.drawn.png, format="png")
        self._image.layout.max_width = "100%"
        self._line = widgets.HTML()
        self.say(self.drawn.words)
        self._box = widgets.VBox([*self._controls.values(), self._image, self._line])
        self._still = Still(self._box)
        self._still.png = self.drawn.png
        for control in self._controls.values():
            control.observe(self._moved, names="value")

    @property
    def values(self) -> dict[str, Any]:
        """What is chosen now, by the controls' names."""
        return {name: control.value for name, control in self._controls.items()}

    @property
    def words(self) -> str:
        """What stands below the picture."""
        return str(self._line.value)

    def move(self, **values: Any) -> None:
        """Move controls, as a person would; one after the other."""
        for name, value in values.items():
            self._controls[name].value = value

    def say(self, words: str) -> None:
        """Put words below the picture."""
        from glmkit.cards.frame import safe

        self._line.value = safe(words)

    def _moved(self, _: object) -> None:
        try:
            self.drawn = self._draw(**self.values)
        except GlmError as error:
            self.say(str(error))
            return
        self._image.value = self.drawn.png
        self.say(self.drawn.words)
        self._still.change(self.drawn.png)

    def __repr__(self) -> str:
        return self.drawn.words

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display({**self._box._repr_mimebundle_(), "text/plain": repr(self)}, raw=True)  # type: ignore[no-untyped-call]
        self._still.display()


def _control(choice: Choice) -> Any:
    """The widget of a choice; a slider tells where it was let go, not each step on the way."""
    import ipywidgets as widgets

    options = {"options": list(choice.options), "value": choice.begin, "description": choice.name}
    if choice.slides:
        made: Any = widgets.SelectionSlider(continuous_update=False, **options)
    else:
        made = widgets.Dropdown(**options)
    made.style.description_width, made.layout.width = _NAME_WIDTH, _WIDTH
    made.layout.max_width = "100%"
    return made
