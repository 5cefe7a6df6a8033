"""`glmkit talk`: what it says of its page, and when it ends."""

from __future__ import annotations

import webbrowser

import pytest

from glmkit.cli.talk_page import talk_on_page
from glmkit.widgets import page


@pytest.mark.slow
@pytest.mark.parametrize(
    ("connection", "expected", "opened"),
    [("", "on this computer", 1), ("10.0.0.1 1 10.0.0.2 22", "ssh -L", 0)],
    ids=["here", "ssh"],
)
def test_it_tells_the_way_to_its_page(
    monkeypatch: pytest.MonkeyPatch, connection: str, expected: str, opened: int
) -> None:
    """Its address first; at the other end of SSH how to reach it, and no browser is opened there.
    A page that nobody opens closes, and with it the conversation."""
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    monkeypatch.setenv("SSH_CONNECTION", connection)
    monkeypatch.setattr(page, "UNOPENED", 0.5)
    asked: list[str] = []
    monkeypatch.setattr(webbrowser, "open", asked.append)
    lines: list[str] = []
    talk_on_page("emulator", show=lines.append)
    assert len(lines) == 3  # no turns
    assert lines[0].startswith("http://127.0.0.1:")
    assert expected in lines[1]
    assert "Ctrl+C" in lines[2]
    assert asked == lines[:opened]
    assert "Upload" not in lines[1]
