"""Cards in a real browser: no script of others runs, every word can be read, in both themes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from glmkit.auth import Key, make_token, read_token
from glmkit.doctor.report import Check, Report
from glmkit.media.clip import Clip
from glmkit.media.kit_samples import samples
from glmkit.plots.drawing.palette import palette_of
from glmkit.protocol.event import Event
from glmkit.turns.fold import fold_turns
from glmkit.turns.trace import Clock, Trace
from glmkit.turns.turn import Turn
from glmkit.turns.turn_sequence import Turns
from glmkit.widgets import assets
from tests.pictured import a_trace, a_turn, exchange, server, voice

sync_api = pytest.importorskip("playwright.sync_api")
Browser, Page = sync_api.Browser, sync_api.Page

EVIL = (
    "<img src=x onerror=hacked()><script>hacked()</script><svg onload=hacked()>"
    "\"'><iframe srcdoc='<script>parent.hacked()</script>'></iframe></pre></code></style>"
)
WATCH = "<script>window.harmed = 0; window.hacked = () => { window.harmed += 1 }</script>"
#: Every visible piece of text whose contrast is under 4.5, with its colours.
UNREADABLE = """() => {
  const part = v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number);
    return .2126 * part(r) + .7152 * part(g) + .0722 * part(b) };
  const ground = e => { for (; e; e = e.parentElement) {
    const c = getComputedStyle(e).backgroundColor; if (!/, 0\\)$/.test(c)) return c }
    return 'rgb(255, 255, 255)' };
  const card = document.querySelector('.glm-card, .glmkit');
  const words = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  const bad = []; let seen = 0;
  while (words.nextNode()) {
    const e = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || e.closest('style') || !e.checkVisibility()) continue;
    seen += 1;
    const [ink, behind] = [getComputedStyle(e).color, ground(e)];
    const [a, b] = [light(ink), light(behind)].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) bad.push([words.currentNode.data, ink, behind]);
  }
  return seen ? bad : ['nothing to read'];
}"""


def evil() -> list[Any]:
    """A turn, its trace, an event and a call, with scripts in every word."""
    events = exchange(words=(EVIL, EVIL), answer=voice(0.5, 24_000))
    call = {"response_id": "r1", "name": EVIL, "arguments": EVIL, "call_id": EVIL}
    events.insert(-3, server("response.function_call_arguments.done", events[-3].at, **call))
    item = {"type": "function_call_output", "output": EVIL}
    created = Event("conversation.item.create", {"item": item}, direction="client")
    events.insert(-2, created)
    events.append(server(EVIL, 15.0, **{EVIL: EVIL, "error": {"code": EVIL, "message": EVIL}}))
    trace = Trace(Clock(1.7e9, 10.0), peer=EVIL, model=EVIL)
    for event in events:
        trace.add(event)
    return [fold_turns(events, peer=EVIL, model=EVIL)[0], trace, events[-1]]


def things() -> dict[str, Any]:
    """One of each kind, the turn in each of its states."""
    key = Key.random()
    return {
        "turn": a_turn(),
        "interrupted": a_turn(cancel=1.0, words=("你好", "从前有座山，" * 200)),
        "empty": a_turn(answer=None, words=("", "")),
        "evil": evil()[0],
        "clip": Clip.tone(300, 1.0),
        "event": a_turn().events[0],
        "unknown": evil()[2],
        "trace": a_trace(2),
        "talk": Turns([a_turn(cancel=1.0, words=("你好", "从前有座山，" * 9)), *evil()[1].turns()]),
        "samples": samples(),
        "token": make_token(key),
        "info": read_token(make_token(key, ttl=30), key=key),
    }


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


def show(page: Page, html: str, body: str = "") -> None:
    """The card on a page of its own, once everything on it is loaded."""
    page.set_content(
        f"<!doctype html><meta charset=utf-8>{WATCH}<body {body}>{html}", wait_until="load"
    )


def html(thing: Any) -> str:
    whole: str = thing._repr_mimebundle_()["text/html"]
    return whole


def test_no_script_of_others_runs(page: Page) -> None:
    """Whatever a transcript, a tool or a server says, it stays text, and nothing is fetched."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    show(page, EVIL)
    assert page.evaluate("window.harmed") > 0  # else this test could not fail
    asked.clear()
    for thing in evil():
        show(page, html(thing))
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert page.evaluate("window.harmed") == 0
        assert page.locator("iframe, svg, [onerror], [onload]").count() == 0
        scripts = page.locator("script").count()
        assert scripts == (3 if isinstance(thing, Turn) else 1)  # WATCH; the player's two
    assert [url for url in asked if not url.startswith(("data:", "about:"))] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_word_can_be_read(browser: Browser, theme: str) -> None:
    """As drawn, each word reaches 4.5:1, and nothing sticks out, on a telephone either."""
    page = browser.new_page(color_scheme=theme)
    for name, thing in things().items():
        show(page, html(thing))
        assert page.evaluate(UNREADABLE) == [], name
        for width in (600, 360):
            page.set_viewport_size({"width": width, "height": 800})
            wide = "e => [e.scrollWidth, e.clientWidth]"
            inner, outer = page.locator(".glm-card").evaluate(wide)
            assert inner <= outer, (name, width)
    page.close()


