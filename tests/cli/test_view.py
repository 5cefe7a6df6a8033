"""``glmkit view``: a recording as a page, opened in the browser."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from pathlib import Path

import pytest

from glmkit.cli import main
from tests.listed import check_each
from tests.pictured import a_trace


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that a browser was asked to open."""
    asked: list[str] = []
    monkeypatch.setattr(webbrowser, "open", asked.append)
    return asked


def test_a_recording_is_opened_as_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], opened: list[str]
) -> None:
    """Where it lies is printed: where it was to be, else in a folder for what is temporary."""
    recording = a_trace(1).save(tmp_path / "x.glm")
    page = tmp_path / "y.html"
    assert main(["view", str(recording), "-o", str(page)]) == 0
    assert capsys.readouterr().out.strip() == str(page)
    assert main(["view", str(recording), "--no-open"]) == 0
    aside = Path(capsys.readouterr().out.strip())
    for written in (page, aside):
        assert "<title>x.glm</title>" in written.read_text(encoding="utf-8")
    assert opened == [page.resolve().as_uri()]
    aside.unlink()
    aside.parent.rmdir()


def test_what_is_no_recording_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], opened: list[str]
) -> None:
    """Nothing there, a folder, another file, a page's name that is none: one line, and no page."""
    recording, foreign = a_trace(1).save(tmp_path / "x.glm"), tmp_path / "foreign.glm"
    foreign.write_bytes(b"RIFF")
    words = (str(tmp_path / "none.glm"),), (str(tmp_path),), (str(foreign),)
    pages = (str(recording), "-o", str(tmp_path / "x.png")), (str(recording), "-o", str(tmp_path))
    check_each(_is_told(capsys), [(*each,) for each in (*words, *pages)])
    assert opened == []


def _is_told(capsys: pytest.CaptureFixture[str]) -> Callable[..., None]:
    def told(*words: str) -> None:
        assert main(["view", *words]) == 2
        assert capsys.readouterr().err.count("\n") == 1

    return told
