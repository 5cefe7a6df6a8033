"""``glmkit demo``: the first notebook runs, and what it leaves can be read, seen and heard."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from PIL import Image

from glmkit.cli.course import FIRST, notebooks
from glmkit.cli.demo import as_page, execute
from glmkit.errors import Missing
from glmkit.media.clip import Clip


def fetched(page: str) -> list[str]:
    """What a browser would load from elsewhere to show this page."""
    without_comments = re.sub(r"/\*.*?\*/", "", page, flags=re.DOTALL)
    loads = (
        r"""(?:\bsrc=|<link[^>]*href=|url\(|import\(|import |from )['"]?((?:https?:)?//[^'")\s]+)"""
    )
    return re.findall(loads, without_comments)


@pytest.mark.slow
def test_a_cell_that_fails_is_one_sentence() -> None:
    """The cell's own error and its number, without the frames of what ran it."""
    cells = ["import glmkit", "1 / 0", "never = 'reached'"]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(each) for each in cells])
    with pytest.raises(Missing, match=r"code cell 2 \(ZeroDivisionError: division") as caught:
        execute(book)
    assert "\n" not in str(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.long
def test_the_demo_leaves_a_page_a_sound_and_a_figure(tmp_path: Path) -> None:
    """Both transcripts, the latency and three paths are printed; the files are real."""
    out = tmp_path / "结果"
    done = subprocess.run(
        [sys.executable, "-m", "glmkit", "demo", "--out", str(out), "--no-open"],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        env={**os.environ, "ZHIPU_API_KEY": "never-used"},
    )
    assert done.returncode == 0, done.stderr
    you, answer, latency, *paths = done.stdout.splitlines()[:6]
    assert you.startswith("you:")
    assert len(answer) > 20
    assert "emulator" in latency
    page, sound, figure = map(Path, paths)
    assert "</html>" in page.read_text(encoding="utf-8")
    assert "glmkit.cli.demo" not in page.read_text(encoding="utf-8")
    assert fetched(page.read_text(encoding="utf-8")) == []
    assert re.findall(r'href="[^"#]*\.ipynb', page.read_text(encoding="utf-8")) == []
    clip = Clip.read(sound)
    assert clip.rate == 24_000
    assert clip.level > -40
    with Image.open(figure) as picture:
        assert picture.width >= 1000
        assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 20
    assert re.search(r"(\d+)/\1 cells", done.stderr)  # a bar was drawn where it waits, to its end


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "title"), [("en", "How do you talk to a model?"), ("zh", "怎样和模型说话？")]
)
def test_the_page_says_its_language_and_what_it_is(
    monkeypatch: pytest.MonkeyPatch, lang: str, title: str
) -> None:
    """The notebook of the reader's edition, under the name that it has in it."""
    monkeypatch.setenv("GLMKIT_LANG", lang)
    page = as_page(nbformat.read(notebooks() / FIRST, as_version=4))
    assert f'<html lang="{lang}">' in page
    assert f"<title>{title}</title>" in page


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a signal for one process is POSIX's")
def test_a_demo_that_is_interrupted_says_so_and_leaves_nobody(tmp_path: Path) -> None:
    """Ctrl+C in the middle of a cell: one word, and whoever held its streams is gone."""
    with subprocess.Popen(
        [sys.executable, "-m", "glmkit", "demo", "--out", str(tmp_path)],
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stderr is not None
        seen = ""
        while " 1/" not in seen:  # the bar: one cell is done
            seen += process.stderr.read(1)
        process.send_signal(signal.SIGINT)
        left = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert left.endswith("interrupted\n")
    assert "Traceback" not in left


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of one's own is POSIX's")
def test_jupyterlab_asks_back_when_it_is_interrupted() -> None:
    """Ctrl+C in the terminal is JupyterLab's: it is not killed while it asks."""
    import pexpect

    words = ["lab", "--", "--no-browser", "--allow-root", "--ServerApp.port=0"]
    terminal = pexpect.spawn(sys.executable, ["-m", "glmkit", *words], timeout=60, encoding="utf-8")
    try:
        terminal.expect("is running at")
        terminal.expect(r"lab\?token=\w+\s")
        terminal.sendintr()
        terminal.expect(r"\(y/\[n\]\)\?")
        terminal.sendline("y")
        terminal.expect(pexpect.EOF)
    finally:
        terminal.close(force=True)
    assert terminal.exitstatus == 0
