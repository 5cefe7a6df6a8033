"""The palette on a page: cards, the doctor's report and widgets take the same ground."""

from __future__ import annotations

import re
from collections.abc import Callable

from glmkit.cards.style_sheet import card_css
from glmkit.plots.drawing.page_colours import colours_of, grounds
from glmkit.plots.drawing.palette import THEMES, palette_of
from glmkit.widgets import assets
from tests.listed import check_each


def rules_of(sheet: str) -> list[tuple[list[str], str]]:
    """(selectors, declarations) of each rule, in order."""
    found = re.findall(r"([^{}]+)\{([^{}]*)\}", sheet)
    return [([where.strip() for where in rule.split(",")], body) for rule, body in found]


def said(sheet: str, page: str) -> str:
    """The ground that the last rule for a page gives."""
    [*_, last] = [b for rules, b in rules_of(sheet) if any(r.startswith(page) for r in rules)]
    return re.findall(r"--glmkit-ground:(#\w+);", last)[0]


STYLES: list[Callable[[], str]] = [card_css, assets.style]
PAGES = {
    '[data-jp-theme-light="true"] ': "light",
    '[data-jp-theme-light="false"] ': "dark",
    '[theme="dark"] ': "dark",
    '[data-theme="light"] ': "light",
    '[data-theme="dark"] ': "dark",
    ".vscode-light ": "light",
    ".vscode-dark ": "dark",
    ".vscode-high-contrast ": "dark",
    ".vscode-high-contrast-light ": "light",
}


def test_cards_and_widgets_read_a_page_alike() -> None:
    """Whatever says that a page is dark or light is known to both."""
    check_each(_reads_a_page, [(style, *page) for style in STYLES for page in PAGES.items()])


def _reads_a_page(style: Callable[[], str], page: str, theme: str) -> None:
    assert said(style(), page) == palette_of(theme).ground


def test_light_of_high_contrast_comes_after_dark() -> None:
    """VS Code names such a page by both; the light one counts."""
    whole = grounds(".x")
    assert whole.index(".vscode-high-contrast .x") < whole.index(".vscode-high-contrast-light .x")


def test_each_colour_is_set_on_every_ground() -> None:
    """Once for the system's dark, once for light and dark; and each that is used is set."""
    check_each(_sets_each_colour, [(style,) for style in STYLES])


def _sets_each_colour(style: Callable[[], str]) -> None:
    whole = style()
    names = {*colours_of(palette_of("light")), *THEMES}
    assert all(whole.count(f"--glmkit-{name}:") == 3 for name in names)
    used = set(re.findall(r"var\(--([\w-]+)\)", whole))
    assert used <= {*(f"glmkit-{name}" for name in names), "glm-font-size", "glm-small"}


def test_a_chosen_look_outweighs_the_page() -> None:
    """The attribute's selector names the element twice, a page's only once."""
    check_each(_outweighs, [(style, theme) for style in STYLES for theme in THEMES])


def _outweighs(style: Callable[[], str], theme: str) -> None:
    found = re.compile(rf'^(\.[\w-]+)\1\[data-glm-look~="{theme}"\]$')
    [body] = [b for rules, b in rules_of(style()) if any(map(found.match, rules))]
    assert f"--glmkit-ground:{palette_of(theme).ground};" in body


def test_the_cards_outweigh_a_notebooks_own_sheet() -> None:
    """Each rule for a common element names the card twice, and columns are as wide as words."""
    element = re.compile(r" (?:table|caption|tr|th|td|b|ul|li|code|pre|label)$")
    inner = [(where, body) for rule, body in rules_of(card_css()) for where in rule]
    common = [where for where, _ in inner if element.search(where)]
    assert len(common) >= 10
    assert all(where.startswith(".glm-card.glm-card") for where in common)
    [table] = [body for where, body in inner if where == ".glm-card.glm-card table"]
    assert "table-layout:auto" in table