@pytest.mark.parametrize(
    ("system", "body", "shown"),
    [
        ("light", "", "light"),
        ("dark", "", "dark"),
        ("dark", 'data-jp-theme-light="true"', "light"),
        ("light", 'data-jp-theme-light="false"', "dark"),
        ("dark", 'class="vscode-light"', "light"),
        ("light", 'class="vscode-dark"', "dark"),
        ("light", 'data-theme="dark"', "dark"),
        ("light", 'class="vscode-high-contrast"', "dark"),
        ("dark", 'class="vscode-high-contrast vscode-high-contrast-light"', "light"),
    ],
)
def test_the_page_decides_the_theme(browser: Browser, system: str, body: str, shown: str) -> None:
    """What the notebook says of itself outweighs the system; one drawing is visible."""
    page = browser.new_page(color_scheme=system)
    report = Report((Check("key", "ok", "found"),))._repr_html_()
    widget = f'<style>{assets.style()}</style><div class="glmkit"></div>'
    show(page, html(Clip.tone(300, 1.0)) + report + widget, body)
    visible = [i for i in ("light", "dark") if page.locator(f"img.glm-{i}").is_visible()]
    assert visible == [shown]
    behind = "all => all.map(each => getComputedStyle(each).backgroundColor)"
    grounds = page.locator(".glm-card, .glmkit").evaluate_all(behind)
    colour = palette_of(shown).ground
    assert grounds == [f"rgb({', '.join(str(n) for n in bytes.fromhex(colour[1:]))})"] * 3
    page.close()


def test_players_play(page: Page) -> None:
    """The browser can decode both voices, and knows how long they are."""
    show(page, html(a_turn()))
    page.wait_for_function("[...document.querySelectorAll('audio')].every(a => a.readyState > 0)")
    lengths = page.evaluate("[...document.querySelectorAll('audio')].map(a => a.duration)")
    assert lengths == pytest.approx([1.0, 2.0], abs=0.15)


def test_filters_work_without_scripts(browser: Browser) -> None:
    """A direction, a type and a turn each hide the other rows; two cards do not disturb."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    show(page, html(a_trace(2)) + html(a_trace(3)))
    first = page.locator(".glm-card").first
    rows = first.locator("tbody tr")
    whole = rows.count()
    assert visible(rows) == whole
    first.get_by_label("sent", exact=True).check()
    sent = visible(rows)
    assert 0 < sent < whole
    first.get_by_label("2", exact=True).check()
    assert 0 < visible(rows) < sent
    second = page.locator(".glm-card").last.locator("tbody tr")
    assert visible(second) == second.count()
    context.close()


def visible(rows: Any) -> int:
    return sum(row.is_visible() for row in rows.all())
