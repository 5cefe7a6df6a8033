"""What a notebook shows of the kit's errors: their words, not the way through the kit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from glmkit.errors import BadArgument, GlmWarning
from glmkit.texts.layout.text_width import width_of
from tests.listed import check_each

#: Runs cells as a kernel does; what each shows of its error, as JSON.
SHELL = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell
shell, shown = InteractiveShell.instance(), []
shell._showtraceback = lambda kind, error, lines: shown.append(lines)
for cell in json.load(sys.stdin):
    shell.run_cell(cell)
print(json.dumps(shown))
"""
SETUP = """import sys; sys.path.insert(0, "."); import glmkit as glm
rec = glm.Recorder(); rec._met.set()
key, clip = "id.secret-of-nobody", glm.Clip.tone(440, 0.1)"""
EMPTY = "BadState: Nothing has been recorded yet: press Record"
#: A cell that fails, and how each line that it shows begins.
CELLS = (
    ("rec.clip", EMPTY),
    ("rec.save('a.wav')", EMPTY),
    ("await rec.wait(0.01)", "BadState: Nothing was recorded"),
    ("x = 1\nrec.clip", "----> 2 rec.clip", EMPTY),
    (
        "def said():\n    return rec.clip\nsaid()",
        "----> 3 said()",
        "----> 2 return rec.clip",
        EMPTY,
    ),
    ("import mine\nmine.said(rec)", "----> 2 mine.said(rec)", "mine.py ----> 1 def said", EMPTY),
    ("glm.Talk(None)", "BadArgument: a Talk is a view of a session"),
    ("glm.Recorder(rate=1)", "BadArgument: rate=1"),
    ("glm.plots.pitch(5)", "BadArgument: "),
    ("glm.connect('x', api_key=key + '.x')", "BadKey: "),
)


def test_an_errors_words_break_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """As wide as the terminal; an address and a path stay whole, Chinese ends before a comma."""
    monkeypatch.setenv("COLUMNS", "60")
    path = "/home/someone/recordings/of/last/week/answer_17.wav"
    for words in (
        f"found nothing of the kind in {path}, " * 4,
        f"没有找到这样的声音，请看 {path}，" * 4,
    ):
        [shown] = BadArgument(words)._render_traceback_()
        lines = shown.splitlines()
        assert len(lines) > 3
        assert max(map(width_of, lines)) <= 60
        assert shown.count(path) == 4
        assert not [line for line in lines if line.startswith(("，", ","))]
        assert "".join(shown.split()) == "".join(f"BadArgument:{words}".split())


@pytest.mark.slow
def test_a_notebook_shows_an_errors_words_and_the_readers_own_lines(tmp_path: Path) -> None:
    """One line where the cell is one, none of the kit's frames; %xmode Verbose shows them all."""
    (tmp_path / "mine.py").write_text("def said(rec): return rec.clip\n", encoding="utf-8")
    cells = [SETUP, *(cell for cell, *_ in CELLS), "%xmode Verbose", "rec.clip"]
    done = subprocess.run(
        [sys.executable, "-c", SHELL],
        input=json.dumps(cells),
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    *shown, whole = json.loads(done.stdout.splitlines()[-1])
    assert len(shown) == len(CELLS), done.stdout

    def check(lines: list[str], *begins: str) -> None:
        assert [line[: len(begin)] for line, begin in zip(lines, begins, strict=True)] == [*begins]

    check_each(check, [(lines, *begins) for lines, (_, *begins) in zip(shown, CELLS, strict=True)])
    assert "recorder.py" in "".join(whole)


def test_a_warnings_words_break_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long one begins below its place; a short one stands beside it; ``str`` is one line."""
    monkeypatch.setenv("COLUMNS", "60")
    for words in (
        "the service said something else than was asked, " * 4,
        "对端说的与要求的不同，" * 8,
    ):
        place = ("lesson.py", 3, "session.say(clip)")
        first, *rest, _line = warnings.formatwarning(
            GlmWarning(words), GlmWarning, *place
        ).splitlines()
        assert first == "lesson.py:3: GlmWarning: "
        assert len(rest) > 2
        assert max(map(width_of, rest)) <= 60
        assert "".join("".join(rest).split()) == "".join(words.split())
        assert str(GlmWarning(words)) == words
    assert f"{GlmWarning('short')}" == "short"
