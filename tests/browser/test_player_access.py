"""The player by touch and without eyes: what fingers do, and what a screen reader is told."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.conftest import Open
from tests.pictured import a_turn

CONTROLS = ("button", "slider", "combobox", "DisclosureTriangle", "region")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def page_of_a_turn() -> str:
    """A turn's player alone, as a notebook shows it."""
    shown = a_turn().listen()._repr_mimebundle_()["text/html"]
    return f"<!doctype html><meta charset=utf-8><body>{shown}"


# -- fingers ---------------------------------------------------------------------------------


class Fingers:
    """One or two fingers on the picture; ``x`` in pixels from its left."""

    def __init__(self, page: Any) -> None:
        self.page, self.cdp = page, page.context.new_cdp_session(page)
        box = page.locator(".glm-stage").bounding_box()
        self.left, self.y = box["x"], box["y"] + 90

    def touch(self, kind: str, *xs: float) -> None:
        points = [{"x": self.left + x, "y": self.y, "id": n} for n, x in enumerate(xs)]
        self.cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def slide(self, *ways: tuple[float, float]) -> None:
        """Each finger from one place to another, in ten steps."""
        self.touch("touchStart", *(begin for begin, _ in ways))
        for n in range(1, 11):
            self.touch("touchMove", *(begin + (end - begin) * n / 10 for begin, end in ways))
        self.touch("touchEnd")

    def second_at(self, x: float) -> float:
        """The second that a tap leads to."""
        self.touch("touchStart", x)
        self.touch("touchEnd")
        return self.second()

    def second(self) -> float:
        return float(self.page.locator(".glm-timeline").get_attribute("data-second"))


@pytest.mark.slow
def test_fingers_seek_pinch_and_pan(open_page: Open) -> None:
    """A tap seeks; two fingers that part zoom in where they are; one that slides takes the picture
    along; neither moves the playhead."""
    page = open_page(page_of_a_turn(), has_touch=True)
    fingers = Fingers(page)
    wide = fingers.second_at(500) - fingers.second_at(300)
    middle = fingers.second_at(400)
    fingers.slide((350, 300), (450, 500))
    assert fingers.second() == middle
    near = fingers.second_at(500) - fingers.second_at(300)
    assert near == pytest.approx(wide / 2, rel=0.02)
    assert fingers.second_at(400) == pytest.approx(middle, abs=near / 10)
    before = fingers.second_at(450)
    fingers.slide((450, 350))
    assert fingers.second() == before
    assert fingers.second_at(350) == pytest.approx(before, abs=near / 50)
    assert page.problems == []


# -- a screen reader -------------------------------------------------------------------------


def heard(page: Any) -> list[dict[str, Any]]:
    """What the browser tells a screen reader: role, name, value and properties of each part."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [
        {
            "role": node["role"]["value"],
            "name": node.get("name", {}).get("value", ""),
            "id": node["nodeId"],
            "inside": node.get("parentId"),
        }
        | {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
        for node in nodes
        if not node["ignored"]
    ]


def read_out(page: Any) -> str:
    """The words of the regions whose changes are read out."""
    return str(page.evaluate("document.querySelector('.glm-timeline [aria-live]').textContent"))


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_screen_reader_is_told_all_of_it(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    """Every control has a role and a name in the reader's language; a step by keyboard, and where
    the playhead is, are read out; a player that plays does not talk over itself."""
    monkeypatch.setenv("GLMKIT_LANG", lang)
    page = open_page(page_of_a_turn())
    page.locator("[data-second] .glm-stage[aria-valuetext]").focus()
    parts = heard(page)
    controls = [(each["role"], each["name"]) for each in parts if each["role"] in CONTROLS]
    assert len(controls) > 10
    assert [role for role, name in controls if not name] == []
    assert lang == "en" or [name for _, name in controls if not CHINESE.search(name)] == []
    [slider] = [each for each in parts if each["role"] == "slider"]
    assert slider["focused"]
    place = page.locator(".glm-stage").get_attribute("aria-valuetext")
    assert "3.50" in place  # which the protocol does not tell
    assert lang == "en" or CHINESE.search(place)
    assert "polite" in {each.get("live") for each in parts}
    page.keyboard.press("Shift+ArrowRight")
    assert "input_audio_buffer.append" in read_out(page)
    page.keyboard.press("End")
    assert "3.50" in read_out(page)
    page.keyboard.press("Home")
    page.keyboard.press(" ")
    page.wait_for_function("() => document.querySelector('.glm-timeline').dataset.second > 0")
    assert "polite" not in {each.get("live") for each in heard(page)}
    assert page.problems == []
